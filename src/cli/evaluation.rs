//! What `eval` and `export` share: from flags to an opened evaluation, from that to a list that is
//! written whole or not at all.

use super::progress::Bar;
use super::summary::Told;
use super::{
    AccountArgs, Clock, DialectArgs, DumpArgs, LookupArgs, Output, ReadingArgs, Status, SwitchArgs,
    TargetArgs, TimeArgs,
};
use crate::account::Account;
use crate::criteria::Segment;
use crate::dialect::SegmentReading;
use crate::dump::{Activities, ContactOptions, Contacts, DumpError, Input, InputPath, MappedDump};
use crate::engine::{Inputs, Options, Plan, evaluate};
use crate::finding::{Finding, Severity};
use crate::output::sink::Sink;
use crate::output::{Form, Member};
use crate::report::{Checked, text_of};
use anyhow::{Context as _, bail};
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant as Clockwork;

/// The flags of a command that evaluates criteria.
#[derive(Debug, Args)]
pub struct EvaluationArgs {
    /// The criteria file; `-` is standard input
    #[arg(value_name = "CRITERIA")]
    pub criteria: PathBuf,

    #[command(flatten)]
    pub dumps: DumpArgs,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub account: AccountArgs,

    #[command(flatten)]
    pub lookups: LookupArgs,

    #[command(flatten)]
    pub dialect: DialectArgs,

    #[command(flatten)]
    pub time: TimeArgs,

    #[command(flatten)]
    pub switches: SwitchArgs,

    #[command(flatten)]
    pub target: TargetArgs,
}

/// The files that the flags mean, folders and patterns resolved, with all that is said of each.
struct Files {
    contacts: Result<Vec<Input>, DumpError>,
    tracking: Result<Vec<Input>, DumpError>,
    account: AccountArgs,
    lookups: LookupArgs,
}

/// Right criteria over opened dumps.
pub struct Evaluation {
    /// What is asked.
    pub segment: Segment,
    /// The dumps.
    pub contacts: Contacts,
    activities: Option<Activities>,
    /// What is known of the account.
    pub account: Account,
    /// The instant and the zone.
    pub clock: Clock,
    options: Options,
    begun: Clockwork,
}

impl EvaluationArgs {
    /// Reads the criteria and opens the dumps. `None` when the criteria are invalid, which has
    /// been said by then. `further` is one more file of criteria that the command reads.
    ///
    /// # Errors
    ///
    /// A file can't be read, or standard input is asked for twice.
    pub fn open(
        &self,
        further: Option<&Path>,
        output: &Output,
    ) -> anyhow::Result<Option<Evaluation>> {
        let begun = Clockwork::now();
        let clock = self.time.clock();
        let files = self.files()?;
        self.check_inputs(&files, further)?;
        let mut account = files.account.read()?;
        files.lookups.read_into(&mut account)?;
        // A field that only the dump knows is right, so its header is looked at first; what is
        // wrong with the criteria is said all the same where the dump can't be opened.
        let rereadable = !self.dumps.tracking.is_empty();
        let options = ContactOptions { account: &account, rereadable };
        let opened = files.contacts.and_then(|inputs| Contacts::open(&inputs, &options));
        account.dump_columns = opened.as_ref().ok().map(|contacts| contacts.columns().to_vec());
        let checked = self.dialect.read(&self.criteria, &account, clock)?;
        let said = |finding: &&Finding| finding.severity >= Severity::Warning;
        let findings: Vec<Finding> =
            checked.reading.findings.iter().filter(said).cloned().collect();
        if !findings.is_empty() {
            output.error(|out| text_of(&checked.file, &findings, out))?;
        }
        if findings.iter().any(Finding::is_error) {
            return Ok(None);
        }
        let reading = self.choose(&checked)?;
        let Some(segment) = reading.segment.clone() else {
            bail!("{}: the segment can't be evaluated", checked.file.name());
        };
        let contacts = opened?;
        let activities = match files.tracking?.as_slice() {
            [] => None,
            // One pass reads them; only the contacts may be wanted a second time.
            inputs => Some(Activities::open(inputs, false)?),
        };
        self.reading.check(&contacts, activities.as_ref())?;
        let options = Options {
            as_of: clock.as_of,
            zone: clock.zone,
            window: self.switches.window.into(),
            negatives: self.switches.negatives.into(),
            status: self.switches.status(),
            list: self.switches.list.clone(),
            missing_columns: self.switches.missing_columns.into(),
        };
        Ok(Some(Evaluation { segment, contacts, activities, account, clock, options, begun }))
    }

