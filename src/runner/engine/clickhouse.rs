//! ClickHouse's own program on this machine, `clickhouse local`, over local files or its own tables.
//!
//! Its reader of CSV takes quotes that are never closed, blanks behind a quote and `\N` for other
//! than they are, and says nothing. So it reads lines only, of CSV as of JSON; what a row has to look
//! like, and where its cells begin, patterns say.

use super::{
    Cell, EnginePath, Feed, Job, Launch, OWN, Program, Reads, RunError, Runner, listed,
    parquet_only, save,
};
use crate::dump::{Codec, PlainFile, PlainForm};
use crate::runner::tables::absolute_path;
use crate::sql::Spelling;
use std::path::Path;
use std::process::Command;

/// The program `clickhouse`.
pub struct ClickHouse;

/// The program that is `clickhouse local` alone.
const LOCAL: &str = "clickhouse-local";

/// A configuration that says nothing: without one, that of a server in the folder at hand would count.
const CONFIG: &str = include_str!("clickhouse.xml");

/// A database of the run's own, and statements as long and as intricate as segments are.
const BEFORE: &str = "CREATE DATABASE segkit ENGINE = Memory;
USE segkit;
SET max_query_size = 1000000000, max_ast_elements = 10000000, max_expanded_ast_elements = 10000000;
";

impl Runner for ClickHouse {
    fn program(&self) -> Program {
        Program {
            engine: "clickhouse",
            name: "clickhouse",
            also: Some(LOCAL),
            install: "install ClickHouse from 24.8 (https://clickhouse.com/docs/install, or curl https://clickhouse.com/ | sh)",
        }
    }

    fn files(&self) -> Option<&dyn Reads> {
        Some(self)
    }

    fn row(&self, sql: &dyn Spelling, cells: &[Cell]) -> String {
        listed(sql, cells)
    }

    fn behind_rows(&self) -> &'static str {
        "\nFORMAT JSONCompactEachRow"
    }

    fn launch(
        &self,
        command: &mut Command,
        job: &Job,
        launch: &Launch,
        folder: &Path,
    ) -> Result<Feed, RunError> {
        let mut script = String::new();
        if !job.tables.is_empty() {
            script.push_str(BEFORE);
        }
        for statement in job.statements() {
            script.push_str(&statement);
            script.push_str(";\n");
        }
        let config = save(folder, "config.xml", CONFIG)?;
        let script = save(folder, "segments.sql", &script)?;
        let is_local = Path::new(command.get_program()).file_stem().is_some_and(|it| it == LOCAL);
        if !is_local {
            command.arg("local");
        }
        command.arg("--config-file").arg(config).arg("--queries-file").arg(script);
        command.args(&launch.arguments);
        Ok(Feed::new())
    }

    /// What is wrong, without the codes around it and the statement.
    fn complaint(&self, said: &str) -> String {
        let (_, reason) = said.split_once("DB::Exception: ").unwrap_or(("", said));
        let ends = [": while executing 'FUNCTION throwIf", "\n(query: "];
        let ends = ends.iter().filter_map(|end| reason.find(end));
        let end = ends.min().unwrap_or(reason.len());
        reason.get(..end).unwrap_or(reason).to_owned()
    }
}

impl Reads for ClickHouse {
    fn table(&self, sql: &dyn Spelling, file: &PlainFile, _: usize) -> Result<String, RunError> {
        let codec = match file.codec {
            None => "none",
            Some(Codec::Gzip) => "gzip",
            Some(Codec::Zstd) => "zstd",
        };
        let path = absolute_path(&file.path)?;
        if path.contains("::") {
            // What follows would be a file in an archive.
            return Err(RunError::Path(file.path.display().to_string()));
        }
        let path = sql.text(&path);
        let lines = format!("file({path}, 'LineAsString', 'line String', '{codec}')");
        let refused = |why: &str| sql.text(&format!("{}: {why}{OWN}", file.path.display()));
        Ok(match &file.form {
            PlainForm::Csv { delimiter, width, header } => {
                let of = CsvLines { sql, lines: &lines, delimiter: *delimiter, header };
                let cells: Vec<String> =
                    (0..*width).map(|at| format!("{} AS c{at}", unquoted(at + 1))).collect();
                let one_header = refused("its header isn't one line, the first, alone");
                let rows = refused(
                    "a row with other cells than the header, which can't be told apart, or with a line break in a cell",
                );
                format!(
                    "(SELECT {cells}\n  FROM {rows_of}\n  WHERE text <> '' AND {no_header} AND NOT throwIf(text <> '' AND {bad}, {rows}) AND NOT throwIf({headers} <> 1, {one_header}))",
                    cells = cells.join(", "),
                    rows_of = of.rows(),
                    no_header = of.is_header("text", "<>"),
                    bad = of.is_strange(*width),
                    headers = of.headers(),
                )
            }
            PlainForm::JsonLines { keys } => {
                let keys: Vec<String> = keys.iter().map(|key| sql.text(key)).collect();
                let keys = keys.join(", ");
                let said = refused(
                    "a line that isn't one JSON object, or one with a key twice, or with one that none of the first records has",
                );
                let there = r"match(line, '[^ \\t\\r]')";
                let own = "JSONExtractKeys(line)";
                format!(
                    "(SELECT line AS record\n  FROM {lines}\n  WHERE {there} AND NOT throwIf({there} AND NOT (isValidUTF8(line) AND isValidJSON(line) AND JSONType(line) = 'Object' AND hasAll([{keys}], {own}) AND length(arrayDistinct({own})) = length({own})), {said}))"
                )
            }
        })
    }

