//! `segkit explain`: a segment in plain English, and why a contact is in it or not.

use super::answer_args::{Answer, AnswerArgs};
use super::asked::{Asked, Takes};
use super::audience::{AudienceArgs, Passes, Reads};
use super::progress::Bar;
use super::status::say;
use super::{ConfigArgs, Output, Status, TextFormat};
use crate::answer::explain::{Explained, Text, explain, find, json};
use crate::answer::subject::Subject;
use crate::english::Speaker;
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Say in plain English whom a segment selects, one line a rule, with every chosen reading.

With --contact and dumps, say why a contact is in the segment or not: the tree of rules, each with its \
verdict, the values it saw and the activities that decided it, and the fewest rules that would have to \
come out otherwise.";

const EXAMPLES: &str = "\
Examples:
  segkit explain vip.json
  segkit explain vip.json -c contacts.csv --contact ann@example.com
  segkit explain non-openers.json -c contacts.json -t tracking.jsonl --campaigns campaigns.csv \\
      --contact ann@example.com --contact bob@example.com --as-of 2024-06-01
  segkit explain segments/*.json -f json | jq -r '.[].readings[].text'

Exit status: 0 when done, 1 when criteria are invalid or a contact asked for isn't there, 2 when it
could not be done.";

/// The flags of `explain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ExplainArgs {
    /// Criteria files; `-` is standard input
    #[arg(value_name = "CRITERIA", required = true)]
    criteria: Vec<PathBuf>,

    /// Explain the verdict on this contact of the dump, by its id or e-mail address; may be given
    /// several times
    #[arg(long = "contact", short = 'k', value_name = "KEY", id = "contact")]
    asked_for: Vec<String>,

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
    args: &ExplainArgs,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    let target = args.answer.target();
    let reads = Reads {
        criteria: &args.criteria,
        takes: Takes::All,
        further: None,
        target: Some(&target),
        passes: Passes::Several,
    };
    if args.asked_for.is_empty() && !args.audience.has_contacts(config)? {
        let Some(asking) = args.audience.ask(reads, config, output)? else {
            return Ok(Status::Findings);
        };
        let speaker = Speaker { account: &asking.account, options: &asking.options };
        let answers: Vec<_> = subjects(asking.segments).map(|one| (one, Vec::new())).collect();
        write(args, &answers, speaker, output)?;
        return Ok(Status::Fine);
    }
    let Some((segments, audience)) = args.audience.open(reads, config, output)? else {
        return Ok(Status::Findings);
    };
    let bar = Bar::new();
    let dumps = audience.dumps(&bar);
    let speaker = Speaker { account: &audience.account, options: &audience.options };
    let subjects: Vec<Subject> = subjects(segments).collect();
    if args.asked_for.is_empty() {
        let answers: Vec<_> = subjects.into_iter().map(|one| (one, Vec::new())).collect();
        write(args, &answers, speaker, output)?;
        return Ok(Status::Fine);
    }
    let found = find(&dumps, &args.asked_for)?;
    audience.begin_anew()?;
    let explained = if found.contacts.is_empty() {
        subjects.iter().map(|_| Vec::new()).collect()
    } else {
        let (explained, summary) = explain(&dumps, &subjects, &found.contacts)?;
        audience.warn(&summary)?;
        explained
    };
    let answers: Vec<_> = subjects.into_iter().zip(explained).collect();
    write(args, &answers, speaker, output)?;
    for key in &found.missing {
        say("error", format_args!("no contact in the dump has the id or e-mail address `{key}`"));
    }
    Ok(if found.missing.is_empty() { Status::Fine } else { Status::Findings })
}

fn subjects(segments: Vec<Asked>) -> impl Iterator<Item = Subject> {
    segments.into_iter().map(Asked::into_subject)
}

fn write(
    args: &ExplainArgs,
    answers: &[(Subject, Vec<Explained>)],
    speaker: Speaker<'_>,
    output: &Output,
) -> anyhow::Result<()> {
    let answer = Answer::open(&args.answer)?;
    match args.format {
        TextFormat::Json => {
            let answers: Vec<_> =
                answers.iter().map(|(one, explained)| (one, explained.as_slice())).collect();
            let value = json(&answers, speaker);
            answer.write(output, |out| writeln!(out, "{value:#}"))
        }
        TextFormat::Text => answer.write_styled(output, |out| {
            for (at, (subject, explained)) in answers.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                let text = Text { subject, speaker };
                text.segment(out)?;
                for one in explained {
                    writeln!(out)?;
                    text.contact(one, out)?;
                }
            }
            Ok(())
        }),
    }
}
