//! DuckDB's own program, over local files. Statements go in at standard input, rows come out as lines.
//!
//! Its reader of CSV is told everything but the line breaks: told those, it takes a file with others for
//! one without rows, and says nothing; left to itself it refuses line breaks that differ. Blanks before a
//! quote it passes over, as nobody else does, so lines are searched for them first.

use super::{Feed, Job, Launch, Program, Reads, RunError, Runner};
use crate::dump::{Codec, PlainFile, PlainForm};
use crate::sql::Engine;
use std::path::Path;
use std::process::Command;

/// The program `duckdb`.
pub struct DuckDb;

impl Runner for DuckDb {
    fn program(&self) -> Program {
        Program {
            engine: "duckdb",
            name: "duckdb",
            install: "install DuckDB's command line, https://duckdb.org/docs/installation (pip install duckdb-cli)",
        }
    }

    fn files(&self) -> Option<&dyn Reads> {
        Some(self)
    }

    fn rows(&self, query: &str, columns: &[String]) -> String {
        let texts: Vec<String> =
            columns.iter().map(|column| format!("CAST({column} AS VARCHAR)")).collect();
        let order: Vec<String> = texts.iter().map(|text| format!("{text} NULLS FIRST")).collect();
        format!(
            "SELECT CAST(to_json([{}]) AS VARCHAR)\nFROM (\n{query}) AS members\nORDER BY {}",
            texts.join(", "),
            order.join(", ")
        )
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
    fn table(&self, file: &PlainFile) -> Result<String, RunError> {
        let path = text(&super::super::tables::path_of(file)?);
        let packed = match file.codec {
            None => None,
            Some(Codec::Gzip) => Some("gzip"),
            Some(Codec::Zstd) => Some("zstd"),
        };
        Ok(match &file.form {
            PlainForm::Csv { delimiter, width } => {
                let packed = packed.unwrap_or("none");
                let columns: Vec<String> =
                    (0..*width).map(|at| format!("'c{at}': 'VARCHAR'")).collect();
                let delimiter = text(&char::from(*delimiter).to_string());
                let lines = format!(
                    "read_csv({path}, auto_detect = false, columns = {{'line': 'VARCHAR'}}, header = false, delim = chr(1), quote = '', escape = '', compression = '{packed}')"
                );
                let blanks =
                    format!("(^|{delimiter_class}) +\"", delimiter_class = class(&delimiter));
                let found = text(&blanks);
                let said = text(&format!(
                    "{}: blanks before a quote, which DuckDB leaves out; segkit's own engine reads it: leave --engine out",
                    file.path.display()
                ));
                format!(
                    "(SELECT rows.* FROM read_csv({path}, auto_detect = false, columns = {{{}}}, header = true, delim = {delimiter}, quote = '\"', escape = '\"', strict_mode = true, compression = '{packed}') AS rows\n  WHERE CASE WHEN (SELECT count(*) FROM {lines} WHERE regexp_matches(line, {found})) > 0 THEN error({said}) ELSE TRUE END)",
                    columns.join(", ")
                )
            }
            PlainForm::JsonLines { keys } => {
                let packed = packed.unwrap_or("uncompressed");
                let keys: Vec<String> = keys.iter().map(|key| text(key)).collect();
                let said = text(&format!(
                    "{}: a record has a key twice, or one that none of the first records has; segkit's own engine reads it: leave --engine out: ",
                    file.path.display()
                ));
                format!(
                    "(SELECT CASE WHEN list_has_all([{}], json_keys(json)) AND json_type(json) = 'OBJECT' AND len(list_distinct(json_keys(json))) = len(json_keys(json)) THEN json ELSE error({said} || left(CAST(json AS VARCHAR), 200)) END AS record\n  FROM read_ndjson_objects({path}, compression = '{packed}'))",
                    keys.join(", ")
                )
            }
        })
    }

    fn value(&self, key: &str) -> String {
        let pointer = text(&format!("/{}", key.replace('~', "~0").replace('/', "~1")));
        let value = format!("json_extract_string(record, {pointer})");
        let kind = format!("json_type(record, {pointer})");
        let bad = format!(
            "{kind} IN ('OBJECT', 'ARRAY', 'DOUBLE') OR {kind} IN ('BIGINT', 'UBIGINT') AND {value} = '0' AND contains(CAST(record AS VARCHAR), '-0')"
        );
        let said = format!(
            "`{key}` holds several values, or a number that DuckDB would write otherwise; segkit's own engine reads it: leave --engine out"
        );
        self.unless(&bad, &said, &value)
    }

    fn unless(&self, bad: &str, said: &str, value: &str) -> String {
        let said = text(said);
        format!("CASE WHEN {bad} THEN CAST(error({said}) AS VARCHAR) ELSE {value} END")
    }
}

fn text(text: &str) -> String {
    Engine::DuckDb.spelling().text(text)
}

/// A class of the character in a quoted text.
fn class(quoted: &str) -> String {
    let character = quoted.chars().nth(1).unwrap_or(',');
    match character {
        '\'' => "'".to_owned(),
        character => format!("[{}]", character.to_string().replace(['\\', '^', '[', ']'], "\\$0")),
    }
}
