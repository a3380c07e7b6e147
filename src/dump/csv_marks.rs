//! Where in a text the bytes stand that part CSV fields and records: delimiters, quotes and line
//! breaks. Sixty-four bytes are looked at together, and the places come one by one.

use wide::u8x16;

/// The places in a text, in order.
pub(crate) struct Marks<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// The first byte of the block at hand.
    block: usize,
    /// A bit for each place of the block that hasn't been given yet.
    bits: u64,
}

/// The bytes that are looked at together.
const BLOCK: usize = 64;

impl<'a> Marks<'a> {
    /// The marks of a text from a place on.
    #[inline(always)]
    pub fn new(bytes: &'a [u8], delimiter: u8, from: usize) -> Self {
        let mut marks = Self { bytes, delimiter, block: 0, bits: 0 };
        marks.seek(from);
        marks
    }

    /// Goes on at another place.
    #[inline(always)]
    pub fn seek(&mut self, at: usize) {
        self.block = at & !(BLOCK - 1);
        self.bits = self.load() & (u64::MAX << (at & (BLOCK - 1)));
    }

    /// The next place; `None` at the end of the text.
    #[inline(always)]
    pub fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            self.block += BLOCK;
            if self.block >= self.bytes.len() {
                return None;
            }
            self.bits = self.load();
        }
        let at = self.block + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(at)
    }

    #[inline(always)]
    fn load(&self) -> u64 {
        let rest = self.bytes.get(self.block..).unwrap_or(&[]);
        match rest.first_chunk::<BLOCK>() {
            Some(block) => marks_of(block, self.delimiter),
            None => marks_of_last(rest, self.delimiter),
        }
    }
}

/// The marks of less than a block.
#[cold]
#[inline(never)]
fn marks_of_last(rest: &[u8], delimiter: u8) -> u64 {
    // A byte that is no mark fills up the block.
    let mut block = [b'0'; BLOCK];
    for (to, from) in block.iter_mut().zip(rest) {
        *to = *from;
    }
    marks_of(&block, delimiter)
}

/// A bit for each byte of the block that is a mark.
#[inline(always)]
fn marks_of(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    let [delimiter, line, quote, carriage] = [delimiter, b'\n', b'"', b'\r'].map(u8x16::splat);
    let (parts, _) = block.as_chunks::<16>();
    let mut bits = 0;
    for (at, part) in parts.iter().enumerate() {
        let part = u8x16::new(*part);
        let found = part.simd_eq(delimiter)
            | part.simd_eq(line)
            | part.simd_eq(quote)
            | part.simd_eq(carriage);
        bits |= u64::from(found.to_bitmask()) << (at * 16);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_mark_is_found(text in "[ab,;\"\r\n\u{e9}]{0,200}", from in 0usize..80) {
            let bytes = text.as_bytes();
            let from = from.min(bytes.len());
            let mut marks = Marks::new(bytes, b';', from);
            let found: Vec<usize> = std::iter::from_fn(|| marks.next()).collect();
            let is_mark = |&at: &usize| matches!(bytes[at], b';' | b'"' | b'\r' | b'\n');
            let expected: Vec<usize> = (from..bytes.len()).filter(is_mark).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
