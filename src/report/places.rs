//! Lines and columns of places that come in file order.
//!
//! A column is counted from its line's start. Criteria often stand on one line, which may be a
//! megabyte long and hold thousands of rules, so counting goes on, or back, from the last place asked
//! for whenever the next one lies on the same line.

use crate::source::{Position, SourceFile};

/// Asks a file for positions and remembers the last.
pub(super) struct Places<'a> {
    file: &'a SourceFile,
    last: Option<(usize, Position)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(file: &'a SourceFile) -> Self {
        Self { file, last: None }
    }

    /// Line and column of a byte offset.
    pub(super) fn position(&mut self, offset: usize) -> Position {
        let position = self.near_last(offset).unwrap_or_else(|| self.file.position(offset));
        self.last = Some((offset, position));
        position
    }

    fn near_last(&self, offset: usize) -> Option<Position> {
        let (last, position) = self.last?;
        // A byte order mark has no column, so nothing is counted from it.
        let from_mark = last.min(offset) == 0 && self.file.text().starts_with('\u{feff}');
        if from_mark {
            return None;
        }
        // Beyond the end or inside a character: the file itself knows best.
        let between = self.file.text().get(last.min(offset)..last.max(offset))?;
        let same_line = memchr::memchr(b'\n', between.as_bytes()).is_none();
        let characters = between.chars().count();
        let column = if offset < last {
            position.column.checked_sub(characters)?
        } else {
            position.column + characters
        };
        same_line.then_some(Position { column, ..position })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembering_changes_nothing() {
        for text in ["é\nab€c\r\nc\n", "\u{feff}aé\nb"] {
            let file = SourceFile::new("f", text.as_bytes().to_vec());
            let mut places = Places::new(&file);
            for offset in (0..14).chain([3, 9, 4, 5, 6, 0, 99, 2]) {
                assert_eq!(places.position(offset), file.position(offset), "offset {offset}");
            }
        }
    }
}
