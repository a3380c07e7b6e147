//! What a case expects, and what of it failed.

use super::seen::{Sighting, Sightings};
use crate::source::Position;
use crate::value::fold;
use std::fmt;

/// What a case expects of a segment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectations {
    /// The keys by which contacts are told, in the order of the file.
    pub keys: Vec<ExpectedKey>,
    /// What is expected.
    pub all: Vec<Expectation>,
}

/// A contact id or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedKey {
    /// As it is written, without blanks around it.
    pub text: String,
    /// Where it stands.
    pub place: Position,
}

/// One thing that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// What.
    pub what: Expected,
    /// Where it is said.
    pub place: Position,
}

/// What can be expected; contacts are numbers of [`Expectations::keys`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// These are members.
    In(Vec<usize>),
    /// These are none.
    Out(Vec<usize>),
    /// These are members, and nobody else.
    Members(Vec<usize>),
    /// So many are.
    Count(u64),
    /// So many, or more.
    AtLeast(u64),
    /// So many, or fewer.
    AtMost(u64),
}

impl Expected {
    /// The key of the test file that says it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::In(_) => "in",
            Self::Out(_) => "out",
            Self::Members(_) => "members",
            Self::Count(_) => "count",
            Self::AtLeast(_) => "at_least",
            Self::AtMost(_) => "at_most",
        }
    }
}

/// Something that isn't as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The key of the test file that expects it; `criteria` where those are invalid.
    pub expectation: &'static str,
    /// Where it is said.
    pub place: Position,
    /// What was expected, in words.
    pub expected: String,
    /// What was found, in words.
    pub found: String,
    /// Contacts that ought to be members and aren't.
    pub missing: Vec<String>,
    /// Contacts that are members and oughtn't to be; the first of them.
    pub unexpected: Vec<String>,
    /// How many more of these there are.
    pub more: u64,
}

impl fmt::Display for Failure {
    /// In one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.expectation, self.expected, self.found)?;
        for (what, who) in [("missing", &self.missing), ("unexpected", &self.unexpected)] {
            if !who.is_empty() {
                write!(f, "; {what}: {}", who.join(", "))?;
            }
        }
        if self.more > 0 {
            write!(f, " and {} more", self.more)?;
        }
        Ok(())
    }
}

impl Expectations {
    /// What can't be, whatever the segment, and where.
    pub(super) fn contradiction(&self) -> Option<(Position, String)> {
        let of = |wanted: fn(&Expected) -> Option<&Vec<usize>>| {
            let keys = self.all.iter().filter_map(move |one| wanted(&one.what)).flatten();
            keys.filter_map(|&key| self.keys.get(key))
        };
        fn inside(what: &Expected) -> Option<&Vec<usize>> {
            match what {
                Expected::In(keys) | Expected::Members(keys) => Some(keys),
                _ => None,
            }
        }
        fn outside(what: &Expected) -> Option<&Vec<usize>> {
            match what {
                Expected::Out(keys) => Some(keys),
                _ => None,
            }
        }
        for key in of(outside) {
            if let Some(other) = of(inside).find(|other| fold(&other.text) == fold(&key.text)) {
                let line = other.place.line;
                let message = format!("`{}` can't be out and, as line {line} says, in", key.text);
                return Some((key.place, message));
            }
        }
        let number = |wanted: fn(&Expected) -> Option<u64>| {
            self.all.iter().find_map(|one| Some((wanted(&one.what)?, one.place)))
        };
        let least = number(|what| match what {
            Expected::AtLeast(least) => Some(*least),
            _ => None,
        });
        let most = number(|what| match what {
            Expected::AtMost(most) => Some(*most),
            _ => None,
        });
        let ((least, _), (most, place)) = (least?, most?);
        (least > most).then(|| (place, format!("at least {least} can't be at most {most}")))
    }

    /// The keys that no contact has: an expectation about one would hold, or fail, whatever the
    /// segment does.
    pub fn unknown<'a>(&'a self, known: &'a Sightings) -> impl Iterator<Item = &'a ExpectedKey> {
        let rows = known.everyone.hits.iter();
        self.keys.iter().zip(rows).filter(|(_, rows)| **rows == 0).map(|(key, _)| key)
    }

    /// What isn't as expected of one of the segments that were looked at.
    pub fn failures(&self, known: &Sightings, seen: &Sighting) -> Vec<Failure> {
        self.all.iter().filter_map(|one| self.failure(one, known, seen)).collect()
    }

    /// Whether all is as expected.
    pub fn hold(&self, known: &Sightings, seen: &Sighting) -> bool {
        self.all.iter().all(|one| self.failure(one, known, seen).is_none())
    }

    fn failure(&self, one: &Expectation, known: &Sightings, seen: &Sighting) -> Option<Failure> {
        let hits = |sighting: &Sighting, key: usize| sighting.hits.get(key).copied().unwrap_or(0);
        // A key that several contacts have stands for all of them.
        let told = |keys: &[usize], wrong: &dyn Fn(u64, u64) -> bool| -> Vec<String> {
            let wrong =
                keys.iter().filter(|&&key| wrong(hits(seen, key), hits(&known.everyone, key)));
            wrong.filter_map(|&key| Some(self.keys.get(key)?.text.clone())).collect()
        };
        let lacks = |found: u64, all: u64| found < all;
        let has = |found: u64, _: u64| found > 0;
        let contacts = |count: u64| match count {
            1 => "1 member".to_owned(),
            count => format!("{count} members"),
        };
        let failed = |holds: bool, expected: String| {
            (!holds).then(|| Failure {
                expectation: one.what.name(),
                place: one.place,
                expected,
                found: contacts(seen.members),
                missing: Vec::new(),
                unexpected: Vec::new(),
                more: 0,
            })
        };
        match &one.what {
            Expected::In(keys) => {
                let missing = told(keys, &lacks);
                let failure = failed(missing.is_empty(), format!("{} in", keys.len()))?;
                let found = format!("{} out", missing.len());
                Some(Failure { missing, found, ..failure })
            }
            Expected::Out(keys) => {
                let unexpected = told(keys, &has);
                let failure = failed(unexpected.is_empty(), format!("{} out", keys.len()))?;
                let found = format!("{} in", unexpected.len());
                Some(Failure { unexpected, found, ..failure })
            }
            Expected::Members(keys) => {
                let missing = told(keys, &lacks);
                let holds = missing.is_empty() && seen.strangers == 0;
                let failure = failed(holds, format!("exactly {}", contacts(keys.len() as u64)))?;
                let unexpected = seen.first_strangers.clone();
                let more = seen.strangers - unexpected.len() as u64;
                Some(Failure { missing, unexpected, more, ..failure })
            }
            Expected::Count(count) => failed(seen.members == *count, contacts(*count)),
            Expected::AtLeast(least) => {
                failed(seen.members >= *least, format!("at least {}", contacts(*least)))
            }
            Expected::AtMost(most) => {
                failed(seen.members <= *most, format!("at most {}", contacts(*most)))
            }
        }
    }
}
