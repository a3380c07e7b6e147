//! `segkit schema`: the JSON Schema of a dialect, for editors.

use super::{Output, Status};
use crate::dialect::{self, Dialect};
use clap::Args;

pub(super) const ABOUT: &str = "\
Print the JSON Schema of a dialect, for editors

Draft 2020-12, made from the tables that validation is made from: with it an editor completes keys,
fields, operators and other words, shows what they are, and marks wrong shapes while one types. It
never marks what `segkit validate` takes; dates that don't exist, ids, and what else needs more than
the shape, are told by `segkit validate` alone.";

const EXAMPLES: &str = "\
Examples:
  segkit schema constant-contact > .vscode/segment.schema.json
  segkit schema cm | jq '.\"$defs\" | keys'";

/// The flags of `schema`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SchemaArgs {
    /// constant-contact (cc), campaign-monitor (cm) or engagelab (el)
    #[arg(value_name = "DIALECT")]
    dialect: Dialect,
}

/// Runs the command.
pub(super) fn run(args: &SchemaArgs, output: &Output) -> anyhow::Result<Status> {
    let text = serde_json::to_string_pretty(&dialect::schema(args.dialect))?;
    output.plain(|out| writeln!(out, "{text}"))?;
    Ok(Status::Fine)
}
