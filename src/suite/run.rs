//! Running cases: from files to verdicts.

use super::case_error::CaseError;
use super::coverage::{Coverage, Gathered, measure};
use super::criteria::{Reading, Tested, read};
use super::expectations::Failure;
use super::explain::explain;
use super::file::{Case, SuiteFile};
use super::keys::in_keys;
use super::outcome::{Broken, Outcome, Ran, Run, Verdict};
use super::remarks::{of_rows, remarks};
use super::sighting::sight;
use crate::answer::subject::Dumps;
use crate::config::{ConfigError, Files};
use crate::dump::{Activities, ContactOptions, Contacts};
use crate::engine::{AskedSegment, Effort, Progress};
use crate::source::Position;

/// How cases are run.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// With how much effort dumps are read.
    pub effort: Effort,
    /// Whether it is measured which changes of the segments the tests would notice.
    pub coverage: bool,
    /// Who watches.
    pub progress: &'a dyn Progress,
}

/// Runs files, in their order. One that can't be read, or fails, stops none of the others.
pub fn run(files: Vec<(String, Result<SuiteFile, ConfigError>)>, look: Look<'_>) -> Run {
    let mut gathered = Gathered::default();
    let mut ran = Vec::new();
    for (file, suite) in files {
        let cases = match suite {
            Ok(suite) => {
                Ok(suite.cases.iter().map(|case| outcome(case, look, &mut gathered)).collect())
            }
            Err(error) => Err(Broken::from(error)),
        };
        ran.push(Ran { file, cases });
    }
    let coverage = look.coverage.then(|| Coverage::of(gathered));
    Run { files: ran, coverage }
}

impl From<ConfigError> for Broken {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::Unreadable { reason, .. } => {
                Self { place: None, message: reason.to_string() }
            }
            ConfigError::Invalid { line, column, message, .. } => {
                Self { place: Some(Position { line, column }), message }
            }
        }
    }
}

fn outcome(case: &Case, look: Look<'_>, gathered: &mut Gathered) -> Outcome {
    let mut outcome = Outcome {
        name: case.name.clone(),
        place: case.place,
        criteria: case.shown_criteria(),
        segment: None,
        as_of: case.options().as_of.to_string(),
        contacts: 0,
        members: 0,
        verdict: Verdict::Passed,
        warnings: Vec::new(),
    };
    if let Err(error) = put_to(case, look, gathered, &mut outcome) {
        let place = match &error {
            CaseError::Criteria { .. } | CaseError::NoSegment { .. } => case.criteria_place,
            CaseError::UnknownKeys { place, .. } => *place,
            CaseError::Dump(_) | CaseError::Unmapped(_) | CaseError::Engine(_) => case.place,
        };
        let of_rows = match &error {
            CaseError::Dump(error) => of_rows(case, error),
            _ => None,
        };
        let message = of_rows.unwrap_or_else(|| in_keys(&error.to_string()));
        outcome.verdict = Verdict::Broken(Broken { place: Some(place), message });
    }
    outcome
}

/// Opens what a case names, evaluates its segment and judges.
fn put_to(
    case: &Case,
    look: Look<'_>,
    gathered: &mut Gathered,
    outcome: &mut Outcome,
) -> Result<(), CaseError> {
    let options = case.options();
    let mut files = case.settings.resolve();
    let mut account = files.account()?;
    let rereadable = true;
    let contact_options = ContactOptions { account: &account, rereadable };
    let contacts = Contacts::open(&files.take(Files::Contacts)?, &contact_options)?;
    account.dump_columns = Some(contacts.columns().to_vec());
    let tested = match read(case, &account, &options)? {
        Reading::Sound(tested) => tested,
        Reading::Invalid(lines) => {
            let failures = lines.into_iter().map(|line| invalid(case, line)).collect();
            outcome.verdict = Verdict::Failed { failures, wrong: Vec::new() };
            return Ok(());
        }
    };
    outcome.segment.clone_from(&tested.name);
    let activities = match files.take(Files::Tracking)?.as_slice() {
        [] => None,
        inputs => Some(Activities::open(inputs, rereadable)?),
    };
    case.settings.reading().check(&contacts, activities.as_ref(), false)?;
    let dumps = Dumps {
        contacts: &contacts,
        activities: activities.as_ref(),
        account: &account,
        options: &options,
        effort: look.effort,
        progress: look.progress,
    };
    judge(case, &tested, &dumps, look.coverage, gathered, outcome)
}

fn judge(
    case: &Case,
    tested: &Tested,
    dumps: &Dumps<'_>,
    coverage: bool,
    gathered: &mut Gathered,
    outcome: &mut Outcome,
) -> Result<(), CaseError> {
    let expectations = &case.expectations;
    let known = sight(&[AskedSegment::of(&tested.segment)], expectations, dumps)?;
    let warnings = known.summary.warnings.iter().map(|warning| in_keys(&warning.to_string()));
    outcome.warnings = warnings.chain(remarks(case, &known.summary)).collect();
    outcome.contacts = known.everyone.members;
    let Some(seen) = known.segments.first() else { return Ok(()) };
    outcome.members = seen.members;
    let unknown: Vec<_> = expectations.unknown(&known).collect();
    if let Some(first) = unknown.first() {
        let keys = unknown.iter().map(|key| format!("`{}`", key.text)).collect();
        return Err(CaseError::UnknownKeys { keys, place: first.place });
    }
    let failures = expectations.failures(&known, seen);
    if failures.is_empty() {
        if coverage {
            let measured = measure(&tested.segment, expectations, dumps)?;
            gathered.add(tested, Some(measured));
        }
        return Ok(());
    }
    gathered.add(tested, None);
    let wrong = explain(tested, &failures, dumps)?;
    outcome.verdict = Verdict::Failed { failures, wrong };
    Ok(())
}

/// Criteria that are invalid fail the case.
fn invalid(case: &Case, line: String) -> Failure {
    Failure {
        expectation: "criteria",
        place: case.criteria_place,
        expected: "valid criteria".to_owned(),
        found: line,
        missing: Vec::new(),
        unexpected: Vec::new(),
        more: 0,
    }
}
