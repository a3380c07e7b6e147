//! How far EngageLab's calculation of a segment is, through the real binary: other processes see it while it
//! runs, and neither they nor a kill can make it say what is not so.

use crate::folder::{Folder, end, said_by};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// A catalog with a segment of those who opened a campaign, another segment, and a member.
struct Openers {
    folder: Folder,
    id: String,
}

impl Openers {
    fn new() -> Self {
        let folder = Folder::new();
        let member = json!({ "id": "m1", "email": "1@example.com" });
        fs::write(folder.outside().join("members.jsonl"), format!("{member}\n")).unwrap();
        folder.answer(&["create", "-"], &body("Others", 7002));
        let answer = folder.answer(&["create", "-"], &body("Openers", 7001));
        let id = answer["result"]["segment_id"].as_str().unwrap().to_owned();
        Self { folder, id }
    }

    fn process(&self) -> Value {
        self.folder.answer(&["process", &self.id], "")["result"].clone()
    }

    fn shown(&self) -> Value {
        self.folder.answer(&["show", &self.id], "")["result"].clone()
    }

    /// Begins a calculation that waits for more of what was done.
    fn begin(&self) -> Child {
        let arguments = ["calculate", &self.id, "-c", "members.jsonl", "-t", "-"];
        let mut child = self.folder.begin(&arguments);
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

#[test]
fn others_see_how_far_it_is() {
    let openers = Openers::new();
    let child = openers.begin();
    let process = openers.process();
    assert_eq!(process["complete"], false);
    let words = "is being segmented, please do not use this segment to send mail";
    assert_eq!(process["statusDesc"], words);
    let shown = openers.shown();
    assert_eq!(
        (&shown["status"], &shown["process"]["percent"]),
        (&json!("1"), &process["percent"])
    );
    let second = openers.folder.run(&["calculate", &openers.id, "-c", "members.jsonl"], "");
    assert_eq!(second.status.code(), Some(2));
    let said = said_by(&second);
    assert!(said.contains("is being calculated by another process"), "{said}");
    // Nobody who writes to the catalog waits for it.
    openers.folder.answer(
        &["remove-members", &openers.id, "-", "--lock-wait", "0"],
        r#"{"member_ids":["m9"]}"#,
    );
    let output = end(child, "");
    let said = said_by(&output);
    assert!(said.contains("was changed while it was calculated"), "{said}");
    assert_eq!((output.status.code(), &openers.shown()["status"]), (Some(2), &json!("1")));
    let output = end(openers.begin(), "");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&answer["result"]["status"], &answer["result"]["member_total"]),
        (&json!("2"), &json!(1))
    );
    assert_eq!(
        openers.process(),
        json!({ "percent": 100, "complete": true, "statusDesc": "segmentation completed" })
    );
}

#[test]
fn one_that_was_killed_is_none() {
    let openers = Openers::new();
    let mut child = openers.begin();
    child.kill().unwrap();
    child.wait().unwrap();
    let process = openers.process();
    assert_eq!((&process["percent"], &process["complete"]), (&json!(0), &json!(false)));
    let output = end(openers.begin(), "");
    assert!(output.status.success(), "{}", said_by(&output));
    assert_eq!(openers.shown()["member_total"], 1);
}

#[test]
fn what_is_deleted_meanwhile_stays_deleted() {
    let openers = Openers::new();
    let child = openers.begin();
    openers.folder.answer(&["delete", &openers.id], "");
    let output = end(child, "");
    assert_eq!(output.status.code(), Some(1));
    let refusal: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(refusal, json!({ "code": 30036, "message": "not found" }));
    let names = fs::read_dir(openers.folder.outside().join("segments")).unwrap();
    let names: Vec<_> =
        names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.starts_with("openers")), "{names:?}");
}

#[test]
fn what_is_invalid_fails() {
    let openers = Openers::new();
    let file = format!("segments/openers.{}.json", openers.id);
    let file = openers.folder.outside().join(file);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"open\"", "\"opened\"")).unwrap();
    let output = openers.folder.run(&["calculate", &openers.id, "-c", "members.jsonl"], "");
    let said = said_by(&output);
    assert!(said.contains("`opened` is nothing that a campaign item asks"), "{said}");
    assert_eq!((output.status.code(), &openers.shown()["status"]), (Some(1), &json!("-1")));
}
