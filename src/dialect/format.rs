//! The canonical form of a criteria file (`docs/format.md`): the same values in the same outer shape,
//! with the keys in the order of the dialect's tables, laid out for people.
//!
//! Goes over the JSON by the vendors' layouts and asks nothing of what it means: criteria with
//! errors are formatted too, as long as the JSON is sound and some dialect's.

use super::layout::{Inside, Layout};
use super::shape::{self, Candidate};
use super::{Dialect, campaign_monitor, collector, constant_contact, engagelab};
use crate::finding::Finding;
use crate::source::escape::{pretty, quote};
use crate::source::json::{self, Document, Kind as JsonKind, Member, Text, Value};
use crate::source::{SourceFile, Span};

/// The canonical form of a file, with a line break at its end. Several values, and what stands in a
/// file whose name ends with `.jsonl` or `.ndjson`, are JSON Lines: one minified value a line.
///
/// # Errors
///
/// Findings where the file isn't sound JSON, inside the escaped strings too, or has the shape of no
/// dialect. `asked` is the dialect that it must have, where there is one.
pub fn format(file: &SourceFile, asked: Option<Dialect>) -> Result<String, Vec<Finding>> {
    let document = json::read(file.text());
    let mut findings: Vec<Finding> = super::not_utf8(file).into_iter().collect();
    findings.extend(document.faults.iter().map(collector::fault_finding));
    let mut segments = Vec::new();
    for candidate in shape::candidates(file, &document, asked) {
        match candidate {
            Candidate::Segment(dialect, value) => segments.push((value.span, dialect)),
            Candidate::Nothing(finding) => findings.push(finding),
        }
    }
    if !findings.is_empty() {
        findings.sort_by_key(|finding| finding.span.start);
        return Err(findings);
    }
    let mut walk = Walk { segments, findings };
    let text = walk.document(&document, is_lines(file, &document));
    if walk.findings.is_empty() { Ok(text) } else { Err(walk.findings) }
}

/// True for JSON Lines.
fn is_lines(file: &SourceFile, document: &Document) -> bool {
    let name = file.name();
    document.values.len() > 1 || name.ends_with(".jsonl") || name.ends_with(".ndjson")
}

fn layout_of(dialect: Dialect, segment: &Value) -> &'static Layout {
    match dialect {
        Dialect::ConstantContact => constant_contact::layout(segment),
        Dialect::CampaignMonitor => campaign_monitor::layout(segment),
        Dialect::EngageLab => engagelab::layout(segment),
    }
}

struct Walk {
    /// The places of the segments, and whose they are.
    segments: Vec<(Span, Dialect)>,
    findings: Vec<Finding>,
}

impl Walk {
    fn document(&mut self, document: &Document, lines: bool) -> String {
        let mut text = String::new();
        for value in &document.values {
            let mut minified = String::new();
            self.outside(value, &mut minified);
            text.push_str(&if lines { minified } else { pretty(&minified) });
            text.push('\n');
        }
        text
    }

    /// Writes a value that is a segment or lies around segments.
    fn outside(&mut self, value: &Value, out: &mut String) {
        let at = self.segments.binary_search_by_key(&value.span, |(span, _)| *span);
        let dialect = at.ok().and_then(|at| self.segments.get(at)).map(|(_, dialect)| *dialect);
        match &value.kind {
            JsonKind::Object(members) => match dialect {
                Some(dialect) => self.object(members, layout_of(dialect, value), out),
                None => list(members, ['{', '}'], out, |member, out| {
                    key(member, out);
                    self.outside(&member.value, out);
                }),
            },
            JsonKind::Array(elements) => {
                list(elements, ['[', ']'], out, |element, out| self.outside(element, out));
            }
            _ => scalar(value, out),
        }
    }

    fn object(&mut self, members: &[Member], layout: &Layout, out: &mut String) {
        let mut members: Vec<&Member> = members.iter().collect();
        members.sort_by_key(|member| layout.place(&member.key.value));
        list(&members, ['{', '}'], out, |member, out| {
            key(member, out);
            self.under(&member.value, layout.inside(&member.key.value), out);
        });
    }

    /// Writes a value that stands under a key with this inside it.
    fn under(&mut self, value: &Value, inside: Option<Inside>, out: &mut String) {
        match (inside, &value.kind) {
            (Some(Inside::Object(pick) | Inside::Escaped(pick)), JsonKind::Object(members)) => {
                self.object(members, pick(value), out);
            }
            (Some(Inside::Objects(pick)), JsonKind::Array(elements)) => {
                let each = Some(Inside::Object(pick));
                list(elements, ['[', ']'], out, |element, out| self.under(element, each, out));
            }
            (Some(Inside::Escaped(pick)), JsonKind::String(text)) => {
                self.escaped(value, text, pick, out);
            }
            (Some(Inside::Text(form)), JsonKind::String(text)) => {
                out.push_str(&quote(&form(&text.value)));
            }
            (Some(Inside::Texts(form)), JsonKind::Array(elements)) => {
                let each = Some(Inside::Text(form));
                list(elements, ['[', ']'], out, |element, out| self.under(element, each, out));
            }
            _ => plain(value, out),
        }
    }

    /// Writes a string that holds JSON. One that holds nothing stays as it is.
    fn escaped(
        &mut self,
        value: &Value,
        text: &Text,
        pick: fn(&Value) -> &'static Layout,
        out: &mut String,
    ) {
        let document = json::read_embedded(&text.value, &text.map);
        self.findings.extend(document.faults.iter().map(collector::fault_finding));
        match document.values.as_slice() {
            [] => scalar(value, out),
            [one] => {
                let mut inner = String::new();
                self.under(one, Some(Inside::Object(pick)), &mut inner);
                out.push_str(&quote(&inner));
            }
            [_, second, ..] => self.findings.push(collector::second_value(second)),
        }
    }
}

