//! How segments overlap: how many contacts are in both of two, in these and in no other; and what can
//! be said of two segments without any contact, proved from their rules (`docs/overlap.md`).
//!
//! One scan of the dumps serves all segments: of each contact the set of segments that it is in is
//! counted, and every number comes from these counts.

mod counts;
mod csv;
mod json;
mod relations;
mod text;

pub use counts::{Counter, Counts, Region};
pub use csv::csv;
pub use json::json;
pub use relations::{Kind, Relation, Relations};
pub use text::{Shown, said, text};

use crate::value::Instant;

/// Segments held against each other.
#[derive(Debug, Clone)]
pub struct Overlap {
    /// The segments.
    pub segments: Vec<Named>,
    /// The instant at which they were looked at.
    pub as_of: Instant,
    /// What was counted, where there were contacts.
    pub counts: Option<Counts>,
    /// How they stand to each other.
    pub relations: Relations,
}

/// A segment as it is told from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What it is called, unlike any other.
    pub label: String,
    /// The file in which it stands.
    pub file: String,
    /// The short name of its dialect.
    pub dialect: &'static str,
}

impl Overlap {
    /// What a segment is called.
    pub fn label(&self, number: usize) -> &str {
        self.segments.get(number).map_or("", |segment| segment.label.as_str())
    }
}
