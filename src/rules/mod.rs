//! The catalogue of rules: what each kind of finding means and why it matters, a wrong and a right
//! example for each dialect in which it can arise, and the words that would have been legal.
//!
//! The kinds themselves are the one table of `finding`; the examples are the files of
//! `fixtures/rules`, which a test holds to what a check really says; the legal words come from the
//! dialects' own tables. This file finds and describes entries; `list` and `explain` write them.

mod examples;
mod explain;
mod list;
mod prose;
mod words;

pub use examples::{EXAMPLES, Example};
pub use explain::{explain, explain_json};
pub use list::{list, list_json};
pub use words::{Legal, legal};

use crate::dialect::Dialect;
use crate::finding::{Kind, Severity, nearest};

/// Which kinds to show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those that can arise in this dialect, and of their examples only its own.
    pub dialect: Option<Dialect>,
    /// Only those of this weight.
    pub severity: Option<Severity>,
}

impl Filter {
    /// The kinds that pass, in the order of the table.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |&kind| self.takes(kind))
    }

    /// True for a kind that passes.
    pub fn takes(self, kind: Kind) -> bool {
        let arises = |dialect: Dialect| kind.dialects().contains(&dialect.short_name());
        self.dialect.is_none_or(arises) && self.severity.is_none_or(|s| s == kind.severity())
    }

    fn shows(self, dialect: Dialect) -> bool {
        self.dialect.is_none_or(|wanted| wanted == dialect)
    }
}

/// A code or name that nothing bears.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule is called `{word}`{}", near(.nearest))]
pub struct Unknown {
    /// The code or name asked for.
    pub word: String,
    /// The nearest that there is.
    pub nearest: Option<String>,
}

fn near(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or_else(
        || "; `segkit rules` lists them".to_owned(),
        |n| format!("; did you mean `{n}`?"),
    )
}

/// The kinds that bear a code, or the one with a name.
///
/// # Errors
///
/// Where there is none.
pub fn find(word: &str) -> Result<Vec<Kind>, Unknown> {
    let word = word.trim();
    let code: Option<u16> = word.parse().ok().filter(|&code| code != 0);
    let is_it = |kind: &&Kind| Some(kind.code()) == code || kind.name() == word;
    let found: Vec<Kind> = Kind::ALL.iter().filter(is_it).copied().collect();
    if found.is_empty() {
        return Err(Unknown { word: word.to_owned(), nearest: nearest_to(word, code) });
    }
    Ok(found)
}

/// For a number the nearest code by value, if it is near; for a word the nearest name.
fn nearest_to(word: &str, code: Option<u16>) -> Option<String> {
    const NEAR: u16 = 10;
    let Some(code) = code else {
        return nearest(word, Kind::ALL.iter().map(|kind| kind.name())).map(str::to_owned);
    };
    let codes = Kind::ALL.iter().map(|kind| kind.code()).filter(|&known| known != 0);
    let nearest = codes.min_by_key(|known| known.abs_diff(code))?;
    (nearest.abs_diff(code) <= NEAR).then(|| nearest.to_string())
}

/// How a run can set what becomes of a kind, in a sentence.
fn how_to_set(kind: Kind) -> String {
    let name = kind.name();
    match kind.severity() {
        Severity::Error if kind.dialects().is_empty() => {
            "Belongs to operations on stored segments: checking a file never finds it.".to_owned()
        }
        Severity::Error => {
            "An error: the vendor would refuse the segment, so it can't be allowed.".to_owned()
        }
        Severity::Warning => {
            format!("A warning: `--allow {name}` hides it, `--deny {name}` makes it an error.")
        }
        Severity::Note => format!(
            "A note: `--allow {name}` hides it, `--warn {name}` and `--deny {name}` make more of it."
        ),
    }
}

/// The examples of a kind, in the order of the dialects.
fn examples_of(kind: Kind, filter: Filter) -> impl Iterator<Item = &'static Example> {
    let of_kind = move |example: &&Example| {
        example.kind() == Some(kind) && example.dialect().is_some_and(|d| filter.shows(d))
    };
    EXAMPLES.iter().filter(of_kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_code_and_name() {
        for (word, expected) in [
            ("2722", vec!["option-unknown"]),
            (" option-unknown ", vec!["option-unknown"]),
            ("2705", vec!["rule-type-unknown", "field-unknown"]),
            ("bare-date", vec!["bare-date"]),
        ] {
            let names: Vec<_> = find(word).unwrap().into_iter().map(Kind::name).collect();
            assert_eq!(names, expected, "{word}");
        }
    }

    #[test]
    fn unknown_words_name_the_nearest() {
        for (word, expected) in [
            (
                "optoin-unknown",
                "no rule is called `optoin-unknown`; did you mean `option-unknown`?",
            ),
            ("2724", "no rule is called `2724`; did you mean `2723`?"),
            ("0", "no rule is called `0`; `segkit rules` lists them"),
            ("9999", "no rule is called `9999`; `segkit rules` lists them"),
            ("", "no rule is called ``; `segkit rules` lists them"),
        ] {
            assert_eq!(find(word).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn filters_take_by_dialect_and_severity() {
        let named = |dialect, severity| {
            Filter { dialect, severity }.kinds().map(Kind::name).collect::<Vec<_>>()
        };
        let notes = named(Some(Dialect::EngageLab), Some(Severity::Note));
        assert_eq!(notes, ["part-only", "field-untyped"]);
        assert_eq!(named(None, None).len(), Kind::ALL.len());
        assert!(!named(Some(Dialect::CampaignMonitor), None).contains(&"segment-unknown"));
    }

    #[test]
    fn every_example_shows_a_kind() {
        for example in EXAMPLES {
            assert!(example.kind().is_some(), "{}/{}", example.folder, example.case);
        }
    }
}
