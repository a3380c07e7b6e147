//! Which format a file is in, told by its first bytes that aren't blank.

use super::error::{DumpError, Reason};
use super::open::Opened;
use std::fmt;

/// How the records of a file are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFormat {
    /// CSV.
    Csv {
        /// What parts its fields.
        delimiter: u8,
        /// Lines above its header.
        skip: u64,
    },
    /// JSON, a record a line.
    JsonLines,
    /// JSON records one after another, or in an array.
    Json,
    /// JSON records under this key of an answer.
    Envelope(String),
    /// Messages of an extract-load tool of this kind.
    Messages(&'static str),
    /// Such records, of which each holds another under this key.
    Within(Box<Self>, &'static str),
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Csv { delimiter, skip } => {
                match delimiter {
                    b'\t' => f.write_str("CSV with tabs"),
                    other => write!(f, "CSV with `{}`", char::from(*other)),
                }?;
                match skip {
                    0 => Ok(()),
                    1 => f.write_str(" below 1 line"),
                    lines => write!(f, " below {lines} lines"),
                }
            }
            Self::JsonLines => f.write_str("JSON Lines"),
            Self::Json => f.write_str("JSON"),
            Self::Envelope(key) => write!(f, "JSON, records under `{key}`"),
            Self::Messages(tool) => write!(f, "{tool} messages"),
            Self::Within(outer, key) => write!(f, "{outer}, records in `{key}`"),
        }
    }
}

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
