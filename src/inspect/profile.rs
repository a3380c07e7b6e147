//! What the cells of one column hold.

use super::distinct::Distinct;
use crate::value::{DayOrder, Decimal, Instant, Stamp, Zone, is_blank};
use serde::Serialize;

/// The kinds of values that are told apart, the narrower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// Decimal numbers.
    Number,
    /// Dates, with a time or without.
    Time,
    /// `true` and `false`, yes and no.
    YesNo,
    /// UUIDs.
    Uuid,
    /// E-mail addresses.
    Email,
    /// Anything else.
    Text,
}

impl ValueKind {
    const COUNT: usize = Self::Text as usize + 1;

    /// The kind in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Time => "time",
            Self::YesNo => "yes or no",
            Self::Uuid => "UUID",
            Self::Email => "e-mail",
            Self::Text => "text",
        }
    }

    fn of(value: &str) -> Self {
        let is_word = |word: &&str| value.eq_ignore_ascii_case(word);
        let yes_or_no = ["true", "false", "yes", "no"];
        if Decimal::parse(value).is_some() {
            Self::Number
        } else if stamp(value).is_some() {
            Self::Time
        } else if yes_or_no.iter().any(is_word) {
            Self::YesNo
        } else if is_uuid(value) {
            Self::Uuid
        } else if is_address(value) {
            Self::Email
        } else {
            Self::Text
        }
    }
}

fn stamp(value: &str) -> Option<Stamp> {
    let orders = [DayOrder::MonthFirst, DayOrder::DayFirst];
    orders.into_iter().find_map(|order| Stamp::parse(value, order))
}

fn is_uuid(value: &str) -> bool {
    value.len() == 36
        && value.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_address(value: &str) -> bool {
    let parts = value.trim().rsplit_once('@');
    parts.is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains(char::is_whitespace)
    })
}

/// A column as it is being read.
#[derive(Debug, Default)]
pub(super) struct Profiler {
    rows: u64,
    values: u64,
    blank: u64,
    kinds: [u64; ValueKind::COUNT],
    distinct: Distinct,
    numbers: Option<(Decimal, Decimal)>,
    times: Option<((Instant, String), (Instant, String))>,
    texts: Option<(String, String)>,
    /// The first value of each kind.
    examples: [Option<String>; ValueKind::COUNT],
}

/// Longer texts aren't kept as the least or greatest.
const LONGEST: usize = 200;

impl Profiler {
    /// Takes a cell; `first` says whether it is the first of its column in the row.
    pub fn add(&mut self, value: &str, first: bool, zone: Zone) {
        self.rows += u64::from(first);
        self.values += 1;
        if is_blank(value) {
            self.blank += 1;
            return;
        }
        self.distinct.add(value);
        let kind = ValueKind::of(value);
        if let Some(count) = self.kinds.get_mut(kind as usize) {
            *count += 1;
        }
        if let Some(example) = self.examples.get_mut(kind as usize)
            && example.is_none()
        {
            *example = Some(value.chars().take(LONGEST).collect());
        }
        match kind {
            ValueKind::Number => {
                if let Some(number) = Decimal::parse(value) {
                    widen(&mut self.numbers, number);
                }
            }
            ValueKind::Time => {
                if let Some(stamp) = stamp(value) {
                    widen(&mut self.times, (stamp.instant(zone), value.to_owned()));
                }
            }
            _ => {}
        }
        if value.len() <= LONGEST {
            widen_text(&mut self.texts, value);
        }
    }

    /// What was found, for a file of `rows` rows.
    pub fn finish(self, rows: u64) -> Profile {
        let filled = self.values - self.blank;
        let kinds = [
            ValueKind::Number,
            ValueKind::Time,
            ValueKind::YesNo,
            ValueKind::Uuid,
            ValueKind::Email,
            ValueKind::Text,
        ];
        let most = kinds.into_iter().max_by_key(|kind| self.kinds.get(*kind as usize).copied());
        let count = |kind: ValueKind| self.kinds.get(kind as usize).copied().unwrap_or(0);
        // A column is of a kind when nearly all of its values are; the others are told.
        let kind = most.filter(|kind| count(*kind) * 10 >= filled * 9 && filled > 0);
        let kind = kind.unwrap_or(ValueKind::Text);
        let others = if kind == ValueKind::Text { 0 } else { filled - count(kind) };
        let other = kinds.into_iter().filter(|other| *other != kind && others > 0);
        let other = other.rev().find_map(|other| self.examples.get(other as usize)?.clone());
        let (least, greatest) = match kind {
            ValueKind::Number => ends(self.numbers.map(|(a, b)| (a.to_string(), b.to_string()))),
            ValueKind::Time => ends(self.times.map(|((_, a), (_, b))| (a, b))),
            _ => ends(self.texts),
        };
        let (distinct, distinct_exact) = self.distinct.count();
        Profile {
            kind,
            filled: self.rows.min(rows),
            values: self.values,
            missing: rows.saturating_sub(self.rows),
            blank: self.blank,
            several: self.values > self.rows,
            others,
            other,
            distinct,
            distinct_exact,
            least,
            greatest,
            top: self
                .distinct
                .top(TOP)
                .into_iter()
                .map(|(value, count)| Frequent { value, count })
                .collect(),
        }
    }
}

