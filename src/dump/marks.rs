//! Where in a text the bytes stand that part it: of CSV the delimiters, quotes and line breaks, of JSON
//! what a string ends with. Sixty-four bytes are looked at together. All places are found before any is
//! used, since then nothing has to be decided byte by byte, which is what costs time.

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
    pub fn find(&mut self, text: &[u8], kinds: impl Kinds) {
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            let look = x86::Look { simd, kinds };
            return simd.vectorize(x86::Find { marks: self, text, look });
        }
        self.find_by(text, Look(kinds));
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

/// Which bytes are marks.
pub(crate) trait Kinds: Copy {
    /// Those of 16 bytes, as bytes of ones.
    fn of_16(self, part: u8x16) -> u8x16;

    /// Those of 32 bytes.
    #[cfg(target_arch = "x86_64")]
    fn of_32(self, simd: pulp::x86::V3, part: pulp::u8x32) -> pulp::m8x32;
}

/// The marks of CSV: this delimiter, quotes and line breaks.
#[derive(Clone, Copy)]
pub(crate) struct CsvMarks(pub u8);

impl CsvMarks {
    #[inline(always)]
    fn bytes(self) -> [u8; 4] {
        [self.0, b'\n', b'"', b'\r']
    }
}

impl Kinds for CsvMarks {
    #[inline(always)]
    fn of_16(self, part: u8x16) -> u8x16 {
        let [a, b, c, d] = self.bytes().map(|byte| part.simd_eq(u8x16::splat(byte)));
        a | b | c | d
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn of_32(self, simd: pulp::x86::V3, part: pulp::u8x32) -> pulp::m8x32 {
        let [a, b, c, d] = self.bytes().map(|byte| simd.cmp_eq_u8x32(part, pulp::cast([byte; 32])));
        simd.or_m8x32(simd.or_m8x32(a, b), simd.or_m8x32(c, d))
    }
}

/// The marks of JSON: what a string ends with or can't just go on with, that is quotation marks,
/// backslashes and control characters, line breaks among them.
#[derive(Clone, Copy)]
pub(crate) struct JsonMarks;

const LAST_CONTROL: u8 = 0x1f;

impl Kinds for JsonMarks {
    #[inline(always)]
    fn of_16(self, part: u8x16) -> u8x16 {
        part.simd_eq(u8x16::splat(b'"'))
            | part.simd_eq(u8x16::splat(b'\\'))
            | part.simd_eq(part.min(u8x16::splat(LAST_CONTROL)))
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn of_32(self, simd: pulp::x86::V3, part: pulp::u8x32) -> pulp::m8x32 {
        let is = |byte| simd.cmp_eq_u8x32(part, pulp::cast([byte; 32]));
        let control = simd.min_u8x32(part, pulp::cast([LAST_CONTROL; 32]));
        simd.or_m8x32(simd.or_m8x32(is(b'"'), is(b'\\')), simd.cmp_eq_u8x32(part, control))
    }
}

/// Looks at 16 bytes at once, which all processors can.
#[derive(Clone, Copy)]
struct Look<K>(K);

impl<K: Kinds> MarksOf for Look<K> {
    #[inline(always)]
    fn marks_of(self, block: &[u8; BLOCK]) -> u64 {
        let (parts, _) = block.as_chunks::<16>();
        let mut bits = 0;
        for (at, part) in parts.iter().enumerate() {
            let found = self.0.of_16(u8x16::new(*part));
            bits |= u64::from(found.to_bitmask()) << (at * 16);
        }
        bits
    }
}

/// Looks at 32 bytes at once, where the processor can. All of it has to be inlined, since the rest of
/// the program is made for any processor.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{BLOCK, Kinds, Marks, MarksOf};
    use pulp::x86::V3;
    use pulp::{NullaryFnOnce, cast};

    #[derive(Clone, Copy)]
    pub(super) struct Look<K> {
        pub simd: V3,
        pub kinds: K,
    }

    impl<K: Kinds> Look<K> {
        #[inline(always)]
        fn half(self, part: [u8; 32]) -> u64 {
            let found = self.kinds.of_32(self.simd, cast(part));
            u64::from(self.simd.avx2._mm256_movemask_epi8(cast(found)).cast_unsigned())
        }
    }

    impl<K: Kinds> MarksOf for Look<K> {
        #[inline(always)]
        fn marks_of(self, block: &[u8; BLOCK]) -> u64 {
            let [low, high]: [[u8; 32]; 2] = cast(*block);
            self.half(low) | self.half(high) << 32
        }
    }

    pub(super) struct Find<'a, K> {
        pub marks: &'a mut Marks,
        pub text: &'a [u8],
        pub look: Look<K>,
    }

    impl<K: Kinds> NullaryFnOnce for Find<'_, K> {
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

    fn assert_found(texts: &[String], kinds: impl Kinds, is_mark: impl Fn(u8) -> bool) {
        let mut marks = Marks::default();
        for text in texts {
            let bytes = text.as_bytes();
            let places = (0..bytes.len()).filter(|&at| is_mark(bytes[at]));
            let expected: Vec<u32> = places.map(|at| at as u32).collect();
            // However many bytes the processor can look at.
            marks.find_by(bytes, Look(kinds));
            assert_eq!(marks.places(), &expected, "{text:?}");
            marks.find(bytes, kinds);
            assert_eq!(marks.places(), &expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_mark_is_found(
            texts in proptest::collection::vec("[ab,;\"\\\\\r\n\u{0}\u{1f} \u{7f}\u{e9}]{0,300}", 1..4)
        ) {
            assert_found(&texts, CsvMarks(b';'), |byte| matches!(byte, b';' | b'"' | b'\r' | b'\n'));
            assert_found(&texts, JsonMarks, |byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        }
    }
}
