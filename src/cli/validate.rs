//! `segkit validate`: what is wrong with criteria files, and where.

use super::audience::criteria_files;
use super::catalog_args::CatalogDirArgs;
use super::effort_args::effort_of;
use super::fix::{FixArgs, Fixing};
use super::status::{complain, say};
use super::{ConfigArgs, Output, ReportFormat, SettingsArgs, Status, read_source};
use crate::config::{Loaded, Resolved};
use crate::finding::{Finding, Levels, Severity};
use crate::lint::{self, Dumps};
use crate::report::{self, Checked, Summary};
use crate::source::SourceFile;
use anyhow::bail;
use clap::Args;
use hashbrown::HashSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  segkit validate vip.json
  segkit validate --format 277 --fields customfields.json segments/*.json
  segkit validate --format concise --deny warnings segments/*.json
  segkit unescape body.json | segkit validate --dialect cc -
  segkit validate --format text vip.json --contacts contacts.csv --tracking activities.csv
  segkit validate --fix segments/*.json
  segkit validate --fix --diff vip.json
  segkit validate --format json vip.json | jq '.files[].findings[].name'

Exit status: 0 when no file has an error, 1 when one has (or what --deny names),
2 when a file can't be read; the others are checked all the same. With --fix, what remains counts.";

/// The flags of `validate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ValidateArgs {
    /// Criteria files: JSON or JSON Lines; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// How to write what was found [default: text on a terminal, else 277]
    #[arg(long, short = 'f', value_name = "FORMAT")]
    format: Option<ReportFormat>,

    #[command(flatten)]
    fix: FixArgs,

    #[command(flatten)]
    catalog: CatalogDirArgs,

    #[command(flatten)]
    settings: SettingsArgs,
}

/// Runs the command.
pub(super) fn run(
    args: &ValidateArgs,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    let settings = args.settings.settings_with(config, |layer| args.catalog.give(layer))?;
    let files = settings.resolve();
    let paths = criteria_files(&settings, &args.files)?;
    check_stdin(&paths, &files)?;
    let clock = settings.clock();
    let Loaded { account, contacts, activities, warnings } = files.account_with_dumps()?;
    warnings.iter().for_each(|warning| say("warning", warning));
    let effort = effort_of(&settings);
    let context = settings.context(&account, clock);
    let dumps = contacts.as_ref().map(|contacts| Dumps {
        contacts,
        activities: activities.as_ref(),
        account: &account,
        effort,
    });
    let mut status = Status::Fine;
    let mut checked: Vec<Checked> = Vec::new();
    let mut levels_of = Vec::new();
    let mut fixing = args.fix.begin(output);
    for path in &paths {
        let levels = settings.levels(path);
        let check = |file: &SourceFile| match dumps {
            Some(dumps) => Ok(lint::check_over(file, &context, &levels, dumps)?),
            None => Ok(lint::check(file, &context, &levels)),
        };
        let one = match &mut fixing {
            Some(fixing) => fixing.mend(path, check),
            None => read_source(path).and_then(|file| {
                let reading = check(&file)?;
                Ok(Checked { file, reading })
            }),
        };
        match one {
            Ok(one) => {
                checked.push(one);
                levels_of.push(levels);
            }
            Err(error) if super::closed_pipe(&error) => return Err(error),
            Err(error) => {
                complain(&error);
                status = Status::Failed;
            }
        }
    }
    check_together(&mut checked, &levels_of);
    let aside = fixing.as_ref().is_some_and(Fixing::takes_output);
    let format = args.format.unwrap_or_else(|| ReportFormat::default_for(aside, output));
    format.write(&checked, aside, output)?;
    if format.is_a_vendors() {
        say_denied(&checked, output)?;
    }
    let found = if Summary::of(&checked).errors > 0 { Status::Findings } else { Status::Fine };
    let fixed = fixing.map_or(Status::Fine, |fixing| fixing.end());
    Ok(status.max(found).max(fixed))
}

/// Adds what shows only when all files are looked at. A file that was named twice is one.
fn check_together(checked: &mut [Checked], levels: &[Levels]) {
    let mut known = HashSet::new();
    let once: Vec<usize> = (0..checked.len())
        .filter(|&at| checked.get(at).is_some_and(|one| known.insert(whole_path(one.file.name()))))
        .collect();
    let files = once.iter().filter_map(|&at| checked.get(at));
    let found = lint::repeated_titles(files.map(|one| (&one.file, &one.reading)));
    for (nth, finding) in found {
        let Some(&at) = once.get(nth) else { continue };
        let (Some(one), Some(levels)) = (checked.get_mut(at), levels.get(at)) else { continue };
        let mut findings = vec![finding];
        levels.apply(&mut findings);
        one.reading.findings.append(&mut findings);
        one.reading.findings.sort_by_key(|finding| finding.span.start);
    }
}

/// The path that a file has from the root, where it is one.
fn whole_path(name: &str) -> PathBuf {
    Path::new(name).canonicalize().unwrap_or_else(|_| PathBuf::from(name))
}

/// Says on standard error what made the status 1 and no vendor would say: what was denied.
fn say_denied(checked: &[Checked], output: &Output) -> anyhow::Result<()> {
    let is_denied = |finding: &Finding| finding.severity == Severity::Error && !finding.is_error();
    let mut denied = checked.to_vec();
    for one in &mut denied {
        one.reading.findings.retain(is_denied);
    }
    output.error(|out| report::concise(&denied, out))
}

/// Refuses standard input in two places.
fn check_stdin(criteria: &[PathBuf], files: &Resolved<'_>) -> anyhow::Result<()> {
    let criteria = criteria.iter().filter(|path| path.as_os_str() == "-").count();
    if criteria + files.inputs().filter(|input| input.is_stdin()).count() > 1 {
        bail!("standard input can be read only once");
    }
    Ok(())
}
