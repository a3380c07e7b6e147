//! Contacts that are watched: those of whom not only the verdict is wanted, but what it rests on.

use super::join::Join;
use super::key::{Key, Namespace};
use crate::contact::{ActivityKind, SendStage};
use crate::criteria::Engagement;
use crate::dump::ContactRow;
use crate::value::Instant;
use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// Some contacts, by their ids and addresses.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    numbers: HashMap<Key, usize, RandomState>,
}

impl Watched {
    /// Enters a contact under an id and an address, as far as there are; blank ones are none. What
    /// was entered before under one of them stays.
    pub fn enter(&mut self, number: usize, id: Option<&str>, email: Option<&str>) {
        let keys = [(id, Namespace::ContactId), (email, Namespace::Email)];
        for (text, namespace) in keys {
            if let Some(key) = text.and_then(|text| Key::new(text, namespace)) {
                self.numbers.entry(key).or_insert(number);
            }
        }
    }

    /// Enters a contact under a key.
    pub fn enter_key(&mut self, number: usize, key: Key) {
        self.numbers.entry(key).or_insert(number);
    }

    /// The number under which a contact was entered: by its id, else by its address.
    pub fn number(&self, id: Option<&str>, email: Option<&str>) -> Option<usize> {
        let by_id = id.and_then(|id| self.told(id, Namespace::ContactId));
        by_id.or_else(|| self.told(email?, Namespace::Email))
    }

    /// The number of the contact that a text tells.
    pub(super) fn told(&self, text: &str, namespace: Namespace) -> Option<usize> {
        self.numbers.get(&Key::new(text, namespace)?).copied()
    }

    /// Whether a contact is one of them.
    pub(super) fn has(&self, row: &ContactRow, join: Join) -> bool {
        let text = |column: Option<usize>| row.first(column?);
        self.number(text(join.id), text(join.email)).is_some()
    }
}

/// What the verdicts of watched contacts rest on, beside their own fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// What they did up to as-of, in the order of the dump.
    pub activities: Vec<WatchedActivity>,
    /// The tests over sets of campaigns, and which campaigns each set holds.
    pub sets: Vec<(Engagement, Vec<SetCampaign>)>,
}

/// An activity of a watched contact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WatchedActivity {
    /// The number under which the contact was entered.
    pub contact: usize,
    /// The campaign's id, trimmed and in lower case.
    pub campaign: String,
    /// What happened.
    pub kind: ActivityKind,
    /// Of a send, how far it got.
    pub stage: SendStage,
    /// When; `None` where the row has no time that can be read.
    pub at: Option<Instant>,
    /// The link that was clicked.
    pub url: Option<String>,
}

/// A campaign of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCampaign {
    /// Its id, trimmed and in lower case.
    pub id: String,
    /// When it was sent.
    pub sent_at: Option<Instant>,
}
