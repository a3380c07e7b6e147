//! Which changes of a segment its tests would notice (`docs/tests.md`, "Coverage"). All changes of a
//! segment are evaluated in one scan a case; one that some expectation of some case doesn't survive
//! is noticed. A change that comes to the same segment, which [`crate::logic`] must prove, can't be
//! noticed by anyone and isn't counted.

use super::criteria::Tested;
use super::expectations::Expectations;
use super::mutants::{Mutant, mutants};
use super::sighting::sight;
use crate::answer::subject::Dumps;
use crate::criteria::Segment;
use crate::engine::{AskedSegment, EngineError};
use crate::logic::{self, Setting};
use crate::source::Position;
use std::path::PathBuf;

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is none: the changed segment is proved to have the same members.
    Equivalent,
    /// All expectations hold for the changed segment too.
    Survived,
    /// Some expectation doesn't hold for the changed segment.
    Noticed,
}

impl Fate {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Equivalent => "equivalent",
            Self::Survived => "survived",
            Self::Noticed => "noticed",
        }
    }
}

/// A change of a segment, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The numbers of the rules that it concerns, from 1.
    pub rules: Vec<u32>,
    /// The words of the rule; of a group none.
    pub words: Option<String>,
    /// Where the rule stands in the criteria file, of a group its first.
    pub place: Position,
    /// The change in words.
    pub change: String,
    /// What became of it.
    pub fate: Fate,
}

/// What the tests of one segment would notice.
#[derive(Debug, Clone)]
pub struct SegmentCoverage {
    /// The criteria file, as it is shown.
    pub file: String,
    /// The name of the segment, where it has one.
    pub name: Option<String>,
    /// The changes; none of a segment that isn't measured.
    pub changes: Vec<Measured>,
    /// How many of its cases fail. While there are any, it isn't measured: what fails already
    /// notices nothing.
    pub failing: usize,
}

/// What the tests of all segments would notice.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The segments, in the order of their first case.
    pub segments: Vec<SegmentCoverage>,
}

/// Numbers of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that are noticed.
    pub noticed: usize,
    /// Those that could be: the noticed ones and the survivors.
    pub of: usize,
}

impl Share {
    /// In hundredths; `None` where nothing could be noticed.
    pub fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| self.noticed as f64 * 100.0 / self.of as f64)
    }
}

impl SegmentCoverage {
    /// How many of its changes are noticed.
    pub fn share(&self) -> Share {
        let count = |fate| self.changes.iter().filter(|change| change.fate == fate).count();
        let noticed = count(Fate::Noticed);
        Share { noticed, of: noticed + count(Fate::Survived) }
    }

    /// How many changes come to the same segment.
    pub fn equivalent(&self) -> usize {
        self.changes.iter().filter(|change| change.fate == Fate::Equivalent).count()
    }

    /// The changes that nothing notices.
    pub fn survivors(&self) -> impl Iterator<Item = &Measured> {
        self.changes.iter().filter(|change| change.fate == Fate::Survived)
    }
}

impl Coverage {
    /// How many changes of all segments are noticed.
    pub fn share(&self) -> Share {
        let add = |all: Share, one: Share| Share {
            noticed: all.noticed + one.noticed,
            of: all.of + one.of,
        };
        self.segments.iter().map(SegmentCoverage::share).fold(Share::default(), add)
    }

    /// What was gathered from the cases.
    pub(super) fn of(gathered: Gathered) -> Self {
        let segments = gathered.segments.into_iter().map(|(_, mut segment)| {
            if segment.failing > 0 {
                segment.changes.clear();
            }
            segment
        });
        Self { segments: segments.collect() }
    }
}

/// Which changes the expectations notice of a segment for which they hold. All changes are looked at
/// in one scan.
///
/// # Errors
///
/// A dump can't be read to its end.
pub fn measure(
    segment: &Segment,
    expectations: &Expectations,
    dumps: &Dumps<'_>,
) -> Result<Vec<(Mutant, Fate)>, EngineError> {
    let setting = Setting::from(dumps.options);
    let same = |mutant: &Mutant| {
        logic::implies(&mutant.expr, &segment.expr, &setting)
            && logic::implies(&segment.expr, &mutant.expr, &setting)
    };
    let mut measured: Vec<(Mutant, Fate)> = (mutants(&segment.expr).into_iter())
        .map(|mutant| {
            let fate = if same(&mutant) { Fate::Equivalent } else { Fate::Survived };
            (mutant, fate)
        })
        .collect();
    let numbers: Vec<usize> = (measured.iter().enumerate())
        .filter(|(_, (_, fate))| *fate != Fate::Equivalent)
        .map(|(at, _)| at)
        .collect();
    let changed: Vec<Segment> = (numbers.iter().filter_map(|&at| measured.get(at)))
        .map(|(mutant, _)| Segment { expr: mutant.expr.clone(), ..segment.clone() })
        .collect();
    if changed.is_empty() {
        return Ok(measured);
    }
    let asked: Vec<AskedSegment<'_>> = changed.iter().map(AskedSegment::of).collect();
    let known = sight(&asked, expectations, dumps)?;
    for (at, seen) in numbers.into_iter().zip(&known.segments) {
        if !expectations.hold(&known, seen)
            && let Some((_, fate)) = measured.get_mut(at)
        {
            *fate = Fate::Noticed;
        }
    }
    Ok(measured)
}

/// What cases contribute to coverage, segment by segment.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    segments: Vec<((PathBuf, usize), SegmentCoverage)>,
}

impl Gathered {
    /// Takes what a case of a segment notices; `None` of one that fails. Of what several cases say of
    /// one change the best counts.
    pub fn add(&mut self, tested: &Tested, measured: Option<Vec<(Mutant, Fate)>>) {
        let known = self.segments.iter().position(|(key, _)| *key == tested.key);
        let at = known.unwrap_or_else(|| {
            let (file, name) = (tested.file.clone(), tested.name.clone());
            let segment = SegmentCoverage { file, name, changes: Vec::new(), failing: 0 };
            self.segments.push((tested.key.clone(), segment));
            self.segments.len() - 1
        });
        let Some((_, segment)) = self.segments.get_mut(at) else { return };
        segment.failing += usize::from(measured.is_none());
        for (mutant, fate) in measured.into_iter().flatten() {
            let change = Measured::of(mutant, fate, tested);
            let same = |known: &&mut Measured| {
                known.rules == change.rules && known.change == change.change
            };
            match segment.changes.iter_mut().find(same) {
                Some(known) => known.fate = known.fate.max(fate),
                None => segment.changes.push(change),
            }
        }
    }
}

impl Measured {
    fn of(mutant: Mutant, fate: Fate, tested: &Tested) -> Self {
        let rules = mutant.rules.iter().map(|rule| tested.rules.get(rule.0 as usize));
        let first = rules.clone().next().flatten();
        let alone = mutant.rules.len() == 1;
        Self {
            words: first.filter(|_| alone).map(|rule| rule.words.clone()),
            place: first.map_or(Position { line: 1, column: 1 }, |rule| rule.position),
            rules: mutant.rules.iter().map(|rule| rule.0 + 1).collect(),
            change: mutant.change,
            fate,
        }
    }

    /// `rule 1`, or `rules 1, 2`.
    pub fn which(&self) -> String {
        let numbers: Vec<String> = self.rules.iter().map(u32::to_string).collect();
        let plural = if numbers.len() == 1 { "" } else { "s" };
        format!("rule{plural} {}", numbers.join(", "))
    }
}
