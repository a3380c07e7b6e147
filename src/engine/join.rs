//! How activities find their contacts (`docs/semantics.md`, "Joining").

use super::{Key, Namespace};
use crate::dump::{ActivityRow, ContactRow};

/// The columns that hold a contact's keys, in a projection, and which of them joins.
#[derive(Debug, Clone, Copy, Default)]
pub struct Join {
    /// By contact id, where an activity has one; else by e-mail address.
    pub by_id: bool,
    /// The column of the contact id.
    pub id: Option<usize>,
    /// The column of the e-mail address.
    pub email: Option<usize>,
    /// Whether activities may have to be joined by address.
    pub by_email: bool,
}

impl Join {
    /// The key of an activity's contact.
    pub fn activity(self, row: &ActivityRow) -> Option<Key> {
        if self.by_id && row.has_contact_id_column() {
            return Key::new(row.contact_id()?, Namespace::ContactId);
        }
        Key::new(row.email()?, Namespace::Email)
    }

    /// True for an activity with a contact id that the join, made without ids, would pass over.
    pub fn misses_ids(self, row: &ActivityRow) -> bool {
        !self.by_id && self.id.is_some() && row.has_contact_id_column()
    }

    /// The keys under which a contact's activities may stand.
    pub fn contact(self, row: &ContactRow) -> [Option<Key>; 2] {
        let id = if self.by_id { key(row, self.id, Namespace::ContactId) } else { None };
        let email = if self.by_email { key(row, self.email, Namespace::Email) } else { None };
        [id, email]
    }

    /// The key by which a contact is told from others: its id, else its address.
    pub fn own(self, row: &ContactRow) -> Option<Key> {
        key(row, self.id, Namespace::ContactId).or_else(|| key(row, self.email, Namespace::Email))
    }
}

fn key(row: &ContactRow, column: Option<usize>, namespace: Namespace) -> Option<Key> {
    column.and_then(|column| row.first(column)).and_then(|text| Key::new(text, namespace))
}
