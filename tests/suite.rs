//! `segkit test` where a table of command lines doesn't reach: the example of `docs/tests.md`, tests on
//! standard input, reports in files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;

const READERS: &str = include_str!("cmd/test.in/readers.json");

fn segkit(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_segkit"));
    command.current_dir(folder).arg("test");
    command
}

/// The example of the page.
fn example() -> String {
    let page = include_str!("../docs/tests.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    rest.split_once("```\n").unwrap().0.to_owned()
}

#[test]
fn the_example_of_the_page_passes_and_can_fail() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("readers.json"), READERS).unwrap();
    let example = example();
    fs::write(folder.path().join("readers.test.toml"), &example).unwrap();
    let run = segkit(folder.path()).output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success() && said.contains("2 passed"), "{said}");
    for (from, to) in
        [("\"MA\"", "\"MD\""), ("type = \"open\"", "type = \"send\""), ("2024-05-01", "2024-06-01")]
    {
        assert!(example.contains(from), "{from}");
        fs::write(folder.path().join("readers.test.toml"), example.replace(from, to)).unwrap();
        let run = segkit(folder.path()).output().unwrap();
        let said = String::from_utf8(run.stdout).unwrap();
        assert_eq!(run.status.code(), Some(1), "{from}: {said}");
        assert!(said.contains("1 passed, 1 failed"), "{from}: {said}");
    }
}

#[test]
fn tests_on_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("readers.json"), READERS).unwrap();
    let run = segkit(folder.path()).arg("-").write_stdin(example()).output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success() && said.contains("<stdin>: who opened is in"), "{said}");
    let run = segkit(folder.path()).arg("-").write_stdin("cases = 1").output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("<stdin>:1:1\n") && said.contains("did you mean `case`?"), "{said}");
}

#[test]
fn a_report_in_a_file_is_whole_and_plain() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("readers.json"), READERS).unwrap();
    fs::write(folder.path().join("readers.test.toml"), example()).unwrap();
    for format in ["text", "json", "junit", "github"] {
        let mut plain = segkit(folder.path());
        let shown = plain.args(["--coverage", "--format", format]).output().unwrap();
        let mut to_file = segkit(folder.path());
        let flags = ["--color", "always", "--coverage", "--format", format, "-o", "report"];
        let run = to_file.args(flags).output().unwrap();
        assert!(run.status.success() && run.stdout.is_empty() && run.stderr.is_empty());
        let written = fs::read(folder.path().join("report")).unwrap();
        assert_eq!(written, shown.stdout, "{format}");
        assert!(!written.contains(&0x1b), "{format}");
    }
    let kept = fs::read(folder.path().join("readers.json")).unwrap();
    let run = segkit(folder.path()).args(["-o", "readers.json"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(fs::read(folder.path().join("readers.json")).unwrap(), kept);
}

#[test]
fn colours_only_where_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("readers.json"), READERS).unwrap();
    fs::write(folder.path().join("readers.test.toml"), example()).unwrap();
    let coloured = |flags: &[&str]| {
        let run = segkit(folder.path()).args(flags).output().unwrap();
        run.stdout.contains(&0x1b)
    };
    assert!(coloured(&["--color", "always"]));
    assert!(!coloured(&["--color", "never"]));
    assert!(!coloured(&["--color", "always", "--format", "github"]));
}
