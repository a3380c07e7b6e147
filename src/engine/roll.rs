//! Who was met: every contact that has activities or was read, as a few bits.
//!
//! Of most activities only one thing matters: whether their contact is in the contacts dump, which
//! is known only later. So rows are counted here by contact, eight bytes each, and the contacts
//! crossed off. Contacts are told apart by 60 bits: among a million the chance that two are taken for
//! one is below one in a million, and then a count of the summary is wrong by that one contact, never
//! a member.
//!
//! The tables are larger than the caches of most processors, so keys are looked up many at a time:
//! what the first ones wait for, the others ask for meanwhile.

use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::hint::black_box;

/// Bits of an entry that are no bits of the hash.
const SPARE_BITS: u32 = 12;
/// The bits of a hash that its entry keeps, and by which it is found.
const MARK: u64 = !0 << SPARE_BITS;
/// Set where a contact was read that has this key.
const READ: u64 = 1 << (SPARE_BITS - 1);
/// Set where it is the key by which the contact is told from others.
const OWN: u64 = 1 << (SPARE_BITS - 2);
/// The rows counted; where it is full, the rest is counted beside the tables.
const ROWS: u64 = OWN - 1;

/// Keys are in tables by the bits that entries don't keep. The tables grow one by one, so that never
/// all of them are there twice.
const TABLES: usize = 1 << TABLE_BITS;
const TABLE_BITS: u32 = 8;

/// Keys that are looked up together.
pub const GROUP: usize = 32;

/// What is known of a contact that is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// One with its key was read before.
    Again,
    /// It has activities.
    Known,
    /// Nothing; it has been entered.
    Entered,
    /// Nothing, and it wasn't entered.
    Refused,
}

/// The roll.
#[derive(Debug)]
pub struct Roll {
    tables: Box<[Table; TABLES]>,
    beyond: HashMap<(u64, usize), u64, RandomState>,
}

#[derive(Debug, Default)]
struct Table {
    entries: Vec<u64>,
    filled: usize,
}

impl Default for Roll {
    fn default() -> Self {
        let tables = Box::new(std::array::from_fn(|_| Table::default()));
        Self { tables, beyond: HashMap::default() }
    }
}

impl Roll {
    /// Makes room for about so many contacts, so that the tables needn't grow step by step.
    pub fn reserve(&mut self, contacts: usize) {
        // With the fullest tables that there may be, and some room since not all get as many.
        let size = contacts / TABLES * 4 / 3;
        for table in self.tables.iter_mut().filter(|table| table.entries.len() < size) {
            table.grow_to(size);
        }
    }

    /// Counts a row for each contact with one of these hashes.
    pub fn count_all(&mut self, hashes: &[u64]) {
        for group in hashes.chunks(GROUP) {
            self.fetch(group.iter().copied());
            group.iter().for_each(|&hash| self.count(hash));
        }
    }

    /// Counts a row of the contact with this hash.
    #[inline(always)]
    pub fn count(&mut self, hash: u64) {
        // Mostly the first entry looked at is the right one.
        if let Some(entry) = self.table(hash).first(hash)
            && (*entry ^ hash) & MARK == 0
            && *entry & ROWS < ROWS
            && *entry != 0
        {
            *entry += 1;
            return;
        }
        self.count_elsewhere(hash);
    }

    #[inline(never)]
    fn count_elsewhere(&mut self, hash: u64) {
        let entry = self.table(hash).entry(hash);
        if *entry & ROWS < ROWS {
            *entry = (*entry | hash & MARK) + 1;
        } else {
            *self.beyond.entry((hash & MARK, table_of(hash))).or_default() += 1;
        }
    }

    /// Brings entries near that will be asked for next.
    #[inline]
    pub fn fetch(&self, hashes: impl Iterator<Item = u64>) {
        let entries = hashes.map(|hash| {
            let table = self.tables.get(table_of(hash));
            let entries = table.map_or(&[][..], |table| &table.entries);
            entries.get(start(hash, entries.len())).copied().unwrap_or(0)
        });
        black_box(entries.fold(0, |all, entry| all ^ entry));
    }

    /// Takes note of a contact that was read, by its own key. Where nothing is known under that, it is
    /// entered only if it `may_enter`.
    #[inline]
    pub fn meet(&mut self, hash: u64, may_enter: bool) -> Met {
        let table = self.table(hash);
        let (entry, met) = match table.find(hash) {
            Some(entry) if *entry & OWN != 0 => return Met::Again,
            Some(entry) => (entry, Met::Known),
            None if !may_enter => return Met::Refused,
            None => (table.entry(hash), Met::Entered),
        };
        *entry |= hash & MARK | READ | OWN;
        met
    }

    /// Takes note of a contact that was read, by another of its keys, where something is known under
    /// that.
    #[inline]
    pub fn recognise(&mut self, hash: u64) {
        if let Some(entry) = self.table(hash).find(hash) {
            *entry |= READ;
        }
    }

