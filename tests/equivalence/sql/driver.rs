//! A database engine in a process of its own, to which statements are handed with their tables
//! (`tests/sql/driver.py`).

use crate::setting;
use segkit::sql::Engine;
use serde_json::{Map, Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Engines that take a second for a statement, and most of a machine.
pub fn is_slow(engine: Engine) -> bool {
    matches!(engine, Engine::Spark)
}

/// A slow engine runs once at a time.
static SLOW: Mutex<()> = Mutex::new(());

/// Of the statements of a table of tests, a slow engine is asked one of so many.
const ONE_OF: u64 = 7;

/// An engine in a process of its own.
pub struct Driver {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    asked: u64,
    one_of: u64,
    _alone: Option<MutexGuard<'static, ()>>,
}

impl Driver {
    /// Starts an engine; `None` where no engines are installed.
    pub fn start(engine: Engine) -> Option<Self> {
        let Some(folder) = std::env::var_os("SEGKIT_ENGINES") else {
            println!("skipped: SEGKIT_ENGINES names no folder of engines; .ci/engines makes one");
            return None;
        };
        // A test that failed leaves nothing behind that would matter to another.
        let alone = is_slow(engine).then(|| SLOW.lock().unwrap_or_else(PoisonError::into_inner));
        let driver = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sql/driver.py");
        let mut process = Command::new(PathBuf::from(folder).join("bin/python"))
            .arg(driver)
            .arg(engine.name())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the engines' python can be run");
        let (to, from) = (process.stdin.take(), process.stdout.take().unwrap());
        let from = BufReader::new(from);
        let one_of = if is_slow(engine) { setting("SEGKIT_SQL_SLOW_ONE_OF", ONE_OF) } else { 1 };
        let mut driver = Self { process, to, from, asked: 0, one_of, _alone: alone };
        if let Some(missing) = driver.answer().get("missing") {
            let all = std::env::var_os("SEGKIT_ALL_ENGINES").is_some();
            assert!(!all, "{engine} isn't there: {missing}");
            println!("skipped: {engine}: {missing}");
            return None;
        }
        Some(driver)
    }

    /// Whether the next statement of a table of tests is one that this engine is asked.
    pub fn takes_next(&mut self) -> bool {
        self.asked += 1;
        self.asked.is_multiple_of(self.one_of)
    }

    fn answer(&mut self) -> Map<String, Value> {
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).expect("an answer of the driver")
    }

    /// What a statement gives over some tables.
    pub fn run(&mut self, tables: &Value, sql: &str) -> Result<Vec<Vec<Value>>, String> {
        self.run_after(&[], tables, sql)
    }

    /// The same after other statements, which make views and tables.
    pub fn run_after(
        &mut self,
        first: &[&str],
        tables: &Value,
        sql: &str,
    ) -> Result<Vec<Vec<Value>>, String> {
        let line = json!({"first": first, "tables": tables, "sql": sql});
        writeln!(self.to.as_mut().unwrap(), "{line}").unwrap();
        let mut answer = self.answer();
        match answer.remove("rows") {
            Some(rows) => Ok(serde_json::from_value(rows).unwrap()),
            None => Err(answer["error"].as_str().unwrap().to_owned()),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The end of its input is the end of the driver.
        self.to = None;
        self.process.wait().unwrap();
    }
}
