//! `segkit catalog process`.

use super::args::CatalogArgs;
use super::session::{At, Session};
use crate::cli::Status;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  segkit catalog process 6566f6392c16e71300b1b1e9
  until segkit catalog process 6566f6392c16e71300b1b1e9 | jq -e .result.complete; do sleep 1; done

Exit status: 0 told, 1 there is no such segment, 2 could not be done.";

/// The flags of `process`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ProcessArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ProcessArgs, at: At<'_>) -> anyhow::Result<Status> {
    Session::open(&args.catalog, at)?.read(|state| state.vendor.process(state, &args.id))
}
