//! `segkit catalog check`: what is wrong with the files of a catalog, and mending it.

use super::args::{Format as AnswerFormat, LockArgs, PlaceArgs};
use super::session::{At, Session};
use crate::catalog::check::{Problem, Report, check, mend};
use crate::catalog::{Lock, State};
use crate::cli::{Output, Status};
use crate::finding::Severity;
use crate::report::{Checked, text_of};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io::Write;

const EXAMPLES: &str = "\
Examples:
  segkit catalog check
  segkit catalog check --fix
  segkit catalog check --format json | jq -r '.problems[].file'

Exit status: 0 when no file has an error, or all were mended, 1 when one has, 2 could not be done.";

/// The flags of `check`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckArgs {
    /// Mend what needs no choice: of several files with one id the younger get another, names are made
    /// to fit, files left over by killed processes go
    #[arg(long)]
    fix: bool,

    /// How to write what was found [default: text]
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = Format::Text, hide_default_value = true)]
    format: Format,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    place: PlaceArgs,
}

/// How to write what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object
    Json,
}

/// A problem, and what was done about it.
type Told = (Problem, Option<String>);

/// Runs the verb.
pub(super) fn run(args: &CheckArgs, at: At<'_>) -> anyhow::Result<Status> {
    let session = Session::at(&args.place, AnswerFormat::Json, at)?;
    let catalog = session.catalog()?;
    let levels = |file: &std::path::Path| session.levels(file);
    // Of a folder without segments nothing need tell the dialect, and nothing is begun there.
    if catalog.names()?.is_empty() && (!args.fix || catalog.is_new()) {
        return say(&Report::default(), &[], args.format, at.output);
    }
    if !args.fix {
        let account = session.account()?;
        let state = session.state((&catalog, session.vendor(&catalog, None)?), &account);
        let report = check(&state, &levels)?;
        let told: Vec<Told> = report.problems.iter().map(|one| (one.clone(), None)).collect();
        return say(&report, &told, args.format, at.output);
    }
    let (account, mut outcome) = (session.account()?, None);
    session.locked((&catalog, &account), ("check --fix", &args.lock), None, |lock, state| {
        outcome = Some(fix(&session, lock, state)?);
        Ok(())
    })?;
    match outcome {
        Some((report, told)) => say(&report, &told, args.format, at.output),
        None => Ok(Status::Fine),
    }
}

fn fix(
    session: &Session<'_>,
    lock: &Lock,
    state: &State<'_>,
) -> anyhow::Result<(Report, Vec<Told>)> {
    let report = check(state, &|file| session.levels(file))?;
    let mut told = Vec::new();
    for problem in &report.problems {
        // What was mended before may be what the next one goes by.
        let fresh = session.state((state.catalog, state.vendor), state.account);
        let done = mend((state.catalog, lock), &fresh, problem)?;
        told.push((problem.clone(), done));
    }
    Ok((report, told))
}

/// Says what was found, and what of it was mended.
fn say(report: &Report, told: &[Told], format: Format, output: &Output) -> anyhow::Result<Status> {
    let wrong = |one: &Checked| {
        one.reading.findings.iter().any(|finding| finding.severity == Severity::Error)
    };
    let left = told.iter().any(|(problem, done)| problem.is_error && done.is_none());
    match format {
        Format::Text => output.styled(|out| text(report, told, out))?,
        Format::Json => {
            let json = json_of(report, told);
            output.plain(|out| writeln!(out, "{json:#}"))?;
        }
    }
    let errors = left || report.checked.iter().any(wrong);
    Ok(if errors { Status::Findings } else { Status::Fine })
}

fn text(report: &Report, told: &[Told], out: &mut dyn Write) -> std::io::Result<()> {
    let said = |one: &Checked| {
        let findings = one.reading.findings.iter();
        findings.filter(|f| f.severity >= Severity::Warning).cloned().collect::<Vec<_>>()
    };
    for one in &report.checked {
        text_of(&one.file, &said(one), out)?;
    }
    for (problem, done) in told {
        let word = match (done, problem.is_error) {
            (Some(_), _) => "mended",
            (None, true) => "error",
            (None, false) => "warning",
        };
        let done = done.as_ref().map(|done| format!("; it {done}")).unwrap_or_default();
        writeln!(out, "{}: {word}: {}{done}", visible(&problem.file), visible(&problem.message))?;
    }
    let faulty = report.checked.iter().filter(|one| !said(one).is_empty()).count();
    let mended = told.iter().filter(|(_, done)| done.is_some()).count();
    writeln!(
        out,
        "{} file{}: {faulty} with something wrong inside, {} problem{} among them, {mended} mended",
        report.files,
        plural(report.files),
        told.len(),
        plural(told.len())
    )
}

/// What a word ends with behind a number.
fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// What a segment is called must not steer the terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn json_of(report: &Report, told: &[Told]) -> Value {
    let findings = report.checked.iter().flat_map(|one| {
        one.reading.findings.iter().filter(|f| f.severity >= Severity::Warning).map(|finding| {
            let place = one.file.position(finding.span.start);
            json!({
                "file": one.file.name(),
                "line": place.line,
                "column": place.column,
                "code": finding.kind.code(),
                "name": finding.kind.name(),
                "error": finding.severity == Severity::Error,
                "message": finding.message,
            })
        })
    });
    let problems = told.iter().map(|(problem, done)| {
        json!({
            "file": problem.file,
            "error": problem.is_error,
            "message": problem.message,
            "mended": done,
        })
    });
    json!({
        "files": report.files,
        "findings": findings.collect::<Vec<_>>(),
        "problems": problems.collect::<Vec<_>>(),
    })
}
