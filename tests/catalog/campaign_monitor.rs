//! A calculation of a segment of Campaign Monitor's while other processes ask for the segment.

use crate::folder::{Folder, end, said_by};
use serde_json::{Value, json};
use std::process::{Child, Output};
use std::thread;
use std::time::{Duration, Instant};

const ID: &str = "dba84a225d5ce3d19105d7257baac46f";

/// A catalog with one segment.
fn with_readers() -> Folder {
    let folder = Folder::new();
    let details = json!({
        "ActiveSubscribers": 0,
        "RuleGroups": [group("CONTAINS @example.com")],
        "ListID": "a58ee1d3039b8bec838e6d1482a8a965",
        "SegmentID": ID,
        "Title": "Readers",
    });
    folder.put(&format!("readers.{ID}.json"), details.to_string());
    folder
}

/// Begins a calculation that waits for its contacts, and waits until others see it.
fn calculate(folder: &Folder) -> Child {
    let running = folder.begin(&["calculate", ID, "--contacts", "-"]);
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        // Refused for its title as long as nothing is calculated: it changes nothing either way.
        let refused = code(&update(folder, &json!({ "Title": "" })));
        match refused {
            278 => return running,
            _ if Instant::now() > patience => panic!("never seen, but {refused}"),
            _ => thread::sleep(Duration::from_millis(10)),
        }
    }
}

fn update(folder: &Folder, body: &Value) -> Output {
    folder.run(&["update", ID, "-"], &body.to_string())
}

fn show(folder: &Folder) -> Value {
    folder.answer(&["show", ID], "")
}

fn group(clause: &str) -> Value {
    json!({ "Rules": [{ "RuleType": "EmailAddress", "Clause": clause }] })
}

fn code(output: &Output) -> i64 {
    assert_eq!(output.status.code(), Some(1), "{}", said_by(output));
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["Code"].as_i64().unwrap()
}

const CONTACTS: &str = "EmailAddress,Name,Date,State\n\
    one@example.com,One,2024-01-01,Active\n\
    two@example.com,Two,2024-01-01,Active\n\
    three@example.org,Three,2024-01-01,Active\n";

#[test]
fn nothing_is_updated_while_it_runs() {
    let folder = with_readers();
    let running = calculate(&folder);
    let renamed = json!({ "Title": "Renamed" });
    let refused = update(&folder, &renamed);
    assert_eq!(code(&refused), 278);
    let said = said_by(&refused);
    assert!(said.contains("is being calculated"), "{said}");
    assert_eq!(
        (&show(&folder)["Title"], &show(&folder)["ActiveSubscribers"]),
        (&json!("Readers"), &json!(0))
    );
    let ended = end(running, CONTACTS);
    assert!(ended.status.success(), "{}", said_by(&ended));
    assert_eq!(show(&folder)["ActiveSubscribers"], 2);
    assert!(update(&folder, &renamed).status.success());
    assert_eq!(
        (&show(&folder)["Title"], &show(&folder)["ActiveSubscribers"]),
        (&json!("Renamed"), &json!(2))
    );
}

#[test]
fn a_count_by_older_rules_is_not_kept() {
    let folder = with_readers();
    let running = calculate(&folder);
    // The vendor's page has no 278 for this.
    assert!(
        folder.run(&["add-rules", ID, "-"], &group("CONTAINS one").to_string()).status.success()
    );
    let ended = end(running, CONTACTS);
    assert_eq!(ended.status.code(), Some(2));
    let said = said_by(&ended);
    assert!(said.contains("was changed while it was calculated"), "{said}");
    assert_eq!(show(&folder)["ActiveSubscribers"], 0);
    assert_eq!(show(&folder)["RuleGroups"].as_array().unwrap().len(), 2);
}

#[test]
fn a_killed_one_hinders_nobody() {
    let folder = with_readers();
    let mut running = calculate(&folder);
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(update(&folder, &json!({ "Title": "Renamed" })).status.success());
    let counted = end(folder.begin(&["calculate", ID, "--contacts", "-"]), CONTACTS);
    assert!(counted.status.success(), "{}", said_by(&counted));
    assert_eq!(show(&folder)["ActiveSubscribers"], 2);
}
