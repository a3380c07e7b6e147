//! `segkit convert`: the same audience in another vendor's words.

use super::asked::{Asked, Takes};
use super::audience::{Audience, AudienceArgs, Passes, Reads};
use super::conversion::{Converted, say_missing};
use super::progress::Bar;
use super::status::say;
use super::summary::Told;
use super::{ConfigArgs, Output, Status, TargetArgs, read_source};
use crate::account::Account;
use crate::answer::equality::Pairs;
use crate::dialect::constant_contact::escape;
use crate::dialect::write::{
    Direction, Exactness, Looking, Mapping, Request, Section, convert, template,
};
use crate::dialect::{self, Dialect};
use crate::engine::{AskedSegment, Options, StatusChoice};
use crate::output::file_names;
use crate::output::sink::Sink;
use crate::source::SourceFile;
use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) const ABOUT: &str = "\
Write segments in another vendor's dialect: the same audience in its words

Where the dialect can't say a rule, the rule is named, with its place, why, and what would be legal,
and nothing is written; with --lossy the nearest wider or narrower segment is, and what was lost is
said. What is written has been read back: it validates, and means what was meant.

Campaigns, lists, tags and fields are called otherwise in another account: a map file says how.
--map-template prints one to fill in.";

const EXAMPLES: &str = "\
Examples:
  segkit convert vip.json --to campaign-monitor
  segkit convert vip.json --to el --map-template > map.toml
  segkit convert vip.json --to el --map-file map.toml --lossy=narrower
  segkit convert vip.json --to cc --map-file map.toml --escaped | curl --json @- https://…/v3/segments
  segkit convert vip.json --to cm --map-file map.toml --prove -c contacts.csv -t tracking.csv

Exit status: 0 when all are converted; 1 when one can't be, or with --prove when the members differ
otherwise than was claimed; 2 when it could not be done.";

/// The flags of `convert`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ConvertArgs {
    /// Criteria files, of which all segments are converted; `-` is standard input
    #[arg(value_name = "CRITERIA", required = true)]
    criteria: Vec<PathBuf>,

    /// The dialect to write: constant-contact (cc), campaign-monitor (cm) or engagelab (el)
    #[arg(long, value_name = "DIALECT")]
    to: Dialect,

    /// Where it can't be said exactly, write a wider or a narrower segment, by default the one that
    /// loses less
    #[arg(
        long,
        value_enum,
        value_name = "WHICH",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "nearest"
    )]
    lossy: Option<Lossy>,

    /// Evaluate both segments over the dumps, in one scan, and show that their members are the same
    #[arg(long)]
    prove: bool,

    /// What campaigns, lists, tags and fields are called there (TOML)
    #[arg(long, value_name = "FILE")]
    map_file: Option<PathBuf>,

    /// Print what the map file lacks, to be filled in, and convert nothing
    #[arg(long, conflicts_with_all = ["prove", "escaped", "format", "output", "output_dir"])]
    map_template: bool,

    /// The name of the segment there
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Constant Contact: write the body that the vendor's endpoint takes, its criteria as one escaped
    /// string; one line a segment
    #[arg(long, conflicts_with = "format")]
    escaped: bool,

    /// What to write
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = Format::Criteria)]
    format: Format,

    /// Write to this file, which appears whole or not at all
    #[arg(long, short = 'o', value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,

    /// Write each segment to a file of its own in this folder, called after the segment; all of them
    /// appear, whole, or none
    #[arg(long, value_name = "DIR", conflicts_with = "output", help_heading = "Output")]
    output_dir: Option<PathBuf>,

    /// No summary on standard error; warnings stay
    #[arg(long, short = 'q', help_heading = "Output")]
    quiet: bool,

    #[command(flatten)]
    audience: AudienceArgs,
}

/// The words of `--lossy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lossy {
    /// Whichever loses less; of two alike the narrower
    Nearest,
    /// Everybody who is in it stays in it
    Wider,
    /// Nobody comes into it
    Narrower,
}

/// The words of `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The criteria: one segment, or a JSON array of them
    Criteria,
    /// A report for programs, with the criteria and what became of each rule
    Json,
}

/// Segments, and what they are converted with.
struct Work {
    segments: Vec<Asked>,
    account: Account,
    options: Options,
    /// Opened dumps, where they are asked for.
    audience: Option<Audience>,
}

/// Runs the command.
pub(super) fn run(
    args: &ConvertArgs,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    if args.escaped && args.to != Dialect::ConstantContact {
        bail!(
            "--escaped is a form of constant-contact only; {} takes its criteria as they are",
            args.to
        );
    }
    let mapping = args.mapping()?;
    let Some(work) = args.work(config, output)? else { return Ok(Status::Findings) };
    if args.name.is_some() && work.segments.len() != 1 {
        let count = work.segments.len();
        bail!(
            "--name is the name of one segment, and there are {count}; choose one with --segment"
        );
    }
    let all: Vec<Converted> =
        (work.segments.iter()).map(|asked| args.converted(asked, &work, &mapping)).collect();
    if args.map_template {
        return args.write_template(&all, &work.account, output);
    }
    finish(args, all, work, output)
}

