//! What an engine is given to do.

use super::{Cell, EnginePath, RunError, Runner, Tables};
use crate::database::Kind;
use crate::dump::PlainFile;
use crate::sql::{Asked, Request, compile};

/// The statements that make the tables, and the query of the members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Statements that make tables of files; none where the engine holds them.
    pub tables: Vec<String>,
    /// The files that these read.
    pub files: Vec<PlainFile>,
    /// The paths that they read, which the engine opens by itself.
    pub paths: Vec<EnginePath>,
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
        // Of several segments, a label stands before the columns.
        let before = compiled.columns.len().saturating_sub(request.select.len());
        let is_list = |at: usize| {
            let selected = at.checked_sub(before).and_then(|at| request.select.get(at));
            let stored = selected.and_then(|selected| request.schema.contact(&selected.column));
            stored.is_some_and(|(_, kind)| kind == Kind::List)
        };
        let cells: Vec<Cell> = (compiled.columns.iter().enumerate())
            .map(|(at, column)| Cell { name: sql.identifier(column), list: is_list(at) })
            .collect();
        let (tables, files, paths) = match tables {
            Some(Tables { statements, files, paths, .. }) => (statements, files, paths),
            None => Default::default(),
        };
        let query = runner.rows(sql, &compiled.query, &cells);
        Ok(Self { tables, files, paths, query })
    }

    /// All statements, the query last.
    pub fn statements(&self) -> impl Iterator<Item = String> + '_ {
        self.tables.iter().chain([&self.query]).cloned()
    }
}
