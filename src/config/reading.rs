//! How files are read that say nothing of it themselves.

use super::keys::Files;
use crate::dump::{Activities, Contacts, DumpError, Input, Mapped, MappedDump, Mappings};
use encoding_rs::Encoding;
use thiserror::Error;

/// What is said of all files.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The encoding, where no byte order mark tells.
    pub encoding: Option<&'static Encoding>,
    /// What parts the fields of CSV files.
    pub delimiter: Option<u8>,
    /// Lines above the header of CSV files.
    pub skip_lines: Option<u64>,
    /// Columns of the dumps named by hand.
    pub map: Mappings,
}

/// A column named by hand that no file has.
#[derive(Debug, Error)]
#[error("--map: no file has a column `{column}`; {of}: {columns}")]
pub struct Unmapped {
    column: String,
    of: &'static str,
    columns: String,
}

impl Reading {
    /// The files that inputs of a kind mean, folders and patterns resolved, each with what is said
    /// of it.
    ///
    /// # Errors
    ///
    /// A folder or a pattern without files.
    pub fn files(&self, which: Files, inputs: &[Input]) -> Result<Vec<Input>, DumpError> {
        let mut files = Input::expand_all(inputs)?;
        for file in &mut files {
            self.say(file);
            match which {
                Files::Contacts => file.mapping = self.map.of(MappedDump::Contacts).cloned(),
                Files::Tracking => file.mapping = self.map.of(MappedDump::Activities).cloned(),
                // Answers of both kinds look alike, so that only the flag tells.
                Files::Lists => file.holds = Some("lists"),
                Files::Tags => file.holds = Some("tags"),
                _ => {}
            }
        }
        Ok(files)
    }

    /// Says of a file what it doesn't say itself; of the columns named by hand nothing.
    pub fn say(&self, file: &mut Input) {
        file.encoding = file.encoding.or(self.encoding);
        file.delimiter = file.delimiter.or(self.delimiter);
        file.skip_lines = file.skip_lines.or(self.skip_lines);
    }

    /// Refuses a column named by hand that no file has. `unseen` says that there are activities
    /// besides, which weren't opened.
    ///
    /// # Errors
    ///
    /// Such a column.
    pub fn check(
        &self,
        contacts: &Contacts,
        activities: Option<&Activities>,
        unseen: bool,
    ) -> Result<(), Unmapped> {
        let missing = |mapped: &&Mapped| {
            let in_activities = activities.is_some_and(|activities| activities.has_mapped(mapped));
            let may_be = unseen && mapped.is_for(MappedDump::Activities);
            !may_be && !in_activities && !contacts.has_mapped(mapped)
        };
        match self.map.all().iter().find(missing) {
            None => Ok(()),
            Some(mapped) => Err(Unmapped {
                column: mapped.column.clone(),
                of: if activities.is_some() { "columns of the contacts" } else { "columns" },
                columns: contacts.columns().join(", "),
            }),
        }
    }
}
