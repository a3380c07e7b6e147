//! `segkit export`: the members of a segment in the shapes of the vendors.

use super::asked::{Asked, Takes};
use super::audience::Audience;
use super::condition::{Unfit, further_condition, narrow};
use super::evaluation::EvaluationArgs;
use super::export_flags::{self, BodyArgs, ColumnArgs, ExportForm, PageArgs, SliceArgs};
use super::lists::Lists;
use super::{ConfigArgs, Output, Status};
use crate::account::Account;
use crate::criteria::Segment;
use crate::engine::StatusChoice;
use crate::output::{
    ActivityError, CcAddListMemberships, CcContactExports, CcContactList, CcContacts,
    CcEmailActivity, CcFileImport, CcJsonImport, CmSubscribers, ContactsCsv, ElMembers, Form,
    Limit, Slice, id_of,
};
use crate::report::text_of;
use anyhow::bail;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit export vip.json --form contacts-csv -c contacts.csv -o vip.csv
  segkit export vip.json --form contacts-csv -c contacts.csv --select email_address,first_name
  segkit export vip.json --form cm-subscribers -c subscribers.json --page 2 --page-size 100
  segkit export adults.json --form el-members -c members.jsonl --limit 100
  segkit export vip.json --form cc-add-list-memberships -c contacts.json --list-ids 79c8c292-6b94-45b5-b498-82321e35049e
  segkit export vip.json --form contacts-csv -c contacts.csv -o vip.csv.gz --split 10000

Exit status: 0 when done, 1 when the criteria are invalid, 2 when it could not be done.";

/// The flags of `export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ExportArgs {
    /// The criteria file; `-` is standard input
    #[arg(value_name = "CRITERIA")]
    criteria: PathBuf,

    #[command(flatten)]
    evaluation: EvaluationArgs,

    /// The shape
    #[arg(long, value_enum, value_name = "FORM")]
    form: ExportForm,

    #[command(flatten)]
    columns: ColumnArgs,

    #[command(flatten, next_help_heading = "cm-subscribers")]
    page: PageArgs,

    #[command(flatten, next_help_heading = "el-members")]
    slice: SliceArgs,

    #[command(flatten, next_help_heading = "Constant Contact")]
    body: BodyArgs,
}

impl ExportArgs {
    fn slice(&self) -> anyhow::Result<Slice> {
        Ok(Slice::new(self.slice.offset.unwrap_or(0), self.slice.limit.unwrap_or(10))?)
    }

    fn limit(&self) -> anyhow::Result<Limit> {
        Ok(Limit::new(self.slice.limit.unwrap_or(Limit::DEFAULT))?)
    }

    /// The lists named, by their ids where the account knows them.
    fn list_ids(&self, account: &Account) -> Vec<String> {
        let ids = self
            .body
            .list_ids
            .iter()
            .map(|list| id_of(account.list_names(), list.trim()).to_owned());
        ids.filter(|id| !id.is_empty()).collect()
    }

    /// Adds the further condition; false when it is invalid, which has been said by then.
    fn narrow(
        &self,
        narrowed: &mut Segment,
        evaluation: &Audience,
        output: &Output,
    ) -> anyhow::Result<bool> {
        let Some(path) = &self.slice.condition else { return Ok(true) };
        let file = super::read_source(path)?;
        match further_condition(&file, evaluation) {
            Ok(condition) => narrow(narrowed, condition),
            Err(Unfit::Invalid(findings)) => {
                output.error(|out| text_of(&file, &findings, out))?;
                return Ok(false);
            }
            Err(unfit) => bail!("{}: --condition {unfit}", file.name()),
        }
        Ok(true)
    }
}

/// The form asked for, with what it needs of the evaluation.
fn form(
    args: &ExportArgs,
    segment: &Segment,
    evaluation: &Audience,
) -> anyhow::Result<Box<dyn Form>> {
    let Audience { contacts, account, clock, .. } = evaluation;
    let target = &args.evaluation.target;
    let (select, body, most) = (&args.columns.select, &args.body, target.split);
    let segment_id = body.segment_id.as_deref();
    Ok(match args.form {
        ExportForm::ContactsCsv => {
            target.cut(Box::new(ContactsCsv::new(select, contacts, account, args.columns.bom)?))
        }
        ExportForm::CmSubscribers => {
            Box::new(CmSubscribers::new(args.page.page()?, clock.zone, contacts))
        }
        ExportForm::ElMembers => {
            Box::new(ElMembers::new(args.slice()?, clock.zone, account.tag_names().clone()))
        }
        ExportForm::CcContacts => {
            Box::new(CcContacts::new(args.limit()?.at_most(most), clock.zone, contacts, account))
        }
        ExportForm::CcContactList => {
            let name = body.name.as_deref().or(segment.name.as_deref());
            Box::new(CcContactList::new(name, body.description.as_deref(), body.favorite)?)
        }
        ExportForm::CcAddListMemberships => {
            Box::new(CcAddListMemberships::new(args.list_ids(account), most, contacts)?)
        }
        ExportForm::CcJsonImport => {
            let lists = args.list_ids(account);
            Box::new(CcJsonImport::new(select, &lists, most, contacts, account)?)
        }
        ExportForm::CcFileImport => Box::new(CcFileImport::new(select, most, contacts, account)?),
        ExportForm::CcContactExports => {
            let status = match args.evaluation.audience.switches.status() {
                StatusChoice::Only(word) => Some(word),
                StatusChoice::OfSegment | StatusChoice::All => None,
            };
            let status = status.as_deref();
            Box::new(CcContactExports::new(segment_id, select, status, clock.as_of)?)
        }
        ExportForm::CcEmailActivity => {
            let Some(path) = &body.activity else {
                bail!(
                    "the campaign activity is needed, as the vendor gave it: give --activity FILE"
                );
            };
            let file = super::read_source(path)?;
            let made = CcEmailActivity::new(file.text(), segment_id, &body.list_ids);
            Box::new(made.map_err(|error| match error {
                ActivityError::Segment(error) => anyhow::Error::from(error),
                error => anyhow::Error::from(error).context(file.name().to_owned()),
            })?)
        }
    })
}

/// Runs the command.
pub(super) fn run(
    args: &ExportArgs,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    let target = &args.evaluation.target;
    let ExportArgs { columns, page, slice, body, .. } = args;
    export_flags::check(args.form, columns, page, slice, body, target.split.is_some())?;
    // What can't be is said before anything is read.
    args.page.page()?;
    match args.form {
        ExportForm::ElMembers => args.slice().map(drop)?,
        ExportForm::CcContacts => args.limit().map(drop)?,
        _ => {}
    }
    let further = slice.condition.as_deref().or(body.activity.as_deref());
    let criteria = std::slice::from_ref(&args.criteria);
    let reads = (criteria, Takes::One, further);
    let Some((mut segments, evaluation)) = args.evaluation.open(reads, config, output)? else {
        return Ok(Status::Findings);
    };
    let [Asked { segment, .. }] = segments.as_mut_slice() else {
        bail!("{}: exactly one segment can be exported", args.criteria.display());
    };
    if !args.narrow(segment, &evaluation, output)? {
        return Ok(Status::Findings);
    }
    let lists = Lists::one(form(args, segment, &evaluation)?, target)?;
    evaluation.write(&segments, lists, &args.evaluation, output)
}
