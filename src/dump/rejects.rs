//! Files of rejects: rows that could not be read, each behind a line that says why. Such a file is
//! mended by hand and read again like any other; the lines of reasons are left out of it then.
//!
//! This is all there is to the format: the first line is [`MARK`], and every line that begins with
//! `# segkit: ` is a remark.

use super::bytes::Bytes;
use std::io::{self, Read};

/// The first line of a file of rejects, without its line break.
pub const MARK: &str = "# segkit: rejects; mend the rows and read this file like any other, \
    lines that begin like this one are left out";

/// What tells a file of rejects.
pub(crate) const TELLING: &[u8] = b"# segkit: rejects";

const REMARK: &[u8] = b"# segkit: ";

/// The text of a file of rejects without its remarks. Their line breaks stay, so that lines keep
/// their numbers.
pub(crate) struct WithoutRemarks {
    bytes: Bytes,
    /// How much of the mark of a remark the line at hand has shown so far; `None` behind that.
    at_start: Option<usize>,
    in_remark: bool,
    ended: bool,
    output: Vec<u8>,
    given: usize,
}

impl WithoutRemarks {
    pub fn new(bytes: Bytes) -> Self {
        Self {
            bytes,
            at_start: Some(0),
            in_remark: false,
            ended: false,
            output: Vec::new(),
            given: 0,
        }
    }

    fn take(&mut self, byte: u8) {
        if byte == b'\n' {
            self.let_go();
            (self.at_start, self.in_remark) = (Some(0), false);
            self.output.push(byte);
            return;
        }
        if self.in_remark {
            return;
        }
        match self.at_start {
            Some(shown) if REMARK.get(shown) == Some(&byte) => {
                self.in_remark = shown + 1 == REMARK.len();
                self.at_start = (!self.in_remark).then_some(shown + 1);
            }
            _ => {
                self.let_go();
                self.output.push(byte);
            }
        }
    }

    /// Hands on what looked like the beginning of a remark and was none.
    fn let_go(&mut self) {
        let shown = self.at_start.take().unwrap_or(0);
        self.output.extend_from_slice(REMARK.get(..shown).unwrap_or(&[]));
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut chunk = [0; 8 << 10];
        let count = self.bytes.read(&mut chunk)?;
        self.output.clear();
        self.given = 0;
        self.ended = count == 0;
        if self.ended {
            self.let_go();
        }
        chunk.iter().take(count).for_each(|&byte| self.take(byte));
        Ok(())
    }
}

impl Read for WithoutRemarks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() && !self.ended {
            self.fill()?;
        }
        let count = self.output.get(self.given..).unwrap_or(&[]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_left_out_and_lines_keep_their_numbers() {
        let mark = format!("{MARK}\n");
        for (text, expected) in [
            (format!("{mark}a,b\n# segkit: x:1: why\n1,2\n"), "\na,b\n\n1,2\n"),
            (
                format!("{mark}#a,b\n\n#\n# \n# segkit\n#x# \n#"),
                "\n#a,b\n\n#\n# \n# segkit\n#x# \n#",
            ),
            (format!("{mark}# segkit: last"), "\n"),
        ] {
            assert!(text.as_bytes().starts_with(TELLING));
            let mut read = String::new();
            let bytes = Box::new(io::Cursor::new(text.clone()));
            WithoutRemarks::new(bytes).read_to_string(&mut read).unwrap();
            assert_eq!(read, expected, "{text}");
        }
    }
}
