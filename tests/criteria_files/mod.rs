//! Every JSON file that the tests and fixtures hold, criteria or not, but for large dumps, and the real
//! binary's reports on them.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A report on these files, in the folder of the package.
pub fn report(format: &str, files: &[PathBuf]) -> String {
    printed(segkit(format).args(files))
}

/// A report on standard input.
pub fn report_on_stdin(format: &str, text: &[u8]) -> String {
    printed(segkit(format).arg("-").write_stdin(text))
}

/// What `--format json` says of each of them, in order.
pub fn findings(files: &[PathBuf]) -> Vec<Value> {
    let report: Value = serde_json::from_str(&report("json", files)).unwrap();
    report["files"].as_array().unwrap().clone()
}

fn segkit(format: &str) -> Command {
    let mut command = Command::cargo_bin("segkit").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(["validate", "--as-of", "2024-06-01", "--format", format]);
    command
}

fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The files, relative to the folder of the package, in an order that stays.
pub fn all() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["tests/cmd", "fixtures"] {
        walk(&root.join(folder), &mut files);
    }
    files.sort();
    assert!(files.len() > 80, "only {} files were found", files.len());
    files.iter().map(|path| path.strip_prefix(root).unwrap().to_owned()).collect()
}

/// What is larger is a dump of thousands of rows, each of which would be found to be no criteria.
const LARGEST: u64 = 50_000;

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|end| end == "json" || end == "jsonl")
            && entry.metadata().unwrap().len() <= LARGEST
        {
            files.push(path);
        }
    }
}
