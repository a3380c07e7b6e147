//! Where in a text the bytes stand that part CSV fields and records: delimiters, quotes and line
//! breaks. Sixty-four bytes are looked at together. All places are found before any is used, since
//! then nothing has to be decided byte by byte, which is what costs time.

use wide::u8x16;

/// The places of a text, in order. They may be made anew for another text.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Behind those of the text at hand stand others.
    places: Vec<u32>,
    count: usize,
}

/// The bytes that are looked at together.
const BLOCK: usize = 64;
/// Places that are written down together, whether there are as many or not.
const TOGETHER: usize = 8;

impl Marks {
    /// Finds the marks of a text, which is shorter than 4 GiB.
    pub fn find(&mut self, text: &[u8], delimiter: u8) {
        let kinds = [delimiter, b'\n', b'"', b'\r'];
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            let look = x86::Look::new(simd, kinds);
            return simd.vectorize(x86::Find { marks: self, text, look });
        }
        self.find_by(text, Look(kinds.map(u8x16::splat)));
    }

    #[inline(always)]
    fn find_by(&mut self, text: &[u8], look: impl MarksOf) {
        self.count = 0;
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        let mut start = 0;
        for block in blocks {
            self.note(start, look.marks_of(block));
            start += BLOCK as u32;
        }
        // A byte that is no mark fills up the last block.
        let mut block = [b'0'; BLOCK];
        if let Some(begin) = block.get_mut(..rest.len()) {
            begin.copy_from_slice(rest);
        }
        self.note(start, look.marks_of(&block));
    }

    /// The places found.
    #[inline(always)]
    pub fn places(&self) -> &[u32] {
        self.places.get(..self.count).unwrap_or(&[])
    }

    /// Writes down the places of a block that begins at `start`, by its bits.
    #[inline(always)]
    fn note(&mut self, start: u32, mut bits: u64) {
        let found = bits.count_ones() as usize;
        if self.places.len() < self.count + BLOCK {
            self.places.resize(self.places.len() * 2 + BLOCK, 0);
        }
        let mut rest = self.places.get_mut(self.count..).unwrap_or(&mut []);
        let mut left = found;
        while let Some((together, behind)) = rest.split_first_chunk_mut::<TOGETHER>() {
            for place in together {
                *place = start.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
            if left <= TOGETHER {
                break;
            }
            left -= TOGETHER;
            rest = behind;
        }
        self.count += found;
    }
}

/// Looks at a block.
trait MarksOf: Copy {
    /// A bit for each byte that is a mark.
    fn marks_of(self, block: &[u8; BLOCK]) -> u64;
}

/// Looks at 16 bytes at once, which all processors can.
#[derive(Clone, Copy)]
struct Look([u8x16; 4]);

impl MarksOf for Look {
    #[inline(always)]
    fn marks_of(self, block: &[u8; BLOCK]) -> u64 {
        let Self([delimiter, line, quote, carriage]) = self;
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
}

/// Looks at 32 bytes at once, where the processor can. All of it has to be inlined, since the rest of
/// the program is made for any processor.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{BLOCK, Marks, MarksOf};
    use pulp::x86::V3;
    use pulp::{NullaryFnOnce, cast, u8x32};

    #[derive(Clone, Copy)]
    pub(super) struct Look {
        simd: V3,
        kinds: [u8x32; 4],
    }

    impl Look {
        pub(super) fn new(simd: V3, kinds: [u8; 4]) -> Self {
            Self { simd, kinds: kinds.map(|kind| cast([kind; 32])) }
        }

        #[inline(always)]
        fn half(self, part: [u8; 32]) -> u64 {
            let Self { simd, kinds: [delimiter, line, quote, carriage] } = self;
            let part: u8x32 = cast(part);
            let one =
                simd.or_m8x32(simd.cmp_eq_u8x32(part, delimiter), simd.cmp_eq_u8x32(part, line));
            let other =
                simd.or_m8x32(simd.cmp_eq_u8x32(part, quote), simd.cmp_eq_u8x32(part, carriage));
            let bits = simd.avx2._mm256_movemask_epi8(cast(simd.or_m8x32(one, other)));
            u64::from(bits.cast_unsigned())
        }
    }

    impl MarksOf for Look {
        #[inline(always)]
        fn marks_of(self, block: &[u8; BLOCK]) -> u64 {
            let [low, high]: [[u8; 32]; 2] = cast(*block);
            self.half(low) | self.half(high) << 32
        }
    }

    pub(super) struct Find<'a> {
        pub marks: &'a mut Marks,
        pub text: &'a [u8],
        pub look: Look,
    }

    impl NullaryFnOnce for Find<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            self.marks.find_by(self.text, self.look);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_mark_is_found(texts in proptest::collection::vec("[ab,;\"\r\n\u{e9}]{0,300}", 1..4)) {
            let mut marks = Marks::default();
            for text in texts {
                let bytes = text.as_bytes();
                let kinds = [b';', b'\n', b'"', b'\r'];
                let is_mark = |&at: &usize| matches!(bytes[at], b';' | b'"' | b'\r' | b'\n');
                let expected: Vec<u32> =
                    (0..bytes.len()).filter(is_mark).map(|at| at as u32).collect();
                // However many bytes the processor can look at.
                marks.find_by(bytes, Look(kinds.map(u8x16::splat)));
                prop_assert_eq!(marks.places(), &expected);
                marks.find(bytes, b';');
                prop_assert_eq!(marks.places(), &expected);
            }
        }
    }
}
