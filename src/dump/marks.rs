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
    lines: Vec<Line>,
    /// Whether the line at hand is odd so far.
    odd: bool,
}

/// A line of CSV, as far as its marks tell; where its line break stands in quotes, it is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// How many marks there are up to its line feed, that one included.
    pub upto: u32,
    /// Whether other marks than delimiters are among its own.
    pub odd: bool,
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
        (self.count, self.odd) = (0, false);
        self.lines.clear();
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

    /// The lines found, where the marks are those of CSV.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Writes down the places of a block that begins at `start`, by its bits.
    #[inline(always)]
    fn note(&mut self, start: u32, found: Bits) {
        self.note_lines(found);
        let mut bits = found.all;
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

    #[inline(always)]
    fn note_lines(&mut self, Bits { all, mut lines, odd }: Bits) {
        let mut rest = odd;
        while lines != 0 {
            let upto = lines ^ lines.wrapping_sub(1);
            let odd = self.odd || rest & upto != 0;
            let before = (all & upto).count_ones();
            self.lines.push(Line { upto: self.count as u32 + before, odd });
            self.odd = false;
            rest &= !upto;
            lines &= lines.wrapping_sub(1);
        }
        self.odd |= rest != 0;
    }
}

/// The marks of a block, a bit for each byte.
#[derive(Debug, Clone, Copy, Default)]
struct Bits {
    all: u64,
    /// Those that are line feeds, and those that are neither that nor delimiters, of CSV only.
    lines: u64,
    odd: u64,
}

/// Looks at a block.
trait MarksOf: Copy {
    fn marks_of(self, block: &[u8; BLOCK]) -> Bits;
}

/// Which bytes are marks.
pub(crate) trait Kinds: Copy {
    /// Whether delimiters, line feeds and odd marks are told apart; where they aren't, the first kind is
    /// all marks, and the others mean nothing.
    const TOLD: bool;

    /// Those of 16 bytes, each kind as bytes of ones.
    fn of_16(self, part: u8x16) -> [u8x16; 3];

    /// Those of 32 bytes.
    #[cfg(target_arch = "x86_64")]
    fn of_32(self, simd: pulp::x86::V3, part: pulp::u8x32) -> [pulp::m8x32; 3];
}

/// The marks of CSV: this delimiter, quotes and line breaks.
#[derive(Clone, Copy)]
pub(crate) struct CsvMarks(pub u8);

impl Kinds for CsvMarks {
    const TOLD: bool = true;

    #[inline(always)]
    fn of_16(self, part: u8x16) -> [u8x16; 3] {
        let is = |byte| part.simd_eq(u8x16::splat(byte));
        [is(self.0), is(b'\n'), is(b'"') | is(b'\r')]
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn of_32(self, simd: pulp::x86::V3, part: pulp::u8x32) -> [pulp::m8x32; 3] {
        let delimiter = simd.cmp_eq_u8x32(part, pulp::cast([self.0; 32]));
        let line = simd.cmp_eq_u8x32(part, pulp::cast([b'\n'; 32]));
        let quote = simd.cmp_eq_u8x32(part, pulp::cast([b'"'; 32]));
        let carriage = simd.cmp_eq_u8x32(part, pulp::cast([b'\r'; 32]));
        [delimiter, line, simd.or_m8x32(quote, carriage)]
    }
}

/// The marks of JSON: what a string ends with or can't just go on with, that is quotation marks,
/// backslashes and control characters, line breaks among them.
#[derive(Clone, Copy)]
pub(crate) struct JsonMarks;

const LAST_CONTROL: u8 = 0x1f;

impl Kinds for JsonMarks {
    const TOLD: bool = false;

    #[inline(always)]
    fn of_16(self, part: u8x16) -> [u8x16; 3] {
        let is = |byte| part.simd_eq(u8x16::splat(byte));
        let all = is(b'"') | is(b'\\') | part.simd_eq(part.min(u8x16::splat(LAST_CONTROL)));
        [all, all, all]
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn of_32(self, simd: pulp::x86::V3, part: pulp::u8x32) -> [pulp::m8x32; 3] {
        let quote = simd.cmp_eq_u8x32(part, pulp::cast([b'"'; 32]));
        let backslash = simd.cmp_eq_u8x32(part, pulp::cast([b'\\'; 32]));
        let control = simd.min_u8x32(part, pulp::cast([LAST_CONTROL; 32]));
        let control = simd.cmp_eq_u8x32(part, control);
        let all = simd.or_m8x32(simd.or_m8x32(quote, backslash), control);
        [all, all, all]
    }
}

/// Looks at 16 bytes at once, which all processors can.
#[derive(Clone, Copy)]
struct Look<K>(K);

impl<K: Kinds> MarksOf for Look<K> {
    #[inline(always)]
    fn marks_of(self, block: &[u8; BLOCK]) -> Bits {
        let (parts, _) = block.as_chunks::<16>();
        let (mut all, mut lines, mut odd) = (0, 0, 0);
        for (at, part) in parts.iter().enumerate() {
            let [first, line, other] = self.0.of_16(u8x16::new(*part));
            all |= u64::from(first.to_bitmask()) << (at * 16);
            if K::TOLD {
                lines |= u64::from(line.to_bitmask()) << (at * 16);
                odd |= u64::from(other.to_bitmask()) << (at * 16);
            }
        }
        Bits { all: all | lines | odd, lines, odd }
    }
}

/// Looks at 32 bytes at once, where the processor can. All of it has to be inlined, since the rest of
/// the program is made for any processor; closures wouldn't be.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{BLOCK, Bits, Kinds, Marks, MarksOf};
    use pulp::x86::V3;
    use pulp::{NullaryFnOnce, cast, m8x32};

    #[derive(Clone, Copy)]
    pub(super) struct Look<K> {
        pub simd: V3,
        pub kinds: K,
    }

    impl<K: Kinds> Look<K> {
        #[inline(always)]
        fn bits(self, low: m8x32, high: m8x32) -> u64 {
            let low = self.simd.avx2._mm256_movemask_epi8(cast(low)).cast_unsigned();
            let high = self.simd.avx2._mm256_movemask_epi8(cast(high)).cast_unsigned();
            u64::from(low) | u64::from(high) << 32
        }
    }

    impl<K: Kinds> MarksOf for Look<K> {
        #[inline(always)]
        fn marks_of(self, block: &[u8; BLOCK]) -> Bits {
            let [low, high]: [[u8; 32]; 2] = cast(*block);
            let [a, line_a, odd_a] = self.kinds.of_32(self.simd, cast(low));
            let [b, line_b, odd_b] = self.kinds.of_32(self.simd, cast(high));
            let all = self.bits(a, b);
            if !K::TOLD {
                return Bits { all, ..Bits::default() };
            }
            let (lines, odd) = (self.bits(line_a, line_b), self.bits(odd_a, odd_b));
            Bits { all: all | lines | odd, lines, odd }
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
            let lines = marks.lines().to_vec();
            marks.find(bytes, kinds);
            assert_eq!(marks.places(), &expected, "{text:?}");
            assert_eq!(marks.lines(), lines, "{text:?}");
        }
    }

    #[test]
    fn lines_are_told_by_their_marks() {
        let mut marks = Marks::default();
        let long = "a".repeat(200);
        let text = format!("a,b\n\n{long},\"\n{long}\n,,\r\n,,\n{long}");
        marks.find(text.as_bytes(), CsvMarks(b','));
        let found: Vec<_> = marks.lines().iter().map(|line| (line.upto, line.odd)).collect();
        assert_eq!(found, [(2, false), (3, false), (6, true), (7, false), (11, true), (14, false)]);
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
