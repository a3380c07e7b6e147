//! Points in time as people and programs write them (`docs/data.md`, "Times").
//!
//! A [`Stamp`] keeps what was written: the wall clock, the offset if there was one, and whether
//! there was a time at all. What it means in a zone is asked of it later, since criteria of one
//! dialect want the instant and those of another the calendar date. Digits are read by hand: dumps
//! hold millions of stamps, and format strings cost twenty times as much.

use super::offset::parse_offset;
use super::{Instant, Zone};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::fmt;

/// Which of the two stands first in `11/12/2006` or `11/12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DayOrder {
    /// `MM/DD/YYYY`.
    #[default]
    MonthFirst,
    /// `DD/MM/YYYY`.
    DayFirst,
}

/// A date, or a date with a time of day, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// The wall clock as written; midnight for a bare date. Finer than a microsecond is cut.
    pub local: NaiveDateTime,
    /// Seconds east of UTC, where the text names an offset.
    pub offset: Option<i32>,
    /// True when only a date was written.
    pub date_only: bool,
}

impl Stamp {
    /// Reads a stamp: `2016-01-23T13:48:44.108Z`, `…-05:00`, `…+0800`, `2020-09-25 16:45:13 -0400`,
    /// `2010-10-25 10:28:00`, `2016-07-08`, `2006/11/15`, `11/15/2006`, and epoch seconds (9–10
    /// digits) or milliseconds (12–13 digits). `order` decides what `11/12/2006` means.
    pub fn parse(text: &str, order: DayOrder) -> Option<Self> {
        let text = text.trim();
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return Self::epoch(text);
        }
        let mut cursor = Cursor { rest: text.as_bytes() };
        let date = cursor.date(order)?;
        if cursor.rest.is_empty() {
            return Some(Self {
                local: date.and_time(NaiveTime::MIN),
                offset: None,
                date_only: true,
            });
        }
        cursor.separator()?;
        let time = cursor.time()?;
        let offset = match cursor.rest {
            [] => None,
            rest => Some(parse_offset(std::str::from_utf8(rest).ok()?.trim_start())?),
        };
        Some(Self { local: date.and_time(time), offset, date_only: false })
    }

    /// The instant that a stamp means, one without an offset being read in `zone`: the same as of
    /// [`Stamp::parse`], sooner for the form that most dumps have.
    #[inline]
    pub fn instant_of(text: &str, order: DayOrder, zone: Zone) -> Option<Instant> {
        DayMemo::default().instant_of(text, order, zone)
    }

    /// Reads a bare `YYYY-MM-DD` and nothing else.
    pub fn parse_iso_date(text: &str) -> Option<NaiveDate> {
        let mut cursor = Cursor { rest: text.as_bytes() };
        let shape = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
        let date = cursor.date(DayOrder::MonthFirst).filter(|_| shape)?;
        cursor.rest.is_empty().then_some(date)
    }

    fn epoch(digits: &str) -> Option<Self> {
        let number: i64 = digits.parse().ok()?;
        let micros = match digits.len() {
            9 | 10 => number.checked_mul(1_000_000)?,
            12 | 13 => number.checked_mul(1_000)?,
            _ => return None,
        };
        let local = Zone::UTC.local(Instant(micros));
        Some(Self { local, offset: Some(0), date_only: false })
    }

    /// The instant meant, a stamp without an offset being read in `zone`.
    pub fn instant(&self, zone: Zone) -> Instant {
        match self.offset {
            Some(seconds) => Zone::Fixed(seconds).instant(self.local),
            None => zone.instant(self.local),
        }
    }

    /// The calendar date meant: in `zone` when the stamp has an offset, else as written.
    pub fn date(&self, zone: Zone) -> NaiveDate {
        match self.offset {
            Some(_) => zone.date(self.instant(zone)),
            None => self.local.date(),
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.date_only {
            return write!(f, "{}", self.local.date());
        }
        write!(f, "{}", self.local.format("%Y-%m-%dT%H:%M:%S%.f"))?;
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(seconds) => write!(f, "{}", Zone::Fixed(seconds)),
        }
    }
}

/// Reads stamps one after the other, which in many dumps are of the same day.
#[derive(Debug, Clone, Copy)]
pub struct DayMemo {
    /// The day read last.
    text: [u8; 10],
    /// Days since 1970.
    days: i64,
}

impl Default for DayMemo {
    fn default() -> Self {
        Self { text: *b"1970-01-01", days: 0 }
    }
}

impl DayMemo {
    /// The same as [`Stamp::instant_of`].
    #[inline]
    pub fn instant_of(&mut self, text: &str, order: DayOrder, zone: Zone) -> Option<Instant> {
        self.utc_instant(text.as_bytes()).or_else(|| Some(Stamp::parse(text, order)?.instant(zone)))
    }

