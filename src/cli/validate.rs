//! `segkit validate`: what is wrong with criteria files, and where.

use super::status::complain;
use super::{AccountArgs, DialectArgs, LevelArgs, Output, ReportFormat, Status, TimeArgs};
use crate::report::{Checked, Summary};
use anyhow::bail;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit validate vip.json
  segkit validate --format 277 --fields customfields.json segments/*.json
  segkit validate --format concise --deny warnings segments/*.json
  segkit unescape body.json | segkit validate --dialect cc -
  segkit validate --format json vip.json | jq '.files[].findings[].name'

Exit status: 0 when no file has an error, 1 when one has (or what --deny names),
2 when a file can't be read; the others are checked all the same.";

/// The flags of `validate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ValidateArgs {
    /// Criteria files: JSON or JSON Lines; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// How to write what was found [default: text on a terminal, else 277]
    #[arg(long, short = 'f', value_name = "FORMAT")]
    format: Option<ReportFormat>,

    #[command(flatten)]
    levels: LevelArgs,

    #[command(flatten)]
    dialect: DialectArgs,

    #[command(flatten)]
    time: TimeArgs,

    #[command(flatten)]
    account: AccountArgs,
}

/// Runs the command.
pub(super) fn run(args: &ValidateArgs, output: &Output) -> anyhow::Result<Status> {
    let criteria = args.files.iter().filter(|path| path.as_os_str() == "-").count();
    if criteria + args.account.inputs().filter(|input| input.is_stdin()).count() > 1 {
        bail!("standard input can be read only once");
    }
    let clock = args.time.clock();
    let account = args.account.read()?;
    let levels = args.levels.levels()?;
    let mut status = Status::Fine;
    let mut checked: Vec<Checked> = Vec::new();
    for path in &args.files {
        match args.dialect.check(path, &account, clock, &levels) {
            Ok(one) => checked.push(one),
            Err(error) => {
                complain(&error);
                status = Status::Failed;
            }
        }
    }
    args.format.unwrap_or_else(|| ReportFormat::default_for(output)).write(&checked, output)?;
    let found = if Summary::of(&checked).errors > 0 { Status::Findings } else { Status::Fine };
    Ok(status.max(found))
}
