//! BigQuery, in its GoogleSQL. Its patterns are RE2's, but one that takes something out may have one
//! group only, and backslashes are escapes in texts and names.

use super::pattern::{RE2_WHITE_SPACE, only_group};
use super::years::{CYCLE, DAY, near};
use super::{Shape, Spelling, plain_capitals};

/// BigQuery.
pub struct BigQuery;

/// A pattern as a raw text. The patterns of statements hold no quotes.
fn raw(pattern: &str) -> String {
    format!("r'{}'", pattern.replace("{W}", RE2_WHITE_SPACE))
}

/// A text between marks, with escapes.
fn escaped(text: &str, mark: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(mark);
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str(r"\n"),
            '\r' => quoted.push_str(r"\r"),
            c if c == mark || c == '\\' => quoted.extend(['\\', c]),
            c => quoted.push(c),
        }
    }
    quoted.push(mark);
    quoted
}

impl Spelling for BigQuery {
    fn identifier(&self, name: &str) -> String {
        escaped(name, '`')
    }

    /// A point parts a path there even within quotes.
    fn refused_in_names(&self) -> Option<&'static str> {
        Some(".")
    }

    fn text(&self, text: &str) -> String {
        escaped(text, '\'')
    }

    fn as_text(&self, value: &str) -> String {
        format!("CAST({value} AS STRING)")
    }

    fn as_texts(&self, list: &str) -> String {
        format!("ARRAY(SELECT CAST(v AS STRING) FROM UNNEST({list}) AS v)")
    }

    fn lower(&self, text: &str) -> String {
        format!("LOWER({})", plain_capitals(text))
    }

    fn trim(&self, text: &str) -> String {
        format!("REGEXP_REPLACE({text}, {}, '')", raw("^{W}+|{W}+$"))
    }

    fn starts_with(&self, text: &str, beginning: &str) -> String {
        format!("STARTS_WITH({text}, {beginning})")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("STRPOS({text}, {part}) > 0")
    }

    fn extract(&self, text: &str, pattern: &str) -> String {
        format!("REGEXP_EXTRACT({text}, {})", raw(pattern))
    }

    fn matches(&self, text: &str, pattern: &str) -> String {
        format!("REGEXP_CONTAINS({text}, {})", raw(pattern))
    }

    /// All matches are replaced; the patterns begin with the text, so that there is one.
    fn replace_first(&self, text: &str, pattern: &str, by: &str) -> String {
        format!("REGEXP_REPLACE({text}, {}, {})", raw(pattern), raw(by))
    }

    fn groups(&self, text: &str, shape: &Shape) -> String {
        let groups = (1..=shape.groups).map(|number| {
            let pattern = raw(&only_group(shape.pattern, number));
            format!("REGEXP_EXTRACT({text}, {pattern}) AS g{number}")
        });
        format!("STRUCT({})", groups.collect::<Vec<_>>().join(", "))
    }

    fn group(&self, groups: &str, number: usize) -> String {
        format!("COALESCE({groups}.g{number}, '')")
    }

    fn split(&self, text: &str) -> String {
        let trimmed = self.trim("part");
        format!(
            "ARRAY(SELECT {trimmed} FROM UNNEST(SPLIT(REPLACE({text}, '|', ';'), ';')) AS part WHERE {trimmed} <> '')"
        )
    }

    fn any_value(&self, list: &str, test: &str) -> String {
        format!("EXISTS (SELECT 1 FROM UNNEST({list}) AS v WHERE {test})")
    }

    fn integer(&self, digits: &str) -> String {
        format!("SAFE_CAST({digits} AS INT64)")
    }

    fn quotient(&self, dividend: &str, divisor: i64) -> String {
        format!("DIV({dividend}, {divisor})")
    }

    fn remainder(&self, dividend: &str, divisor: i64) -> String {
        format!("MOD({dividend}, {divisor})")
    }

    fn micros_of_wall(&self, value: &str) -> String {
        micros_of_clock(&format!("CAST({value} AS DATETIME)"))
    }

    fn micros_of_instant(&self, value: &str) -> String {
        format!("UNIX_MICROS(CAST({value} AS TIMESTAMP))")
    }

    fn now(&self) -> String {
        "UNIX_MICROS(CURRENT_TIMESTAMP())".to_owned()
    }

    fn wall_at(&self, micros: &str, place: &str) -> String {
        let (within, place) = (near(micros), self.text(place));
        let shown = micros_of_clock(&format!("DATETIME(TIMESTAMP_MICROS({within}), {place})"));
        format!("({micros} - {within} + {shown})")
    }

    fn instant_at(&self, wall: &str, place: &str) -> String {
        let (within, place) = (near(wall), self.text(place));
        let clock = format!("DATETIME(TIMESTAMP_MICROS({within}), 'UTC')");
        format!("({wall} - {within} + UNIX_MICROS(TIMESTAMP({clock}, {place})))")
    }

    /// Of the same day in the four centuries from 1970.
    fn month_day(&self, micros: &str) -> String {
        let cycle = CYCLE * DAY;
        let same = self.remainder(&format!("{micros} + {}", 6 * cycle), cycle);
        let part = |of: &str| format!("EXTRACT({of} FROM TIMESTAMP_MICROS({same}))");
        format!("({} * 100 + {})", part("MONTH"), part("DAY"))
    }

    fn some(&self, condition: &str) -> String {
        format!("LOGICAL_OR({condition})")
    }
}

/// The microseconds of a date and time without a zone.
fn micros_of_clock(clock: &str) -> String {
    format!("DATETIME_DIFF({clock}, DATETIME '1970-01-01 00:00:00', MICROSECOND)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped() {
        assert_eq!(BigQuery.text("it's \\\r\n"), r"'it\'s \\\r\n'");
        assert_eq!(BigQuery.identifier("a`b\\"), r"`a\`b\\`");
    }
}
