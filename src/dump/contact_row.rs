//! One contact as it was read.

use super::columns::How;
use super::projection::PartName;
use super::split::{CommaNames, names, parts};
use crate::contact::{Column, ContactField, Kind};
use crate::value::{DayOrder, MonthDay, Stamp, folds_equal};
use chrono::Datelike;
use std::sync::Arc;

/// The values of one contact, held in one buffer that the next contact reuses.
#[derive(Debug, Clone, Default)]
pub struct ContactRow {
    text: String,
    /// The values of projected columns, each with its column, in the order in which they came.
    values: Vec<(u32, Span)>,
    custom: Vec<(Span, Span)>,
    parts: Vec<(PartOf, Span)>,
    pub(crate) file: Option<Arc<str>>,
    pub(crate) line: u64,
    pub(crate) number: u64,
}

/// A telephone number, or one part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Which part.
    pub field: ContactField,
    /// The kind of the telephone or address.
    pub kind: Kind,
    /// Parts of one address bear the same number, those of another one another.
    pub entry: u32,
    /// The value, never empty.
    pub value: &'a str,
}

#[derive(Debug, Clone, Copy)]
struct PartOf {
    field: ContactField,
    kind: Kind,
    entry: u32,
}

/// Entries that columns of one kind can make: the first value of each is part of the first, and so on.
const OF_A_KIND: u32 = 1 << 20;
/// Where the numbers of entries in the vendor's arrays begin, behind those of columns of all kinds.
const NESTED: u32 = OF_A_KIND * 8;

#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
}

impl ContactRow {
    /// The values of a projected column, by its place in the projection. A field of several values
    /// gives several, a missing one (absent, null, empty) none.
    pub fn values(&self, column: usize) -> impl Iterator<Item = &str> + Clone {
        let values = self.values.iter().filter(move |(of, _)| *of as usize == column);
        values.map(|&(_, span)| self.get(span))
    }

    /// The first value of a projected column.
    pub fn first(&self, column: usize) -> Option<&str> {
        self.values(column).next()
    }

    /// Every custom field with a value, where the projection asks for all: the name as the dump has
    /// it, and the value; a field of several values comes several times.
    pub fn custom(&self) -> impl Iterator<Item = (&str, &str)> {
        self.custom.iter().map(|&(name, value)| (self.get(name), self.get(value)))
    }

    /// Telephones and addresses part by part, where the projection asks for their kinds.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.parts.iter().map(|&(PartOf { field, kind, entry }, span)| Part {
            field,
            kind,
            entry,
            value: self.get(span),
        })
    }

    /// Says which file the contact is of.
    pub(crate) fn set_file(&mut self, file: &Arc<str>) {
        self.file = Some(Arc::clone(file));
    }

    /// Says which contact it is, of those that were read together.
    pub(crate) fn set_number(&mut self, number: u64) {
        self.number = number;
    }

    /// Says that so many more lines and contacts stand before the contact than was thought.
    pub(crate) fn move_down(&mut self, lines: u64, contacts: u64) {
        self.line += lines;
        self.number += contacts;
    }

    /// The file of the contact.
    pub fn file(&self) -> &str {
        self.file.as_deref().unwrap_or("")
    }

    /// The line in which it begins.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Which contact of the dump it is, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    fn get(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Empties the row for another contact.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.custom.clear();
        self.parts.clear();
        self.values.clear();
    }

    pub(crate) fn clear_column(&mut self, column: usize) {
        self.values.retain(|(of, _)| *of as usize != column);
    }

    fn keep(&mut self, value: &str) -> Span {
        // What a record brings is far shorter than that.
        let start = self.text.len() as u32;
        self.text.push_str(value);
        Span { start, end: self.text.len() as u32 }
    }

    fn push(&mut self, column: usize, value: &str) {
        let span = self.keep(value);
        self.values.push((column as u32, span));
    }

    /// Adds the values of a cell to a projected column.
    #[inline]
    pub(crate) fn add(&mut self, column: usize, cell: &str, how: How, commas: &CommaNames) {
        if how == How::Whole {
            // Most columns are such, and this is sooner done.
            if !cell.is_empty() {
                self.push(column, cell);
            }
            return;
        }
        each_value(cell, how, commas, |value| self.push(column, value));
    }

    /// Adds the values of a cell to the telephones and addresses, each to an entry of its own, the
    /// first one to the entry `first`.
    pub(crate) fn add_parts(&mut self, name: PartName, first: u32, cell: &str, whole: bool) {
        let PartName { field, kind, .. } = name;
        let cells = if whole { 1 } else { usize::MAX };
        for (at, value) in cell.splitn(cells, [';', '|']).enumerate() {
            let value = if whole { value } else { value.trim() };
            let at = first.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            let entry = kind as u32 * OF_A_KIND + at.min(OF_A_KIND - 1);
            self.keep_part(PartOf { field, kind, entry }, value);
        }
    }

    /// Adds a part of an entry of one of the vendor's arrays.
    pub(crate) fn add_entry_part(
        &mut self,
        field: ContactField,
        entry: u32,
        kind: Kind,
        value: &str,
    ) {
        self.keep_part(PartOf { field, kind, entry: NESTED + entry }, value);
    }

    fn keep_part(&mut self, part: PartOf, value: &str) {
        if !value.is_empty() {
            let value = self.keep(value);
            self.parts.push((part, value));
        }
    }

    /// Adds the values of a cell to the custom fields.
    pub(crate) fn add_custom(&mut self, name: &str, cell: &str, how: How, commas: &CommaNames) {
        if cell.is_empty() {
            return;
        }
        let name = self.keep(name);
        each_value(cell, how, commas, |value| {
            let value = self.keep(value);
            self.custom.push((name, value));
        });
    }
}

