//! The records of a file, whatever they are wrapped in: JSON records as they stand, the messages of
//! Singer taps and Airbyte sources, and Airbyte's `_airbyte_data`, in JSON files and in CSV ones.
//!
//! What a file holds shows in its first record; where that is no wrapping, nothing is looked at again.

use super::bad_rows::{PassBadRow, RawRow};
use super::bytes::Bytes;
use super::csv_table::{CsvHead, CsvTable};
use super::error::{DumpError, Place, Reason};
use super::format::FileFormat;
use super::json_faults::{Fault, lone_surrogate, message, offset};
use super::json_records::JsonRecords;
use super::json_values::{Piece, Shape, entries_of};
use super::open::Opened;
use super::pages::Pages;
use super::streams::Streams;
use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;

/// How the records of a file are laid out.
#[derive(Debug, Clone)]
pub(crate) enum Layout {
    /// CSV rows.
    Csv(CsvHead),
    /// JSON.
    Json,
    /// CSV rows, in each of which one cell holds a JSON record.
    Cells(CsvHead, usize),
}

/// The key, and the column, under which Airbyte's destinations keep a record as it came.
const AIRBYTE_DATA: &str = "_airbyte_data";

impl Layout {
    /// Whether records are JSON in the cells of a CSV file.
    pub fn is_cells(&self) -> bool {
        matches!(self, Self::Cells(..))
    }

    /// Looks at the head of a file.
    pub fn of(opened: &mut Opened) -> Result<Self, DumpError> {
        if opened.is_json()? {
            return Ok(Self::Json);
        }
        let head = CsvHead::read(opened)?;
        let column =
            head.names.iter().position(|name| name.trim().eq_ignore_ascii_case(AIRBYTE_DATA));
        Ok(match column {
            Some(column) => Self::Cells(head, column),
            None => {
                if let Some(stream) = opened.stream.clone() {
                    return Err(DumpError::file_wide(&opened.name, Reason::NoStreams(stream)));
                }
                Self::Csv(head)
            }
        })
    }
}

/// The kinds of messages, each with the key that holds what it says.
const MESSAGES: &[(&str, &str)] = &[
    ("RECORD", "record"),
    ("SCHEMA", "stream"),
    ("STATE", "value"),
    ("STATE", "state"),
    ("ACTIVATE_VERSION", "stream"),
    ("BATCH", "stream"),
    ("CATALOG", "catalog"),
    ("LOG", "log"),
    ("TRACE", "trace"),
    ("SPEC", "spec"),
    ("CONTROL", "control"),
    ("CONNECTION_STATUS", "connectionStatus"),
];

/// The two kinds of tools whose messages are known.
const SINGER: &str = "Singer";
const AIRBYTE: &str = "Airbyte";

/// What the records of a file are wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrapping {
    /// The first record hasn't been seen.
    Unknown,
    /// Nothing.
    Plain,
    /// Messages, of which some hold a record.
    Messages,
    /// A key of its own among the destination's.
    AirbyteData,
}

/// The records of one file, one after the other.
pub(crate) struct Objects<R> {
    source: Source<R>,
    unwrap: Unwrap,
    /// The line in which the record at hand begins.
    line: u64,
    nothing_paged: Pages,
}

enum Source<R> {
    Json(Box<JsonRecords<R>>),
    /// The column of the cells.
    Cells(Box<CsvTable<R>>, usize),
}

impl<R: Read> PassBadRow for Objects<R> {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        match &mut self.source {
            Source::Json(records) => records.pass_bad_row(),
            Source::Cells(table, _) => table.pass_bad_row(),
        }
    }

    fn bad_row(&self) -> RawRow<'_> {
        match &self.source {
            Source::Json(records) => records.bad_row(),
            Source::Cells(table, _) => table.bad_row(),
        }
    }
}

struct Unwrap {
    wrapping: Wrapping,
    /// What kind of tool the last message that holds a record is of.
    tool: &'static str,
    streams: Streams,
    /// Whether any record has been taken.
    taken: bool,
}

impl Objects<Bytes> {
    /// A pass over the records of a file.
    pub fn open(
        opened: &Opened,
        layout: &Layout,
        envelopes: &'static [&'static str],
    ) -> Result<Self, DumpError> {
        Self::new(opened.reader()?, opened, layout, envelopes)
    }
}

