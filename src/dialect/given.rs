//! What an object of criteria says under a key, and where.

use crate::source::Span;
use crate::source::json::{Kind as JsonKind, Member, Text, Value};
use crate::value::is_blank;

/// What an object says under a key that wants a string.
#[derive(Debug, Clone, Copy)]
pub(super) enum Given<'v> {
    /// Nothing, or `null`.
    Absent,
    /// Something of another type; that has been reported.
    Unusable,
    /// Nothing but white space.
    Blank(&'v Member),
    /// A word.
    Word(Word<'v>),
}

/// A string and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'v> {
    pub text: &'v Text,
}

impl<'v> Word<'v> {
    /// The characters, as decoded.
    pub fn as_str(&self) -> &'v str {
        &self.text.value
    }

    /// The characters without blanks around them.
    pub fn trimmed(&self) -> &'v str {
        self.text.value.trim()
    }

    /// The place of the characters between the quotes.
    pub fn span(&self) -> Span {
        self.text.map.span(Span::new(0, self.text.value.len()))
    }

    /// The place of a part of the characters, by offsets in the decoded text.
    pub fn part(&self, start: usize, end: usize) -> Span {
        self.text.map.span(Span::new(start, end))
    }
}

impl<'v> Given<'v> {
    /// The word, where there is one.
    pub fn word(self) -> Option<Word<'v>> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// True where a string stands that says nothing.
    pub fn is_empty_text(self) -> bool {
        matches!(self, Self::Blank(_))
    }
}

/// What an object says under a key that wants a string.
pub(super) fn given<'v>(object: &'v Value, key: &str) -> Given<'v> {
    let Some(member) = object.member(key) else {
        return Given::Absent;
    };
    match &member.value.kind {
        JsonKind::Null => Given::Absent,
        JsonKind::String(text) if is_blank(&text.value) => Given::Blank(member),
        JsonKind::String(text) => Given::Word(Word { text }),
        _ => Given::Unusable,
    }
}

/// What stands under the first of two spellings of a key that is there.
pub(super) fn spelled<'v>(object: &'v Value, keys: [&str; 2]) -> Given<'v> {
    match given(object, keys[0]) {
        Given::Absent => given(object, keys[1]),
        found => found,
    }
}

/// The member with this key, unless its value is `null`.
pub(super) fn present<'v>(object: &'v Value, key: &str) -> Option<&'v Member> {
    object.member(key).filter(|member| member.value.kind != JsonKind::Null)
}

/// The place of an object's opening bracket, for what it lacks as a whole.
pub(super) fn opening(value: &Value) -> Span {
    let end = (value.span.start + 1).min(value.span.end);
    Span::new(value.span.start, end)
}

/// A scalar as it stands in a clause.
pub(super) fn plain(value: &Value) -> Option<String> {
    match &value.kind {
        JsonKind::String(text) => Some(text.value.clone()),
        JsonKind::Number(raw) => Some(raw.clone()),
        JsonKind::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