/// A contact made of cells that were not read here.
pub struct RowCells<'a> {
    row: &'a mut ContactRow,
    commas: CommaNames,
}

impl<'a> RowCells<'a> {
    /// Empties the row for another contact.
    pub fn begin(row: &'a mut ContactRow) -> Self {
        row.clear();
        Self { row, commas: CommaNames::default() }
    }

    /// Adds a cell of a column, split where such a column holds several values.
    pub fn cell(&mut self, at: usize, column: &Column, cell: &str) {
        let several = match column {
            Column::Contact(field) => field.holds_several(),
            Column::Custom(custom) => custom.several,
        };
        let how = if several { How::Parts } else { How::Whole };
        self.row.add(at, cell, how, &self.commas);
    }

    /// Adds a value as it is.
    pub fn value(&mut self, at: usize, value: &str) {
        self.row.add(at, value, How::Whole, &self.commas);
    }
}

fn each_value(cell: &str, how: How, commas: &CommaNames, mut take: impl FnMut(&str)) {
    if cell.is_empty() {
        return;
    }
    match how {
        How::Whole => take(cell),
        How::Parts => parts(cell).for_each(take),
        How::ListNames => names(cell, &commas.lists).for_each(take),
        How::TagNames => names(cell, &commas.tags).for_each(take),
        How::Month => {
            if let Some(day) = birthday(cell) {
                take(&day.month.to_string());
            }
        }
        How::Day => {
            if let Some(day) = birthday(cell) {
                take(&day.day.to_string());
            }
        }
        How::Permission => {
            let word = PERMISSIONS.iter().find(|(export, _)| folds_equal(export, cell.trim()));
            take(word.map_or(cell, |(_, api)| api));
        }
    }
}

/// Words of the exports, and of the API.
const PERMISSIONS: [(&str, &str); 2] = [("Express", "explicit"), ("Implied", "implicit")];

/// `11/24`, or a whole date. Months come first, as the vendor's exports write them.
fn birthday(cell: &str) -> Option<MonthDay> {
    let order = DayOrder::MonthFirst;
    MonthDay::parse(cell, order).or_else(|| {
        let date = Stamp::parse(cell, order).filter(|stamp| stamp.date_only)?.local.date();
        MonthDay::new(u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_cells_are_read() {
        for (cell, how, expected) in [
            ("a;b", How::Whole, vec!["a;b"]),
            (" ", How::Whole, vec![" "]),
            ("", How::Whole, vec![]),
            (" a ; b", How::Parts, vec!["a", "b"]),
            ("a, b;c", How::TagNames, vec!["a", "b;c"]),
            ("11/24", How::Month, vec!["11"]),
            ("04/05", How::Day, vec!["5"]),
            ("1980-04-05", How::Month, vec!["4"]),
            ("soon", How::Month, vec![]),
            ("Express", How::Permission, vec!["explicit"]),
            ("implied", How::Permission, vec!["implicit"]),
            ("unsubscribed", How::Permission, vec!["unsubscribed"]),
        ] {
            let mut row = ContactRow::default();
            row.clear();
            row.add(0, cell, how, &CommaNames::default());
            assert_eq!(row.values(0).collect::<Vec<_>>(), expected, "{cell}");
        }
    }
}
