//! A file as rows of named cells, whatever it holds: for looking at files of which nothing is known
//! yet. Nested JSON is laid flat: the keys of objects are named by their paths, the elements of an
//! array are several cells of one name, and custom fields stand under their own names
//! (`CustomFields[Plan]`).

use super::bad_rows::{self, PassBadRow, RawRow, SharedBadRows};
use super::bytes::Bytes;
use super::columns::{Container, How, container, fields_of};
use super::csv_table::CsvTable;
use super::distinct::Distinct;
use super::error::DumpError;
use super::format::FileFormat;
use super::gather::named_entries;
use super::input::Input;
use super::json_faults::Fault;
use super::json_keys::KeyCatalog;
use super::json_records::JsonRecords;
use super::json_values::{Piece, Shape};
use super::objects::{Layout, Objects};
use super::open::Opened;
use super::unpack::Packing;
use crate::contact::{ContactField, normalise};
use std::sync::Arc;

/// The keys under which vendors' answers have an array of records.
const ENVELOPES: &[&str] = &[
    "contacts",
    "members",
    "import_data",
    "tracking_activities",
    "activities",
    "link_click_counts",
    "results",
    "Results",
    "result",
    "info.dataList",
    "info.voList",
    "Events",
    "segments",
    "campaigns",
    "lists",
    "tags",
    "custom_fields",
];

/// So many of them are no keys of contacts and activities themselves.
const CERTAIN: usize = 12;

/// Shapes nested deeper than this are shown as one cell.
const DEPTH: usize = 4;

/// A row: its cells that aren't missing.
#[derive(Debug, Default)]
pub struct FlatRow {
    text: String,
    cells: Vec<(usize, usize, usize)>,
}

impl FlatRow {
    /// The cells, each with the index of its column; a column may have several.
    pub fn cells(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = |start, end| self.text.get(start..end).unwrap_or("");
        self.cells.iter().map(move |&(column, start, end)| (column, text(start, end)))
    }

    fn clear(&mut self) {
        self.text.clear();
        self.cells.clear();
    }

    fn push(&mut self, column: usize, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push((column, start, self.text.len()));
    }
}

/// One pass over the rows of a file.
pub struct FlatRows {
    opened: Opened,
    source: Source,
    columns: Distinct,
    bad_rows: SharedBadRows,
}

enum Source {
    Csv(Box<CsvTable<Bytes>>),
    Json { records: Box<Objects<Bytes>>, catalog: KeyCatalog<()> },
}

impl FlatRows {
    /// Opens a file. Rows that can't be read are left to `bad_rows`.
    ///
    /// # Errors
    /// When the file can't be opened, is empty, or has a header that can't be read.
    pub fn open(input: &Input, bad_rows: SharedBadRows) -> Result<Self, DumpError> {
        let mut opened = Opened::open(input, false)?;
        let mut columns = Distinct::default();
        let source = match Layout::of(&mut opened)? {
            Layout::Csv(head) => {
                head.names.iter().for_each(|name| columns.add(name));
                Source::Csv(Box::new(CsvTable::open(&opened, &head)?))
            }
            layout => {
                let mut records = Objects::open(&opened, &layout, envelopes(&opened))?;
                records.be_lenient();
                Source::Json { records: Box::new(records), catalog: KeyCatalog::default() }
            }
        };
        Ok(Self { opened, source, columns, bad_rows })
    }

    /// The columns met so far, in order. Those of JSON come with the rows.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How the file was packed and encoded.
    pub fn packing(&self) -> Packing {
        self.opened.packing
    }

    /// The length of its text in bytes, where it is known.
    pub fn length(&self) -> Option<u64> {
        self.opened.length
    }

    /// Bytes of text passed so far.
    pub fn bytes_read(&self) -> u64 {
        match &self.source {
            Source::Csv(table) => table.bytes_read(),
            Source::Json { records, .. } => records.bytes_read(),
        }
    }

    /// The first bytes of its text.
    pub fn head(&self) -> &[u8] {
        self.opened.text()
    }

    /// How its records are laid out, as far as the rows read so far tell.
    pub fn format(&self) -> FileFormat {
        match &self.source {
            Source::Csv(table) => {
                FileFormat::Csv { delimiter: table.delimiter(), skip: table.skip() }
            }
            Source::Json { records, .. } => records.format(),
        }
    }

    /// The stream of the row at hand, where rows are of streams.
    pub fn stream(&self) -> Option<&str> {
        match &self.source {
            Source::Csv(_) => None,
            Source::Json { records, .. } => records.stream(),
        }
    }

    /// What is missing where the file is an answer that came in pages, in words.
    pub fn missing_pages(&self) -> Vec<String> {
        match &self.source {
            Source::Csv(_) => Vec::new(),
            Source::Json { records, .. } => records.pages().missing(),
        }
    }