/// How many of the most frequent values are kept.
const TOP: usize = 5;

fn ends(ends: Option<(String, String)>) -> (Option<String>, Option<String>) {
    ends.map_or((None, None), |(least, greatest)| (Some(least), Some(greatest)))
}

fn widen<T: Ord + Clone>(ends: &mut Option<(T, T)>, value: T) {
    match ends {
        None => *ends = Some((value.clone(), value)),
        Some((least, _)) if value < *least => *least = value,
        Some((_, greatest)) if value > *greatest => *greatest = value,
        Some(_) => {}
    }
}

fn widen_text(ends: &mut Option<(String, String)>, value: &str) {
    match ends {
        None => *ends = Some((value.to_owned(), value.to_owned())),
        Some((least, _)) if value < least.as_str() => value.clone_into(least),
        Some((_, greatest)) if value > greatest.as_str() => value.clone_into(greatest),
        Some(_) => {}
    }
}

/// What the cells of one column hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// What nearly all values are.
    pub kind: ValueKind,
    /// Rows that have a value; one of white space only counts.
    pub filled: u64,
    /// Rows that have none.
    pub missing: u64,
    /// Values in all; a row may have several.
    pub values: u64,
    /// Values of white space only.
    pub blank: u64,
    /// True where a row has several values.
    pub several: bool,
    /// Values that are of another kind.
    pub others: u64,
    /// One of these.
    pub other: Option<String>,
    /// How many different values there are.
    pub distinct: u64,
    /// False where that is estimated, to about 2 %.
    pub distinct_exact: bool,
    /// The smallest, earliest, or first by code point.
    pub least: Option<String>,
    /// The greatest, latest, or last by code point.
    pub greatest: Option<String>,
    /// The most frequent values, where all could be counted.
    pub top: Vec<Frequent>,
}

/// A value and how often it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frequent {
    /// The value.
    pub value: String,
    /// How often.
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(values: &[&str]) -> Profile {
        let mut profiler = Profiler::default();
        values.iter().for_each(|value| profiler.add(value, true, Zone::UTC));
        profiler.finish(values.len() as u64 + 1)
    }

    #[test]
    fn kinds_and_ends() {
        let long = "x".repeat(300);
        for (values, kind, least, greatest) in [
            (vec!["10", "9", "-1.5"], ValueKind::Number, "-1.5", "10"),
            (
                vec!["2024-02-01", "12/31/2023", "2024-01-01T00:00:00Z"],
                ValueKind::Time,
                "12/31/2023",
                "2024-02-01",
            ),
            (vec!["31/12/2023"], ValueKind::Time, "31/12/2023", "31/12/2023"),
            (vec!["Yes", "No"], ValueKind::YesNo, "No", "Yes"),
            (vec!["b@x.org", "a@x.org"], ValueKind::Email, "a@x.org", "b@x.org"),
            (
                vec!["98edac88-f4bc-408c-9e64-acd890384231"],
                ValueKind::Uuid,
                "98edac88-f4bc-408c-9e64-acd890384231",
                "98edac88-f4bc-408c-9e64-acd890384231",
            ),
            (vec!["b", "1", "a@x", long.as_str()], ValueKind::Text, "1", "b"),
        ] {
            let found = profile(&values);
            let ends = (found.least.as_deref(), found.greatest.as_deref());
            assert_eq!((found.kind, ends), (kind, (Some(least), Some(greatest))), "{values:?}");
            assert_eq!((found.filled, found.missing), (values.len() as u64, 1));
        }
        assert_eq!(profile(&[]).least, None);
    }

    #[test]
    fn the_few_of_another_kind_are_told() {
        let mut values = vec!["1"; 18];
        values.extend(["n/a", " "]);
        let found = profile(&values);
        assert_eq!((found.kind, found.others, found.blank), (ValueKind::Number, 1, 1));
        assert_eq!(found.other.as_deref(), Some("n/a"));
        assert_eq!(profile(&["1", "n/a"]).kind, ValueKind::Text);
    }
}
