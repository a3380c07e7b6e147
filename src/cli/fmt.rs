//! `segkit fmt`: criteria files in their canonical form.

use super::status::{complain, say};
use super::{ConfigArgs, DialectArgs, Output, Status, read_source, rewrite};
use crate::config::Layer;
use crate::dialect::{self, Dialect};
use crate::report::text_of;
use anyhow::bail;
use clap::Args;
use std::path::{Path, PathBuf};

pub(super) const ABOUT: &str = "\
Print criteria files in their canonical form

Two blanks a level, the keys in the order in which the vendor's own pages tell them and unknown ones
behind them, strings with no more escapes than they need, one line break at the end. Each file keeps
its dialect and its outer shape: a leaf stays a leaf, an array an array, JSON Lines stay one value a
line, an escaped criteria string stays one. What the criteria mean stays too. Criteria with errors
are formatted all the same, a file whose JSON has a fault is not.";

const EXAMPLES: &str = "\
Examples:
  segkit fmt < draft.json
  segkit fmt --in-place segments/*.json
  segkit fmt --check segments/*.json
  segkit fmt --diff vip.json

Exit status: 0 when every file was formatted, with --check and --diff when none would change; 1 when
one would, or can't be formatted; 2 when a file can't be read or written.";

/// The flags of `fmt`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct FmtArgs {
    /// Criteria files: JSON or JSON Lines; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    files: Vec<PathBuf>,

    /// Write nothing but the names of the files that would change
    #[arg(long, conflicts_with_all = ["diff", "in_place"])]
    check: bool,

    /// Show what would change, as a unified diff
    #[arg(long, conflicts_with = "in_place")]
    diff: bool,

    /// Change the files themselves
    #[arg(long, short = 'i')]
    in_place: bool,

    #[command(flatten)]
    dialect: DialectArgs,
}

/// Runs the command.
pub(super) fn run(args: &FmtArgs, config: &ConfigArgs, output: &Output) -> anyhow::Result<Status> {
    let mut flags = Layer::default();
    args.dialect.give(&mut flags);
    let dialect = config.settings(flags)?.dialect();
    let standard = args.files.iter().filter(|path| path.as_os_str() == "-").count();
    if standard > 1 {
        bail!("standard input can be read only once");
    }
    if standard > 0 && args.in_place {
        bail!("--in-place wants files; standard input has no place to be written to");
    }
    let mut status = Status::Fine;
    for path in &args.files {
        match one(path, args, dialect, output) {
            Ok(of_file) => status = status.max(of_file),
            Err(error) if super::closed_pipe(&error) => return Err(error),
            Err(error) => {
                complain(&error);
                status = Status::Failed;
            }
        }
    }
    Ok(status)
}

fn one(
    path: &Path,
    args: &FmtArgs,
    dialect: Option<Dialect>,
    output: &Output,
) -> anyhow::Result<Status> {
    let file = read_source(path)?;
    let text = match dialect::format(&file, dialect) {
        Ok(text) => text,
        Err(findings) => {
            output.error(|out| text_of(&file, &findings, out))?;
            say("error", format_args!("{} is left as it is", file.name()));
            return Ok(Status::Findings);
        }
    };
    let changes = text != file.text();
    if args.in_place {
        if changes {
            rewrite::replace(path, &text)?;
        }
        return Ok(Status::Fine);
    }
    if !args.check && !args.diff {
        output.plain(|out| out.write_all(text.as_bytes()))?;
        return Ok(Status::Fine);
    }
    if !changes {
        return Ok(Status::Fine);
    }
    if args.diff {
        rewrite::show(&file, &text, output)?;
    } else {
        output.plain(|out| writeln!(out, "{}", file.name()))?;
    }
    Ok(Status::Findings)
}
