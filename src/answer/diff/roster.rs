//! Members by their keys: by whom two sides' contacts are told to be one.

use crate::answer::subject::keys;
use crate::contact::{Column, ContactField};
use crate::dump::{ContactRow, Contacts, Presence};
use crate::engine::Outputs;
use crate::engine::key::{Key, Namespace};
use foldhash::fast::RandomState;
use hashbrown::HashSet;

/// By what contacts of both sides are told to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// By contact id, and where there is none by address.
    ById,
    /// By address only, since one side has no ids.
    ByAddress,
}

/// Which of the keys a side has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Keys {
    pub ids: bool,
    pub addresses: bool,
}

/// Members by their keys.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub keys: HashSet<Key, RandomState>,
    /// Members without one.
    pub keyless: u64,
}

impl Keys {
    pub fn of(contacts: &Contacts) -> Self {
        let presence = |field| contacts.has(&Column::Contact(field));
        Self {
            ids: presence(ContactField::ContactId) == Presence::Yes,
            addresses: presence(ContactField::Email) != Presence::No,
        }
    }
}

impl Told {
    /// How contacts of two sides are told to be one; `None` where nothing tells.
    pub(super) fn of(one: Keys, other: Keys) -> Option<Self> {
        match (one.ids && other.ids, one.addresses && other.addresses) {
            (true, _) => Some(Self::ById),
            (false, true) => Some(Self::ByAddress),
            (false, false) => None,
        }
    }

    /// The key of a contact with this id and address.
    pub(super) fn key(self, id: Option<&str>, address: Option<&str>) -> Option<Key> {
        let id = id.filter(|_| self == Self::ById);
        let by_id = id.and_then(|id| Key::new(id, Namespace::ContactId));
        by_id.or_else(|| Key::new(address?, Namespace::Email))
    }
}

impl Roster {
    pub fn enter(&mut self, key: Option<Key>) {
        match key {
            Some(key) => drop(self.keys.insert(key)),
            None => self.keyless += 1,
        }
    }
}

/// What is wanted of every member: its id and its address.
pub(super) fn wanted() -> Outputs {
    Outputs { columns: keys(), ..Outputs::default() }
}

/// The id and the address of a contact, which stand at these places.
pub(super) fn keys_of(row: &ContactRow, [id, address]: [usize; 2]) -> (Option<&str>, Option<&str>) {
    (row.first(id), row.first(address))
}