/// Writes a value whose keys no table orders.
fn plain(value: &Value, out: &mut String) {
    match &value.kind {
        JsonKind::Object(members) => list(members, ['{', '}'], out, |member, out| {
            key(member, out);
            plain(&member.value, out);
        }),
        JsonKind::Array(elements) => list(elements, ['[', ']'], out, plain),
        _ => scalar(value, out),
    }
}

fn scalar(value: &Value, out: &mut String) {
    match &value.kind {
        JsonKind::Bool(true) => out.push_str("true"),
        JsonKind::Bool(false) => out.push_str("false"),
        JsonKind::Number(raw) => out.push_str(raw),
        JsonKind::String(text) => out.push_str(&quote(&text.value)),
        // What could not be read has a fault, and is never written.
        _ => out.push_str("null"),
    }
}

fn key(member: &Member, out: &mut String) {
    out.push_str(&quote(&member.key.value));
    out.push(':');
}

fn list<T>(
    parts: &[T],
    [open, close]: [char; 2],
    out: &mut String,
    mut write: impl FnMut(&T, &mut String),
) {
    out.push(open);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(part, out);
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Kind;

    fn formatted(name: &str, text: &str) -> String {
        format(&SourceFile::new(name, text.as_bytes().to_vec()), None).unwrap()
    }

    /// The canonical form without blanks between tokens.
    fn minified(text: &str) -> String {
        crate::source::escape::minify(&formatted("f.json", text))
    }

    #[test]
    fn keys_stand_in_the_order_of_the_tables() {
        for (text, expected) in [
            (
                r#"{"value":"x","op":"eq","more":{"z":1,"a":[2.50]},"field":"state","source":"contact"}"#,
                r#"{"source":"contact","field":"state","op":"eq","value":"x","more":{"z":1,"a":[2.50]}}"#,
            ),
            (
                r#"{"criteria":{"group":[{"group":[{"op":"eq","field":"f"}],"type":"or"}],"type":"and"},"version":"1.0.0"}"#,
                r#"{"version":"1.0.0","criteria":{"type":"and","group":[{"type":"or","group":[{"field":"f","op":"eq"}]}]}}"#,
            ),
            (
                r#"{"segment_criteria":"{ \"criteria\" : {\"group\":[{\"value\":\"\\u00e9\\\"\",\"source\":\"tags\"}],\"type\":\"and\"}}","name":"\u00e9\/\u001b"}"#,
                r#"{"name":"é/\u001b","segment_criteria":"{\"criteria\":{\"type\":\"and\",\"group\":[{\"source\":\"tags\",\"value\":\"é\\\"\"}]}}"}"#,
            ),
            (
                r#"{"RuleGroups":[{"Rules":[{"Clause":" EQUALS  a ","RuleType":" Name"}]}],"Title":"t"}"#,
                r#"{"Title":"t","RuleGroups":[{"Rules":[{"RuleType":" Name","Clause":"EQUALS a"}]}]}"#,
            ),
            (
                r#"{"Rules":[{"Clauses":[" PROVIDED ",5],"Subject":"Name"}],"Title":null}"#,
                r#"{"Title":null,"Rules":[{"Subject":"Name","Clauses":["PROVIDED",5]}]}"#,
            ),
            (
                r#"{"result":[{"condition":{"items":[{"value":"5","op":">","field_name":"Age"}],"relation":"and"},"type":0,"process":{"percent":1.0,"complete":true}}],"code":0}"#,
                r#"{"result":[{"type":0,"condition":{"relation":"and","items":[{"field_name":"Age","op":">","value":"5"}]},"process":{"complete":true,"percent":1.0}}],"code":0}"#,
            ),
            (
                r#"{"_links":{},"segments":[{"segment_criteria":" ","name":"x"}]}"#,
                r#"{"_links":{},"segments":[{"name":"x","segment_criteria":" "}]}"#,
            ),
        ] {
            assert_eq!(minified(text), expected, "{text}");
            assert_eq!(minified(expected), expected, "{text}");
        }
    }

    #[test]
    fn the_outer_shape_stays() {
        let rule = r#"{"RuleType":"Name","Clause":"PROVIDED"}"#;
        let laid_out = "{\n  \"RuleType\": \"Name\",\n  \"Clause\": \"PROVIDED\"\n}\n";
        assert_eq!(formatted("f", &format!("\u{feff}{rule}\r\n\r\n")), laid_out);
        assert_eq!(formatted("f.jsonl", &format!(" {rule}")), format!("{rule}\n"));
        assert_eq!(formatted("f", &format!("{laid_out}\n{rule}")), format!("{rule}\n{rule}\n"));
        let in_array = format!("[\n  {}\n]\n", laid_out.trim().replace('\n', "\n  "));
        assert_eq!(formatted("f", &format!("[{rule}]")), in_array);
    }

    #[test]
    fn what_is_not_formatted() {
        for (text, kind) in [
            ("", Kind::NoDialect),
            ("{}", Kind::NoDialect),
            (r#"[{"Title":"t"},5]"#, Kind::NoDialect),
            (r#"{"Title":"t",}"#, Kind::JsonFault),
            (r#"{"segment_criteria":"{,}"}"#, Kind::JsonFault),
            (r#"{"segment_criteria":"{}{}"}"#, Kind::JsonFault),
        ] {
            let findings = format(&SourceFile::new("f", text.into()), None).unwrap_err();
            assert_eq!(findings.first().map(|finding| finding.kind), Some(kind), "{text}");
        }
        let latin = SourceFile::new("f", b"{\"Title\":\"\xe9\"}".to_vec());
        assert!(format(&latin, None).is_err());
    }
}
