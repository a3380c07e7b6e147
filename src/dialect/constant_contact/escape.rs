//! What the vendor's endpoints take, made of what people write: criteria in any of the shapes that
//! `docs/semantics.md` lists become the escaped string, or the request body around it.
//!
//! Works on the text, so that key order, numbers and escapes stay as written. Whether the criteria
//! are right is the reader's affair; only what would be cut off by the vendor is refused here.

use super::fields::{MAX_CRITERIA, VERSION};
use super::json_texts::{value_in, values_of};
use crate::finding::{Finding, Kind as FindingKind};
use crate::source::SourceFile;
use crate::source::escape::{escape as escaped, minify, quote};
use crate::source::json::{Kind, Member, Value};

/// Criteria ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The escaped string, or the body that holds it; one line.
    pub text: String,
    /// False where the JSON had no shape of criteria and was escaped as it stood.
    pub known: bool,
}

/// Escapes every segment of a file: a value by itself, the elements of a list or of an answer's
/// `segments`, several values one after another. With a name, each into the request body of that
/// name.
///
/// # Errors
///
/// Findings where the file isn't JSON, where criteria are too long, or where a string that should
/// hold them doesn't.
pub fn escape(file: &SourceFile, name: Option<&str>) -> Result<Vec<Envelope>, Vec<Finding>> {
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

/// The segments of a value: the elements of a list of them, else the value itself.
fn segments(value: &Value) -> Vec<&Value> {
    if let Some(list) = value.get("segments").and_then(Value::elements) {
        return list.iter().collect();
    }
    match value.elements() {
        Some(list) if !list.is_empty() && list.iter().all(|one| shape(one).is_some()) => {
            list.iter().collect()
        }
        _ => vec![value],
    }
}

/// Escapes a value; with a name, into the request body of that name.
fn envelope(
    file: &SourceFile,
    value: &Value,
    name: Option<&str>,
) -> Result<Envelope, Vec<Finding>> {
    let shape = shape(value);
    let mut body = name.map(|name| vec![("name".to_owned(), quote(name))]);
    let string = match &shape {
        Some(Shape::Escaped) => kept(file, value)?,
        Some(Shape::Body(criteria)) => {
            body = Some(body_around(file, value, name));
            match criteria.value.kind {
                Kind::String(_) => kept(file, &criteria.value)?,
                _ => fresh(&whole(file, &criteria.value), &criteria.value)?,
            }
        }
        Some(Shape::Named(criteria)) => {
            body = Some(body_around(file, value, name));
            fresh(&named(file, value, criteria), &criteria.value)?
        }
        Some(Shape::Criteria | Shape::Group | Shape::Leaf) => fresh(&whole(file, value), value)?,
        None => fresh(&minify(file.slice(value.span)), value)?,
    };
    let text = match body {
        None => string,
        Some(mut members) => {
            let place = members.iter().position(|(key, _)| key == CRITERIA);
            match place.and_then(|at| members.get_mut(at)) {
                Some(member) => member.1 = string,
                None => members.push((CRITERIA.to_owned(), string)),
            }
            let members: Vec<_> =
                members.iter().map(|(key, value)| format!("{}:{value}", quote(key))).collect();
            format!("{{{}}}", members.join(","))
        }
    };
    Ok(Envelope { text, known: shape.is_some() })
}

const CRITERIA: &str = "segment_criteria";

/// The shapes that criteria are written in.
enum Shape<'a> {
    /// A string that holds criteria: escaped already.
    Escaped,
    /// A request body or an answer, with this `segment_criteria`, a string or criteria themselves.
    Body(&'a Member),
    /// `{"name","criteria"}`
    Named(&'a Member),
    /// `{"version","criteria"}` or `{"criteria"}`
    Criteria,
    /// `{"type","group"}`
    Group,
    /// `{"source","field","op",…}`
    Leaf,
}

fn shape(value: &Value) -> Option<Shape<'_>> {
    if let Kind::String(text) = &value.kind {
        return text.value.trim_start().starts_with('{').then_some(Shape::Escaped);
    }
    if let Some(member) = value.member(CRITERIA).filter(|member| member.value.kind != Kind::Null) {
        return Some(Shape::Body(member));
    }
    if let Some(member) = value.member("criteria") {
        let named = value.get("name").is_some();
        return Some(if named { Shape::Named(member) } else { Shape::Criteria });
    }
    if value.get("group").is_some() {
        return Some(Shape::Group);
    }
    let leaf = ["source", "field", "op"].iter().filter(|key| value.get(key).is_some()).count() > 1;
    leaf.then_some(Shape::Leaf)
}

/// The text of `{"version","criteria"}` for criteria in any shape that has no name.
fn whole(file: &SourceFile, value: &Value) -> String {
    let text = minify(file.slice(value.span));
    match shape(value) {
        Some(Shape::Criteria | Shape::Named(_)) if value.get("version").is_none() => {
            format!("{{{},{}", version(), text.get(1..).unwrap_or(""))
        }
        Some(Shape::Group) if !is_or(value) => format!("{{{},\"criteria\":{text}}}", version()),
        // The criteria must begin with `and`; a group of one says the same.
        Some(Shape::Group | Shape::Leaf) => {
            format!("{{{},\"criteria\":{{\"type\":\"and\",\"group\":[{text}]}}}}", version())
        }
        _ => text,
    }
}

/// The member that says which version the criteria are of.
fn version() -> String {
    format!("\"version\":{}", quote(VERSION))
}

fn is_or(group: &Value) -> bool {
    group.get("type").and_then(Value::text).is_some_and(|text| text.value == "or")
}

/// The text of `{"version","criteria"}` for `{"name","criteria"}`, whose criteria may be whole
/// themselves.
fn named(file: &SourceFile, value: &Value, criteria: &Member) -> String {
    if matches!(shape(&criteria.value), Some(Shape::Criteria)) {
        return whole(file, &criteria.value);
    }
    let members = value.members().unwrap_or(&[]).iter();
    let inner =
        members.filter(|member| matches!(member.key.value.as_str(), "version" | "criteria"));
    let mut inner: Vec<String> = inner.map(|member| member_text(file, member)).collect();
    if value.get("version").is_none() {
        inner.insert(0, version());
    }
    format!("{{{}}}", inner.join(","))
}

fn member_text(file: &SourceFile, member: &Member) -> String {
    format!("{}:{}", file.slice(member.key_span), minify(file.slice(member.value.span)))
}

/// The members of the body around a value's criteria, in file order; the place of
/// `segment_criteria` is kept for the string, a name given goes before the one written.
fn body_around(file: &SourceFile, value: &Value, name: Option<&str>) -> Vec<(String, String)> {
    let mut members = Vec::new();
    if value.get("name").is_none()
        && let Some(name) = name
    {
        members.push(("name".to_owned(), quote(name)));
    }
    let unescaped = value.get(CRITERIA).is_none();
    for member in value.members().unwrap_or(&[]) {
        let text = || minify(file.slice(member.value.span));
        match (member.key.value.as_str(), name) {
            ("name", Some(name)) => members.push(("name".to_owned(), quote(name))),
            ("criteria", _) if unescaped => members.push((CRITERIA.to_owned(), String::new())),
            ("version", _) if unescaped => {}
            (key, _) => members.push((key.to_owned(), text())),
        }
    }
    members
}

/// The string of criteria that are escaped already, as it stands.
fn kept(file: &SourceFile, value: &Value) -> Result<String, Vec<Finding>> {
    if let Some(text) = value.text() {
        value_in(text, value.span)?;
        refuse_longer(&text.value, value)?;
    }
    Ok(file.slice(value.span).to_owned())
}

/// The string of these criteria; `value` is where they stand.
fn fresh(criteria: &str, value: &Value) -> Result<String, Vec<Finding>> {
    refuse_longer(criteria, value)?;
    Ok(escaped(criteria))
}

fn refuse_longer(criteria: &str, value: &Value) -> Result<(), Vec<Finding>> {
    let length = criteria.chars().count();
    if length <= MAX_CRITERIA {
        return Ok(());
    }
    let message = format!("the criteria string has {length} characters");
    let finding = Finding::new(FindingKind::CriteriaTooLong, value.span, message);
    Err(vec![finding.help("at most 20,000, not counting blanks between tokens and escapes")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::constant_contact::unescape;
    use crate::source::escape::pretty;
    use proptest::prelude::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("f", text.as_bytes().to_vec())
    }

    fn lines(text: &str, name: Option<&str>) -> Vec<String> {
        let envelopes = escape(&file(text), name).unwrap();
        envelopes.into_iter().map(|one| one.text).collect()
    }

    /// The criteria inside what `escape` writes, minified.
    fn inside(text: &str) -> String {
        let written = lines(text, None).join("\n");
        let back = unescape(&file(&written)).unwrap();
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
        assert!(escape(&file(&long(20_000)), None).is_ok_and(|lines| lines.len() == 1));
        let kinds = |text: &str| -> Vec<u16> {
            let findings = escape(&file(text), None).unwrap_err();
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
            prop_assert_eq!(unescape(&file(&written)).unwrap(), [pretty(&text)]);
        }
    }
}
