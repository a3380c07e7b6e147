//! `segkit eval`: who is in a segment.

use super::evaluation::EvaluationArgs;
use super::{ConfigArgs, Output, Status};
use crate::output::{Count, Csv, Form, Ids, Json, JsonLines, Select, Table};
use anyhow::bail;
use clap::{Args, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  segkit eval vip.json --contacts contacts.csv
  segkit eval non-openers.json -c contacts.json -t sends.jsonl opens.jsonl --campaigns campaigns.csv
  segkit eval opened.json -c subscribers.json -t opens.json:campaign=fc0ce7105baeaf97f47c99be31d02a91
  zcat contacts.csv.gz | segkit eval vip.json -c - --format count --quiet

Exit status: 0 when done, 1 when the criteria are invalid, 2 when it could not be done.";

/// The flags of `eval`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct EvalArgs {
    #[command(flatten)]
    evaluation: EvaluationArgs,

    /// How to write the members [default: table on a terminal, else csv]
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT")]
    format: Option<Format>,

    /// The columns to show, separated by commas [default: contact_id, email and parts of the name,
    /// those that there are]
    #[arg(long, short = 's', value_name = "COLUMNS", value_delimiter = ',')]
    select: Vec<String>,

    /// csv: begin with a byte order mark, for Excel
    #[arg(long)]
    bom: bool,
}

/// How to write the members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Comma-separated values with a header
    Csv,
    /// A table for people
    Table,
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
    /// One contact id, else e-mail address, a line
    Ids,
    /// The number of members
    Count,
}

impl Format {
    fn form(self, select: Select, bom: bool) -> Box<dyn Form> {
        match self {
            Self::Csv => Box::new(Csv::new(select, bom)),
            Self::Table => Box::new(Table::new(select)),
            Self::Jsonl => Box::new(JsonLines::new(select)),
            Self::Json => Box::new(Json::new(select)),
            Self::Ids => Box::new(Ids),
            Self::Count => Box::new(Count::default()),
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &EvalArgs, config: &ConfigArgs, output: &Output) -> anyhow::Result<Status> {
    let target = &args.evaluation.target;
    let to_terminal = target.output.is_none() && output.is_terminal();
    let default = if to_terminal { Format::Table } else { Format::Csv };
    let format = args.format.unwrap_or(default);
    if args.bom && format != Format::Csv {
        bail!("--bom goes with --format csv only");
    }
    if target.split.is_some() && matches!(format, Format::Table | Format::Count) {
        bail!("--split goes with --format csv, jsonl, json and ids only");
    }
    let Some(evaluation) = args.evaluation.open(None, config, output)? else {
        return Ok(Status::Findings);
    };
    let select = if args.select.is_empty() {
        Select::default_for(&evaluation.contacts)
    } else {
        Select::named(args.select.iter().map(String::as_str), &evaluation.account)
    };
    let mut form = target.cut(format.form(select, args.bom));
    evaluation.write(form.as_mut(), target, output)
}