    /// Fills `row` with the next row; false at the end.
    ///
    /// # Errors
    /// What isn't about one row alone.
    pub fn next(&mut self, row: &mut FlatRow) -> Result<bool, DumpError> {
        loop {
            match self.source.next(&mut self.columns, row) {
                Err(error) => bad_rows::pass(error, Some(&self.bad_rows), &mut self.source)?,
                found => return found,
            }
        }
    }
}

impl PassBadRow for Source {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        match self {
            Self::Csv(table) => table.pass_bad_row(),
            Self::Json { records, .. } => records.pass_bad_row(),
        }
    }

    fn bad_row(&self) -> RawRow<'_> {
        match self {
            Self::Csv(table) => table.bad_row(),
            Self::Json { records, .. } => records.bad_row(),
        }
    }
}

impl Source {
    fn next(&mut self, columns: &mut Distinct, row: &mut FlatRow) -> Result<bool, DumpError> {
        match self {
            Self::Csv(table) => {
                let Some(cells) = table.next()? else { return Ok(false) };
                row.clear();
                for column in 0..columns.len() {
                    let cell = cells.get(column);
                    if !cell.is_empty() {
                        row.push(column, cell);
                    }
                }
                Ok(true)
            }
            Self::Json { records, catalog } => {
                let mut marks = Vec::new();
                records.next_with(|text| {
                    catalog.mark(text, &mut marks, |_| Some(()))?;
                    row.clear();
                    for mark in &marks {
                        let raw = text.get(mark.start..mark.end).unwrap_or("");
                        let (key, _) = catalog.get(mark.key);
                        lay_flat(key, Piece { raw, at: mark.start }, DEPTH, columns, row)?;
                    }
                    Ok(())
                })
            }
        }
    }
}

/// The streams whose records a file holds, in order: none where its records aren't of streams, or
/// where it can be read only once.
///
/// # Errors
/// When the file can't be opened or can't be read on.
pub fn streams_of(input: &Input) -> Result<Vec<String>, DumpError> {
    let mut opened = Opened::open(input, false)?;
    let layout = Layout::of(&mut opened)?;
    let (mut known, mut names) = (Distinct::default(), Vec::new());
    if matches!(layout, Layout::Csv(_)) || !opened.is_rereadable() {
        return Ok(names);
    }
    let mut records = Objects::open(&opened, &layout, envelopes(&opened))?;
    records.be_lenient();
    records.take_every_stream();
    loop {
        match records.next_with(|_| Ok(())) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) if error.reason().is_of_a_row() && records.pass_bad_row()? => continue,
            Err(error) => return Err(error),
        }
        let Some(stream) = records.stream() else { break };
        if known.index_of(&normalise(stream)) == names.len() {
            names.push(stream.to_owned());
        }
    }
    Ok(names)
}

/// The envelopes to look for: all, unless the first record has a contact's key, and so may have
/// lists and tags of its own.
fn envelopes(opened: &Opened) -> &'static [&'static str] {
    let certain = ENVELOPES.get(..CERTAIN).unwrap_or(ENVELOPES);
    let mut records = JsonRecords::new(opened.text(), Arc::clone(&opened.name), certain);
    let mut catalog = KeyCatalog::default();
    let mut marks = Vec::new();
    let mut keyed = false;
    let found = records.next_with(|text| {
        catalog.mark(text, &mut marks, |_| Some(()))?;
        keyed = marks.iter().any(|mark| {
            let is_key = |(field, _): &(ContactField, How)| {
                matches!(field, ContactField::ContactId | ContactField::Email)
            };
            fields_of(catalog.get(mark.key).0, false).iter().any(is_key)
        });
        Ok(())
    });
    if matches!(found, Ok(true)) && keyed { certain } else { ENVELOPES }
}

fn lay_flat(
    name: &str,
    value: Piece<'_>,
    depth: usize,
    columns: &mut Distinct,
    row: &mut FlatRow,
) -> Result<(), Fault> {
    // A key is a column although it says nothing in this row.
    let column = |columns: &mut Distinct| columns.index_of(name);
    match value.shape()? {
        Shape::Missing => {
            column(columns);
        }
        Shape::Text(text) => row.push(column(columns), &text),
        Shape::Array | Shape::Object if depth == 0 => row.push(column(columns), value.raw),
        Shape::Array if container(name) == Some(Container::Entries) => {
            for (field, value) in named_entries(value)? {
                lay_flat(&format!("{name}[{field}]"), value, depth - 1, columns, row)?;
            }
        }
        Shape::Array => {
            for item in value.items()? {
                lay_flat(name, item, depth - 1, columns, row)?;
            }
        }
        Shape::Object => {
            let nested = container(name).is_some();
            for (key, value) in value.entries()? {
                let path = if nested { format!("{name}[{key}]") } else { format!("{name}.{key}") };
                lay_flat(&path, value, depth - 1, columns, row)?;
            }
        }
    }
    Ok(())
}
