//! The certain fixes that the vendors' readers have in common. What a fix puts into the file stands as
//! deep in escapes as its place does.

use super::collector::Collector;
use super::keys::{Key, Wanted};
use crate::finding::Finding;
use crate::source::json::{Kind as JsonKind, Member, Value};
use crate::source::{Span, escape};

impl Collector<'_> {
    /// JSON text, escaped as often as strings lie around the place that is being read.
    fn as_deep(&self, json: &str) -> String {
        (0..self.layers()).fold(json.to_owned(), |text, _| {
            let quoted = escape::quote(&text);
            quoted.get(1..quoted.len() - 1).unwrap_or("").to_owned()
        })
    }

    /// Adds a fix whose replacement is JSON text.
    pub fn fixed(&self, finding: Finding, span: Span, json: &str) -> Finding {
        finding.fix(span, self.as_deep(json))
    }

    /// Adds a fix that puts JSON text around a value. Where the JSON has a fault it is not certain
    /// where the value ends, and nothing is added.
    pub fn wrapped(&self, finding: Finding, value: &Value, [open, close]: [&str; 2]) -> Finding {
        if self.is_faulty() {
            return finding;
        }
        let inner = self.file.slice(value.span);
        finding.fix(value.span, format!("{}{inner}{}", self.as_deep(open), self.as_deep(close)))
    }

    /// Adds a fix that puts a part of a value in its place, as that part stands in the file.
    pub fn dissolved(&self, finding: Finding, value: &Value, part: Span) -> Finding {
        if self.is_faulty() {
            return finding;
        }
        finding.fix(value.span, self.file.slice(part))
    }

    /// Adds a fix that removes a member with its comma.
    pub fn removing(&self, finding: Finding, object: &Value, key: &str) -> Finding {
        let members = object.members().unwrap_or(&[]);
        let at = members.iter().position(|member| member.key.value == key);
        let Some((at, member)) = at.and_then(|at| Some((at, members.get(at)?))) else {
            return finding;
        };
        if self.is_faulty() {
            return finding;
        }
        let before = at.checked_sub(1).and_then(|at| members.get(at));
        let span = match (members.get(at + 1), before) {
            (Some(next), _) => Span::new(member.key_span.start, next.key_span.start),
            (None, Some(before)) => Span::new(before.value.span.end, member.value.span.end),
            (None, None) => member.key_span.to(member.value.span),
        };
        finding.fix(span, "")
    }

    /// Adds a fix to the finding of an unknown key, where the object can only have meant one of the
    /// known ones: where it differs from that in nothing but case, and the object has no other key
    /// that comes as near.
    pub fn with_case(
        &self,
        finding: Finding,
        object: &Value,
        key: &Member,
        known: &[Key],
    ) -> Finding {
        let bare = |key: &str| key.replace('_', "").to_ascii_lowercase();
        let written = key.key.value.as_str();
        let as_near = |other: &&Member| bare(&other.key.value) == bare(written);
        let alone = object.members().unwrap_or(&[]).iter().filter(as_near).count() == 1;
        match known.iter().find(|row| row.name.eq_ignore_ascii_case(written)) {
            Some(row) if alone => self.fixed(finding, key.key_span, &escape::quote(row.name)),
            _ => finding,
        }
    }

    /// Adds a fix to the finding of a value of the wrong type, where what it says is certain.
    pub fn retyped(&self, finding: Finding, value: &Value, wanted: Wanted) -> Finding {
        match (wanted, &value.kind) {
            (Wanted::Literal, JsonKind::Number(raw)) => {
                self.fixed(finding, value.span, &escape::quote(raw))
            }
            (Wanted::Literal, JsonKind::Bool(flag)) => {
                self.fixed(finding, value.span, &escape::quote(&flag.to_string()))
            }
            (Wanted::Integer, JsonKind::String(_)) => self.unquoted(finding, value),
            (Wanted::Escaped, JsonKind::Object(_)) if !self.is_faulty() => {
                let escaped = escape::escape(self.file.slice(value.span));
                finding.fix(value.span, escaped)
            }
            _ => finding,
        }
    }

    /// Adds a fix that takes the quotes from an integer.
    pub fn unquoted(&self, finding: Finding, value: &Value) -> Finding {
        let digits = value.text().map_or("", |text| text.value.as_str());
        let is_integer = digits.parse().is_ok_and(|number: u64| number.to_string() == digits);
        if is_integer { self.fixed(finding, value.span, digits) } else { finding }
    }
}
