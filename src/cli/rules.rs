//! `segkit rules`: what criteria are checked against, and what each finding means.

use super::{Output, Status};
use crate::dialect::Dialect;
use crate::finding::{Kind, Severity};
use crate::rules::{self, Filter};
use anyhow::bail;
use clap::{Args, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  segkit rules
  segkit rules 2722
  segkit rules option-unknown --dialect cm
  segkit rules --severity warning
  segkit rules --format json | jq -r '.rules[].name'";

/// The flags of `rules`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct RulesArgs {
    /// Codes or names to explain; without any, all rules are listed
    #[arg(value_name = "RULE")]
    rules: Vec<String>,

    /// How to write them
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Only what can arise in this dialect: constant-contact (cc), campaign-monitor (cm) or
    /// engagelab (el)
    #[arg(long, value_name = "NAME")]
    dialect: Option<Dialect>,

    /// Only rules of this weight, in the list
    #[arg(long, value_name = "WEIGHT", conflicts_with = "rules")]
    severity: Option<Weight>,
}

/// How to write rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: one object
    Json,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Weight {
    /// The vendor would refuse it
    Error,
    /// Probably not meant
    Warning,
    /// Good to know
    Note,
}

impl From<Weight> for Severity {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Error => Self::Error,
            Weight::Warning => Self::Warning,
            Weight::Note => Self::Note,
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &RulesArgs, output: &Output) -> anyhow::Result<Status> {
    let filter = Filter { dialect: args.dialect, severity: args.severity.map(Severity::from) };
    let mut kinds: Vec<Kind> = Vec::new();
    for word in &args.rules {
        let found = rules::find(word)?;
        let before = kinds.len();
        kinds.extend(found.into_iter().filter(|kind| filter.takes(*kind)));
        if let (Some(dialect), true) = (args.dialect, kinds.len() == before) {
            bail!("checking {dialect} never finds `{word}`");
        }
    }
    match (args.format, args.rules.is_empty()) {
        (Format::Text, true) => output.styled(|out| rules::list(filter, out))?,
        (Format::Text, false) => output.styled(|out| rules::explain(&kinds, filter, out))?,
        (Format::Json, true) => output.plain(|out| rules::list_json(filter, out))?,
        (Format::Json, false) => output.plain(|out| rules::explain_json(&kinds, filter, out))?,
    }
    Ok(Status::Fine)
}
