//! Contacts dumps: one or more files, of which each may be CSV or JSON.
//!
//! Opening looks at the heads only, so that a plan can be checked against the columns before the
//! first contact is read. Reading fills a [`ContactRow`] with the projected columns; whatever else a
//! file holds is neither decoded nor copied.

use super::bad_rows::{self, PassBadRow, RawRow, SharedBadRows};
use super::batch::Settle;
use super::columns::{FileTraits, flattened};
use super::contact_csv::{self, CsvContacts};
use super::contact_file::{ContactFile, Head};
use super::contact_json::{JsonContacts, JsonHead};
use super::contact_row::ContactRow;
use super::contact_source::{ContactDecoder, ContactSource};
use super::distinct::Distinct;
use super::error::DumpError;
use super::gather::Gather;
use super::input::Input;
use super::mapping::{Mapped, MappedDump, Mapping};
use super::objects::Layout;
use super::open::Opened;
use super::pages::Pages;
use super::projection::{Projection, Stand, Wanted};
use crate::account::Account;
use crate::contact::{Column, ContactField, Kind};
use std::fmt;
use std::sync::Arc;

/// How contacts are opened.
#[derive(Debug, Clone, Copy)]
pub struct ContactOptions<'a> {
    /// Names of lists and tags decide how `Email Lists` and `Tags` split, fields of several options
    /// how custom fields do.
    pub account: &'a Account,
    /// Whether [`Contacts::reader`] will be called more than once. Standard input and pipes are
    /// then copied to an unnamed temporary file first.
    pub rereadable: bool,
}

/// Whether a dump has a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// A file has it.
    Yes,
    /// No file has it.
    No,
    /// It wasn't seen so far, but JSON records may have it: their keys come and go.
    Unknown,
}

/// The files of a contacts dump, opened and looked at.
pub struct Contacts {
    bad_rows: Option<SharedBadRows>,
    files: Arc<[ContactFile]>,
    columns: Vec<String>,
    account: Account,
    /// The columns named by hand, the same for all files.
    mapping: Option<Arc<Mapping>>,
}

impl Contacts {
    /// Opens all files and looks at their heads.
    ///
    /// # Errors
    /// When a file can't be opened, is empty, or has a header that can't be read.
    pub fn open(inputs: &[Input], options: &ContactOptions<'_>) -> Result<Self, DumpError> {
        Opened::check_stdin(inputs)?;
        let mut files = Vec::with_capacity(inputs.len());
        for input in inputs {
            let mut opened = Opened::open(input, options.rereadable)?;
            let head = match Layout::of(&mut opened)? {
                Layout::Csv(mut head) => {
                    if let Some(mapping) = input.mapping.as_deref() {
                        let names = head.names.iter();
                        let mapping = mapping.in_file(names.clone().map(String::as_str));
                        head.read_as = names.map(|name| mapping.renamed(name).into()).collect();
                    }
                    Head::Csv(head)
                }
                layout => {
                    let mut head = JsonHead::read(&mut opened, &layout)?;
                    let keys = head.keys.iter().map(String::as_str);
                    head.mapping = input.mapping.as_deref().map(|mapping| mapping.in_file(keys));
                    Head::Json(Box::new(head), layout)
                }
            };
            files.push(ContactFile { opened, head });
        }
        let mut columns = Distinct::default();
        let names = files.iter().flat_map(|file| file.head.names_read().map(|(name, _)| name));
        names.filter(|name| !name.is_empty()).for_each(|name| columns.add(&name));
        let account = options.account;
        let account = Account {
            fields: account.fields.clone(),
            lists: account.lists.clone(),
            tags: account.tags.clone(),
            ..Account::default()
        };
        let mapping = inputs.iter().find_map(|input| input.mapping.clone());
        let columns = columns.into_names();
        Ok(Self { bad_rows: None, files: files.into(), columns, account, mapping })
    }

    /// Makes the readers go on without rows that can't be read; `taker` gets them.
    pub fn skip_bad_rows(&mut self, taker: SharedBadRows) {
        self.bad_rows = Some(taker);
    }

    /// The columns and keys of all files, as written, without repetition, in order; with them the
    /// names of custom fields in nested JSON that the heads show.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// True where some file is JSON, whose keys come and go: there may be more columns than
    /// [`Contacts::columns`] tells.
    pub fn may_hold_more(&self) -> bool {
        self.files.iter().any(|file| file.head.may_hold_more())
    }

