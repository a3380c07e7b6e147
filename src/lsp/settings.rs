//! What the server goes by, and where it gets that from.

use crate::account::Account;
use crate::dialect::{Context, Dialect, Reading};
use crate::finding::Levels;
use crate::lint;
use crate::source::SourceFile;
use crate::value::{Instant, Zone};
use std::path::PathBuf;

/// What documents are checked with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What is known of the account.
    pub account: Account,
    /// The instant for rules about time; that of each check where it is `None`.
    pub as_of: Option<Instant>,
    /// The zone of times that name none.
    pub zone: Zone,
    /// The dialect of all criteria; told by their shape where it is `None`.
    pub dialect: Option<Dialect>,
    /// Which warnings and notes are shown, and as what.
    pub levels: Levels,
}

impl Settings {
    /// What a reader may know.
    pub fn context(&self) -> Context<'_> {
        Context {
            account: &self.account,
            as_of: self.as_of.unwrap_or_else(Instant::now),
            zone: self.zone,
            dialect: self.dialect,
        }
    }

    /// The whole check of a document.
    pub(super) fn check(&self, file: &SourceFile) -> Reading {
        lint::check(file, &self.context(), &self.levels)
    }
}

/// Why settings couldn't be read.
pub type LoadError = Box<dyn std::error::Error + Send + Sync>;

/// Where settings come from. They are read when a session begins, and again when one of their files
/// has changed.
pub trait SettingsSource {
    /// What is said without any file; it counts until files have been read.
    fn without_files(&self) -> Settings;

    /// Reads them.
    ///
    /// # Errors
    ///
    /// What keeps them from being read. The session goes on with what was read before.
    fn load(&mut self) -> Result<Settings, LoadError>;

    /// The files that they are read from.
    fn files(&self) -> Vec<PathBuf>;
}
