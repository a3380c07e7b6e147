//! Every command that the README shows is run, and prints what the README says it prints.
//!
//! A `console` block holds commands behind `$ `, each followed by `? N` where its exit status isn't
//! 0, and by what it prints on both streams. `SEGKIT_BLESS=1` writes what they print today.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::process::Command;

/// How the README's first command names the program, before it is installed.
const FROM_THE_SOURCES: &str = "cargo run --release --quiet -- ";

struct Shown {
    status: i32,
    printed: String,
}

fn run(command: &str) -> Shown {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, command) = match command.strip_prefix(FROM_THE_SOURCES) {
        Some(rest) => (root.to_path_buf(), format!("segkit {rest}")),
        None => (root.join("fixtures/quickstart"), command.to_owned()),
    };
    let program = Path::new(env!("CARGO_BIN_EXE_segkit"));
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", program.parent().unwrap().display()))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    Shown { status: output.status.code().unwrap(), printed: without_times(&printed) }
}

/// How long a run took is nobody's to promise.
fn without_times(printed: &str) -> String {
    let line = |line: &str| {
        let timed = line.starts_with("segkit: summary: ") && line.ends_with(" s");
        if timed { "segkit: summary: 0.01 s".to_owned() } else { line.to_owned() }
    };
    printed.lines().map(|text| line(text) + "\n").collect()
}

/// The README as it would be if every command printed what it prints today.
fn rewritten(readme: &str) -> (String, usize) {
    let (mut out, mut commands) = (String::new(), 0);
    let mut lines = readme.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line != "```console" {
            continue;
        }
        while let Some(line) = lines.next() {
            if line == "```" {
                out.push_str("```\n");
                break;
            }
            let Some(command) = line.strip_prefix("$ ") else { continue };
            let shown = run(command);
            commands += 1;
            let expected = lines.peek().and_then(|line| line.strip_prefix("? "));
            let expected: i32 = expected.map_or(0, |status| status.parse().unwrap());
            assert_eq!(shown.status, expected, "{command}\n{}", shown.printed);
            out.push_str(&format!("$ {command}\n"));
            if shown.status != 0 {
                out.push_str(&format!("? {}\n", shown.status));
            }
            out.push_str(&shown.printed);
        }
    }
    (out, commands)
}

#[test]
fn the_readme_shows_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (today, commands) = rewritten(&readme);
    assert!(commands > 10, "only {commands} commands were found");
    if std::env::var_os("SEGKIT_BLESS").is_some() {
        std::fs::write(&path, today).unwrap();
        return;
    }
    for (at, (shown, today)) in readme.lines().zip(today.lines()).enumerate() {
        assert_eq!(shown, today, "README.md:{}", at + 1);
    }
    assert_eq!(readme.lines().count(), today.lines().count());
}
