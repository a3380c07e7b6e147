//! Requests whose bodies say more, or other things, than the vendor's endpoint takes: what would be lost
//! in silence is refused, and a refusal leaves no trace.

use crate::files::body;
use crate::folder::Folder;
use serde_json::{Value, json};
use std::fs;

const LIST: [&str; 4] = ["--dialect", "cm", "--list", "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"];
const RULES: &str = r#"[{"RuleType":"Name","Clause":"PROVIDED"}]"#;

fn create(folder: &Folder, body: &str) -> (Option<i32>, String) {
    folder.refused(&[&["create", "-"][..], &LIST].concat(), body)
}

fn condition() -> Value {
    json!({ "relation": "and", "items": [{ "field_name": "Name", "op": "==", "value": "x" }] })
}

fn engagelab(name: &str) -> Value {
    json!({ "segment_name": name, "type": 0, "condition": condition() })
}

/// Without its rules a segment of Campaign Monitor's would be everybody.
#[test]
fn rules_that_would_be_lost() {
    let folder = Folder::new();
    let group = format!("{{\"Rules\":{RULES}}}");
    for (body, place) in [
        (format!(r#"{{"Title":"x","rulegroups":[{group}]}}"#), "1:14: unknown key `rulegroups`"),
        (format!(r#"{{"Title":"x","Criteria":[{group}]}}"#), "1:14: unknown key `Criteria`"),
        (format!(r#"{{"Title":"x","rulegroups":"{}"}}"#, "all"), "1:14: unknown key `rulegroups`"),
        (format!(r#"{{"Title":"x","RuleGroups":[],"Rules":{RULES}}}"#), "1:30: `Rules` says"),
        (
            format!(r#"{{"Title":"x","RuleGroups":[{{"Rules":{RULES},"rules":{RULES}}}]}}"#),
            "unknown key `rules`",
        ),
        (
            format!(r#"{{"Title":"x","RuleGroups":[{group}],"segkit":{{"system":true}}}}"#),
            "`segkit` is the catalog's own",
        ),
        (format!(r#"[{{"Title":"x","RuleGroups":[{group}]}}]"#), "is one JSON object"),
    ] {
        let (status, said) = create(&folder, &body);
        assert_eq!(status, Some(2), "{body}: {said}");
        assert!(said.contains(place), "{body}: {said}");
        // It is no matter of taste.
        let allowed = [&["create", "-", "--allow", "warnings"][..], &LIST].concat();
        assert_eq!(folder.refused(&allowed, &body).0, Some(2), "{body}");
    }
    assert!(!folder.path().exists());
    // What holds nothing loses nothing.
    let body = r#"{"Title":"x","rulegroups":[],"Note":"n","Rules":null}"#;
    folder.answer(&[&["create", "-"][..], &LIST].concat(), body);
}

#[test]
fn rules_that_would_be_lost_within_criteria() {
    let folder = Folder::new();
    let right: Value = serde_json::from_str(&body("A", "MA")).unwrap();
    let criteria = right["segment_criteria"].as_str().unwrap();
    let doubled = criteria.replacen("\"group\"", "\"Group\":[{}],\"group\"", 1);
    let body = json!({ "name": "A", "segment_criteria": doubled }).to_string();
    let (status, said) = folder.refused(&["create", "-"], &body);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("unknown key `Group`, and what stands there would be lost"), "{said}");
    let mut wrong = engagelab("A");
    wrong["condition"]["Items"] = json!([{}]);
    let (status, said) = folder.refused(&["create", "-"], &wrong.to_string());
    assert_eq!(status, Some(2), "{said}");
    assert!(!folder.path().exists());
}

/// A check that looked at what a request wraps would let anything in beside it.
#[test]
fn requests_are_not_wrapped() {
    let folder = Folder::new();
    let inner: Value = serde_json::from_str(&body("A", "MA")).unwrap();
    let body = json!({ "name": "A", "segment_criteria": "{\"oops\":1}", "segments": [inner] });
    let (status, said) = folder.refused(&["create", "-", "--dialect", "cc"], &body.to_string());
    assert_eq!((status, said.contains("is one JSON object")), (Some(2), true), "{said}");
    let mut wrong = engagelab("A");
    wrong["condition"]["items"] = json!([]);
    wrong["result"] = engagelab("A");
    let (status, said) = folder.refused(&["create", "-", "--dialect", "el"], &wrong.to_string());
    assert_eq!((status, said.contains("is one JSON object")), (Some(2), true), "{said}");
    assert!(!folder.path().exists());
}

/// The check takes a body that has an id for the segment of that id, which may have any title.
#[test]
fn an_id_in_the_body_excuses_no_title() {
    let with = |mut body: Value, key: &str, id: &Value| {
        body[key] = id.clone();
        body.to_string()
    };
    let cm = json!({ "Title": "A", "ListID": "a1", "RuleGroups": [] });
    let cc: Value = serde_json::from_str(&body("A", "MA")).unwrap();
    for (body, key, answered) in [
        (cc, "segment_id", "/segment_id"),
        (cm, "SegmentID", ""),
        (engagelab("A"), "segment_id", "/result/segment_id"),
    ] {
        let folder = Folder::new();
        let id = folder.answer(&["create", "-"], &body.to_string());
        let id = id.pointer(answered).unwrap().clone();
        let (status, said) = folder.refused(&["create", "-"], &with(body.clone(), key, &id));
        assert_eq!(status, Some(1), "{said}");
        assert!(said.contains("`A` is the title of another segment"), "{said}");
        // An update may say whose it is, but not that it is another's.
        let own = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let update = ["update", own.as_str(), "-"];
        assert!(folder.run(&update, &with(body.clone(), key, &id)).status.success());
        let other = if id.is_string() { json!("f".repeat(own.len())) } else { json!(77) };
        let (status, said) = folder.refused(&update, &with(body, key, &other));
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains("and not of "), "{said}");
    }
}

#[test]
fn what_is_refused_in_a_new_place_leaves_no_trace() {
    let folder = Folder::new();
    for body in [body("", "MA").as_str(), r#"{"name":"A"}"#, "{"] {
        let arguments = ["create", "-", "--dialect", "cc"];
        assert_eq!(folder.refused(&arguments, body).0, Some(1), "{body}");
    }
    // Of what kind the catalog would be nothing tells.
    assert_eq!(folder.refused(&["create", "-"], "{").0, Some(2));
    let row = json!({ "segments": [{ "name": "A", "segment_id": 1 }] }).to_string();
    assert_eq!(folder.refused(&["import", "-", "--dialect", "cc"], &row).0, Some(1));
    // A request that failed leaves nothing in the pipe.
    let (status, said) = folder.refused(&["import", "-", "--dialect", "cc"], "");
    assert_eq!((status, said.contains("found an empty file")), (Some(1), true), "{said}");
    assert!(!folder.path().exists());
    // Nor in a folder of something else.
    fs::create_dir(folder.path()).unwrap();
    for arguments in [
        &["create", "-", "--dialect", "cc"][..],
        &["update", "7", "-", "--dialect", "cc"],
        &["delete", "7", "--dialect", "cc"],
    ] {
        assert_eq!(folder.refused(arguments, &body("", "MA")).0, Some(1), "{arguments:?}");
    }
    assert!(folder.run(&["check", "--fix"], "").status.success());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    // What is a file is no folder, and can't become one.
    fs::remove_dir(folder.path()).unwrap();
    fs::write(folder.path(), "").unwrap();
    for arguments in [&["list"][..], &["create", "-"]] {
        let (status, said) = folder.refused(arguments, &body("A", "MA"));
        assert_eq!(status, Some(2));
        assert!(said.contains("segments: is no folder"), "{said}");
    }
}
