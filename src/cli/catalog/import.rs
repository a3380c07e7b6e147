//! `segkit catalog import`: a vendor's answers, put into the catalog.

use super::answer;
use super::args::{CatalogArgs, LockArgs};
use super::session::{At, Session};
use crate::catalog::import::import;
use crate::catalog::{Request, Stop};
use crate::cli::{Status, read_source};
use crate::finding::Finding;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  curl … /v3/segments/16 | segkit catalog import --dialect cc -
  segkit catalog import details/*.json

Writes the ids of what was added, changed, left as it was, and not taken. Exit status: 0 all taken,
1 some were refused, 2 could not be done.";

/// The flags of `import`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ImportArgs {
    /// Answers that hold details of segments, alone, in lists or line by line; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ImportArgs, at: At<'_>) -> anyhow::Result<Status> {
    let session = Session::open(&args.catalog, at)?;
    let files =
        args.files.iter().map(|path| read_source(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let first = files.iter().find_map(|file| session.told(&Request::new(file.clone())));
    let catalog = session.made()?;
    let mut imported = None;
    session.locked(&catalog, ("import", &args.lock), first, |lock, state| {
        let done = match import((&catalog, lock), state, files) {
            Ok(done) => done,
            Err(Stop::Failed(error)) => return Err(error.into()),
            Err(stop @ Stop::Refused(_)) => return Err(stop.into()),
        };
        session.say_all(state.take_said())?;
        imported = Some(done);
        Ok(())
    })?;
    let Some(imported) = imported else { return Ok(Status::Fine) };
    let wrong = imported.said.iter().any(|(_, findings)| findings.iter().any(Finding::is_error));
    let told = json!({
        "added": imported.added,
        "changed": imported.changed,
        "unchanged": imported.unchanged,
        "refused": imported.refused,
    });
    session.say_all(imported.said)?;
    at.output.plain(|out| answer::write(&told.to_string(), args.catalog.format, out))?;
    Ok(if wrong { Status::Findings } else { Status::Fine })
}
