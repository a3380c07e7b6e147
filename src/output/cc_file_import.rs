//! `cc-file-import`: the CSV file of Constant Contact's `POST /activities/contacts_file_import`, or
//! files, none larger than the vendor takes.

use super::cc_json_import::LARGEST;
use super::csv::record;
use super::import_fields::ImportError;
use super::import_fields::{Breadth, CUSTOM_FIELDS, ImportFields};
use super::{Form, Member, Out};
use crate::account::Account;
use crate::contact::{Column, ContactField};
use crate::dump::{Contacts, Presence};
use crate::engine::Outputs;
use serde_json::Value;
use std::io;
use std::num::NonZeroU64;

/// Files that bring contacts in.
#[derive(Debug)]
pub struct CcFileImport {
    fields: ImportFields,
    headings: Vec<String>,
    /// Contacts a file, where that is limited.
    most: Option<NonZeroU64>,
    header: Vec<u8>,
    line: Vec<u8>,
    /// Of the file at hand.
    contacts: u64,
    lines: usize,
    bytes: usize,
}

/// The headings that stand before the custom fields, with what must be there for them.
const HEADINGS: [(&str, ContactField); 14] = [
    ("email", ContactField::Email),
    ("first_name", ContactField::FirstName),
    ("last_name", ContactField::LastName),
    ("phone", ContactField::Phone),
    ("job_title", ContactField::Title),
    ("anniversary", ContactField::Anniversary),
    ("birthday_day", ContactField::BirthdayDay),
    ("birthday_month", ContactField::BirthdayMonth),
    ("company_name", ContactField::CompanyName),
    ("street", ContactField::Street),
    ("street2", ContactField::Street),
    ("city", ContactField::City),
    ("state", ContactField::State),
    ("zip", ContactField::PostalCode),
];

/// The heading behind those.
const COUNTRY: (&str, ContactField) = ("country", ContactField::Country);

impl CcFileImport {
    /// Lines of a file that the vendor takes, the header among them.
    const LINES: usize = 40_000;

    /// Files of at most so many contacts.
    ///
    /// # Errors
    /// A selected column that there isn't, or too many custom fields.
    pub fn new(
        select: &[String],
        most: Option<NonZeroU64>,
        contacts: &Contacts,
        account: &Account,
    ) -> Result<Self, ImportError> {
        let mut fields = ImportFields::new(select, Breadth::One, contacts, account)?;
        let shown = |&(_, field): &(&str, ContactField)| {
            // A key that may still come in JSON has its column, be it empty.
            fields.takes(field) && contacts.has(&Column::Contact(field)) != Presence::No
        };
        let own = HEADINGS.into_iter().chain([COUNTRY]).filter(shown);
        let mut headings: Vec<String> = own.map(|(heading, _)| heading.to_owned()).collect();
        let mut custom: Vec<String> = Vec::new();
        for name in contacts.custom_columns() {
            custom.extend(fields.custom_key(&name).filter(|key| !custom.contains(key)));
        }
        if custom.len() > CUSTOM_FIELDS {
            return Err(ImportError::CustomFields(custom.len()));
        }
        headings.append(&mut custom);
        let mut header = Vec::new();
        // Into memory, which takes everything.
        let _ = record(&mut header, headings.iter().map(String::as_str));
        let (line, contacts, lines, bytes) = (Vec::new(), 0, 0, 0);
        Ok(Self { fields, headings, most, header, line, contacts, lines, bytes })
    }

    fn begin(&mut self, out: &mut dyn Out) -> io::Result<()> {
        if self.lines == 0 {
            out.write_all(&self.header)?;
            (self.lines, self.bytes) = (lines_of(&self.header), self.header.len());
        }
        Ok(())
    }

    /// The next file.
    fn cut(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        if !out.cut()? {
            return Err(io::Error::other(format!(
                "{}: from here on the list is larger than the 40,000 lines or 4 MB that the vendor takes at once; give --output FILE --split {}",
                member.place(),
                Self::LINES - 1
            )));
        }
        (self.contacts, self.lines, self.bytes) = (0, 0, 0);
        Ok(())
    }
}

fn lines_of(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text).count()
}

impl Form for CcFileImport {
    fn wanted(&self) -> Outputs {
        self.fields.wanted()
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        let keys = self.fields.of(member)?;
        if let Some(key) = keys.keys().find(|key| !self.headings.contains(key)) {
            return Err(io::Error::other(format!(
                "{}: `{key}` turns up only further on in the contacts; name the columns with --select",
                member.place()
            )));
        }
        let cell = |heading: &String| match keys.get(heading) {
            Some(Value::String(text)) => text.clone(),
            Some(number) => number.to_string(),
            None => String::new(),
        };
        let cells: Vec<String> = self.headings.iter().map(cell).collect();
        self.line.clear();
        record(&mut self.line, cells.iter().map(String::as_str))?;
        self.begin(out)?;
        let full = self.most.is_some_and(|most| self.contacts == most.get());
        let lines = lines_of(&self.line);
        if full || self.lines + lines > Self::LINES || self.bytes + self.line.len() > LARGEST {
            self.cut(member, out)?;
            self.begin(out)?;
        }
        out.write_all(&self.line)?;
        self.contacts += 1;
        self.lines += lines;
        self.bytes += self.line.len();
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        self.begin(out)
    }

    fn remarks(&self) -> Vec<String> {
        self.fields.remarks.lines()
    }
}
