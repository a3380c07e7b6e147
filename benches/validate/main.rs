//! How long checking takes, measured against plain readers of JSON: 500 files of 20 rules against
//! `jq .` over the same files in one process, and a criteria string of 20,000 characters against
//! serde_json.
//!
//! `cargo bench --bench validate`. The files are made from a seed, so two measurements speak of the
//! same input; the runs of what is compared take turns, so that both meet the same machine.

mod criteria;
#[path = "../generate/random.rs"]
#[allow(dead_code, reason = "shared with the bench that makes dumps, which uses all of it")]
mod random;
mod timing;

use segkit::account::Account;
use segkit::dialect::Context;
use segkit::finding::Levels;
use segkit::lint;
use segkit::source::SourceFile;
use segkit::value::{DayOrder, Instant, Stamp, Zone};
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use timing::{median_of_many, medians};

const SEED: u64 = 20_240_601;
const AS_OF: &str = "2024-06-01T00:00:00Z";
const FILES: usize = 500;
/// How often each command is run.
const RUNS: usize = 15;
/// How often the library reads the string.
const READS: usize = 400;
/// The ways of writing findings that are measured, where the program has them.
const FORMATS: &[&str] = &["concise", "277", "json"];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "validate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let out = &mut std::io::stdout();
    let directory = tempfile::tempdir()?;
    let (paths, bytes) = write_files(directory.path())?;
    writeln!(out, "{FILES} files of {} rules, {bytes} bytes, seed {SEED}", criteria::RULES)?;
    many_files(&paths, out)?;
    writeln!(out)?;
    one_string(out)
}

fn write_files(directory: &Path) -> Result<(Vec<PathBuf>, usize), Box<dyn Error>> {
    let mut bytes = 0;
    let mut paths = Vec::new();
    for number in 0..FILES {
        let text = criteria::file(SEED, number as u64);
        let path = directory.join(format!("{number:03}.json"));
        bytes += text.len();
        fs::write(&path, text)?;
        paths.push(path);
    }
    Ok((paths, bytes))
}

fn many_files(paths: &[PathBuf], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let segkit = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segkit"));
        command.args(["validate", "--as-of", AS_OF, "--format", format]).args(paths);
        command
    };
    let jq = || {
        let mut command = Command::new("jq");
        command.arg(".").args(paths);
        command
    };
    let with_jq = installed("jq");
    if !with_jq {
        writeln!(out, "jq isn't installed: nothing to compare with")?;
    }
    writeln!(out, "{:28} {:>9} {:>9} {:>6}", "in one process", "segkit", "jq .", "ratio")?;
    for format in FORMATS {
        // A way of writing that the program hasn't is a usage error, known before any file is read.
        if quietly(&mut segkit(format)).is_none_or(|status| status == 2) {
            continue;
        }
        let (ours, theirs) =
            medians(RUNS, || quietly(&mut segkit(format)), || with_jq.then(|| quietly(&mut jq())));
        line(out, &format!("validate --format {format}"), ours, with_jq.then_some(theirs))?;
    }
    Ok(())
}

fn installed(program: impl AsRef<OsStr>) -> bool {
    let mut command = Command::new(program);
    quietly(command.arg("--version")) == Some(0)
}

/// Runs a command for its time alone; its exit status, `None` where it can't be run.
fn quietly(command: &mut Command) -> Option<i32> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?.code()
}

fn one_string(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let account = Account::default();
    let as_of: Instant =
        Stamp::parse(AS_OF, DayOrder::MonthFirst).ok_or("no as-of")?.instant(Zone::UTC);
    let context = Context { account: &account, as_of, zone: Zone::UTC, dialect: None };
    writeln!(out, "{:28} {:>9} {:>9} {:>6}", "a string of 20,000", "check", "serde", "ratio")?;
    for (what, string) in [
        ("right", criteria::string(criteria::LONGEST, 0)),
        ("a rule in ten wrong", criteria::string(criteria::LONGEST, 10)),
    ] {
        let body = format!("{{\"name\":\"x\",\"segment_criteria\":{}}}", serde_json::json!(string));
        let check = |text: &str| {
            let file = SourceFile::new("string.json", text.as_bytes().to_vec());
            black_box(lint::check(&file, &context, &Levels::default()));
        };
        let bare = (
            median_of_many(READS, || check(&string)),
            median_of_many(READS, || drop(black_box(parsed(&string)))),
        );
        let escaped = (
            median_of_many(READS, || check(&body)),
            median_of_many(READS, || {
                let outer = parsed(&body);
                let inner = outer.as_ref().and_then(|body| body["segment_criteria"].as_str());
                black_box(inner.and_then(parsed));
            }),
        );
        line(out, &format!("{what}, bare"), bare.0, Some(bare.1))?;
        line(out, &format!("{what}, escaped in a body"), escaped.0, Some(escaped.1))?;
    }
    Ok(())
}

fn parsed(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}

fn line(
    out: &mut dyn Write,
    what: &str,
    ours: Duration,
    theirs: Option<Duration>,
) -> std::io::Result<()> {
    let milliseconds = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1e3);
    let (ours_shown, theirs_shown) = (milliseconds(ours), theirs.map(milliseconds));
    let ratio = theirs.map(|theirs| format!("{:.2}", ours.as_secs_f64() / theirs.as_secs_f64()));
    let (theirs_shown, ratio) = (theirs_shown.unwrap_or_default(), ratio.unwrap_or_default());
    writeln!(out, "{what:28} {ours_shown:>9} {theirs_shown:>9} {ratio:>6}")
}
