//! `segkit funnel`: what each rule of a segment costs.

use super::answer_args::{Answer, AnswerArgs};
use super::asked::{Asked, Takes};
use super::audience::{AudienceArgs, Passes, Reads};
use super::progress::Bar;
use super::{ConfigArgs, Output, Status, TextFormat};
use crate::answer::funnel::{Funnel, Text, funnels, json};
use crate::answer::subject::Subject;
use crate::english::Speaker;
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Show what each rule of a segment costs: how many contacts pass it alone, how many would be members \
without it, and how many are left after each step. Any number of segments, in one scan of the dumps.";

const EXAMPLES: &str = "\
Examples:
  segkit funnel vip.json -c contacts.csv
  segkit funnel non-openers.json -c contacts.csv -t activities.csv --campaigns campaigns.csv
  segkit funnel segments/*.json -c contacts.csv -f json | jq '.[] | {segment, members}'

Exit status: 0 when done, 1 when criteria are invalid, 2 when it could not be done.";

/// The flags of `funnel`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct FunnelArgs {
    /// Criteria files; `-` is standard input
    #[arg(value_name = "CRITERIA", required = true)]
    criteria: Vec<PathBuf>,

    /// How to write it
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = TextFormat::Text)]
    format: TextFormat,

    #[command(flatten)]
    audience: AudienceArgs,

    #[command(flatten)]
    answer: AnswerArgs,
}

/// Runs the command.
pub(super) fn run(
    args: &FunnelArgs,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    let target = args.answer.target();
    let reads = Reads {
        criteria: &args.criteria,
        takes: Takes::All,
        further: None,
        target: Some(&target),
        passes: Passes::One,
    };
    let Some((segments, audience)) = args.audience.open(reads, config, output)? else {
        return Ok(Status::Findings);
    };
    let answer = Answer::open(&args.answer)?;
    let bar = Bar::new();
    let dumps = audience.dumps(&bar);
    let subjects: Vec<Subject> = segments.into_iter().map(Asked::into_subject).collect();
    let (found, summary) = funnels(&dumps, &subjects)?;
    audience.warn(&summary)?;
    let speaker = Speaker { account: &audience.account, options: &audience.options };
    let answers: Vec<(&Subject, &Funnel)> = subjects.iter().zip(&found).collect();
    match args.format {
        TextFormat::Json => {
            let value = json(&answers, speaker);
            answer.write(output, |out| writeln!(out, "{value:#}"))?;
        }
        TextFormat::Text => answer.write_styled(output, |out| {
            for (at, (subject, funnel)) in answers.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                Text { subject, speaker }.write(funnel, out)?;
            }
            Ok(())
        })?,
    }
    Ok(Status::Fine)
}
