//! The catalog through the real binary: many writers at once, processes killed at any moment, titles
//! that would make bad names of files, and segments of the catalog where others take criteria.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

/// How often something is done: few times in every run of the tests, as often as a variable says
/// where it is looked at closely.
fn times(variable: &str, few: usize) -> usize {
    std::env::var(variable).ok().map_or(few, |times| times.parse().unwrap())
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("segments")
    }

    fn command(&self, arguments: &[&str]) -> Command {
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

    fn run(&self, arguments: &[&str], body: &str) -> Output {
        let mut child = self.command(arguments).spawn().unwrap();
        child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Does a verb that is answered with JSON.
    fn answer(&self, arguments: &[&str], body: &str) -> Value {
        let output = self.run(arguments, body);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    fn files(&self) -> BTreeSet<String> {
        let names = fs::read_dir(self.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| !name.starts_with('.')).collect()
    }

    fn details(&self) -> Vec<Value> {
        let read = |name: String| fs::read(self.path().join(name)).unwrap();
        self.files().into_iter().map(|name| serde_json::from_slice(&read(name)).unwrap()).collect()
    }
}

fn body(name: &str, state: &str) -> String {
    let criteria = json!({ "version": "1.0.0", "criteria": { "type": "and", "group": [
        { "source": "contact", "field": "state", "op": "eq", "value": state },
    ] } });
    json!({ "name": name, "segment_criteria": criteria.to_string() }).to_string()
}

/// The keys of an object, in its order.
fn keys(value: &Value) -> Vec<&String> {
    value.as_object().unwrap().keys().collect()
}

#[test]
fn writers_lose_nothing() {
    const WRITERS: usize = 8;
    let writes = times("SEGKIT_WRITES", 12);
    let folder = Folder::new();
    let written: Vec<Vec<(Value, String)>> = thread::scope(|scope| {
        let folder = &folder;
        let writer = |writer: usize| {
            let mut made: Vec<(Value, String)> = Vec::new();
            for number in 0..writes {
                let name = format!("writer {writer}, {number}");
                // Every other write changes what the one before made.
                match made.last_mut().filter(|_| number % 2 == 1) {
                    Some((id, last)) => {
                        let id = id.to_string();
                        let arguments = ["update", &id, "-", "--lock-wait", "300"];
                        folder.answer(&arguments, &body(&name, "RI"));
                        *last = name;
                    }
                    None => {
                        let arguments = ["create", "-", "--lock-wait", "300"];
                        let answer = folder.answer(&arguments, &body(&name, "MA"));
                        made.push((answer["segment_id"].clone(), name));
                    }
                }
            }
            made
        };
        let writers: Vec<_> =
            (0..WRITERS).map(|number| scope.spawn(move || writer(number))).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let details = folder.details();
    let made = writes.div_ceil(2) * WRITERS;
    assert_eq!(details.len(), made);
    let ids: BTreeSet<u64> =
        details.iter().map(|one| one["segment_id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (1..=made as u64).collect());
    for (id, name) in written.into_iter().flatten() {
        let stored = details.iter().find(|one| one["segment_id"] == id).unwrap();
        assert_eq!(stored["name"], name.as_str());
    }
    assert!(folder.run(&["check"], "").status.success());
}

/// A rename takes a segment's file from one name to another; who lists the segments meanwhile must see
/// it once, whenever he looks.
#[test]
fn readers_miss_nothing_that_is_renamed() {
    let (segments, lists) = (6, times("SEGKIT_LISTS", 15));
    let folder = Folder::new();
    for number in 0..segments {
        folder.answer(&["create", "-"], &body(&format!("segment {number}"), "MA"));
    }
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in (0..segments).cycle() {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                let id = (number + 1).to_string();
                for turn in ["a", "z"] {
                    folder.answer(&["rename", &id, &format!("{turn} {number}")], "");
                }
            }
        });
        // Nothing is looked at before the other is told to end, or a failure would wait for it forever.
        let listed: Vec<Output> = (0..lists).map(|_| folder.run(&["list"], "")).collect();
        done.store(true, Ordering::Relaxed);
        for output in listed {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let list: Value = serde_json::from_slice(&output.stdout).unwrap();
            let rows = list["segments"].as_array().unwrap();
            let ids: BTreeSet<u64> =
                rows.iter().map(|row| row["segment_id"].as_u64().unwrap()).collect();
            assert_eq!((rows.len(), ids.len()), (segments, segments), "{list}");
        }
    });
}

#[test]
fn whoever_waits_too_long_is_told_who_writes() {
    let folder = Folder::new();
    folder.answer(&["create", "-"], &body("A", "MA"));
    let lock = folder.path().join(".segkit/lock");
    fs::write(&lock, "process 7 (segkit catalog update)").unwrap();
    let held = fs::OpenOptions::new().write(true).open(&lock).unwrap();
    held.lock().unwrap();
    let refused = folder.run(&["delete", "1", "--lock-wait", "0.1"], "");
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("written to by process 7 (segkit catalog update)"), "{said}");
    // Who only reads waits for nobody.
    assert_eq!(folder.answer(&["show", "1"], "")["name"], "A");
    drop(held);
    assert!(folder.run(&["delete", "1"], "").status.success());
}

#[test]
fn a_kill_leaves_every_file_whole() {
    let kills = times("SEGKIT_KILLS", 40);
    let folder = Folder::new();
    let (one, other) = (body("One name", "MA"), body("Another name", "RI"));
    folder.answer(&["create", "-"], &one);
    let old = fs::read(folder.path().join("one-name.1.json")).unwrap();
    let begun = Instant::now();
    folder.answer(&["update", "1", "-"], &other);
    // From before the lock to behind the rename, at another place each time.
    let longest = begun.elapsed() * 3 / 2;
    let (mut done, mut last) = (0, 1);
    let new = fs::read(folder.path().join("another-name.1.json")).unwrap();
    for number in 0..kills {
        let body = if last == 1 { &one } else { &other };
        let mut child = folder.command(&["update", "1", "-"]).spawn().unwrap();
        child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
        thread::sleep(longest * (number as u32 * 397 % 1000) / 1000);
        child.kill().unwrap();
        child.wait().unwrap();
        let files = folder.files();
        assert_eq!(files.len(), 1, "{files:?}");
        for name in files {
            let found = fs::read(folder.path().join(&name)).unwrap();
            assert!(found == old || found == new, "{name}: {}", String::from_utf8_lossy(&found));
            let now = usize::from(found == new);
            done += usize::from(now != last);
            last = now;
        }
    }
    assert!(done > 0 && done < kills, "{done} of {kills} came to their end");
    // What may be left beside it hurts nobody, and goes.
    assert!(folder.run(&["check", "--fix"], "").status.success());
    let left = fs::read_dir(folder.path()).unwrap();
    let left: BTreeSet<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn titles_are_stored_safely_and_shown_truly() {
    let folder = Folder::new();
    let long = "é".repeat(300);
    let titles =
        ["../x", "CON", "con ", "con.", "🎉", "a/b\\c", ".", long.as_str(), "\u{202e}fdp", "-rf *"];
    for title in titles.into_iter().filter(|title| *title != "con ") {
        let answer = folder.answer(&["create", "-"], &body(title, "MA"));
        assert_eq!(answer["name"], title);
        assert_eq!(folder.answer(&["show", &answer["segment_id"].to_string()], "")["name"], title);
    }
    // The vendor takes titles that differ in case, or in blanks around them, for one.
    assert_eq!(folder.run(&["create", "-"], &body("con ", "MA")).status.code(), Some(1));
    let files = folder.files();
    assert_eq!(files.len(), titles.len() - 1);
    let folded: BTreeSet<String> = files.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), files.len(), "{files:?}");
    for name in &files {
        assert!(name.len() < 150 && !name.starts_with(['-', '.']), "{name}");
        assert!(name.chars().all(|c| c.is_alphanumeric() || "-.".contains(c)), "{name}");
    }
    // Nothing was written beside the folder.
    assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1);
}

