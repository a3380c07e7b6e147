//! Trino. Its functions count milliseconds at the least, so that times are converted by whole seconds and
//! their microseconds kept apart.

use super::pattern::re2;
use super::years::{CYCLE, DAY, near};
use super::{Shape, Spelling, plain_capitals};

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;
/// Seconds from the beginning of the year 1 to 1970.
const FROM_YEAR_1: i64 = 62_135_596_800;

/// Trino.
pub struct Trino;

impl Spelling for Trino {
    fn as_texts(&self, list: &str) -> String {
        format!("CAST({list} AS ARRAY(VARCHAR))")
    }

    fn lower(&self, text: &str) -> String {
        format!("lower({})", plain_capitals(text))
    }

    fn trim(&self, text: &str) -> String {
        format!("regexp_replace({text}, {}, '')", re2(self, "^{W}+|{W}+$"))
    }

    fn trim_end(&self, text: &str, of: &str) -> String {
        format!("trim(TRAILING {of} FROM {text})")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("strpos({text}, {part}) > 0")
    }

    fn extract(&self, text: &str, pattern: &str) -> String {
        format!("regexp_extract({text}, {})", re2(self, pattern))
    }

    fn matches(&self, text: &str, pattern: &str) -> String {
        format!("regexp_like({text}, {})", re2(self, pattern))
    }

    /// All matches are replaced; the patterns begin with the text, so that there is one.
    fn replace_first(&self, text: &str, pattern: &str, by: &str) -> String {
        let by = self.text(&by.replace('\\', "$"));
        format!("regexp_replace({text}, {}, {by})", re2(self, pattern))
    }

    fn groups(&self, text: &str, shape: &Shape) -> String {
        let pattern = re2(self, shape.pattern);
        let group = |number| format!("regexp_extract({text}, {pattern}, {number})");
        let groups: Vec<String> = (1..=shape.groups).map(group).collect();
        format!("ARRAY[{}]", groups.join(", "))
    }

    fn group(&self, groups: &str, number: usize) -> String {
        format!("COALESCE({groups}[{number}], '')")
    }

    fn split(&self, text: &str) -> String {
        let trimmed = self.trim("part");
        format!(
            "filter(transform(split(replace({text}, '|', ';'), ';'), part -> {trimmed}), part -> part <> '')"
        )
    }

    fn any_value(&self, list: &str, test: &str) -> String {
        format!("COALESCE(cardinality(filter({list}, v -> {test})) > 0, FALSE)")
    }

    fn integer(&self, digits: &str) -> String {
        format!("TRY_CAST({digits} AS BIGINT)")
    }

    fn quotient(&self, dividend: &str, divisor: i64) -> String {
        format!("CAST(({dividend} - {dividend} % {divisor}) / {divisor} AS BIGINT)")
    }

    fn micros_of_wall(&self, value: &str) -> String {
        let time = format!("CAST({value} AS TIMESTAMP(6))");
        let seconds = seconds_of(&format!("date_trunc('second', {time})"));
        let fraction = format!("regexp_extract(CAST({time} AS VARCHAR), '[.]([0-9]{{1,6}})', 1)");
        let fraction = self.integer(&format!("rpad({fraction}, 6, '0')"));
        // Where there is no fraction there may be no time.
        format!("({seconds} * {SECOND} + COALESCE({fraction}, 0))")
    }

    fn micros_of_instant(&self, value: &str) -> String {
        self.micros_of_wall(&format!("({value} AT TIME ZONE 'UTC')"))
    }

    fn now(&self) -> String {
        self.micros_of_instant("current_timestamp")
    }

    fn wall_at(&self, micros: &str, place: &str) -> String {
        let (seconds, place) = (self.whole_seconds(micros), self.text(place));
        let shown = format!("CAST(from_unixtime({seconds}) AT TIME ZONE {place} AS TIMESTAMP(0))");
        format!("({micros} + ({} - {seconds}) * {SECOND})", seconds_of(&shown))
    }

    fn instant_at(&self, wall: &str, place: &str) -> String {
        let (seconds, place) = (self.whole_seconds(wall), self.text(place));
        let instant = format!("with_timezone({}, {place})", time_of(&seconds));
        format!("({wall} + (CAST(to_unixtime({instant}) AS BIGINT) - {seconds}) * {SECOND})")
    }

    /// Of the same day in the four centuries from 1970.
    fn month_day(&self, micros: &str) -> String {
        let cycle = CYCLE * DAY;
        let same = format!("(({micros} + {}) % {cycle})", 6 * cycle);
        let time = time_of(&self.quotient(&same, SECOND));
        format!("(month({time}) * 100 + day({time}))")
    }
}

impl Trino {
    /// The second since 1970 in which a time is, within the years that can be converted.
    fn whole_seconds(&self, micros: &str) -> String {
        let positive = format!("({} + {})", near(micros), FROM_YEAR_1 * SECOND);
        format!("({} - {FROM_YEAR_1})", self.quotient(&positive, SECOND))
    }
}

/// A time without a zone, by its seconds since 1970.
fn time_of(seconds: &str) -> String {
    format!("date_add('second', {seconds}, TIMESTAMP '1970-01-01 00:00:00')")
}

/// The seconds since 1970 of a time without a zone.
fn seconds_of(time: &str) -> String {
    format!("date_diff('second', TIMESTAMP '1970-01-01 00:00:00', {time})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backslashes_are_only_themselves() {
        assert_eq!(Trino.text(r"it's \"), r"'it''s \'");
        let replaced = Trino.replace_first("x", r"^(a)\.", r"\1-");
        assert_eq!(replaced, r"regexp_replace(x, '^(a)\.', '$1-')");
    }

    #[test]
    fn seconds_are_taken_of_what_is_not_negative() {
        assert_eq!(Trino.quotient("x", 4), "CAST((x - x % 4) / 4 AS BIGINT)");
        let seconds = Trino.whole_seconds("x");
        assert!(seconds.ends_with(" / 1000000 AS BIGINT) - 62135596800)"), "{seconds}");
    }
}