    /// The instant of the form that most dumps have, `2016-01-23T13:48:44Z`; `None` for any other, right
    /// or wrong.
    #[inline]
    pub fn utc_instant(&mut self, text: &[u8]) -> Option<Instant> {
        self.utc_seconds(text).map(|seconds| Instant(seconds * 1_000_000))
    }

    /// Seconds since 1970 of `2016-01-23T13:48:44Z`; `None` for any other form, right or wrong. Eight
    /// characters are read at once.
    #[inline]
    fn utc_seconds(&mut self, text: &[u8]) -> Option<i64> {
        let text: &[u8; 20] = text.try_into().ok()?;
        let &[.., b'T', _, _, _, _, _, _, _, _, b'Z'] = text else { return None };
        let [date, time] = [text.first_chunk::<10>()?, text.get(9..)?.first_chunk::<10>()?];
        if *date != self.text {
            self.days = days_of(date)?;
            self.text = *date;
        }
        let time = pairs(*time.last_chunk::<8>()?, *b"00:00:00", 0x0000_ff00_00ff_0000)?;
        let [hour, minute, second] = [0, 3, 6].map(|byte| part(time, byte));
        let plain = hour <= 23 && minute <= 59 && second <= 59;
        plain.then(|| self.days * 86_400 + hour * 3_600 + minute * 60 + second)
    }
}

/// Days of the months, as long as each is in every year.
const DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Days since 1970 of `2016-01-23`; the day that only leap years have is left to the calendar.
#[inline]
fn days_of(text: &[u8; 10]) -> Option<i64> {
    let [.., d0, d1] = *text;
    let date = pairs(*text.first_chunk::<8>()?, *b"0000-00-", 0xff00_00ff_0000_0000)?;
    let (tens, ones) = (d0.wrapping_sub(b'0'), d1.wrapping_sub(b'0'));
    let year = part(date, 0) * 100 + part(date, 2);
    let (month, day) = (part(date, 5), i64::from(tens) * 10 + i64::from(ones));
    let last = *DAYS.get(usize::try_from(month - 1).ok()?)?;
    let plain = tens <= 9 && ones <= 9 && (1..=last).contains(&day) && year > 0;
    plain.then(|| days_since_1970(year, month, day))
}

/// One of the numbers of [`pairs`].
#[inline(always)]
fn part(pairs: u64, byte: u32) -> i64 {
    (pairs >> (byte * 8) & 0xff) as i64
}

/// The numbers that each two characters make which stand beside each other, each in the byte of the
/// first; `None` where something else stands than digits and, where `marks` has its bits, what
/// `form` has there.
#[inline]
fn pairs(text: [u8; 8], form: [u8; 8], marks: u64) -> Option<u64> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let digits = u64::from_le_bytes(text) ^ u64::from_le_bytes(form);
    let beyond_nine = (digits.wrapping_add(EACH * 0x76) | digits) & (EACH << 7);
    // A sum can't run into the next byte unless the byte itself shows that it is no digit.
    let wrong = beyond_nine | (digits & marks);
    (wrong == 0).then(|| digits * 10 + (digits >> 8))
}

/// Days of the Gregorian calendar from 1970-01-01 to a day of a year after Christ. Years are counted
/// from March, so that the day that only leap years have is the last.
#[inline]
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days_of_months = (153 * month + 2) / 5;
    year * 365 + year / 4 - year / 100 + year / 400 + days_of_months + day - 719_469
}

/// What is left of a stamp's bytes.
struct Cursor<'a> {
    rest: &'a [u8],
}

