//! `segkit catalog assign`: the campaign update that sends a campaign to a segment.

use super::args::CatalogArgs;
use super::session::{At, Session};
use crate::cli::{Status, read_source};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit catalog assign 16 --activity activity.json
  segkit catalog assign 16 --activity activity.json | curl -X PUT --json @- https://…

Exit status: 0 when the body was written, 1 refused, 2 could not be done.";

/// The flags of `assign`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct AssignArgs {
    /// The id of the segment; the vendor takes exactly one
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,

    /// The campaign activity as the vendor gave it; `-` is standard input
    #[arg(long, value_name = "FILE")]
    activity: PathBuf,

    /// Lists that the campaign goes to; beside a segment the vendor takes none
    #[arg(long, value_name = "LISTS", value_delimiter = ',')]
    list_ids: Vec<String>,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &AssignArgs, at: At<'_>) -> anyhow::Result<Status> {
    let session = Session::open(&args.catalog, at)?;
    let activity = read_source(&args.activity)?;
    session.read(|state| state.vendor.assign(state, &args.ids, activity.text(), &args.list_ids))
}