    fn path(&self, sql: &dyn Spelling, path: &EnginePath, _: usize) -> Result<String, RunError> {
        let whole = parquet_only("clickhouse", path)?;
        if path.is_address() || whole.contains("::") {
            return Err(RunError::NotOpened { path: path.text.clone(), engine: "clickhouse" });
        }
        Ok(format!("file({}, 'Parquet')", sql.text(&whole)))
    }

    fn value(&self, sql: &dyn Spelling, key: &str, _: usize) -> String {
        let name = sql.text(key);
        let kind = format!("JSONType(record, {name})");
        let raw = format!("JSONExtractRaw(record, {name})");
        let bad = format!(
            "{kind} IN ('Object', 'Array', 'Double') OR {kind} IN ('Int64', 'UInt64') AND {raw} = '0' AND position(record, '-0') > 0"
        );
        let said = sql.text(&format!(
            "`{key}` holds several values, or a number that ClickHouse would write otherwise{OWN}"
        ));
        let value = format!(
            "multiIf({kind} = 'Null', NULL, {kind} = 'String', JSONExtractString(record, {name}), {raw})"
        );
        self.unless(&bad, &said, &value)
    }

    fn joined(&self, texts: &[String]) -> String {
        format!(
            "arrayStringConcat(arrayMap(v -> ifNull(v, ''), arrayFilter(v -> isNotNull(v), [{}])), ';')",
            texts.join(", ")
        )
    }

    fn unless(&self, bad: &str, said: &str, value: &str) -> String {
        format!("if(throwIf(ifNull({bad}, 0), {said}) = 0, {value}, NULL)")
    }
}

/// A cell without the quotes around it.
fn unquoted(number: usize) -> String {
    let cell = format!("cells[{number}]");
    format!(
        "if(startsWith({cell}, '\"'), replaceAll(substring({cell}, 2, length({cell}) - 2), '\"\"', '\"'), {cell})"
    )
}

/// The lines of a CSV file.
struct CsvLines<'a> {
    sql: &'a dyn Spelling,
    lines: &'a str,
    delimiter: u8,
    header: &'a str,
}

impl CsvLines<'_> {
    /// A cell and the delimiter behind it, the cell as a group where it is to be found.
    fn cell(&self, group: &str) -> String {
        let d = format!("\\x{:02X}", self.delimiter);
        format!("{group}\"[^\"]*(?:\"\"[^\"]*)*\"|[^\"{d}][^{d}]*|){d}")
    }

    /// The line with a delimiter at its end, so that one stands behind each cell.
    fn ended(&self) -> String {
        format!("concat(text, char({}))", self.delimiter)
    }

    /// Lines without their ends, and their cells.
    fn rows(&self) -> String {
        let cell = self.sql.text(&self.cell("("));
        format!(
            "(SELECT replaceRegexpOne(line, '\\\\r$', '') AS text, extractAll({}, {cell}) AS cells FROM {})",
            self.ended(),
            self.lines
        )
    }

    /// Whether a line is (`=`) or isn't (`<>`) the header, before which a byte order mark may stand.
    fn is_header(&self, line: &str, how: &str) -> String {
        let header = self.sql.text(self.header);
        format!("replaceRegexpOne({line}, '^\\\\x{{FEFF}}', '') {how} {header}")
    }

    /// How many lines are the header.
    fn headers(&self) -> String {
        let line = "replaceRegexpOne(line, '\\\\r$', '')";
        format!("(SELECT countIf({}) FROM {})", self.is_header(line, "="), self.lines)
    }

    /// Whether a line has other cells than so many, or a line break of another kind.
    fn is_strange(&self, width: usize) -> String {
        let row = self.sql.text(&format!("^(?:{})+$", self.cell("(?:")));
        format!(
            "NOT (isValidUTF8(text) AND position(text, char(13)) = 0 AND match({}, {row}) AND length(cells) = {width})",
            self.ended()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_without_what_is_around_them() {
        for (said, reason) in [
            (
                "Code: 395. DB::Exception: c.csv: bad rows; leave it: while executing 'FUNCTION throwIf(x :: 1) -> …'. (FUNCTION_THROW_IF_VALUE_IS_NON_ZERO)\n(query: SELECT 1)",
                "c.csv: bad rows; leave it",
            ),
            (
                "Code: 60. DB::Exception: Unknown table expression identifier 'x'. (UNKNOWN_TABLE)\n(query: SELECT x)",
                "Unknown table expression identifier 'x'. (UNKNOWN_TABLE)",
            ),
            ("Killed", "Killed"),
        ] {
            assert_eq!(ClickHouse.complaint(said), reason);
        }
    }

    #[test]
    fn which_program_is_told_what_it_is_to_be() {
        let folder = tempfile::tempdir().unwrap();
        let job = Job {
            tables: vec!["T".into()],
            files: Vec::new(),
            paths: Vec::new(),
            query: "Q".into(),
        };
        for (program, first) in [
            ("/opt/clickhouse", "local"),
            ("/opt/clickhouse-local", "--config-file"),
            ("/opt/ch", "local"),
        ] {
            let mut command = Command::new(program);
            ClickHouse.launch(&mut command, &job, &Launch::default(), folder.path()).unwrap();
            assert_eq!(command.get_args().next().unwrap(), first);
        }
        let script = std::fs::read_to_string(folder.path().join("segments.sql")).unwrap();
        assert!(script.ends_with("T;\nQ;\n"), "{script}");
    }
}
