//! `segkit schema`: the JSON Schema of a dialect, or of test files, for editors.

use super::{Output, Status};
use crate::dialect::{self, Dialect};
use crate::suite;
use clap::Args;
use std::str::FromStr;

pub(super) const ABOUT: &str = "\
Print the JSON Schema of a dialect, or of test files, for editors

Draft 2020-12, made from the tables that validation is made from: with it an editor completes keys,
fields, operators and other words, shows what they are, and marks wrong shapes while one types. It
never marks what `segkit validate` takes; dates that don't exist, ids, and what else needs more than
the shape, are told by `segkit validate` alone. The schema of `test` is that of the TOML files that
`segkit test` runs.";

const EXAMPLES: &str = "\
Examples:
  segkit schema constant-contact > .vscode/segment.schema.json
  segkit schema test > .vscode/segment-tests.schema.json
  segkit schema cm | jq '.\"$defs\" | keys'";

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Dialect(Dialect),
    Tests,
}

impl FromStr for Of {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "test" => Ok(Self::Tests),
            text => {
                let dialect = text.parse().map(Self::Dialect);
                dialect.map_err(|error: String| format!("{error}; `test` is for test files"))
            }
        }
    }
}

/// The flags of `schema`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SchemaArgs {
    /// constant-contact (cc), campaign-monitor (cm) or engagelab (el); or test
    #[arg(value_name = "DIALECT")]
    of: Of,
}

/// Runs the command.
pub(super) fn run(args: &SchemaArgs, output: &Output) -> anyhow::Result<Status> {
    let schema = match args.of {
        Of::Dialect(dialect) => dialect::schema(dialect),
        Of::Tests => suite::schema(),
    };
    let text = serde_json::to_string_pretty(&schema)?;
    output.plain(|out| writeln!(out, "{text}"))?;
    Ok(Status::Fine)
}
