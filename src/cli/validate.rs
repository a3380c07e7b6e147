//! `segkit validate`: what is wrong with criteria files, and where.

use super::fix::{FixArgs, Fixing};
use super::status::complain;
use super::{AccountArgs, DialectArgs, LevelArgs, Output, Status, TimeArgs};
use crate::report::{self, Checked, Rendering, Summary};
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit validate vip.json
  segkit validate --format 277 --fields customfields.json segments/*.json
  segkit unescape body.json | segkit validate --dialect cc -
  segkit validate --fix segments/*.json
  segkit validate --fix --diff vip.json
  segkit validate --format json vip.json | jq '.files[].findings[].name'

Exit status: 0 when no file has an error, 1 when one has (or what --deny names),
2 when a file can't be read; the others are checked all the same. With --fix, what remains counts.";

/// The flags of `validate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ValidateArgs {
    /// Criteria files: JSON or JSON Lines; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// How to write what was found [default: text on a terminal, else 277]
    #[arg(long, short = 'f', value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    fix: FixArgs,

    #[command(flatten)]
    levels: LevelArgs,

    #[command(flatten)]
    dialect: DialectArgs,

    #[command(flatten)]
    time: TimeArgs,

    #[command(flatten)]
    account: AccountArgs,
}

/// How to write what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: each finding with the line it is about
    Text,
    /// Campaign Monitor's answer to rules with problems, for every dialect: one object a segment
    #[value(name = "277")]
    ResultData,
    /// Everything, with lines, columns and bytes: one object for the run
    Json,
    /// The error body that the vendor itself would answer with, for each segment it would refuse
    Vendor,
}

impl Format {
    fn rendering(self) -> Rendering {
        match self {
            Self::Text => report::text,
            Self::ResultData => report::result_data,
            Self::Json => report::json,
            Self::Vendor => report::vendor,
        }
    }
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
    let mut fixing = args.fix.begin(output);
    let context = args.dialect.context(&account, clock);
    for path in &args.files {
        let one = match &mut fixing {
            Some(fixing) => fixing.mend(path, &context, &levels),
            None => args.dialect.check(path, &account, clock, &levels),
        };
        match one {
            Ok(one) => checked.push(one),
            Err(error) if super::closed_pipe(&error) => return Err(error),
            Err(error) => {
                complain(&error);
                status = Status::Failed;
            }
        }
    }
    let aside = fixing.as_ref().is_some_and(Fixing::takes_output);
    let for_people = aside || output.is_terminal();
    let usual = if for_people { Format::Text } else { Format::ResultData };
    let format = args.format.unwrap_or(usual);
    let write = format.rendering();
    match format {
        _ if aside => output.error(|out| write(&checked, out))?,
        Format::Text => output.styled(|out| write(&checked, out))?,
        _ => output.plain(|out| write(&checked, out))?,
    }
    let found = if Summary::of(&checked).errors > 0 { Status::Findings } else { Status::Fine };
    let fixed = fixing.map_or(Status::Fine, |fixing| fixing.end());
    Ok(status.max(found).max(fixed))
}
