//! DuckDB. Its patterns are RE2's, and its lower case is the very same as segkit's.

use super::pattern::re2;
use super::{Shape, Spelling};

/// DuckDB, from 1.3.
pub struct DuckDb;

impl Spelling for DuckDb {
    fn as_texts(&self, list: &str) -> String {
        format!("CAST({list} AS VARCHAR[])")
    }

    fn lower(&self, text: &str) -> String {
        format!("lower({text})")
    }

    fn trim(&self, text: &str) -> String {
        let around = re2(self, "^{W}+|{W}+$");
        format!("regexp_replace({text}, {around}, '', 'g')")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("contains({text}, {part})")
    }

    fn extract(&self, text: &str, pattern: &str) -> String {
        format!("regexp_extract({text}, {})", re2(self, pattern))
    }

    fn matches(&self, text: &str, pattern: &str) -> String {
        format!("regexp_matches({text}, {})", re2(self, pattern))
    }

    fn replace_first(&self, text: &str, pattern: &str, by: &str) -> String {
        format!("regexp_replace({text}, {}, {})", re2(self, pattern), self.text(by))
    }

    fn groups(&self, text: &str, shape: &Shape) -> String {
        let names: Vec<String> = (1..=shape.groups).map(|number| format!("'g{number}'")).collect();
        format!("regexp_extract({text}, {}, [{}])", re2(self, shape.pattern), names.join(", "))
    }

    fn group(&self, groups: &str, number: usize) -> String {
        format!("COALESCE({groups}.g{number}, '')")
    }

    fn split(&self, text: &str) -> String {
        let trimmed = self.trim("part");
        format!(
            "list_filter(list_transform(string_split_regex({text}, '[;|]'), lambda part: {trimmed}), lambda part: part <> '')"
        )
    }

    fn any_value(&self, list: &str, test: &str) -> String {
        format!("COALESCE(len(list_filter({list}, lambda v: {test})) > 0, FALSE)")
    }

    fn integer(&self, digits: &str) -> String {
        format!("TRY_CAST({digits} AS BIGINT)")
    }

    fn quotient(&self, dividend: &str, divisor: i64) -> String {
        format!("({dividend} // {divisor})")
    }

    fn micros_of_wall(&self, value: &str) -> String {
        format!("epoch_us(CAST({value} AS TIMESTAMP))")
    }

    fn micros_of_instant(&self, value: &str) -> String {
        format!("epoch_us(CAST({value} AS TIMESTAMPTZ))")
    }

    fn now(&self) -> String {
        "epoch_us(now())".to_owned()
    }

    fn wall_at(&self, micros: &str, place: &str) -> String {
        format!("epoch_us(timezone({}, make_timestamptz({micros})))", self.text(place))
    }

    fn instant_at(&self, wall: &str, place: &str) -> String {
        format!("epoch_us(timezone({}, make_timestamp({wall})))", self.text(place))
    }

    fn month_day(&self, micros: &str) -> String {
        let time = format!("make_timestamp({micros})");
        format!("(month({time}) * 100 + day({time}))")
    }
}
