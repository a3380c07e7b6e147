//! Spark by `spark-submit`, on any master, over files that its machines can read or over its own tables. What
//! is run is `spark.py`, which is given its job as a file; rows come out behind a mark, among what
//! else a program writes there.

use super::{
    Cell, EnginePath, Feed, Job, Launch, PathForm, Program, Reads, RunError, Runner, save,
};
use crate::dump::{Codec, PlainFile, PlainForm};
use crate::runner::tables::absolute_path;
use crate::sql::Spelling;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::path::Path;
use std::process::Command;

/// The program `spark-submit`.
pub struct Spark;

const SCRIPT: &str = include_str!("spark.py");

/// What stands before a row.
const MARK: &str = "segkit:";

/// What stands before the reason of a failure, which `spark-submit` writes among the rows.
const FAILED: &str = "segkit failed:";

/// What stands behind the last row. Where the script runs on another machine, as in Spark's mode
/// `cluster`, rows are written there, and nothing fails here.
const END: &str = "segkit end";

/// The master where none is named.
const MASTER: &str = "local[*]";

impl Runner for Spark {
    fn program(&self) -> Program {
        Program {
            engine: "spark",
            name: "spark-submit",
            also: None,
            install: "install Spark from 3.5 (https://spark.apache.org/downloads, or pip install pyspark) and Java 17",
        }
    }

    fn files(&self) -> Option<&dyn Reads> {
        Some(self)
    }

    fn row(&self, sql: &dyn Spelling, cells: &[Cell]) -> String {
        let json = |cell: &Cell| {
            let array = format!("to_json(array({}))", cell.text(sql));
            format!("substring({array}, 2, length({array}) - 2)")
        };
        let row: Vec<String> = cells.iter().map(json).collect();
        format!("concat('[', concat_ws(',', {}), ']')", row.join(", "))
    }

    fn launch(
        &self,
        command: &mut Command,
        job: &Job,
        launch: &Launch,
        folder: &Path,
    ) -> Result<Feed, RunError> {
        let files = job.files.iter().enumerate().map(|(at, file)| described(at, file));
        let paths = job.paths.iter().enumerate().map(|(at, path)| addressed(at, path));
        let files: Vec<Value> = files.chain(paths).collect::<Result<_, _>>()?;
        let given = json!({
            "mark": MARK,
            "failed": FAILED,
            "end": END,
            "files": files,
            "statements": job.tables,
            "query": job.query,
        });
        let script = save(folder, "spark.py", SCRIPT)?;
        let job = save(folder, "job.json", &given.to_string())?;
        command.arg("--master").arg(launch.master.as_deref().unwrap_or(MASTER));
        for setting in &launch.settings {
            command.arg("--conf").arg(setting);
        }
        command.args(&launch.arguments).arg(script).arg(job);
        Ok(Feed::new())
    }

    fn line<'a>(&self, line: &'a str) -> Option<Cow<'a, str>> {
        line.strip_prefix(MARK).map(Cow::Borrowed)
    }

    fn end(&self) -> Option<&'static str> {
        Some(END)
    }

    /// The reason that the script gives, without what Spark puts and logs around it.
    fn complaint(&self, said: &str) -> String {
        let reason = said.lines().rev().find_map(|line| line.strip_prefix(FAILED));
        let reason = reason.unwrap_or(said).trim();
        let bare = reason.strip_prefix("[USER_RAISED_EXCEPTION] ").unwrap_or(reason);
        bare.strip_suffix(" SQLSTATE: P0001").unwrap_or(bare).to_owned()
    }
}

/// A file as the script is told of it.
fn described(at: usize, file: &PlainFile) -> Result<Value, RunError> {
    let path = format!("file://{}", absolute_path(&file.path)?);
    let table = table(at);
    Ok(match &file.form {
        PlainForm::Csv { delimiter, width, header } => {
            let delimiter = char::from(*delimiter).to_string();
            json!({"form": "csv", "table": table, "path": path, "delimiter": delimiter, "width": width, "header": header})
        }
        PlainForm::JsonLines { keys } => {
            json!({"form": "json", "table": table, "path": path, "keys": keys})
        }
    })
}

/// A path as the script is told of it.
fn addressed(at: usize, path: &EnginePath) -> Result<Value, RunError> {
    let form = match path.form {
        PathForm::Csv => "csv path",
        PathForm::Json => "json path",
        PathForm::Parquet => "parquet path",
    };
    let scheme = if path.is_address() { "" } else { "file://" };
    let whole = format!("{scheme}{}", path.whole()?);
    let delimiter = char::from(path.delimiter).to_string();
    Ok(json!({"form": form, "table": table(at), "path": whole, "delimiter": delimiter}))
}

fn table(at: usize) -> String {
    format!("file_{}", at + 1)
}

impl Reads for Spark {
    fn table(&self, _: &dyn Spelling, file: &PlainFile, at: usize) -> Result<String, RunError> {
        // By its name Spark tells how a file is packed.
        let named = file.path.extension().and_then(|extension| extension.to_str());
        let fits = match file.codec {
            None => !matches!(named, Some("gz" | "zst" | "bz2" | "lz4" | "snappy" | "deflate")),
            Some(Codec::Gzip) => named == Some("gz"),
            Some(Codec::Zstd) => false,
        };
        match fits {
            true => Ok(table(at)),
            false => Err(RunError::Packed(file.path.display().to_string())),
        }
    }

    fn path(&self, _: &dyn Spelling, _: &EnginePath, at: usize) -> Result<String, RunError> {
        Ok(table(at))
    }

    fn value(&self, _: &dyn Spelling, _: &str, at: usize) -> String {
        // The script has made it sure.
        format!("c{at}")
    }

    fn create_table(&self, name: &str) -> String {
        format!("CREATE OR REPLACE TEMPORARY VIEW {name} AS")
    }

    fn unless(&self, bad: &str, said: &str, value: &str) -> String {
        format!("CASE WHEN {bad} THEN CAST(raise_error({said}) AS STRING) ELSE {value} END")
    }
}
