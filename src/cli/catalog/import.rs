//! `segkit catalog import`: a vendor's answers, put into the catalog.

use super::answer;
use super::args::{CatalogArgs, LockArgs};
use super::session::{At, Session};
use crate::catalog::Request;
use crate::catalog::import::{Imported, import};
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
    let account = session.account()?;
    let place = session.place()?;
    let mut imported = None;
    if place.is_new() {
        // Where nothing is taken no catalog is begun.
        let state = session.state((&place, session.vendor(&place, first)?), &account);
        let tried = import(&state, &files)?;
        session.say_all(state.take_said())?;
        imported = Some(tried).filter(|tried| tried.entries.is_empty());
    }
    let imported = match imported {
        Some(refused) => refused,
        None => {
            let (catalog, mut imported) = (session.made()?, Imported::default());
            let lock = ("import", &args.lock);
            session.locked((&catalog, &account), lock, first, |lock, state| {
                imported = import(state, &files)?;
                session.say_all(state.take_said())?;
                imported.entries.iter().try_for_each(|entry| catalog.put(lock, entry).map(drop))?;
                Ok(())
            })?;
            imported
        }
    };
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
