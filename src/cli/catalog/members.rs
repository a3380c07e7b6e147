//! `segkit catalog members`: who is in a segment, as the vendor's endpoint answers it.

use super::args::Format;
use super::session::{At, Session};
use crate::catalog::{CatalogError, Done, Object, Refusal, State, Stop};
use crate::cli::asked::{Asked, Takes};
use crate::cli::audience::Audience;
use crate::cli::condition::{Unfit, further_condition, narrow};
use crate::cli::evaluation::EvaluationArgs;
use crate::cli::export_flags::PageArgs;
use crate::cli::lists::Lists;
use crate::cli::{Status, read_source};
use crate::criteria::Expr;
use crate::dialect::{Dialect, error_body_of};
use crate::finding::Kind;
use crate::output::{CcContacts, CmSubscribers, ElMembers, Form, Limit, Slice};
use crate::report::text_of;
use crate::source::SourceFile;
use anyhow::{Context as _, bail};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  segkit catalog members 16 -c contacts.csv -t activities.csv
  segkit catalog members 16 -c contacts.csv --limit 500 | jq '.contacts[].contact_id'
  segkit catalog members dba84a225d5ce3d19105d7257baac46f -c subscribers.json --page 2 --page-size 100
  segkit catalog members 6566f6392c16e71300b1b1e9 condition.json -c members.jsonl --offset 10 --limit 10

Exit status: 0 listed, 1 refused or the criteria are invalid, 2 could not be done.";

/// The flags of `members`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct MembersArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    /// EngageLab: the body of the request, a condition on fields and tags that members must pass as
    /// well; `-` is standard input
    #[arg(value_name = "FILE")]
    request: Option<PathBuf>,

    /// EngageLab: how many members to pass over [default: 0]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    offset: Option<String>,

    /// How many members a page holds. Constant Contact: 1 to 500 [default: 50], a page a line;
    /// EngageLab: 1 to 100 [default: 10]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    limit: Option<String>,

    #[command(flatten, next_help_heading = "Campaign Monitor")]
    page: PageArgs,

    #[command(flatten)]
    evaluation: EvaluationArgs,
}

/// Runs the verb.
pub(super) fn run(args: &MembersArgs, at: At<'_>) -> anyhow::Result<Status> {
    let audience = &args.evaluation.audience;
    let settings = audience.settings_before(at.before, at.config)?;
    let session = Session::of(settings, Format::Json, at)?;
    let mut found = None;
    let status = session.read(|state| {
        check(args, state)?;
        let file = state.find(&args.id)?.file;
        found = Some((state.dialect(), file.map(|file| state.catalog.path(&file))));
        Ok(Done::nothing())
    })?;
    let Some((dialect, file)) = found else { return Ok(status) };
    let file = file.context("the segment has no file")?;
    let further = args.request.as_deref();
    let reads = (std::slice::from_ref(&file), Takes::One, further);
    let Some((mut segments, evaluation)) = args.evaluation.open(reads, at.config, at.output)?
    else {
        return Ok(Status::Findings);
    };
    let [Asked { segment, .. }] = segments.as_mut_slice() else {
        bail!("{}: holds not exactly one segment", file.display());
    };
    if let Some(path) = further {
        let request = read_source(path)?;
        match condition(&request, &evaluation) {
            Ok(None) => {}
            Ok(Some(condition)) => narrow(segment, condition),
            Err(unfit) => {
                if let Unfit::Invalid(findings) = &unfit {
                    at.output.error(|out| text_of(&request, findings, out))?;
                }
                return session.read(|state| Err(refused(state, unfit)));
            }
        }
    }
    let lists = Lists::one(form(args, dialect, &evaluation)?, &args.evaluation.target)?;
    Ok(evaluation.write(&segments, lists, &args.evaluation, at.output)?.max(status))
}

