//! Lists in files: whole or not at all, whatever happens, and what can't be replaced or overwritten.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use assert_cmd::Command;
use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_segkit");
const EVERYONE: &str = r#"{"version":"1.0.0","criteria":{"type":"and","group":[{"source":"contact","field":"state","op":"eq","value":"MA"}]}}"#;

/// A folder with criteria, contacts, and a folder for the output.
fn folder(contacts: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("everyone.json"), EVERYONE).unwrap();
    let mut text = "contact_id,email,state\n".to_owned();
    (0..contacts).for_each(|at| text += &row(at));
    std::fs::write(folder.path().join("contacts.csv"), text).unwrap();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    folder
}

fn row(at: usize) -> String {
    format!("c{at:08},person{at:08}@example.com,MA\n")
}

const EVAL: [&str; 7] =
    ["eval", "everyone.json", "-c", "contacts.csv", "-q", "--as-of", "2024-06-01"];

fn segkit(folder: &Path, more: &[&str]) -> (i32, String, String) {
    let run = Command::new(PROGRAM).current_dir(folder).args(EVAL).args(more).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (run.status.code().unwrap(), text(&run.stdout), text(&run.stderr))
}

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn fifo(path: &Path) {
    assert!(Process::new("mkfifo").arg(path).status().unwrap().success());
}

/// Killed in the middle of writing, with contacts coming from a pipe that never ends.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_left_of_a_killed_run() {
    for (signal, more) in [
        ("KILL", &["-o", "out/list.csv"][..]),
        ("KILL", &["-o", "out/list.csv.gz"]),
        ("KILL", &["-o", "out/list.csv", "--split", "10000"]),
        ("TERM", &["-o", "out/list.csv"]),
        ("INT", &["-o", "out/list.csv"]),
    ] {
        let folder = folder(0);
        let pipe = folder.path().join("pipe.csv");
        fifo(&pipe);
        let mut arguments = EVAL;
        arguments[3] = "pipe.csv";
        let mut child = Process::new("env")
            .current_dir(folder.path())
            .args(["--default-signal", PROGRAM])
            .args(arguments)
            .args(more)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = File::create(&pipe).unwrap();
        out.write_all(b"contact_id,email,state\n").unwrap();
        // Far more than all buffers on the way hold.
        (0..200_000).for_each(|at| out.write_all(row(at).as_bytes()).unwrap());
        let target = folder.path().join("out");
        let is_open = || {
            let files = std::fs::read_dir(format!("/proc/{}/fd", child.id())).unwrap();
            let mut paths = files.filter_map(|file| std::fs::read_link(file.unwrap().path()).ok());
            paths.any(|path| path.starts_with(&target))
        };
        assert!(is_open(), "{more:?}");
        let kill = Process::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(kill.unwrap().success());
        assert!(!child.wait().unwrap().success());
        drop(out);
        assert_eq!(names(&target), [""; 0], "{signal} {more:?}");
    }
}

