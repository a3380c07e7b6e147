//! `segkit diff`: who joined a segment and who left it, and because of which rule.

use super::answer_args::{Answer, AnswerArgs};
use super::asked::{Asked, Takes};
use super::audience::{Audience, AudienceArgs, Passes, Reads};
use super::before_args::BeforeArgs;
use super::progress::Bar;
use super::status::say;
use super::summary::Told;
use super::{ConfigArgs, Output, Status};
use crate::answer::diff::{self, Before, Members, Noted, RuleNote, SavedList, Side, SideNote};
use crate::criteria::Outline;
use crate::dump::Input;
use crate::engine::Summary;
use crate::english::Speaker;
use crate::output::shown::grouped;
use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::slice;
use std::time::Duration;

pub(super) const ABOUT: &str = "\
Tell who joined a segment and who left it, and because of which rule

What came before is another criteria file, another instant, other dumps, or a list of members that was
kept; the flags of both sides can be given together. Each contact that changed is counted once, under
all the rules that are responsible together.";

const EXAMPLES: &str = "\
Examples:
  segkit diff old.json new.json -c contacts.csv
  segkit diff non-openers.json -c contacts.csv -t tracking.csv --before-as-of 2024-01-15 --as-of 2024-03-15
  segkit diff vip.json -c march.csv --before-contacts january.csv
  segkit diff vip.json -c contacts.csv --before-list members-of-january.csv
  segkit diff all.jsonl --before-segment 'VIP' --segment 'VIP, stricter' -c contacts.csv --format csv
  segkit diff old.json new.json -c contacts.csv --quiet > /dev/null || echo 'other members'

Exit status: 0 when both sides have the same members, 1 when they differ or criteria are invalid,
2 when it could not be done.";

/// The flags of `diff`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct DiffArgs {
    /// The criteria; of two files, those before and those after. `-` is standard input
    #[arg(value_name = "CRITERIA", required = true, num_args = 1..=2)]
    criteria: Vec<PathBuf>,

    #[command(flatten)]
    before: BeforeArgs,

    #[command(flatten)]
    audience: AudienceArgs,

    #[command(flatten)]
    answer: AnswerArgs,

    /// How to write what changed
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = Format::Text, hide_default_value = true)]
    format: Format,

    /// text: how many contacts to show; the others are only counted
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people (the default)
    Text,
    /// One object with everything
    Json,
    /// A record a contact that changed
    Csv,
}

/// One side that was opened.
type Opened = (Asked, Audience);

/// Runs the command.
pub(super) fn run(args: &DiffArgs, config: &ConfigArgs, output: &Output) -> anyhow::Result<Status> {
    let (old, new) = match args.criteria.as_slice() {
        [old, new] => (old, new),
        [one] => (one, one),
        _ => bail!("diff takes one criteria file or two"),
    };
    let lists = args.before.before_list.is_some();
    if lists && args.criteria.len() > 1 {
        bail!("--before-list is what came before, and so are the first of two criteria files");
    }
    if !args.before.is_given() && args.criteria.len() < 2 {
        bail!(
            "diff wants two sides: two criteria files, or one with --before-as-of, --before-contacts, --before-tracking, --before-campaigns, --before-segment or --before-list"
        );
    }
    let before = args.before.over(&args.audience);
    let target = args.answer.target();
    if !lists {
        refuse_stdin_twice((old, &before), (new, &args.audience))?;
    }
    let open =
        |audience: &AudienceArgs, criteria: &PathBuf, further| {
            let reads = Reads {
                criteria: slice::from_ref(criteria),
                takes: Takes::One,
                further,
                target: Some(&target),
                passes: Passes::Several,
            };
            let opened = audience.open(reads, config, output)?;
            Ok::<_, anyhow::Error>(opened.and_then(|(asked, audience)| {
                asked.into_iter().next().map(|asked| (asked, audience))
            }))
        };
    let list_file = args.before.before_list.as_ref().and_then(BeforeArgs::file);
    let Some(after) = open(&args.audience, new, list_file)? else { return Ok(Status::Findings) };
    let before = if lists {
        None
    } else {
        let Some(mut before) = open(&before, old, None)? else { return Ok(Status::Findings) };
        if args.before.before_as_of.is_none() {
            // Where it is now, it is one now for both.
            before.1.set_as_of(after.1.clock.as_of);
        }
        Some(before)
    };
    let answer = Answer::open(&args.answer)?;
    let progress = Bar::new();
    let list = match &args.before.before_list {
        None => None,
        Some(input) => {
            let name = args.before.before_segment.as_deref().unwrap_or(&after.0.label);
            Some(read_list(input, name, &after.1, &progress)?)
        }
    };
    let from = match (&before, &list) {
        (Some((asked, audience)), _) => Before::Side(side_of(asked, audience, &progress)),
        (None, Some(list)) => Before::List(list),
        (None, None) => bail!("diff wants two sides"),
    };
    let members = Members::of(from, side_of(&after.0, &after.1, &progress))?;
    // Before the dumps are read again, which would leave out the same rows once more.
    tell(&members, before.as_ref(), &after, args.answer.quiet)?;
    let found = members.diff()?;
    let noted = Noted {
        diff: &found,
        before: match &before {
            Some(opened) => note(opened),
            None => list_note(&args.before, &after),
        },
        after: note(&after),
    };
    let drawn = args.answer.is_terminal(output);
    answer.write(output, |out| match args.format {
        Format::Text => diff::text(&noted, args.limit, drawn, out),
        Format::Json => diff::json(&noted, out),
        Format::Csv => diff::csv(&found, out),
    })?;
    Ok(if found.changes.is_empty() { Status::Fine } else { Status::Findings })
}

