//! A contact that changed sides, and why.

use super::Diff;
use hashbrown::HashMap;
use std::cmp::Reverse;

/// Into the segment, or out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// A member before, and no more.
    Left,
    /// A member now, and not before.
    Joined,
}

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The contact is in the dump of one side only.
    NotInDump,
    /// On one side it isn't looked at, being on another list.
    OtherList,
    /// Having another status.
    OtherStatus,
    /// Having been added after as-of.
    AddedLater,
    /// Rules, by their numbers from 1.
    Rules(Vec<u32>),
    /// It isn't known: before there was only a list.
    Unknown,
}

/// What rules are held responsible for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Both sides have the same rules: those whose verdict changed.
    Changed,
    /// The criteria differ: the rules of the new ones that keep out who left, and the rules of the old
    /// ones that kept out who joined.
    OfTwoCriteria,
    /// Before there was a list: the rules that keep out who left.
    OfOne,
}

/// A contact that changed sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The contact: its id, else its address, as it stands in the dump.
    pub contact: String,
    /// Which way.
    pub direction: Direction,
    /// Why.
    pub cause: Cause,
}

/// The contacts of one direction that share a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group<'a> {
    /// The cause.
    pub cause: &'a Cause,
    /// How many.
    pub contacts: u64,
}

impl Direction {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Joined => "joined",
        }
    }
}

impl Cause {
    /// Its name for programs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotInDump => "not-in-dump",
            Self::OtherList => "other-list",
            Self::OtherStatus => "other-status",
            Self::AddedLater => "added-later",
            Self::Rules(_) => "rules",
            Self::Unknown => "unknown",
        }
    }

    /// The rules, where rules are the cause.
    pub fn rules(&self) -> &[u32] {
        match self {
            Self::Rules(rules) => rules,
            _ => &[],
        }
    }
}

impl Diff {
    /// The causes of one direction, each contact under one of them: the most frequent first.
    pub fn groups(&self, direction: Direction) -> Vec<Group<'_>> {
        let mut counts: HashMap<&Cause, u64> = HashMap::new();
        for change in self.changed(direction) {
            *counts.entry(&change.cause).or_default() += 1;
        }
        let mut groups: Vec<_> =
            counts.into_iter().map(|(cause, contacts)| Group { cause, contacts }).collect();
        groups.sort_by_key(|group| (Reverse(group.contacts), group.cause));
        groups
    }
}
