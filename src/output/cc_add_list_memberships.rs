//! `cc-add-list-memberships`: the bodies of Constant Contact's
//! `POST /activities/add_list_memberships`, one a line, as many as it takes.

use super::{Form, Member, Out};
use crate::contact::{Column, ContactField};
use crate::dump::{Contacts, Presence};
use crate::engine::Outputs;
use serde_json::json;
use std::io;
use std::num::NonZeroU64;
use thiserror::Error;

/// Bodies that put contacts on lists.
#[derive(Debug)]
pub struct CcAddListMemberships {
    list_ids: Vec<String>,
    /// Contacts a body.
    most: usize,
    contact_ids: Vec<String>,
    written: bool,
}

/// Why contacts can't be put on lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MembershipsError {
    /// No list is named.
    #[error("nothing says which lists the members are to be put on: give --list-ids")]
    NoLists,
    /// The contacts have no ids.
    #[error(
        "the contacts have no contact_id, by which they are put on lists; cc-json-import goes by the e-mail address"
    )]
    NoIds,
}

impl CcAddListMemberships {
    /// Contacts a body, at the most.
    const CONTACTS: usize = 500;
    /// Lists a body, at the most.
    const LISTS: usize = 50;

    /// Bodies for these lists, of at most so many contacts.
    ///
    /// # Errors
    /// There are no lists, or no ids of contacts.
    pub fn new(
        list_ids: Vec<String>,
        most: Option<NonZeroU64>,
        contacts: &Contacts,
    ) -> Result<Self, MembershipsError> {
        if list_ids.is_empty() {
            return Err(MembershipsError::NoLists);
        }
        if contacts.has(&Column::Contact(ContactField::ContactId)) == Presence::No {
            return Err(MembershipsError::NoIds);
        }
        let most = most.and_then(|most| usize::try_from(most.get()).ok());
        let most = most.unwrap_or(Self::CONTACTS).min(Self::CONTACTS);
        Ok(Self { list_ids, most, contact_ids: Vec::new(), written: false })
    }

    fn write_bodies(&mut self, out: &mut dyn Out) -> io::Result<()> {
        for list_ids in self.list_ids.chunks(Self::LISTS) {
            if std::mem::replace(&mut self.written, true) {
                out.cut()?;
            }
            let body =
                json!({ "source": { "contact_ids": self.contact_ids }, "list_ids": list_ids });
            serde_json::to_writer(&mut *out, &body)?;
            writeln!(out)?;
        }
        self.contact_ids.clear();
        Ok(())
    }
}

impl Form for CcAddListMemberships {
    fn wanted(&self) -> Outputs {
        let columns = vec![Column::Contact(ContactField::ContactId)];
        Outputs { columns, ..Outputs::default() }
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        let Some(id) = member.first(0) else {
            return Err(io::Error::other(format!(
                "{}: the contact has no contact_id",
                member.place()
            )));
        };
        if self.contact_ids.len() == self.most {
            self.write_bodies(out)?;
        }
        self.contact_ids.push(id.to_owned());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        if !self.contact_ids.is_empty() {
            self.write_bodies(out)?;
        }
        Ok(())
    }
}
