//! Who was met: every contact that has activities or was read, as a few bits.
//!
//! Of most activities only one thing matters: whether their contact is in the contacts dump, which
//! is known only later. So rows are counted here by contact, eight bytes each, and the contacts
//! crossed off. Contacts are told apart by 64 bits: among a million the chance that two are taken for
//! one is below one in ten million, and then a count of the summary is wrong by that one contact,
//! never a member.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// Bits of a hash that say in which table it stands. Tables grow one by one, so that never all of
/// them are there twice.
const TABLE_BITS: u32 = 12;
const TABLES: usize = 1 << TABLE_BITS;
/// The other bits of a hash, which its entry keeps.
const MARK: u64 = !0 << TABLE_BITS;
/// Set where a contact was read that has this key.
const READ: u64 = 1 << (TABLE_BITS - 1);
/// Set where it is the key by which the contact is told from others.
const OWN: u64 = 1 << (TABLE_BITS - 2);
/// The rows counted; where it is full, the rest is counted beside the table.
const ROWS: u64 = OWN - 1;

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
        Self {
            tables: Box::new(std::array::from_fn(|_| Table::default())),
            beyond: HashMap::default(),
        }
    }
}

impl Roll {
    /// Counts a row of the contact with this hash.
    #[inline]
    pub fn count(&mut self, hash: u64) {
        let entry = self.table(hash).entry(hash);
        if *entry & ROWS < ROWS {
            *entry |= hash & MARK;
            *entry += 1;
        } else {
            *self.beyond.entry((hash & MARK, table_of(hash))).or_default() += 1;
        }
    }

    /// Takes note of a contact that was read, by its own key; true where one with this key was read
    /// before.
    #[inline]
    pub fn meet(&mut self, hash: u64) -> bool {
        let entry = self.table(hash).entry(hash);
        let met = *entry & OWN != 0;
        *entry |= hash & MARK | READ | OWN;
        met
    }

    /// Whether something is known under a key.
    #[inline]
    pub fn knows(&mut self, hash: u64) -> bool {
        self.table(hash).find(hash).is_some()
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
    /// The entry of a hash, empty if it is new; it has to be filled then.
    #[inline]
    fn entry(&mut self, hash: u64) -> &mut u64 {
        if (self.filled + 1) * 8 > self.entries.len() * 7 {
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
        let at = if self.entries.is_empty() { return None } else { self.place(hash) };
        self.entries.get_mut(at).filter(|entry| **entry != 0)
    }

    /// Where the hash stands, or is to stand.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let mask = self.entries.len() - 1;
        let mut at = start(hash) & mask;
        loop {
            match self.entries.get(at) {
                Some(&entry) if entry != 0 && (entry ^ hash) & MARK != 0 => at = (at + 1) & mask,
                _ => return at,
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.entries.len() * 2).max(4);
        let old = std::mem::replace(&mut self.entries, vec![0; size]);
        let mask = size - 1;
        for entry in old.into_iter().filter(|entry| *entry != 0) {
            let mut at = start(entry) & mask;
            while self.entries.get(at).is_some_and(|entry| *entry != 0) {
                at = (at + 1) & mask;
            }
            if let Some(place) = self.entries.get_mut(at) {
                *place = entry;
            }
        }
    }
}

/// Where in a table the search for an entry begins: by the bits that the entry keeps, so that tables
/// can grow without the keys.
#[inline]
fn start(hash: u64) -> usize {
    (hash >> TABLE_BITS) as usize
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
        let mut slow: Slow<u64, u64> = Slow::new();
        for number in 0..50_000 {
            let contact = number * number % 9_973;
            roll.count(hash(contact));
            *slow.entry(contact).or_default() += 1;
        }
        assert_eq!(roll.row_counts(), (0, 50_000));
        let mut read = 0;
        for contact in 0..5_000 {
            let known = slow.contains_key(&contact);
            assert_eq!(roll.knows(hash(contact)), known, "{contact}");
            roll.recognise(hash(contact));
            read += slow.get(&contact).copied().unwrap_or(0);
        }
        assert_eq!(roll.row_counts(), (read, 50_000 - read));
        assert!(!roll.meet(hash(77_777)));
        assert!(roll.meet(hash(77_777)));
        assert_eq!(roll.row_counts(), (read, 50_000 - read));
    }

    #[test]
    fn counts_go_beyond_an_entry() {
        let mut roll = Roll::default();
        let rows = ROWS + 1_000;
        (0..rows).for_each(|_| roll.count(hash(1)));
        roll.count(hash(2));
        assert_eq!(roll.row_counts(), (0, rows + 1));
        roll.meet(hash(1));
        assert_eq!(roll.row_counts(), (rows, 1));
    }
}
