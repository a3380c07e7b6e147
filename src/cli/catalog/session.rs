//! From flags to a verb done: the settings, the catalog and its vendor, the lock, the change, and the
//! answer.

use super::answer;
use super::args::{CatalogArgs, Format, LockArgs, PlaceArgs};
use crate::account::Account;
use crate::catalog::state::{Facts, Said};
use crate::catalog::{
    Catalog, CatalogError, Change, Done, Lock, Refusal, Request, State, Stop, Vendor, Verdict,
    vendors,
};
use crate::cli::catalog_args::CatalogDirArgs;
use crate::cli::status::say;
use crate::cli::{ConfigArgs, Output, Status};
use crate::config::{Clock, Loaded, NAME, Settings};
use crate::dialect::{self, Context, Dialect};
use crate::finding::{Finding, Levels, Severity};
use crate::report::text_of;
use crate::source::SourceFile;
use anyhow::bail;
use std::path::{Path, PathBuf};

/// Where a verb is run.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The folder that was named before the verb.
    pub before: &'a CatalogDirArgs,
    /// Which `segkit.toml` holds.
    pub config: &'a ConfigArgs,
    /// Where results go.
    pub output: &'a Output,
}

/// What a verb is done with.
pub struct Session<'a> {
    format: Format,
    output: &'a Output,
    folder: PathBuf,
    settings: Settings,
    clock: Clock,
    facts: Facts,
    levels: Levels,
}

impl<'a> Session<'a> {
    /// Reads the settings.
    ///
    /// # Errors
    ///
    /// A `segkit.toml` can't be read, or no catalog was named.
    pub fn open(args: &CatalogArgs, at: At<'a>) -> anyhow::Result<Self> {
        Self::at(&args.place, args.format, at)
    }

    /// The same for a verb that has forms of its own.
    ///
    /// # Errors
    ///
    /// See [`Session::open`].
    pub fn at(args: &PlaceArgs, format: Format, at: At<'a>) -> anyhow::Result<Self> {
        let folder = args.folder.over(at.before);
        Self::of(args.settings.settings_with(at.config, |layer| folder.give(layer))?, format, at)
    }

    /// The same with settings that have been read: those of a verb that evaluates have other flags.
    ///
    /// # Errors
    ///
    /// No catalog was named.
    pub fn of(settings: Settings, format: Format, at: At<'a>) -> anyhow::Result<Self> {
        let Some(folder) = settings.catalog().map(Path::to_path_buf) else {
            bail!(
                "no catalog was named: give --catalog DIR, or say dir under [catalog] in a {NAME}"
            );
        };
        let facts = Facts {
            user_id: settings.user_id(),
            list: settings.list().map(str::to_owned),
            limit: settings.catalog_limit(),
            rule_limit: settings.rule_limit(),
        };
        let (clock, levels) = (settings.clock(), settings.levels(&folder));
        Ok(Self { format, output: at.output, folder, settings, clock, facts, levels })
    }

    /// The dialect of a request, by its shape; `None` where that tells nothing.
    pub fn told(&self, request: &Request) -> Option<Dialect> {
        let Clock { as_of, zone } = self.clock;
        let context = Context { account: &Account::default(), as_of, zone, dialect: None };
        Some(dialect::read(&request.file, &context).segments.first()?.dialect)
    }

