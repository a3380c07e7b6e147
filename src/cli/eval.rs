//! `segkit eval`: who is in a segment, or in many.

use super::asked::{Asked, Takes};
use super::engine_args::EngineArgs;
use super::evaluation::EvaluationArgs;
use super::lists::Lists;
use super::on_engine::OnEngine;
use super::{ConfigArgs, Output, Status};
use crate::account::Account;
use crate::output::{Count, Counts, Csv, Form, Ids, Json, JsonLines, Select, Table};
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;

const EXAMPLES: &str = "\
Examples:
  segkit eval vip.json --contacts contacts.csv
  segkit eval non-openers.json -c contacts.json -t sends.jsonl opens.jsonl --campaigns campaigns.csv
  segkit eval opened.json -c subscribers.json -t opens.json:campaign=fc0ce7105baeaf97f47c99be31d02a91
  zcat contacts.csv.gz | segkit eval vip.json -c - --format count --quiet
  segkit eval segments/*.json -c contacts.csv --format count
  segkit eval segments/*.json -c contacts.csv --output-dir lists
  segkit eval all.jsonl -c contacts.csv --segment 'Non-Openers-US' -j 4 --timings
  segkit eval vip.json -c contacts.csv -t opens.csv --engine duckdb
  segkit eval vip.json -c s3a://crm/contacts/ --engine spark --master yarn --column email=address
  segkit eval vip.json --engine postgres --connect postgres://ann@db/crm --contacts-table crm.contacts

Exit status: 0 when done, 1 when criteria are invalid, 2 when it could not be done.";

/// The flags of `eval`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct EvalArgs {
    /// Criteria files, of which all segments are evaluated in one scan of the dumps; `-` is standard
    /// input
    #[arg(value_name = "CRITERIA", required = true)]
    criteria: Vec<PathBuf>,

    #[command(flatten)]
    evaluation: EvaluationArgs,

    /// Write the members of each segment to a file of its own in this folder, called after the
    /// segment; all of them appear, whole, or none
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    output_dir: Option<PathBuf>,

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

    #[command(flatten)]
    engine: EngineArgs,
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
    /// The number of members, of several segments that of each
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

    /// How the name of such a file ends.
    fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Table | Self::Ids | Self::Count => "txt",
        }
    }

    /// A list of several segments.
    fn form_of_several(
        self,
        select: Select,
        bom: bool,
        several: Several,
    ) -> anyhow::Result<Box<dyn Form>> {
        let Several { labels, drawn } = several;
        if self == Self::Ids {
            bail!(
                "--format ids doesn't say of which segment a contact is, and there are {}: give \
                 --output-dir DIR for a file each, or --segment for one of them, or take --format \
                 csv, jsonl, json, table or count",
                labels.len()
            );
        }
        if self == Self::Count {
            return Ok(Box::new(Counts::new(labels, drawn)));
        }
        let taken = |selected: &crate::output::Selected| selected.title == Select::SEGMENT;
        if select.columns.iter().any(taken) {
            bail!(
                "--select {0}: with several segments the first column is called so; ask for a \
                 custom field with cf:{0}, or give --output-dir DIR for a file each",
                Select::SEGMENT
            );
        }
        Ok(self.form(select.with_segments(labels), bom))
    }
}

/// Several segments in one list.
struct Several {
    labels: Arc<[String]>,
    /// Whether counts are drawn for people.
    drawn: bool,
}

/// Runs the command.
pub(super) fn run(args: &EvalArgs, config: &ConfigArgs, output: &Output) -> anyhow::Result<Status> {
    let target = &args.evaluation.target;
    let to_files = target.output.is_some() || args.output_dir.is_some();
    let to_terminal = !to_files && output.is_terminal();
    let default = if to_terminal { Format::Table } else { Format::Csv };
    let format = args.format.unwrap_or(default);
    if args.bom && format != Format::Csv {
        bail!("--bom goes with --format csv only");
    }
    if target.split.is_some() && matches!(format, Format::Table | Format::Count) {
        bail!("--split goes with --format csv, jsonl, json and ids only");
    }
    let form = Formed { format, to_terminal };
    if let Some(engine) = args.engine.runner(&args.evaluation)? {
        let criteria = args.criteria.as_slice();
        let on = (config, output);
        let opened = OnEngine::open(&args.engine, engine, &args.evaluation, criteria, on)?;
        let Some(opened) = opened else { return Ok(Status::Findings) };
        let select = args.select(opened.select.clone(), &opened.account);
        let lists = args.lists(form, select, labels(&opened.segments), &opened.files)?;
        return opened.write(lists, target.quiet, output);
    }
    let reads = (args.criteria.as_slice(), Takes::All, None);
    let Some((segments, evaluation)) = args.evaluation.open(reads, config, output)? else {
        return Ok(Status::Findings);
    };
    let default = Select::default_for(&evaluation.contacts);
    let select = args.select(default, &evaluation.account);
    let lists = args.lists(form, select, labels(&segments), &evaluation.files)?;
    evaluation.write(&segments, lists, &args.evaluation, output)
}

fn labels(segments: &[Asked]) -> Vec<String> {
    segments.iter().map(|Asked { label, .. }| label.clone()).collect()
}

/// How members are written, and whether people see it as it is written.
#[derive(Clone, Copy)]
struct Formed {
    format: Format,
    to_terminal: bool,
}

impl EvalArgs {
    /// The columns to show.
    fn select(&self, default: Select, account: &Account) -> Select {
        if self.select.is_empty() {
            return default;
        }
        Select::named(self.select.iter().map(String::as_str), account)
    }

    /// The lists of segments with these labels.
    fn lists(
        &self,
        Formed { format, to_terminal }: Formed,
        select: Select,
        labels: Vec<String>,
        files: &[PathBuf],
    ) -> anyhow::Result<Lists<'_>> {
        let target = &self.evaluation.target;
        match (&self.output_dir, labels.len()) {
            (Some(folder), _) => {
                let form = || target.cut(format.form(select.clone(), self.bom));
                let place = (folder.as_path(), format.extension());
                let read = (files, &self.evaluation.audience.bad_rows);
                Lists::each(&labels, form, place, target, read)
            }
            (None, 1) => Lists::one(target.cut(format.form(select, self.bom)), target),
            (None, _) => {
                let several = Several { labels: labels.into(), drawn: to_terminal };
                let form = format.form_of_several(select, self.bom, several)?;
                Lists::one(target.cut(form), target)
            }
        }
    }
}
