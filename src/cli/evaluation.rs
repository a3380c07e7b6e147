//! What `eval` and `export` share: from flags to an opened evaluation, from that to a list that is
//! written whole or not at all.

use super::progress::Bar;
use super::status::say;
use super::summary::{LeftOut, Told};
use super::{
    AccountArgs, BadRowArgs, ConfigArgs, DialectArgs, DumpArgs, Output, ReadingArgs, Status,
    SwitchArgs, TargetArgs, TimeArgs, read_source,
};
use crate::account::Account;
use crate::config::{Clock, Files, Key, Layer, NAME, Resolved, Settings, Sourced};
use crate::criteria::Segment;
use crate::dialect::{SegmentReading, read_to_evaluate};
use crate::dump::{Activities, ContactOptions, Contacts, Input, InputPath};
use crate::engine::{Effort, Inputs, Options, Plan, evaluate};
use crate::finding::{Finding, Severity};
use crate::output::{Form, Member, Rejects};
use crate::report::{Checked, text_of};
use anyhow::{Context as _, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
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
    pub bad_rows: BadRowArgs,

    #[command(flatten)]
    pub account: AccountArgs,

    #[command(flatten)]
    pub dialect: DialectArgs,

    #[command(flatten)]
    pub time: TimeArgs,

    #[command(flatten)]
    pub switches: SwitchArgs,

    #[command(flatten)]
    pub target: TargetArgs,
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
    rejects: Option<Arc<Mutex<Rejects>>>,
    begun: Clockwork,
}

impl EvaluationArgs {
    /// Reads the criteria and opens the dumps. `None` when the criteria are invalid, which has
    /// been said by then. `further` is one more file that the command reads.
    ///
    /// # Errors
    ///
    /// A file can't be read, or standard input is asked for twice.
    pub fn open(
        &self,
        further: Option<&Path>,
        config: &ConfigArgs,
        output: &Output,
    ) -> anyhow::Result<Option<Evaluation>> {
        let begun = Clockwork::now();
        let settings = self.settings(config)?;
        let clock = settings.clock();
        let mut files = settings.resolve();
        self.check_inputs(&files, further)?;
        let mut account = files.account()?;
        // A field that only the dump knows is right, so its header is looked at first; what is
        // wrong with the criteria is said all the same where the dump can't be opened.
        if settings.files(Files::Contacts).is_empty() {
            bail!(
                "no contacts were given: name them with --contacts FILE, or in a {NAME} under [dumps]"
            );
        }
        let rereadable = !settings.files(Files::Tracking).is_empty();
        let options = ContactOptions { account: &account, rereadable };
        let opened =
            files.take(Files::Contacts).and_then(|inputs| Contacts::open(&inputs, &options));
        account.dump_columns = opened.as_ref().ok().map(|contacts| contacts.columns().to_vec());
        let file = read_source(&self.criteria)?;
        let reading = read_to_evaluate(&file, &settings.context(&account, clock));
        let checked = Checked { file, reading };
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
        let mut contacts = opened?;
        let mut activities = match files.take(Files::Tracking)?.as_slice() {
            [] => None,
            // One pass reads them; only the contacts may be wanted a second time.
            inputs => Some(Activities::open(inputs, false)?),
        };
        settings.reading().check(&contacts, activities.as_ref(), false)?;
        let rejects = self.bad_rows.rejects()?.map(|rejects| Arc::new(Mutex::new(rejects)));
        if let Some(rejects) = &rejects {
            contacts.skip_bad_rows(rejects.clone());
            if let Some(activities) = &mut activities {
                activities.skip_bad_rows(rejects.clone());
            }
        }
        let options = Options {
            as_of: clock.as_of,
            zone: clock.zone,
            window: self.switches.window.into(),
            negatives: self.switches.negatives.into(),
            status: self.switches.status(),
            list: self.switches.list.clone(),
            missing_columns: self.switches.missing_columns.into(),
        };
        Ok(Some(Evaluation {
            segment,
            contacts,
            activities,
            account,
            clock,
            options,
            rejects,
            begun,
        }))
    }

    /// The settings: these flags over the file.
    fn settings(&self, config: &ConfigArgs) -> anyhow::Result<Settings> {
        let mut layer = Layer::default();
        self.dialect.give(&mut layer);
        self.time.give(&mut layer);
        self.account.give(&mut layer);
        self.dumps.give(&mut layer);
        self.reading.give(&mut layer)?;
        // A segment that is looked at on one list is one of that list.
        layer.list = self.switches.list.clone().map(|list| Sourced::flag(list, Key::List));
        config.settings(layer)
    }

    /// Refuses what can't be: standard input in two places, an output that is an input.
    fn check_inputs(&self, files: &Resolved<'_>, further: Option<&Path>) -> anyhow::Result<()> {
        let dumps = files.inputs();
        let criteria = [Some(self.criteria.as_path()), further].into_iter().flatten();
        let from_stdin = dumps.clone().filter(|input| input.is_stdin()).count();
        if from_stdin + criteria.clone().filter(|path| path.as_os_str() == "-").count() > 1 {
            bail!("standard input (`-`) can be given only once");
        }
        let files: Vec<&Path> = dumps.filter_map(file_of).chain(criteria).collect();
        self.target.refuse_inputs(files.iter().copied())?;
        self.bad_rows.refuse(&files, &self.target)
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
        let mut list = target.list()?;
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
        let inputs = Inputs {
            contacts: &self.contacts,
            activities: self.activities.as_ref(),
            effort: Effort::default(),
        };
        let bar = Bar::new();
        let summary = evaluate(plan, inputs, &bar, &mut |_, _, row| {
            form.member(&Member::new(row, &places), &mut list)
        })?;
        form.finish(&mut list).context("the list can't be written")?;
        let left_out = self.rejects.map(|rejects| LeftOut::of(&rejects)).transpose()?;
        let parts = target.commit(list, output)?;
        let told = Told {
            left_out: left_out.as_ref(),
            summary: &summary,
            name: self.segment.name.as_deref(),
            as_of: self.clock.as_of,
            elapsed: self.begun.elapsed(),
        };
        form.remarks().iter().for_each(|remark| say("warning", remark));
        told.say(target.quiet);
        target.tell(&parts);
        Ok(Status::Fine)
    }
}
