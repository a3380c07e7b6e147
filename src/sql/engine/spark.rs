//! Spark SQL. What a statement means doesn't depend on settings of the session: how literals are read
//! (`escapedStringLiterals`), that variables are put in for `${…}`, what is an error (`ansi`), the zone.

use super::{Shape, Spelling, plain_capitals};
use crate::sql::quote::doubled;

/// Unicode's white space as a class.
const WHITE_SPACE: &str =
    r"[\t-\r \x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]";

/// The same, each by itself, in UTF-8.
const WHITE_SPACES: &str = "090A0B0C0D20C285C2A0E19A80E28080E28081E28082E28083E28084E28085E28086E28087E28088E28089E2808AE280A8E280A9E280AFE2819FE38080";

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// What parts the groups of a match, and what stands in its place in the text: neither may be in what
/// a pattern with groups matches.
const BETWEEN_GROUPS: (&str, &str) = ("'|'", "'?'");

/// Spark, from 3.5.
pub struct Spark;

impl Spark {
    /// A pattern. Its backslashes are written as another sign, which is replaced: patterns have many.
    fn pattern(&self, pattern: &str) -> String {
        let pattern = pattern.replace("{W}", WHITE_SPACE).replace(r"\.", "[.]");
        match pattern.contains('\\') {
            true => format!(
                "replace({}, '{BACKSLASH}', chr(92))",
                self.text(&pattern.replace('\\', BACKSLASH))
            ),
            false => self.text(&pattern),
        }
    }
}

/// What stands for a backslash in patterns, in which it has no other business.
const BACKSLASH: &str = "~";

/// The pieces of a text, and whether each is written as it is; else it is a character written by its number.
/// That are a mark, which would end the text; a backslash, which is one or not by a setting; the
/// sign of `${`, which would be a variable; and marks of control, since programs that read a statement
/// line by line take some lines for theirs.
fn pieces(text: &str) -> Vec<(bool, String)> {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let variable = c == '$' && chars.peek() == Some(&'{');
        let plain = !variable && !matches!(c, '\'' | '\\') && !c.is_ascii_control();
        match pieces.last_mut().filter(|(of_plain, _)| plain && *of_plain) {
            Some((_, piece)) => piece.push(c),
            None => pieces.push((plain, c.to_string())),
        }
    }
    pieces
}

impl Spelling for Spark {
    fn identifier(&self, name: &str) -> String {
        doubled(name, '`')
    }

