//! PostgreSQL's own client, over tables of a database. The password of a connection string goes to it
//! by the environment, so that no list of processes shows it.

use super::{Cell, Feed, Job, Launch, Program, Reads, RunError, Runner, listed};
use crate::runner::connection::Connection;
use crate::sql::Spelling;
use std::borrow::Cow;
use std::path::Path;
use std::process::Command;

/// The program `psql`.
pub struct Postgres;

impl Runner for Postgres {
    fn program(&self) -> Program {
        Program {
            engine: "postgres",
            name: "psql",
            also: None,
            install: "install PostgreSQL's client (apt install postgresql-client, brew install libpq)",
        }
    }

    fn files(&self) -> Option<&dyn Reads> {
        None
    }

    fn row(&self, sql: &dyn Spelling, cells: &[Cell]) -> String {
        format!("CAST(json_build_array({}) AS text)", listed(sql, cells))
    }

    fn launch(
        &self,
        command: &mut Command,
        job: &Job,
        launch: &Launch,
        _: &Path,
    ) -> Result<Feed, RunError> {
        // No start-up file of the user's changes what is answered, and nothing is asked at a terminal.
        command.args(["--no-psqlrc", "--quiet", "--no-password", "-v", "ON_ERROR_STOP=1"]);
        if let Some(connect) = &launch.connect {
            let connection = Connection::read(connect)?;
            command.arg("--dbname").arg(&connection.shown);
            if let Some(password) = &connection.password {
                command.env("PGPASSWORD", password);
            }
        }
        command.args(&launch.arguments);
        // Readers only, and of one state of the tables; text as it is written here, whatever the client's
        // locale is. Rows come as they are found, not when all are there.
        let settings = "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSET DateStyle = 'ISO';\nBEGIN TRANSACTION READ ONLY;\n";
        let script = format!("{settings}COPY (\n{}\n) TO STDOUT;\nROLLBACK;\n", job.query);
        Ok(script.into_bytes())
    }

    /// Of what is escaped in `COPY`'s text, JSON holds the backslash alone.
    fn line<'a>(&self, line: &'a str) -> Option<Cow<'a, str>> {
        match line {
            "" => None,
            line if line.contains('\\') => Some(Cow::Owned(line.replace(r"\\", r"\"))),
            line => Some(Cow::Borrowed(line)),
        }
    }
}
