//! What came of a run: of each file, of each case.

use super::coverage::Coverage;
use super::expectations::Failure;
use super::explain::Wrong;
use crate::source::Position;

/// A run of test files.
#[derive(Debug, Clone)]
pub struct Run {
    /// The files, in their order.
    pub files: Vec<Ran>,
    /// What the tests would notice, where that was measured.
    pub coverage: Option<Coverage>,
}

/// What came of a file.
#[derive(Debug, Clone)]
pub struct Ran {
    /// The file, as it is shown.
    pub file: String,
    /// What came of its cases, or why it can't be read.
    pub cases: Result<Vec<Outcome>, Broken>,
}

/// What came of a case.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Position,
    /// The criteria file, as it is shown.
    pub criteria: String,
    /// The name of the segment, where it has one.
    pub segment: Option<String>,
    /// The instant for which it was evaluated.
    pub as_of: String,
    /// How many contacts there are; 0 where they weren't read.
    pub contacts: u64,
    /// How many of them are in the segment.
    pub members: u64,
    /// How it ended.
    pub verdict: Verdict,
    /// What the evaluation warns of.
    pub warnings: Vec<String>,
}

/// How a case ended.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// All is as expected.
    Passed,
    /// Something isn't, or the criteria are invalid.
    Failed {
        /// What; at least one.
        failures: Vec<Failure>,
        /// The contacts that aren't where they should be, rule by rule.
        wrong: Vec<Wrong>,
    },
    /// It couldn't be run.
    Broken(Broken),
}

impl Verdict {
    /// `passed`, `failed` or `broken`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed { .. } => "failed",
            Self::Broken(_) => "broken",
        }
    }
}

/// Why a file, or a case, can't be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Where, in the test file.
    pub place: Option<Position>,
    /// Why.
    pub message: String,
}

/// How many cases ended how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Files.
    pub files: usize,
    /// Cases of the files that can be read.
    pub cases: usize,
    /// Cases that passed.
    pub passed: usize,
    /// Cases that failed.
    pub failed: usize,
    /// Cases that couldn't be run.
    pub broken: usize,
    /// Files that can't be read, or say what they can't.
    pub unreadable: usize,
}

impl Run {
    /// Counts.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { files: self.files.len(), ..Counts::default() };
        for ran in &self.files {
            let Ok(cases) = &ran.cases else {
                counts.unreadable += 1;
                continue;
            };
            counts.cases += cases.len();
            for case in cases {
                match case.verdict {
                    Verdict::Passed => counts.passed += 1,
                    Verdict::Failed { .. } => counts.failed += 1,
                    Verdict::Broken(_) => counts.broken += 1,
                }
            }
        }
        counts
    }
}
