//! `segkit catalog list`.

use super::args::CatalogArgs;
use super::session::{At, Session};
use crate::catalog::ListQuery;
use crate::cli::Status;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  segkit catalog list --sort-by name --format table
  segkit catalog list --limit 20

Exit status: 0 listed, 1 refused, 2 could not be done. A file with a fault is shown on standard error
and left out.";

/// The flags of `list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ListArgs {
    /// Constant Contact: by `date`, the latest edited first, or by `name` [default: date]
    #[arg(long, value_name = "KEY")]
    sort_by: Option<String>,

    /// How many segments to list. Constant Contact: 1 to 1000 [default: 1000]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    limit: Option<String>,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ListArgs, at: At<'_>) -> anyhow::Result<Status> {
    let ListArgs { sort_by, limit, .. } = args;
    let query =
        ListQuery { sort_by: sort_by.clone(), limit: limit.clone(), ..ListQuery::default() };
    Session::open(&args.catalog, at)?.read(|state| state.vendor.list(state, &query))
}
