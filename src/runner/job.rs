//! What an engine is given to do.

use super::{RunError, Runner, Tables};
use crate::sql::{Asked, Request, compile};

/// The statements that make the tables, and the query of the members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Statements that make tables of files; none where the engine holds them.
    pub tables: Vec<String>,
    /// The query: a column of text, a row of the answer each.
    pub query: String,
}

impl Job {
    /// The job of finding the members of segments.
    ///
    /// # Errors
    ///
    /// The statement can't be written.
    pub fn new(
        runner: &dyn Runner,
        asked: &[Asked<'_>],
        request: &Request<'_>,
        tables: Option<Tables>,
    ) -> Result<Self, RunError> {
        let compiled = compile(asked, request)?;
        let sql = request.engine.spelling();
        let columns: Vec<String> =
            compiled.columns.iter().map(|column| sql.identifier(column)).collect();
        let tables = tables.map(|tables| tables.statements).unwrap_or_default();
        Ok(Self { tables, query: runner.rows(&compiled.query, &columns) })
    }

    /// All statements, the query last.
    pub fn statements(&self) -> impl Iterator<Item = String> + '_ {
        self.tables.iter().chain([&self.query]).cloned()
    }
}
