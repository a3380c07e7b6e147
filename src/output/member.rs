//! A member as a form sees it: the columns it asked for, by its own numbering.

use super::Address;
use crate::contact::{ContactField, Kind};
use crate::dump::{ContactRow, Part};
use std::borrow::Cow;

/// One member of a segment.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    row: &'a ContactRow,
    places: &'a [usize],
    /// The number of the segment, of those of the run.
    pub(super) segment: usize,
}

impl<'a> Member<'a> {
    /// A member whose `at`th wanted column stands at `places[at]` in the row.
    pub fn new(row: &'a ContactRow, places: &'a [usize]) -> Self {
        Self { row, places, segment: 0 }
    }

    /// The same, as a member of the segment with this number.
    pub fn of_segment(self, segment: usize) -> Self {
        Self { segment, ..self }
    }

    /// The values of a wanted column.
    pub fn values(&self, at: usize) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.row.values(self.places.get(at).copied().unwrap_or(usize::MAX))
    }

    /// The first value of a wanted column.
    pub fn first(&self, at: usize) -> Option<&'a str> {
        self.values(at).next()
    }

    /// The first value of a wanted column, or nothing.
    pub fn text(&self, at: usize) -> &'a str {
        self.first(at).unwrap_or("")
    }

    /// All values of a wanted column, joined as CSV cells hold them.
    pub fn joined(&self, at: usize, between: &str) -> Cow<'a, str> {
        joined(self.values(at), between)
    }

    /// Telephones and addresses part by part, where their kinds are asked for.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        self.row.parts()
    }

    /// Telephone numbers with their kinds, where [`Outputs::kinds`](crate::engine::Outputs::kinds)
    /// asks for them.
    pub fn phones(&self) -> impl Iterator<Item = (Kind, &'a str)> + use<'a> {
        let phones = self.row.parts().filter(|part| part.field == ContactField::Phone);
        phones.map(|part| (part.kind, part.value))
    }

    /// Addresses, likewise.
    pub fn addresses(&self) -> Vec<Address<'a>> {
        Address::all(self.row.parts())
    }

    /// Where the member stands in the contacts: file and line.
    pub fn place(&self) -> String {
        format!("{}:{}", self.row.file(), self.row.line())
    }

    /// Names and values of the custom fields.
    pub fn custom(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.row.custom()
    }
}

/// Values in one text; one alone is not copied.
pub(super) fn joined<'a>(mut values: impl Iterator<Item = &'a str>, between: &str) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(values.next().unwrap_or(""));
    for value in values {
        let text = text.to_mut();
        text.push_str(between);
        text.push_str(value);
    }
    text
}

/// The name, or what first and last name make of it.
pub(super) fn full_name(name: &str, first: &str, last: &str) -> String {
    if name.is_empty() { format!("{first} {last}").trim().to_owned() } else { name.to_owned() }
}

/// Month and day as numbers, where both can be.
pub(super) fn birthday(month: &str, day: &str) -> Option<(u8, u8)> {
    let within = |text: &str, most: u8| {
        text.trim().parse::<u8>().ok().filter(|number| (1..=most).contains(number))
    };
    Some((within(month, 12)?, within(day, 31)?))
}
