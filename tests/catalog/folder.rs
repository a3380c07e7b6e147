//! A folder for a catalog, and the verbs on it.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder of a test's own, in which a catalog may be, as `segments`.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// Without a catalog.
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The folder that the catalog is in.
    pub fn outside(&self) -> &Path {
        self.0.path()
    }

    /// The catalog.
    pub fn path(&self) -> PathBuf {
        self.0.path().join("segments")
    }

    /// A verb, before it is run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segkit"));
        command
            .current_dir(self.0.path())
            .args(["--no-config", "catalog", "--catalog", "segments"])
            .args(arguments)
            .args(["--as-of", "2024-06-01"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Begins a verb, which may wait for its input.
    pub fn begin(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// Does a verb.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        end(self.begin(arguments), input)
    }

    /// Does a verb that is answered with JSON.
    pub fn answer(&self, arguments: &[&str], input: &str) -> Value {
        let output = self.run(arguments, input);
        assert!(output.status.success(), "{arguments:?}: {}", said_by(&output));
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", said_by(&output)))
    }

    /// Does a verb that isn't done: its exit status, and what it says.
    pub fn refused(&self, arguments: &[&str], input: &str) -> (Option<i32>, String) {
        let output = self.run(arguments, input);
        assert!(!output.status.success(), "{arguments:?}");
        (output.status.code(), said_by(&output))
    }

    /// The names of the segments' files.
    pub fn files(&self) -> BTreeSet<String> {
        let names = fs::read_dir(self.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| !name.starts_with('.')).collect()
    }

    /// The text of one of them.
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Puts a file into the catalog by hand.
    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path()).unwrap();
        fs::write(self.path().join(name), text).unwrap();
    }
}

/// Gives a process its input, and waits for it.
pub fn end(mut process: Child, input: &str) -> Output {
    // One that refuses may end before it has read its input.
    let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
    process.wait_with_output().unwrap()
}

/// What a process said to people.
pub fn said_by(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
