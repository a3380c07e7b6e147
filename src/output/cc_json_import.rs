//! `cc-json-import`: the bodies of Constant Contact's `POST /activities/contacts_json_import`, one a
//! line, none larger than the vendor takes.

use super::import_fields::{Breadth, ImportError, ImportFields};
use super::{Form, Member, Out};
use crate::account::Account;
use crate::dump::Contacts;
use crate::engine::Outputs;
use serde_json::{Value, json};
use std::io;
use std::num::NonZeroU64;

/// Bytes of a body, or of a file, that the vendor takes: "4 megabytes (MB)". What is beyond them it
/// drops.
pub(super) const LARGEST: usize = 4_000_000;

/// Bodies that bring contacts in.
#[derive(Debug)]
pub struct CcJsonImport {
    fields: ImportFields,
    /// Contacts a body, where that is limited.
    most: Option<NonZeroU64>,
    /// The body behind the contacts.
    end: String,
    /// The body so far.
    body: String,
    contacts: u64,
    written: bool,
}

const BEGIN: &str = r#"{"import_data":["#;

impl CcJsonImport {
    /// Bodies that put the contacts on these lists as well, of at most so many contacts.
    ///
    /// # Errors
    /// No lists or too many, or a selected column that there isn't.
    pub fn new(
        select: &[String],
        list_ids: &[String],
        most: Option<NonZeroU64>,
        contacts: &Contacts,
        account: &Account,
    ) -> Result<Self, ImportError> {
        if !(1..=50).contains(&list_ids.len()) {
            return Err(ImportError::Lists(list_ids.len()));
        }
        let fields = ImportFields::new(select, Breadth::EveryKind, contacts, account)?;
        let end = format!("],\"list_ids\":{}}}", json!(list_ids));
        let body = BEGIN.to_owned();
        Ok(Self { fields, most, end, body, contacts: 0, written: false })
    }

    fn write_body(&mut self, out: &mut dyn Out) -> io::Result<()> {
        if std::mem::replace(&mut self.written, true) {
            out.cut()?;
        }
        writeln!(out, "{}{}", self.body, self.end)?;
        self.body.truncate(BEGIN.len());
        self.contacts = 0;
        Ok(())
    }
}

impl Form for CcJsonImport {
    fn wanted(&self) -> Outputs {
        self.fields.wanted()
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        let contact = Value::Object(self.fields.of(member)?).to_string();
        if BEGIN.len() + contact.len() + self.end.len() > LARGEST {
            return Err(io::Error::other(format!(
                "{}: the contact is larger than the 4 MB that the vendor takes at once",
                member.place()
            )));
        }
        let full = self.most.is_some_and(|most| self.contacts == most.get());
        if full || self.body.len() + 1 + contact.len() + self.end.len() > LARGEST {
            self.write_body(out)?;
        }
        if self.contacts > 0 {
            self.body.push(',');
        }
        self.body.push_str(&contact);
        self.contacts += 1;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        if self.contacts > 0 { self.write_body(out) } else { Ok(()) }
    }

    fn remarks(&self) -> Vec<String> {
        self.fields.remarks.lines()
    }
}
