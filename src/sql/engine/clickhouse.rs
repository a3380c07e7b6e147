//! ClickHouse. Its patterns are RE2's. Lists are never null there, an alias stands for its expression in
//! the whole `SELECT`, and of years it converts between zones those of four centuries only.

use super::pattern::re2;
use super::{Shape, Spelling, plain_capitals};
use chrono::{DateTime, Offset as _, TimeZone as _};
use chrono_tz::Tz;

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
/// 3 January 1900 and 30 December 2299: between them, every version converts times.
const FIRST: i64 = -25_565 * DAY;
const LAST: i64 = 120_528 * DAY;
/// Days of four centuries, after which the calendar repeats itself.
const CYCLE: i64 = 146_097;
/// Days from 1900 back to the same day of 2,000 years before to 1970.
const BEFORE_1970: i64 = 25_567 + 5 * CYCLE;

/// ClickHouse, from 24.8.
pub struct ClickHouse;

/// A text between marks. Backslashes are escapes there, in names as in texts.
fn escaped(text: &str, mark: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(mark);
    for c in text.chars() {
        match c {
            '\0' => quoted.push_str(r"\0"),
            '\\' => quoted.push_str(r"\\"),
            c if c == mark => quoted.extend([mark, mark]),
            c => quoted.push(c),
        }
    }
    quoted.push(mark);
    quoted
}

impl Spelling for ClickHouse {
    fn writes_nul(&self) -> bool {
        true
    }

    fn identifier(&self, name: &str) -> String {
        escaped(name, '"')
    }

    fn text(&self, text: &str) -> String {
        escaped(text, '\'')
    }

    /// Of a text of fixed length, `toString` leaves out what fills it up.
    fn as_text(&self, value: &str) -> String {
        format!("CAST(toString({value}) AS Nullable(String))")
    }

    fn as_texts(&self, list: &str) -> String {
        format!("arrayMap(v -> ifNull(toString(v), ''), arrayFilter(v -> isNotNull(v), {list}))")
    }

    fn lower(&self, text: &str) -> String {
        format!("lowerUTF8({})", plain_capitals(text))
    }

    fn trim(&self, text: &str) -> String {
        let around = re2(self, "^{W}+|{W}+$");
        format!("replaceRegexpAll({text}, {around}, '')")
    }

    fn trim_end(&self, text: &str, characters: &str) -> String {
        format!("trim(TRAILING {characters} FROM {text})")
    }

    fn starts_with(&self, text: &str, beginning: &str) -> String {
        format!("startsWith({text}, {beginning})")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("position({text}, {part}) > 0")
    }

    fn extract(&self, text: &str, pattern: &str) -> String {
        format!("extract({text}, {})", re2(self, pattern))
    }

    fn matches(&self, text: &str, pattern: &str) -> String {
        format!("match({text}, {})", re2(self, pattern))
    }

    fn replace_first(&self, text: &str, pattern: &str, by: &str) -> String {
        format!("replaceRegexpOne({text}, {}, {})", re2(self, pattern), self.text(by))
    }

    fn groups(&self, text: &str, shape: &Shape) -> String {
        format!("extractGroups(ifNull({text}, ''), {})", re2(self, shape.pattern))
    }

    fn groups_where(&self, condition: &str, groups: &str) -> String {
        format!("if({condition}, {groups}, [])")
    }

    fn has_groups(&self, groups: &str) -> String {
        format!("notEmpty({groups})")
    }

    fn group(&self, groups: &str, number: usize) -> String {
        format!("{groups}[{number}]")
    }

    fn split(&self, text: &str) -> String {
        let trimmed = self.trim("part");
        format!(
            "arrayFilter(part -> part <> '', arrayMap(part -> {trimmed}, splitByRegexp('[;|]', ifNull({text}, ''))))"
        )
    }

    fn any_value(&self, list: &str, test: &str) -> String {
        format!("arrayExists(v -> {test}, {list})")
    }

    fn integer(&self, digits: &str) -> String {
        match digits {
            "NULL" => "CAST(NULL AS Nullable(Int64))".to_owned(),
            digits => format!("toInt64OrNull({digits})"),
        }
    }

    fn quotient(&self, dividend: &str, divisor: i64) -> String {
        format!("intDiv({dividend}, {divisor})")
    }

    /// What the clock of the column shows: a `DateTime` has a zone of its own.
    fn micros_of_wall(&self, value: &str) -> String {
        micros_of_shown(&format!("toString({value})"), "'UTC'")
    }

    fn micros_of_instant(&self, value: &str) -> String {
        format!("toUnixTimestamp64Micro(toDateTime64({value}, 6, 'UTC'))")
    }

    /// In a subquery, since each `now64` of a statement would have a time of its own.
    fn now(&self) -> String {
        "(SELECT toUnixTimestamp64Micro(now64(6)))".to_owned()
    }

    fn wall_at(&self, micros: &str, place: &str) -> String {
        let shown = format!("toString(fromUnixTimestamp64Micro({micros}, {}))", self.text(place));
        let within = micros_of_shown(&shown, "'UTC'");
        match Outside::of(place) {
            Some(outside) => outside.or_within(micros, 1, &within, |early| early.until),
            None => within,
        }
    }

