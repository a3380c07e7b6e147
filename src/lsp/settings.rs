//! What the server goes by, and where it gets that from.

use crate::account::Account;
use crate::config;
use crate::dialect::{Context, Reading};
use crate::lint;
use crate::source::SourceFile;
use std::path::{Path, PathBuf};

/// What documents are checked with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What is known of the account.
    pub account: Account,
    /// Flags over a `segkit.toml` over defaults.
    pub config: config::Settings,
}

impl Settings {
    /// What a reader may know. Where no instant was set, it is that of each check.
    pub fn context(&self) -> Context<'_> {
        self.config.context(&self.account, self.config.clock())
    }

    /// The whole check of a document.
    pub(super) fn check(&self, file: &SourceFile) -> Reading {
        lint::check(file, &self.context(), &self.config.levels(Path::new(file.name())))
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

    /// The files that they were read from, or would have been.
    fn files(&self) -> Vec<PathBuf>;
}