impl Cursor<'_> {
    fn take(&mut self, byte: u8) -> Option<()> {
        self.rest = self.rest.strip_prefix(&[byte])?;
        Some(())
    }

    /// A number of `least` to `most` digits.
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.rest.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
        if count < least {
            return None;
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        Some(digits.iter().fold(0, |number, b| number * 10 + u32::from(b - b'0')))
    }

    fn date(&mut self, order: DayOrder) -> Option<NaiveDate> {
        let year_first = self.rest.iter().take_while(|b| b.is_ascii_digit()).count() == 4;
        if year_first {
            let year = self.digits(4, 4)?;
            let mark = *self.rest.first().filter(|&&b| b == b'-' || b == b'/')?;
            self.take(mark)?;
            let month = self.digits(1, 2)?;
            self.take(mark)?;
            let day = self.digits(1, 2)?;
            return NaiveDate::from_ymd_opt(year as i32, month, day);
        }
        let a = self.digits(1, 2)?;
        self.take(b'/')?;
        let b = self.digits(1, 2)?;
        self.take(b'/')?;
        let year = self.digits(4, 4)?;
        let (month, day) = match order {
            DayOrder::MonthFirst => (a, b),
            DayOrder::DayFirst => (b, a),
        };
        NaiveDate::from_ymd_opt(year as i32, month, day)
    }

    fn separator(&mut self) -> Option<()> {
        match self.rest.first()? {
            b'T' | b't' => self.rest = self.rest.get(1..)?,
            b' ' => self.rest = self.rest.trim_ascii_start(),
            _ => return None,
        }
        Some(())
    }

    fn time(&mut self) -> Option<NaiveTime> {
        let hour = self.digits(2, 2)?;
        self.take(b':')?;
        let minute = self.digits(2, 2)?;
        let mut second = 0;
        let mut micros = 0;
        if self.take(b':').is_some() {
            second = self.digits(2, 2)?;
            if self.take(b'.').is_some() {
                let count = self.rest.iter().take_while(|b| b.is_ascii_digit()).count();
                let (fraction, rest) = self.rest.split_at(count);
                if count == 0 {
                    return None;
                }
                self.rest = rest;
                for place in 0..6 {
                    let digit = fraction.get(place).map_or(0, |b| u32::from(b - b'0'));
                    micros = micros * 10 + digit;
                }
            }
        }
        NaiveTime::from_hms_micro_opt(hour, minute, second, micros)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Option<String> {
        let stamp = Stamp::parse(text, DayOrder::MonthFirst)?;
        Some(stamp.instant(Zone::Fixed(3600)).to_string())
    }

    #[test]
    fn every_form_of_the_dumps() {
        for (text, expected) in [
            ("2016-01-23T13:48:44.108Z", "2016-01-23T13:48:44.108Z"),
            ("2016-03-03T10:53:04-05:00", "2016-03-03T15:53:04Z"),
            ("2022-11-12T16:46:12+0800", "2022-11-12T08:46:12Z"),
            ("2017-12-15T01:16:00+0000", "2017-12-15T01:16:00Z"),
            ("2020-09-25 16:45:13 -0400", "2020-09-25T20:45:13Z"),
            ("2023-11-29 16:28:41+0800", "2023-11-29T08:28:41Z"),
            ("2010-10-25 10:28:00", "2010-10-25T09:28:00Z"),
            ("2010-10-25 10:28", "2010-10-25T09:28:00Z"),
            ("2016-07-08", "2016-07-07T23:00:00Z"),
            ("11/15/2006", "2006-11-14T23:00:00Z"),
            ("2006/11/15", "2006-11-14T23:00:00Z"),
            ("1676615711325", "2023-02-17T06:35:11.325Z"),
            ("1676615711", "2023-02-17T06:35:11Z"),
            ("999999999", "2001-09-09T01:46:39Z"),
        ] {
            assert_eq!(instant(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_short_way_agrees_with_the_long_one() {
        let zone = Zone::Fixed(3600);
        let long =
            |text: &str| Stamp::parse(text, DayOrder::MonthFirst).map(|stamp| stamp.instant(zone));
        let (mut short, mut memo) = (0, DayMemo::default());
        for year in [1, 4, 1582, 1600, 1899, 1900, 1969, 1970, 1999, 2000, 2001, 2024, 2100, 9999] {
            for month in 0..=13 {
                for day in 0..=32 {
                    let text = format!("{year:04}-{month:02}-{day:02}T23:59:58Z");
                    let found = Stamp::instant_of(&text, DayOrder::MonthFirst, zone);
                    assert_eq!(found, long(&text), "{text}");
                    assert_eq!(memo.instant_of(&text, DayOrder::MonthFirst, zone), found);
                    short += usize::from(DayMemo::default().utc_seconds(text.as_bytes()).is_some());
                }
            }
        }
        assert_eq!(short, 14 * 365);
        let text = "2024-02-03T04:05:06Z";
        for at in 0..text.len() {
            for other in ["x", "9", ":", "/", " ", "-"] {
                let mut text = text.to_owned();
                text.replace_range(at..=at, other);
                let found = Stamp::instant_of(&text, DayOrder::MonthFirst, zone);
                assert_eq!(found, long(&text), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_stamp() {
        for text in [
            "",
            "yesterday",
            "2016-13-01",
            "2016-02-30",
            "2016-1",
            "2016-01-02T",
            "2016-01-02T25:00",
            "2016-01-02 10:00:00 EST",
            "13/15/2006",
            "12345",
            "12345678901",
            "2016-01-02x",
            "2016-01-02T10:00:00.Z",
            "2016-01-02T10:00:00+25:00",
            "2016-01/02",
        ] {
            assert_eq!(Stamp::parse(text, DayOrder::MonthFirst), None, "{text}");
        }
    }

    #[test]
    fn dates_with_an_offset_are_taken_to_the_zone() {
        let date = |text| {
            Stamp::parse(text, DayOrder::DayFirst)
                .map(|s| s.date(Zone::Fixed(8 * 3600)).to_string())
        };
        assert_eq!(date("2024-01-01T20:00:00Z").as_deref(), Some("2024-01-02"));
        assert_eq!(date("2024-01-01T20:00:00").as_deref(), Some("2024-01-01"));
        assert_eq!(date("02/01/2024").as_deref(), Some("2024-01-02"));
    }
}
