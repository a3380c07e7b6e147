//! `segkit escape`: criteria as the single-string escaped JSON that Constant Contact's endpoints
//! take.

use super::envelope::{Envelope, envelope, segments};
use super::json_input::{show, values_of};
use super::status::say;
use super::{Output, Status, read_source};
use crate::finding::Finding;
use crate::source::SourceFile;
use anyhow::bail;
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Write Constant Contact criteria as the escaped string that its endpoints take

Blanks between tokens go; key order, numbers and escapes stay as written. What is escaped:

  {\"version\",\"criteria\"}       as it stands
  {\"criteria\"}                 with \"version\":\"1.0.0\" before it
  {\"type\",\"group\"}             the same, as the \"criteria\"; an `or` group in an `and` group
  {\"source\",\"field\",\"op\",…}    the same, in an `and` group
  {\"name\",\"criteria\"}          the body {\"name\",\"segment_criteria\"}
  {\"name\",\"segment_criteria\"}  the body, its criteria escaped unless they are already
  \"{…}\"                        a string that is escaped already: as it stands
  a list of these, JSON Lines, {\"segments\":[…]}: each, one a line

Any other JSON is escaped as it stands, with a warning.";

const EXAMPLES: &str = "\
Examples:
  segkit escape criteria.json
  segkit escape --name 'MA openers' criteria.json | curl --json @- https://…/v3/segments

Exit status: 1, and nothing written, when the input is no JSON or when the criteria have more than
20,000 characters (before they are escaped).";

/// The flags of `escape`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct EscapeArgs {
    /// The criteria
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,

    /// Write the whole request body, with this name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &EscapeArgs, output: &Output) -> anyhow::Result<Status> {
    let file = read_source(&args.file)?;
    let envelopes = match escaped(&file, args.name.as_deref()) {
        Ok(envelopes) => envelopes,
        Err(findings) => {
            show(output, &file, &findings)?;
            return Ok(Status::Findings);
        }
    };
    if args.name.is_some() && envelopes.len() != 1 {
        let count = envelopes.len();
        bail!("--name is the name of one segment, and {} holds {count}", file.name());
    }
    if envelopes.iter().any(|one| !one.known) {
        say(
            "warning",
            format_args!("{} has not the shape of criteria; escaped as it stands", file.name()),
        );
    }
    output.plain(|out| envelopes.iter().try_for_each(|one| writeln!(out, "{}", one.text)))?;
    Ok(Status::Fine)
}

fn escaped(file: &SourceFile, name: Option<&str>) -> Result<Vec<Envelope>, Vec<Finding>> {
    let values = values_of(file)?;
    let (mut envelopes, mut findings) = (Vec::new(), Vec::new());
    for value in values.iter().flat_map(segments) {
        match envelope(file, value, name) {
            Ok(one) => envelopes.push(one),
            Err(wrong) => findings.extend(wrong),
        }
    }
    if findings.is_empty() { Ok(envelopes) } else { Err(findings) }
}

#[cfg(test)]
mod tests {
    use super::super::unescape::unescaped;
    use super::*;
    use crate::source::escape::{minify, pretty};
    use proptest::prelude::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("f", text.as_bytes().to_vec())
    }

    fn lines(text: &str, name: Option<&str>) -> Vec<String> {
        let envelopes = escaped(&file(text), name).unwrap();
        envelopes.into_iter().map(|one| one.text).collect()
    }

    /// The criteria inside what `escape` writes, minified.
    fn inside(text: &str) -> String {
        let written = lines(text, None).join("\n");
        let back = unescaped(&file(&written)).unwrap();
        minify(&back.join("\n"))
    }

    #[test]
    fn every_shape() {
        const AND: &str = r#"{"type":"and","group":[{"source":"contact","field":"state"}]}"#;
        const OR: &str = r#"{"type":"or","group":[]}"#;
        const LEAF: &str = r#"{"source":"tags","field":"tag_id","op":"eq","value":"1"}"#;
        let v = |criteria: &str| format!(r#"{{"version":"1.0.0","criteria":{criteria}}}"#);
        let and = |node: &str| v(&format!(r#"{{"type":"and","group":[{node}]}}"#));
        for (written, expected) in [
            (v(AND), v(AND)),
            (
                format!(r#"{{"criteria": {OR}, "version": "2"}}"#),
                format!(r#"{{"criteria":{OR},"version":"2"}}"#),
            ),
            (format!(r#"{{"criteria": {AND} }}"#), v(AND)),
            (AND.to_owned(), v(AND)),
            (OR.to_owned(), and(OR)),
            (LEAF.to_owned(), and(LEAF)),
            (format!(r#"{{"name":"N","criteria":{AND}}}"#), v(AND)),
            (format!(r#"{{"name":"N","criteria":{}}}"#, v(AND)), v(AND)),
            (format!(r#"{{"name":"N","segment_criteria":{AND}}}"#), v(AND)),
            (format!("{AND}\n{LEAF}"), format!("{}{}", v(AND), and(LEAF))),
            (format!("[{AND}, {LEAF}]"), format!("{}{}", v(AND), and(LEAF))),
            (r#"{"other": [1, 2]}"#.to_owned(), r#"{"other":[1,2]}"#.to_owned()),
        ] {
            assert_eq!(inside(&written), expected, "{written}");
            // What is escaped already stays as it is.
            let once = lines(&written, None);
            assert_eq!(lines(&once.join("\n"), None), once, "{written}");
        }
    }

    #[test]
    fn bodies() {
        for (text, name, expected) in [
            (
                r#"{"criteria":{}}"#,
                Some("a \"b\" é"),
                r#"{"name":"a \"b\" é","segment_criteria":"{\"version\":\"1.0.0\",\"criteria\":{}}"}"#,
            ),
            (
                r#"{"name":"N","criteria":{}}"#,
                None,
                r#"{"name":"N","segment_criteria":"{\"version\":\"1.0.0\",\"criteria\":{}}"}"#,
            ),
            (
                r#"{"criteria":{},"version":"1.0.0","name":"N"}"#,
                Some("M"),
                r#"{"segment_criteria":"{\"criteria\":{},\"version\":\"1.0.0\"}","name":"M"}"#,
            ),
            (
                r#"{"name":"N","segment_criteria":"{\"a\": 1}","segment_id":7}"#,
                None,
                r#"{"name":"N","segment_criteria":"{\"a\": 1}","segment_id":7}"#,
            ),
            (
                r#"{"segment_criteria":{"criteria":{}}}"#,
                Some("M"),
                r#"{"name":"M","segment_criteria":"{\"version\":\"1.0.0\",\"criteria\":{}}"}"#,
            ),
            (r#""{\"a\":1}""#, Some("M"), r#"{"name":"M","segment_criteria":"{\"a\":1}"}"#),
        ] {
            assert_eq!(lines(text, name), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_refused() {
        let long = |length: usize| format!("{{ \"criteria\": \"{}\"}}", "é".repeat(length - 33));
        assert!(escaped(&file(&long(20_000)), None).is_ok_and(|lines| lines.len() == 1));
        let kinds = |text: &str| -> Vec<u16> {
            let findings = escaped(&file(text), None).unwrap_err();
            findings.iter().map(|finding| finding.kind.code()).collect()
        };
        assert_eq!(kinds(&long(20_001)), [2810]);
        assert_eq!(kinds(&format!("\"{{\\\"a\\\":{}}}\"", "7".repeat(20_000))), [2810]);
        for text in ["", " \n", "{", "{\"a\":1,}", "{\"a\":1,\"a\":2}", r#""{\"a\":}""#] {
            assert!(kinds(text).iter().all(|&code| code == 2890), "{text}");
        }
    }

    /// JSON texts with blanks, odd numbers and escapes.
    fn json_text() -> impl Strategy<Value = String> {
        let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?";
        let string = prop_oneof![
            "[^\"\\\\\\p{Cc}]{0,8}",
            Just("\\u00e9\\n\\\"\\\\\\/".to_owned()),
            Just("\\ud83d\\ude00".to_owned()),
        ]
        .prop_map(|inside| format!("\"{inside}\""));
        let words = prop_oneof![
            Just("null"),
            Just("true"),
            Just("false"),
            Just("-0"),
            Just("1.50"),
            Just("1e3")
        ];
        let leaf = prop_oneof![number.prop_map(|n| n), string, words.prop_map(str::to_owned)];
        leaf.prop_recursive(5, 40, 6, |inner| {
            let blank = prop_oneof![Just(""), Just(" "), Just("\n\t"), Just("\r\n")];
            let array = (prop::collection::vec(inner.clone(), 0..6), blank.clone())
                .prop_map(|(all, b)| format!("[{b}{}{b}]", all.join(&format!("{b},{b}"))));
            let object = (prop::collection::vec(inner, 0..6), blank).prop_map(|(all, b)| {
                // Keys that fall, so that sorting them would show.
                let members: Vec<_> = all
                    .iter()
                    .enumerate()
                    .map(|(at, value)| format!("\"k{}\"{b}:{b}{value}", 9 - at))
                    .collect();
                format!("{{{b}{}{b}}}", members.join(&format!("{b},{b}")))
            });
            prop_oneof![array, object]
        })
    }

    proptest! {
        #[test]
        fn unescape_undoes_escape(value in json_text()) {
            let text = format!("{{\"version\": \"1.0.0\", \"criteria\": {value}}}");
            let written = lines(&text, None).join("\n");
            let string: String = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(&string, &minify(&text));
            prop_assert_eq!(unescaped(&file(&written)).unwrap(), [pretty(&text)]);
        }
    }
}
