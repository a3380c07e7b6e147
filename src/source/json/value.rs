//! The tree of a JSON text, with places.

use crate::source::{Span, TextMap};

/// A string: what it means and where each part of that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The decoded characters.
    pub value: String,
    /// From offsets in `value` to offsets in the file.
    pub map: TextMap,
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// From its first to its last character, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A string.
    String(Text),
    /// An array.
    Array(Vec<Value>),
    /// An object; members in file order, equal keys included.
    Object(Vec<Member>),
    /// Something that could not be read; a fault tells why.
    Faulty,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The key.
    pub key: Text,
    /// The key's place, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

impl Value {
    /// The members of an object.
    pub fn members(&self) -> Option<&[Member]> {
        match &self.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn elements(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// A string's text.
    pub fn text(&self) -> Option<&Text> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The first member with this key.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members()?.iter().find(|member| member.key.value == key)
    }

    /// The value of the first member with this key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.member(key).map(|member| &member.value)
    }

    /// True for the same scalar, however its string is escaped.
    pub fn same_as(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Number(one), Kind::Number(two)) => one == two,
            (Kind::Bool(one), Kind::Bool(two)) => one == two,
            (Kind::String(one), Kind::String(two)) => one.value == two.value,
            (one, two) => *one == Kind::Null && *two == Kind::Null,
        }
    }

    /// What the value is, in words with an article.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
            Kind::Faulty => "unreadable",
        }
    }

    /// The value of a JSON integer, or of a string of digits where `digits_too`.
    pub fn integer(&self, digits_too: bool) -> Option<i64> {
        match &self.kind {
            Kind::Number(raw) => raw.parse().ok(),
            Kind::String(text) if digits_too => {
                let text = text.value.trim();
                let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
                // More digits than fit are an integer all the same, out of every range.
                digits.then(|| text.parse().unwrap_or(i64::MAX))
            }
            _ => None,
        }
    }
}
