//! Which rows of activity tell when a campaign was sent, where no list does: those of contacts in the dump
//! that tell an earlier time than the rows before. Few others have to be looked up.

use super::Key;
use super::campaigns::CampaignIndex;
use super::index::Firsts;
use crate::contact::ActivityKind;
use crate::value::Instant;
use foldhash::fast::RandomState;
use hashbrown::HashSet;
use std::sync::{Mutex, PoisonError};

/// The keys of all contacts.
pub(super) type Keys = HashSet<Key, RandomState>;

/// The earliest times of campaigns, as far as the batches tell that were taken.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By the numbers of campaigns: of send rows, and while there are none of others.
    pub firsts: Vec<Firsts>,
    /// How often something was added.
    version: u64,
}

impl Found {
    /// Adds what a batch told.
    pub fn add(&mut self, earlier: Vec<(CampaignIndex, Firsts)>) {
        self.version += u64::from(!earlier.is_empty());
        earlier.into_iter().for_each(|(campaign, told)| merge(&mut self.firsts, campaign, told));
    }
}

/// Finds rows that tell an earlier time of their campaign than those before.
pub(super) struct Finder<'a> {
    keys: &'a Keys,
    found: &'a Mutex<Found>,
    /// What was found before the batch at hand, and in it.
    known: Vec<Firsts>,
    /// What is found already of that; none where something is known besides.
    version: Option<u64>,
}

impl<'a> Finder<'a> {
    /// One who knows nothing yet.
    pub fn new(keys: &'a Keys, found: &'a Mutex<Found>) -> Self {
        Self { keys, found, known: Vec::new(), version: Some(0) }
    }

    /// Goes on from what all have found so far. What is found in a batch counts once it is taken, since
    /// a batch may be looked at twice.
    pub fn begin(&mut self) {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if self.version != Some(found.version) {
            self.known.clone_from(&found.firsts);
            self.version = Some(found.version);
        }
    }

    /// What a row tells of its campaign; `key` is asked for where that is anything new.
    #[inline]
    pub fn note(
        &mut self,
        campaign: CampaignIndex,
        (kind, at): (ActivityKind, Option<Instant>),
        key: impl FnOnce() -> Option<Key>,
    ) -> Option<(CampaignIndex, Firsts)> {
        let at = at?;
        let known = self.known.get(campaign as usize).copied().unwrap_or_default();
        let is_send = kind == ActivityKind::Send;
        let before = match known.send {
            Some(send) => is_send.then_some(send)?,
            // Once a send row is known no other matters.
            None if is_send => Instant(i64::MAX),
            None => known.any.unwrap_or(Instant(i64::MAX)),
        };
        if at >= before || !self.keys.contains(&key()?) {
            return None;
        }
        let told = Firsts { send: Some(at).filter(|_| is_send), implied: None, any: Some(at) };
        merge(&mut self.known, campaign, told);
        self.version = None;
        Some((campaign, told))
    }
}

fn merge(firsts: &mut Vec<Firsts>, campaign: CampaignIndex, told: Firsts) {
    let at = campaign as usize;
    if firsts.len() <= at {
        firsts.resize(at + 1, Firsts::default());
    }
    if let Some(known) = firsts.get_mut(at) {
        *known = known.merge(told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Namespace;

    fn key(text: &str) -> Option<Key> {
        Key::new(text, Namespace::Email)
    }

    #[test]
    fn a_row_tells_where_it_is_of_a_known_contact_and_earlier_than_those_before() {
        use ActivityKind::{Open, Send};
        let keys: Keys = key("ann").into_iter().collect();
        let found = Mutex::new(Found::default());
        let mut finder = Finder::new(&keys, &found);
        for (campaign, kind, at, who, tells) in [
            (1, Open, Some(9), "ann", true),
            (1, Open, Some(9), "ann", false),
            (1, Open, Some(3), "bob", false),
            (1, Send, None, "ann", false),
            (1, Send, Some(20), "ann", true),
            (1, Open, Some(3), "ann", false),
            (1, Send, Some(21), "ann", false),
            (1, Send, Some(19), "bob", false),
            (1, Send, Some(19), "ann", true),
            (0, Open, Some(30), "ann", true),
        ] {
            let told = finder.note(campaign, (kind, at.map(Instant)), || key(who));
            assert_eq!(told.is_some(), tells, "{campaign} {kind:?} {at:?} {who}");
        }
        let times: Vec<_> = finder.known.iter().map(Firsts::told).collect();
        assert_eq!(times, [Some(Instant(30)), Some(Instant(19))]);
        // Nothing of the batch was taken.
        finder.begin();
        let told = finder.note(1, (Open, Some(Instant(9))), || key("ann"));
        found.lock().unwrap().add(told.into_iter().collect());
        finder.begin();
        assert_eq!(finder.note(1, (Open, Some(Instant(9))), || key("ann")), None);
    }
}