/// Refuses what says nothing to the vendor: it would be ignored in silence.
fn only(args: &MembersArgs, dialect: Dialect) -> Result<(), CatalogError> {
    use Dialect::{CampaignMonitor, ConstantContact, EngageLab};
    let of_page = args.page.given().map(|(given, flag)| (given, flag, &[CampaignMonitor][..]));
    let flags: [(bool, &str, &[Dialect]); 4] = [
        (args.limit.is_some(), "--limit", &[ConstantContact, EngageLab]),
        (args.offset.is_some(), "--offset", &[EngageLab]),
        (args.request.is_some(), "FILE", &[EngageLab]),
        (args.evaluation.target.split.is_some(), "--split", &[ConstantContact]),
    ];
    let mut flags = of_page.into_iter().chain(flags);
    let stray = flags.find(|(given, _, of)| *given && !of.contains(&dialect));
    let Some((_, flag, _)) = stray else { return Ok(()) };
    Err(CatalogError::Usage(format!("{flag} says nothing to {dialect}'s list of members")))
}

/// Refuses what the vendor would, before a dump is opened.
fn check(args: &MembersArgs, state: &State<'_>) -> Result<(), Stop> {
    let dialect = state.dialect();
    only(args, dialect)?;
    let checked = match dialect {
        Dialect::ConstantContact => limit(args).map(drop),
        Dialect::EngageLab => slice(args).map(drop),
        Dialect::CampaignMonitor => {
            return args.page.page().map(drop).map_err(|error| {
                let (_, reason) = error.told();
                Refusal { body: error.body().to_string(), reason: reason.to_owned() }.into()
            });
        }
    };
    checked.map_err(|reason| state.refused(Kind::WrongType, reason))
}

fn limit(args: &MembersArgs) -> Result<Limit, String> {
    let limit = match args.limit.as_deref() {
        Some(text) => text.parse().unwrap_or(0),
        None => Limit::DEFAULT,
    };
    Limit::new(limit).map_err(|error| error.to_string())
}

fn slice(args: &MembersArgs) -> Result<Slice, String> {
    let slice = Slice::read(args.offset.as_deref(), args.limit.as_deref());
    slice.map_err(|error| error.message().to_owned())
}

/// The condition of a request; `None` where it has none, which is its right.
fn condition(request: &SourceFile, evaluation: &Audience) -> Result<Option<Expr>, Unfit> {
    let is_empty = Object::parse(request.text()).is_some_and(|body| body.is_empty());
    if is_empty { Ok(None) } else { further_condition(request, evaluation).map(Some) }
}

/// The vendor's refusal of a condition.
fn refused(state: &State<'_>, unfit: Unfit) -> Stop {
    match unfit {
        // The findings have been shown.
        Unfit::Invalid(findings) => match findings.first() {
            Some(first) => {
                let body = error_body_of(state.dialect(), first).to_string();
                Refusal { body, reason: String::new() }.into()
            }
            None => state.refused(Kind::WrongType, "the condition is invalid"),
        },
        unfit => state.refused(Kind::WrongType, format!("[condition]:{unfit}")),
    }
}

/// The vendor's form of a member list.
fn form(
    args: &MembersArgs,
    dialect: Dialect,
    evaluation: &Audience,
) -> anyhow::Result<Box<dyn Form>> {
    let Audience { contacts, account, clock, .. } = evaluation;
    match dialect {
        Dialect::ConstantContact => {
            let limit = limit(args).map_err(anyhow::Error::msg)?;
            let most = args.evaluation.target.split;
            Ok(Box::new(CcContacts::new(limit.at_most(most), clock.zone, contacts, account)))
        }
        Dialect::EngageLab => {
            let slice = slice(args).map_err(anyhow::Error::msg)?;
            Ok(Box::new(ElMembers::new(slice, clock.zone, account.tag_names().clone())))
        }
        Dialect::CampaignMonitor => {
            Ok(Box::new(CmSubscribers::new(args.page.page()?, clock.zone, contacts)))
        }
    }
}