impl<R: Read> Objects<R> {
    /// The records of `bytes`, which are the file's or begin as it does.
    pub fn new(
        bytes: R,
        opened: &Opened,
        layout: &Layout,
        envelopes: &'static [&'static str],
    ) -> Result<Self, DumpError> {
        let file = Arc::clone(&opened.name);
        let source = match layout {
            Layout::Cells(head, column) => {
                let table = CsvTable::over(bytes, file, head)?;
                Source::Cells(Box::new(table), *column)
            }
            Layout::Json | Layout::Csv(_) => {
                Source::Json(Box::new(JsonRecords::new(bytes, file, envelopes)))
            }
        };
        let written = opened.written.clone();
        let streams = Streams::new(opened.stream.clone(), envelopes, opened.holds, written);
        let unwrap = Unwrap { wrapping: Wrapping::Unknown, tool: "", streams, taken: false };
        Ok(Self { source, unwrap, line: 0, nothing_paged: Pages::default() })
    }

    /// See [`JsonRecords::be_lenient`]; rows of CSV files can be passed as they are.
    pub fn be_lenient(&mut self) {
        if let Source::Json(records) = &mut self.source {
            records.be_lenient();
        }
    }

    /// Moves on to the next record and decodes it; false at the end of the file. `decode` may be
    /// called a second time for one record, with more or less text.
    pub fn next_with(
        &mut self,
        mut decode: impl FnMut(&str) -> Result<(), Fault>,
    ) -> Result<bool, DumpError> {
        self.next_in_stream(|text, _, _| decode(text))
    }

    /// The same, where `decode` also gets the stream that the record is of, if it is of any, and the
    /// line in which it begins.
    pub fn next_in_stream(
        &mut self,
        mut decode: impl FnMut(&str, Option<&str>, u64) -> Result<(), Fault>,
    ) -> Result<bool, DumpError> {
        let Self { source, unwrap, line, .. } = self;
        loop {
            let mut taken = false;
            let found = match source {
                Source::Json(records) => {
                    let found = records.next_at(|text, line| {
                        let mut decode = |text: &str, of: Option<&str>| decode(text, of, line);
                        taken = unwrap.take(text, &mut decode)?;
                        Ok(())
                    })?;
                    *line = records.line();
                    found
                }
                Source::Cells(table, column) => match table.next()? {
                    None => false,
                    Some(row) => {
                        let mut decode = |text: &str, of: Option<&str>| decode(text, of, row.line);
                        taken = unwrap
                            .take_cell(row.get(*column), &mut decode)
                            .map_err(|reason| row.error(reason))?;
                        *line = row.line;
                        true
                    }
                },
            };
            if found && !taken {
                continue;
            }
            if !found
                && !unwrap.taken
                && let Some(reason) = unwrap.streams.none_taken()
                && unwrap.wrapping == Wrapping::Messages
            {
                let name = match source {
                    Source::Json(records) => records.file(),
                    Source::Cells(table, _) => table.file(),
                };
                return Err(DumpError::file_wide(name, reason));
            }
            unwrap.taken |= found;
            return Ok(found);
        }
    }

    /// The line in which the record at hand begins.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// True where the records are lines and wrapped in nothing, so that the rest can be read by
    /// chunks.
    pub fn is_plain_lines(&self) -> bool {
        let lines = matches!(&self.source, Source::Json(records) if records.is_stream_of_lines());
        lines && self.unwrap.wrapping == Wrapping::Plain
    }

    /// Ends the reading behind the record at hand, where records are JSON: what was read behind it,
    /// where that begins, and the source of what follows.
    pub fn into_rest(self) -> Option<(Vec<u8>, Place, R)> {
        match self.source {
            Source::Json(records) => Some(records.into_rest()),
            Source::Cells(..) => None,
        }
    }

    /// The stream of the record at hand, where records are of streams.
    pub fn stream(&self) -> Option<&str> {
        self.unwrap.streams.current()
    }

    /// Takes the records of all streams, whatever is asked for.
    pub fn take_every_stream(&mut self) {
        self.unwrap.streams.take_every();
    }

    /// How the records are laid out, as far as those read so far tell.
    pub fn format(&self) -> FileFormat {
        let records = match &self.source {
            Source::Cells(table, _) => {
                let (delimiter, skip) = (table.delimiter(), table.skip());
                let outer = FileFormat::Csv { delimiter, skip };
                return FileFormat::Within(Box::new(outer), AIRBYTE_DATA);
            }
            Source::Json(records) => records,
        };
        let outer = match records.envelope() {
            Some(key) => FileFormat::Envelope(key.to_owned()),
            None if records.is_lines() => FileFormat::JsonLines,
            None => FileFormat::Json,
        };
        match self.unwrap.wrapping {
            Wrapping::Unknown | Wrapping::Plain => outer,
            Wrapping::Messages => FileFormat::Messages(self.unwrap.tool),
            Wrapping::AirbyteData => FileFormat::Within(Box::new(outer), AIRBYTE_DATA),
        }
    }

    /// What the answers so far say of their pages.
    pub fn pages(&self) -> &Pages {
        match &self.source {
            Source::Json(records) => records.pages(),
            Source::Cells(..) => &self.nothing_paged,
        }
    }

    /// Bytes passed so far.
    pub fn bytes_read(&self) -> u64 {
        match &self.source {
            Source::Json(records) => records.bytes_read(),
            Source::Cells(table, _) => table.bytes_read(),
        }
    }
}