#[test]
fn what_is_refused_begins_no_catalog() {
    let folder = Folder::new();
    // Of a text that tells no dialect nobody can say how the vendor would refuse it.
    for (body, code) in [(body("", "MA"), 1), ("{".to_owned(), 2)] {
        assert_eq!(folder.run(&["create", "-"], &body).status.code(), Some(code), "{body}");
        assert!(!folder.path().exists(), "{body}");
    }
    folder.answer(&["create", "-"], &body("A", "MA"));
    assert_eq!(folder.files().len(), 1);
}

#[test]
fn what_people_wrote_stays() {
    let folder = Folder::new();
    folder.answer(&["create", "-"], &body("A", "MA"));
    let path = folder.path().join("a.1.json");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace(
        "\"segment_id\": 1",
        "\"owner\": {\"team\": \"caf\\u00e9\", \"weight\": 1.50},\n  \"segment_id\": 1",
    );
    fs::write(&path, text).unwrap();
    folder.answer(&["rename", "1", "B"], "");
    let text = fs::read_to_string(folder.path().join("b.1.json")).unwrap();
    assert!(text.contains("\"team\": \"caf\\u00e9\",\n    \"weight\": 1.50"), "{text}");
    let value: Value = serde_json::from_str(&text).unwrap();
    let expected = ["name", "segment_criteria", "segment_id", "created_at", "edited_at", "owner"];
    assert_eq!(keys(&value), expected);
}

