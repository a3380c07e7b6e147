//! The exports have exactly the keys, in the same order, and the types of values of what the vendors
//! show themselves (`tests/vendor/README.md`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use assert_cmd::Command;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn vendor(file: &str) -> Value {
    let text = std::fs::read_to_string(root("tests/vendor").join(file)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The documents that an export of the quickstart writes.
fn export(folder: &str, segment: &str, arguments: &[&str]) -> Vec<Value> {
    let output = Command::cargo_bin("segkit")
        .unwrap()
        .current_dir(root("fixtures/quickstart").join(folder))
        .args(["export", &format!("segments/{segment}.json"), "--as-of", "2024-06-01", "-q"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::Deserializer::from_slice(&output.stdout).into_iter().map(Result::unwrap).collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The types of values by their path, and the keys of objects by theirs, in order.
#[derive(Default, Debug)]
struct Shape {
    types: BTreeMap<String, BTreeSet<&'static str>>,
    keys: BTreeMap<String, BTreeSet<Vec<String>>>,
}

impl Shape {
    fn of(value: &Value) -> Self {
        let mut shape = Self::default();
        shape.add("", value);
        shape
    }

    fn add(&mut self, path: &str, value: &Value) {
        self.types.entry(path.to_owned()).or_default().insert(kind(value));
        match value {
            Value::Object(members) => {
                let keys = members.keys().cloned().collect();
                self.keys.entry(path.to_owned()).or_default().insert(keys);
                for (key, value) in members {
                    self.add(&format!("{path}.{key}"), value);
                }
            }
            Value::Array(items) => {
                items.iter().for_each(|item| self.add(&format!("{path}[]"), item))
            }
            _ => {}
        }
    }
}

fn without(value: &Value, key: &str) -> Value {
    let mut value = value.clone();
    for result in value["Results"].as_array_mut().unwrap() {
        result.as_object_mut().unwrap().shift_remove(key);
    }
    value
}

/// The keys of objects aside from their order.
fn sorted(
    keys: &BTreeMap<String, BTreeSet<Vec<String>>>,
) -> BTreeMap<String, BTreeSet<Vec<String>>> {
    let sort = |keys: &Vec<String>| {
        let mut keys = keys.clone();
        keys.sort();
        keys
    };
    keys.iter().map(|(path, all)| (path.clone(), all.iter().map(sort).collect())).collect()
}

#[test]
fn campaign_monitors_active_subscribers() {
    let page = vendor("campaign-monitor/getting-active-subscribers.json");
    let arguments = ["--form", "cm-subscribers", "-c", "subscribers.json"];
    let mut with_tracking = arguments.to_vec();
    with_tracking.push("--include-tracking-preference");
    for (arguments, page) in
        [(&arguments[..], without(&page, "ConsentToTrack")), (&with_tracking[..], page)]
    {
        let [found] = &export("campaign-monitor", "named-old-form", arguments)[..] else {
            panic!()
        };
        assert!(found["Results"].as_array().unwrap().len() > 10);
        let (found, page) = (Shape::of(found), Shape::of(&page));
        assert_eq!(found.keys, page.keys);
        assert_eq!(found.types, page.types);
    }
}

#[test]
fn campaign_monitors_own_fixtures() {
    for (file, flags) in [
        ("segment_subscribers.json", &[][..]),
        ("segment_subscribers_with_tracking_preference.json", &["--include-tracking-preference"]),
    ] {
        let mut arguments = vec!["--form", "cm-subscribers", "-c", "subscribers.json"];
        arguments.extend(flags);
        let [found] = &mut export("campaign-monitor", "named-old-form", &arguments)[..] else {
            panic!()
        };
        // Nobody there has custom fields.
        for result in found["Results"].as_array_mut().unwrap() {
            result["CustomFields"] = Value::Array(Vec::new());
        }
        let (found, theirs) =
            (Shape::of(found), Shape::of(&vendor(&format!("campaign-monitor/{file}"))));
        // Their order of `Date` and `ListJoinedDate` isn't the page's, which is followed.
        assert_eq!(sorted(&found.keys), sorted(&theirs.keys), "{file}");
        assert_eq!(found.types, theirs.types, "{file}");
    }
}

#[test]
fn engagelabs_segment_members() {
    let page = vendor("engagelab/segment-member-list.json");
    let parameters = vendor("engagelab/segment-member-list.parameters.json");
    let arguments =
        ["--form", "el-members", "-c", "members.jsonl", "--fields", "fields.csv", "--limit", "100"];
    let [found] = &export("engagelab", "tagged-or-long-standing", &arguments)[..] else { panic!() };
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(found), keys(&page));
    assert!(fits(&found["total"], parameters["total"].as_str().unwrap()));
    let members = found["result"].as_array().unwrap();
    assert!(members.len() > 10);
    let mut filled = BTreeSet::new();
    for member in members {
        assert_eq!(keys(member), keys(&page["result"][1]), "{member}");
        for (key, value) in member.as_object().unwrap() {
            let wanted = parameters[key].as_str().unwrap();
            assert!(value.is_null() || fits(value, wanted), "{key} is no {wanted}: {value}");
            filled.extend((!value.is_null()).then_some(key.as_str()));
        }
        for value in member["fields"].as_object().unwrap().values() {
            assert!(value.is_string(), "{value}");
        }
        for key in ["id", "list_id", "email", "name", "create_time", "fields", "tag_names"] {
            assert!(!member[key].is_null(), "{key}: {member}");
        }
    }
    for key in keys(&page["result"][1]) {
        assert!(
            key == "unsubscribe_time" || filled.contains(key.as_str()),
            "{key} is never filled"
        );
    }
    for member in page["result"].as_array().unwrap() {
        let pattern = |text: &Value| {
            let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
            text.as_str().unwrap().chars().map(digits).collect::<String>()
        };
        assert_eq!(pattern(&member["create_time"]), pattern(&members[0]["create_time"]));
    }
}

/// Whether a value is of a type in the words of the page's table.
fn fits(value: &Value, wanted: &str) -> bool {
    match (wanted.strip_suffix("[]"), value) {
        (Some(of), Value::Array(items)) => items.iter().all(|item| fits(item, of)),
        (Some(_), _) => false,
        (None, value) => kind(value) == wanted,
    }
}

#[test]
fn constant_contacts_export_and_its_answer() {
    let arguments = [
        "--form",
        "cc-contact-exports",
        "-c",
        "contacts.csv",
        "--lists",
        "lists.json",
        "--segment-id",
        "4",
        "--select",
        "email_address",
        "--status",
        "unsubscribed",
    ];
    let [request, answer] = &export("constant-contact", "untagged", &arguments)[..] else {
        panic!()
    };
    let mut page = vendor("constant-contact/contact-exports-request.json");
    // One empty id there, which says nothing.
    page.as_object_mut().unwrap().shift_remove("contact_ids");
    assert_eq!(request.to_string(), page.to_string());
    let page = vendor("constant-contact/contact-exports-answer.json");
    let (found, page) = (Shape::of(answer), Shape::of(&page));
    assert_eq!((found.keys, found.types), (page.keys, page.types));
    assert_eq!(answer["percent_done"], 100);
}

#[test]
fn constant_contacts_campaign_activity() {
    let mut page = vendor("constant-contact/email-activity.json");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("activity.json");
    let mut before: Map<String, Value> = page.as_object().unwrap().clone();
    // As it is before the segment is assigned.
    before.shift_remove("segment_ids");
    std::fs::write(&file, serde_json::to_string(&before).unwrap()).unwrap();
    let arguments = [
        "--form",
        "cc-email-activity",
        "-c",
        "contacts.json",
        "--segment-id",
        "16",
        "--activity",
        file.to_str().unwrap(),
    ];
    let [body] = &export("constant-contact", "untagged", &arguments)[..] else { panic!() };
    assert_eq!(body.to_string(), page.to_string());
    page["segment_ids"] = serde_json::json!([17]);
    assert_ne!(body.to_string(), page.to_string());
}