/// Decodes a record, which may be of a stream.
type Decode<'a> = dyn FnMut(&str, Option<&str>) -> Result<(), Fault> + 'a;

impl Unwrap {
    /// Hands over the record that `text` holds; false where it holds none that is wanted.
    fn take(&mut self, text: &str, decode: &mut Decode<'_>) -> Result<bool, Fault> {
        match self.wrapping {
            Wrapping::Plain => decode(text, None).map(|()| true),
            Wrapping::Unknown => self.take_first(text, decode),
            Wrapping::Messages => self.take_message(&entries_of(text)?, decode),
            Wrapping::AirbyteData => take_data(&entries_of(text)?, decode),
        }
    }

    /// Looks at the first record of a file to see what it is wrapped in.
    fn take_first(&mut self, text: &str, decode: &mut Decode<'_>) -> Result<bool, Fault> {
        // What is no object, or one with a fault, is the decoder's to refuse.
        let Ok(entries) = entries_of(text) else { return decode(text, None).map(|()| true) };
        if is_message(&entries) {
            self.wrapping = Wrapping::Messages;
            return self.take_message(&entries, decode);
        }
        if let Some(reason) = self.streams.none_taken() {
            return Err(Fault::At(0, reason));
        }
        if get(&entries, AIRBYTE_DATA).is_some() {
            self.wrapping = Wrapping::AirbyteData;
            return take_data(&entries, decode);
        }
        decode(text, None)?;
        self.wrapping = Wrapping::Plain;
        Ok(true)
    }

    fn take_message(
        &mut self,
        entries: &[(Cow<'_, str>, Piece<'_>)],
        decode: &mut Decode<'_>,
    ) -> Result<bool, Fault> {
        let kind = get(entries, "type").map(|value| value.shape()).transpose()?;
        let Some(Shape::Text(kind)) = kind else {
            return Err(Fault::At(0, Reason::NoMessage));
        };
        if kind != "RECORD" {
            return Ok(false);
        }
        let record = object(entries, "record", 0)?;
        if let Some(stream) = get(entries, "stream") {
            self.tool = SINGER;
            return self.take_of(stream, record, decode);
        }
        let inner = record.entries()?;
        let Some(stream) = get(&inner, "stream") else {
            return Err(Fault::At(record.at, Reason::NoMessage));
        };
        self.tool = AIRBYTE;
        self.take_of(stream, object(&inner, "data", record.at)?, decode)
    }

    fn take_of(
        &mut self,
        stream: Piece<'_>,
        record: Piece<'_>,
        decode: &mut Decode<'_>,
    ) -> Result<bool, Fault> {
        let Shape::Text(name) = stream.shape()? else {
            return Err(Fault::At(stream.at, Reason::NoMessage));
        };
        if !self.streams.takes(&name).map_err(|reason| Fault::At(stream.at, reason))? {
            return Ok(false);
        }
        decode_piece(record, Some(&name), decode).map(|()| true)
    }

    /// The record in a cell.
    fn take_cell(&mut self, cell: &str, decode: &mut Decode<'_>) -> Result<bool, Reason> {
        if let Some(reason) = self.streams.none_taken() {
            return Err(reason);
        }
        match whole_text(cell.trim(), decode) {
            Ok(()) => Ok(true),
            Err(Fault::Syntax(error)) => Err(Reason::Json(message(&error))),
            Err(Fault::At(_, reason)) => Err(reason),
        }
    }
}

