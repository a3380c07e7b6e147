//! Tests of segments, kept beside them in TOML (`docs/tests.md`): who must be in, who out, how many;
//! at a pinned instant, over a few contacts and activities written in the file or over dumps.
//!
//! The way of the data: [`SuiteFile`] reads a test file into cases (`keys` has the table of what it may
//! say, `rows` the contacts and activities written in it, which go through the readers of dumps like
//! any other); [`run()`] puts each case to the engine, and what each segment of the run has of the
//! contacts that are expected is counted by `sighting`, so that `expectations` can say what failed.
//! `explain` asks the rules one by one about contacts that are where they shouldn't be.
//!
//! Coverage changes the segment in one place after the other ([`mutants()`], the smallest changes from
//! `bounds`) and looks which changes no expectation notices: the verdict on a changed segment is
//! found as that on the segment itself.
//!
//! [`Run`] is what came of it all; [`text()`], [`json()`], [`junit()`] and [`github()`] write it. [`schema()`] is
//! the JSON Schema of test files.

mod bounds;
mod case_error;
mod coverage;
mod criteria;
mod expectations;
mod explain;
mod file;
mod find;
mod github;
mod json;
mod junit;
mod keys;
mod mutants;
mod outcome;
mod remarks;
mod rows;
mod run;
mod schema;
mod seen;
mod sighting;
mod text;

pub use case_error::CaseError;
pub use coverage::{Coverage, Fate, Measured, SegmentCoverage, Share, measure};
pub use expectations::{Expectation, Expectations, Expected, ExpectedKey, Failure};
pub use explain::{RuleVerdict, Wrong};
pub use file::{Case, SuiteFile};
pub use find::{FindError, find};
pub use github::github;
pub use json::json;
pub use junit::junit;
pub use mutants::{Mutant, mutants};
pub use outcome::{Broken, Counts, Outcome, Ran, Run, Verdict};
pub use run::{Look, run};
pub use schema::schema;
pub use seen::{Sighting, Sightings};
pub use sighting::sight;
pub use text::text;
