//! The way back from what the vendor's endpoints take: the escaped string, with or without a body or
//! an answer around it, becomes JSON laid out for people. Works on the text, like `escape`.

use super::json_texts::{unquoted, value_in, values_of};
use crate::finding::{Finding, Kind as FindingKind};
use crate::source::SourceFile;
use crate::source::escape::pretty;
use crate::source::json::{Kind, Value};

/// The criteria of every segment in the file, laid out.
///
/// # Errors
///
/// Findings where the file, or a string in it that should be criteria, isn't JSON.
pub fn unescape(file: &SourceFile) -> Result<Vec<String>, Vec<Finding>> {
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
            assert_eq!(unescape(&file(text)).unwrap(), expected, "{text}");
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
            let findings = unescape(&file(text)).unwrap_err();
            let first = findings.first().map(|one| (one.kind.code(), one.span.start));
            assert_eq!(first, Some((code, at)), "{text}: {findings:?}");
        }
    }
}
