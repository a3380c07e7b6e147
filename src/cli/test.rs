//! `segkit test`: tests of segments, kept beside them.

use super::answer_args::{Answer, AnswerArgs};
use super::effort_args::{EffortArgs, effort_of};
use super::progress::Bar;
use super::status::complain;
use super::target::same_file;
use super::{Output, Status};
use crate::config::{ConfigError, Layer, Settings};
use crate::source::STDIN;
use crate::suite::{self, Look, Run, SuiteFile};
use anstream::StripStream;
use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

pub(super) const ABOUT: &str = "\
Run tests of segments: who must be in, who out, how many

A test file is TOML and stands beside the criteria: it pins the instant, names dumps or holds a few
contacts and activities itself, and says who must be in the segment, who must not, and how many.
docs/tests.md has every key. Settings of a segkit.toml play no part: a test says itself what it needs.";

const EXAMPLES: &str = "\
Examples:
  segkit test
  segkit test segments/ --format github
  segkit test segments/vip.test.toml --filter 'moved away'
  segkit test --coverage --coverage-min 90
  segkit test --format junit --output report.xml
  segkit test --format json | jq '.files[].cases[] | select(.verdict != \"passed\").name'

Exit status: 0 when all cases passed, 1 when one failed, criteria are invalid, or coverage is below
--coverage-min; 2 when a test file, or a file that it names, can't be read or says what it can't. The
others are run all the same.";

/// The flags of `test`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct TestArgs {
    /// Test files, and folders that are searched for files called *.test.toml; `-` is standard input,
    /// whose paths are relative to the working directory [default: the working directory]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Only cases whose file or name contains this text, case aside
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// List the cases and run none
    #[arg(long, conflicts_with_all = ["coverage", "format", "output"])]
    list: bool,

    /// Change each rule in turn and list the changes that no test notices
    #[arg(long, help_heading = "Coverage")]
    coverage: bool,

    /// Fail when fewer changes are noticed than N in a hundred
    #[arg(long, value_name = "N", requires = "coverage", value_parser = percent, help_heading = "Coverage")]
    coverage_min: Option<f64>,

    /// How to write what came of it [default: text]
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = Format::Text, hide_default_value = true)]
    format: Format,

    /// Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    effort: EffortArgs,
}

/// How to write what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: one line a case, and what failed of it
    Text,
    /// Everything: one object for the run
    Json,
    /// JUnit XML: one suite a file
    Junit,
    /// Annotations for GitHub: one workflow command a failure
    Github,
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim().parse::<f64>().ok();
    number
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| format!("`{text}` is no share; write a number from 0 to 100"))
}

/// Runs the command.
pub(super) fn run(args: &TestArgs, output: &Output) -> anyhow::Result<Status> {
    let paths = if args.files.is_empty() { vec![PathBuf::from(".")] } else { args.files.clone() };
    if paths.iter().filter(|path| path.as_os_str() == "-").count() > 1 {
        bail!("standard input (`-`) can be given only once");
    }
    let mut files = Vec::new();
    for path in suite::find(&paths)? {
        let read = read(&path)?;
        files.push((shown(&path), read));
    }
    if let Some(filter) = &args.filter {
        keep(&mut files, filter)?;
    }
    if args.list {
        return list(files, output);
    }
    let target = match &args.output {
        Some(target) => {
            refuse_inputs(target, &files)?;
            Some(Answer::open(&AnswerArgs { output: Some(target.clone()), quiet: true })?)
        }
        None => None,
    };
    let mut layer = Layer::default();
    args.effort.give(&mut layer);
    let effort = effort_of(&Settings::new(layer, None)?);
    let look = Look { effort, coverage: args.coverage, progress: &Bar::new() };
    let run = suite::run(files, look);
    write(args, &run, target, output)?;
    let counts = run.counts();
    let below = run.coverage.as_ref().is_some_and(|one| one.is_below(args.coverage_min));
    Ok(match () {
        () if counts.broken + counts.unreadable > 0 => Status::Failed,
        () if counts.failed > 0 || below => Status::Findings,
        () => Status::Fine,
    })
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn shown(path: &Path) -> String {
    if is_stdin(path) { STDIN.to_owned() } else { path.display().to_string() }
}

type Read = Result<SuiteFile, ConfigError>;

fn read(path: &Path) -> anyhow::Result<Read> {
    if !is_stdin(path) {
        return Ok(SuiteFile::read(path));
    }
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text).context("standard input can't be read")?;
    Ok(SuiteFile::parse(Path::new(STDIN), &text))
}

/// Refuses to write the report over what is read.
fn refuse_inputs(target: &Path, files: &[(String, Read)]) -> anyhow::Result<()> {
    let suites = files.iter().filter_map(|(_, file)| file.as_ref().ok());
    let named = suites.flat_map(|suite| suite.cases.iter().flat_map(suite::Case::reads));
    let mut read = files.iter().map(|(name, _)| PathBuf::from(name)).chain(named);
    if read.any(|file| same_file(&file, target)) {
        bail!("{}: is an input; it can't be written to as well", target.display());
    }
    Ok(())
}

/// Leaves the cases that a filter means. Files that can't be read stay: nobody knows their cases.
fn keep(files: &mut Vec<(String, Read)>, filter: &str) -> anyhow::Result<()> {
    let wanted = filter.to_lowercase();
    for (name, file) in files.iter_mut() {
        if let Ok(file) = file {
            let title = |case: &suite::Case| format!("{name}: {}", case.name).to_lowercase();
            file.cases.retain(|case| title(case).contains(&wanted));
        }
    }
    files.retain(|(_, file)| file.as_ref().map_or(true, |file| !file.cases.is_empty()));
    // A filter with a slip in it must not look like tests that pass.
    if files.is_empty() {
        bail!("no case has `{filter}` in its file or name; --list shows them all");
    }
    Ok(())
}

fn list(files: Vec<(String, Read)>, output: &Output) -> anyhow::Result<Status> {
    let mut status = Status::Fine;
    let mut lines = Vec::new();
    for (name, file) in files {
        match file {
            Ok(file) => {
                lines.extend(file.cases.iter().map(|case| format!("{name}: {}", case.name)))
            }
            Err(error) => {
                complain(&error.into());
                status = Status::Failed;
            }
        }
    }
    output.styled(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    Ok(status)
}

fn write(
    args: &TestArgs,
    run: &Run,
    target: Option<Answer>,
    output: &Output,
) -> anyhow::Result<()> {
    let least = args.coverage_min;
    let form = |out: &mut dyn Write| match args.format {
        Format::Text => suite::text(run, least, out),
        Format::Json => suite::json(run, least, out),
        Format::Junit => suite::junit(run, least, out),
        Format::Github => suite::github(run, least, out),
    };
    match (target, args.format) {
        (Some(target), _) => target.write(output, |out| {
            // A file has no colours.
            let mut plain = StripStream::new(Vec::new());
            form(&mut plain)?;
            out.write_all(&plain.into_inner())
        }),
        (None, Format::Text) => output.styled(form),
        (None, _) => output.plain(form),
    }
}
