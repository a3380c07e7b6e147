//! The years that engines know, and how a time beyond them keeps away from them: it is moved by what a
//! clock near the end shows.

/// Microseconds of a day.
pub const DAY: i64 = 86_400_000_000;
/// Days of four centuries, after which the calendar repeats itself.
pub const CYCLE: i64 = 146_097;
/// 3 January of the year 1 and 29 December 9999: no clock that shows them is beyond these years elsewhere.
const FIRST: i64 = -719_160 * DAY;
const LAST: i64 = 2_932_894 * DAY;

/// The time that engines with the years 1 to 9999 can convert and that is nearest to one.
pub fn near(micros: &str) -> String {
    format!("GREATEST(LEAST({micros}, {LAST}), {FIRST})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn ends_of_time() {
        let day = |micros| DateTime::from_timestamp_micros(micros).unwrap().to_string();
        assert_eq!(day(FIRST), "0001-01-03 00:00:00 UTC");
        assert_eq!(day(LAST), "9999-12-29 00:00:00 UTC");
    }
}