/// Says what became of the segments, proves it where that is asked for, and writes them.
fn finish(
    args: &ConvertArgs,
    mut all: Vec<Converted>,
    work: Work,
    output: &Output,
) -> anyhow::Result<Status> {
    let Work { segments, audience, .. } = work;
    for (converted, asked) in all.iter().zip(&segments) {
        converted.say(asked, args.to);
    }
    say_missing(&all);
    let mut status = Status::Fine;
    if all.iter().any(|converted| converted.made().is_none()) {
        status = Status::Findings;
    } else if let Some(audience) = audience {
        prove(&segments, &mut all, &audience, args)?;
        let holds =
            |(converted, asked): (&Converted, &Asked)| converted.say_proof(asked, args.quiet);
        // Each of them is said.
        if all.iter().zip(&segments).map(holds).filter(|holds| !holds).count() > 0 {
            status = Status::Findings;
        }
    }
    if args.format == Format::Json {
        let report: Vec<_> =
            all.iter().zip(&segments).map(|(one, asked)| one.report(asked, args.to)).collect();
        let mut text = serde_json::to_string_pretty(&serde_json::json!({"segments": report}))?;
        text.push('\n');
        args.write(&text, output)?;
    } else if status == Status::Fine {
        args.write_criteria(&all, &segments, output)?;
    }
    Ok(status)
}

/// Evaluates each segment and what became of it in one scan.
fn prove(
    segments: &[Asked],
    all: &mut [Converted],
    audience: &Audience,
    args: &ConvertArgs,
) -> anyhow::Result<()> {
    let named = |label: &str, what: &str| Some(Arc::from(format!("{label}{what}").as_str()));
    let made = all.iter().filter_map(Converted::made);
    let asked: Vec<AskedSegment<'_>> = (segments.iter().zip(made))
        .flat_map(|(before, after)| {
            let converted = named(&before.label, " (converted)");
            [
                AskedSegment::of(&before.segment).named(named(&before.label, "")),
                AskedSegment::of(&after.segment).named(converted),
            ]
        })
        .collect();
    let bar = Bar::new();
    let dumps = audience.dumps(&bar);
    let plan = dumps.plan(&asked, &Pairs::wanted())?;
    let mut pairs = Pairs::new(segments.len());
    let summary = dumps.evaluate(plan, &mut |plan, segment, row| {
        pairs.member(plan, segment, row);
        Ok(())
    })?;
    let left_out = audience.left_out()?;
    let told = Told {
        left_out: left_out.as_ref(),
        summary: &summary,
        segments: &[],
        as_of: audience.clock.as_of,
        elapsed: audience.begun.elapsed(),
    };
    told.say(true);
    if !args.quiet {
        say("summary", format_args!("evaluated as of {}", audience.clock.as_of));
    }
    for (converted, proof) in all.iter_mut().zip(pairs.finish()) {
        converted.proof = Some(proof);
    }
    Ok(())
}

impl ConvertArgs {
    fn mapping(&self) -> anyhow::Result<Mapping> {
        match &self.map_file {
            None => Ok(Mapping::default()),
            Some(path) => Ok(Mapping::read(&read_source(path)?)?),
        }
    }

    /// Reads the criteria and, where something is to be proved, opens the dumps.
    fn work(&self, config: &ConfigArgs, output: &Output) -> anyhow::Result<Option<Work>> {
        let target = TargetArgs { output: self.output.clone(), split: None, quiet: self.quiet };
        let reads = Reads {
            criteria: &self.criteria,
            takes: Takes::All,
            further: self.map_file.as_deref(),
            target: Some(&target),
            passes: Passes::One,
        };
        if !self.prove {
            let asking = self.audience.ask(reads, config, output)?;
            return Ok(asking.map(|asking| Work {
                segments: asking.segments,
                account: asking.account,
                options: asking.options,
                audience: None,
            }));
        }
        let opened = self.audience.open(reads, config, output)?;
        Ok(opened.map(|(segments, audience)| Work {
            segments,
            account: audience.account.clone(),
            options: audience.options.clone(),
            audience: Some(audience),
        }))
    }

    fn converted(&self, asked: &Asked, work: &Work, mapping: &Mapping) -> Converted {
        let Options { as_of, zone, status, list, .. } = &work.options;
        let looking =
            Looking { one_status: *status != StatusChoice::OfSegment, one_list: list.is_some() };
        let exactness = match self.lossy {
            None => Exactness::Exact,
            Some(Lossy::Nearest) => Exactness::Nearest,
            Some(Lossy::Wider) => Exactness::Towards(Direction::Wider),
            Some(Lossy::Narrower) => Exactness::Towards(Direction::Narrower),
        };
        // What is to be filled in is what an exact conversion would want.
        let exactness = if self.map_template { Exactness::Exact } else { exactness };
        let request = Request {
            from: asked.dialect,
            to: self.to,
            account: &work.account,
            mapping,
            as_of: *as_of,
            zone: *zone,
            looking,
            exactness,
            name: self.name.as_deref(),
        };
        Converted { result: convert(&asked.segment, &request), proof: None }
    }

