//! `segkit unescape`: escaped criteria back into JSON laid out for people.

use super::json_input::{show, unquoted, value_in, values_of};
use super::{Output, Status, read_source};
use crate::finding::{Finding, Kind as FindingKind};
use crate::source::SourceFile;
use crate::source::escape::pretty;
use crate::source::json::{Kind, Value};
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Turn escaped criteria back into JSON laid out for people

Takes the escaped string, with or without the quotes around it; a request body or an answer with
`segment_criteria`, of which the criteria alone are written; a list of these, JSON Lines, or the
answer {\"segments\":[…]}: each, one after another. Key order, numbers and escapes stay as written.";

const EXAMPLES: &str = "\
Examples:
  segkit unescape body.json > criteria.json
  curl -s https://…/v3/segments | segkit unescape

Exit status: 1, and nothing written, when the input, or what is in it, is no JSON.";

/// The flags of `unescape`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct UnescapeArgs {
    /// The escaped criteria
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &UnescapeArgs, output: &Output) -> anyhow::Result<Status> {
    let file = read_source(&args.file)?;
    match unescaped(&file) {
        Ok(texts) => {
            output.plain(|out| texts.iter().try_for_each(|text| writeln!(out, "{text}")))?;
            Ok(Status::Fine)
        }
        Err(findings) => {
            show(output, &file, &findings)?;
            Ok(Status::Findings)
        }
    }
}

/// The criteria of every segment in the file, laid out.
pub(super) fn unescaped(file: &SourceFile) -> Result<Vec<String>, Vec<Finding>> {
    let values = unquoted(file).unwrap_or_else(|| values_of(file))?;
    let (mut texts, mut findings) = (Vec::new(), Vec::new());
    for value in values.iter().flat_map(segments) {
        match criteria(file, value) {
            Ok(text) => texts.push(text),
            Err(wrong) => findings.extend(wrong),
        }
    }
    if findings.is_empty() { Ok(texts) } else { Err(findings) }
}

fn segments(value: &Value) -> Vec<&Value> {
    let list = value.get("segments").and_then(Value::elements).or_else(|| value.elements());
    list.map_or_else(|| vec![value], |list| list.iter().collect())
}

fn criteria(file: &SourceFile, value: &Value) -> Result<String, Vec<Finding>> {
    let escaped = value.get("segment_criteria").unwrap_or(value);
    match &escaped.kind {
        Kind::String(text) => {
            value_in(text, escaped.span)?;
            Ok(pretty(text.value.trim_start_matches('\u{feff}')))
        }
        // A body whose criteria nobody escaped.
        Kind::Object(_) if value.get("segment_criteria").is_some() => {
            Ok(pretty(file.slice(escaped.span)))
        }
        _ => {
            let message = format!("expected escaped criteria, found {}", escaped.type_name());
            let finding = Finding::new(FindingKind::NoDialect, escaped.span, message);
            Err(vec![finding.help(
                "the escaped string, or an object with `segment_criteria`; to check or escape \
                 criteria as they are: `segkit validate`, `segkit escape`",
            )])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("f", text.as_bytes().to_vec())
    }

    #[test]
    fn every_shape() {
        for (text, expected) in [
            (r#""{\"b\":1.50,\"a\":[]}""#, &["{\n  \"b\": 1.50,\n  \"a\": []\n}"][..]),
            (r#"  {\"b\":1} "#, &["{\n  \"b\": 1\n}"]),
            (r#"{"name":"N","segment_criteria":"{}"}"#, &["{}"]),
            (r#"{"name":"N","segment_criteria":{"a" : 1}}"#, &["{\n  \"a\": 1\n}"]),
            (
                r#"{"segments":[{"segment_criteria":"{}"},{"segment_criteria":"[1]"}]}"#,
                &["{}", "[\n  1\n]"],
            ),
            ("\"{}\"\n\"[]\"\n", &["{}", "[]"]),
            (r#"["{}"]"#, &["{}"]),
            ("[]", &[]),
        ] {
            assert_eq!(unescaped(&file(text)).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_refused_and_where() {
        for (text, code, at) in [
            ("", 2890, 0),
            (r#""{\"a\":}""#, 2890, 8),
            (r#"{\"a\":}"#, 2890, 7),
            (r#""{} {}""#, 2890, 0),
            (r#""""#, 2890, 0),
            (r#"{"version":"1.0.0"}"#, 2890, 0),
            (r#"{"segment_criteria":7}"#, 2890, 20),
            ("{\"segment_criteria\":", 2890, 20),
        ] {
            let findings = unescaped(&file(text)).unwrap_err();
            let first = findings.first().map(|one| (one.kind.code(), one.span.start));
            assert_eq!(first, Some((code, at)), "{text}: {findings:?}");
        }
    }
}
