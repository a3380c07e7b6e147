//! A file's text with an index of its lines.

use super::Span;

/// The byte order mark.
const MARK: char = '\u{feff}';

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The name of standard input where a file's name is shown.
pub const STDIN: &str = "<stdin>";

/// A text file held whole.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    not_utf8: Option<usize>,
}

impl SourceFile {
    /// Takes a file's bytes. Bytes that aren't UTF-8 are replaced, so that what stands before the
    /// first of them keeps its place, and that place is kept: see [`SourceFile::not_utf8`].
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let (text, not_utf8) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
            }
        };
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Self { name: name.into(), text, line_starts, not_utf8 }
    }

    /// The name as the user gave it; [`STDIN`] for standard input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset of the first byte that isn't UTF-8.
    pub fn not_utf8(&self) -> Option<usize> {
        self.not_utf8
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|&start| start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.as_bytes().get(start..offset.min(self.text.len())).unwrap_or(&[]);
        // Continuation bytes of UTF-8 are 0b10xx_xxxx; every other byte begins a character.
        let column = before.iter().filter(|&&b| b & 0b1100_0000 != 0b1000_0000).count() + 1;
        // A byte order mark is no character of the text, and editors don't count it.
        let marked = line == 1 && self.text.starts_with(MARK) && offset >= MARK.len_utf8();
        let column = column - usize::from(marked);
        Position { line, column }
    }

    /// The text in a span; empty where the span leaves the file or cuts a character.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let file = SourceFile::new("f", "é\nab\r\nc".as_bytes().to_vec());
        for (offset, line, column) in
            [(0, 1, 1), (2, 1, 2), (3, 2, 1), (5, 2, 3), (7, 3, 1), (8, 3, 2), (99, 3, 2)]
        {
            assert_eq!(file.position(offset), Position { line, column }, "offset {offset}");
        }
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let file = SourceFile::new("f", "\u{feff}aé\nb".as_bytes().to_vec());
        for (offset, line, column) in [(0, 1, 1), (3, 1, 1), (4, 1, 2), (6, 1, 3), (7, 2, 1)] {
            assert_eq!(file.position(offset), Position { line, column }, "offset {offset}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_keep_their_place() {
        let file = SourceFile::new("f", b"ok\xff{}".to_vec());
        assert_eq!(file.not_utf8(), Some(2));
        assert_eq!(file.text(), "ok\u{fffd}{}");
    }
}
