//! `segkit overlap`: how many contacts segments share, and what their rules prove.

use super::answer_args::{Answer, AnswerArgs};
use super::asked::{Asked, Takes};
use super::audience::{AudienceArgs, Passes, Reads};
use super::progress::Bar;
use super::summary::Told;
use super::{ConfigArgs, Output, Status};
use crate::answer::overlap::{self, Counter, Named, Overlap, Relations, Shown};
use crate::criteria::Segment;
use crate::engine::looked_at::tells;
use crate::engine::{AskedSegment, Outputs};
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;

pub(super) const ABOUT: &str = "\
Count how many contacts segments share, and say what their rules prove

Of every two segments it is said how many contacts are in both, and which sets of segments most
contacts are in, from one scan of the dumps. What the rules prove is said also without any dump: that
one segment lies inside another, that two can't meet, that they are the same, that one is everybody or
nobody. docs/overlap.md says what a proof takes for granted.";

const EXAMPLES: &str = "\
Examples:
  segkit overlap vip.json non-openers.json
  segkit overlap segments/*.json -c contacts.csv -t tracking.csv --campaigns campaigns.csv
  segkit overlap segments/*.json -c contacts.csv --regions 30
  segkit overlap segments/*.json -c contacts.csv --format csv --output overlap.csv
  segkit overlap segments/*.json --format json | jq '.relations[] | select(.relation == \"inside\")'

Exit status: 0 when done, 1 when criteria are invalid, 2 when it could not be done.";

/// The flags of `overlap`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct OverlapArgs {
    /// Criteria files with two segments or more between them; `-` is standard input
    #[arg(value_name = "CRITERIA", required = true)]
    criteria: Vec<PathBuf>,

    #[command(flatten)]
    audience: AudienceArgs,

    #[command(flatten)]
    answer: AnswerArgs,

    /// How many sets of segments to show, of those that contacts are in and no other
    #[arg(long, value_name = "N", default_value_t = 10)]
    regions: usize,

    /// How to write what was found
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = Format::Text, hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people (the default)
    Text,
    /// One object with everything
    Json,
    /// The matrix: a record a pair of segments
    Csv,
}

/// Runs the command.
pub(super) fn run(
    args: &OverlapArgs,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    let target = args.answer.target();
    let reads = Reads {
        criteria: &args.criteria,
        takes: Takes::All,
        target: Some(&target),
        further: None,
        passes: Passes::One,
    };
    let found = if args.audience.has_contacts(config)? {
        counted(args, reads, config, output)?
    } else {
        if args.format == Format::Csv {
            bail!("--format csv is how many contacts segments share: name some with --contacts");
        }
        proved(args, reads, config, output)?
    };
    let Some((overlap, answer)) = found else { return Ok(Status::Findings) };
    answer.write(output, |out| match (args.format, &overlap.counts) {
        (Format::Csv, Some(counts)) => overlap::csv(&overlap, counts, out),
        (Format::Json, _) => overlap::json(&overlap, args.regions, out),
        (Format::Text | Format::Csv, _) => {
            let drawn = args.answer.is_terminal(output);
            overlap::text(&overlap, Shown { regions: args.regions, drawn }, out)
        }
    })?;
    Ok(Status::Fine)
}

/// What is found, and where it goes; `None` when criteria are invalid, which has been said by then.
type Found = Option<(Overlap, Answer)>;

fn check(asked: &[Asked]) -> anyhow::Result<()> {
    if asked.len() < 2 {
        bail!("overlap wants two segments or more, and the criteria hold one");
    }
    Ok(())
}

fn named(asked: &[Asked]) -> Vec<Named> {
    let named = asked.iter().map(|Asked { label, file, dialect, .. }| Named {
        label: label.clone(),
        file: file.clone(),
        dialect: dialect.short_name(),
    });
    named.collect()
}

fn segments(asked: &[Asked]) -> Vec<&Segment> {
    asked.iter().map(|Asked { segment, .. }| segment).collect()
}

/// What the rules alone prove.
fn proved(
    args: &OverlapArgs,
    reads: Reads<'_>,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Found> {
    let Some(asking) = args.audience.ask(reads, config, output)? else { return Ok(None) };
    check(&asking.segments)?;
    let answer = Answer::open(&args.answer)?;
    let relations = Relations::of(&segments(&asking.segments), &asking.options, None, |_| None);
    let as_of = asking.options.as_of;
    Ok(Some((
        Overlap { segments: named(&asking.segments), as_of, counts: None, relations },
        answer,
    )))
}

/// The same with what contacts say.
fn counted(
    args: &OverlapArgs,
    reads: Reads<'_>,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Found> {
    let Some((asked, audience)) = args.audience.open(reads, config, output)? else {
        return Ok(None);
    };
    check(&asked)?;
    let answer = Answer::open(&args.answer)?;
    let plan: Vec<AskedSegment<'_>> = asked
        .iter()
        .map(|one| AskedSegment::of(&one.segment).named(Some(Arc::from(one.label.as_str()))))
        .collect();
    let bar = Bar::new();
    let dumps = audience.dumps(&bar);
    let plan = dumps.plan(&plan, &Outputs::default())?;
    let mut counter = Counter::new(asked.len());
    let summary = dumps.evaluate(plan, &mut |_, segment, row| {
        counter.member(segment, row);
        Ok(())
    })?;
    let counts = counter.finish(&summary);
    let tells = tells(&audience.contacts);
    let relations = Relations::of(&segments(&asked), &audience.options, Some(&counts), tells);
    let left_out = audience.left_out()?;
    let told = Told {
        left_out: left_out.as_ref(),
        summary: &summary,
        segments: &asked,
        as_of: audience.clock.as_of,
        elapsed: audience.begun.elapsed(),
    };
    told.say(args.answer.quiet);
    let as_of = audience.clock.as_of;
    Ok(Some((Overlap { segments: named(&asked), as_of, counts: Some(counts), relations }, answer)))
}
