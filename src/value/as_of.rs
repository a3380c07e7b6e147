//! The instant at which segments are looked at, as people write it.

use super::{DayOrder, Instant, Stamp, Zone};
use std::fmt;
use std::str::FromStr;

/// An instant, or a date whose midnight is meant, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf(Stamp);

impl AsOf {
    /// The instant, a time without an offset being one of `zone`.
    pub fn instant(&self, zone: Zone) -> Instant {
        self.0.instant(zone)
    }
}

impl FromStr for AsOf {
    type Err = String;

    /// Reads `2024-03-01`, `2024-03-01T12:00:00Z`, `2024-03-01 12:00`, and the other forms of
    /// [`Stamp::parse`], but none in which day and month could be confused.
    fn from_str(text: &str) -> Result<Self, String> {
        let stamp = if text.contains('/') { None } else { Stamp::parse(text, DayOrder::default()) };
        stamp.map(Self).ok_or_else(|| {
            "write a date such as 2024-03-01, or an instant such as 2024-03-01T12:00:00Z".to_owned()
        })
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let zone = Zone::Fixed(3600);
        for (text, expected) in [
            ("2024-03-01", Some("2024-02-29T23:00:00Z")),
            ("2024-03-01T12:00", Some("2024-03-01T11:00:00Z")),
            ("2024-03-01T12:00:00.5Z", Some("2024-03-01T12:00:00.500Z")),
            ("2024-03-01 12:00:00 -0500", Some("2024-03-01T17:00:00Z")),
            ("1709294400", Some("2024-03-01T12:00:00Z")),
            ("11/12/2024", None),
            ("2024/03/01", None),
            ("2024-02-30", None),
            ("now", None),
            ("", None),
        ] {
            let read = text.parse::<AsOf>().ok().map(|as_of| as_of.instant(zone).to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
