//! A calculation of a segment of Campaign Monitor's while other processes ask for the segment.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const ID: &str = "dba84a225d5ce3d19105d7257baac46f";

struct Folder(tempfile::TempDir);

impl Folder {
    /// A catalog with one segment.
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let details = json!({
            "ActiveSubscribers": 0,
            "RuleGroups": [group("CONTAINS @example.com")],
            "ListID": "a58ee1d3039b8bec838e6d1482a8a965",
            "SegmentID": ID,
            "Title": "Readers",
        });
        fs::create_dir(folder.0.path().join("segments")).unwrap();
        let file = folder.0.path().join(format!("segments/readers.{ID}.json"));
        fs::write(file, details.to_string()).unwrap();
        folder
    }

    fn begin(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_segkit"))
            .current_dir(self.0.path())
            .args(["--no-config", "catalog", "--catalog", "segments"])
            .args(arguments)
            .args(["--as-of", "2024-06-01"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn run(&self, arguments: &[&str], input: &Value) -> Output {
        end(self.begin(arguments), &input.to_string())
    }

    /// Begins a calculation that waits for its contacts, and waits until others see it.
    fn calculate(&self) -> Child {
        let running = self.begin(&["calculate", ID, "--contacts", "-"]);
        let patience = Instant::now() + Duration::from_secs(60);
        loop {
            // Refused for its title as long as nothing is calculated: it changes nothing either way.
            let refused = code(&self.run(&["update", ID, "-"], &json!({ "Title": "" })));
            match refused {
                278 => return running,
                _ if Instant::now() > patience => panic!("never seen, but {refused}"),
                _ => thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    fn show(&self) -> Value {
        serde_json::from_slice(&self.run(&["show", ID], &Value::Null).stdout).unwrap()
    }
}

fn group(clause: &str) -> Value {
    json!({ "Rules": [{ "RuleType": "EmailAddress", "Clause": clause }] })
}

/// Gives a process its input, and waits for it.
fn end(mut process: Child, input: &str) -> Output {
    // One that refuses may end before it has read its input.
    let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
    process.wait_with_output().unwrap()
}

fn code(output: &Output) -> i64 {
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["Code"].as_i64().unwrap()
}

const CONTACTS: &str = "EmailAddress,Name,Date,State\n\
    one@example.com,One,2024-01-01,Active\n\
    two@example.com,Two,2024-01-01,Active\n\
    three@example.org,Three,2024-01-01,Active\n";

#[test]
fn nothing_is_updated_while_it_runs() {
    let folder = Folder::new();
    let running = folder.calculate();
    let renamed = json!({ "Title": "Renamed" });
    let refused = folder.run(&["update", ID, "-"], &renamed);
    assert_eq!(code(&refused), 278);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("is being calculated"), "{said}");
    assert_eq!(
        (&folder.show()["Title"], &folder.show()["ActiveSubscribers"]),
        (&json!("Readers"), &json!(0))
    );
    let ended = end(running, CONTACTS);
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(folder.show()["ActiveSubscribers"], 2);
    assert!(folder.run(&["update", ID, "-"], &renamed).status.success());
    assert_eq!(
        (&folder.show()["Title"], &folder.show()["ActiveSubscribers"]),
        (&json!("Renamed"), &json!(2))
    );
}

#[test]
fn a_count_by_older_rules_is_not_kept() {
    let folder = Folder::new();
    let running = folder.calculate();
    // The vendor's page has no 278 for this.
    assert!(folder.run(&["add-rules", ID, "-"], &group("CONTAINS one")).status.success());
    let ended = end(running, CONTACTS);
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("was changed while it was calculated"), "{said}");
    assert_eq!(folder.show()["ActiveSubscribers"], 0);
    assert_eq!(folder.show()["RuleGroups"].as_array().unwrap().len(), 2);
}

#[test]
fn a_killed_one_hinders_nobody() {
    let folder = Folder::new();
    let mut running = folder.calculate();
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(folder.run(&["update", ID, "-"], &json!({ "Title": "Renamed" })).status.success());
    let counted = end(folder.begin(&["calculate", ID, "--contacts", "-"]), CONTACTS);
    assert!(counted.status.success(), "{}", String::from_utf8_lossy(&counted.stderr));
    assert_eq!(folder.show()["ActiveSubscribers"], 2);
}
