//! `segkit catalog remove-members`.

use super::args::{CatalogArgs, LockArgs};
use super::session::{At, Session};
use crate::catalog::Request;
use crate::cli::{Status, read_source};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit catalog remove-members 6566f6392c16e71300b1b1e9 members.json
  echo '{\"member_ids\":[\"629d6650490f33c5eef1caa6\"]}' | segkit catalog remove-members 6566f6392c16e71300b1b1e9 -

Exit status: 0 kept out from now on, 1 refused, and nothing is changed, 2 could not be done.";

/// The flags of `remove-members`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct RemoveMembersArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    /// The ids of the members, {"member_ids":[…]}; `-` is standard input
    #[arg(value_name = "FILE")]
    request: PathBuf,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &RemoveMembersArgs, at: At<'_>) -> anyhow::Result<Status> {
    let session = Session::open(&args.catalog, at)?;
    let request = Request::new(read_source(&args.request)?);
    let lock = ("remove-members", &args.lock);
    session.record(lock, |state| state.vendor.remove_members(state, &args.id, &request))
}
