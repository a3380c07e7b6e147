//! `segkit report`: one page to send to a colleague.

use super::audience::{Audience, Passes};
use super::progress::Bar;
use super::question_args::{Question, QuestionArgs};
use super::status::say;
use super::{ConfigArgs, Output, Status, read_source};
use crate::answer::funnel::funnels;
use crate::answer::growth::{growth, months_before};
use crate::answer::overlap::{Counter, Named, Overlap, Relations};
use crate::answer::sample::Sampler;
use crate::answer::subject::{Dumps, Subject};
use crate::criteria::Segment;
use crate::dump::InputPath;
use crate::engine::looked_at::tells;
use crate::engine::{AskedSegment, Outputs, Summary};
use crate::english::Speaker;
use crate::output::{Member, Select};
use crate::page::{Input, Page, Redact, Shown, Switch};
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::path::Path;

pub(super) const ABOUT: &str = "\
Write one self-contained HTML page about segments: in words, their size, what each rule costs, how \
they overlap, how they grew, some members, what the data are like, and what all of that was made from. \
It needs no network and no script, can be read on a phone, and printed.";

const EXAMPLES: &str = "\
Examples:
  segkit report vip.json -c contacts.csv -o report.html
  segkit report segments/*.json -c contacts.csv -t activities.csv --campaigns campaigns.csv \\
      --as-of 2024-06-01 --redact --title 'June' -o june.html
  segkit report vip.json -c contacts.csv --growth 12 --sample 0 > report.html

Exit status: 0 when done, 1 when criteria are invalid, 2 when it could not be done.";

/// The flags of `report`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ReportArgs {
    /// What the page is called [default: after the segments]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// Hide e-mail addresses: of each only the first character and the domain are shown
    #[arg(long)]
    redact: bool,

    /// How many members of each segment to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    sample: usize,

    /// The columns of members to show, separated by commas [default: contact_id, email and parts of
    /// the name, those that there are]
    #[arg(long, short = 's', value_name = "COLUMNS", value_delimiter = ',')]
    select: Vec<String>,

    /// Over how many months before as-of to show how the segments grew; each takes a scan of its own
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(..=120))]
    growth: u32,

    #[command(flatten)]
    question: QuestionArgs,
}

/// Runs the command.
pub(super) fn run(
    args: &ReportArgs,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    if args.question.criteria.iter().any(|path| path.as_os_str() == "-") {
        bail!("the page shows the criteria as they stand in their files: name one instead of `-`");
    }
    let Some(question) = args.question.open(Passes::Several, config, output)? else {
        return Ok(Status::Findings);
    };
    let Question { subjects, audience, answer } = question;
    let page = args.page(&subjects, &audience)?;
    answer.write(output, |out| out.write_all(page.as_bytes()))?;
    Ok(Status::Fine)
}

/// What one scan says of segments taken together.
struct Together {
    overlap: Option<Overlap>,
    /// The titles of the columns of members, and some members of each segment.
    titles: Vec<String>,
    members: Vec<Vec<Vec<String>>>,
    summary: Summary,
}

impl ReportArgs {
    fn page(&self, subjects: &[Subject], audience: &Audience) -> anyhow::Result<String> {
        let bar = Bar::new();
        let dumps = audience.dumps(&bar);
        let together = self.together(subjects, &dumps)?;
        let left_out = audience.left_out()?;
        let (funnels, _) = funnels(&dumps, subjects)?;
        let options = &audience.options;
        let instants = months_before(options.as_of, self.growth, options.zone);
        let growth =
            if self.growth > 0 { growth(&dumps, subjects, &instants)? } else { Vec::new() };
        let mut remarks = left_out.map(|left_out| left_out.lines()).unwrap_or_default();
        remarks.extend(together.summary.warnings.iter().map(ToString::to_string));
        remarks.iter().for_each(|remark| say("warning", remark));
        let labels: Vec<&str> = subjects.iter().map(|one| one.label.as_str()).collect();
        let title = match (&self.title, labels.as_slice()) {
            (Some(title), _) => title.clone(),
            (None, [only]) => (*only).to_owned(),
            (None, several) => format!("{} segments", several.len()),
        };
        let shown = subjects.iter().zip(&funnels).zip(&together.members);
        let segments = shown.map(|((subject, funnel), members)| Shown {
            subject,
            funnel,
            titles: &together.titles,
            members,
        });
        let page = Page {
            title: &title,
            segments: segments.collect(),
            speaker: Speaker { account: &audience.account, options },
            overlap: together.overlap.as_ref(),
            growth: &growth,
            summary: &together.summary,
            remarks,
            inputs: self.inputs(audience)?,
            switches: self.switches(audience),
            redact: if self.redact { Redact::Addresses } else { Redact::Nothing },
        };
        Ok(page.html())
    }

    /// Overlap and members, from one scan.
    fn together(&self, subjects: &[Subject], dumps: &Dumps<'_>) -> anyhow::Result<Together> {
        let select = if self.select.is_empty() {
            Select::default_for(dumps.contacts)
        } else {
            Select::named(self.select.iter().map(String::as_str), dumps.account)
        };
        let columns = select.columns.iter().map(|selected| selected.column.clone()).collect();
        let titles = select.columns.iter().map(|selected| selected.title.clone()).collect();
        let required = !self.select.is_empty();
        let wanted = Outputs { columns, required, ..Outputs::default() };
        let asked: Vec<_> = subjects.iter().map(|one| AskedSegment::of(&one.segment)).collect();
        let plan = dumps.plan(&asked, &wanted)?;
        let count = wanted.columns.len();
        let places: Vec<usize> = (0..count).map(|at| plan.output(at)).collect();
        let mut counter = Counter::new(subjects.len());
        let mut sampler = Sampler::new(subjects.len(), self.sample);
        let summary = dumps.evaluate(plan, &mut |_, segment, row| {
            counter.member(segment, row);
            let member = Member::new(row, &places);
            let cells = || (0..count).map(|at| member.joined(at, "; ").into_owned()).collect();
            sampler.member(segment, row.number(), cells);
            Ok(())
        })?;
        let counts = counter.finish(&summary);
        let segments: Vec<&Segment> = subjects.iter().map(|one| &one.segment).collect();
        let overlap = (subjects.len() > 1).then(|| {
            let relations =
                Relations::of(&segments, dumps.options, Some(&counts), tells(dumps.contacts));
            let segments = subjects.iter().map(|one| Named {
                label: one.label.clone(),
                file: one.file.clone(),
                dialect: one.dialect.short_name(),
            });
            let segments = segments.collect();
            Overlap { segments, as_of: dumps.options.as_of, counts: Some(counts), relations }
        });
        Ok(Together { overlap, titles, members: sampler.finish(), summary })
    }

    /// The files that were read.
    fn inputs(&self, audience: &Audience) -> anyhow::Result<Vec<Input>> {
        let bytes = |path: &Path| std::fs::metadata(path).ok().map(|found| found.len());
        let mut inputs = Vec::new();
        for path in &audience.criteria {
            let name = path.display().to_string();
            let text = Some(read_source(path)?.text().to_owned());
            inputs.push(Input { holds: "criteria", name, bytes: bytes(path), text });
        }
        inputs.extend(audience.inputs.iter().map(|(which, input)| {
            let bytes = match &input.path {
                InputPath::File(path) => bytes(path),
                _ => None,
            };
            Input { holds: which.name(), name: input.name(), bytes, text: None }
        }));
        Ok(inputs)
    }

    /// The switches in force.
    fn switches(&self, audience: &Audience) -> Vec<Switch> {
        fn word(value: impl ValueEnum) -> String {
            value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
        }
        let switches = &self.question.audience.switches;
        let options = &audience.options;
        let of_segment = || "as each segment has it".to_owned();
        [
            ("--as-of", options.as_of.to_string()),
            ("--timezone", options.zone.to_string()),
            ("--window", word(switches.window)),
            ("--negatives", word(switches.negatives)),
            ("--status", switches.status.clone().unwrap_or_else(of_segment)),
            ("--list", switches.list.clone().unwrap_or_else(of_segment)),
            ("--missing-columns", word(switches.missing_columns)),
            ("--on-bad-row", word(self.question.audience.bad_rows.on_bad_row)),
        ]
        .map(|(flag, value)| Switch { flag, value })
        .into()
    }
}