    fn instant_at(&self, wall: &str, place: &str) -> String {
        let shown = format!("toString(fromUnixTimestamp64Micro({wall}, 'UTC'))");
        let within = micros_of_shown(&shown, &self.text(place));
        match Outside::of(place) {
            Some(outside) => {
                outside.or_within(wall, -1, &within, |early| early.until + early.after)
            }
            None => within,
        }
    }

    /// Of the same day in the four centuries whose dates every version knows.
    fn month_day(&self, micros: &str) -> String {
        let days = format!("intDiv({micros} + {}, {DAY}) % {CYCLE}", BEFORE_1970 * DAY);
        let date = format!("addDays(toDate32('1900-01-01'), {days})");
        format!("(toMonth({date}) * 100 + toDayOfMonth({date}))")
    }

    fn some(&self, condition: &str) -> String {
        format!("countIf({condition}) > 0")
    }

    fn create_table(&self, name: &str) -> String {
        format!("CREATE TABLE {name} ENGINE = MergeTree ORDER BY tuple() AS")
    }
}

/// The microseconds of a date and time that is written, in a zone; null, never an error, of what is beyond
/// the years that the version knows.
fn micros_of_shown(shown: &str, zone: &str) -> String {
    format!("toUnixTimestamp64Micro(toDateTime64OrNull({shown}, 6, {zone}))")
}

/// What clocks of a place show in years that ClickHouse may not know: their distances from UTC, in
/// microseconds.
struct Outside {
    /// The ends of what held before [`FIRST`].
    early: Vec<Early>,
    /// At [`FIRST`].
    first: i64,
    /// After [`LAST`].
    late: i64,
}

/// Until an instant, one distance; after it, another.
struct Early {
    until: i64,
    before: i64,
    after: i64,
}

impl Outside {
    /// `None` of what is no place.
    fn of(place: &str) -> Option<Self> {
        let place: Tz = place.parse().ok()?;
        let offset = |micros: i64| {
            let utc = DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc();
            i64::from(place.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1_000_000
        };
        let mut early = Vec::new();
        // No place kept a time but that of its sun before 1800.
        let mut day = FIRST - 100 * 366 * DAY;
        while day < FIRST {
            let (before, after) = (offset(day), offset(day + DAY));
            if before != after {
                let (mut low, mut high) = (day, day + DAY);
                while high - low > 1_000_000 {
                    let middle = low + (high - low) / 2_000_000 * 1_000_000;
                    if offset(middle) == before { low = middle } else { high = middle }
                }
                early.push(Early { until: high, before, after });
            }
            day += DAY;
        }
        Some(Self { early, first: offset(FIRST), late: offset(LAST) })
    }

    /// A time with its distance added (or taken, by the sign) in the years outside, and `within` else.
    fn or_within(
        &self,
        time: &str,
        sign: i64,
        within: &str,
        end: impl Fn(&Early) -> i64,
    ) -> String {
        let moved = |by: i64| match by * sign {
            by if by < 0 => format!("{time} - {}", -by),
            by => format!("{time} + {by}"),
        };
        let early = self.early.iter().map(|early| (format!("< {}", end(early)), early.before));
        let rest = match self.first == self.late {
            true => vec![(format!("NOT BETWEEN {FIRST} AND {LAST}"), self.late)],
            false => vec![(format!("< {FIRST}"), self.first), (format!("> {LAST}"), self.late)],
        };
        let cases =
            early.chain(rest).map(|(when, by)| format!("WHEN {time} {when} THEN {}", moved(by)));
        format!("CASE {} ELSE {within} END", cases.collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_escaped() {
        for (text, quoted) in [
            ("it's", "'it''s'"),
            (r"\'", r"'\\'''"),
            ("a\0b", r"'a\0b'"),
            ("{x:String}", "'{x:String}'"),
        ] {
            assert_eq!(ClickHouse.text(text), quoted);
        }
        assert_eq!(ClickHouse.identifier("a\\\"b"), "\"a\\\\\"\"b\"");
    }

    #[test]
    fn years_that_are_converted_by_hand() {
        let outside = Outside::of("America/New_York").unwrap();
        // 18 November 1883 at noon by the sun.
        let (noon, sun, eastern) = (-2_717_650_800_000_000, -17_762_000_000, -18_000_000_000);
        let [Early { until, before, after }] = outside.early[..] else { panic!("one change") };
        assert_eq!((until, before, after), (noon, sun, eastern));
        assert_eq!((outside.first, outside.late), (eastern, eastern));
        assert_eq!(
            outside.or_within("x", 1, "y", |early| early.until),
            format!(
                "CASE WHEN x < {noon} THEN x - 17762000000 WHEN x NOT BETWEEN {FIRST} AND {LAST} THEN x - 18000000000 ELSE y END"
            )
        );
        assert!(Outside::of("nowhere").is_none());
        let day = |micros| DateTime::from_timestamp_micros(micros).unwrap().to_string();
        assert_eq!(day(FIRST), "1900-01-03 00:00:00 UTC");
        assert_eq!(day(LAST), "2299-12-30 00:00:00 UTC");
    }
}
