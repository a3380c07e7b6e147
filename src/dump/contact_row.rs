//! One contact as it was read.

use super::columns::How;
use super::split::{CommaNames, names, parts};
use crate::value::{DayOrder, MonthDay, Stamp, folds_equal};
use chrono::Datelike;
use std::sync::Arc;

/// The values of one contact, held in one buffer that the next contact reuses.
#[derive(Debug, Clone, Default)]
pub struct ContactRow {
    text: String,
    columns: Vec<Vec<Span>>,
    custom: Vec<(Span, Span)>,
    pub(crate) file: Option<Arc<str>>,
    pub(crate) line: u64,
    pub(crate) number: u64,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
}

impl ContactRow {
    /// The values of a projected column, by its place in the projection. A field of several values
    /// gives several, a missing one (absent, null, empty) none.
    pub fn values(&self, column: usize) -> impl Iterator<Item = &str> + Clone {
        let spans = self.columns.get(column).map_or(&[][..], Vec::as_slice);
        spans.iter().map(|&span| self.get(span))
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
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// Empties the row for a contact of `width` projected columns.
    pub(crate) fn clear(&mut self, width: usize) {
        self.text.clear();
        self.custom.clear();
        self.columns.resize_with(width, Vec::new);
        for column in &mut self.columns {
            column.clear();
        }
    }

    pub(crate) fn clear_column(&mut self, column: usize) {
        if let Some(spans) = self.columns.get_mut(column) {
            spans.clear();
        }
    }

    fn keep(&mut self, value: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(value);
        Span { start, end: self.text.len() }
    }

    fn push(&mut self, column: usize, value: &str) {
        let span = self.keep(value);
        if let Some(spans) = self.columns.get_mut(column) {
            spans.push(span);
        }
    }

    /// Adds the values of a cell to a projected column.
    pub(crate) fn add(&mut self, column: usize, cell: &str, how: How, commas: &CommaNames) {
        each_value(cell, how, commas, |value| self.push(column, value));
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
            row.clear(1);
            row.add(0, cell, how, &CommaNames::default());
            assert_eq!(row.values(0).collect::<Vec<_>>(), expected, "{cell}");
        }
    }
}
