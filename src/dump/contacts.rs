//! Contacts dumps: one or more files, of which each may be CSV or JSON.
//!
//! Opening looks at the heads only, so that a plan can be checked against the columns before the
//! first contact is read. Reading fills a [`ContactRow`] with the projected columns; whatever else a
//! file holds is neither decoded nor copied.

use super::columns::{FileTraits, flattened};
use super::contact_csv::{self, CsvContacts};
use super::contact_json::{JsonContacts, JsonHead};
use super::contact_row::ContactRow;
use super::csv_table::CsvHead;
use super::distinct::Distinct;
use super::error::DumpError;
use super::gather::Gather;
use super::input::Input;
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
    files: Arc<[ContactFile]>,
    columns: Vec<String>,
    account: Account,
}

struct ContactFile {
    opened: Opened,
    head: Head,
}

enum Head {
    Csv(CsvHead),
    Json(JsonHead),
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
            let head = if opened.is_json()? {
                Head::Json(JsonHead::read(&mut opened)?)
            } else {
                Head::Csv(CsvHead::read(&mut opened)?)
            };
            files.push(ContactFile { opened, head });
        }
        let mut columns = Distinct::default();
        let names = files.iter().flat_map(|file| file.head.names());
        names.filter(|name| !name.is_empty()).for_each(|name| columns.add(name));
        let account = options.account;
        let account = Account {
            fields: account.fields.clone(),
            lists: account.lists.clone(),
            tags: account.tags.clone(),
            ..Account::default()
        };
        Ok(Self { files: files.into(), columns: columns.into_names(), account })
    }

    /// The columns and keys of all files, as written, without repetition, in order; with them the
    /// names of custom fields in nested JSON that the heads show.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The names of the custom fields that the heads show, distinct, in order: nested entries, and
    /// columns that are no canonical field.
    pub fn custom_columns(&self) -> Vec<String> {
        let projection =
            Projection { columns: Vec::new(), all_custom: true, ..Projection::default() };
        let wanted = Wanted::new(&projection, &self.account);
        let mut custom = Distinct::default();
        for head in self.files.iter().map(|file| &file.head) {
            let (columns, entries): (&[String], &[String]) = match head {
                Head::Csv(head) => (&head.names, &[]),
                Head::Json(head) => (&head.keys, &head.entries),
            };
            let columns = columns.iter().map(|name| (name, Stand::Column));
            for (name, stand) in columns.chain(entries.iter().map(|name| (name, Stand::Entry))) {
                if let Some((name, _)) = wanted.custom_name(name, stand) {
                    custom.add(&name);
                }
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
                Head::Csv(head) => (&head.names, &[]),
                Head::Json(head) => (&head.keys, &head.paths),
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
            Head::Csv(head) => contact_csv::serves(&head.names, &wanted),
            Head::Json(head) => head.serves(&wanted),
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
            Head::Csv(head) => {
                !contact_csv::serves(&head.names, &wanted) && !file.head.may_hold_more()
            }
            Head::Json(_) => false,
        };
        self.files.iter().filter(lacks).map(|file| file.opened.name.to_string()).collect()
    }

    fn wanted(&self, column: &Column) -> Wanted {
        let projection = Projection { columns: vec![column.clone()], ..Projection::default() };
        Wanted::new(&projection, &self.account)
    }

    /// The bytes of all files; `None` where standard input or a pipe makes that unknown.
    pub fn total_bytes(&self) -> Option<u64> {
        self.files.iter().map(|file| file.opened.length).sum()
    }

    /// A pass over all contacts.
    ///
    /// # Errors
    /// When a column of the projection is ambiguous in a file, or a file can't be opened again.
    pub fn reader(&self, projection: Projection) -> Result<ContactReader, DumpError> {
        let gather = Gather::new(Wanted::new(&projection, &self.account));
        let mut reader = ContactReader {
            files: Arc::clone(&self.files),
            next: 0,
            current: None,
            gather,
            passed: 0,
            pages: Pages::default(),
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

impl Head {
    fn names(&self) -> Box<dyn Iterator<Item = &String> + '_> {
        match self {
            Self::Csv(head) => Box::new(head.names.iter()),
            Self::Json(head) => Box::new(head.keys.iter().chain(head.entries.iter())),
        }
    }

    /// True when rows may hold fields that the head doesn't name.
    fn may_hold_more(&self) -> bool {
        match self {
            Self::Json(_) => true,
            Self::Csv(_) => false,
        }
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
            Head::Json(head) => {
                self.gather.begin_file(head.traits);
                FileContacts::Json(JsonContacts::open(opened)?)
            }
        };
        self.current = Some((Arc::clone(&opened.name), contacts));
        Ok(true)
    }

    /// Fills `row` with the next contact; false at the end of the last file.
    ///
    /// # Errors
    /// When the contact can't be read; the error names file, line and reason.
    pub fn next(&mut self, row: &mut ContactRow) -> Result<bool, DumpError> {
        while let Some((name, contacts)) = &mut self.current {
            let found = match contacts {
                FileContacts::Csv(contacts) => contacts.next(&mut self.gather, row)?,
                FileContacts::Json(contacts) => contacts.next(&mut self.gather, row)?,
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
