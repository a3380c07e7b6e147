//! The one table of what a test file may say. The settings among it are those of a `segkit.toml`, by
//! the names that they have there without their sections, words joined by `_`.

use crate::config::{self, Files, Key};
use crate::criteria::{Negatives, WindowReading};
use crate::engine::MissingColumns;

/// Something that a test file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// A setting.
    Setting(Key),
    /// The criteria file.
    Criteria,
    /// Which segment of it.
    Segment,
    /// A switch.
    Window,
    /// A switch.
    Negatives,
    /// A switch.
    Status,
    /// A switch.
    MissingColumns,
    /// Rows of a dump, or campaigns.
    Rows(Files),
    /// The name of a case.
    Name,
    /// An expectation about contacts.
    Who(Who),
    /// An expectation about their number.
    HowMany(HowMany),
    /// A case.
    Case,
}

/// What is expected of contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    In,
    Out,
    Members,
}

/// What is expected of their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HowMany {
    Count,
    AtLeast,
    AtMost,
}

/// What a test file says beside settings.
const OWN: &[(&str, Says)] = &[
    ("criteria", Says::Criteria),
    ("segment", Says::Segment),
    ("window", Says::Window),
    ("negatives", Says::Negatives),
    ("status", Says::Status),
    ("missing_columns", Says::MissingColumns),
    ("contact", Says::Rows(Files::Contacts)),
    ("activity", Says::Rows(Files::Tracking)),
    ("campaign", Says::Rows(Files::Campaigns)),
    ("name", Says::Name),
    ("in", Says::Who(Who::In)),
    ("out", Says::Who(Who::Out)),
    ("members", Says::Who(Who::Members)),
    ("count", Says::HowMany(HowMany::Count)),
    ("at_least", Says::HowMany(HowMany::AtLeast)),
    ("at_most", Says::HowMany(HowMany::AtMost)),
    ("case", Says::Case),
];

impl Says {
    /// Whether it is said of one case, and so can't stand above several.
    pub fn is_of_a_case(self) -> bool {
        matches!(self, Self::Name | Self::Who(_) | Self::HowMany(_))
    }
}

/// What may stand in a case, or above all; with the names.
pub(super) fn keys(in_case: bool) -> Vec<(String, Says)> {
    // How a run goes about it is no part of what is tested.
    let setting = |row: &config::KeyRow| match row.key {
        Key::Threads
        | Key::ReadDumps
        | Key::UserId
        | Key::CatalogLimit
        | Key::RuleLimit
        | Key::Sql(_) => None,
        key => Some((name_of(row), Says::Setting(key))),
    };
    let own = OWN.iter().map(|(name, says)| ((*name).to_owned(), *says));
    let all = config::KEYS.iter().filter_map(setting).chain(own);
    all.filter(|(_, says)| !in_case || *says != Says::Case).collect()
}

/// The key of a test file for a setting.
fn name_of(row: &config::KeyRow) -> String {
    match row.key {
        // Sections have no place here, and `dir` alone would say nothing.
        Key::Catalog => "catalog".to_owned(),
        _ => row.name.replace('-', "_"),
    }
}

/// What a run says, with the keys of a test file where it speaks of flags.
pub(super) fn in_keys(said: &str) -> String {
    let switches = [
        ("--missing-columns blank", "`missing_columns = \"blank\"`"),
        ("--missing-columns", "`missing_columns`"),
        ("--segment", "`segment`"),
        ("--status", "`status`"),
    ];
    let mut said =
        switches.iter().fold(said.to_owned(), |said, (flag, key)| said.replace(flag, key));
    for row in config::KEYS.iter().filter(|row| !row.flag.is_empty()) {
        // `--list` begins `--lists` too.
        let key = format!("`{}`", name_of(row));
        let mut rest = std::mem::take(&mut said);
        while let Some(at) = rest.find(row.flag) {
            let behind = rest.split_off(at + row.flag.len());
            let whole = !behind.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
            rest.truncate(if whole { at } else { rest.len() });
            said.push_str(&rest);
            if whole {
                said.push_str(&key);
            }
            rest = behind;
        }
        said.push_str(&rest);
    }
    said
}

/// The words of a switch.
pub(super) type Words<T> = &'static [(&'static str, T)];

/// The words of `window`.
pub(super) const WINDOWS: Words<WindowReading> =
    &[("campaign", WindowReading::Campaign), ("activity", WindowReading::Activity)];

/// The words of `negatives`.
pub(super) const NEGATIVES: Words<Negatives> =
    &[("any", Negatives::Any), ("literal", Negatives::Literal)];

/// The words of `missing_columns`.
pub(super) const MISSING_COLUMNS: Words<MissingColumns> =
    &[("refuse", MissingColumns::Refuse), ("blank", MissingColumns::Blank)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_keys_here() {
        for (said, expected) in [
            ("give --lists, or --list, now", "give `lists`, or `list`, now"),
            ("with --missing-columns blank it", "with `missing_columns = \"blank\"` it"),
            ("--as-of", "`as_of`"),
            ("a--listing --x", "a--listing --x"),
            ("", ""),
        ] {
            assert_eq!(in_keys(said), expected);
        }
    }

    #[test]
    fn no_name_is_there_twice() {
        let names: Vec<String> = keys(false).into_iter().map(|(name, _)| name).collect();
        for (at, name) in names.iter().enumerate() {
            assert!(!names[..at].contains(name), "{name}");
        }
        assert!(names.contains(&"as_of".to_owned()) && !names.contains(&"threads".to_owned()));
        assert_eq!(keys(true).len() + 1, names.len());
    }
}
