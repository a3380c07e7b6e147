//! What can be wrong with a dump, and where.
//!
//! A row that can't be read stops the run, so the message has to lead to the place: every error
//! names the file and, where they are known, the line, the column in characters and the byte.

use std::fmt;
use std::sync::Arc;
use thiserror::Error;

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The column in characters, counted from 1.
    pub column: Option<u64>,
    /// The byte, counted from 0.
    pub byte: Option<u64>,
}

impl Place {
    /// A line whose column is of no interest.
    pub fn line(line: u64) -> Self {
        Self { line: Some(line), ..Self::default() }
    }
}

/// Why a dump can't be read. Displayed as `file:line:column: reason`.
#[derive(Debug)]
pub struct DumpError(Box<Parts>);

#[derive(Debug)]
struct Parts {
    file: Arc<str>,
    place: Place,
    reason: Reason,
}

/// The reasons.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Reason {
    /// The operating system said no.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The path is a folder.
    #[error("is a directory")]
    Directory,
    /// Standard input, or a pipe, is asked for a second time.
    #[error("can be read only once")]
    ReadTwice,
    /// A folder that stands for its files, and has none.
    #[error("the folder holds no files")]
    NoFiles,
    /// A pattern that can't be read.
    #[error("is no pattern: {0}")]
    BadPattern(String),
    /// A pattern that no file matches.
    #[error("no file matches")]
    NoMatch,
    /// A file that is no text.
    #[error("is {0}")]
    NotText(&'static str),
    /// Nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// A CSV header and nothing after it.
    #[error("there is a header but no row")]
    HeaderOnly,
    /// A record beyond the limit on memory.
    #[error("record longer than 16 MiB")]
    RecordTooLong,
    /// A CSV row with more or fewer fields than the header.
    #[error("the row has {found} fields, the header has {expected}")]
    Ragged {
        /// Fields of the header.
        expected: usize,
        /// Fields of the row.
        found: usize,
    },
    /// A quoted CSV field that the file ends in.
    #[error("the quote opened here is never closed; the file ends at line {end}")]
    UnclosedQuote {
        /// The last line of the file.
        end: u64,
    },
    /// A quoted CSV field over several lines with text behind its closing quote.
    #[error(
        "a quoted field runs over several lines and has text behind its closing quote; is a quote missing before that?"
    )]
    TornQuote,
    /// A quoted CSV field beyond the limit on memory.
    #[error("the quote opened here is not closed within 16 MiB, at line {end}")]
    LongQuote {
        /// The line in which the search ended.
        end: u64,
    },
    /// Bytes that aren't UTF-8.
    #[error("invalid UTF-8 at byte {byte}")]
    InvalidUtf8 {
        /// The first bad byte, counted from 0.
        byte: u64,
    },
    /// Two CSV columns of exactly the same name.
    #[error("two columns are named `{name}`: number {first} and number {second}")]
    DuplicateColumn {
        /// The name.
        name: String,
        /// Its first column, counted from 1.
        first: usize,
        /// Its second column.
        second: usize,
    },
    /// Two keys of one JSON object are the same.
    #[error("the key `{0}` is there twice")]
    DuplicateKey(String),
    /// Two columns fit a custom field equally well.
    #[error("both `{first}` and `{second}` could be the field `{field}`; name it exactly")]
    AmbiguousColumn {
        /// The field as the user wrote it.
        field: String,
        /// The first column.
        first: String,
        /// The second column.
        second: String,
    },
    /// JSON that isn't.
    #[error("malformed JSON: {0}")]
    Json(String),
    /// A JSON file that ends inside a value.
    #[error("the file is cut short: {what} opened at line {line}, column {column} is not closed")]
    CutShort {
        /// What is still open.
        what: &'static str,
        /// Where it was opened.
        line: u64,
        /// Where it was opened.
        column: u64,
    },
    /// Half of a UTF-16 pair in a `\u` escape.
    #[error("malformed JSON: lone surrogate in a `\\u` escape")]
    LoneSurrogate,
    /// A record that isn't an object.
    #[error("expected a record (a JSON object), found {0}")]
    NotARecord(String),
    /// Something after the end.
    #[error("unexpected text after the end of the JSON document")]
    Trailing,
    /// A value whose shape is unknown under this key.
    #[error("`{key}` holds {found} where text was expected")]
    Shape {
        /// The key.
        key: String,
        /// What was found.
        found: &'static str,
    },
    /// A tracking file whose rows name no campaign.
    #[error(
        "nothing names the campaign: there is no campaign id column; give it as `{0}:campaign=ID`"
    )]
    NoCampaign(String),
    /// A tracking file whose rows don't say what happened.
    #[error(
        "nothing says what the rows are: there is no type column, and neither the other columns nor the file's name tell; give it as `{0}:type=open` (or send, click, bounce, optout, forward, spam)"
    )]
    NoKind(String),
    /// A bad row that was to be kept, and couldn't be.
    #[error("a row that can't be read can't be kept either: {0}")]
    NotKept(std::io::Error),
    /// Records of several streams, any of which could be meant.
    #[error("holds records of several streams: {names}; say which: `{written}:stream={example}`")]
    SeveralStreams {
        /// The streams so far.
        names: String,
        /// The input without options.
        written: String,
        /// One of the streams.
        example: String,
    },
    /// Streams of which none is known to hold what is read.
    #[error(
        "none of its streams is known to hold such records: {names}; if one does, say `{written}:stream={example}`"
    )]
    NoKnownStream {
        /// The streams.
        names: String,
        /// The input without options.
        written: String,
        /// One of the streams.
        example: String,
    },
    /// A stream that has no record.
    #[error("holds no record of the stream `{wanted}`; its streams are {names}")]
    NoSuchStream {
        /// The stream asked for.
        wanted: String,
        /// The streams that there are.
        names: String,
    },
    /// A stream asked of records that are of none.
    #[error("its records name no streams, so none of them is of `{0}`")]
    NoStreams(String),
    /// A line among the messages of a tap that is none.
    #[error("is no message of a Singer tap or an Airbyte source, as the lines before it are")]
    NoMessage,
    /// A line that wraps records, among lines that are records.
    #[error(
        "wraps records, while the lines before it are records themselves; give it as a file of its own"
    )]
    Wrapped,
    /// Lines above the header.
    #[error(
        "this looks like a title: it has {found}, line {line} has {expected} fields; if that is the header, say --skip-lines {skip} or `{written}:skip-lines={skip}`"
    )]
    Title {
        /// Fields of the first line, in words.
        found: String,
        /// The line that looks like the header.
        line: u64,
        /// Its fields.
        expected: usize,
        /// The lines above it.
        skip: u64,
        /// The input without options.
        written: String,
    },
    /// A record of several events that doesn't say whose they are.
    #[error(
        "is the history of one contact, and nothing says of which; give it as `{0}:email=ADDRESS`"
    )]
    NoOwner(String),
    /// XML.
    #[error("is XML, which isn't read; ask the vendor for JSON or CSV")]
    Xml,
    /// A column that was named by hand and came too late.
    #[error("the mapped column `{0}` isn't among the keys that the file begins with")]
    LateMapped(String),
    /// A column that an account file can't do without.
    #[error("no {0}")]
    Lacks(&'static str),
    /// A type of custom field that no vendor has.
    #[error("unknown field type `{found}`; known are {known}")]
    FieldType {
        /// The word found.
        found: String,
        /// All the known ones.
        known: String,
    },
}

