//! `segkit catalog update` and `rename`.

use super::args::{CatalogArgs, LockArgs};
use super::session::{At, Session};
use crate::catalog::Request;
use crate::cli::{Status, read_source};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit catalog update 16 request.json
  segkit escape --name 'MA openers' criteria.json | segkit catalog update 16 -

Exit status: 0 updated, 1 refused, and nothing is changed, 2 could not be done.";

/// The flags of `update`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct UpdateArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    /// The body of the request; `-` is standard input
    #[arg(value_name = "FILE")]
    request: PathBuf,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs `update`.
pub(super) fn run(args: &UpdateArgs, at: At<'_>) -> anyhow::Result<Status> {
    let session = Session::open(&args.catalog, at)?;
    let request = Request::new(read_source(&args.request)?);
    session.write(("update", &args.lock), |state| state.vendor.update(state, &args.id, &request))
}

const RENAME_EXAMPLES: &str = "\
Examples:
  segkit catalog rename 16 'Opened any of the last five'

Exit status: 0 renamed, 1 refused, 2 could not be done.";

/// The flags of `rename`.
#[derive(Debug, Args)]
#[command(after_help = RENAME_EXAMPLES)]
pub struct RenameArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    /// Its new name
    #[arg(value_name = "NAME", allow_hyphen_values = true)]
    name: String,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs `rename`.
pub(super) fn rename(args: &RenameArgs, at: At<'_>) -> anyhow::Result<Status> {
    Session::open(&args.catalog, at)?
        .write(("rename", &args.lock), |state| state.vendor.rename(state, &args.id, &args.name))
}
