//! What follows from criteria alone, whoever the contacts are: when one condition implies another,
//! when two exclude each other, when one holds for everybody or for nobody.
//!
//! Everything here is proved from `docs/semantics.md` or not claimed: `true` and `Some` are proofs,
//! `false` and `None` say nothing. A property test holds the proofs to the engine's slow reference.
//!
//! One question stands behind the four: can these conditions hold together? `a` implies `b` when
//! `a` and not `b` cannot; `a` always holds when not `a` cannot. So the room has layers:
//!
//! | module | holds |
//! |---|---|
//! | `text`, `range`, `campaign`, `sets` | what passes a test, as a thing that can be compared |
//! | `claim`, `fact` | a test or its opposite, by what it is about; which claims clash |
//! | `refute` | and, or, not: the search for a way in which all can hold |
//! | `compare` | segments of one run, each with whom it looks at |
//!
//! What a proof takes for granted: a field that `docs/data.md` doesn't mark "several", and a custom
//! number, date or birthday, has one value at most. Where several values of any other field would
//! break it, the proof says so by its [`Grade`].

mod campaign;
mod claim;
mod compare;
mod fact;
mod range;
mod refute;
mod sets;
mod text;

pub use claim::{Claim, Subject};
pub use compare::{Comparer, Limit, Limited, Told};

use crate::criteria::{Expr, Negatives, WindowReading};
use crate::value::{Instant, Zone};

/// How far a proof reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// It is so for every contact.
    Always,
    /// It is so for every contact that has at most one value in each field; one with two addresses
    /// can be in Maine and in Rhode Island.
    UnlessSeveral,
}

/// What conditions are read against: the instant and the zone that give windows their ends, and the
/// switches of tests over sets of campaigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The instant of the evaluation.
    pub as_of: Instant,
    /// The zone of times without an offset.
    pub zone: Zone,
    /// What windows pick.
    pub window: WindowReading,
    /// How negatives over sets read.
    pub negatives: Negatives,
}

impl Setting {
    /// The default switches at an instant.
    pub fn at(as_of: Instant, zone: Zone) -> Self {
        Self { as_of, zone, window: WindowReading::default(), negatives: Negatives::default() }
    }
}

/// Whether every contact for whom `a` holds is one for whom `b` holds: `a` lies inside `b`.
pub fn implies(a: &Expr, b: &Expr, setting: &Setting) -> bool {
    refute::together(&[(a, true), (b, false)], setting) == Some(Grade::Always)
}

/// Whether no contact can be in both.
pub fn excludes(a: &Expr, b: &Expr, setting: &Setting) -> Option<Grade> {
    refute::together(&[(a, true), (b, true)], setting)
}

/// Whether it holds for everybody.
pub fn always(expr: &Expr, setting: &Setting) -> Option<Grade> {
    refute::together(&[(expr, false)], setting)
}

/// Whether it holds for nobody.
pub fn never(expr: &Expr, setting: &Setting) -> Option<Grade> {
    refute::together(&[(expr, true)], setting)
}

#[cfg(test)]
mod tests;