    /// Does a verb that changes nothing, and looks at nothing but the catalog.
    ///
    /// # Errors
    ///
    /// It could not be done.
    pub fn read(&self, verb: impl FnOnce(&State<'_>) -> Verdict) -> anyhow::Result<Status> {
        let catalog = self.catalog()?;
        let (vendor, account) = (self.vendor(&catalog, None)?, Account::default());
        let state = self.state((&catalog, vendor), &account);
        let verdict = verb(&state);
        let said = state.take_said();
        // What was left out of an answer must show to who doesn't look at standard error.
        let whole = if said.is_empty() { Status::Fine } else { Status::Findings };
        Ok(self.finish(said, verdict)?.max(whole))
    }

    /// Does a verb that writes, with the lock from the first look to the last write.
    ///
    /// # Errors
    ///
    /// It could not be done, or somebody else writes.
    pub fn write(
        &self,
        lock: (&str, &LockArgs),
        verb: impl Fn(&State<'_>) -> Verdict,
    ) -> anyhow::Result<Status> {
        self.catalog()?;
        self.begin(lock, None, verb)
    }

    /// The same for a verb that checks nothing against the account, which isn't read.
    ///
    /// # Errors
    ///
    /// See [`Session::write`].
    pub fn record(
        &self,
        lock: (&str, &LockArgs),
        verb: impl FnOnce(&State<'_>) -> Verdict,
    ) -> anyhow::Result<Status> {
        self.change(&self.catalog()?, lock, (&Account::default(), None), verb)
    }

    /// The same for a verb that may begin a catalog: where there is no folder it is made, and where no
    /// segment tells its dialect it is that of what it begins with. In a new place the verb is tried
    /// first, so that one that is refused leaves no trace there.
    ///
    /// # Errors
    ///
    /// See [`Session::write`].
    pub fn begin(
        &self,
        lock: (&str, &LockArgs),
        first: Option<Dialect>,
        verb: impl Fn(&State<'_>) -> Verdict,
    ) -> anyhow::Result<Status> {
        let account = self.account()?;
        let place = self.place()?;
        if place.is_new() {
            let state = self.state((&place, self.vendor(&place, first)?), &account);
            let tried = verb(&state);
            if !matches!(&tried, Ok(done) if done.changes()) {
                return self.finish(state.take_said(), tried);
            }
        }
        self.change(&self.made()?, lock, (&account, first), verb)
    }

    fn change(
        &self,
        catalog: &Catalog,
        lock: (&str, &LockArgs),
        (account, first): (&Account, Option<Dialect>),
        verb: impl FnOnce(&State<'_>) -> Verdict,
    ) -> anyhow::Result<Status> {
        let mut verdict = None;
        self.locked((catalog, account), lock, first, |lock, state| {
            let done = verb(state);
            if let Ok(Done { change, .. }) = &done {
                match change {
                    Change::None => {}
                    Change::Put(entry) => drop(catalog.put(lock, entry)?),
                    Change::Remove(entry) => catalog.remove(lock, entry)?,
                }
            }
            verdict = Some((state.take_said(), done));
            Ok(())
        })?;
        match verdict {
            Some((said, verdict)) => self.finish(said, verdict),
            None => Ok(Status::Fine),
        }
    }

    /// Does what a verb does with the lock. The account has been read before, so that others don't wait
    /// for that.
    ///
    /// # Errors
    ///
    /// It could not be done, or somebody else writes.
    pub fn locked(
        &self,
        (catalog, account): (&Catalog, &Account),
        (name, lock): (&str, &LockArgs),
        first: Option<Dialect>,
        work: impl FnOnce(&Lock, &State<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let lock = Lock::take(&self.folder, name, lock.lock_wait)?;
        let vendor = self.vendor(catalog, first)?;
        work(&lock, &self.state((catalog, vendor), account))
    }

    /// The account that the settings name.
    ///
    /// # Errors
    ///
    /// A file of it can't be read.
    pub fn account(&self) -> anyhow::Result<Account> {
        let Loaded { account, warnings, .. } = self.settings.resolve().account_with_dumps()?;
        warnings.iter().for_each(|warning| say("warning", warning));
        Ok(account)
    }

    /// The weights of findings in a file.
    pub fn levels(&self, file: &Path) -> Levels {
        self.settings.levels(file)
    }

    /// The folder of the catalog.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The catalog, which must be there.
    ///
    /// # Errors
    ///
    /// It isn't.
    pub fn catalog(&self) -> Result<Catalog, CatalogError> {
        Catalog::open(&self.folder)
    }

    /// The catalog, or what could become one.
    ///
    /// # Errors
    ///
    /// Something else is there.
    pub fn place(&self) -> Result<Catalog, CatalogError> {
        Catalog::planned(&self.folder)
    }

    /// The catalog, which is made where it isn't there.
    ///
    /// # Errors
    ///
    /// It can't be made.
    pub fn made(&self) -> Result<Catalog, CatalogError> {
        Catalog::make(&self.folder)
    }

    /// The vendor of the catalog: the one of the settings, else that of its files, else that of what
    /// it is begun with.
    ///
    /// # Errors
    ///
    /// Nothing tells it, or it has no catalog.
    pub fn vendor(
        &self,
        catalog: &Catalog,
        first: Option<Dialect>,
    ) -> anyhow::Result<&'static dyn Vendor> {
        let dialect = match self.settings.dialect() {
            Some(dialect) => Some(dialect),
            None => vendors::dialect_of(catalog)?.or(first),
        };
        let Some(dialect) = dialect else {
            bail!(
                "{}: holds no segment that tells its dialect: give --dialect, or say it in a {NAME}",
                self.folder.display()
            );
        };
        Ok(vendors::of(dialect)?)
    }

    /// What a verb may know.
    pub fn state<'s>(
        &'s self,
        catalog: (&'s Catalog, &'static dyn Vendor),
        account: &'s Account,
    ) -> State<'s> {
        let Clock { as_of, zone } = self.clock;
        State::new(catalog, (account, &self.facts), (as_of, zone), &self.levels)
    }

    /// Says what there is to say, and answers.
    fn finish(&self, said: Vec<Said>, verdict: Verdict) -> anyhow::Result<Status> {
        self.say_all(said)?;
        match verdict {
            Ok(Done { answer: None, .. }) => Ok(Status::Fine),
            Ok(Done { answer: Some(answer), .. }) => {
                self.output.plain(|out| answer::write(&answer, self.format, out))?;
                Ok(Status::Fine)
            }
            Err(Stop::Refused(refusal)) => {
                let Refusal { body, reason } = *refusal;
                self.output.plain(|out| answer::json(&body, out))?;
                if !reason.is_empty() {
                    say("error", reason);
                }
                Ok(Status::Findings)
            }
            Err(Stop::Failed(error)) => {
                if let CatalogError::Broken(broken) = &error {
                    self.say(&broken.file, &broken.findings)?;
                }
                Err(error.into())
            }
        }
    }

    /// Shows what a verb has to say.
    ///
    /// # Errors
    ///
    /// Standard error can't be written to.
    pub fn say_all(&self, said: Vec<Said>) -> anyhow::Result<()> {
        said.iter().try_for_each(|(file, findings)| self.say(file, findings))
    }

    /// Shows findings, notes apart.
    fn say(&self, file: &SourceFile, findings: &[Finding]) -> anyhow::Result<()> {
        let said = findings.iter().filter(|finding| finding.severity >= Severity::Warning);
        let said: Vec<Finding> = said.cloned().collect();
        if said.is_empty() { Ok(()) } else { self.output.error(|out| text_of(file, &said, out)) }
    }
}
