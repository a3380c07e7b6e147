//! `segkit validate`: what is wrong with criteria files, and where.

use super::status::complain;
use super::{AccountArgs, DialectArgs, LevelArgs, Output, Status, TimeArgs};
use crate::account::Account;
use crate::dump::{Activities, ContactOptions, Contacts, DumpError, Input};
use crate::lint::Dumps;
use crate::report::{self, Checked, Rendering, Summary};
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit validate vip.json
  segkit validate --format 277 --fields customfields.json segments/*.json
  segkit unescape body.json | segkit validate --dialect cc -
  segkit validate --format text vip.json --contacts contacts.csv --tracking activities.csv
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
    format: Option<Format>,

    #[command(flatten)]
    levels: LevelArgs,

    #[command(flatten)]
    dialect: DialectArgs,

    #[command(flatten)]
    time: TimeArgs,

    #[command(flatten)]
    account: AccountArgs,

    #[command(flatten)]
    dumps: SurveyArgs,
}

/// The dumps over which ambiguous readings are counted.
#[derive(Debug, Args)]
#[command(next_help_heading = "Dumps")]
struct SurveyArgs {
    /// Contacts, to say how many an ambiguous reading or a negative rule concerns; `-` is standard
    /// input
    #[arg(long, short = 'c', value_name = "FILE", num_args = 1..)]
    contacts: Vec<Input>,

    /// Tracked activities, for the same
    #[arg(long, short = 't', value_name = "FILE", num_args = 1.., requires = "contacts")]
    tracking: Vec<Input>,
}

impl SurveyArgs {
    fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.contacts.iter().chain(&self.tracking)
    }

    /// Opens the dumps, so that they can be read again for every reading.
    fn open(&self, account: &Account) -> Result<Option<(Contacts, Option<Activities>)>, DumpError> {
        if self.contacts.is_empty() {
            return Ok(None);
        }
        let contacts =
            Contacts::open(&self.contacts, &ContactOptions { account, rereadable: true })?;
        let activities = match self.tracking.as_slice() {
            [] => None,
            inputs => Some(Activities::open(inputs, true)?),
        };
        Ok(Some((contacts, activities)))
    }
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
    let inputs = args.account.inputs().chain(args.dumps.inputs());
    if criteria + inputs.filter(|input| input.is_stdin()).count() > 1 {
        bail!("standard input can be read only once");
    }
    let clock = args.time.clock();
    let mut account = args.account.read()?;
    let dumps = args.dumps.open(&account)?;
    // A field that only the dump knows is right.
    account.dump_columns = dumps.as_ref().map(|(contacts, _)| contacts.columns().to_vec());
    let levels = args.levels.levels()?;
    let mut status = Status::Fine;
    let mut checked: Vec<Checked> = Vec::new();
    for path in &args.files {
        let result = match &dumps {
            None => args.dialect.check(path, &account, clock, &levels),
            Some((contacts, activities)) => {
                let dumps = Dumps { contacts, activities: activities.as_ref(), account: &account };
                args.dialect.check_over(path, clock, &levels, dumps)
            }
        };
        match result {
            Ok(one) => checked.push(one),
            Err(error) => {
                complain(&error);
                status = Status::Failed;
            }
        }
    }
    let format = args
        .format
        .unwrap_or_else(|| if output.is_terminal() { Format::Text } else { Format::ResultData });
    let write = format.rendering();
    match format {
        Format::Text => output.styled(|out| write(&checked, out))?,
        _ => output.plain(|out| write(&checked, out))?,
    }
    let found = if Summary::of(&checked).errors > 0 { Status::Findings } else { Status::Fine };
    Ok(status.max(found))
}
