//! How the reference compares texts, numbers and times: by other means than the engine.

use crate::value::Zone;
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use std::cmp::Ordering;

/// Simple lower case, character by character.
pub fn lower(text: &str) -> String {
    let simple = |c: char| if c == 'İ' { 'i' } else { c.to_lowercase().next().unwrap_or(c) };
    text.chars().map(simple).collect()
}

/// A number as sign, digits before and digits after the point.
pub fn number(text: &str) -> Option<(bool, String, String)> {
    let mut digits = text.trim();
    let negative = digits.starts_with('-');
    if negative || digits.starts_with('+') {
        digits = &digits[1..];
    }
    let mut parts = digits.split('.');
    let whole = parts.next().unwrap_or("").to_owned();
    let fraction = parts.next().unwrap_or("").to_owned();
    let sound = parts.next().is_none()
        && !(whole.is_empty() && fraction.is_empty())
        && whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit());
    sound.then_some((negative, whole, fraction))
}

/// How two numbers compare: written under each other, padded with zeros.
pub fn compare_numbers(a: &(bool, String, String), b: &(bool, String, String)) -> Ordering {
    let width = a.1.len().max(b.1.len());
    let depth = a.2.len().max(b.2.len());
    let padded = |n: &(bool, String, String)| format!("{:0>width$}{:0<depth$}", n.1, n.2);
    let (x, y) = (padded(a), padded(b));
    let zero = |digits: &str| digits.chars().all(|c| c == '0');
    match (a.0 && !zero(&x), b.0 && !zero(&y)) {
        (false, false) => x.cmp(&y),
        (true, true) => y.cmp(&x),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// A time as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Time {
    /// With an offset.
    Absolute(i64),
    /// Without.
    Wall(NaiveDateTime),
}

impl Time {
    /// Microseconds since 1970 in UTC.
    pub fn instant(self, zone: Zone) -> i64 {
        match self {
            Self::Absolute(micros) => micros,
            Self::Wall(wall) => zone.instant(wall).0,
        }
    }

    /// The calendar date.
    pub fn date(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Absolute(micros) => zone.local(crate::value::Instant(micros)).date(),
            Self::Wall(wall) => wall.date(),
        }
    }
}

/// Offsets are shorter than this, in seconds.
const OFFSETS_END: i32 = 15 * 3600;

/// Reads a time; `day_first` says what `11/12/2006` means.
pub fn time(text: &str, day_first: bool) -> Option<Time> {
    let text = text.trim().to_uppercase();
    let text = &text.strip_suffix("UTC").map_or_else(|| text.clone(), |text| format!("{text}Z"));
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return match text.len() {
            9 | 10 => Some(Time::Absolute(number * 1_000_000)),
            12 | 13 => Some(Time::Absolute(number * 1_000)),
            _ => None,
        };
    }
    for format in ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f %#z"]
    {
        if let Ok(time) = DateTime::parse_from_str(text, format) {
            let known = time.offset().local_minus_utc().abs() < OFFSETS_END;
            return known.then(|| Time::Absolute(time.timestamp_micros()));
        }
    }
    for format in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(text, format) {
            return Some(Time::Wall(time));
        }
    }
    let slashes = if day_first { "%d/%m/%Y" } else { "%m/%d/%Y" };
    for format in ["%Y-%m-%d", "%Y/%m/%d", slashes] {
        if let Ok(date) = NaiveDate::parse_from_str(text, format) {
            return Some(Time::Wall(date.and_time(chrono::NaiveTime::MIN)));
        }
    }
    None
}
