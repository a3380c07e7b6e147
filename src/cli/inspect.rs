//! `segkit inspect`: what a file is taken for, and what is in it.

use super::status::complain;
use super::{Output, ReadingArgs, Status};
use crate::dump::Input;
use crate::inspect::{self, Inspection, Look, Role};
use crate::value::Zone;
use clap::{Args, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  segkit inspect contacts.csv
  segkit inspect dumps/
  segkit inspect report.csv --skip-lines 3
  segkit inspect clicks.json:campaign=98edac88-f4bc-408c-9e64-acd890384231
  zcat tracking.jsonl.gz | segkit inspect --format json - | jq '.[0].activities.campaigns[].id'

The whole file is read. Exit status: 0, also when some rows can't be read; 2 when a file can't be.";

/// The flags of `inspect`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct InspectArgs {
    /// Files, folders or patterns: dumps of any kind, account files, criteria; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<Input>,

    /// How to write what was found [default: table]
    #[arg(long, short = 'f', value_name = "FORMAT", value_enum, default_value_t = Format::Table, hide_default_value = true)]
    format: Format,

    /// What the files hold [default: told by their columns]
    #[arg(long = "as", value_name = "ROLE", value_enum)]
    role: Option<RoleWord>,

    /// The zone of times that name none
    #[arg(long, value_name = "ZONE", default_value = "UTC", allow_hyphen_values = true)]
    timezone: Zone,

    #[command(flatten)]
    reading: ReadingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One array with an object a file
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleWord {
    /// Contacts
    Contacts,
    /// Tracked activities
    Tracking,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Contacts => Self::Contacts,
            RoleWord::Tracking => Self::Activities,
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &InspectArgs, output: &Output) -> anyhow::Result<Status> {
    let mut status = Status::Fine;
    let mut inspections: Vec<Inspection> = Vec::new();
    let reading = args.reading.reading()?;
    let role = args.role.map(Role::from);
    let look = Look { role, zone: args.timezone, map: reading.map.clone() };
    for mut input in Input::expand_all(&args.files)? {
        reading.say(&mut input);
        match inspect::inspect(&input, &look) {
            Ok(of_file) => inspections.extend(of_file),
            Err(error) => {
                complain(&error.into());
                status = Status::Failed;
            }
        }
    }
    match args.format {
        Format::Table => output.plain(|out| inspect::table(&inspections, out))?,
        Format::Json => output.plain(|out| inspect::json(&inspections, out))?,
    }
    Ok(status)
}