    /// Rows of contacts that were read, and of those that weren't.
    pub fn row_counts(&self) -> (u64, u64) {
        let (mut read, mut unread) = (0, 0);
        for (at, table) in self.tables.iter().enumerate() {
            for &entry in table.entries.iter().filter(|entry| **entry != 0) {
                let mut rows = entry & ROWS;
                if rows == ROWS {
                    rows += self.beyond.get(&(entry & MARK, at)).copied().unwrap_or(0);
                }
                *(if entry & READ != 0 { &mut read } else { &mut unread }) += rows;
            }
        }
        (read, unread)
    }

    #[inline]
    fn table(&mut self, hash: u64) -> &mut Table {
        // There are as many tables as the index has values.
        &mut self.tables[table_of(hash)]
    }
}

#[inline]
fn table_of(hash: u64) -> usize {
    hash as usize % TABLES
}

impl Table {
    /// The entry at which the search for a hash begins.
    #[inline(always)]
    fn first(&mut self, hash: u64) -> Option<&mut u64> {
        let at = start(hash, self.entries.len());
        self.entries.get_mut(at)
    }

    /// The entry of a hash, empty if it is new; it has to be filled then.
    #[inline]
    fn entry(&mut self, hash: u64) -> &mut u64 {
        if (self.filled + 1) * 5 > self.entries.len() * 4 {
            self.grow();
        }
        let at = self.place(hash);
        // The place is within the table, which has room.
        let entry = &mut self.entries[at];
        self.filled += usize::from(*entry == 0);
        entry
    }

    #[inline]
    fn find(&mut self, hash: u64) -> Option<&mut u64> {
        if self.entries.is_empty() {
            return None;
        }
        let at = self.place(hash);
        self.entries.get_mut(at).filter(|entry| **entry != 0)
    }

    /// Where the hash stands, or is to stand.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let mut at = start(hash, self.entries.len());
        loop {
            match self.entries.get(at) {
                Some(&entry) if entry != 0 && (entry ^ hash) & MARK != 0 => at += 1,
                Some(_) => return at,
                None => at = 0,
            }
        }
    }

    /// Makes room for a quarter as many again: doubling would leave too much of it empty.
    #[cold]
    fn grow(&mut self) {
        self.grow_to(self.entries.len() * 5 / 4 + 4);
    }

    fn grow_to(&mut self, size: usize) {
        let old = std::mem::replace(&mut self.entries, vec![0; size]);
        for entry in old.into_iter().filter(|entry| *entry != 0) {
            let at = self.place(entry);
            if let Some(place) = self.entries.get_mut(at) {
                *place = entry;
            }
        }
    }
}

/// Where in a table of this size the search for an entry begins: by the bits that the entry keeps, so
/// that tables can grow without the keys.
#[inline(always)]
fn start(hash: u64, size: usize) -> usize {
    (((hash >> 32) * size as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap as Slow;

    /// Spreads numbers as keys are spread.
    fn hash(number: u64) -> u64 {
        (number + 1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(31)
            .wrapping_mul(0xd6e8_feb8_6659_fd93)
    }

    #[test]
    fn it_counts_as_a_map_does() {
        let mut roll = Roll::default();
        roll.reserve(3_000);
        let mut slow: Slow<u64, u64> = Slow::new();
        let contacts: Vec<u64> = (0..50_000).map(|number| number * number % 9_973).collect();
        let hashes: Vec<u64> = contacts.iter().copied().map(hash).collect();
        roll.count_all(&hashes);
        contacts.into_iter().for_each(|contact| *slow.entry(contact).or_default() += 1);
        assert_eq!(roll.row_counts(), (0, 50_000));
        let mut read = 0;
        for contact in 0..5_000 {
            let known = slow.contains_key(&contact);
            roll.recognise(hash(contact));
            let met = if known { Met::Known } else { Met::Refused };
            assert_eq!(roll.meet(hash(contact), false), met, "{contact}");
            read += slow.get(&contact).copied().unwrap_or(0);
        }
        roll.reserve(60_000);
        assert_eq!(roll.row_counts(), (read, 50_000 - read));
        assert_eq!(roll.meet(hash(77_777), true), Met::Entered);
        assert_eq!(roll.meet(hash(77_777), true), Met::Again);
        assert_eq!(roll.row_counts(), (read, 50_000 - read));
    }

    #[test]
    fn counts_go_beyond_an_entry() {
        let mut roll = Roll::default();
        let rows = ROWS + 1_000;
        (0..rows).for_each(|_| roll.count(hash(1)));
        roll.count(hash(2));
        assert_eq!(roll.row_counts(), (0, rows + 1));
        roll.meet(hash(1), false);
        assert_eq!(roll.row_counts(), (rows, 1));
    }
}