    fn write_template(
        &self,
        all: &[Converted],
        account: &Account,
        output: &Output,
    ) -> anyhow::Result<Status> {
        let mut missing: Vec<(Section, String, String)> = Vec::new();
        for (section, from) in all.iter().flat_map(Converted::missing) {
            if !missing.iter().any(|(of, name, _)| of == section && name == from) {
                missing.push((*section, from.clone(), known_as(account, *section, from)));
            }
        }
        if missing.is_empty() && !self.quiet {
            say("summary", "the map file lacks nothing that could be filled in");
        }
        output.plain(|out| out.write_all(template(&missing).as_bytes()))?;
        Ok(Status::Fine)
    }

    fn write_criteria(
        &self,
        all: &[Converted],
        segments: &[Asked],
        output: &Output,
    ) -> anyhow::Result<()> {
        let texts: Vec<String> =
            all.iter().filter_map(Converted::made).map(|made| made.text.clone()).collect();
        let texts = match self.escaped {
            true => texts.iter().map(|text| escaped(text)).collect::<anyhow::Result<_>>()?,
            false => texts,
        };
        let Some(folder) = &self.output_dir else {
            return match texts.as_slice() {
                [one] => self.write(one, output),
                several if self.escaped => self.write(&several.concat(), output),
                several => {
                    let list = SourceFile::new("", format!("[{}]", several.join(",")).into());
                    let list = dialect::format(&list, Some(self.to));
                    let Ok(list) = list else { bail!("the segments can't be put into a list") };
                    self.write(&list, output)
                }
            };
        };
        let labels: Vec<String> = segments.iter().map(|asked| asked.label.clone()).collect();
        let path = |name: &String| folder.join(format!("{name}.json"));
        let paths: Vec<PathBuf> = file_names(&labels).iter().map(path).collect();
        self.write_folder(folder, &paths, &texts)
    }

    fn write(&self, text: &str, output: &Output) -> anyhow::Result<()> {
        let Some(path) = &self.output else {
            return output.plain(|out| out.write_all(text.as_bytes()));
        };
        let written = || -> io::Result<()> {
            let mut sink = Sink::file(path)?;
            sink.write_all(text.as_bytes())?;
            sink.commit(&mut io::stdout())
        };
        written().with_context(|| format!("{} can't be written", path.display()))
    }

    fn write_folder(
        &self,
        folder: &Path,
        paths: &[PathBuf],
        texts: &[String],
    ) -> anyhow::Result<()> {
        for path in paths {
            let target = TargetArgs { output: Some(path.clone()), split: None, quiet: true };
            let read = self.criteria.iter().chain(&self.map_file).map(PathBuf::as_path);
            target.refuse_inputs(read)?;
        }
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} can't be made a folder", folder.display()))?;
        let mut sinks = Vec::new();
        for (path, text) in paths.iter().zip(texts) {
            let written = || -> io::Result<Sink> {
                let mut sink = Sink::file(path)?;
                sink.write_all(text.as_bytes())?;
                Ok(sink)
            };
            let failed = || format!("{} can't be written", path.display());
            sinks.push((written().with_context(failed)?, path));
        }
        let count = sinks.len();
        for (sink, path) in sinks {
            let failed = || format!("{} can't be written", path.display());
            sink.commit(&mut io::sink()).with_context(failed)?;
        }
        if !self.quiet {
            let noun = if count == 1 { "file" } else { "files" };
            say("summary", format_args!("{count} {noun} in {}", folder.display()));
        }
        Ok(())
    }
}

/// Criteria as the vendor's endpoint takes them.
fn escaped(text: &str) -> anyhow::Result<String> {
    let file = SourceFile::new("converted", text.into());
    let Ok(envelopes) = escape(&file, None) else {
        bail!("the criteria are too long for the vendor's string");
    };
    Ok(envelopes.iter().map(|envelope| format!("{}\n", envelope.text)).collect())
}

/// What the account knows of something that is to be mapped.
fn known_as(account: &Account, section: Section, from: &str) -> String {
    let known = match section {
        Section::Campaigns => account.campaign(from).and_then(|campaign| campaign.name.as_deref()),
        Section::Lists => account.list_names().name_of(from),
        Section::Tags => account.tag_names().name_of(from),
        Section::Fields => account.field_named(from).map(|def| def.kind.name()),
    };
    known.unwrap_or_default().replace(['\n', '\r'], " ")
}
