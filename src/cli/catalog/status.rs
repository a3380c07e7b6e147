//! `segkit catalog status`: what changed in a catalog since a revision, in words.

use super::session::At;
use crate::account::Account;
use crate::catalog::revision::{HEAD, Revision};
use crate::catalog::status::{self, Held, Reader};
use crate::catalog::{Catalog, Vendor, vendors};
use crate::cli::answer_args::{Answer, AnswerArgs};
use crate::cli::asked::Takes;
use crate::cli::audience::{Asking, Audience, AudienceArgs, Passes, Reads};
use crate::cli::progress::Bar;
use crate::cli::status::say;
use crate::cli::summary::Told;
use crate::cli::{ConfigArgs, Output, Status, TextFormat};
use crate::config::{NAME, Settings};
use crate::dialect::Context;
use crate::engine::Options;
use crate::english::Speaker;
use anyhow::bail;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  segkit catalog status
  segkit catalog status --since main
  segkit catalog status --since v1.2 -c contacts.csv -t activities.csv
  segkit catalog status --format json | jq -r '.changed[] | select(.what.criteria) | .file'

Exit status: 0 when nothing changed and no id stands twice, 1 when something did, 2 could not be done.";

/// The flags of `status`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct StatusArgs {
    /// The revision that the folder is compared with, as git names them
    #[arg(long, value_name = "REV", default_value = HEAD, allow_hyphen_values = true)]
    since: String,

    /// How to write what changed
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = TextFormat::Text)]
    format: TextFormat,

    #[command(flatten)]
    audience: AudienceArgs,

    #[command(flatten)]
    answer: AnswerArgs,
}

/// What is known of the account, with opened dumps where some were given.
enum Known {
    Dumps(Box<Audience>),
    Account(Box<Asking>),
}

/// Runs the verb.
pub(super) fn run(args: &StatusArgs, at: At<'_>) -> anyhow::Result<Status> {
    if args.audience.switches.segment.is_some() {
        bail!("--segment says nothing to status, which is about all segments");
    }
    let settings = args.audience.settings_before(at.before, at.config)?;
    let Some(folder) = settings.catalog() else {
        bail!("no catalog was named: give --catalog DIR, or say dir under [catalog] in a {NAME}");
    };
    let catalog = Catalog::open(folder)?;
    let since = Revision::read(folder, &args.since)?;
    let Some(known) = args.known(at.config, at.output)? else { return Ok(Status::Findings) };
    let answer = Answer::open(&args.answer)?;
    let mut changes = match vendor_of(&settings, &catalog, &since)? {
        Some(vendor) => changes(vendor, (&catalog, &since), &settings, &known)?,
        None => status::Changes::default(),
    };
    if let Known::Dumps(audience) = &known {
        let bar = Bar::new();
        if let Some(summary) = status::count(&mut changes, &audience.dumps(&bar))? {
            let left_out = audience.left_out()?;
            let told = Told {
                left_out: left_out.as_ref(),
                summary: &summary,
                segments: &[],
                as_of: audience.clock.as_of,
                elapsed: audience.begun.elapsed(),
            };
            told.say(true);
            if !args.answer.quiet {
                say("summary", format_args!("evaluated as of {}", audience.clock.as_of));
            }
        }
    }
    match args.format {
        TextFormat::Json => {
            let value = status::json(&changes, &since, known.parts().1.as_of);
            answer.write(at.output, |out| writeln!(out, "{value:#}"))?;
        }
        TextFormat::Text => {
            answer.write_styled(at.output, |out| status::text(&changes, &since.name, out))?;
        }
    }
    let same = changes.changed.is_empty() && changes.clashes.is_empty();
    Ok(if same { Status::Fine } else { Status::Findings })
}

impl StatusArgs {
    fn known(&self, config: &ConfigArgs, output: &Output) -> anyhow::Result<Option<Known>> {
        let target = self.answer.target();
        // The criteria are those of the catalog, of both moments.
        let reads = Reads {
            criteria: &[],
            takes: Takes::All,
            further: None,
            target: Some(&target),
            passes: Passes::One,
        };
        Ok(if self.audience.has_contacts(config)? {
            let opened = self.audience.open(reads, config, output)?;
            opened.map(|(_, audience)| Known::Dumps(Box::new(audience)))
        } else {
            let asking = self.audience.ask(reads, config, output)?;
            asking.map(|asking| Known::Account(Box::new(asking)))
        })
    }
}

impl Known {
    fn parts(&self) -> (&Account, &Options) {
        match self {
            Self::Dumps(audience) => (&audience.account, &audience.options),
            Self::Account(asking) => (&asking.account, &asking.options),
        }
    }
}

/// The vendor: that of the settings, else of the folder as it is, else as it was; `None` where there
/// neither is nor was a segment that tells.
fn vendor_of(
    settings: &Settings,
    catalog: &Catalog,
    since: &Revision,
) -> anyhow::Result<Option<&'static dyn Vendor>> {
    let dialect = match settings.dialect() {
        Some(dialect) => Some(dialect),
        None => match vendors::dialect_of(catalog)? {
            Some(dialect) => Some(dialect),
            None => since.dialect(),
        },
    };
    let found = catalog.names()?.len() + since.files.len();
    match dialect {
        Some(dialect) => Ok(Some(vendors::of(dialect)?)),
        None if found == 0 => Ok(None),
        None => bail!(
            "{}: holds no segment that tells its dialect: give --dialect, or say it in a {NAME}",
            catalog.folder().display()
        ),
    }
}

fn changes(
    vendor: &dyn Vendor,
    (catalog, since): (&Catalog, &Revision),
    settings: &Settings,
    known: &Known,
) -> anyhow::Result<status::Changes> {
    let (account, options) = known.parts();
    // Titles in use are those of the folder, which change with it; `check` looks for them.
    let account = Account { segments: None, ..account.clone() };
    let context = Context {
        account: &account,
        as_of: options.as_of,
        zone: options.zone,
        dialect: Some(vendor.dialect()),
    };
    let levels = |file: &std::path::Path| settings.levels(file);
    let reader = Reader { context, levels: &levels };
    let then: Vec<Held> = since
        .files
        .iter()
        .map(|(name, file)| Held::new(vendor.shape(), name.clone(), file.clone()))
        .collect();
    let now: Vec<Held> = catalog
        .held(vendor.shape())?
        .into_iter()
        .map(|(file, entry)| Held::of(file, entry))
        .collect();
    let speaker = Speaker { account: &account, options };
    Ok(status::changes(vendor, (&then, &now), &reader, speaker))
}
