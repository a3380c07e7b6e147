//! How activities find their contacts (`docs/semantics.md`, "Joining").

use super::{Key, Namespace, hash_of};
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
    /// What tells an activity's contact: an id, or an address.
    #[inline]
    pub fn activity<'r>(self, row: &'r ActivityRow<'_>) -> Option<(&'r str, Namespace)> {
        if self.by_id && row.has_contact_id_column() {
            return Some((row.contact_id()?, Namespace::ContactId));
        }
        Some((row.email()?, Namespace::Email))
    }

    /// The bytes of that.
    #[inline(always)]
    pub fn activity_bytes<'r>(self, row: &'r ActivityRow<'_>) -> Option<(&'r [u8], Namespace)> {
        if self.by_id && row.has_contact_id_column() {
            return Some((row.contact_id_bytes()?, Namespace::ContactId));
        }
        Some((row.email()?.as_bytes(), Namespace::Email))
    }

    /// True for an activity with a contact id that the join, made without ids, would pass over.
    pub fn misses_ids(self, row: &ActivityRow) -> bool {
        !self.by_id && self.id.is_some() && row.has_contact_id_column()
    }

    /// What a contact's activities may be told by.
    #[inline]
    pub fn contact(self, row: &ContactRow) -> [Option<(&str, Namespace)>; 2] {
        let id = self.id.filter(|_| self.by_id).and_then(|column| row.first(column));
        let email = self.email.filter(|_| self.by_email).and_then(|column| row.first(column));
        [id.map(|id| (id, Namespace::ContactId)), email.map(|email| (email, Namespace::Email))]
    }

    /// The keys under which a contact's activities may stand.
    pub fn keys(self, row: &ContactRow) -> [Option<Key>; 2] {
        self.contact(row).map(|told| told.and_then(|(text, namespace)| Key::new(text, namespace)))
    }

    /// A hash of what tells a contact from others: its id, else its address.
    #[inline]
    pub fn own(self, row: &ContactRow) -> Option<u64> {
        let hash =
            |column: Option<usize>, namespace| hash_of(row.first(column?)?.as_bytes(), namespace);
        hash(self.id, Namespace::ContactId).or_else(|| hash(self.email, Namespace::Email))
    }
}
