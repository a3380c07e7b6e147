//! Answers as they are written: the vendor's JSON laid out for people and programs, or a table.

use super::args::Format;
use crate::source::escape::pretty;
use comfy_table::Table;
use comfy_table::presets::NOTHING;
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Writes an answer.
///
/// # Errors
///
/// Writing failed.
pub fn write(answer: &str, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => json(answer, out),
        Format::Table => table(&serde_json::from_str(answer)?, out),
    }
}

/// Writes JSON, of one or several values.
///
/// # Errors
///
/// Writing failed.
pub fn json(answer: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", pretty(answer))
}

/// The keys under which the vendors' answers have lists.
const LISTS: &[&str] = &["segments", "result", "Results"];

/// A list of objects as rows, one object as a row a key, anything else as it stands.
fn table(answer: &Value, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(NOTHING);
    match (rows(answer), answer) {
        (Some(rows), _) => {
            let mut titles: Vec<&str> = Vec::new();
            for key in rows.iter().flat_map(|row| row.keys()) {
                if !titles.contains(&key.as_str()) {
                    titles.push(key);
                }
            }
            table.set_header(&titles);
            for row in rows {
                table.add_row(
                    titles.iter().map(|title| row.get(*title).map_or_else(String::new, cell)),
                );
            }
        }
        (None, Value::Object(object)) => {
            for (key, value) in object.get("result").and_then(Value::as_object).unwrap_or(object) {
                table.add_row([key.clone(), cell(value)]);
            }
        }
        (None, other) => return writeln!(out, "{}", cell(other)),
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim()))
}

/// The objects of a list: the answer itself, or what it has under the key of a list. Details of one
/// segment may hold arrays of objects too, its rules.
fn rows(answer: &Value) -> Option<Vec<&Map<String, Value>>> {
    let list = match answer {
        Value::Array(list) => list,
        Value::Object(object) => {
            LISTS.iter().find_map(|key| object.get(*key).and_then(Value::as_array))?
        }
        _ => return None,
    };
    list.iter().map(Value::as_object).collect()
}

/// A value in a cell. What a segment is called must not steer the terminal.
fn cell(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables() {
        for (answer, lines) in [
            (
                r#"{"segments":[{"name":"A","segment_id":1},{"name":"B\u001b[","x":[2]}]}"#,
                "name  segment_id  x\nA     1\nB\u{fffd}[               [2]\n",
            ),
            (r#"{"result":{"a":"x","b":{"c":1}}}"#, "a  x\nb  {\"c\":1}\n"),
            (r#"[{"Title":"T"}]"#, "Title\nT\n"),
            (
                r#"{"RuleGroups":[{"Rules":[]}],"Title":"T"}"#,
                "RuleGroups  [{\"Rules\":[]}]\nTitle       T\n",
            ),
            (r#""dba84a22""#, "dba84a22\n"),
        ] {
            let mut out = Vec::new();
            write(answer, Format::Table, &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), lines, "{answer}");
        }
    }
}
