//! What `eval` and `export` share: from flags to an opened evaluation, from that to a list that is
//! written whole or not at all.

use super::progress::Bar;
use super::status::say;
use super::summary::Told;
use super::{
    AccountArgs, Clock, DialectArgs, DumpArgs, LookupArgs, Output, Status, SwitchArgs, TargetArgs,
    TimeArgs,
};
use crate::account::Account;
use crate::criteria::Segment;
use crate::dialect::SegmentReading;
use crate::dump::{Activities, ContactOptions, Contacts, Input, InputPath};
use crate::engine::{Inputs, Options, Plan, evaluate};
use crate::finding::{Finding, Severity};
use crate::output::{Form, Member};
use crate::report::{Checked, text_of};
use anyhow::{Context as _, bail};
use clap::Args;
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
    /// been said by then. `further` is one more file that the command reads.
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
        self.check_inputs(further)?;
        let mut account = self.account.read()?;
        self.lookups.read_into(&mut account)?;
        // A field that only the dump knows is right, so its header is looked at first; what is
        // wrong with the criteria is said all the same where the dump can't be opened.
        let rereadable = !self.dumps.tracking.is_empty();
        let opened =
            Contacts::open(&self.dumps.contacts, &ContactOptions { account: &account, rereadable });
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
        let activities = match self.dumps.tracking.as_slice() {
            [] => None,
            // One pass reads them; only the contacts may be wanted a second time.
            inputs => Some(Activities::open(inputs, false)?),
        };
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

    /// Refuses what can't be: standard input in two places, an output that is an input.
    fn check_inputs(&self, further: Option<&Path>) -> anyhow::Result<()> {
        let dumps = self.dumps.contacts.iter().chain(&self.dumps.tracking);
        let dumps = dumps.chain(self.account.inputs()).chain(self.lookups.inputs());
        let criteria = [Some(self.criteria.as_path()), further].into_iter().flatten();
        let from_stdin = dumps.clone().filter(|input| input.is_stdin()).count();
        if from_stdin + criteria.clone().filter(|path| path.as_os_str() == "-").count() > 1 {
            bail!("standard input (`-`) can be given only once");
        }
        self.target.refuse_inputs(dumps.filter_map(file_of).chain(criteria))
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
        let inputs = Inputs { contacts: &self.contacts, activities: self.activities.as_ref() };
        let bar = Bar::new();
        let summary = evaluate(plan, inputs, &bar, &mut |_, row| {
            form.member(&Member::new(row, &places), &mut list)
        })?;
        form.finish(&mut list).context("the list can't be written")?;
        let parts = target.commit(list, output)?;
        let told = Told {
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
