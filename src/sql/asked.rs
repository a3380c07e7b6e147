//! The segments that a statement is asked for.

use crate::criteria::Segment;

/// A segment, and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What tells it from the others.
    pub label: &'a str,
    /// What it asks.
    pub segment: &'a Segment,
}
