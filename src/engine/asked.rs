//! What is asked of a run: segments, each with the contacts that it is put to and what of its members
//! is wanted. Parts of a segment are asked as segments of their own, in the same run.

use crate::criteria::Segment;
use std::sync::Arc;

/// A segment of a run.
#[derive(Debug, Clone)]
pub struct AskedSegment<'a> {
    /// What it asks.
    pub segment: &'a Segment,
    /// What messages call it, where there are several.
    pub name: Option<Arc<str>>,
    /// Which contacts it is put to.
    pub among: Among,
    /// What of its members is wanted.
    pub members: Members,
}

/// Which contacts a segment is put to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Among {
    /// Those that it looks at (`docs/semantics.md`, "As-of, and who is looked at").
    #[default]
    LookedAt,
    /// All of them, whatever its scope and the switches say.
    Everyone,
}

/// What of the members of a segment is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Members {
    /// Each of them, handed over.
    #[default]
    HandedOver,
    /// How many they are, which costs less.
    Counted,
}

impl<'a> AskedSegment<'a> {
    /// A segment that is alone in its run, its members handed over.
    pub fn of(segment: &'a Segment) -> Self {
        Self { segment, name: None, among: Among::default(), members: Members::default() }
    }

    /// The same with a name.
    #[must_use]
    pub fn named(self, name: Option<Arc<str>>) -> Self {
        Self { name, ..self }
    }

    /// The same, its members only counted.
    #[must_use]
    pub fn counted(self) -> Self {
        Self { members: Members::Counted, ..self }
    }

    /// The same, put to all contacts.
    #[must_use]
    pub fn among_everyone(self) -> Self {
        Self { among: Among::Everyone, ..self }
    }
}