    /// The names of the custom fields that the heads show, distinct, in order: nested entries, and
    /// columns that are no canonical field.
    pub fn custom_columns(&self) -> Vec<String> {
        let projection =
            Projection { columns: Vec::new(), all_custom: true, ..Projection::default() };
        let wanted = Wanted::new(&projection, &self.account);
        let mut custom = Distinct::default();
        for (name, stand) in self.files.iter().flat_map(|file| file.head.names_read()) {
            if let Some((name, _)) = wanted.custom_name(&name, stand) {
                custom.add(&name);
            }
        }
        custom.into_names()
    }

    /// The kinds of telephone, or of address, that the heads show for a field, [`Kind::Unsaid`] for
    /// columns that don't say. In nested shapes every entry says its own, so all are there.
    pub fn kinds(&self, field: ContactField) -> Vec<Kind> {
        let wanted =
            Wanted::new(&Projection { kinds: true, ..Projection::default() }, &self.account);
        let mut kinds = Vec::new();
        for head in self.files.iter().map(|file| &file.head) {
            let (columns, paths): (&[String], &[String]) = match head {
                Head::Csv(head) => (&head.read_as, &[]),
                Head::Json(head, _) => (&head.keys, &head.paths),
            };
            let traits = FileTraits::of(columns.iter().map(String::as_str));
            let columns = columns.iter().map(|name| (name, Stand::Column));
            for (name, stand) in columns.chain(paths.iter().map(|name| (name, Stand::Path))) {
                let part = wanted.part(name, stand, traits).filter(|part| part.field == field);
                let Some(part) = part else { continue };
                kinds.push(part.kind);
                if stand == Stand::Path || flattened(name).is_some() {
                    kinds.extend(field.kinds());
                }
            }
        }
        kinds.sort();
        kinds.dedup();
        kinds
    }

    /// The files' names, as the user gave them.
    pub fn files(&self) -> Vec<&str> {
        self.files.iter().map(|file| &*file.opened.name).collect()
    }

    /// Whether any file has the column.
    pub fn has(&self, column: &Column) -> Presence {
        let wanted = self.wanted(column);
        let served = |file: &ContactFile| match &file.head {
            Head::Csv(head) => contact_csv::serves(head, &wanted),
            Head::Json(head, _) => head.serves(&wanted),
        };
        if self.files.iter().any(served) {
            Presence::Yes
        } else if self.files.iter().any(|file| file.head.may_hold_more()) {
            Presence::Unknown
        } else {
            Presence::No
        }
    }

    /// The CSV files whose header lacks the column.
    pub fn lacking(&self, column: &Column) -> Vec<String> {
        let wanted = self.wanted(column);
        let lacks = |file: &&ContactFile| match &file.head {
            Head::Csv(head) => !contact_csv::serves(head, &wanted) && !file.head.may_hold_more(),
            Head::Json(..) => false,
        };
        self.files.iter().filter(lacks).map(|file| file.opened.name.to_string()).collect()
    }

    /// The files, opened and looked at.
    pub(super) fn opened(&self) -> &[ContactFile] {
        &self.files
    }

    /// What is known of the account.
    pub(super) fn account(&self) -> &Account {
        &self.account
    }

    fn wanted(&self, column: &Column) -> Wanted {
        let projection = Projection { columns: vec![column.clone()], ..Projection::default() };
        Wanted::new(&projection, &self.account)
    }

    /// Whether some file has a column that was named by hand.
    pub fn has_mapped(&self, mapped: &Mapped) -> bool {
        let has = |file: &ContactFile| match &file.head {
            Head::Csv(head) => head.names.iter().any(|name| mapped.means(name)),
            Head::Json(head, _) => head.keys.iter().any(|key| mapped.means(key)),
        };
        mapped.is_for(MappedDump::Contacts) && self.files.iter().any(has)
    }

    /// The bytes of all files; `None` where standard input or a pipe makes that unknown.
    pub fn total_bytes(&self) -> Option<u64> {
        self.files.iter().map(|file| file.opened.length).sum()
    }

    fn gather(&self, projection: &Projection) -> Gather {
        let wanted = Wanted::new(projection, &self.account);
        Gather::new(wanted, self.mapping.as_deref().cloned())
    }

    /// A pass over all contacts, batch by batch, cut to so many bytes.
    pub fn source(&self, projection: &Projection, chunk: usize) -> ContactSource {
        let lenient = self.bad_rows.is_some();
        ContactSource::new(Arc::clone(&self.files), self.gather(projection), lenient, chunk)
    }

