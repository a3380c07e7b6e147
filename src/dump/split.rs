//! Cells with several values.

use crate::account::{Account, Names};
use crate::value::fold;

/// The parts of a cell between `;` and `|`, without blanks around them; empty ones are none.
pub(crate) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '|']).map(str::trim).filter(|part| !part.is_empty())
}

/// The known names of lists and tags that hold a comma themselves, folded, longest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct CommaNames {
    pub lists: Vec<String>,
    pub tags: Vec<String>,
}

impl CommaNames {
    pub fn new(account: &Account) -> Self {
        let with_comma = |names: &Names| {
            let names = names.0.iter().map(|entry| entry.name.trim());
            let mut names: Vec<_> = names.filter(|name| name.contains(',')).map(fold).collect();
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
            names
        };
        Self { lists: with_comma(account.list_names()), tags: with_comma(account.tag_names()) }
    }
}

/// The names between commas in the cell of a vendor's export. A name that holds a comma is kept
/// whole where it is among `known`.
pub(crate) fn names<'a>(cell: &'a str, known: &'a [String]) -> impl Iterator<Item = &'a str> {
    let mut rest = Some(cell);
    std::iter::from_fn(move || {
        loop {
            let text = rest?.trim_start();
            let end = (known.iter().find_map(|name| known_end(text, name)))
                .or_else(|| text.find(','))
                .unwrap_or(text.len());
            let name = text.get(..end).unwrap_or("").trim_end();
            rest = text.get(end..).and_then(|after| after.trim_start().strip_prefix(','));
            if !name.is_empty() {
                return Some(name);
            }
        }
    })
}

/// The length of `folded` at the beginning of `text`, where it ends there.
fn known_end(text: &str, folded: &str) -> Option<usize> {
    if !crate::value::starts_with_folded(text, folded) {
        return None;
    }
    // Folding is character by character.
    let count = folded.chars().count();
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let after = text.get(end..)?.trim_start();
    (after.is_empty() || after.starts_with(',')).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Named;

    #[test]
    fn semicolons_and_bars() {
        for (cell, expected) in [
            ("a;b|c", vec!["a", "b", "c"]),
            (" a ;; b,c ", vec!["a", "b,c"]),
            (" ; |", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(parts(cell).collect::<Vec<_>>(), expected, "{cell}");
        }
    }

    #[test]
    fn the_longest_known_name_wins() {
        let names_of = |names: &[&str]| {
            let named = |name: &&str| Named { id: "1".into(), name: (*name).into() };
            Some(Names(names.iter().map(named).collect()))
        };
        let lists = names_of(&["A", "A, B", "A, B, C", "É, x"]);
        let known = CommaNames::new(&Account { lists, ..Account::default() }).lists;
        for (cell, expected) in [
            ("A, B, C", vec!["A, B, C"]),
            ("a, b, D", vec!["a, b", "D"]),
            ("A, Bee", vec!["A", "Bee"]),
            ("X,A, B ,Y", vec!["X", "A, B", "Y"]),
            ("é, X,, Z;Q", vec!["é, X", "Z;Q"]),
            (" , ", vec![]),
        ] {
            assert_eq!(names(cell, &known).collect::<Vec<_>>(), expected, "{cell}");
        }
    }
}
