//! `segkit catalog delete`.

use super::args::{CatalogArgs, LockArgs};
use super::session::{At, Session};
use crate::cli::Status;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  segkit catalog delete 16

Exit status: 0 deleted, 1 refused, 2 could not be done.";

/// The flags of `delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct DeleteArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &DeleteArgs, at: At<'_>) -> anyhow::Result<Status> {
    Session::open(&args.catalog, at)?
        .write(("delete", &args.lock), |state| state.vendor.delete(state, &args.id))
}
