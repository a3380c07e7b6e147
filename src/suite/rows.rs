//! Contacts, activities and campaigns written in a test file, as JSON Lines: the readers of dumps take
//! them like any other file, so that names and values mean the same. Each row stands on the line on
//! which it stands in the test file, so that what the readers say of a line leads there.

use crate::config::{ConfigError, TomlFile, entries};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A row as JSON, and the line on which it stands.
#[derive(Debug, Clone)]
pub(super) struct Row {
    line: usize,
    json: String,
}

/// The rows of an array of tables.
///
/// # Errors
///
/// It is none, or a value has no counterpart in JSON.
pub(super) fn rows(
    file: &TomlFile,
    name: &str,
    value: &Spanned<DeValue<'_>>,
) -> Result<Vec<Row>, ConfigError> {
    let wanted = format!("tables, each beginning with `[[{name}]]`");
    let array = value.get_ref().as_array().ok_or_else(|| file.wrong_type(name, value, &wanted))?;
    let row = |row: &Spanned<DeValue<'_>>| {
        let table = row.get_ref().as_table().ok_or_else(|| file.wrong_type(name, row, &wanted))?;
        let mut json = String::new();
        object(file, table, &mut json)?;
        Ok(Row { line: file.position(&row.span()).line, json })
    };
    array.iter().map(row).collect()
}

/// The text of a file of these rows.
pub(super) fn text_of(mut rows: Vec<Row>) -> String {
    rows.sort_by_key(|row| row.line);
    // An array without elements is a file without rows; one of no text at all would be no file.
    if rows.is_empty() {
        return "[]".to_owned();
    }
    let (mut text, mut at) = (String::new(), 1);
    for row in rows {
        while at < row.line {
            text.push('\n');
            at += 1;
        }
        text.push_str(&row.json);
        text.push('\n');
        at += 1;
    }
    text
}

fn object(file: &TomlFile, table: &DeTable<'_>, json: &mut String) -> Result<(), ConfigError> {
    json.push('{');
    for (at, (name, _, value)) in entries(table).into_iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        string(name, json);
        json.push(':');
        element(file, name, value, json)?;
    }
    json.push('}');
    Ok(())
}

fn element(
    file: &TomlFile,
    name: &str,
    value: &Spanned<DeValue<'_>>,
    json: &mut String,
) -> Result<(), ConfigError> {
    match value.get_ref() {
        DeValue::String(text) => string(text, json),
        DeValue::Integer(number) => {
            let number = i128::from_str_radix(number.as_str(), number.radix());
            let number = number.map_err(|error| file.bad_value(name, value, &error))?;
            json.push_str(&number.to_string());
        }
        // As it is written, so that no digit is lost.
        DeValue::Float(number) => {
            let number = number.as_str().trim_start_matches('+');
            if !number.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit()) {
                return Err(file.bad_value(
                    name,
                    value,
                    &format!("{number} is no number of a dump"),
                ));
            }
            json.push_str(number);
        }
        DeValue::Boolean(flag) => json.push_str(if *flag { "true" } else { "false" }),
        DeValue::Datetime(time) => string(&time.to_string(), json),
        DeValue::Array(elements) => {
            json.push('[');
            for (at, one) in elements.iter().enumerate() {
                if at > 0 {
                    json.push(',');
                }
                element(file, name, one, json)?;
            }
            json.push(']');
        }
        DeValue::Table(table) => object(file, table, json)?,
    }
    Ok(())
}

fn string(text: &str, json: &mut String) {
    json.push_str(&serde_json::Value::from(text).to_string());
}

/// A whole text of TOML as JSON.
#[cfg(test)]
pub(super) fn json_of(text: &str) -> String {
    let file = TomlFile::new(std::path::Path::new("a.test.toml"), text);
    let mut json = String::new();
    object(&file, file.parse(text).unwrap().get_ref(), &mut json).unwrap();
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn written(text: &str) -> Result<String, String> {
        let file = TomlFile::new(Path::new("a.test.toml"), text);
        let table = file.parse(text).map_err(|error| error.to_string())?;
        let mut all = Vec::new();
        for (name, _, value) in entries(table.get_ref()) {
            all.extend(rows(&file, name, value).map_err(|error| error.to_string())?);
        }
        Ok(text_of(all))
    }

    #[test]
    fn rows_stand_where_they_stood() {
        let text = "\n[[contact]]\nemail = \"a\\\"@x\"\nn = 0x1F\nf = -12.50\nb = true\n\
                    d = 2024-01-02\nt = 2024-01-02T03:04:05Z\nl = [1, \"b\"]\ncustom.x = 1_000\n\
                    [[contact]]\nemail = \"b\"\n";
        let expected = "\n{\"email\":\"a\\\"@x\",\"n\":31,\"f\":-12.50,\"b\":true,\"d\":\"2024-01-02\",\
             \"t\":\"2024-01-02T03:04:05Z\",\"l\":[1,\"b\"],\"custom\":{\"x\":1000}}\
             \n\n\n\n\n\n\n\n\n{\"email\":\"b\"}\n";
        assert_eq!(written(text).unwrap(), expected);
        assert_eq!(written("contact = [{a = 1}, {a = 2}]").unwrap(), "{\"a\":1}\n{\"a\":2}\n");
        assert_eq!(written("contact = []").unwrap(), "[]");
    }

    #[test]
    fn what_is_no_row() {
        for (text, part) in [
            (
                "contact = 1",
                "a.test.toml:1:11: `contact` must be tables, each beginning with `[[contact]]`, found integer",
            ),
            ("contact = [1]", "a.test.toml:1:12: `contact` must be tables"),
            ("[[contact]]\nn = nan", "a.test.toml:2:5: `n`: nan is no number of a dump"),
        ] {
            let error = written(text).unwrap_err();
            assert!(error.starts_with(part), "{error}");
        }
    }
}