impl Reason {
    /// True for what is wrong with one row, so that a run may go on without it.
    pub fn is_of_a_row(&self) -> bool {
        self.of_a_row().is_some()
    }

    /// What is wrong with a row, in a few words, for counting; `None` where it is something else.
    pub fn of_a_row(&self) -> Option<&'static str> {
        Some(match self {
            Self::Ragged { .. } => "with too few or too many fields",
            Self::UnclosedQuote { .. } | Self::LongQuote { .. } => "with a quote never closed",
            Self::TornQuote => "with text behind a closing quote",
            Self::InvalidUtf8 { .. } => "with invalid bytes",
            Self::DuplicateKey(_) => "with a key twice",
            Self::Json(_) | Self::CutShort { .. } | Self::LoneSurrogate => "of malformed JSON",
            Self::NotARecord(_) => "that are no records",
            Self::NoMessage => "that are no messages",
            Self::Shape { .. } | Self::Lacks(_) => "with values of unknown shape",
            _ => return None,
        })
    }
}

impl DumpError {
    /// An error of a file as a whole.
    pub fn file_wide(file: &Arc<str>, reason: impl Into<Reason>) -> Self {
        Self::at(file, Place::default(), reason)
    }

    /// An error at a place.
    pub fn at(file: &Arc<str>, place: Place, reason: impl Into<Reason>) -> Self {
        Self(Box::new(Parts { file: Arc::clone(file), place, reason: reason.into() }))
    }

    /// The same error, behind so many more lines than it was thought to be.
    pub(crate) fn moved_down(mut self, lines: u64) -> Self {
        let parts = &mut *self.0;
        let further = match &mut parts.reason {
            Reason::UnclosedQuote { end } | Reason::LongQuote { end } => Some(end),
            Reason::CutShort { line, .. } => Some(line),
            _ => None,
        };
        parts.place.line.iter_mut().chain(further).for_each(|line| *line += lines);
        self
    }

    /// The file as the user named it.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The line, counted from 1.
    pub fn line(&self) -> Option<u64> {
        self.0.place.line
    }

    /// The column in characters, counted from 1.
    pub fn column(&self) -> Option<u64> {
        self.0.place.column
    }

    /// The byte, counted from 0.
    pub fn byte(&self) -> Option<u64> {
        self.0.place.byte
    }

    /// The reason.
    pub fn reason(&self) -> &Reason {
        &self.0.reason
    }
}

impl fmt::Display for DumpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.file)?;
        if let Some(line) = self.0.place.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.0.place.column {
                write!(f, ":{column}")?;
            }
        }
        write!(f, ": {}", self.0.reason)
    }
}

impl std::error::Error for DumpError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.reason {
            // Its text is already part of this error's own.
            Reason::Io(error) => error.source(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_parts_of_a_place_are_left_out() {
        let file: Arc<str> = "a.csv".into();
        for (place, shown) in [
            (Place::default(), "a.csv: is a directory"),
            (Place::line(3), "a.csv:3: is a directory"),
            (Place { line: Some(3), column: Some(7), byte: Some(20) }, "a.csv:3:7: is a directory"),
        ] {
            assert_eq!(DumpError::at(&file, place, Reason::Directory).to_string(), shown);
        }
    }
}
