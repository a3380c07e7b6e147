//! The parts of a clause, with their places: its verb or campaign id, and what follows.

use crate::dialect::given::Word;
use crate::source::Span;
use std::ops::Range;

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
        let part = |range: Range<usize>| Self {
            text: clause.as_str().get(range.clone()).unwrap_or(""),
            span: clause.part(range.start, range.end),
        };
        let (first, second) = parts_of(clause.as_str());
        (part(first), part(second))
    }
}

/// Where the two parts of a clause stand in its text.
pub(super) fn parts_of(clause: &str) -> (Range<usize>, Range<usize>) {
    let (start, end) = trimmed_range(clause);
    let inner = clause.get(start..end).unwrap_or("");
    let first = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let rest = inner.get(first..).unwrap_or("");
    let second = first + (rest.len() - rest.trim_start().len());
    (start..start + first, start + second..end)
}

fn trimmed_range(text: &str) -> (usize, usize) {
    let end = text.trim_end().len();
    ((text.len() - text.trim_start().len()).min(end), end)
}