/// A limit on the size of files stands for a disk that is full: writing fails half-way.
#[test]
fn a_file_that_cannot_be_written_to_its_end_does_not_appear() {
    let folder = folder(100_000);
    for more in ["-o out/list.csv", "-o out/list.csv --split 60000", "-o out/list.csv -f json"] {
        std::fs::write(folder.path().join("out/list.csv"), "before").unwrap();
        let command = format!(
            "trap '' XFSZ; ulimit -f 2000; exec '{PROGRAM}' {} {more} -s contact_id,email,state",
            EVAL.join(" ")
        );
        let run =
            Process::new("sh").args(["-c", &command]).current_dir(folder.path()).output().unwrap();
        let error = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{more}: {error}");
        let (before, after) = ("segkit: error: ", "list.csv: File too large (os error 27)\n");
        assert!(error.starts_with(before) && error.ends_with(after), "{more}: {error}");
        let out = folder.path().join("out");
        assert_eq!(names(&out), ["list.csv"], "{more}");
        assert_eq!(std::fs::read_to_string(out.join("list.csv")).unwrap(), "before");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_a_failure() {
    let folder = folder(3);
    let (status, _, error) = segkit(folder.path(), &["-o", "/dev/full"]);
    assert_eq!(status, 2);
    assert_eq!(
        error,
        "segkit: error: /dev/full can't be written: No space left on device (os error 28)\n"
    );
}

#[test]
fn a_bad_row_leaves_no_part() {
    let folder = folder(50);
    let mut contacts =
        File::options().append(true).open(folder.path().join("contacts.csv")).unwrap();
    contacts.write_all(b"ragged\n").unwrap();
    for more in [&["-o", "out/list.csv"][..], &["-o", "out/list.csv", "--split", "10"]] {
        let (status, _, error) = segkit(folder.path(), more);
        assert_eq!(status, 2, "{error}");
        assert_eq!(names(&folder.path().join("out")), [""; 0]);
    }
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = folder(100_000);
    let begun = Instant::now();
    let mut child = Process::new(PROGRAM)
        .current_dir(folder.path())
        .args(EVAL)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut line).unwrap();
    let mut error = String::new();
    child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
    assert_eq!((child.wait().unwrap().code(), error.as_str()), (Some(0), ""));
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn standard_output_by_its_other_names() {
    let folder = folder(2);
    let expected = segkit(folder.path(), &[]).1;
    for name in ["-", "/dev/stdout", "/dev/fd/1"] {
        assert_eq!(segkit(folder.path(), &["-o", name]).1, expected, "{name}");
        // What the shell appends to is appended to, and not replaced.
        let log = folder.path().join("log");
        std::fs::write(&log, "before\n").unwrap();
        let command = format!("'{PROGRAM}' {} -o {name} >> log", EVAL.join(" "));
        let run = Process::new("sh").args(["-c", &command]).current_dir(folder.path()).status();
        assert!(run.unwrap().success());
        assert_eq!(std::fs::read_to_string(&log).unwrap(), format!("before\n{expected}"), "{name}");
    }
    let command = format!("'{PROGRAM}' {} -o /dev/fd/3 3>> log", EVAL.join(" "));
    let run = Process::new("sh").args(["-c", &command]).current_dir(folder.path()).status();
    assert!(run.unwrap().success());
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    assert_eq!(log, format!("before\n{expected}{expected}"));
}

#[test]
fn a_named_pipe_is_written_to() {
    let folder = folder(2);
    let pipe = folder.path().join("out/pipe");
    fifo(&pipe);
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    let (status, _, error) = segkit(folder.path(), &["-o", "out/pipe"]);
    assert_eq!(status, 0, "{error}");
    assert_eq!(reader.join().unwrap(), segkit(folder.path(), &[]).1);
    assert!(!std::fs::symlink_metadata(&pipe).unwrap().is_file());
}

#[test]
fn an_input_is_not_overwritten() {
    let folder = folder(2);
    let at = |name: &str| folder.path().join(name);
    std::fs::hard_link(at("contacts.csv"), at("hard.csv")).unwrap();
    symlink(at("contacts.csv"), at("soft.csv")).unwrap();
    std::fs::write(at("lists.csv"), "id,name\n1,L\n").unwrap();
    std::fs::copy(at("contacts.csv"), at("part-002.csv")).unwrap();
    let before = names(folder.path());
    for more in [
        &["-o", "contacts.csv"][..],
        &["-o", "everyone.json"],
        &["-o", "./out/../contacts.csv"],
        &["-o", "hard.csv"],
        &["-o", "soft.csv"],
        &["-o", "lists.csv", "--lists", "lists.csv"],
        &["-o", "part.csv", "--split", "1", "--lists", "part-002.csv"],
    ] {
        let (status, _, error) = segkit(folder.path(), more);
        assert_eq!(status, 2, "{more:?}");
        assert!(error.contains("can't be written to as well"), "{more:?}: {error}");
    }
    assert_eq!(names(folder.path()), before);
    assert!(std::fs::read_to_string(at("contacts.csv")).unwrap().ends_with(&row(1)));
}

#[test]
fn what_cannot_be_split() {
    let folder = folder(2);
    for (more, part) in [
        (&["--split", "1"][..], "--split wants --output FILE"),
        (&["--split", "1", "-o", "-"], "is no file that could be numbered"),
        (&["--split", "1", "-o", "/dev/null"], "is no file that could be numbered"),
        (&["--split", "1", "-o", "out/x", "-f", "count"], "--split goes with"),
        (&["--split", "0", "-o", "out/x"], "invalid value '0'"),
        (&["--bom", "-f", "jsonl"], "--bom goes with --format csv only"),
        (&["-o", "out"], "out can't be written: is a directory"),
        (&["-o", "nowhere/x.csv"], "nowhere/x.csv can't be written: No such file"),
    ] {
        let (status, _, error) = segkit(folder.path(), more);
        assert_eq!(status, 2, "{more:?}");
        assert!(error.contains(part), "{more:?}: {error}");
    }
    assert_eq!(names(&folder.path().join("out")), [""; 0]);
}

#[test]
fn parts_are_whole_lists() {
    let folder = folder(5);
    for (format, end, expected) in [
        ("csv", "csv", "contact_id,email\nc00000004,person00000004@example.com\n"),
        ("ids", "txt", "c00000004\n"),
        (
            "jsonl",
            "jsonl",
            "{\"contact_id\":\"c00000004\",\"email\":\"person00000004@example.com\"}\n",
        ),
        (
            "json",
            "json",
            "[\n  {\"contact_id\":\"c00000004\",\"email\":\"person00000004@example.com\"}\n]\n",
        ),
    ] {
        let target = format!("out/list.{end}");
        let (status, _, error) =
            segkit(folder.path(), &["-o", &target, "-f", format, "--split", "2"]);
        assert_eq!(status, 0, "{error}");
        let last = folder.path().join(format!("out/list-003.{end}"));
        assert_eq!(std::fs::read_to_string(last).unwrap(), expected);
    }
    assert_eq!(names(&folder.path().join("out")).len(), 12);
}

#[test]
fn a_byte_order_mark_begins_every_part() {
    let folder = folder(3);
    segkit(folder.path(), &["-o", "out/list.csv", "--bom", "--split", "2"]);
    for part in ["list-001.csv", "list-002.csv"] {
        let text = std::fs::read_to_string(folder.path().join("out").join(part)).unwrap();
        assert!(text.starts_with("\u{feff}contact_id,email\n"), "{text}");
        assert_eq!(text.matches('\u{feff}').count(), 1);
    }
}
