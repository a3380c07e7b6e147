//! Snowflake. Its patterns are POSIX's: no groups that don't take something out, and no classes of
//! Unicode. Backslashes are escapes in texts. What is in a list has the type `VARIANT`.

use super::pattern::{WHITE_SPACES, all_groups};
use super::years::{CYCLE, DAY, near};
use super::{Shape, Spelling, plain_capitals};
use crate::sql::quote::doubled;

/// Snowflake.
pub struct Snowflake;

impl Snowflake {
    /// White space gets into a pattern by the escapes of the text that it is written as: within brackets
    /// a POSIX pattern has none.
    fn pattern(&self, pattern: &str) -> String {
        let mut text = self.text(pattern);
        for escape in [r"\t", r"\n", r"\f", r"\r"] {
            text = text.replace(escape, escape.strip_prefix('\\').unwrap_or(escape));
        }
        text.replace("{W}", &format!("[{WHITE_SPACES}]"))
    }
}

impl Spelling for Snowflake {
    fn text(&self, text: &str) -> String {
        doubled(&text.replace('\\', r"\\"), '\'')
    }

    /// Kept as it is: values are made text where they are looked at.
    fn as_texts(&self, list: &str) -> String {
        list.to_owned()
    }

    fn lower(&self, text: &str) -> String {
        format!("LOWER({})", plain_capitals(text))
    }

    fn trim(&self, text: &str) -> String {
        format!("TRIM({text}, '{WHITE_SPACES}')")
    }

    fn starts_with(&self, text: &str, beginning: &str) -> String {
        format!("STARTSWITH({text}, {beginning})")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("CONTAINS({text}, {part})")
    }

    fn extract(&self, text: &str, pattern: &str) -> String {
        format!("REGEXP_SUBSTR({text}, {})", self.pattern(pattern))
    }

    fn matches(&self, text: &str, pattern: &str) -> String {
        format!("{} IS NOT NULL", self.extract(text, pattern))
    }

    /// All matches are replaced; the patterns begin with the text, so that there is one.
    fn replace_first(&self, text: &str, pattern: &str, by: &str) -> String {
        format!("REGEXP_REPLACE({text}, {}, {})", self.pattern(pattern), self.text(by))
    }

    fn groups(&self, text: &str, shape: &Shape) -> String {
        let (pattern, numbers) = all_groups(shape.pattern);
        let pattern = self.pattern(&pattern);
        let group = |number| format!("REGEXP_SUBSTR({text}, {pattern}, 1, 1, 'e', {number})");
        let groups: Vec<String> = numbers.into_iter().map(group).collect();
        format!("ARRAY_CONSTRUCT({})", groups.join(", "))
    }

    fn group(&self, groups: &str, number: usize) -> String {
        format!("COALESCE(CAST({groups}[{}] AS VARCHAR), '')", number.saturating_sub(1))
    }

    fn split(&self, text: &str) -> String {
        let trimmed = self.trim("CAST(part AS VARCHAR)");
        format!(
            "FILTER(TRANSFORM(SPLIT(REPLACE({text}, '|', ';'), ';'), part -> {trimmed}), part -> CAST(part AS VARCHAR) <> '')"
        )
    }

    fn any_value(&self, list: &str, test: &str) -> String {
        format!("COALESCE(ARRAY_SIZE(FILTER({list}, v VARCHAR -> {test})) > 0, FALSE)")
    }

    fn integer(&self, digits: &str) -> String {
        match digits {
            "NULL" => "CAST(NULL AS BIGINT)".to_owned(),
            digits => format!("TRY_CAST({digits} AS BIGINT)"),
        }
    }

    /// Quotients have six digits behind the point, which is enough for divisors of days and years.
    fn quotient(&self, dividend: &str, divisor: i64) -> String {
        format!("CAST(FLOOR({dividend} / {divisor}) AS BIGINT)")
    }

    fn micros_of_wall(&self, value: &str) -> String {
        format!("DATE_PART(epoch_microsecond, CAST({value} AS TIMESTAMP_NTZ))")
    }

    fn micros_of_instant(&self, value: &str) -> String {
        format!("DATE_PART(epoch_microsecond, CAST({value} AS TIMESTAMP_TZ))")
    }

    fn now(&self) -> String {
        "DATE_PART(epoch_microsecond, CURRENT_TIMESTAMP())".to_owned()
    }

    fn wall_at(&self, micros: &str, place: &str) -> String {
        converted(micros, "'UTC'", &self.text(place))
    }

    fn instant_at(&self, wall: &str, place: &str) -> String {
        converted(wall, &self.text(place), "'UTC'")
    }

    /// Of the same day in the four centuries from 1970.
    fn month_day(&self, micros: &str) -> String {
        let cycle = CYCLE * DAY;
        let time = time_of(&format!("MOD({micros} + {}, {cycle})", 6 * cycle));
        format!("(MONTH({time}) * 100 + DAY({time}))")
    }

    fn some(&self, condition: &str) -> String {
        format!("BOOLOR_AGG({condition})")
    }
}

/// A time without a zone, by its microseconds.
fn time_of(micros: &str) -> String {
    format!("TO_TIMESTAMP_NTZ({micros}, 6)")
}

/// The microseconds of what a clock in another zone shows when one in a zone shows this.
fn converted(micros: &str, from: &str, to: &str) -> String {
    let within = near(micros);
    let there = format!("CONVERT_TIMEZONE({from}, {to}, {})", time_of(&within));
    format!("({micros} - {within} + DATE_PART(epoch_microsecond, {there}))")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_escaped() {
        assert_eq!(Snowflake.text(r"it's \"), r"'it''s \\'");
        assert_eq!(Snowflake.identifier("a\"b\\"), "\"a\"\"b\\\"");
        assert_eq!(Snowflake.pattern(r"^{W}[ \t]\."), format!(r"'^[{WHITE_SPACES}][ \t]\\.'"));
    }
}
