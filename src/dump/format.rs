//! Which format a file is in, told by its first byte that isn't blank.

use super::error::{DumpError, Reason};
use super::open::Opened;

impl Opened {
    /// Whether the file is JSON; a file of nothing but blanks is an error.
    pub(crate) fn is_json(&mut self) -> Result<bool, DumpError> {
        loop {
            match self.first_byte() {
                Some(byte) => return Ok(matches!(byte, b'[' | b'{')),
                None if self.grow_head()? => {}
                None => return Err(DumpError::file_wide(&self.name, Reason::Empty)),
            }
        }
    }
}
