//! Times as Constant Contact's answers have them: `2019-12-18T16:30:35.000Z`.

use crate::value::{DayOrder, Instant, Stamp, Zone};
use chrono::{DateTime, Utc};

/// An instant in the vendor's form, to the millisecond.
pub fn stamp(instant: Instant) -> String {
    let time = DateTime::<Utc>::from_timestamp_micros(instant.0).unwrap_or_default();
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// What a stamp means; `None` for what is none.
pub fn instant(stamp: &str) -> Option<Instant> {
    Stamp::parse(stamp, DayOrder::default()).map(|stamp| stamp.instant(Zone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (text, written) in [
            ("2019-12-18T16:30:35.000Z", "2019-12-18T16:30:35.000Z"),
            ("2020-01-21T15:25:52.1234Z", "2020-01-21T15:25:52.123Z"),
            ("2020-01-21", "2020-01-21T00:00:00.000Z"),
        ] {
            assert_eq!(instant(text).map(stamp).as_deref(), Some(written), "{text}");
        }
        assert_eq!(instant("yesterday"), None);
    }
}
