//! Many segments in one run: the same members as one by one, in one list or in a file each, all of
//! them or none.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command as Process;

const PROGRAM: &str = env!("CARGO_BIN_EXE_segkit");

/// Criteria for contacts of a state, as one line.
fn of_state(name: &str, state: &str) -> String {
    let leaf = format!(r#"{{"source":"contact","field":"state","op":"eq","value":"{state}"}}"#);
    let name = if name.is_empty() { String::new() } else { format!(r#""name":"{name}","#) };
    format!(r#"{{{name}"criteria":{{"type":"and","group":[{leaf}]}}}}"#) + "\n"
}

const STATES: [&str; 3] = ["MA", "RI", "CT"];

/// A folder with two files of criteria, contacts, and activities of every tenth of them.
fn folder(contacts: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    write("states.jsonl", of_state("Massachusetts", "MA") + &of_state("", "RI"));
    write("ct.json", of_state("CT: \\\"nutmeg\\\"/all", "CT"));
    let opened = r#"{"source":"tracking","field":"opened","op":"eq","value":"K1"}"#;
    write("opened.json", opened.to_owned());
    let row = |at: usize| format!("c{at:08},person{at:08}@example.com,{}\n", STATES[at % 3]);
    write("contacts.csv", "contact_id,email,state\n".to_owned() + &rows(contacts, 1, row));
    let open = |at: usize| format!("c{at:08},K1,em_opens,2024-03-02T10:00:00Z\n");
    let head = "contact_id,campaign_activity_id,tracking_activity_type,created_time\n";
    write("tracking.csv", head.to_owned() + &rows(contacts, 10, open));
    folder
}

fn rows(count: usize, step: usize, row: impl Fn(usize) -> String) -> String {
    (0..count).step_by(step).map(row).collect()
}

const FILES: [&str; 3] = ["states.jsonl", "ct.json", "opened.json"];

fn eval(folder: &Path, criteria: &[&str], more: &[&str]) -> (i32, Vec<u8>, String) {
    let run = Command::new(PROGRAM)
        .current_dir(folder)
        .arg("eval")
        .args(criteria)
        .args(["-c", "contacts.csv", "-t", "tracking.csv", "--as-of", "2024-06-01", "-q"])
        .args(more)
        .output()
        .unwrap();
    (run.status.code().unwrap(), run.stdout, String::from_utf8(run.stderr).unwrap())
}

/// What a folder holds, hidden files too.
fn held(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let named = |entry: std::fs::DirEntry| {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        (entry.file_name().into_string().unwrap(), text)
    };
    entries.map(named).collect()
}

fn names(folder: &Path) -> Vec<String> {
    held(folder).into_keys().collect()
}

/// The lists of the segments, one run each.
fn one_by_one(folder: &Path) -> BTreeMap<&'static str, String> {
    let runs = [
        ("Massachusetts", "states.jsonl", "1"),
        ("states-2", "states.jsonl", "2"),
        ("CT-nutmeg-all", "ct.json", "1"),
        ("opened", "opened.json", "1"),
    ];
    let list = |(name, file, number)| {
        let (status, out, error) = eval(folder, &[file], &["--segment", number]);
        assert_eq!((status, error.as_str()), (0, ""), "{name}");
        (name, String::from_utf8(out).unwrap())
    };
    runs.into_iter().map(list).collect()
}

#[test]
fn each_file_holds_what_a_run_of_its_own_would() {
    let folder = folder(3_000);
    let (status, out, error) = eval(folder.path(), &FILES, &["--output-dir", "lists"]);
    assert_eq!((status, out.len(), error.as_str()), (0, 0, ""));
    let expected: BTreeMap<String, String> = one_by_one(folder.path())
        .into_iter()
        .map(|(name, text)| (format!("{name}.csv"), text))
        .collect();
    assert_eq!(held(&folder.path().join("lists")), expected);
}

#[test]
fn one_list_holds_the_same_in_the_order_of_the_contacts() {
    let folder = folder(300);
    let (status, out, error) = eval(folder.path(), &FILES, &[]);
    assert_eq!((status, error.as_str()), (0, ""));
    let mut reader = csv::Reader::from_reader(out.as_slice());
    assert_eq!(reader.headers().unwrap(), vec!["segment", "contact_id", "email"]);
    let rows: Vec<(String, String, String)> = reader.deserialize().map(Result::unwrap).collect();
    let ids: Vec<&str> = rows.iter().map(|(_, id, _)| id.as_str()).collect();
    assert!(ids.is_sorted());
    for (label, name) in [
        ("Massachusetts", "Massachusetts"),
        ("states#2", "states-2"),
        ("CT: \"nutmeg\"/all", "CT-nutmeg-all"),
        ("opened", "opened"),
    ] {
        let of_label = rows.iter().filter(|(of, _, _)| of == label);
        let list: String = of_label.map(|(_, id, email)| format!("{id},{email}\n")).collect();
        let alone = one_by_one(folder.path())[name].clone();
        assert_eq!(format!("contact_id,email\n{list}"), alone, "{label}");
    }
}

#[test]
fn threads_change_nothing() {
    let folder = folder(60_000);
    let [one, three] = ["1", "3"].map(|threads| {
        let (status, out, error) = eval(folder.path(), &FILES, &["-j", threads]);
        assert_eq!((status, error.as_str()), (0, ""), "{threads}");
        out
    });
    assert!(one.len() > 1_000_000 && one == three);
}

#[test]
fn nothing_appears_unless_everything_does() {
    let folder = folder(3_000);
    let path = folder.path();
    let contacts = std::fs::read_to_string(path.join("contacts.csv")).unwrap();
    std::fs::write(path.join("contacts.csv"), contacts + "c9,one,two,three,four\n").unwrap();
    let (status, _, error) = eval(path, &FILES, &["--output-dir", "lists"]);
    assert_eq!(status, 2, "{error}");
    assert!(!path.join("lists").exists());
    std::fs::create_dir(path.join("lists")).unwrap();
    std::fs::write(path.join("lists/Massachusetts.csv"), "before").unwrap();
    let (status, _, error) = eval(path, &FILES, &["--output-dir", "lists"]);
    assert_eq!(status, 2, "{error}");
    let before = [("Massachusetts.csv".to_owned(), "before".to_owned())];
    assert_eq!(held(&path.join("lists")), before.clone().into());
    // A part that an earlier run left keeps all lists from appearing, not only its own.
    let more = ["--output-dir", "lists", "--split", "900", "--on-bad-row", "skip"];
    std::fs::write(path.join("lists/opened-002.csv"), "stray").unwrap();
    let (status, _, error) = eval(path, &FILES, &more);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("opened-002.csv would pass for a part"), "{error}");
    assert_eq!(names(&path.join("lists")), ["Massachusetts.csv", "opened-002.csv"]);
}

#[test]
fn each_list_is_split() {
    let folder = folder(300);
    let criteria = ["states.jsonl", "opened.json"];
    let more = ["--output-dir", "lists", "--split", "60", "-f", "ids"];
    let (status, _, error) = eval(folder.path(), &criteria, &more);
    assert_eq!((status, error.as_str()), (0, ""));
    let held = held(&folder.path().join("lists"));
    let lines: Vec<(&str, usize)> =
        held.iter().map(|(name, text)| (name.as_str(), text.lines().count())).collect();
    assert_eq!(
        lines,
        [
            ("Massachusetts-001.txt", 60),
            ("Massachusetts-002.txt", 40),
            ("opened-001.txt", 30),
            ("states-2-001.txt", 60),
            ("states-2-002.txt", 40),
        ]
    );
}

/// More files than the program may have open at once.
#[test]
fn there_may_be_more_segments_than_files_can_be_open() {
    let folder = folder(30);
    let path = folder.path();
    let many: String =
        (0..300).map(|at| of_state(&format!("number {at}"), STATES[at % 3])).collect();
    std::fs::write(path.join("many.jsonl"), many).unwrap();
    for (split, first) in [("", "number-0.csv"), ("--split 4", "number-0-001.csv")] {
        let command = format!(
            "ulimit -n 64; exec '{PROGRAM}' eval many.jsonl -c contacts.csv --as-of 2024-06-01 -q \
             --output-dir lists {split}"
        );
        let run = Process::new("sh").args(["-c", &command]).current_dir(path).output().unwrap();
        let error = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{error}");
        let held = held(&path.join("lists"));
        assert_eq!(held.len(), if split.is_empty() { 300 } else { 900 });
        let ids = held[first].lines().filter_map(|line| line.split(',').next());
        let ids: Vec<&str> = ids.take(5).collect();
        assert_eq!(ids, ["contact_id", "c00000000", "c00000003", "c00000006", "c00000009"]);
        std::fs::remove_dir_all(path.join("lists")).unwrap();
    }
}

#[test]
fn the_stages_are_timed() {
    let folder = folder(30);
    std::fs::write(
        folder.path().join("recent.json"),
        r#"{"source":"tracking","field":"opened","op":"contains-any","const_value":"last-n-campaigns","param":1}"#,
    )
    .unwrap();
    for (criteria, stages) in [
        (&["ct.json"][..], &["opening", "contacts", "writing", "total", "2 threads;"][..]),
        (&FILES, &["opening", "activities", "contacts", "writing", "total", "2 threads;"]),
        (
            &["recent.json"],
            &[
                "opening",
                "contact keys",
                "send times",
                "activities",
                "contacts",
                "writing",
                "total",
                "2 threads;",
            ],
        ),
    ] {
        let (status, _, error) = eval(folder.path(), criteria, &["--timings", "-j", "2"]);
        let lines = error.lines().filter_map(|line| line.strip_prefix("segkit: timings: "));
        let mut lines = lines.collect::<Vec<_>>().into_iter();
        assert_eq!(status, 0, "{error}");
        let head: Vec<_> = lines.next().unwrap_or_default().split("  ").map(str::trim).collect();
        let head: Vec<_> = head.into_iter().filter(|cell| !cell.is_empty()).collect();
        let columns =
            ["wall s", "MB", "MB/s", "reading s", "evaluating s", "gathering s", "listing s"];
        assert_eq!(head, columns);
        assert!(
            lines.len() == stages.len() && lines.zip(stages).all(|(line, of)| line.starts_with(of)),
            "{error}"
        );
    }
}

#[test]
fn a_folder_is_not_written_where_rejects_go() {
    let folder = folder(3);
    let more = ["--on-bad-row", "skip", "--rejects", "Massachusetts.csv", "--output-dir", "."];
    let (status, _, error) = eval(folder.path(), &FILES, &more);
    assert_eq!(status, 2);
    assert!(error.contains("can't be both the list and the rejects"), "{error}");
}
