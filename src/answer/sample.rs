//! Some members of each segment, from all over the dump; of the same dump always the same ones.

use foldhash::quality::FixedState;
use std::collections::BinaryHeap;
use std::hash::BuildHasher;

/// Chooses members.
#[derive(Debug)]
pub struct Sampler {
    most: usize,
    /// Those chosen so far of each segment; the one to give way first is on top.
    chosen: Vec<BinaryHeap<(u64, Vec<String>)>>,
}

impl Sampler {
    /// For so many segments, at most so many members of each.
    pub fn new(segments: usize, most: usize) -> Self {
        Self { most, chosen: (0..segments).map(|_| BinaryHeap::new()).collect() }
    }

    /// Takes a member, which is the contact with this number in the dump; its cells are asked for only
    /// if it is chosen.
    pub fn member(&mut self, segment: usize, number: u64, cells: impl FnOnce() -> Vec<String>) {
        let Some(chosen) = self.chosen.get_mut(segment).filter(|_| self.most > 0) else { return };
        let hash = FixedState::with_seed(0).hash_one(number);
        if chosen.len() == self.most {
            if chosen.peek().is_some_and(|(last, _)| *last <= hash) {
                return;
            }
            chosen.pop();
        }
        chosen.push((hash, cells()));
    }

    /// The members chosen, for each segment.
    pub fn finish(self) -> Vec<Vec<Vec<String>>> {
        let rows = |chosen: BinaryHeap<(u64, Vec<String>)>| {
            chosen.into_sorted_vec().into_iter().map(|(_, cells)| cells).collect()
        };
        self.chosen.into_iter().map(rows).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_members_in_any_order() {
        let sample = |numbers: &mut dyn Iterator<Item = u64>| {
            let mut sampler = Sampler::new(2, 5);
            numbers.for_each(|number| sampler.member(1, number, || vec![number.to_string()]));
            sampler.finish()
        };
        let found = sample(&mut (0..100));
        assert_eq!(found, sample(&mut (0..100).rev()));
        assert_eq!((found[0].len(), found[1].len()), (0, 5));
        assert_ne!(
            found[1],
            (0..5).map(|number: u64| vec![number.to_string()]).collect::<Vec<_>>()
        );
        let few = sample(&mut (0..3));
        assert_eq!(few[1].len(), 3);
    }
}
