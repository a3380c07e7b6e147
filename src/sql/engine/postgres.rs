//! PostgreSQL. Its lower case is asked of ICU, so that it is the same in every database. All text is
//! compared by code points (`COLLATE "C"`), so that columns of different collations can meet, and none
//! takes texts for equal that aren't.

use super::pattern::WHITE_SPACES;
use super::{Fixed, Shape, Spelling, plain_capitals};
use crate::sql::quote::doubled;

/// Unicode's white space, as the inside of a class and of a text with escapes.
const WHITE_SPACE: &str =
    r"\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000";

/// PostgreSQL, from 14.
pub struct Postgres;

impl Postgres {
    fn pattern(&self, pattern: &str) -> String {
        self.text(&pattern.replace("{W}", &format!("[{WHITE_SPACE}]")))
    }
}

impl Spelling for Postgres {
    /// Where there is a backslash the text is written with escapes, since whether it is one in a plain
    /// text is a setting of the server.
    fn text(&self, text: &str) -> String {
        if text.contains('\\') {
            return format!("E{}", doubled(&text.replace('\\', r"\\"), '\''));
        }
        doubled(text, '\'')
    }

    fn as_text(&self, value: &str) -> String {
        format!("CAST({value} AS text) COLLATE \"C\"")
    }

    fn as_texts(&self, list: &str) -> String {
        format!("CAST({list} AS text[]) COLLATE \"C\"")
    }

    fn lower(&self, text: &str) -> String {
        format!("lower({} COLLATE \"und-x-icu\") COLLATE \"C\"", plain_capitals(text))
    }

    fn trim(&self, text: &str) -> String {
        format!("btrim({text}, E'{WHITE_SPACES}')")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("strpos({text}, {part}) > 0")
    }

    fn extract(&self, text: &str, pattern: &str) -> String {
        format!("substring({text} from {})", self.pattern(pattern))
    }

    fn matches(&self, text: &str, pattern: &str) -> String {
        format!("{text} ~ {}", self.pattern(pattern))
    }

    fn replace_first(&self, text: &str, pattern: &str, by: &str) -> String {
        format!("regexp_replace({text}, {}, {})", self.pattern(pattern), self.text(by))
    }

    /// Groups take some 60 µs of a time, a match without them one.
    fn groups(&self, text: &str, shape: &Shape) -> String {
        let found = format!("regexp_match({text}, {})", self.pattern(shape.pattern));
        if shape.common.is_empty() {
            return found;
        }
        let cases = shape.common.iter().map(|Fixed { pattern, places }| {
            let places =
                places.iter().map(|(first, most)| format!("substr({text}, {first}, {most})"));
            let groups = places.collect::<Vec<_>>().join(", ");
            format!("WHEN {} THEN ARRAY[{groups}]", self.matches(text, pattern))
        });
        format!("CASE {}\n    ELSE {found} END", cases.collect::<Vec<_>>().join("\n    "))
    }

    fn group(&self, groups: &str, number: usize) -> String {
        format!("COALESCE({groups}[{number}], '')")
    }

    fn split(&self, text: &str) -> String {
        let trimmed = self.trim("cut.part");
        format!(
            "ARRAY(SELECT {trimmed} FROM unnest(regexp_split_to_array({text}, '[;|]')) AS cut(part) WHERE {trimmed} <> '')"
        )
    }

    fn any_value(&self, list: &str, test: &str) -> String {
        format!("EXISTS (SELECT 1 FROM unnest({list}) AS one(v) WHERE {test})")
    }

    fn integer(&self, digits: &str) -> String {
        format!("CAST(NULLIF({digits}, '') AS bigint)")
    }

    fn quotient(&self, dividend: &str, divisor: i64) -> String {
        format!("({dividend} / {divisor})")
    }

    fn micros_of_wall(&self, value: &str) -> String {
        format!("CAST(extract(epoch FROM CAST({value} AS timestamp)) * 1000000 AS bigint)")
    }

    fn micros_of_instant(&self, value: &str) -> String {
        format!("CAST(extract(epoch FROM CAST({value} AS timestamptz)) * 1000000 AS bigint)")
    }

    /// Parts that are read once are otherwise laid into those that read them, down to the table, and each
    /// mention of a column is its whole expression.
    fn fence(&self) -> &'static str {
        "\nOFFSET 0"
    }

    fn now(&self) -> String {
        self.micros_of_instant("now()")
    }

    fn wall_at(&self, micros: &str, place: &str) -> String {
        let instant = format!("{} AT TIME ZONE 'UTC'", utc(micros));
        self.micros_of_wall(&format!("(({instant}) AT TIME ZONE {})", self.text(place)))
    }

    fn instant_at(&self, wall: &str, place: &str) -> String {
        self.micros_of_instant(&format!("({} AT TIME ZONE {})", utc(wall), self.text(place)))
    }

    fn month_day(&self, micros: &str) -> String {
        format!("CAST(to_char({}, 'MMDD') AS bigint)", utc(micros))
    }
}

/// A time without a zone, by its microseconds. An interval is multiplied as a floating-point number,
/// which is exact for whole seconds, and for less than one; it wouldn't be for all microseconds.
fn utc(micros: &str) -> String {
    format!(
        "(timestamp '1970-01-01' + ({micros}) / 1000000 * interval '1 second' + ({micros}) % 1000000 * interval '1 microsecond')"
    )
}
