//! The forms of dates that criteria may hold. Dumps are read leniently, by `value`; criteria are
//! held to the form that the vendor documents.

use crate::value::{DayOrder, Stamp};
use chrono::NaiveDate;

/// True when `text` has the shape of `pattern`, in which `d` stands for a digit.
fn shaped(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'd' => byte.is_ascii_digit(),
            _ => byte == wanted,
        })
}

/// `MM/DD/YYYY` or `DD/MM/YYYY` as `order` says, or `YYYY-MM-DD`.
pub(super) fn slash_or_iso_date(text: &str, order: DayOrder) -> Option<NaiveDate> {
    if shaped(text, "dd/dd/dddd") {
        return Stamp::parse(text, order).map(|stamp| stamp.local.date());
    }
    Stamp::parse_iso_date(text)
}

/// The text with dashes in its date, where it begins with a date with slashes and the year first,
/// which is written in no other order: `2017/12/5` is `2017-12-05`.
pub(super) fn with_dashes(text: &str) -> Option<String> {
    let (year, rest) = text.split_once('/')?;
    let (month, rest) = rest.split_once('/')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (day, rest) = rest.split_at_checked(digits)?;
    let of_day = |part: &str| shaped(part, "d") || shaped(part, "dd");
    let dated = shaped(year, "dddd") && of_day(month) && of_day(day);
    dated.then(|| format!("{year}-{month:0>2}-{day:0>2}{rest}"))
}

/// `2017-12-15T01:16:00+0000`, also with `+00:00` or `Z`, a fraction of a second, or no time at all.
/// A time without an offset is refused: it would mean another instant in every zone.
pub(super) fn date_time(text: &str) -> Option<Stamp> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    Stamp::parse_iso_date(date)?;
    let legal = rest.is_empty() || {
        let (time, rest) = (rest.get(..9)?, rest.get(9..)?);
        let offset = match rest.strip_prefix('.') {
            Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
            None => rest,
        };
        let is_offset = ["Z", "+dddd", "-dddd", "+dd:dd", "-dd:dd"]
            .iter()
            .any(|pattern| shaped(offset, pattern));
        shaped(time, "Tdd:dd:dd") && is_offset
    };
    legal.then(|| Stamp::parse(text, DayOrder::MonthFirst)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times_have_an_offset() {
        for (text, printed) in [
            ("2017-12-15T01:16:00+0000", Some("2017-12-15T01:16:00Z")),
            ("2017-12-15T01:16:00-05:00", Some("2017-12-15T01:16:00-05:00")),
            ("2017-12-15T01:16:00.250Z", Some("2017-12-15T01:16:00.250Z")),
            ("2017-12-15", Some("2017-12-15")),
            ("2017-12-15T01:16:00", None),
            ("2017-12-15 01:16:00Z", None),
            ("2017-12-15T01:16Z", None),
            ("2017-12-15T25:16:00Z", None),
            ("2017-12-15T01:16:00.Z", None),
            ("2017-02-29", None),
            ("15/12/2017", None),
            ("1513300560", None),
            ("2017-12-1é", None),
            ("", None),
        ] {
            assert_eq!(date_time(text).map(|s| s.to_string()).as_deref(), printed, "{text}");
        }
    }

    #[test]
    fn slashes_with_the_year_first() {
        for (text, expected) in [
            ("2024/01/05", Some("2024-01-05")),
            ("2024/1/5T00:00:00Z", Some("2024-01-05T00:00:00Z")),
            ("01/05/2024", None),
            ("24/01/05", None),
            ("2024/01", None),
            ("2024/001/05", None),
            ("2024/01/", None),
            ("2024/é/1", None),
        ] {
            assert_eq!(with_dashes(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn calendar_dates() {
        let date = |text, order| slash_or_iso_date(text, order).map(|d| d.to_string());
        use DayOrder::{DayFirst, MonthFirst};
        assert_eq!(date("11/15/2006", MonthFirst).as_deref(), Some("2006-11-15"));
        assert_eq!(date("11/15/2006", DayFirst), None);
        assert_eq!(date("02/01/2006", DayFirst).as_deref(), Some("2006-01-02"));
        assert_eq!(date("2006-01-02", DayFirst).as_deref(), Some("2006-01-02"));
        for text in ["1/2/2006", "2006/01/02", "2006-1-2", "2006-02-30", " 2006-01-02", "today"] {
            assert_eq!(date(text, MonthFirst), None, "{text}");
        }
    }
}
