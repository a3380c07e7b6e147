//! `segkit catalog members`: who is in a segment, as the vendor's endpoint answers it.

use super::answer;
use super::session::At;
use crate::account::Account;
use crate::catalog::state::{Facts, State};
use crate::catalog::{Catalog, Refusal, Stop, vendor};
use crate::cli::Status;
use crate::cli::asked::{Asked, Takes};
use crate::cli::audience::Audience;
use crate::cli::evaluation::EvaluationArgs;
use crate::cli::export_flags::PageArgs;
use crate::cli::lists::Lists;
use crate::cli::status::say;
use crate::config::NAME;
use crate::dialect::Dialect;
use crate::finding::{Kind, Levels};
use crate::output::{CcContacts, CmSubscribers, Form, Limit};
use anyhow::{Context as _, bail};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  segkit catalog members 16 -c contacts.csv -t activities.csv
  segkit catalog members 16 -c contacts.csv --limit 500 | jq '.contacts[].contact_id'
  segkit catalog members dba84a225d5ce3d19105d7257baac46f -c subscribers.json --page 2 --page-size 100

Exit status: 0 listed, 1 refused or the criteria are invalid, 2 could not be done.";

/// The flags of `members`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct MembersArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    /// How many members a page holds. Constant Contact: 1 to 500 [default: 50], a page a line
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
    let Some(folder) = settings.catalog() else {
        bail!("no catalog was named: give --catalog DIR, or say dir under [catalog] in a {NAME}");
    };
    let catalog = Catalog::open(folder)?;
    let dialect = settings.dialect().map_or_else(|| catalog.dialect(), |dialect| Ok(Some(dialect)));
    let dialect = dialect?.with_context(|| format!("{}: holds no segment", folder.display()))?;
    only(args, dialect)?;
    let (account, facts, levels) = (Account::default(), Facts::default(), Levels::default());
    let clock = settings.clock();
    let state = State::new(
        (&catalog, vendor::of(dialect)?),
        (&account, &facts),
        (clock.as_of, clock.zone),
        &levels,
    );
    let found = check(args, &state).and_then(|()| state.find(&args.id));
    let entry = match found {
        Ok(entry) => entry,
        Err(Stop::Failed(error)) => return Err(error.into()),
        Err(Stop::Refused(refusal)) => {
            let Refusal { body, reason } = *refusal;
            at.output.plain(|out| answer::json(&body, out))?;
            say("error", reason);
            return Ok(Status::Findings);
        }
    };
    let file = entry.file.as_deref().context("the segment has no file")?;
    let criteria = [catalog.path(file)];
    let reads = (criteria.as_slice(), Takes::One, None);
    let Some((segments, evaluation)) = args.evaluation.open(reads, at.config, at.output)? else {
        return Ok(Status::Findings);
    };
    let [Asked { .. }] = segments.as_slice() else {
        bail!("{file}: holds not exactly one segment");
    };
    let lists = Lists::one(form(args, dialect, &evaluation)?, &args.evaluation.target)?;
    evaluation.write(&segments, lists, &args.evaluation, at.output)
}

/// Refuses flags that say nothing to the vendor: they would be ignored in silence.
fn only(args: &MembersArgs, dialect: Dialect) -> anyhow::Result<()> {
    use Dialect::{CampaignMonitor, ConstantContact};
    let of_page = args.page.given().map(|(given, flag)| (given, flag, CampaignMonitor));
    let flags = [
        (args.limit.is_some(), "--limit", ConstantContact),
        (args.evaluation.target.split.is_some(), "--split", ConstantContact),
    ];
    let stray = of_page.into_iter().chain(flags).find(|(given, _, of)| *given && *of != dialect);
    match stray {
        Some((_, flag, of)) => bail!("{flag} says nothing to {dialect}'s members; it is {of}'s"),
        None => Ok(()),
    }
}

/// Refuses what the vendor would, before a dump is opened.
fn check(args: &MembersArgs, state: &State<'_>) -> Result<(), Stop> {
    match state.dialect() {
        Dialect::ConstantContact => {
            limit(args).map(drop).map_err(|reason| state.refused(Kind::WrongType, reason))
        }
        Dialect::CampaignMonitor => args.page.page().map(drop).map_err(|error| {
            let (_, reason) = error.told();
            Refusal { body: error.body().to_string(), reason: reason.to_owned() }.into()
        }),
        Dialect::EngageLab => Ok(()),
    }
}

fn limit(args: &MembersArgs) -> Result<Limit, String> {
    let limit = match args.limit.as_deref() {
        Some(text) => text.parse().unwrap_or(0),
        None => Limit::DEFAULT,
    };
    Limit::new(limit).map_err(|error| error.to_string())
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
        Dialect::CampaignMonitor => {
            Ok(Box::new(CmSubscribers::new(args.page.page()?, clock.zone, contacts)))
        }
        Dialect::EngageLab => {
            bail!("{dialect} has no `members`")
        }
    }
}
