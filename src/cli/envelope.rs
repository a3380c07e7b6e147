//! What Constant Contact's endpoints take, made of what people write: criteria in any of the shapes
//! that `docs/semantics.md` lists become the escaped string, or the request body around it.
//!
//! Works on the text, so that key order, numbers and escapes stay as written. Whether the criteria
//! are right is `validate`'s affair; only what would be cut off by the vendor is refused here.

use super::json_input::value_in;
use crate::finding::{Finding, Kind as FindingKind};
use crate::source::SourceFile;
use crate::source::escape::{escape, minify, quote};
use crate::source::json::{Kind, Member, Value};

/// The longest criteria string that the vendor takes, in characters, before it is escaped.
const LONGEST: usize = 20_000;

const VERSION: &str = "\"version\":\"1.0.0\"";

/// Criteria ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Envelope {
    /// The escaped string, or the body that holds it; one line.
    pub text: String,
    /// False where the JSON had no shape of criteria and was escaped as it stood.
    pub known: bool,
}

/// The segments of a value: the elements of a list of them, else the value itself.
pub(super) fn segments(value: &Value) -> Vec<&Value> {
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
///
/// # Errors
///
/// Findings where the criteria are too long, or where a string that should hold them doesn't.
pub(super) fn envelope(
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
            format!("{{{VERSION},{}", text.get(1..).unwrap_or(""))
        }
        Some(Shape::Group) if !is_or(value) => format!("{{{VERSION},\"criteria\":{text}}}"),
        // The criteria must begin with `and`; a group of one says the same.
        Some(Shape::Group | Shape::Leaf) => {
            format!("{{{VERSION},\"criteria\":{{\"type\":\"and\",\"group\":[{text}]}}}}")
        }
        _ => text,
    }
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
        inner.insert(0, VERSION.to_owned());
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
    Ok(escape(criteria))
}

fn refuse_longer(criteria: &str, value: &Value) -> Result<(), Vec<Finding>> {
    let length = criteria.chars().count();
    if length <= LONGEST {
        return Ok(());
    }
    let message = format!("the criteria string has {length} characters");
    let finding = Finding::new(FindingKind::CriteriaTooLong, value.span, message);
    Err(vec![finding.help("at most 20,000, not counting blanks between tokens and escapes")])
}
