//! What all commands that put criteria to dumps share: from flags to segments and opened dumps.

use super::asked::{Asked, Criteria, Takes, from_stdin};
use super::catalog_args::CatalogDirArgs;
use super::effort_args::effort_of;
use super::status::say;
use super::summary::LeftOut;
use super::{
    AccountArgs, BadRowArgs, ConfigArgs, DialectArgs, DumpArgs, EffortArgs, Output, ReadingArgs,
    SwitchArgs, TargetArgs, TimeArgs,
};
use crate::account::Account;
use crate::answer::subject::Dumps;
use crate::catalog::reference;
use crate::config::{Clock, Files, Key, Layer, NAME, Resolved, Settings, Sourced};
use crate::dump::{Activities, ContactOptions, Contacts, Input, InputPath};
use crate::engine::{Effort, Options, Progress, Summary};
use crate::output::Rejects;
use crate::value::Instant;
use anyhow::bail;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant as Clockwork;

/// The flags of a command that puts criteria to dumps.
#[derive(Debug, Clone, Args)]
pub struct AudienceArgs {
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
    pub catalog: CatalogDirArgs,

    #[command(flatten)]
    pub time: TimeArgs,

    #[command(flatten)]
    pub switches: SwitchArgs,

    #[command(flatten)]
    pub effort: EffortArgs,
}

/// What a command reads and writes besides dumps and account.
#[derive(Debug, Clone, Copy)]
pub struct Reads<'a> {
    /// The criteria files; `-` is standard input.
    pub criteria: &'a [PathBuf],
    /// How many of their segments the command takes.
    pub takes: Takes,
    /// One more file.
    pub further: Option<&'a Path>,
    /// Where it writes to, which can't be what it reads.
    pub target: Option<&'a TargetArgs>,
    /// How often each dump is read.
    pub passes: Passes,
}

/// How often a command reads each dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passes {
    /// Once, so that standard input will do.
    One,
    /// Several times.
    Several,
}

impl Reads<'_> {
    fn files(&self) -> impl Iterator<Item = &Path> + Clone {
        self.criteria.iter().map(PathBuf::as_path).chain(self.further)
    }
}

/// Segments and what is known of the account: all that can be had of criteria without dumps.
pub struct Asking {
    /// The segments, at least one.
    pub segments: Vec<Asked>,
    /// What is known of the account.
    pub account: Account,
    /// The instant, the zone and the switches.
    pub options: Options,
    /// All files that are read, standard input apart, and the dumps that could be.
    pub files: Vec<PathBuf>,
}

/// Opened dumps, ready to be put to criteria.
pub struct Audience {
    /// The contacts.
    pub contacts: Contacts,
    /// The tracked activities, where some were given.
    pub activities: Option<Activities>,
    /// What is known of the account.
    pub account: Account,
    /// The instant and the zone.
    pub clock: Clock,
    /// The criteria files; segments of the catalog by theirs.
    pub criteria: Vec<PathBuf>,
    /// All files that are read, standard input apart.
    pub files: Vec<PathBuf>,
    /// The files of dumps and account, each with what it holds.
    pub inputs: Vec<(Files, Input)>,
    /// The switches.
    pub options: Options,
    /// With how much effort the dumps are read.
    pub effort: Effort,
    /// Who takes rows that can't be read.
    pub rejects: Option<Arc<Mutex<Rejects>>>,
    bad_rows: BadRowArgs,
    /// When the command began.
    pub begun: Clockwork,
}

