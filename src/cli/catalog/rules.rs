//! `segkit catalog add-rules` and `clear-rules`.

use super::args::{CatalogArgs, LockArgs};
use super::session::{At, Session};
use crate::catalog::Request;
use crate::cli::{Status, read_source};
use clap::Args;
use std::path::PathBuf;

const ADD_EXAMPLES: &str = "\
Examples:
  segkit catalog add-rules dba84a225d5ce3d19105d7257baac46f group.json
  echo '{\"Rules\":[{\"RuleType\":\"Name\",\"Clause\":\"PROVIDED\"}]}' | segkit catalog add-rules dba84a225d5ce3d19105d7257baac46f -

Exit status: 0 added, 1 refused, and nothing is changed, 2 could not be done.";

/// The flags of `add-rules`.
#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub struct AddRulesArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    /// The rule group, {"Rules":[…]}, that must hold as well; `-` is standard input
    #[arg(value_name = "FILE")]
    request: PathBuf,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs `add-rules`.
pub(super) fn add(args: &AddRulesArgs, at: At<'_>) -> anyhow::Result<Status> {
    let session = Session::open(&args.catalog, at)?;
    let request = Request::new(read_source(&args.request)?);
    session
        .write(("add-rules", &args.lock), |state| state.vendor.add_rules(state, &args.id, &request))
}

const CLEAR_EXAMPLES: &str = "\
Examples:
  segkit catalog clear-rules dba84a225d5ce3d19105d7257baac46f

A segment without rules selects every active subscriber of its list.

Exit status: 0 cleared, 1 refused, 2 could not be done.";

/// The flags of `clear-rules`.
#[derive(Debug, Args)]
#[command(after_help = CLEAR_EXAMPLES)]
pub struct ClearRulesArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    catalog: CatalogArgs,
}

/// Runs `clear-rules`.
pub(super) fn clear(args: &ClearRulesArgs, at: At<'_>) -> anyhow::Result<Status> {
    Session::open(&args.catalog, at)?
        .write(("clear-rules", &args.lock), |state| state.vendor.clear_rules(state, &args.id))
}