    /// One who decodes the batches.
    pub fn decoder(&self, projection: &Projection) -> ContactDecoder {
        let lenient = self.bad_rows.is_some();
        ContactDecoder::new(Arc::clone(&self.files), self.gather(projection), lenient)
    }

    /// One who settles what the batches came to.
    pub fn settle(&self) -> Settle {
        Settle::new(self.bad_rows.clone())
    }

    /// A pass over all contacts.
    ///
    /// # Errors
    /// When a column of the projection is ambiguous in a file, or a file can't be opened again.
    pub fn reader(&self, projection: Projection) -> Result<ContactReader, DumpError> {
        let mut reader = ContactReader {
            files: Arc::clone(&self.files),
            next: 0,
            current: None,
            gather: self.gather(&projection),
            passed: 0,
            pages: Pages::default(),
            bad_rows: self.bad_rows.clone(),
        };
        // Faults of the first header are said before anything is read.
        reader.open_next()?;
        Ok(reader)
    }
}

impl fmt::Debug for Contacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contacts").field("files", &self.files()).finish_non_exhaustive()
    }
}

/// One pass over the contacts of a dump.
pub struct ContactReader {
    files: Arc<[ContactFile]>,
    next: usize,
    current: Option<(Arc<str>, FileContacts)>,
    gather: Gather,
    passed: u64,
    pages: Pages,
    bad_rows: Option<SharedBadRows>,
}

enum FileContacts {
    Csv(CsvContacts),
    Json(JsonContacts),
}

impl ContactReader {
    fn open_next(&mut self) -> Result<bool, DumpError> {
        let Some(ContactFile { opened, head }) = self.files.get(self.next) else {
            return Ok(false);
        };
        self.next += 1;
        let contacts = match head {
            Head::Csv(head) => {
                FileContacts::Csv(CsvContacts::open(opened, head, &mut self.gather)?)
            }
            Head::Json(head, layout) => {
                self.gather.begin_file(head.traits, head.mapping.clone());
                let mut contacts = JsonContacts::open(opened, layout)?;
                if self.bad_rows.is_some() {
                    contacts.be_lenient();
                }
                FileContacts::Json(contacts)
            }
        };
        self.current = Some((Arc::clone(&opened.name), contacts));
        Ok(true)
    }

    /// Fills `row` with the next contact; false at the end of the last file.
    ///
    /// # Errors
    /// When the contact can't be read; the error names file, line and reason. Not for a row that
    /// is left out, see [`Contacts::skip_bad_rows`].
    pub fn next(&mut self, row: &mut ContactRow) -> Result<bool, DumpError> {
        while let Some((name, contacts)) = &mut self.current {
            let found = match contacts {
                FileContacts::Csv(contacts) => contacts.next(&mut self.gather, row),
                FileContacts::Json(contacts) => contacts.next(&mut self.gather, row),
            };
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    bad_rows::pass(error, self.bad_rows.as_ref(), contacts)?;
                    continue;
                }
            };
            if found {
                if row.file.as_ref().is_none_or(|file| !Arc::ptr_eq(file, name)) {
                    row.file = Some(Arc::clone(name));
                }
                return Ok(true);
            }
            self.passed += contacts.bytes_read();
            if let FileContacts::Json(contacts) = contacts {
                self.pages.add(contacts.pages());
            }
            self.current = None;
            self.open_next()?;
        }
        Ok(false)
    }

    /// Pages and records that the answers read so far speak of and the dump hasn't, in words.
    pub fn missing_pages(&self) -> Vec<String> {
        self.pages.missing()
    }

    /// Bytes read so far, over all files.
    pub fn bytes_read(&self) -> u64 {
        let here = self.current.as_ref().map_or(0, |(_, contacts)| contacts.bytes_read());
        self.passed + here
    }

    /// Whether a projected column was present so far, as a column or as a key.
    pub fn seen(&self, column: usize) -> bool {
        self.gather.seen.get(column).copied().unwrap_or(false)
    }
}

impl PassBadRow for FileContacts {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        match self {
            Self::Csv(contacts) => contacts.pass_bad_row(),
            Self::Json(contacts) => contacts.pass_bad_row(),
        }
    }

    fn bad_row(&self) -> RawRow<'_> {
        match self {
            Self::Csv(contacts) => contacts.bad_row(),
            Self::Json(contacts) => contacts.bad_row(),
        }
    }
}

impl FileContacts {
    fn bytes_read(&self) -> u64 {
        match self {
            Self::Csv(contacts) => contacts.bytes_read(),
            Self::Json(contacts) => contacts.bytes_read(),
        }
    }
}

#[cfg(test)]
mod tests;
