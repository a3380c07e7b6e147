//! Reading the account that settings name.

use super::keys::Files;
use super::reading::Unmapped;
use super::resolve::Resolved;
use crate::account::{Account, Seen};
use crate::dump::{
    Activities, ContactOptions, Contacts, DumpError, Input, read_campaigns, read_fields,
    read_links, read_names, read_segments, survey,
};
use thiserror::Error;

/// An account as validation wants it.
pub struct Loaded {
    /// What is known.
    pub account: Account,
    /// The contacts, where they are to be read; as often as one likes.
    pub contacts: Option<Contacts>,
    /// The activities, likewise.
    pub activities: Option<Activities>,
    /// What could not be looked at, in words.
    pub warnings: Vec<String>,
}

/// Why an account can't be read.
#[derive(Debug, Error)]
pub enum LoadError {
    /// A file can't be read, or isn't what it is named as.
    #[error(transparent)]
    Dump(#[from] DumpError),
    /// A column is named by hand, and no file has it.
    #[error(transparent)]
    Unmapped(#[from] Unmapped),
}

impl Resolved<'_> {
    /// Reads the files of the account; dumps are not looked at.
    ///
    /// # Errors
    ///
    /// A file that can't be read, or isn't what it is named as.
    pub fn account(&mut self) -> Result<Account, DumpError> {
        Ok(Account {
            fields: self.read(Files::Fields, read_fields)?,
            campaigns: self.read(Files::Campaigns, read_campaigns)?,
            links: self.read(Files::Links, read_links)?,
            lists: self.read(Files::Lists, read_names)?,
            tags: self.read(Files::Tags, read_names)?,
            segments: self.read(Files::Segments, read_segments)?,
            list: self.settings.list().map(str::to_owned),
            ..Account::default()
        })
    }

    /// Without a file nothing is known, which is another thing than an account that has nothing.
    fn read<T>(
        &mut self,
        which: Files,
        read: fn(&[Input]) -> Result<T, DumpError>,
    ) -> Result<Option<T>, DumpError> {
        match self.take(which)?.as_slice() {
            [] => Ok(None),
            inputs => read(inputs).map(Some),
        }
    }

    /// Reads the account with what the dumps show of it: their columns, and where
    /// [`Settings::reads`](super::Settings::reads) says so their rows, once. A dump that is looked at
    /// for its columns only may be missing, which is said in the warnings.
    ///
    /// # Errors
    ///
    /// A file that can't be read, or isn't what it is named as; a column named by hand that no dump
    /// has.
    pub fn account_with_dumps(mut self) -> Result<Loaded, LoadError> {
        let settings = self.settings;
        let mut account = self.account()?;
        let mut warnings = Vec::new();
        let contacts = self.contacts(&account, &mut warnings)?;
        account.dump_columns = contacts.as_ref().map(|contacts| contacts.columns().to_vec());
        account.dump_may_hold_more = contacts.as_ref().is_some_and(Contacts::may_hold_more);
        let tracked = !settings.files(Files::Tracking).is_empty();
        let activities = match tracked && settings.reads(Files::Tracking) {
            true => Some(Activities::open(&self.take(Files::Tracking)?, true)?),
            false => None,
        };
        if let Some(contacts) = &contacts {
            let unseen = tracked && activities.is_none();
            settings.reading().check(contacts, activities.as_ref(), unseen)?;
        }
        let contacts = contacts.filter(|_| settings.reads(Files::Contacts));
        account.observed = survey(contacts.as_ref(), activities.as_ref())?;
        let seen = &account.observed;
        for (what, seen) in
            [("campaigns", &seen.campaigns), ("lists", &seen.lists), ("tags", &seen.tags)]
        {
            if seen.as_ref().is_some_and(|seen| !seen.is_whole()) {
                warnings.push(format!("the dumps hold too many {what} to remember them all"));
            }
        }
        if !seen.clicked.values().all(Seen::is_whole) {
            warnings.push("the dumps hold too many links to remember them all".to_owned());
        }
        Ok(Loaded { account, contacts, activities, warnings })
    }

    fn contacts(
        &mut self,
        account: &Account,
        warnings: &mut Vec<String>,
    ) -> Result<Option<Contacts>, DumpError> {
        if self.settings.files(Files::Contacts).is_empty() {
            return Ok(None);
        }
        let rereadable = self.settings.reads(Files::Contacts);
        let opened = self
            .take(Files::Contacts)
            .and_then(|inputs| Contacts::open(&inputs, &ContactOptions { account, rereadable }));
        match opened {
            Ok(contacts) => Ok(Some(contacts)),
            Err(error) if !rereadable => {
                warnings.push(format!("{error}; no field is looked up in the contacts"));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
