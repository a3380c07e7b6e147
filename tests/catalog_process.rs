//! How far EngageLab's calculation of a segment is, through the real binary: other processes see it while it
//! runs, and neither they nor a kill can make it say what is not so.

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

struct Folder {
    folder: tempfile::TempDir,
    id: String,
}

impl Folder {
    /// A catalog with a segment of those who opened a campaign, another segment, and a member.
    fn new() -> Self {
        let mut folder = Self { folder: tempfile::tempdir().unwrap(), id: String::new() };
        let member = json!({ "id": "m1", "email": "1@example.com" });
        fs::write(folder.folder.path().join("members.jsonl"), format!("{member}\n")).unwrap();
        folder.answer(&["create", "-"], &body("Others", 7002));
        let answer = folder.answer(&["create", "-"], &body("Openers", 7001));
        folder.id = answer["result"]["segment_id"].as_str().unwrap().to_owned();
        folder
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segkit"));
        command
            .current_dir(self.folder.path())
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
        // Who is refused may end before it has read.
        let _ = child.stdin.take().unwrap().write_all(body.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn answer(&self, arguments: &[&str], body: &str) -> Value {
        let output = self.run(arguments, body);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    fn process(&self) -> Value {
        self.answer(&["process", &self.id], "")["result"].clone()
    }

    fn shown(&self) -> Value {
        self.answer(&["show", &self.id], "")["result"].clone()
    }

    /// Begins a calculation that waits for more of what was done.
    fn begin(&self) -> Child {
        let arguments = ["calculate", &self.id, "-c", "members.jsonl", "-t", "-"];
        let mut child = self.command(&arguments).spawn().unwrap();
        let stdin = child.stdin.as_mut().unwrap();
        // More than is read ahead to tell what kind of file it is.
        for number in 1..4_000 {
            writeln!(stdin, "{}", opened(number)).unwrap();
        }
        stdin.flush().unwrap();
        let begun = Instant::now();
        while self.process()["percent"].as_u64().unwrap() == 0 {
            assert!(begun.elapsed() < Duration::from_secs(60), "{}", self.process());
            thread::sleep(Duration::from_millis(10));
        }
        child
    }
}

fn opened(number: u32) -> Value {
    json!({ "contact_id": format!("m{number}"), "campaign_id": 7001, "type": "open",
        "at": "2023-11-01T12:00:00+0800" })
}

fn body(name: &str, campaign: u32) -> String {
    let item =
        json!({ "campaign_id": campaign, "field_name": "campaign", "op": "==", "value": "open" });
    let condition = json!({ "relation": "and", "items": [item] });
    json!({ "segment_name": name, "type": 1, "condition": condition }).to_string()
}

/// Ends what was done, and waits for the answer.
fn end(mut child: Child) -> Output {
    drop(child.stdin.take());
    child.wait_with_output().unwrap()
}

#[test]
fn others_see_how_far_it_is() {
    let folder = Folder::new();
    let child = folder.begin();
    let process = folder.process();
    assert_eq!(process["complete"], false);
    let words = "is being segmented, please do not use this segment to send mail";
    assert_eq!(process["statusDesc"], words);
    let shown = folder.shown();
    assert_eq!(
        (&shown["status"], &shown["process"]["percent"]),
        (&json!("1"), &process["percent"])
    );
    let second = folder.run(&["calculate", &folder.id, "-c", "members.jsonl"], "");
    assert_eq!(second.status.code(), Some(2));
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(said.contains("is being calculated by another process"), "{said}");
    // Nobody who writes to the catalog waits for it.
    folder.answer(
        &["remove-members", &folder.id, "-", "--lock-wait", "0"],
        r#"{"member_ids":["m9"]}"#,
    );
    let output = end(child);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("was changed while it was calculated"), "{said}");
    assert_eq!((output.status.code(), &folder.shown()["status"]), (Some(2), &json!("1")));
    let output = end(folder.begin());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&answer["result"]["status"], &answer["result"]["member_total"]),
        (&json!("2"), &json!(1))
    );
    assert_eq!(
        folder.process(),
        json!({ "percent": 100, "complete": true, "statusDesc": "segmentation completed" })
    );
}

#[test]
fn one_that_was_killed_is_none() {
    let folder = Folder::new();
    let mut child = folder.begin();
    child.kill().unwrap();
    child.wait().unwrap();
    let process = folder.process();
    assert_eq!((&process["percent"], &process["complete"]), (&json!(0), &json!(false)));
    let output = end(folder.begin());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.shown()["member_total"], 1);
}

#[test]
fn what_is_deleted_meanwhile_stays_deleted() {
    let folder = Folder::new();
    let child = folder.begin();
    folder.answer(&["delete", &folder.id], "");
    let output = end(child);
    assert_eq!(output.status.code(), Some(1));
    let refusal: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(refusal, json!({ "code": 30036, "message": "not found" }));
    let names = fs::read_dir(folder.folder.path().join("segments")).unwrap();
    let names: Vec<_> =
        names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.starts_with("openers")), "{names:?}");
}

#[test]
fn what_is_invalid_fails() {
    let folder = Folder::new();
    let file = format!("segments/openers.{}.json", folder.id);
    let file = folder.folder.path().join(file);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"open\"", "\"opened\"")).unwrap();
    let output = folder.run(&["calculate", &folder.id, "-c", "members.jsonl"], "");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("`opened` is nothing that a campaign item asks"), "{said}");
    assert_eq!((output.status.code(), &folder.shown()["status"]), (Some(1), &json!("-1")));
}