    /// The files that the flags mean. What is wrong with those of the dumps is said when they are
    /// opened, after what is wrong with the criteria.
    fn files(&self) -> anyhow::Result<Files> {
        let reading = &self.reading;
        let contacts = reading.mapping(MappedDump::Contacts)?;
        let tracking = reading.mapping(MappedDump::Activities)?;
        let plain = |inputs: &[Input]| reading.files(inputs, None);
        let holding = |key, mut inputs: Vec<Input>| {
            inputs.iter_mut().for_each(|input| input.holds = Some(key));
            inputs
        };
        Ok(Files {
            contacts: reading.files(&self.dumps.contacts, contacts),
            tracking: reading.files(&self.dumps.tracking, tracking),
            account: AccountArgs { fields: plain(&self.account.fields)? },
            lookups: LookupArgs {
                campaigns: plain(&self.lookups.campaigns)?,
                lists: holding("lists", plain(&self.lookups.lists)?),
                tags: holding("tags", plain(&self.lookups.tags)?),
            },
        })
    }

    /// Refuses what can't be: standard input in two places, an output that is an input.
    fn check_inputs(&self, files: &Files, further: Option<&Path>) -> anyhow::Result<()> {
        let dumps = files.contacts.iter().chain(&files.tracking).flatten();
        let dumps = dumps.chain(files.account.inputs()).chain(files.lookups.inputs());
        let criteria = [Some(self.criteria.as_path()), further].into_iter().flatten();
        let from_stdin = dumps.clone().filter(|input| input.is_stdin()).count();
        if from_stdin + criteria.clone().filter(|path| path.as_os_str() == "-").count() > 1 {
            bail!("standard input (`-`) can be given only once");
        }
        let Some(target) = self.target.output.as_deref() else { return Ok(()) };
        let files = dumps.filter_map(file_of).chain(criteria);
        for file in files {
            if same_file(file, target) {
                bail!("{}: is an input; it can't be written to as well", target.display());
            }
        }
        Ok(())
    }

    fn choose<'a>(&self, checked: &'a Checked) -> anyhow::Result<&'a SegmentReading> {
        let file = checked.file.name();
        let segments = &checked.reading.segments;
        let Some(wanted) = self.switches.segment.as_deref() else {
            return match segments.as_slice() {
                [one] => Ok(one),
                [] => bail!("{file}: holds no segment"),
                many => bail!(
                    "{file}: holds {} segments; choose one with --segment: {}",
                    many.len(),
                    names(many)
                ),
            };
        };
        let named = segments.iter().find(|segment| segment.name.as_deref() == Some(wanted));
        let numbered = || segments.get(wanted.parse::<usize>().ok()?.checked_sub(1)?);
        named.or_else(numbered).with_context(|| {
            format!("{file}: holds no segment `{wanted}`; there are {}", names(segments))
        })
    }
}

fn names(segments: &[SegmentReading]) -> String {
    let numbered = segments.iter().enumerate();
    let names = numbered.map(|(at, segment)| {
        segment.name.as_ref().map_or_else(|| (at + 1).to_string(), |name| format!("`{name}`"))
    });
    names.collect::<Vec<_>>().join(", ")
}

fn file_of(input: &Input) -> Option<&Path> {
    match &input.path {
        InputPath::File(path) => Some(path),
        InputPath::Stdin => None,
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

impl Evaluation {
    /// Evaluates and writes the members in a form.
    ///
    /// # Errors
    ///
    /// A dump can't be read to its end, or the list can't be written; then nothing is.
    pub fn write(
        self,
        form: &mut dyn Form,
        target: &TargetArgs,
        output: &Output,
    ) -> anyhow::Result<Status> {
        let file = target.output.as_deref().filter(|path| path.as_os_str() != "-");
        let mut sink = match file {
            None => Sink::standard(),
            Some(path) => {
                Sink::file(path).with_context(|| format!("{} can't be written", path.display()))?
            }
        };
        let outputs = form.wanted();
        let plan = Plan::new(
            &self.segment,
            &self.contacts,
            self.activities.as_ref(),
            &self.account,
            &self.options,
            &outputs,
        )?;
        let places: Vec<usize> = (0..outputs.columns.len()).map(|at| plan.output(at)).collect();
        let inputs = Inputs { contacts: &self.contacts, activities: self.activities.as_ref() };
        let bar = Bar::new();
        let summary = evaluate(plan, inputs, &bar, &mut |_, row| {
            form.member(&Member::new(row, &places), &mut sink)
        })?;
        let written = form.finish(&mut sink);
        written.context("the list can't be written")?;
        match file {
            Some(path) => sink
                .commit(&mut io::sink())
                .with_context(|| format!("{} can't be written", path.display()))?,
            None => output.plain(|out| sink.commit(out))?,
        }
        let told = Told {
            summary: &summary,
            name: self.segment.name.as_deref(),
            as_of: self.clock.as_of,
            elapsed: self.begun.elapsed(),
        };
        told.say(target.quiet);
        Ok(Status::Fine)
    }
}