fn get<'a>(entries: &[(Cow<'_, str>, Piece<'a>)], key: &str) -> Option<Piece<'a>> {
    entries.iter().find(|(name, _)| name == key).map(|(_, value)| *value)
}

/// The object under a key of a message.
fn object<'a>(
    entries: &[(Cow<'_, str>, Piece<'a>)],
    key: &str,
    at: usize,
) -> Result<Piece<'a>, Fault> {
    match get(entries, key) {
        Some(value) if value.shape()? == Shape::Object => Ok(value),
        Some(value) => Err(Fault::At(value.at, Reason::NotARecord(value.found().to_owned()))),
        None => Err(Fault::At(at, Reason::NoMessage)),
    }
}

/// A message says what kind it is, and holds what its kind has to hold.
fn is_message(entries: &[(Cow<'_, str>, Piece<'_>)]) -> bool {
    let kind = get(entries, "type").and_then(|value| value.shape().ok());
    let Some(Shape::Text(kind)) = kind else { return false };
    MESSAGES.iter().any(|(word, key)| *word == kind && get(entries, key).is_some())
}

/// Whether a record with this key may be something that wraps records. That is looked at closely
/// only then, since every record is asked.
pub(crate) fn may_wrap(key: &str, envelopes: &[&str]) -> bool {
    let mut messages = MESSAGES.iter().map(|(_, holds)| *holds);
    key == AIRBYTE_DATA
        || envelopes.contains(&key)
        || messages.any(|holds| holds == key && !ALSO_OF_CONTACTS.contains(&key))
}

/// Keys of messages that are plain fields of contacts too; those messages hold no records.
const ALSO_OF_CONTACTS: &[&str] = &["state", "value", "log"];

/// Refuses a record that wraps others, among records that are wrapped in nothing: what it holds would
/// be left out without a word.
pub(crate) fn refuse_wrapped(record: &str, envelopes: &[&str]) -> Result<(), Fault> {
    let entries = entries_of(record)?;
    if is_message(&entries) || get(&entries, AIRBYTE_DATA).is_some() {
        return Err(Fault::At(0, Reason::Wrapped));
    }
    for envelope in envelopes {
        let Some(array) = get(&entries, envelope) else { continue };
        if array.shape()? != Shape::Array {
            continue;
        }
        for item in array.items()?.take(1) {
            if item.shape()? == Shape::Object {
                return Err(Fault::At(array.at, Reason::Wrapped));
            }
        }
    }
    Ok(())
}

/// Decodes the record under Airbyte's key, an object or its text.
fn take_data(
    entries: &[(Cow<'_, str>, Piece<'_>)],
    decode: &mut Decode<'_>,
) -> Result<bool, Fault> {
    let Some(data) = get(entries, AIRBYTE_DATA) else {
        return Err(Fault::At(0, Reason::Lacks("`_airbyte_data`")));
    };
    match data.shape()? {
        Shape::Object => decode_piece(data, None, decode)?,
        // Places within the text mean nothing in the file.
        Shape::Text(text) => whole_text(text.trim(), decode).map_err(|fault| match fault {
            Fault::At(_, reason) => Fault::At(data.at, reason),
            Fault::Syntax(error) => Fault::At(data.at, Reason::Json(message(&error))),
        })?,
        Shape::Missing | Shape::Array => {
            return Err(Fault::At(data.at, Reason::NotARecord(data.found().to_owned())));
        }
    }
    Ok(true)
}

/// Decodes a record that is a text of its own, and holds values that nobody asks for to be text too.
fn whole_text(text: &str, decode: &mut Decode<'_>) -> Result<(), Fault> {
    decode(text, None)?;
    lone_surrogate(text).map_or(Ok(()), |at| Err(Fault::At(at, Reason::LoneSurrogate)))
}

/// Decodes a record within another; its faults stand further on by its place.
fn decode_piece(piece: Piece<'_>, of: Option<&str>, decode: &mut Decode<'_>) -> Result<(), Fault> {
    decode(piece.raw, of).map_err(|fault| match fault {
        Fault::At(at, reason) => Fault::At(piece.at + at, reason),
        Fault::Syntax(error) => {
            let at = piece.at + offset(piece.raw.as_bytes(), &error);
            Fault::At(at, Reason::Json(message(&error)))
        }
    })
}

#[cfg(test)]
mod tests;
