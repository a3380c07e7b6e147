//! The comparison of two sides: who is a member on one only, and why.

use super::causes::{changed, responsible};
use super::look::{Seen, Sight, Standing, look};
use super::roster::{Keys, Roster, Told, keys_of, wanted};
use super::saved_list::SavedList;
use super::{Basis, Cause, Change, Diff, Direction};
use crate::answer::subject::Dumps;
use crate::criteria::{Outline, Segment};
use crate::engine::key::Key;
use crate::engine::{AskedSegment, EngineError, Summary};
use foldhash::fast::RandomState;
use hashbrown::HashSet;
use thiserror::Error;

/// A segment over dumps at an instant. The dumps are read twice.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// The dumps, and the instant and the switches.
    pub dumps: Dumps<'a>,
}

/// What was before.
#[derive(Clone, Copy)]
pub enum Before<'a> {
    /// A segment over dumps.
    Side(Side<'a>),
    /// A list of its members that was kept.
    List(&'a SavedList),
}

/// Why two sides can't be compared.
#[derive(Debug, Error)]
pub enum DiffError {
    /// A run could not be done.
    #[error("{side}: {error}")]
    Run {
        /// `before` or `after`.
        side: &'static str,
        /// Why.
        error: Box<EngineError>,
    },
    /// One side has only ids, the other only addresses.
    #[error(
        "the contacts before and after can't be told to be the same: one has only contact ids, the other only e-mail addresses"
    )]
    NoCommonKey,
}

impl Side<'_> {
    /// The members.
    fn members(&self, told: Told) -> Result<(Roster, Summary), EngineError> {
        let plan = self.dumps.plan(&[AskedSegment::of(self.segment)], &wanted())?;
        let places = [plan.output(0), plan.output(1)];
        let mut roster = Roster::default();
        let summary = self.dumps.evaluate(plan, &mut |_, _, row| {
            let (id, address) = keys_of(row, places);
            roster.enter(told.key(id, address));
            Ok(())
        })?;
        Ok((roster, summary))
    }
}

/// The members of both sides, of whom only keys are kept: what the first scan of each tells.
pub struct Members<'a> {
    before: Before<'a>,
    after: Side<'a>,
    told: Told,
    then: Roster,
    now: Roster,
    summaries: (Option<Summary>, Summary),
}

type Keyed = HashSet<Key, RandomState>;

impl<'a> Members<'a> {
    /// Scans both sides for their members.
    ///
    /// # Errors
    ///
    /// A dump can't be read to its end, a rule asks for what a dump hasn't, or nothing tells the
    /// contacts of both sides to be the same.
    pub fn of(before: Before<'a>, after: Side<'a>) -> Result<Self, DiffError> {
        let at = |side| move |error| DiffError::Run { side, error: Box::new(error) };
        let keys_before = match before {
            Before::Side(side) => Keys::of(side.dumps.contacts),
            Before::List(list) => list.keys(),
        };
        let told =
            Told::of(keys_before, Keys::of(after.dumps.contacts)).ok_or(DiffError::NoCommonKey)?;
        let (then, summary_before) = match before {
            Before::List(list) => (list.roster(told), None),
            Before::Side(side) => {
                let (roster, summary) = side.members(told).map_err(at("before"))?;
                (roster, Some(summary))
            }
        };
        let (now, summary_after) = after.members(told).map_err(at("after"))?;
        Ok(Self { before, after, told, then, now, summaries: (summary_before, summary_after) })
    }

    /// What the scans had to say: the one before, where there was one, and the one after.
    pub fn summaries(&self) -> (Option<&Summary>, &Summary) {
        (self.summaries.0.as_ref(), &self.summaries.1)
    }

    /// Members without the key by which contacts are told, before and after.
    pub fn keyless(&self) -> [u64; 2] {
        [self.then.keyless, self.now.keyless]
    }

    /// Who is a member on one side only, and why. Where there are such, the dumps are scanned again.
    ///
    /// # Errors
    ///
    /// A dump can't be read to its end.
    pub fn diff(&self) -> Result<Diff, DiffError> {
        let Self { before, after, told, then, now, .. } = self;
        let stayed = then.keys.intersection(&now.keys).count() as u64;
        let sides = Sides::of(*before, *after, *told, then, now)?;
        Ok(Diff {
            before: then.keys.len() as u64,
            after: now.keys.len() as u64,
            stayed,
            keyless: self.keyless(),
            basis: sides.basis,
            changes: sides.changes(*before),
            told: *told,
        })
    }
}

