//! The rows of the vendors' tables of keys: what a key is called, and the JSON type that it wants.

use crate::source::json::{Kind as JsonKind, Value};

/// The JSON type that a key wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A string.
    Text,
    /// A string of the user's own words; a number or a boolean without quotes can only mean its text.
    Literal,
    /// A string that holds JSON.
    Escaped,
    /// An integer.
    Integer,
    /// An integer, a string of digits, or an array; other numbers and strings are the reader's to
    /// judge.
    CountOrArray,
    /// `true` or `false`.
    Flag,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Anything: the reader judges it, or the vendor's answers alone hold it.
    Any,
}

impl Wanted {
    pub(super) fn accepts(self, value: &Value) -> bool {
        let kind = &value.kind;
        match self {
            Self::Text | Self::Literal | Self::Escaped => matches!(kind, JsonKind::String(_)),
            Self::Integer => value.integer(false).is_some(),
            Self::CountOrArray => {
                matches!(kind, JsonKind::Number(_) | JsonKind::String(_) | JsonKind::Array(_))
            }
            Self::Flag => matches!(kind, JsonKind::Bool(_)),
            Self::Array => matches!(kind, JsonKind::Array(_)),
            Self::Object => matches!(kind, JsonKind::Object(_)),
            Self::Any => true,
        }
    }

    /// True for what has values of its own inside.
    pub(super) fn has_parts(self) -> bool {
        matches!(self, Self::Array | Self::Object | Self::Escaped)
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Text | Self::Literal | Self::Escaped => "a string",
            Self::Integer => "an integer",
            Self::CountOrArray => "an integer, a string of digits or an array",
            Self::Flag => "a boolean",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Any => "anything",
        }
    }
}

/// A key that an object of the dialect may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key as written in JSON.
    pub name: &'static str,
    /// The type of its value; `null` counts as absent everywhere.
    pub wanted: Wanted,
    /// What stands there, in a line for people.
    pub about: &'static str,
}

impl Key {
    /// A row of a table of keys.
    pub const fn new(name: &'static str, wanted: Wanted, about: &'static str) -> Self {
        Self { name, wanted, about }
    }
}

/// What a catalog keeps of a segment that the vendor's own shape has no place for
/// (`docs/catalog.md`). Every vendor's table of a body has this row.
pub(super) const CATALOG_KEY: Key = Key::new(
    "segkit",
    Wanted::Object,
    "What a catalog of segments keeps beside the vendor's own keys.",
);
