//! What the activity pass keeps: for every contact that has activities, a few bits for each
//! campaign that some test asks about.
//!
//! Contacts are slots in a table of 128-bit keys. Their facts form one list a slot in a common
//! arena, so that memory follows the pairs of contact and campaign, not the rows.

use super::Key;
use super::campaigns::CampaignIndex;
use crate::contact::ActivityKind;
use crate::value::Instant;
use hashbrown::hash_table::Entry;
use hashbrown::{HashMap, HashTable};

/// What facts are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A campaign.
    Campaign(CampaignIndex),
    /// A campaign's rows inside a window, both numbered by the plan.
    Window(CampaignIndex, u16),
    /// Clicks on a link of a campaign, numbered by the plan.
    Link(u32),
}

/// A contact that has activities.
pub type Slot = u32;

const NONE: u32 = u32::MAX;

/// Bits of what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts(u16);

impl Facts {
    /// A send row.
    pub const SEND: Self = Self(1);
    /// An open row.
    pub const OPEN: Self = Self(2);
    /// A click row.
    pub const CLICK: Self = Self(4);
    /// A bounce row.
    pub const BOUNCE: Self = Self(8);
    /// Sent more than once.
    pub const SENT_AGAIN: Self = Self(16);
    /// A row of any other kind that counts.
    pub const OTHER: Self = Self(32);

    /// The bits that tell that the campaign was sent.
    const SENT: u16 = Self::SEND.0 | Self::OPEN.0 | Self::CLICK.0 | Self::BOUNCE.0;
    /// So much further up stand the same bits for rows whose time is known.
    const DATED: u16 = 6;

    /// All bits of rows.
    pub const ALL: Self = Self(63);
    /// A row that tells that the campaign was sent.
    pub const ANY_SENT: Self = Self(Self::SENT);

    /// What a row of this kind tells.
    pub fn of(kind: ActivityKind) -> Self {
        match kind {
            ActivityKind::Send => Self::SEND,
            ActivityKind::Open => Self::OPEN,
            ActivityKind::Click => Self::CLICK,
            ActivityKind::Bounce => Self::BOUNCE,
            _ => Self::OTHER,
        }
    }

    /// The same of a row whose time is known.
    pub fn at_known_time(self) -> Self {
        Self(self.0 | (self.0 & Self::SENT) << Self::DATED)
    }

    /// What the rows with a known time alone tell.
    pub fn dated(self) -> Self {
        Self(self.0 >> Self::DATED & Self::SENT)
    }

    /// Both.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when any bit of `other` is set.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Sent: by a send row, or implied by what happened.
    pub fn sent(self) -> bool {
        self.any(Self(Self::SENT))
    }
}

/// The earliest times of a contact's rows of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Firsts {
    /// Of send rows.
    pub send: Option<Instant>,
    /// Of open, click and bounce rows.
    pub implied: Option<Instant>,
    /// Of rows of any kind.
    pub any: Option<Instant>,
}

impl Firsts {
    /// When the campaign was sent, as the rows tell: when the first send row says, else the first of any.
    pub fn told(&self) -> Option<Instant> {
        self.send.or(self.any)
    }

    /// The earlier of both, field by field.
    pub fn merge(self, other: Self) -> Self {
        let earlier = |a: Option<Instant>, b: Option<Instant>| a.into_iter().chain(b).min();
        Self {
            send: earlier(self.send, other.send),
            implied: earlier(self.implied, other.implied),
            any: earlier(self.any, other.any),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Pair {
    topic: Topic,
    next: u32,
    facts: Facts,
}

/// A place that an activity carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// When; activities without a readable time count as the earliest.
    pub at: Option<Instant>,
    /// Country, country code, region and city, those that there are, as written.
    pub names: Vec<Box<str>>,
}

/// The activity index.
#[derive(Debug, Default)]
pub struct Index {
    /// The slots, found by their keys.
    slots: HashTable<Slot>,
    keys: Vec<Key>,
    heads: Vec<u32>,
    /// Of the slots, those whose contact is in the contacts dump.
    known: Vec<bool>,
    pairs: Vec<Pair>,
    /// Beside `pairs`, from the first time on that is to be kept.
    firsts: Vec<Firsts>,
    keeps_firsts: bool,
    places: HashMap<Slot, Place, foldhash::fast::RandomState>,
}

impl Index {
    /// The slot of a key, made if there is none.
    pub fn enter(&mut self, key: Key) -> Slot {
        let Self { slots, keys, heads, known, .. } = self;
        let of = |slot: Slot| keys.get(slot as usize).copied();
        let hash = |slot: &Slot| of(*slot).map_or(0, Key::hash64);
        match slots.entry(key.hash64(), |slot| of(*slot) == Some(key), hash) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let slot = keys.len() as Slot;
                entry.insert(slot);
                keys.push(key);
                heads.push(NONE);
                known.push(false);
                slot
            }
        }
    }