/// The contacts that changed, as both sides see them.
struct Sides<'a> {
    then: &'a Keyed,
    now: &'a Keyed,
    before: Sight,
    after: Sight,
    outlines: [Outline; 2],
    basis: Basis,
    told: Told,
}

impl<'a> Sides<'a> {
    fn of(
        before: Before<'_>,
        after: Side<'_>,
        told: Told,
        then: &'a Roster,
        now: &'a Roster,
    ) -> Result<Self, DiffError> {
        let at = |side| move |error| DiffError::Run { side, error: Box::new(error) };
        let (then, now) = (&then.keys, &now.keys);
        let (old, basis) = match before {
            Before::List(_) => (after.segment, Basis::OfOne),
            Before::Side(side) if side.segment.expr == after.segment.expr => {
                (side.segment, Basis::Changed)
            }
            Before::Side(side) => (side.segment, Basis::OfTwoCriteria),
        };
        let outlines = [Outline::of(&old.expr), Outline::of(&after.segment.expr)];
        let [old, new] = &outlines;
        let mut sides = Self {
            then,
            now,
            before: Sight::default(),
            after: Sight::default(),
            basis,
            told,
            outlines: [old.clone(), new.clone()],
        };
        if then == now {
            return Ok(sides);
        }
        let keys = || then.symmetric_difference(now).copied();
        if let Before::Side(side) = before {
            sides.before = look(&side, old, told, keys()).map_err(at("before"))?;
        }
        sides.after = look(&after, new, told, keys()).map_err(at("after"))?;
        Ok(sides)
    }

    /// Who left, in the order of what came before; then who joined.
    fn changes(&self, before: Before<'_>) -> Vec<Change> {
        let has_left = |key: &Key| self.then.contains(key) && !self.now.contains(key);
        let leave = |key: &Key, name: &str| Change {
            contact: name.to_owned(),
            direction: Direction::Left,
            cause: self.cause(key, Direction::Left),
        };
        let mut changes: Vec<Change> = match before {
            Before::List(list) => {
                let listed = list.members(self.told).filter(|(key, _)| has_left(key));
                listed.map(|(key, name)| leave(&key, name)).collect()
            }
            Before::Side(_) => {
                let seen = self.before.seen.iter().filter(|seen| has_left(&seen.key));
                seen.map(|seen| leave(&seen.key, &seen.name)).collect()
            }
        };
        let joined = self.after.seen.iter().filter(|seen| !self.then.contains(&seen.key));
        changes.extend(joined.map(|seen| Change {
            contact: seen.name.clone(),
            direction: Direction::Joined,
            cause: self.cause(&seen.key, Direction::Joined),
        }));
        changes
    }

    fn cause(&self, key: &Key, direction: Direction) -> Cause {
        // Where it is no member, and where it is.
        let (out, within) = match direction {
            Direction::Left => (self.after.of(key), self.before.of(key)),
            Direction::Joined => (self.before.of(key), self.after.of(key)),
        };
        if self.basis == Basis::OfOne && direction == Direction::Joined {
            return Cause::Unknown;
        }
        let Some(out) = out else { return Cause::NotInDump };
        if let Standing::NotLookedAt(cause) = &out.standing {
            return cause.clone();
        }
        Cause::Rules(self.rules(out, within, direction))
    }

    fn rules(&self, out: &Seen, within: Option<&Seen>, direction: Direction) -> Vec<u32> {
        let [old, new] = &self.outlines;
        let mut rules = Vec::new();
        match (self.basis, within, direction) {
            (Basis::Changed, Some(within), _) => {
                changed(&new.root, &within.verdicts, &out.verdicts, &mut rules);
            }
            (_, _, Direction::Left) => responsible(&new.root, &out.verdicts, &mut rules),
            (_, _, Direction::Joined) => responsible(&old.root, &out.verdicts, &mut rules),
        }
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}
