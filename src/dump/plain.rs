//! Files that other programs can read as they stand: rows of plain cells, of which each is found by its
//! place or its key. What these readers make of more than that (several encodings, wrapped records,
//! nested values) no other program does, so such files are refused here, with the reason.

use super::columns::How;
use super::csv_table::CsvHead;
use super::error::DumpError;
use super::objects::may_wrap;
use super::open::Opened;
use super::unpack::Codec;
use encoding_rs::UTF_8;
use serde_json::{Map, Value};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use thiserror::Error;

/// A file of rows, and how another program finds their cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainFile {
    /// Where it is.
    pub path: PathBuf,
    /// How it is packed.
    pub codec: Option<Codec>,
    /// How its rows are written.
    pub form: PlainForm,
}

/// How rows are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlainForm {
    /// CSV behind a header, which is the first record.
    Csv {
        /// What parts the cells.
        delimiter: u8,
        /// How many cells a row has.
        width: usize,
        /// The first line, as it stands; where the header goes on in further lines, not all of it.
        header: String,
    },
    /// A JSON object a line, with these keys, as the beginning of the file shows them.
    JsonLines {
        /// The keys.
        keys: Vec<String>,
    },
}

/// A cell of a row, by its place in the header or among the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainCell {
    /// The place.
    pub at: usize,
    /// What it holds.
    pub holds: Holds,
}

/// What a plain cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// One value, the cell itself.
    Value,
    /// Several, between `;` and `|`.
    Parts,
    /// A permission, in the words of the vendor's exports or of its API.
    Permission,
}

/// A file of contacts, and which cells hold each of the columns that were asked for; none where the
/// file hasn't the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainContacts {
    /// The file.
    pub file: PlainFile,
    /// The cells, column by column.
    pub columns: Vec<Vec<PlainCell>>,
}

/// A file of activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainActivities {
    /// The file.
    pub file: PlainFile,
    /// The fields that its rows have, by their canonical names, each with its place.
    pub fields: Vec<(&'static str, usize)>,
    /// What all rows are, whatever they say.
    pub kind: Option<&'static str>,
    /// The campaign of rows that name none.
    pub campaign: Option<Arc<str>>,
}

impl PlainActivities {
    /// The place of a field.
    pub fn place(&self, field: &str) -> Option<usize> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, at)| *at)
    }
}

/// A file that only the readers here make out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotPlain {
    file: Arc<str>,
    reason: Intricate,
}

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, reason } = self;
        write!(f, "{file}: {reason}; segkit's own engine reads it: leave --engine out")
    }
}

impl std::error::Error for NotPlain {}