#[test]
fn a_broken_file_hurts_no_other() {
    let folder = Folder::new();
    folder.answer(&["create", "-"], &body("A", "MA"));
    fs::write(folder.path().join("b.2.json"), "{\"name\": \"B\",\n \"segment_id\": 2,}").unwrap();
    let list = folder.run(&["list"], "");
    assert_eq!(list.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(answer["segments"].as_array().unwrap().len(), 1);
    assert!(String::from_utf8_lossy(&list.stderr).contains("b.2.json:2:17"));
    // The id that its name says is taken.
    assert_eq!(folder.answer(&["create", "-"], &body("C", "MA"))["segment_id"], 3);
    assert_eq!(folder.run(&["show", "2"], "").status.code(), Some(2));
    assert_eq!(folder.run(&["update", "1", "-"], &body("A", "RI")).status.code(), Some(0));
    assert_eq!(folder.run(&["check"], "").status.code(), Some(1));
}

#[test]
fn one_id_of_two_branches_is_given_to_the_older() {
    let folder = Folder::new();
    folder.answer(&["create", "-"], &body("A", "MA"));
    let text = fs::read_to_string(folder.path().join("a.1.json")).unwrap();
    let older = text.replace("\"A\"", "\"B\"").replace("\"2024-06-01", "\"2023-06-01");
    fs::write(folder.path().join("b.1.json"), older).unwrap();
    let found = folder.run(&["check"], "");
    assert_eq!(found.status.code(), Some(1));
    let said = String::from_utf8(found.stdout).unwrap();
    assert!(said.contains("a.1.json: error: the id 1 stands in `b.1.json` as well"), "{said}");
    let ambiguous = folder.run(&["show", "1"], "");
    assert_eq!(ambiguous.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ambiguous.stderr).contains("a.1.json and b.1.json"));
    assert!(folder.run(&["check", "--fix"], "").status.success());
    assert_eq!(folder.files().into_iter().collect::<Vec<_>>(), ["a.2.json", "b.1.json"]);
    assert_eq!(folder.answer(&["show", "2"], "")["name"], "A");
    assert!(folder.run(&["check"], "").status.success());
}

#[test]
fn an_unhelpful_name_is_no_hindrance() {
    let folder = Folder::new();
    folder.answer(&["create", "-"], &body("A", "MA"));
    fs::rename(folder.path().join("a.1.json"), folder.path().join("mine.json")).unwrap();
    assert_eq!(folder.answer(&["show", "1"], "")["name"], "A");
    // A name that says another file's id is no proof of it.
    folder.answer(&["create", "-"], &body("B", "MA"));
    fs::rename(folder.path().join("b.2.json"), folder.path().join("x.1.json")).unwrap();
    assert_eq!(folder.answer(&["show", "1"], "")["name"], "A");
    assert_eq!(folder.answer(&["show", "2"], "")["name"], "B");
    folder.answer(&["update", "1", "-"], &body("A", "RI"));
    assert_eq!(folder.files().into_iter().collect::<Vec<_>>(), ["a.1.json", "x.1.json"]);
}

/// The answers that the vendor's pages show, key by key.
#[test]
fn answers_are_those_of_the_pages() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages/constant-contact");
    let page = |name: &str| fs::read_to_string(pages.join(name)).unwrap();
    for (request, response, instant) in [
        ("create-request.json", "create-response.json", "2019-12-18T16:30:35Z"),
        ("overview-create-escaped.json", "overview-create-response.json", "2019-12-18T16:30:35Z"),
        ("create-curl-body.json", "create-code-response.json", "2020-01-21T15:25:52Z"),
    ] {
        let folder = Folder::new();
        let expected: Value = serde_json::from_str(&page(response)).unwrap();
        let before = expected["segment_id"].as_u64().unwrap() - 1;
        let text = page(response).replace("Opened", "Started");
        let id = expected["segment_id"].to_string();
        folder.answer(&["import", "-"], &text.replace(&id, &before.to_string()));
        let mut command = Command::new(env!("CARGO_BIN_EXE_segkit"));
        command.current_dir(folder.0.path()).args(["catalog", "create", "--catalog", "segments"]);
        let output = command
            .args(["--no-config", "--as-of", instant])
            .arg(pages.join(request))
            .output()
            .unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer.to_string(), expected.to_string(), "{request}");
    }
}
