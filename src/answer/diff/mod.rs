//! Who joined a segment and who left it, and because of which rule (`docs/diff.md`): between two
//! criteria, two instants, two dumps, or a saved list of members and today.
//!
//! Each side is scanned twice: once for its members, of whom only keys are kept, and once for those who
//! are members on one side only, for whom each rule is asked by itself, in the same run as the segment.

mod causes;
mod change;
mod compare;
mod csv;
mod json;
mod look;
mod roster;
mod saved_list;
mod text;

pub use change::{Basis, Cause, Change, Direction, Group};
pub use compare::{Before, DiffError, Members, Side};
pub use csv::csv;
pub use json::json;
pub use roster::Told;
pub use saved_list::{ListError, SavedList};
pub use text::text;

use crate::value::Instant;

/// What changed between two sides.
#[derive(Debug, Clone)]
pub struct Diff {
    /// Members before.
    pub before: u64,
    /// Members after.
    pub after: u64,
    /// Members on both sides.
    pub stayed: u64,
    /// Members that have neither id nor address, or not the one that both sides have, before and
    /// after: nobody can say who of them changed.
    pub keyless: [u64; 2],
    /// What rules are held responsible for.
    pub basis: Basis,
    /// Those who left, in the order of what came before, then those who joined, in that of what came
    /// after.
    pub changes: Vec<Change>,
    /// Who is told from others by what.
    pub told: Told,
}

/// What is said of one of the two sides.
#[derive(Debug, Clone)]
pub struct SideNote {
    /// What the segment, or the list, is called.
    pub name: String,
    /// The file of the criteria, or of the list.
    pub file: String,
    /// The instant at which the segment was looked at; a list has none.
    pub as_of: Option<Instant>,
    /// The rules, in file order.
    pub rules: Vec<RuleNote>,
}

/// A rule as it is told.
#[derive(Debug, Clone)]
pub struct RuleNote {
    /// In the dialect's own words.
    pub words: String,
    /// In English.
    pub english: String,
    /// The line in its file.
    pub line: usize,
}

/// A diff with what is said of its sides.
#[derive(Debug, Clone)]
pub struct Noted<'a> {
    /// What changed.
    pub diff: &'a Diff,
    /// What came before.
    pub before: SideNote,
    /// What came after.
    pub after: SideNote,
}

impl Diff {
    /// Those who changed in one direction.
    pub fn changed(&self, direction: Direction) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.direction == direction)
    }
}
