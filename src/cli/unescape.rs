//! `segkit unescape`: escaped criteria back into JSON laid out for people.

use super::{Output, Status, read_source};
use crate::dialect::constant_contact::unescape;
use crate::report::text_of;
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Turn escaped criteria back into JSON laid out for people

Takes the escaped string, with or without the quotes around it; a request body or an answer with
`segment_criteria`, of which the criteria alone are written; a list of these, JSON Lines, or the
answer {\"segments\":[…]}: each, one after another. Key order, numbers and escapes stay as written.";

const EXAMPLES: &str = "\
Examples:
  segkit unescape body.json > criteria.json
  curl -s https://…/v3/segments | segkit unescape

Exit status: 1, and nothing written, when the input, or what is in it, is no JSON.";

/// The flags of `unescape`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct UnescapeArgs {
    /// The escaped criteria
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &UnescapeArgs, output: &Output) -> anyhow::Result<Status> {
    let file = read_source(&args.file)?;
    match unescape(&file) {
        Ok(texts) => {
            output.plain(|out| texts.iter().try_for_each(|text| writeln!(out, "{text}")))?;
            Ok(Status::Fine)
        }
        Err(findings) => {
            output.error(|out| text_of(&file, &findings, out))?;
            Ok(Status::Findings)
        }
    }
}
