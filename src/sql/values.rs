//! Tests of texts: one value, several, lists and tags (`docs/semantics.md`, "Text", "Missing, blank,
//! several values", "Lists and tags").

use super::quote::check;
use super::{Engine, SqlError};
use crate::account::Names;
use crate::criteria::{Case, Membership, TextOp};
use crate::engine::TextMatch;
use crate::value::fold;
use std::collections::HashSet;

/// Writes tests of values for an engine.
#[derive(Debug, Clone, Copy)]
pub struct Values(pub Engine);

impl Values {
    /// A text of the criteria or the account, quoted.
    ///
    /// # Errors
    ///
    /// It holds NUL.
    pub fn literal(self, text: &str) -> Result<String, SqlError> {
        check(text, "a value of the criteria", self.0)?;
        Ok(self.0.spelling().text(text))
    }

    /// A text of the criteria in lower case, quoted.
    ///
    /// # Errors
    ///
    /// It holds NUL.
    pub fn folded(self, text: &str) -> Result<String, SqlError> {
        self.literal(&fold(text))
    }

    /// Whether the value `v` passes; null where there is none.
    ///
    /// # Errors
    ///
    /// The operand can't be written.
    pub fn text_test(
        self,
        op: TextOp,
        operand: &str,
        case: Case,
        v: &str,
    ) -> Result<String, SqlError> {
        let sql = self.0.spelling();
        let (value, operand) = match case {
            Case::Ignored => (sql.lower(v), self.folded(operand)?),
            Case::Exact => (v.to_owned(), self.literal(operand)?),
        };
        Ok(match op {
            TextOp::Equals => format!("{value} = {operand}"),
            TextOp::StartsWith => sql.starts_with(&value, &operand),
            TextOp::Contains => sql.contains(&value, &operand),
        })
    }

    /// Whether the list or tag `v` is one of those asked for.
    ///
    /// # Errors
    ///
    /// An operand can't be written.
    pub fn member_test(
        self,
        membership: &Membership,
        names: &Names,
        v: &str,
    ) -> Result<String, SqlError> {
        let sql = self.0.spelling();
        let trimmed = sql.trim(v);
        let folded = sql.lower(&trimmed);
        match membership {
            Membership::Some => Ok(format!("{trimmed} <> ''")),
            Membership::Id(id) => {
                let spellings = names.synonyms(id.trim());
                self.is_in(&folded, spellings.into_iter().map(|spelling| fold(spelling.trim())))
            }
            Membership::Name(op, name, case) => {
                // The name of an id is known here, so it is decided here which ids pass.
                let matches = TextMatch::new(*op, name, *case);
                let (mut pass, mut fail, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
                for entry in &names.0 {
                    let id = fold(entry.id.trim());
                    if seen.insert(id.clone()) {
                        let passes = matches.passes(&entry.name);
                        if passes { pass.push(id) } else { fail.push(id) }
                    }
                }
                let mut test = self.text_test(*op, name, *case, &trimmed)?;
                if !fail.is_empty() {
                    test = format!("(NOT {} AND {test})", self.is_in(&folded, fail.into_iter())?);
                }
                if pass.is_empty() {
                    return Ok(test);
                }
                Ok(format!("({} OR {test})", self.is_in(&folded, pass.into_iter())?))
            }
        }
    }

    fn is_in(self, value: &str, of: impl Iterator<Item = String>) -> Result<String, SqlError> {
        let mut literals = Vec::new();
        for text in of {
            let literal = self.literal(&text)?;
            if !literals.contains(&literal) {
                literals.push(literal);
            }
        }
        Ok(format!("{value} IN ({})", literals.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Named;

    #[test]
    fn what_cannot_be_written_is_refused() {
        for engine in Engine::ALL {
            let refused = !engine.spelling().writes_nul();
            assert_eq!(Values(engine).literal("a\0b").is_err(), refused, "{engine}");
        }
        for (engine, written) in [
            (Engine::DuckDb, "'it''s'"),
            (Engine::Postgres, "'it''s'"),
            (Engine::ClickHouse, "'it''s'"),
            (Engine::Spark, "concat('it', chr(39), 's')"),
            (Engine::BigQuery, r"'it\'s'"),
            (Engine::Snowflake, "'it''s'"),
            (Engine::Trino, "'it''s'"),
        ] {
            assert_eq!(Values(engine).literal("it's").unwrap(), written);
        }
        assert_eq!(Values(Engine::DuckDb).literal(r"\'").unwrap(), r"'\'''");
        assert_eq!(Values(Engine::Postgres).literal(r"\'").unwrap(), r"E'\\'''");
    }

    #[test]
    fn names_of_tags_are_looked_up_before() {
        let named = |id: &str, name: &str| Named { id: id.to_owned(), name: name.to_owned() };
        let names = Names(vec![named("T1", "Gold"), named("t1", "Lead"), named("T2", "Lead")]);
        let gold = Membership::Name(TextOp::Equals, "Gold".to_owned(), Case::Exact);
        let test = Values(Engine::Postgres).member_test(&gold, &names, "v").unwrap();
        assert!(test.contains("IN ('t1') OR (NOT ") && test.contains("IN ('t2') AND "), "{test}");
    }
}
