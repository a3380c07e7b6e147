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
  segkit catalog list --list a58ee1d3039b8bec838e6d1482a8a965
  segkit catalog list --segment-name adults --type 0 --offset 10 --limit 10

Exit status: 0 listed, 1 refused, 2 could not be done. A file with a fault is shown on standard error
and left out.";

/// The flags of `list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ListArgs {
    /// Constant Contact: by `date`, the latest edited first, or by `name` [default: date]
    #[arg(long, value_name = "KEY")]
    sort_by: Option<String>,

    /// EngageLab: only segments whose name has this part, case aside
    #[arg(long, value_name = "TEXT")]
    segment_name: Option<String>,

    /// EngageLab: only segments of this type, 0 (by field) or 1 (by campaign)
    #[arg(long = "type", value_name = "TYPE", allow_hyphen_values = true)]
    kind: Option<String>,

    /// EngageLab: how many segments to pass over [default: 0]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    offset: Option<String>,

    /// How many segments to list. Constant Contact: 1 to 1000 [default: 1000]; EngageLab: 1 to 100
    /// [default: 10]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    limit: Option<String>,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ListArgs, at: At<'_>) -> anyhow::Result<Status> {
    let query = ListQuery {
        sort_by: args.sort_by.clone(),
        offset: args.offset.clone(),
        limit: args.limit.clone(),
        segment_name: args.segment_name.clone(),
        kind: args.kind.clone(),
        list: args.catalog.place.settings.list().map(str::to_owned),
    };
    Session::open(&args.catalog, at)?.read(|state| state.vendor.list(state, &query))
}
