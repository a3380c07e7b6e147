//! `segkit escape`: criteria as the single-string escaped JSON that Constant Contact's endpoints
//! take.

use super::status::say;
use super::{Output, Status, read_source};
use crate::dialect::constant_contact::escape;
use crate::report::text_of;
use anyhow::bail;
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Write Constant Contact criteria as the escaped string that its endpoints take

Blanks between tokens go; key order, numbers and escapes stay as written. What is escaped:

  {\"version\",\"criteria\"}       as it stands
  {\"criteria\"}                 with \"version\":\"1.0.0\" before it
  {\"type\",\"group\"}             the same, as the \"criteria\"; an `or` group in an `and` group
  {\"source\",\"field\",\"op\",…}    the same, in an `and` group
  {\"name\",\"criteria\"}          the body {\"name\",\"segment_criteria\"}
  {\"name\",\"segment_criteria\"}  the body, its criteria escaped unless they are already
  \"{…}\"                        a string that is escaped already: as it stands
  a list of these, JSON Lines, {\"segments\":[…]}: each, one a line

Any other JSON is escaped as it stands, with a warning.";

const EXAMPLES: &str = "\
Examples:
  segkit escape criteria.json
  segkit escape --name 'MA openers' criteria.json | curl --json @- https://…/v3/segments

Exit status: 1, and nothing written, when the input is no JSON or when the criteria have more than
20,000 characters (before they are escaped).";

/// The flags of `escape`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct EscapeArgs {
    /// The criteria
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,

    /// Write the whole request body, with this name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &EscapeArgs, output: &Output) -> anyhow::Result<Status> {
    let file = read_source(&args.file)?;
    let envelopes = match escape(&file, args.name.as_deref()) {
        Ok(envelopes) => envelopes,
        Err(findings) => {
            output.error(|out| text_of(&file, &findings, out))?;
            return Ok(Status::Findings);
        }
    };
    if args.name.is_some() && envelopes.len() != 1 {
        let count = envelopes.len();
        bail!("--name is the name of one segment, and {} holds {count}", file.name());
    }
    if envelopes.iter().any(|one| !one.known) {
        say(
            "warning",
            format_args!("{} has not the shape of criteria; escaped as it stands", file.name()),
        );
    }
    output.plain(|out| envelopes.iter().try_for_each(|one| writeln!(out, "{}", one.text)))?;
    Ok(Status::Fine)
}
