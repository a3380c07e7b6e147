//! Instants on the UTC time line, and the zone in which stamps without an offset are read.

use super::offset::parse_offset;
use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::fmt;
use std::str::FromStr;

/// Microseconds since 1970-01-01T00:00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    const MICROS_PER_DAY: i64 = 86_400_000_000;

    /// The present moment.
    pub fn now() -> Self {
        Self(Utc::now().timestamp_micros())
    }

    /// The instant `days` × 24 hours before this one.
    pub fn minus_days(self, days: u32) -> Self {
        Self(self.0.saturating_sub(i64::from(days).saturating_mul(Self::MICROS_PER_DAY)))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DateTime::<Utc>::from_timestamp_micros(self.0) {
            Some(time) => write!(f, "{}", time.format("%Y-%m-%dT%H:%M:%S%.fZ")),
            None => write!(f, "{}µs", self.0),
        }
    }
}

/// A time zone: a fixed distance from UTC, or a place of the IANA data base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Seconds east of UTC.
    Fixed(i32),
    /// A place such as `America/New_York`.
    Place(Tz),
}

impl Zone {
    /// UTC, the default of every command.
    pub const UTC: Self = Self::Fixed(0);

    /// The instant at which a clock in this zone shows `local`. Where the clock shows it twice
    /// (summer time ends) the earlier instant; where it skips it (summer time begins) the instant
    /// that the clock would have shown without the jump.
    pub fn instant(self, local: NaiveDateTime) -> Instant {
        let utc = match self {
            Self::Fixed(seconds) => shift(local, -i64::from(seconds)),
            Self::Place(place) => match place.from_local_datetime(&local) {
                LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.naive_utc(),
                LocalResult::None => {
                    let before = shift(local, -86_400);
                    let offset = match place.from_local_datetime(&before) {
                        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => {
                            before.signed_duration_since(time.naive_utc()).num_seconds()
                        }
                        LocalResult::None => 0,
                    };
                    shift(local, -offset)
                }
            },
        };
        Instant(utc.and_utc().timestamp_micros())
    }

    /// What a clock in this zone shows at `instant`.
    pub fn local(self, instant: Instant) -> NaiveDateTime {
        let utc = DateTime::<Utc>::from_timestamp_micros(instant.0).unwrap_or_default();
        match self {
            Self::Fixed(seconds) => shift(utc.naive_utc(), i64::from(seconds)),
            Self::Place(place) => utc.with_timezone(&place).naive_local(),
        }
    }

    /// The calendar date in this zone at `instant`.
    pub fn date(self, instant: Instant) -> NaiveDate {
        self.local(instant).date()
    }
}

fn shift(time: NaiveDateTime, seconds: i64) -> NaiveDateTime {
    time.checked_add_signed(TimeDelta::seconds(seconds)).unwrap_or(time)
}

impl FromStr for Zone {
    type Err = String;

    /// Reads `UTC`, `Z`, `+08:00`, `-0500`, or an IANA name.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if ["utc", "z", "gmt"].iter().any(|name| text.eq_ignore_ascii_case(name)) {
            return Ok(Self::UTC);
        }
        if let Some(seconds) = parse_offset(text) {
            return Ok(Self::Fixed(seconds));
        }
        let place =
            chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(text));
        place.map(|&zone| Self::Place(zone)).ok_or_else(|| {
            format!("`{text}` is no time zone; write UTC, an offset such as +08:00, or a name such as America/New_York")
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Fixed(0) => f.write_str("UTC"),
            Self::Fixed(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.unsigned_abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            Self::Place(place) => f.write_str(place.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn zones_read_and_print() {
        for (text, printed) in [
            ("utc", "UTC"),
            ("+08:00", "+08:00"),
            ("-0530", "-05:30"),
            ("america/new_york", "America/New_York"),
        ] {
            assert_eq!(text.parse::<Zone>().map(|z| z.to_string()).as_deref(), Ok(printed));
        }
        assert!("Mars/Olympus".parse::<Zone>().is_err());
    }

    #[test]
    fn clock_changes_are_decided() {
        let zone: Zone = "America/New_York".parse().unwrap_or(Zone::UTC);
        for (wall, utc) in [
            ("2024-01-15T12:00:00", "2024-01-15T17:00:00Z"),
            ("2024-03-10T02:30:00", "2024-03-10T07:30:00Z"),
            ("2024-11-03T01:30:00", "2024-11-03T05:30:00Z"),
        ] {
            assert_eq!(zone.instant(local(wall)).to_string(), utc, "{wall}");
        }
    }
}
