//! Lines and characters as a client counts them: lines from 0, characters in units of the encoding
//! that was agreed on.

use crate::source::Span;
use lsp_types::{Position, PositionEncodingKind, Range};

/// What a client counts on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units, of which characters beyond U+FFFF have two; what is counted unless something
    /// else is agreed on.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

/// The encodings by the protocol's names.
const ENCODINGS: &[(PositionEncodingKind, Encoding)] = &[
    (PositionEncodingKind::UTF8, Encoding::Utf8),
    (PositionEncodingKind::UTF16, Encoding::Utf16),
    (PositionEncodingKind::UTF32, Encoding::Utf32),
];

impl Encoding {
    /// The first of a client's encodings that is known here.
    pub fn agreed(offered: &[PositionEncodingKind]) -> Self {
        let known = |name: &PositionEncodingKind| ENCODINGS.iter().find(|(kind, _)| kind == name);
        offered.iter().find_map(known).map(|(_, encoding)| *encoding).unwrap_or_default()
    }

    /// The protocol's name.
    pub fn name(self) -> PositionEncodingKind {
        let row = ENCODINGS.iter().find(|(_, encoding)| *encoding == self);
        row.map_or(PositionEncodingKind::UTF16, |(kind, _)| kind.clone())
    }

    /// How many units a byte of UTF-8 adds: those of its character, if it is the first of it.
    fn units(self, byte: u8) -> usize {
        let continues = byte & 0b1100_0000 == 0b1000_0000;
        match self {
            Self::Utf8 => 1,
            Self::Utf16 | Self::Utf32 if continues => 0,
            Self::Utf16 if byte >= 0b1111_0000 => 2,
            Self::Utf16 | Self::Utf32 => 1,
        }
    }
}

/// After this many bytes the units counted so far are kept: criteria often stand on one long line.
const BLOCK: usize = 1024;

/// The index of a text's lines.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    encoding: Encoding,
    /// Where each line begins. Lines end with `\n`, `\r\n` or `\r`.
    starts: Vec<usize>,
    /// The units before each block of the text.
    blocks: Vec<usize>,
}

impl Lines {
    pub fn new(text: &str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&at| {
            let next = bytes.get(at + 1);
            bytes.get(at) == Some(&b'\n') || next != Some(&b'\n')
        });
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        let counted = bytes.chunks(BLOCK).scan(0, |sum, block| {
            let before = *sum;
            *sum += block.iter().map(|&byte| encoding.units(byte)).sum::<usize>();
            Some(before)
        });
        Self { encoding, starts, blocks: counted.collect() }
    }

    /// The units before an offset.
    fn units_before(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let block = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        let counted = self.blocks.get(block).copied().unwrap_or(0);
        let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or(&[]);
        counted + rest.iter().map(|&byte| self.encoding.units(byte)).sum::<usize>()
    }

    /// The position of a byte offset.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let character = self.units_before(text, offset) - self.units_before(text, start);
        Position { line: small(line), character: small(character) }
    }

    /// The range of a span.
    pub fn range(&self, text: &str, span: Span) -> Range {
        Range { start: self.position(text, span.start), end: self.position(text, span.end) }
    }

    /// The byte offset of a position. What lies behind the end of a line means its end, and what lies
    /// inside a character its begin.
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(&start) = self.starts.get(line) else {
            return text.len();
        };
        let next = self.starts.get(line.saturating_add(1)).copied().unwrap_or(text.len());
        let whole = text.get(start..next).unwrap_or("");
        let end = start + whole.trim_end_matches(['\r', '\n']).len();
        let wanted = self
            .units_before(text, start)
            .saturating_add(usize::try_from(position.character).unwrap_or(usize::MAX));
        let block = self.blocks.partition_point(|&before| before <= wanted).saturating_sub(1);
        let mut at = (block * BLOCK).max(start);
        let mut units = self.units_before(text, at);
        while let Some(&byte) = text.as_bytes().get(at).filter(|_| at < end) {
            units += self.encoding.units(byte);
            if units > wanted {
                break;
            }
            at += 1;
        }
        let mut at = at.min(end);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_offsets_in_every_encoding() {
        let text = "é😀x\r\nab\rc\n";
        for (encoding, row) in [
            (Encoding::Utf8, [(0, 0, 0), (2, 0, 2), (6, 0, 6), (7, 0, 7)]),
            (Encoding::Utf16, [(0, 0, 0), (2, 0, 1), (6, 0, 3), (7, 0, 4)]),
            (Encoding::Utf32, [(0, 0, 0), (2, 0, 1), (6, 0, 2), (7, 0, 3)]),
        ] {
            let lines = Lines::new(text, encoding);
            for (offset, line, character) in
                row.into_iter().chain([(9, 1, 0), (11, 1, 2), (12, 2, 0), (14, 3, 0)])
            {
                let position = Position { line, character };
                assert_eq!(lines.position(text, offset), position, "{encoding:?} {offset}");
                assert_eq!(lines.offset(text, position), offset, "{encoding:?} {position:?}");
            }
        }
    }

    #[test]
    fn positions_that_are_nowhere() {
        let text = "é😀\nab";
        let lines = Lines::new(text, Encoding::Utf16);
        // Inside the pair of units, behind a line's end, behind the last line.
        for ((line, character), offset) in
            [((0, 2), 2), ((0, 99), 6), ((1, 99), 9), ((9, 0), 9), ((0, u32::MAX), 6)]
        {
            assert_eq!(lines.offset(text, Position { line, character }), offset);
        }
        let bytes = Lines::new(text, Encoding::Utf8);
        assert_eq!(bytes.offset(text, Position { line: 0, character: 1 }), 0);
        assert_eq!(lines.position(text, 99), Position { line: 1, character: 2 });
        let empty = Lines::new("", Encoding::Utf16);
        assert_eq!(empty.offset("", Position { line: 0, character: 3 }), 0);
        assert_eq!(empty.position("", 0), Position::default());
    }

    #[test]
    fn long_lines_are_counted_in_blocks() {
        let text = "aé😀\u{20ac}".repeat(2000);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(&text, encoding);
            for (offset, _) in text.char_indices().step_by(7) {
                let position = lines.position(&text, offset);
                let before = &text[..offset];
                let expected = match encoding {
                    Encoding::Utf8 => before.len(),
                    Encoding::Utf16 => before.encode_utf16().count(),
                    Encoding::Utf32 => before.chars().count(),
                };
                assert_eq!(position.character as usize, expected);
                assert_eq!(lines.offset(&text, position), offset);
            }
        }
    }

    #[test]
    fn the_client_s_first_choice_counts() {
        use PositionEncodingKind as Kind;
        let agreed = |offered: &[Kind]| Encoding::agreed(offered);
        assert_eq!(agreed(&[]), Encoding::Utf16);
        assert_eq!(agreed(&[Kind::new("utf-7"), Kind::UTF32, Kind::UTF8]), Encoding::Utf32);
        assert_eq!(Encoding::Utf8.name(), Kind::UTF8);
    }
}
