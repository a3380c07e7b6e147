//! The databases, and what each of them spells otherwise than the others.
//!
//! The shape of a statement is the same for all; a [`Spelling`] has the words in it that aren't. Where
//! an engine is added, it is one file here and one row in [`Engine::ALL`].

mod bigquery;
mod clickhouse;
mod duckdb;
mod pattern;
mod postgres;
mod snowflake;
mod spark;
mod trino;
mod years;

pub use pattern::{Fixed, Shape};

use super::quote::doubled;
use crate::database::Engine;

impl Engine {
    /// How it spells things.
    pub fn spelling(self) -> &'static dyn Spelling {
        match self {
            Self::DuckDb => &duckdb::DuckDb,
            Self::Postgres => &postgres::Postgres,
            Self::ClickHouse => &clickhouse::ClickHouse,
            Self::Spark => &spark::Spark,
            Self::BigQuery => &bigquery::BigQuery,
            Self::Snowflake => &snowflake::Snowflake,
            Self::Trino => &trino::Trino,
        }
    }
}

/// What an engine spells in its own way. Arguments and results are expressions of SQL; text is what
/// the engine takes for text, times are microseconds since 1970 in its 64-bit integers.
///
/// Patterns are regular expressions in the part of the language that all engines share: no classes
/// but those in brackets, no look-around, no references. `{W}` in them stands for a class of
/// Unicode's white space.
pub trait Spelling: Sync {
    /// The name of a table or column, quoted so that nothing in it is anything else.
    fn identifier(&self, name: &str) -> String {
        doubled(name, '"')
    }

    /// What no name can hold, quoted or not.
    fn refused_in_names(&self) -> Option<&'static str> {
        None
    }

    /// A text, quoted so that nothing in it is anything else.
    fn text(&self, text: &str) -> String {
        doubled(text, '\'')
    }

    /// A value of any type as text.
    fn as_text(&self, value: &str) -> String {
        format!("CAST({value} AS VARCHAR)")
    }

    /// A list of any type as a list of text.
    fn as_texts(&self, list: &str) -> String;

    /// The lower case of a text, as segkit's own, to be compared by code points (`docs/sql.md`, "Case").
    fn lower(&self, text: &str) -> String;

    /// A text without the white space around it, which is Unicode's.
    fn trim(&self, text: &str) -> String;

    /// A text without some character at its end.
    fn trim_end(&self, text: &str, of: &str) -> String {
        format!("rtrim({text}, {of})")
    }

    /// Whether a text begins with another.
    fn starts_with(&self, text: &str, beginning: &str) -> String {
        format!("starts_with({text}, {beginning})")
    }

    /// Whether a text holds another.
    fn contains(&self, text: &str, part: &str) -> String;

    /// The part of a text that a pattern matches.
    fn extract(&self, text: &str, pattern: &str) -> String;

    /// Whether a pattern matches somewhere in a text.
    fn matches(&self, text: &str, pattern: &str) -> String;

    /// A text with the first match of a pattern replaced; `\1` is the first group.
    fn replace_first(&self, text: &str, pattern: &str, by: &str) -> String;

    /// What the groups of a shape matched, to be asked for by [`Spelling::group`].
    fn groups(&self, text: &str, shape: &Shape) -> String;

    /// What a group matched, from 1; empty where it or the pattern didn't.
    fn group(&self, groups: &str, number: usize) -> String;

    /// The parts of a text between `;` and `|`, without white space around them and without empty ones.
    fn split(&self, text: &str) -> String;

    /// Whether some value of a list passes a test, which is written about `v`; false, never null, of no
    /// list.
    fn any_value(&self, list: &str, test: &str) -> String;

    /// Digits as a 64-bit integer, null where there are none.
    fn integer(&self, digits: &str) -> String;

    /// The quotient of two integers that aren't negative, without the remainder.
    fn quotient(&self, dividend: &str, divisor: i64) -> String;

    /// The remainder of the same.
    fn remainder(&self, dividend: &str, divisor: i64) -> String {
        format!("{dividend} % {divisor}")
    }

    /// The microseconds of a value with date and time and without a zone, as if it were in UTC.
    fn micros_of_wall(&self, value: &str) -> String;

    /// The microseconds of a point in time.
    fn micros_of_instant(&self, value: &str) -> String;

    /// The microseconds of now.
    fn now(&self) -> String;

    /// What a clock in a place shows, as microseconds, at an instant.
    fn wall_at(&self, micros: &str, place: &str) -> String;

    /// An instant at which a clock in a place shows this; of two either one, where there is none
    /// one near.
    fn instant_at(&self, wall: &str, place: &str) -> String;

    /// Month × 100 + day of the date of microseconds in UTC.
    fn month_day(&self, micros: &str) -> String;

    /// Among rows: whether a condition holds for some; null of no rows and of nulls only.
    fn some(&self, condition: &str) -> String {
        format!("bool_or({condition})")
    }

    /// Rows, a part of a statement, as conditions are to be asked of them: where the engine would write the
    /// expressions of columns into conditions, again and again, this is what keeps it from that.
    fn settled(&self, rows: &str) -> String {
        rows.to_owned()
    }

    /// The end of a part whose columns the engine would otherwise write as expressions into each place that
    /// reads them.
    fn fence(&self) -> &'static str {
        ""
    }

    /// Where the engine would make a part of a statement anew for each part that reads it: columns
    /// of rows as a part that is made once. `key` is the column by which these are put together further on.
    fn kept(&self, _rows: &str, _columns: &[&str], _key: &str) -> Option<String> {
        None
    }

    /// The end of a part that is to be made once, and whose rows are put together by `key` further on.
    fn kept_by(&self, _key: &str) -> String {
        String::new()
    }

    /// What follows the `SELECT` of a join with rows that are few.
    fn few(&self, _rows: &str) -> String {
        String::new()
    }

    /// `FROM` rows that have their key in another part.
    fn known_rows(&self, rows: &str, other: &str, key: &str) -> String {
        format!("FROM {rows}\nWHERE {key} IN (SELECT {key} FROM {other} WHERE {key} IS NOT NULL)")
    }

    /// The words before a `SELECT` that is to be a view.
    fn create_view(&self, name: &str) -> String {
        format!("CREATE OR REPLACE VIEW {name} AS")
    }

    /// The words before a `SELECT` that is to be a table.
    fn create_table(&self, name: &str) -> String {
        format!("CREATE TABLE {name} AS")
    }

    /// Whether texts and names can hold the character NUL.
    fn writes_nul(&self) -> bool {
        false
    }

    /// Groups where a condition holds, else what [`Spelling::has_groups`] finds nothing in.
    fn groups_where(&self, condition: &str, groups: &str) -> String {
        format!("CASE WHEN {condition} THEN {groups} END")
    }

    /// Whether there are groups.
    fn has_groups(&self, groups: &str) -> String {
        format!("{groups} IS NOT NULL")
    }
}

/// A text whose every letter has one lower case, whatever stands beside it: of `İ` most engines make two
/// letters, and of a `Σ` at the end of a word another than within one.
fn plain_capitals(text: &str) -> String {
    format!("replace(replace({text}, 'İ', 'i'), 'Σ', 'σ')")
}
