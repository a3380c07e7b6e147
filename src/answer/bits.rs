//! A set of numbers as bits: the segments that a contact is in, the rules that it passes.

/// Numbers below a bound that is set once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Bits(Box<[u64]>);

impl Bits {
    /// No number, of so many that there are.
    pub fn none_of(numbers: usize) -> Self {
        Self(vec![0; numbers.div_ceil(64)].into())
    }

    /// Puts a number in; one that isn't below the bound is left out.
    pub fn put(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether a number is in it.
    pub fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Takes all numbers out.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    /// The numbers, in order.
    pub fn numbers(&self) -> impl Iterator<Item = usize> + Clone {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_in() {
        let mut bits = Bits::none_of(130);
        for number in [0, 63, 64, 129, 500] {
            bits.put(number);
        }
        assert_eq!(bits.numbers().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert!(bits.has(64) && !bits.has(65) && !bits.has(500));
        bits.clear();
        assert_eq!(bits, Bits::none_of(130));
    }
}
