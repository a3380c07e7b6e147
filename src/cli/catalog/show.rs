//! `segkit catalog show`.

use super::args::CatalogArgs;
use super::session::{At, Session};
use crate::cli::Status;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  segkit catalog show 16
  segkit catalog show 16 | segkit unescape -

Exit status: 0 shown, 1 there is no such segment, 2 could not be done.";

/// The flags of `show`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ShowArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ShowArgs, at: At<'_>) -> anyhow::Result<Status> {
    Session::open(&args.catalog, at)?.read(|state| state.vendor.show(state, &args.id))
}
