//! The programs of engines: how each is called, what it is fed, how its answer comes. Where an engine
//! is added, it is one file here and one row in `RUNNERS`.

mod clickhouse;
mod duckdb;
mod postgres;
mod spark;

use super::connection::Connection;
use super::paths::{EnginePath, PathForm};
use super::{Job, Program, RunError};
use crate::dump::PlainFile;
use crate::sql::{Engine, Spelling};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every engine that has a program, by its name among [`Engine::ALL`].
const RUNNERS: &[(&str, &dyn Runner)] = &[
    ("duckdb", &duckdb::DuckDb),
    ("postgres", &postgres::Postgres),
    ("clickhouse", &clickhouse::ClickHouse),
    ("spark", &spark::Spark),
];

/// What follows the reason of a refusal.
const OWN: &str = "; segkit's own engine reads it: leave --engine out";

/// The program of an engine; `None` where statements are written for it that nothing here can run.
pub fn runner_of(engine: Engine) -> Option<&'static dyn Runner> {
    RUNNERS.iter().find(|(name, _)| *name == engine.name()).map(|(_, runner)| *runner)
}

/// How a program is called.
#[derive(Debug, Clone, Default)]
pub struct Launch {
    /// The connection string, of engines that hold the tables themselves.
    pub connect: Option<String>,
    /// The master, of engines that run on several machines.
    pub master: Option<String>,
    /// Settings of the engine, `KEY=VALUE`.
    pub settings: Vec<String>,
    /// Further arguments for the program.
    pub arguments: Vec<String>,
}

impl Launch {
    /// A message without the secrets of the connection string.
    pub fn without_secrets(&self, message: &str) -> String {
        let Some(connect) = &self.connect else { return message.to_owned() };
        let secret = Connection::read(connect).ok().and_then(|connection| connection.password);
        match secret.filter(|secret| !secret.is_empty()) {
            Some(secret) => message.replace(&secret, "…"),
            None => message.to_owned(),
        }
    }
}

/// What is written to a program's standard input.
pub type Feed = Vec<u8>;

/// An engine's own program.
pub trait Runner: Sync {
    /// What it is called, and where it comes from.
    fn program(&self) -> Program;

    /// How it reads files; `None` where the tables are its own.
    fn files(&self) -> Option<&dyn Reads>;

    /// What stands for a row in a query, so that its line of the answer is a JSON array of its cells as text.
    fn row(&self, sql: &dyn Spelling, cells: &[Cell]) -> String;

    /// A query whose answer has such a line for each row of `query`, and is sorted by the cells.
    fn rows(&self, sql: &dyn Spelling, query: &str, cells: &[Cell]) -> String {
        let order: Vec<String> =
            cells.iter().map(|cell| format!("{} NULLS FIRST", cell.text(sql))).collect();
        format!(
            "SELECT {}\nFROM (\n{query}) AS members\nORDER BY {}{}",
            self.row(sql, cells),
            order.join(", "),
            self.behind_rows()
        )
    }

    /// What follows the query.
    fn behind_rows(&self) -> &'static str {
        ""
    }

    /// Completes the call, and gives what is to be fed. `folder` is there until the program has ended.
    ///
    /// # Errors
    ///
    /// Something can't be written, or the flags don't fit.
    fn launch(
        &self,
        command: &mut Command,
        job: &Job,
        launch: &Launch,
        folder: &Path,
    ) -> Result<Feed, RunError>;

    /// The JSON array in a line of the program's answer; `None` of a line that is none of it.
    fn line<'a>(&self, line: &'a str) -> Option<Cow<'a, str>> {
        Some(Cow::Borrowed(line)).filter(|line| !line.is_empty())
    }

    /// The line behind the last row, of programs that can end well without having written any.
    fn end(&self) -> Option<&'static str> {
        None
    }

    /// What people should read of what the program wrote besides rows, at the end of it.
    fn complaint(&self, said: &str) -> String {
        said.to_owned()
    }
}

/// The path of Parquet files, of engines that are left nothing else.
fn parquet_only(engine: &'static str, path: &EnginePath) -> Result<String, RunError> {
    match path.form {
        PathForm::Parquet if !path.text.ends_with('/') => path.whole(),
        _ => Err(RunError::NotOpened { path: path.text.clone(), engine }),
    }
}

/// Writes a file that a program is to read.
fn save(folder: &Path, name: &str, text: &str) -> Result<PathBuf, RunError> {
    let path = folder.join(name);
    let written = std::fs::write(&path, text).map(|()| path);
    written.map_err(|error| RunError::Io { what: "the job can't be written", error })
}

/// A column of a query whose rows are an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it is called, quoted.
    pub name: String,
    /// Whether it holds a list of the engine's.
    pub list: bool,
}

impl Cell {
    /// Its text, or its texts.
    pub fn text(&self, sql: &dyn Spelling) -> String {
        match self.list {
            true => sql.as_texts(&self.name),
            false => sql.as_text(&self.name),
        }
    }
}

/// The texts of cells, parted by commas.
fn listed(sql: &dyn Spelling, cells: &[Cell]) -> String {
    cells.iter().map(|cell| cell.text(sql)).collect::<Vec<_>>().join(", ")
}

/// How an engine reads files of rows. A cell that is missing may be null or empty text.
pub trait Reads: Sync {
    /// What stands behind `FROM` for the rows of a file, which is the `at`th. Those of CSV have the columns
    /// `c0`, `c1` …, as text. A row that can't be read ends the run.
    ///
    /// # Errors
    ///
    /// The file can't be read by this engine.
    fn table(&self, sql: &dyn Spelling, file: &PlainFile, at: usize) -> Result<String, RunError>;

    /// What stands behind `FROM` for the rows of a path that the engine opens by itself, the `at`th.
    ///
    /// # Errors
    ///
    /// It opens no such path, or not so that the rows are sure to be what they are.
    fn path(&self, sql: &dyn Spelling, path: &EnginePath, at: usize) -> Result<String, RunError>;

    /// The value of a key, the `at`th of those of a file of JSON Lines, as text; the run ends where it is
    /// anything else.
    fn value(&self, sql: &dyn Spelling, key: &str, at: usize) -> String;

    /// Texts joined by `;`, without those that are null.
    fn joined(&self, texts: &[String]) -> String {
        format!("concat_ws(';', {})", texts.join(", "))
    }

    /// `value`, but where `bad` holds the end of the run, with this quoted text said.
    fn unless(&self, bad: &str, said: &str, value: &str) -> String;

    /// The words before a `SELECT` that is to be a table by name.
    fn create_table(&self, name: &str) -> String {
        format!("CREATE VIEW {name} AS")
    }
}
