//! The parts of a clause, with their places: its verb or campaign id, and what follows.

use crate::dialect::given::Word;
use crate::source::Span;

/// A part of a clause and its place.
#[derive(Clone, Copy)]
pub(super) struct Part<'v> {
    pub text: &'v str,
    pub span: Span,
}

impl<'v> Part<'v> {
    /// The whole clause, trimmed.
    pub fn whole(clause: &Word<'v>) -> Self {
        let (start, end) = trimmed_range(clause.as_str());
        Self { text: clause.trimmed(), span: clause.part(start, end) }
    }

    /// Splits a clause at the first blank behind its first word. Both parts are trimmed.
    pub fn split(clause: &Word<'v>) -> (Self, Self) {
        let (start, end) = trimmed_range(clause.as_str());
        let inner = clause.as_str().get(start..end).unwrap_or("");
        let first = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let rest = inner.get(first..).unwrap_or("");
        let second = first + (rest.len() - rest.trim_start().len());
        let part = |from: usize, to: usize| Self {
            text: inner.get(from..to).unwrap_or(""),
            span: clause.part(start + from, start + to),
        };
        (part(0, first), part(second, inner.len()))
    }
}

fn trimmed_range(text: &str) -> (usize, usize) {
    let end = text.trim_end().len();
    ((text.len() - text.trim_start().len()).min(end), end)
}
