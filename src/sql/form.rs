//! The forms in which a statement is wanted: by itself, or as what a database or a project keeps.

use super::names::dotted;
use super::quote::check;
use super::{Engine, SqlError};
use serde_json::Value;
use std::fmt::Write as _;

/// A form of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The query alone.
    Query,
    /// A view of it, in place of one of that name.
    View,
    /// A new table with what it finds.
    Table,
    /// A model of dbt: the query, with what its templates would take for theirs taken out of their way.
    DbtModel,
}

impl Form {
    /// Whether it bears a name.
    pub fn is_named(self) -> bool {
        matches!(self, Self::View | Self::Table)
    }
}

/// A text that dbt's templates leave as it is. They begin with a brace, and their reader makes one kind
/// of line break of all.
fn out_of_templates(text: &str) -> String {
    text.replace('{', "{{ '{' }}").replace('\r', r"{{ '\r' }}")
}

/// The properties of a model: what it is, and its columns. Texts are written as JSON has them, which YAML reads.
pub fn dbt_properties(name: &str, description: &str, columns: &[String]) -> String {
    let text = |text: &str| Value::from(out_of_templates(text)).to_string();
    let mut yaml = format!(
        "version: 2\nmodels:\n  - name: {}\n    description: {}\n    columns:\n",
        text(name),
        text(description)
    );
    for column in columns {
        let _ = writeln!(yaml, "      - name: {}", text(column));
    }
    yaml
}

/// The statement in this form; `name` is that of the view or the table.
///
/// # Errors
///
/// The name can't be written.
pub fn statement_as(
    form: Form,
    name: &str,
    query: &str,
    engine: Engine,
) -> Result<String, SqlError> {
    check(name, "the name", engine)?;
    Ok(match form {
        Form::Query => format!("{};\n", query.trim_end()),
        Form::View => {
            let head = engine.spelling().create_view(&dotted(name, engine)?);
            format!("{head}\n{};\n", query.trim_end())
        }
        Form::Table => {
            let head = engine.spelling().create_table(&dotted(name, engine)?);
            format!("{head}\n{};\n", query.trim_end())
        }
        Form::DbtModel => out_of_templates(query),
    })
}
