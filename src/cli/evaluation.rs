//! What `eval` and `export` share: from flags to an opened evaluation, from that to a list that is
//! written whole or not at all.

use super::asked::{Asked, Criteria, Takes, from_stdin};
use super::effort_args::effort_of;
use super::lists::Lists;
use super::progress::Bar;
use super::summary::{LeftOut, Told};
use super::timings::Timings;
use super::{
    AccountArgs, BadRowArgs, ConfigArgs, DialectArgs, DumpArgs, EffortArgs, Output, ReadingArgs,
    Status, SwitchArgs, TargetArgs, TimeArgs, TimingArgs,
};
use crate::account::Account;
use crate::config::{Clock, Files, Key, Layer, NAME, Resolved, Settings, Sourced};
use crate::dump::{Activities, ContactOptions, Contacts, Input, InputPath};
use crate::engine::{AskedSegment, Effort, Inputs, Options, Plan, evaluate};
use crate::output::{Member, Rejects};
use anyhow::{Context as _, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant as Clockwork;

/// The flags of a command that evaluates criteria.
#[derive(Debug, Args)]
pub struct EvaluationArgs {
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
    pub effort: EffortArgs,

    #[command(flatten)]
    pub timings: TimingArgs,

    #[command(flatten)]
    pub target: TargetArgs,
}

/// What a command reads besides dumps and account.
#[derive(Debug, Clone, Copy)]
pub struct Reads<'a> {
    /// The criteria files; `-` is standard input.
    pub criteria: &'a [PathBuf],
    /// How many of their segments the command takes.
    pub takes: Takes,
    /// One more file.
    pub further: Option<&'a Path>,
}

impl Reads<'_> {
    fn files(&self) -> impl Iterator<Item = &Path> + Clone {
        self.criteria.iter().map(PathBuf::as_path).chain(self.further)
    }
}

/// Opened dumps, ready to be put to criteria.
pub struct Evaluation {
    /// The dumps.
    pub contacts: Contacts,
    activities: Option<Activities>,
    /// What is known of the account.
    pub account: Account,
    /// The instant and the zone.
    pub clock: Clock,
    /// All files that are read, standard input apart.
    pub files: Vec<PathBuf>,
    options: Options,
    effort: Effort,
    rejects: Option<Arc<Mutex<Rejects>>>,
    begun: Clockwork,
}

impl EvaluationArgs {
    /// Reads the criteria and opens the dumps: the segments, at least one, and what they are to be
    /// put to. `None` when criteria are invalid, which has been said by then.
    ///
    /// # Errors
    ///
    /// A file can't be read, or standard input is asked for twice.
    pub fn open(
        &self,
        reads: Reads<'_>,
        config: &ConfigArgs,
        output: &Output,
    ) -> anyhow::Result<Option<(Vec<Asked>, Evaluation)>> {
        let begun = Clockwork::now();
        let settings = self.settings(config)?;
        let clock = settings.clock();
        let mut files = settings.resolve();
        let read = self.check_inputs(&files, reads)?;
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
        let criteria = Criteria::read(reads.criteria, &settings.context(&account, clock))?;
        if !criteria.say(output)? {
            return Ok(None);
        }
        let segments = criteria.segments(self.switches.segment.as_deref(), reads.takes)?;
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
        let evaluation = Evaluation {
            contacts,
            activities,
            account,
            clock,
            files: read,
            options,
            effort: effort_of(&settings),
            rejects,
            begun,
        };
        Ok(Some((segments, evaluation)))
    }

    /// The settings: these flags over the file.
    fn settings(&self, config: &ConfigArgs) -> anyhow::Result<Settings> {
        let mut layer = Layer::default();
        self.dialect.give(&mut layer);
        self.time.give(&mut layer);
        self.account.give(&mut layer);
        self.dumps.give(&mut layer);
        self.reading.give(&mut layer)?;
        self.effort.give(&mut layer);
        // A segment that is looked at on one list is one of that list.
        layer.list = self.switches.list.clone().map(|list| Sourced::flag(list, Key::List));
        config.settings(layer)
    }

    /// Refuses what can't be: standard input in two places, an output that is an input. Gives the
    /// files that are read.
    fn check_inputs(&self, files: &Resolved<'_>, reads: Reads<'_>) -> anyhow::Result<Vec<PathBuf>> {
        let dumps = files.inputs();
        let stdin = dumps.clone().filter(|input| input.is_stdin()).count();
        if stdin + from_stdin(reads.files()) > 1 {
            bail!("standard input (`-`) can be given only once");
        }
        let files: Vec<&Path> = dumps.filter_map(file_of).chain(reads.files()).collect();
        self.target.refuse_inputs(files.iter().copied())?;
        self.bad_rows.refuse(&files, &self.target)?;
        Ok(files.into_iter().map(Path::to_path_buf).collect())
    }
}

fn file_of(input: &Input) -> Option<&Path> {
    match &input.path {
        InputPath::File(path) => Some(path),
        InputPath::Stdin => None,
    }
}

impl Evaluation {
    /// Evaluates segments and writes their members. The lists have their forms.
    ///
    /// # Errors
    ///
    /// A dump can't be read to its end, or a list can't be written; then none is.
    pub fn write(
        self,
        segments: &[Asked],
        mut lists: Lists<'_>,
        args: &EvaluationArgs,
        output: &Output,
    ) -> anyhow::Result<Status> {
        let outputs = lists.wanted();
        let several = segments.len() > 1;
        let asked: Vec<AskedSegment<'_>> = segments
            .iter()
            .map(|Asked { label, segment }| {
                let name = several.then(|| Arc::from(label.as_str()));
                AskedSegment { segment, name }
            })
            .collect();
        let plan = Plan::of_all(
            &asked,
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
            effort: self.effort,
        };
        if args.timings.timings {
            lists.measure();
        }
        let opening = self.begun.elapsed();
        let bar = Bar::new();
        let summary = evaluate(plan, inputs, &bar, &mut |_, segment, row| {
            lists.member(segment, &Member::new(row, &places).of_segment(segment))
        })?;
        let (forming, evaluated) = (lists.spent(), Clockwork::now());
        lists.finish().context("the list can't be written")?;
        let left_out = self.rejects.map(|rejects| LeftOut::of(&rejects)).transpose()?;
        let written = lists.commit(output)?;
        let told = Told {
            left_out: left_out.as_ref(),
            summary: &summary,
            segments,
            as_of: self.clock.as_of,
            elapsed: self.begun.elapsed(),
        };
        written.warn();
        told.say(args.target.quiet);
        if !args.target.quiet {
            written.tell();
        }
        if args.timings.timings {
            let timings = Timings {
                opening,
                passes: &summary.spent,
                forming,
                writing: evaluated.elapsed(),
                total: self.begun.elapsed(),
                effort: self.effort,
            };
            timings.say();
        }
        Ok(Status::Fine)
    }
}
