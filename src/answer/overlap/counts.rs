//! Counting: how many contacts are in which segments.

use crate::answer::bits::Bits;
use crate::dump::ContactRow;
use crate::engine::Summary;
use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// Takes members as a run hands them over, contact by contact. No row is kept: of each contact only the
/// set of segments is counted, so memory grows with the number of different sets.
#[derive(Debug)]
pub struct Counter {
    segments: usize,
    /// The contact at hand.
    contact: u64,
    is_in: Bits,
    sets: HashMap<Bits, u64, RandomState>,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Contacts read.
    pub contacts: u64,
    /// Contacts that are in at least one segment.
    pub in_some: u64,
    /// Of each segment, the contacts that it looks at.
    pub looked_at: Vec<u64>,
    /// The sets of segments that some contact is in, the most frequent first.
    pub regions: Vec<Region>,
    /// Members of two segments each, row by row.
    both: Vec<u64>,
}

/// Contacts that are in some segments and in no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// The numbers of the segments.
    pub segments: Vec<usize>,
    /// How many contacts there are.
    pub contacts: u64,
}

impl Counter {
    /// Counts members of so many segments.
    pub fn new(segments: usize) -> Self {
        let is_in = Bits::none_of(segments);
        Self { segments, contact: 0, is_in, sets: HashMap::default() }
    }

    /// Takes a member. All segments of one contact have to come in a row.
    pub fn member(&mut self, segment: usize, row: &ContactRow) {
        self.count(segment, row.number());
    }

    fn count(&mut self, segment: usize, contact: u64) {
        if contact != self.contact {
            self.next();
            self.contact = contact;
        }
        self.is_in.put(segment);
    }

    fn next(&mut self) {
        if self.contact == 0 {
            return;
        }
        match self.sets.get_mut(&self.is_in) {
            Some(contacts) => *contacts += 1,
            None => drop(self.sets.insert(self.is_in.clone(), 1)),
        }
        self.is_in.clear();
    }

    /// What was counted in a run that came to an end.
    pub fn finish(mut self, summary: &Summary) -> Counts {
        self.next();
        let mut both = vec![0; self.segments * self.segments];
        let mut regions = Vec::with_capacity(self.sets.len());
        for (set, contacts) in self.sets {
            let segments: Vec<usize> = set.numbers().collect();
            for &a in &segments {
                for &b in &segments {
                    if let Some(both) = both.get_mut(a * self.segments + b) {
                        *both += contacts;
                    }
                }
            }
            regions.push(Region { segments, contacts });
        }
        // Of two regions of one size, the one of earlier segments first.
        regions.sort_by(|a, b| (b.contacts, &a.segments).cmp(&(a.contacts, &b.segments)));
        let looked_at = summary.segments.iter().map(|tally| {
            let others = tally.other_list + tally.other_status + tally.added_later;
            summary.contacts.saturating_sub(others)
        });
        Counts {
            contacts: summary.contacts,
            in_some: regions.iter().map(|region| region.contacts).sum(),
            looked_at: looked_at.take(self.segments).collect(),
            regions,
            both,
        }
    }
}

impl Counts {
    /// Contacts that are in no segment.
    pub fn in_none(&self) -> u64 {
        self.contacts.saturating_sub(self.in_some)
    }

    /// Members of a segment.
    pub fn members(&self, segment: usize) -> u64 {
        self.both(segment, segment)
    }

    /// Members of two segments.
    pub fn both(&self, a: usize, b: usize) -> u64 {
        self.both.get(a * self.looked_at.len() + b).copied().unwrap_or(0)
    }

    /// The share of a segment's members that is in another as well; `None` where it has no members.
    pub fn share(&self, segment: usize, other: usize) -> Option<f64> {
        let members = self.members(segment);
        (members > 0).then(|| self.both(segment, other) as f64 / members as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Tally;

    #[test]
    fn every_contact_is_counted_once() {
        let mut counter = Counter::new(70);
        for (contact, segments) in
            [(1, &[0, 69][..]), (2, &[0]), (5, &[0, 69]), (6, &[69]), (9, &[0, 3, 69])]
        {
            segments.iter().for_each(|&segment| counter.count(segment, contact));
        }
        let tally = Tally { other_status: 2, added_later: 1, ..Tally::default() };
        let summary = Summary { contacts: 10, segments: vec![tally; 70], ..Summary::default() };
        let counts = counter.finish(&summary);
        assert_eq!((counts.in_some, counts.in_none()), (5, 5));
        assert_eq!((counts.members(0), counts.both(69, 0), counts.both(3, 69)), (4, 3, 1));
        assert_eq!((counts.share(0, 69), counts.share(1, 0)), (Some(0.75), None));
        assert_eq!(counts.looked_at[0], 7);
        let region =
            |segments: &[usize], contacts| Region { segments: segments.to_vec(), contacts };
        let expected =
            [region(&[0, 69], 2), region(&[0], 1), region(&[0, 3, 69], 1), region(&[69], 1)];
        assert_eq!(counts.regions, expected);
    }
}