    /// The slot of a key.
    pub fn slot(&self, key: Key) -> Option<Slot> {
        let is_it = |slot: &Slot| self.keys.get(*slot as usize) == Some(&key);
        self.slots.find(key.hash64(), is_it).copied()
    }

    /// Adds facts about a topic to a slot; returns what was known before.
    pub fn add(&mut self, slot: Slot, topic: Topic, facts: Facts, firsts: Option<Firsts>) -> Facts {
        if firsts.is_some() && self.firsts.is_empty() {
            self.firsts.resize(self.pairs.len(), Firsts::default());
            self.keeps_firsts = true;
        }
        let firsts = firsts.unwrap_or_default();
        let Some(head) = self.heads.get_mut(slot as usize) else {
            return Facts::default();
        };
        let mut at = *head;
        while let Some(pair) = self.pairs.get_mut(at as usize) {
            if pair.topic == topic {
                let before = pair.facts;
                pair.facts = before.with(facts);
                if let Some(kept) = self.firsts.get_mut(at as usize) {
                    *kept = kept.merge(firsts);
                }
                return before;
            }
            at = pair.next;
        }
        self.pairs.push(Pair { topic, next: *head, facts });
        *head = (self.pairs.len() - 1) as u32;
        if self.keeps_firsts {
            self.firsts.push(firsts);
        }
        Facts::default()
    }

    /// Whether something is known of any of these campaigns.
    pub fn holds_any(&self, campaigns: impl Fn(CampaignIndex) -> bool) -> bool {
        self.pairs.iter().any(|pair| match pair.topic {
            Topic::Campaign(campaign) => campaigns(campaign),
            Topic::Window(..) | Topic::Link(_) => false,
        })
    }

    /// All that is known of a slot, topic by topic, in no particular order.
    pub fn facts(&self, slot: Slot) -> impl Iterator<Item = (Topic, Facts, Firsts)> + '_ {
        let mut at = self.heads.get(slot as usize).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let pair = self.pairs.get(at as usize)?;
            let firsts = self.firsts.get(at as usize).copied().unwrap_or_default();
            at = pair.next;
            Some((pair.topic, pair.facts, firsts))
        })
    }

    /// Keeps a place for a slot if it is later than the one kept before. Of two that are as late the
    /// first stays, so that a row that is read again changes nothing.
    pub fn add_place(&mut self, slot: Slot, place: Place) {
        let kept = self.places.entry(slot).or_insert_with(|| place.clone());
        if place.at > kept.at {
            *kept = place;
        }
    }

    /// The latest place of a slot.
    pub fn place(&self, slot: Slot) -> Option<&Place> {
        self.places.get(&slot)
    }

    /// Says that the contacts dump has this slot's contact.
    pub fn mark_known(&mut self, slot: Slot) {
        if let Some(known) = self.known.get_mut(slot as usize) {
            *known = true;
        }
    }

    /// Every slot whose contact is known.
    pub fn known_slots(&self) -> impl Iterator<Item = Slot> + '_ {
        (0..self.known.len() as Slot).filter(|&slot| self.known.get(slot as usize) == Some(&true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Namespace;

    #[test]
    fn facts_gather_by_contact_and_topic() {
        let mut index = Index::default();
        let key = |text| Key::new(text, Namespace::Email).unwrap();
        let (ann, bob) = (index.enter(key("ann")), index.enter(key("bob")));
        assert_eq!(index.enter(key("ANN")), ann);
        let at = |time| Some(Firsts { send: Some(Instant(time)), ..Firsts::default() });
        let (seven, eight) = (Topic::Campaign(7), Topic::Campaign(8));
        index.add(ann, seven, Facts::SEND, at(5));
        index.add(bob, seven, Facts::OPEN, None);
        assert_eq!(index.add(ann, seven, Facts::OPEN, at(3)), Facts::SEND);
        index.add(ann, eight, Facts::CLICK, None);
        let facts: Vec<_> = index.facts(ann).collect();
        assert!(facts.contains(&(seven, Facts::SEND.with(Facts::OPEN), at(3).unwrap())));
        assert_eq!(facts.len(), 2);
        index.mark_known(ann);
        assert_eq!(index.known_slots().collect::<Vec<_>>(), [ann]);
    }
}
