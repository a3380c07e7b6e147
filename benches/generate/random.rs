//! Splitmix64: the whole of the generator's chance.
//!
//! A generator of our own, because a package's may change its stream between versions, and then an
//! old seed would name another world.

/// A stream of 64-bit numbers that depends on its seed alone.
pub struct Random(u64);

impl Random {
    /// The stream of one thing (a contact, a campaign) within a seed. `kind` keeps the streams of
    /// different sorts of things apart that have the same number.
    pub fn of(seed: u64, kind: u64, number: u64) -> Self {
        let mut stream = Self(seed ^ kind.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        let base = stream.next();
        let mut stream = Self(base ^ number.wrapping_mul(0xA076_1D64_78BD_642F));
        stream.next();
        stream
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..bound`; 0 for a bound of 0. The bias of the multiply is far below what a
    /// benchmark could notice.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// True in `parts` of a thousand.
    pub fn permille(&mut self, parts: u64) -> bool {
        self.below(1000) < parts
    }

    /// A number in `0.0..1.0`.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    /// Seconds until something that mostly happens soon. The fourth power, whose mean is a fifth,
    /// rather than a logarithm: that may differ between machines in its last bit.
    pub fn delay(&mut self, mean_seconds: f64) -> i64 {
        let unit = self.unit();
        (unit * unit * unit * unit * 5.0 * mean_seconds) as i64 + 1
    }
}
