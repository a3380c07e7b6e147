//! The files that settings mean: folders and patterns as the files that they stand for, each file with
//! all that is said of it. This is looked up once in a run.

use super::keys::{Files, KEYS, Key};
use super::settings::Settings;
use crate::dump::{DumpError, Input};
use std::collections::BTreeMap;

/// The files of a run. What is wrong with those of one kind is said by who takes them.
pub struct Resolved<'s> {
    pub(super) settings: &'s Settings,
    files: BTreeMap<Files, Result<Vec<Input>, DumpError>>,
}

impl Settings {
    /// Looks up which files there are.
    pub fn resolve(&self) -> Resolved<'_> {
        let reading = self.reading();
        let kinds = KEYS.iter().filter_map(|row| match row.key {
            Key::Files(which) => Some(which),
            _ => None,
        });
        let files = kinds.map(|which| (which, reading.files(which, self.files(which))));
        Resolved { settings: self, files: files.collect() }
    }
}

impl Resolved<'_> {
    /// All files, of every kind.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> + Clone {
        self.files.values().flatten().flatten()
    }

    /// All files, each with its kind.
    pub fn kinds(&self) -> impl Iterator<Item = (Files, &Input)> + Clone {
        self.files
            .iter()
            .flat_map(|(&which, files)| files.iter().flatten().map(move |one| (which, one)))
    }

    /// All files of every kind but the dumps.
    pub fn account_inputs(&self) -> impl Iterator<Item = &Input> + Clone {
        let dumps = [Files::Contacts, Files::Tracking];
        let account = self.files.iter().filter(move |(which, _)| !dumps.contains(which));
        account.flat_map(|(_, files)| files).flatten()
    }

    /// Takes the files of one kind; none where none were named, or they were taken before.
    ///
    /// # Errors
    ///
    /// A folder or a pattern without files.
    pub fn take(&mut self, which: Files) -> Result<Vec<Input>, DumpError> {
        self.files.remove(&which).unwrap_or(Ok(Vec::new()))
    }
}
