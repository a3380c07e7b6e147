//! How many different values there are: counted while they are few, estimated from then on.

use std::collections::HashMap;
use std::hash::BuildHasher;

/// As many values are counted one by one.
const COUNTED: usize = 10_000;
/// Bits of a hash that choose a register; 2^12 of them give an error of about 1.6 %.
const BITS: u32 = 12;
/// Longer values are counted, but not shown.
const LONGEST: usize = 200;

/// Counts different values in bounded memory.
#[derive(Debug)]
pub(super) struct Distinct {
    /// The values with how often each came; `None` since there were too many.
    counts: Option<HashMap<Box<str>, u64>>,
    registers: Vec<u8>,
    hasher: foldhash::fast::FixedState,
}

impl Default for Distinct {
    fn default() -> Self {
        Self {
            counts: Some(HashMap::new()),
            registers: vec![0; 1 << BITS],
            hasher: foldhash::fast::FixedState::default(),
        }
    }
}

impl Distinct {
    pub fn add(&mut self, value: &str) {
        let hash = self.hasher.hash_one(value);
        let register = usize::try_from(hash >> (64 - BITS)).unwrap_or(0);
        // The highest bits chose the register; how many zeros follow them tells how rare the hash is.
        let zeros = (hash << BITS).leading_zeros().min(64 - BITS);
        let rank = u8::try_from(zeros + 1).unwrap_or(u8::MAX);
        if let Some(held) = self.registers.get_mut(register) {
            *held = (*held).max(rank);
        }
        let Some(counts) = &mut self.counts else { return };
        if let Some(count) = counts.get_mut(value) {
            *count += 1;
        } else if counts.len() < COUNTED {
            counts.insert(value.into(), 1);
        } else {
            self.counts = None;
        }
    }

    /// How many there are, and whether that is exact.
    pub fn count(&self) -> (u64, bool) {
        match &self.counts {
            Some(counts) => (counts.len() as u64, true),
            None => (self.estimate(), false),
        }
    }

    /// The estimate of HyperLogLog (Flajolet et al., 2007), for counts beyond its small range.
    fn estimate(&self) -> u64 {
        let m = self.registers.len() as f64;
        let sum: f64 = self.registers.iter().map(|&rank| (-f64::from(rank)).exp2()).sum();
        let alpha = 0.7213 / (1.0 + 1.079 / m);
        (alpha * m * m / sum).round() as u64
    }

    /// The values that came most often, the most frequent first, where they were counted.
    pub fn top(&self, most: usize) -> Vec<(String, u64)> {
        let counts = self.counts.iter().flatten();
        let mut all: Vec<(&str, u64)> = counts
            .filter(|(value, _)| value.len() <= LONGEST)
            .map(|(value, count)| (&**value, *count))
            .collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        all.into_iter().take(most).map(|(value, count)| (value.to_owned(), count)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_counted_many_estimated() {
        for (values, exact) in [(0, true), (1, true), (10_000, true), (10_001, false)] {
            let mut distinct = Distinct::default();
            (0..values).for_each(|n| distinct.add(&format!("v{n}")));
            assert_eq!(distinct.count().1, exact, "{values}");
            if exact {
                assert_eq!(distinct.count().0, values);
            }
        }
        let mut distinct = Distinct::default();
        for round in 0..2 {
            (0..300_000).for_each(|n| distinct.add(&format!("value {n}")));
            let (count, _) = distinct.count();
            assert!((285_000..315_000).contains(&count), "{count} in round {round}");
        }
        assert!(distinct.top(3).is_empty());
    }

    #[test]
    fn the_most_frequent_come_first() {
        let mut distinct = Distinct::default();
        "b a c a b a".split(' ').for_each(|value| distinct.add(value));
        assert_eq!(distinct.top(2), [("a".to_owned(), 3), ("b".to_owned(), 2)]);
    }
}