    /// In no name is there a function that could write these.
    fn refused_in_names(&self) -> Option<&'static str> {
        Some("${")
    }

    fn text(&self, text: &str) -> String {
        let written = |(plain, piece): (bool, String)| match plain {
            true => format!("'{piece}'"),
            false => piece.chars().map(|c| format!("chr({})", u32::from(c))).collect(),
        };
        let mut written: Vec<String> = pieces(text).into_iter().map(written).collect();
        match written.len() {
            0 => "''".to_owned(),
            1 => written.remove(0),
            _ => format!("concat({})", written.join(", ")),
        }
    }

    fn as_text(&self, value: &str) -> String {
        format!("CAST({value} AS STRING)")
    }

    fn as_texts(&self, list: &str) -> String {
        format!("CAST({list} AS ARRAY<STRING>)")
    }

    fn lower(&self, text: &str) -> String {
        format!("lower({})", plain_capitals(text))
    }

    fn trim(&self, text: &str) -> String {
        format!("trim(BOTH decode(X'{WHITE_SPACES}', 'UTF-8') FROM {text})")
    }

    fn trim_end(&self, text: &str, of: &str) -> String {
        format!("trim(TRAILING {of} FROM {text})")
    }

    fn starts_with(&self, text: &str, beginning: &str) -> String {
        format!("startswith({text}, {beginning})")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("contains({text}, {part})")
    }

    fn extract(&self, text: &str, pattern: &str) -> String {
        format!("regexp_extract({text}, {}, 0)", self.pattern(pattern))
    }

    fn matches(&self, text: &str, pattern: &str) -> String {
        format!("regexp_like({text}, {})", self.pattern(pattern))
    }

    /// Every match would be replaced; but patterns for this begin where the text does.
    fn replace_first(&self, text: &str, pattern: &str, by: &str) -> String {
        let by = self.text(&by.replace('\\', "$"));
        format!("regexp_replace({text}, {}, {by})", self.pattern(pattern))
    }

    /// All groups by one match. What isn't matched stays in one part, the first, which is no group.
    fn groups(&self, text: &str, shape: &Shape) -> String {
        let (mark, other) = BETWEEN_GROUPS;
        let groups: String = (1..=shape.groups).map(|number| format!("|${number}")).collect();
        format!(
            "split(regexp_replace(replace({text}, {mark}, {other}), {}, {}), '[|]')",
            self.pattern(shape.pattern),
            self.text(&groups)
        )
    }

    fn group(&self, groups: &str, number: usize) -> String {
        format!("COALESCE(get({groups}, {number}), '')")
    }

    fn split(&self, text: &str) -> String {
        let trimmed = self.trim("part");
        format!("filter(transform(split({text}, '[;|]'), part -> {trimmed}), part -> part <> '')")
    }

    fn any_value(&self, list: &str, test: &str) -> String {
        format!("COALESCE(exists({list}, v -> {test}), FALSE)")
    }

    fn integer(&self, digits: &str) -> String {
        format!("TRY_CAST({digits} AS BIGINT)")
    }

    fn quotient(&self, dividend: &str, divisor: i64) -> String {
        format!("({dividend} div {divisor})")
    }

    /// Taken apart, since all that makes a number of the whole goes by the zone of the session.
    fn micros_of_wall(&self, value: &str) -> String {
        let clock = format!("CAST({value} AS TIMESTAMP_NTZ)");
        format!(
            "(unix_date(CAST({clock} AS DATE)) * {DAY} + CAST(hour({clock}) * 60 + minute({clock}) AS BIGINT) * 60000000 + CAST(extract(SECOND FROM {clock}) * 1000000 AS BIGINT))"
        )
    }

    fn micros_of_instant(&self, value: &str) -> String {
        format!("unix_micros(CAST({value} AS TIMESTAMP))")
    }

    fn now(&self) -> String {
        "unix_micros(now())".to_owned()
    }

    fn wall_at(&self, micros: &str, place: &str) -> String {
        let place = self.text(place);
        format!("unix_micros(from_utc_timestamp(timestamp_micros({micros}), {place}))")
    }

    fn instant_at(&self, wall: &str, place: &str) -> String {
        let place = self.text(place);
        format!("unix_micros(to_utc_timestamp(timestamp_micros({wall}), {place}))")
    }

    fn month_day(&self, micros: &str) -> String {
        let day = format!("({micros} - pmod({micros}, {DAY})) div {DAY}");
        let date = format!("date_from_unix_date(CAST({day} AS INT))");
        format!("(month({date}) * 100 + day({date}))")
    }

    /// Conditions go down through columns into what these are made of, which would have a pattern run a hundred
    /// times a row. They don't where a column is not made of others; this one is asked for what is always
    /// so, or it would be left out.
    fn settled(&self, rows: &str) -> String {
        format!(
            "(\n  SELECT * FROM (SELECT *, spark_partition_id() AS origin FROM {rows}) WHERE origin >= 0\n)"
        )
    }

    /// A part is made once, and read from its exchange, where some column in it is not made of others, which
    /// those of [`Spelling::settled`] rows have. Its own exchange is that by the key, if all of its columns are used.
    fn kept(&self, rows: &str, columns: &[&str], key: &str) -> Option<String> {
        let (columns, rows) = (columns.join(", "), self.settled(rows));
        Some(format!("SELECT {columns}\nFROM {rows}{}", self.kept_by(key)))
    }

    fn kept_by(&self, key: &str) -> String {
        format!("\nDISTRIBUTE BY {key}")
    }

    fn few(&self, rows: &str) -> String {
        format!(" /*+ BROADCAST({rows}) */")
    }

    /// Not as a condition, which would be asked of rows before these are put together.
    fn known_rows(&self, rows: &str, other: &str, key: &str) -> String {
        format!("FROM {rows} LEFT SEMI JOIN {other} USING ({key})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_mean_the_same_under_every_setting() {
        for (text, written) in [
            ("", "''"),
            ("Ma \"$5\" {x}", "'Ma \"$5\" {x}'"),
            ("it's", "concat('it', chr(39), 's')"),
            ("'", "chr(39)"),
            (r"\", "chr(92)"),
            (r"a\b", "concat('a', chr(92), 'b')"),
            (r"\\'; --", "concat(chr(92), chr(92), chr(39), '; --')"),
            ("${env:HOME}", "concat(chr(36), '{env:HOME}')"),
            (r"a\${x}", "concat('a', chr(92), chr(36), '{x}')"),
            ("a\n-- b\r", "concat('a', chr(10), '-- b', chr(13))"),
            ("$$ é", "'$$ é'"),
        ] {
            assert_eq!(Spark.text(text), written);
        }
        assert_eq!(Spark.identifier("a`b"), "`a``b`");
        assert_eq!(Spark.pattern(r"^\.\t$"), "replace('^[.]~t$', '~', chr(92))");
    }
}
