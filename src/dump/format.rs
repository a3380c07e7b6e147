//! Which format a file is in, told by its first bytes that aren't blank.

use super::error::{DumpError, Reason};
use super::open::Opened;

impl Opened {
    /// Whether the file is JSON; a file of nothing but blanks is an error.
    pub(crate) fn is_json(&mut self) -> Result<bool, DumpError> {
        loop {
            match self.first_byte() {
                Some(b'<') if self.is_xml() => {
                    return Err(DumpError::file_wide(&self.name, Reason::Xml));
                }
                Some(byte) => return Ok(matches!(byte, b'[' | b'{')),
                None if self.grow_head()? => {}
                None => return Err(DumpError::file_wide(&self.name, Reason::Empty)),
            }
        }
    }

    fn is_xml(&self) -> bool {
        let text = self.text().trim_ascii_start();
        text.get(1).is_some_and(|&byte| matches!(byte, b'?' | b'!') || byte.is_ascii_alphabetic())
    }
}
