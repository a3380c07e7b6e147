//! Addresses put together from their parts.

use crate::contact::{ContactField, Kind};
use crate::dump::Part;

/// One address of a member.
#[derive(Debug, Clone)]
pub struct Address<'a> {
    /// Which it is.
    pub kind: Kind,
    entry: u32,
    /// The values of [`ContactField::ADDRESS`]; a street may have two lines.
    parts: [Vec<&'a str>; 5],
}

impl<'a> Address<'a> {
    /// The addresses of a contact, in the order in which they are first met.
    pub(super) fn all(parts: impl Iterator<Item = Part<'a>>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for Part { field, kind, entry, value } in parts {
            let Some(at) = place_of(field) else { continue };
            let known = all.iter().position(|address| address.entry == entry);
            let known = known.unwrap_or_else(|| {
                all.push(Self { kind, entry, parts: Default::default() });
                all.len() - 1
            });
            if let Some(values) = all.get_mut(known).and_then(|address| address.parts.get_mut(at)) {
                values.push(value);
            }
        }
        all
    }

    /// The values of one part.
    pub fn values(&self, field: ContactField) -> &[&'a str] {
        place_of(field).and_then(|at| self.parts.get(at)).map_or(&[], Vec::as_slice)
    }

    /// The one value of a part, the lines of a street being one behind the other.
    pub fn text(&self, field: ContactField) -> String {
        self.values(field).join(", ")
    }
}

fn place_of(field: ContactField) -> Option<usize> {
    ContactField::ADDRESS.iter().position(|part| *part == field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_entry_are_one_address() {
        let part = |field, kind, entry, value| Part { field, kind, entry, value };
        let parts = [
            part(ContactField::City, Kind::Home, 0, "Boston"),
            part(ContactField::Phone, Kind::Home, 0, "1"),
            part(ContactField::Street, Kind::Work, 7, "1 Main St"),
            part(ContactField::State, Kind::Home, 0, "MA"),
            part(ContactField::Street, Kind::Work, 7, "Flat 2"),
        ];
        let all = Address::all(parts.into_iter());
        let shown: Vec<_> = all
            .iter()
            .map(|address| {
                let text = |field| address.text(field);
                (address.kind, text(ContactField::Street), text(ContactField::City))
            })
            .collect();
        let expected = [
            (Kind::Home, String::new(), "Boston".to_owned()),
            (Kind::Work, "1 Main St, Flat 2".to_owned(), String::new()),
        ];
        assert_eq!(shown, expected);
    }
}
