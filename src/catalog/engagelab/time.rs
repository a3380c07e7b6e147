//! Times as EngageLab's answers have them, by its clock: `2023-11-29 16:28:41+0800`.

use crate::dialect::engagelab::CALENDAR_OFFSET;
use crate::value::{DayOrder, Instant, Stamp, Zone};

/// The vendor's clock: UTC+8.
const CLOCK: Zone = Zone::Fixed(CALENDAR_OFFSET);

/// An instant in the vendor's form, to the second.
pub fn stamp(instant: Instant) -> String {
    CLOCK.local(instant).format("%Y-%m-%d %H:%M:%S+0800").to_string()
}

/// What a stamp means; `None` for what is none.
pub fn instant(stamp: &str) -> Option<Instant> {
    Stamp::instant_of(stamp, DayOrder::default(), CLOCK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (text, written) in [
            ("2023-11-29 16:28:41+0800", "2023-11-29 16:28:41+0800"),
            ("2023-11-29T08:28:41Z", "2023-11-29 16:28:41+0800"),
            ("2023-11-29 16:28:41", "2023-11-29 16:28:41+0800"),
        ] {
            assert_eq!(instant(text).map(stamp).as_deref(), Some(written), "{text}");
        }
        assert_eq!(instant("soon"), None);
    }
}
