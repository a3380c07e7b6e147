//! `segkit export`: the members of a segment in the shapes of the vendors.

use super::evaluation::{Evaluation, EvaluationArgs};
use super::{ConfigArgs, Output, Status};
use crate::criteria::Expr;
use crate::dialect::{Context, Dialect, read};
use crate::output::{CmSubscribers, ContactsCsv, ElMembers, Form, Page, Slice};
use crate::report::text_of;
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit export vip.json --form contacts-csv -c contacts.csv -o vip.csv
  segkit export vip.json --form contacts-csv -c contacts.csv --select email_address,first_name
  segkit export vip.json --form cm-subscribers -c subscribers.json --page 2 --page-size 100
  segkit export adults.json --form el-members -c members.jsonl --limit 100

Exit status: 0 when done, 1 when the criteria are invalid, 2 when it could not be done.";

/// The flags of `export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ExportArgs {
    #[command(flatten)]
    evaluation: EvaluationArgs,

    /// The shape
    #[arg(long, value_enum, value_name = "FORM")]
    form: ExportForm,

    /// contacts-csv: columns by the vendor's request names (email_address, first_name, …), titles,
    /// or names of custom fields [default: all that there are]
    #[arg(long, short = 's', value_name = "COLUMNS", value_delimiter = ',')]
    select: Vec<String>,

    #[command(flatten, next_help_heading = "cm-subscribers")]
    page: PageArgs,

    #[command(flatten, next_help_heading = "el-members")]
    slice: SliceArgs,
}

/// Flags of `cm-subscribers`.
#[derive(Debug, Args)]
struct PageArgs {
    /// Only those whose Date is on or after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// The page, from 1 [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    page: Option<i64>,
    /// Subscribers a page, 10 to 1000 [default: 1000]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    page_size: Option<i64>,
    /// email, name or date [default: date]
    #[arg(long, value_name = "FIELD")]
    order_field: Option<String>,
    /// asc or desc [default: asc]
    #[arg(long, value_name = "DIRECTION")]
    order_direction: Option<String>,
    /// With ConsentToTrack
    #[arg(long)]
    include_tracking_preference: bool,
}

/// Flags of `el-members`.
#[derive(Debug, Args)]
struct SliceArgs {
    /// Members to skip [default: 0]
    #[arg(long, value_name = "N")]
    offset: Option<u64>,
    /// Members to list, 1 to 100 [default: 10]
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// A file with a further condition (fields and tags only) that must hold as well
    #[arg(long, value_name = "FILE")]
    condition: Option<PathBuf>,
}

/// The shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportForm {
    /// Constant Contact's contact export file
    ContactsCsv,
    /// Campaign Monitor's page of a segment's active subscribers
    CmSubscribers,
    /// EngageLab's segment member list
    ElMembers,
}

impl ExportArgs {
    /// Refuses flags that say nothing to the form asked for: they would be ignored in silence.
    fn check_flags(&self) -> anyhow::Result<()> {
        use ExportForm::{CmSubscribers, ContactsCsv, ElMembers};
        let (page, slice) = (&self.page, &self.slice);
        let flags = [
            (!self.select.is_empty(), "--select", ContactsCsv),
            (page.date.is_some(), "--date", CmSubscribers),
            (page.page.is_some(), "--page", CmSubscribers),
            (page.page_size.is_some(), "--page-size", CmSubscribers),
            (page.order_field.is_some(), "--order-field", CmSubscribers),
            (page.order_direction.is_some(), "--order-direction", CmSubscribers),
            (page.include_tracking_preference, "--include-tracking-preference", CmSubscribers),
            (slice.offset.is_some(), "--offset", ElMembers),
            (slice.limit.is_some(), "--limit", ElMembers),
            (slice.condition.is_some(), "--condition", ElMembers),
        ];
        let stray = flags.into_iter().find(|&(given, _, form)| given && form != self.form);
        if let Some((_, flag, form)) = stray {
            let form = form.to_possible_value();
            let form = form.as_ref().map_or("", |form| form.get_name());
            bail!("{flag} goes with --form {form} only");
        }
        Ok(())
    }

    fn page(&self) -> anyhow::Result<Page> {
        let args = &self.page;
        Ok(Page::new(
            args.date.as_deref(),
            args.page.unwrap_or(1),
            args.page_size.unwrap_or(1000),
            args.order_field.as_deref().unwrap_or("date"),
            args.order_direction.as_deref().unwrap_or("asc"),
            args.include_tracking_preference,
        )?)
    }

    fn slice(&self) -> anyhow::Result<Slice> {
        Ok(Slice::new(self.slice.offset.unwrap_or(0), self.slice.limit.unwrap_or(10))?)
    }

    /// Adds the further condition; false when it is invalid, which has been said by then.
    fn narrow(&self, evaluation: &mut Evaluation, output: &Output) -> anyhow::Result<bool> {
        let Some(path) = &self.slice.condition else { return Ok(true) };
        let file = super::read_source(path)?;
        let context = Context {
            account: &evaluation.account,
            as_of: evaluation.clock.as_of,
            zone: evaluation.clock.zone,
            dialect: Some(Dialect::EngageLab),
        };
        let mut reading = read(&file, &context);
        reading.findings.retain(|finding| finding.is_error());
        if !reading.findings.is_empty() {
            output.error(|out| text_of(&file, &reading.findings, out))?;
            return Ok(false);
        }
        let mut conditions = reading.segments.into_iter().filter_map(|segment| segment.segment);
        let (Some(condition), None) = (conditions.next(), conditions.next()) else {
            bail!("{}: --condition wants exactly one condition", file.name());
        };
        let mut engaged = false;
        condition.expr.for_each_test(&mut |_, test| {
            engaged |= matches!(test, crate::criteria::Test::Engaged(_));
        });
        if engaged {
            bail!("{}: --condition takes fields and tags only, no campaign", file.name());
        }
        let segment = std::mem::replace(&mut evaluation.segment.expr, Expr::All(Vec::new()));
        // The condition's rules are numbered on from the segment's.
        let mut rules = 0;
        segment.for_each_test(&mut |rule, _| rules = rules.max(rule.0 + 1));
        evaluation.segment.expr = Expr::All(vec![segment, condition.expr.numbered_from(rules)]);
        Ok(true)
    }
}

/// Runs the command.
pub(super) fn run(
    args: &ExportArgs,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    args.check_flags()?;
    let (page, slice) = (args.page()?, args.slice()?);
    let Some(mut evaluation) =
        args.evaluation.open(args.slice.condition.as_deref(), config, output)?
    else {
        return Ok(Status::Findings);
    };
    if !args.narrow(&mut evaluation, output)? {
        return Ok(Status::Findings);
    }
    let zone = evaluation.clock.zone;
    let tags = evaluation.account.tag_names().clone();
    let mut form: Box<dyn Form> = match args.form {
        ExportForm::ContactsCsv => {
            let Evaluation { contacts, account, .. } = &evaluation;
            Box::new(ContactsCsv::new(&args.select, contacts, account)?)
        }
        ExportForm::CmSubscribers => Box::new(CmSubscribers::new(page, zone)),
        ExportForm::ElMembers => Box::new(ElMembers::new(slice, zone, tags)),
    };
    evaluation.write(form.as_mut(), &args.evaluation.target, output)
}