/// Both sides read their files from the beginning, so standard input can serve one only.
fn refuse_stdin_twice(
    before: (&PathBuf, &AudienceArgs),
    after: (&PathBuf, &AudienceArgs),
) -> anyhow::Result<()> {
    let reads = |(criteria, audience): (&PathBuf, &AudienceArgs)| {
        criteria.as_os_str() == "-" || audience.inputs().any(Input::is_stdin)
    };
    if reads(before) && reads(after) {
        bail!(
            "diff reads the files of both sides, so standard input (`-`) can be one of one side only"
        );
    }
    Ok(())
}

/// Reads a list that was kept. Standard input is copied aside, since it is looked at twice.
fn read_list(
    input: &Input,
    name: &str,
    audience: &Audience,
    progress: &Bar,
) -> anyhow::Result<SavedList> {
    if !input.is_stdin() {
        return Ok(SavedList::read(input, name, audience.effort, progress)?);
    }
    let mut copy = tempfile::NamedTempFile::new().context("standard input can't be copied")?;
    std::io::copy(&mut std::io::stdin().lock(), &mut copy)
        .context("standard input can't be copied")?;
    let copied = Input { path: Input::file(copy.path()).path, ..input.clone() };
    Ok(SavedList::read(&copied, name, audience.effort, progress)?)
}

fn side_of<'a>(asked: &'a Asked, audience: &'a Audience, progress: &'a Bar) -> Side<'a> {
    Side { segment: &asked.segment, dumps: audience.dumps(progress) }
}

/// Says the warnings of both sides, and unless `quiet` what was counted.
fn tell(
    members: &Members<'_>,
    before: Option<&Opened>,
    after: &Opened,
    quiet: bool,
) -> anyhow::Result<()> {
    let side = |(asked, audience): &Opened, summary: &Summary, elapsed: Duration| {
        let left_out = audience.left_out()?;
        let told = Told {
            left_out: left_out.as_ref(),
            summary,
            segments: slice::from_ref(asked),
            as_of: audience.clock.as_of,
            elapsed,
        };
        told.say(quiet);
        Ok::<_, anyhow::Error>(())
    };
    let (then, now) = members.summaries();
    if let (Some(before), Some(summary)) = (before, then) {
        let wall = summary.spent.iter().map(|(_, spent)| spent.wall).sum();
        side(before, summary, wall)?;
    }
    side(after, now, after.1.begun.elapsed())?;
    for (when, keyless) in ["before", "after"].into_iter().zip(members.keyless()) {
        if keyless > 0 {
            let what =
                "without a key that both sides have, so that nobody can say whether they changed";
            say("warning", format_args!("members {when} {what}: {}", grouped(keyless)));
        }
    }
    Ok(())
}

/// What is said of a side.
fn note((asked, audience): &Opened) -> SideNote {
    let speaker = Speaker { account: &audience.account, options: &audience.options };
    let outline = Outline::of(&asked.segment.expr);
    let parts = outline.parts();
    let rules = asked.rules.iter().enumerate().map(|(at, rule)| {
        let part = parts.iter().find(|part| part.rule().is_some_and(|rule| rule.0 as usize == at));
        RuleNote {
            words: rule.words.clone(),
            english: part.map(|part| speaker.rule(&part.expr)).unwrap_or_default(),
            line: rule.position.line,
        }
    });
    SideNote {
        name: asked.label.clone(),
        file: asked.file.clone(),
        as_of: Some(audience.clock.as_of),
        rules: rules.collect(),
    }
}

/// What is said of a list that was kept.
fn list_note(args: &BeforeArgs, (asked, _): &Opened) -> SideNote {
    let file = args.before_list.as_ref().map(Input::name).unwrap_or_default();
    let name = args.before_segment.clone().unwrap_or_else(|| asked.label.clone());
    SideNote { name, file, as_of: None, rules: Vec::new() }
}