/// Why a file isn't plain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Intricate {
    /// Its bytes come once.
    #[error("is standard input or a pipe, which an engine can't open")]
    Stream,
    /// Not UTF-8.
    #[error("is encoded in {0}, which isn't left to an engine")]
    Encoding(&'static str),
    /// Rows that were left out of a run.
    #[error("is a file of rejects, which no engine reads")]
    Rejects,
    /// Text above the header.
    #[error("has lines above its header, which isn't left to an engine")]
    Above,
    /// Lines that are empty mean nothing or a row.
    #[error("has one column, of which engines take empty lines for rows")]
    OneColumn,
    /// Records in cells.
    #[error("holds JSON records in the cells of a CSV file, which no engine takes apart")]
    Cells,
    /// JSON that isn't an object a line.
    #[error("isn't JSON Lines: only a JSON object a line is left to an engine")]
    Layout,
    /// A key that has to be escaped.
    #[error(
        "has a key with a quote, a backslash or a control character, which isn't left to an engine"
    )]
    Key,
    /// Records within records.
    #[error("holds records within records (its key `{0}`), which no engine takes apart")]
    Wrapped(String),
    /// A mark before the first byte.
    #[error("begins with a byte order mark, which engines refuse in JSON")]
    Mark,
    /// A column whose values need more than splitting.
    #[error("has `{column}` in `{name}`, {why}")]
    Cell {
        /// The column asked for.
        column: String,
        /// The column, or the key, of the file.
        name: String,
        /// What is to be done with it.
        why: &'static str,
    },
    /// Fields within another value.
    #[error("holds fields of its records within `{0}`, which no engine takes apart")]
    Within(String),
    /// Several keys for one column.
    #[error("has `{column}` under several keys, of which each record may have another")]
    SeveralKeys {
        /// The column.
        column: String,
    },
    /// A field of activities whose values aren't taken as they stand.
    #[error("tells by `{0}` what an engine can't read")]
    Field(&'static str),
    /// What rows are is told record by record.
    #[error("doesn't name in each record its `{0}`")]
    Untold(&'static str),
}

impl Intricate {
    pub fn of(self, opened: &Opened) -> NotPlain {
        NotPlain { file: Arc::clone(&opened.name), reason: self }
    }

    /// A cell that must be taken apart.
    pub fn cell(column: &str, name: &str, how: How) -> Self {
        let why = match how {
            How::ListNames | How::TagNames => "whose names are parted by commas",
            How::Month | How::Day => "a date that is to be taken apart",
            How::Whole | How::Parts | How::Permission => "which stands within another value",
        };
        Self::Cell { column: column.to_owned(), name: name.to_owned(), why }
    }
}

/// What a cell holds that is read so; none where it has to be taken apart.
pub(super) fn holds(how: How) -> Option<Holds> {
    match how {
        How::Whole => Some(Holds::Value),
        How::Parts => Some(Holds::Parts),
        How::Permission => Some(Holds::Permission),
        How::ListNames | How::TagNames | How::Month | How::Day => None,
    }
}

/// The file behind what was opened, if its rows are of this form.
pub(super) fn file_of(opened: &Opened, form: PlainForm) -> Result<PlainFile, Intricate> {
    let path = opened.path().ok_or(Intricate::Stream)?.to_path_buf();
    let packing = opened.packing;
    if packing.rejects {
        return Err(Intricate::Rejects);
    }
    if packing.encoding != UTF_8 {
        return Err(Intricate::Encoding(packing.encoding.name()));
    }
    let json = matches!(form, PlainForm::JsonLines { .. });
    if json && opened.is_marked() {
        return Err(Intricate::Mark);
    }
    match form {
        PlainForm::Csv { .. } if opened.skip_lines > 0 || opened.begins_blank() => {
            Err(Intricate::Above)
        }
        PlainForm::Csv { width: 0 | 1, .. } => Err(Intricate::OneColumn),
        form => Ok(PlainFile { path, codec: packing.codec, form }),
    }
}

/// How the rows of a CSV file are written.
pub(super) fn csv_form(opened: &Opened, head: &CsvHead) -> PlainForm {
    let line = opened.text().split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or(&[]);
    let header = String::from_utf8_lossy(line).into_owned();
    PlainForm::Csv { delimiter: head.delimiter, width: head.names.len(), header }
}

/// The keys of which other keys of a record may hold records; those of contacts and of activities.
const ENVELOPES: &[&str] = &[
    "contacts",
    "members",
    "import_data",
    "tracking_activities",
    "activities",
    "results",
    "Results",
    "result",
    "Events",
];

/// The keys of the objects, a line each, that the head of a file shows, in order.
pub(super) fn keys_of(opened: &Opened) -> Result<Vec<String>, Intricate> {
    let text = opened.text();
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    if !opened.whole {
        // It may go on behind the head.
        lines.pop();
    }
    let mut keys: Vec<String> = Vec::new();
    let mut records = 0;
    for line in lines.into_iter().filter(|line| !line.trim_ascii().is_empty()) {
        let record: Map<String, Value> =
            serde_json::from_slice(line).map_err(|_| Intricate::Layout)?;
        records += 1;
        for key in record.into_iter().map(|(key, _)| key) {
            if key.contains(['"', '\\']) || key.chars().any(char::is_control) {
                return Err(Intricate::Key);
            }
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    if records == 0 {
        return Err(Intricate::Layout);
    }
    match keys.iter().find(|key| may_wrap(key, ENVELOPES)) {
        Some(key) => Err(Intricate::Wrapped(key.clone())),
        None => Ok(keys),
    }
}

/// Why no table can be made of a dump.
#[derive(Debug, Error)]
pub enum PlainError {
    /// A file isn't plain.
    #[error(transparent)]
    NotPlain(#[from] NotPlain),
    /// A header can't be bound to the columns.
    #[error(transparent)]
    Dump(#[from] DumpError),
}
