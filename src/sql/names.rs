//! Names of tables and columns in statements.

use super::quote::check_name;
use super::{Engine, Spelling, SqlError};
use crate::database::Stored;

/// A name whose parts are parted by points, quoted part by part. Within double quotes points are part
/// of the name, and two of these quotes are one.
///
/// # Errors
///
/// It holds NUL.
pub fn dotted(name: &str, engine: Engine) -> Result<String, SqlError> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, quoted) {
            ('"', true) if rest.next_if_eq(&'"').is_some() => push(&mut parts, '"'),
            ('"', _) => quoted = !quoted,
            ('.', false) => parts.push(String::new()),
            (c, _) => push(&mut parts, c),
        }
    }
    for part in &parts {
        check_name(part, "the name of a table", engine)?;
    }
    let sql: &dyn Spelling = engine.spelling();
    Ok(parts.iter().map(|part| sql.identifier(part)).collect::<Vec<_>>().join("."))
}

fn push(parts: &mut [String], c: char) {
    parts.last_mut().into_iter().for_each(|part| part.push(c));
}

/// A column of the rows `t`, quoted.
///
/// # Errors
///
/// Its name holds NUL.
pub fn column_of(stored: &Stored, engine: Engine) -> Result<String, SqlError> {
    check_name(&stored.name, "the name of a column", engine)?;
    Ok(format!("t.{}", engine.spelling().identifier(&stored.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tables() {
        for (name, quoted) in [
            ("contacts", "\"contacts\""),
            ("crm.contacts", "\"crm\".\"contacts\""),
            ("\"my.contacts\"", "\"my.contacts\""),
            ("a.\"my \"\"b\"\"\"", "\"a\".\"my \"\"b\"\"\""),
            ("a; DROP TABLE b", "\"a; DROP TABLE b\""),
        ] {
            assert_eq!(dotted(name, Engine::DuckDb).unwrap(), quoted);
        }
        assert!(dotted("a\0b", Engine::Postgres).is_err());
        assert!(dotted("${env:HOME}", Engine::Postgres).is_ok());
        assert!(dotted("${env:HOME}", Engine::Spark).is_err());
        assert_eq!(dotted("crm.gold", Engine::BigQuery).unwrap(), "`crm`.`gold`");
        assert!(dotted("\"crm.gold\"", Engine::BigQuery).is_err());
    }
}
