//! `segkit catalog create`: a segment of the body that the vendor's endpoint takes.

use super::args::{CatalogArgs, LockArgs};
use super::session::{At, Session};
use crate::catalog::Request;
use crate::cli::{Status, read_source};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit catalog create --catalog segments request.json
  segkit escape --name 'MA openers' criteria.json | segkit catalog create -

Exit status: 0 created, 1 refused, 2 could not be done.";

/// The flags of `create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CreateArgs {
    /// The body of the request; `-` is standard input
    #[arg(value_name = "FILE")]
    request: PathBuf,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs the verb.
pub(super) fn run(args: &CreateArgs, at: At<'_>) -> anyhow::Result<Status> {
    let session = Session::open(&args.catalog, at)?;
    let request = Request::new(read_source(&args.request)?);
    let lock = ("create", &args.lock);
    session.begin(lock, session.told(&request), |state| state.vendor.create(state, &request))
}