impl AudienceArgs {
    /// Reads the criteria and opens the dumps: the segments, at least one, and what they are to be
    /// put to. `None` when criteria are invalid, which has been said by then.
    ///
    /// # Errors
    ///
    /// A file can't be read, no contacts were given, or standard input is asked for twice.
    pub fn open(
        &self,
        reads: Reads<'_>,
        config: &ConfigArgs,
        output: &Output,
    ) -> anyhow::Result<Option<(Vec<Asked>, Audience)>> {
        let begun = Clockwork::now();
        let settings = self.settings(config)?;
        let criteria = criteria_files(&settings, reads.criteria)?;
        let reads = Reads { criteria: &criteria, ..reads };
        let clock = settings.clock();
        let mut files = settings.resolve();
        let read = self.check_inputs(&files, reads)?;
        let inputs = files.kinds().map(|(which, input)| (which, input.clone())).collect();
        let mut account = files.account()?;
        // A field that only the dump knows is right, so its header is looked at first; what is
        // wrong with the criteria is said all the same where the dump can't be opened.
        if settings.files(Files::Contacts).is_empty() {
            bail!(
                "no contacts were given: name them with --contacts FILE, or in a {NAME} under [dumps]"
            );
        }
        let again = reads.passes == Passes::Several;
        let rereadable = again || !settings.files(Files::Tracking).is_empty();
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
            inputs => Some(Activities::open(inputs, again)?),
        };
        settings.reading().check(&contacts, activities.as_ref(), false)?;
        let rejects = self.bad_rows.rejects()?.map(|rejects| Arc::new(Mutex::new(rejects)));
        if let Some(rejects) = &rejects {
            contacts.skip_bad_rows(rejects.clone());
            if let Some(activities) = &mut activities {
                activities.skip_bad_rows(rejects.clone());
            }
        }
        let audience = Audience {
            contacts,
            activities,
            account,
            clock,
            criteria: reads.criteria.to_vec(),
            files: read,
            inputs,
            options: self.options(clock),
            effort: effort_of(&settings),
            rejects,
            bad_rows: self.bad_rows.clone(),
            begun,
        };
        Ok(Some((segments, audience)))
    }

    /// Reads the criteria, for what can be said of them without dumps. `None` when they are invalid,
    /// which has been said by then.
    ///
    /// # Errors
    ///
    /// A file can't be read, or standard input is asked for twice.
    pub fn ask(
        &self,
        reads: Reads<'_>,
        config: &ConfigArgs,
        output: &Output,
    ) -> anyhow::Result<Option<Asking>> {
        let settings = self.settings(config)?;
        let criteria = criteria_files(&settings, reads.criteria)?;
        let reads = Reads { criteria: &criteria, ..reads };
        let clock = settings.clock();
        let mut files = settings.resolve();
        let read = self.check_inputs(&files, reads)?;
        let account = files.account()?;
        let criteria = Criteria::read(reads.criteria, &settings.context(&account, clock))?;
        if !criteria.say(output)? {
            return Ok(None);
        }
        let segments = criteria.segments(self.switches.segment.as_deref(), reads.takes)?;
        Ok(Some(Asking { segments, account, options: self.options(clock), files: read }))
    }

    /// Whether dumps are given, by flag or in the settings.
    ///
    /// # Errors
    ///
    /// The settings can't be read.
    pub fn has_contacts(&self, config: &ConfigArgs) -> anyhow::Result<bool> {
        Ok(!self.settings(config)?.files(Files::Contacts).is_empty())
    }

    /// All files that the flags name, those of `segkit.toml` apart.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> {
        let AccountArgs { fields, campaigns, links, lists, tags, segments } = &self.account;
        let account = [fields, campaigns, links, lists, tags, segments];
        account.into_iter().chain([&self.dumps.contacts, &self.dumps.tracking]).flatten()
    }

    fn options(&self, clock: Clock) -> Options {
        Options {
            as_of: clock.as_of,
            zone: clock.zone,
            window: self.switches.window.into(),
            negatives: self.switches.negatives.into(),
            status: self.switches.status(),
            list: self.switches.list.clone(),
            missing_columns: self.switches.missing_columns.into(),
        }
    }

    /// The settings: these flags over the file.
    fn settings(&self, config: &ConfigArgs) -> anyhow::Result<Settings> {
        self.settings_before(&CatalogDirArgs::default(), config)
    }

    /// The same, with a catalog that is named unless these flags name another.
    ///
    /// # Errors
    ///
    /// See [`ConfigArgs::settings`].
    pub fn settings_before(
        &self,
        before: &CatalogDirArgs,
        config: &ConfigArgs,
    ) -> anyhow::Result<Settings> {
        let mut layer = Layer::default();
        self.catalog.over(before).give(&mut layer);
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
        if let Some(target) = reads.target {
            target.refuse_inputs(files.iter().copied())?;
        }
        self.bad_rows.refuse(&files, reads.target)?;
        Ok(files.into_iter().map(Path::to_path_buf).collect())
    }
}

/// The criteria files that are meant, those of segments of the catalog among them.
pub(super) fn criteria_files(
    settings: &Settings,
    criteria: &[PathBuf],
) -> anyhow::Result<Vec<PathBuf>> {
    let file = |path: &PathBuf| reference::resolve(settings.catalog(), path);
    Ok(criteria.iter().map(file).collect::<Result<_, _>>()?)
}

fn file_of(input: &Input) -> Option<&Path> {
    match &input.path {
        InputPath::File(path) => Some(path),
        InputPath::Stdin | InputPath::Text { .. } => None,
    }
}

impl Audience {
    /// The dumps, for answers.
    pub fn dumps<'a>(&'a self, progress: &'a dyn Progress) -> Dumps<'a> {
        Dumps {
            contacts: &self.contacts,
            activities: self.activities.as_ref(),
            account: &self.account,
            options: &self.options,
            effort: self.effort,
            progress,
        }
    }

    /// Evaluates at another instant.
    pub fn set_as_of(&mut self, as_of: Instant) {
        self.clock.as_of = as_of;
        self.options.as_of = as_of;
    }

    /// Forgets what was left out so far: the dumps are going to be read anew.
    ///
    /// # Errors
    ///
    /// Rows are to be kept and not to be left out.
    pub fn begin_anew(&self) -> anyhow::Result<()> {
        if let (Some(rejects), Some(fresh)) = (&self.rejects, self.bad_rows.rejects()?) {
            *rejects.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        Ok(())
    }

    /// What was left out of the dumps, once they have been read, and makes the files of it appear. What
    /// later runs leave out isn't counted again.
    ///
    /// # Errors
    ///
    /// A file can't be written.
    pub fn left_out(&self) -> anyhow::Result<Option<LeftOut>> {
        self.rejects.as_deref().map(LeftOut::of).transpose()
    }

    /// Says what may change how an answer is taken: rows left out, and warnings of the run.
    ///
    /// # Errors
    ///
    /// A file of rejects can't be written.
    pub fn warn(&self, summary: &Summary) -> anyhow::Result<()> {
        if let Some(left_out) = self.left_out()? {
            left_out.say();
        }
        summary.warnings.iter().for_each(|warning| say("warning", warning));
        Ok(())
    }
}
