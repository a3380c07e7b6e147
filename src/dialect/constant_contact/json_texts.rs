//! JSON texts for escaping and unescaping, which work on the text itself and so take sound JSON only.

use crate::dialect::collector::fault_finding;
use crate::finding::{Finding, Kind};
use crate::source::json::{self, Document, Text, Value};
use crate::source::{SourceFile, Span, TextMap};

/// The values of a file, one or more, or what keeps it from being JSON.
pub(super) fn values_of(file: &SourceFile) -> Result<Vec<Value>, Vec<Finding>> {
    if let Some(at) = file.not_utf8() {
        let message = "the text is not UTF-8 from here on";
        return Err(vec![Finding::new(Kind::JsonFault, Span::new(at, at), message)]);
    }
    sound(json::read(file.text()), Span::default())
}

/// The values of a file that holds an escaped string without the quotes around it, as it is
/// copied out of a body; `None` where the file doesn't begin like one.
pub(super) fn unquoted(file: &SourceFile) -> Option<Result<Vec<Value>, Vec<Finding>>> {
    let text = file.text();
    let inner = text.trim();
    if !inner.starts_with("{\\\"") || file.not_utf8().is_some() {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let mut map = TextMap::starting_at(start);
    map.push(1, start);
    Some(sound(json::read_embedded(&format!("\"{inner}\""), &map), Span::default()))
}

/// The one value that a string holds; `span` is the string's.
pub(super) fn value_in(text: &Text, span: Span) -> Result<Value, Vec<Finding>> {
    let mut values = sound(json::read_embedded(&text.value, &text.map), span)?;
    match (values.pop(), values.is_empty()) {
        (Some(value), true) => Ok(value),
        _ => Err(vec![Finding::new(Kind::JsonFault, span, "the string holds several JSON values")]),
    }
}

fn sound(document: Document, span: Span) -> Result<Vec<Value>, Vec<Finding>> {
    if !document.faults.is_empty() {
        return Err(document.faults.iter().map(fault_finding).collect());
    }
    if document.values.is_empty() {
        return Err(vec![Finding::new(Kind::JsonFault, span, "there is no JSON value here")]);
    }
    Ok(document.values)
}
