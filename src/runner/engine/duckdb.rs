//! DuckDB's own program, over local files. Statements go in at standard input, rows come out as lines.
//!
//! Its reader of CSV is told everything but the line breaks: told those, it takes a file with others for
//! one without rows, and says nothing; left to itself it refuses line breaks that differ. Blanks before a
//! quote it passes over, as nobody else does, so lines are searched for them first.

use super::{
    Cell, EnginePath, Feed, Job, Launch, OWN, Program, Reads, RunError, Runner, listed,
    parquet_only,
};
use crate::dump::{Codec, PlainFile, PlainForm};
use crate::runner::tables::path_of;
use crate::sql::Spelling;
use std::path::Path;
use std::process::Command;

/// The program `duckdb`.
pub struct DuckDb;

impl Runner for DuckDb {
    fn program(&self) -> Program {
        Program {
            engine: "duckdb",
            name: "duckdb",
            also: None,
            install: "install DuckDB's command line, https://duckdb.org/docs/installation (pip install duckdb-cli)",
        }
    }

    fn files(&self) -> Option<&dyn Reads> {
        Some(self)
    }

    fn row(&self, sql: &dyn Spelling, cells: &[Cell]) -> String {
        format!("CAST(json_array({}) AS VARCHAR)", listed(sql, cells))
    }

    fn launch(
        &self,
        command: &mut Command,
        job: &Job,
        launch: &Launch,
        _: &Path,
    ) -> Result<Feed, RunError> {
        // No start-up file of the user's changes what is answered.
        command.args(["-init", "/dev/null", "-batch", "-bail", "-noheader", "-list"]);
        command.args(&launch.arguments);
        let mut script = String::new();
        for statement in job.statements() {
            script.push_str(&statement);
            script.push_str(";\n");
        }
        Ok(script.into_bytes())
    }
}

impl Reads for DuckDb {
    fn table(&self, sql: &dyn Spelling, file: &PlainFile, _: usize) -> Result<String, RunError> {
        let path = sql.text(&path_of(&file.path)?);
        let (csv, json) = match file.codec {
            None => ("none", "uncompressed"),
            Some(Codec::Gzip) => ("gzip", "gzip"),
            Some(Codec::Zstd) => ("zstd", "zstd"),
        };
        let refused = |why: &str| sql.text(&format!("{}: {why}{OWN}", file.path.display()));
        Ok(match &file.form {
            PlainForm::Csv { delimiter, width, .. } => {
                let columns: Vec<String> =
                    (0..*width).map(|at| format!("'c{at}': 'VARCHAR'")).collect();
                let columns = columns.join(", ");
                let lines = format!(
                    "read_csv({path}, auto_detect = false, columns = {{'line': 'VARCHAR'}}, header = false, delim = chr(1), quote = '', escape = '', compression = '{csv}')"
                );
                let blanks = sql.text(&format!("(^|[\\x{delimiter:02X}]) +\""));
                let said = refused("blanks before a quote, which DuckDB leaves out");
                let delimiter = sql.text(&char::from(*delimiter).to_string());
                format!(
                    "(SELECT rows.* FROM read_csv({path}, auto_detect = false, columns = {{{columns}}}, header = true, delim = {delimiter}, quote = '\"', escape = '\"', strict_mode = true, compression = '{csv}') AS rows\n  WHERE CASE WHEN (SELECT count(*) FROM {lines} WHERE regexp_matches(line, {blanks})) > 0 THEN error({said}) ELSE TRUE END)"
                )
            }
            PlainForm::JsonLines { keys } => {
                let keys: Vec<String> = keys.iter().map(|key| sql.text(key)).collect();
                let keys = keys.join(", ");
                let said =
                    refused("a record has a key twice, or one that none of the first records has");
                format!(
                    "(SELECT CASE WHEN list_has_all([{keys}], json_keys(json)) AND json_type(json) = 'OBJECT' AND len(list_distinct(json_keys(json))) = len(json_keys(json)) THEN json ELSE error({said}) END AS record\n  FROM read_ndjson_objects({path}, compression = '{json}'))"
                )
            }
        })
    }

    fn path(&self, sql: &dyn Spelling, path: &EnginePath, _: usize) -> Result<String, RunError> {
        Ok(format!("read_parquet({})", sql.text(&parquet_only("duckdb", path)?)))
    }

    fn value(&self, sql: &dyn Spelling, key: &str, _: usize) -> String {
        let pointer = sql.text(&format!("/{}", key.replace('~', "~0").replace('/', "~1")));
        let value = format!("json_extract_string(record, {pointer})");
        let kind = format!("json_type(record, {pointer})");
        let bad = format!(
            "{kind} IN ('OBJECT', 'ARRAY', 'DOUBLE') OR {kind} IN ('BIGINT', 'UBIGINT') AND {value} = '0' AND contains(CAST(record AS VARCHAR), '-0')"
        );
        let said = sql.text(&format!(
            "`{key}` holds several values, or a number that DuckDB would write otherwise{OWN}"
        ));
        self.unless(&bad, &said, &value)
    }

    fn unless(&self, bad: &str, said: &str, value: &str) -> String {
        format!("CASE WHEN {bad} THEN CAST(error({said}) AS VARCHAR) ELSE {value} END")
    }
}
