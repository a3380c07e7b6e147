//! Every verb against a folder.

use super::*;
use crate::account::Account;
use crate::catalog::Catalog;
use crate::catalog::calculation::Calculation;
use crate::catalog::state::Facts;
use crate::catalog::testing::run;
use crate::source::SourceFile;
use crate::value::Instant;
use serde_json::{Value, json};

struct Folder {
    folder: tempfile::TempDir,
    facts: Facts,
}

impl Folder {
    fn new() -> Self {
        let facts = Facts {
            user_id: Some(104_201),
            list: Some("96112".to_owned()),
            limit: Some(5),
            ..Facts::default()
        };
        Self { folder: tempfile::tempdir().unwrap(), facts }
    }

    /// Does a verb so many seconds after 16:28:41 on a November day by the vendor's clock, and the
    /// change that comes of it.
    fn at(&self, seconds: i64, verb: impl FnOnce(&State<'_>) -> Verdict) -> Result<Value, Value> {
        let as_of = Instant((1_701_246_521 + seconds) * 1_000_000);
        run(&EngageLab, self.folder.path(), (&Account::default(), &self.facts), as_of, verb)
    }

    fn create(&self, seconds: i64, name: &str, value: &str) -> Result<Value, Value> {
        self.at(seconds, |state| EngageLab.create(state, &named(name, value)))
    }

    fn id(&self, seconds: i64, name: &str) -> String {
        let made = self.create(seconds, name, "20").unwrap();
        made["result"]["segment_id"].as_str().unwrap().to_owned()
    }

    fn only_file(&self) -> String {
        let names = Catalog::open(self.folder.path()).unwrap().names().unwrap();
        assert_eq!(names.len(), 1);
        std::fs::read_to_string(self.folder.path().join(&names[0])).unwrap()
    }

    /// Calculates as the command does, the evaluation apart.
    fn calculate(&self, id: &str, members: Option<u64>) -> Result<Value, Value> {
        let mut begun = None;
        self.at(50, |state| {
            let entry = EngageLab.begin_calculation(state, id)?;
            begun = Some(entry.clone());
            Ok(Done::put(entry, None))
        })?;
        self.at(60, |state| EngageLab.end_calculation(state, &begun.unwrap(), members))
    }
}

fn body(text: &str) -> Request {
    Request::new(SourceFile::new("request", text.as_bytes().to_vec()))
}

fn condition(value: &str) -> Value {
    json!({ "relation": "and", "items": [{ "field_name": "Age", "op": ">=", "value": value }] })
}

fn named(name: &str, value: &str) -> Request {
    let request = json!({ "segment_name": name, "type": 0, "condition": condition(value) });
    body(&request.to_string())
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_life() {
    let folder = Folder::new();
    let made = folder.create(0, "Adults", "20").unwrap();
    let id = made["result"]["segment_id"].as_str().unwrap().to_owned();
    assert_eq!((id.len(), &id[..8]), (24, "6566f639"));
    assert_eq!(made["result"]["status"], "1");
    assert_eq!(made["result"]["create_time"], "2023-11-29 16:28:41+0800");
    let done = folder.calculate(&id, Some(10)).unwrap();
    assert_eq!(
        (&done["result"]["status"], &done["result"]["member_total"]),
        (&json!("2"), &json!(10))
    );
    assert_eq!(done["result"]["process"]["percent"], 100);
    // Calculated twice alike, the file stays as it is.
    let before = folder.only_file();
    folder.calculate(&id, Some(10)).unwrap();
    assert_eq!(folder.only_file(), before);
    // The same condition again needs no calculation; the name stays where none is given.
    let same = json!({ "type": 0, "condition": condition("20") }).to_string();
    let same = folder.at(70, |state| EngageLab.update(state, &id, &body(&same))).unwrap();
    assert_eq!(
        (&same["result"]["status"], &same["result"]["segment_name"]),
        (&json!("2"), &json!("Adults"))
    );
    assert_eq!(same["result"]["update_time"], "2023-11-29 16:29:51+0800");
    let other = folder.at(80, |state| EngageLab.update(state, &id, &named("Older", "45"))).unwrap();
    assert_eq!(
        (&other["result"]["status"], &other["result"]["segment_name"]),
        (&json!("1"), &json!("Older"))
    );
    assert_eq!(other["result"]["process"]["complete"], false);
    let failed = folder.calculate(&id, None).unwrap();
    assert_eq!(
        (&failed["result"]["status"], &failed["result"]["process"]["percent"]),
        (&json!("-1"), &json!(0))
    );
    assert_eq!(folder.at(90, |state| EngageLab.delete(state, &id)), Ok(json!({ "count": 1 })));
    assert_eq!(folder.at(90, |state| EngageLab.show(state, &id)).unwrap_err()["code"], 30036);
}

#[test]
fn answers_have_the_keys_of_the_page() {
    let folder = Folder::new();
    let id = folder.id(0, "Adults");
    let common = [
        "segment_id",
        "user_id",
        "segment_name",
        "type",
        "list_id",
        "status",
        "create_time",
        "update_time",
        "member_total",
        "condition",
        "process",
    ];
    let made = folder.create(0, "Other", "1").unwrap();
    assert_eq!(keys(&made["result"]), common);
    assert_eq!(keys(&made["result"]["condition"]["items"][0]), ["field_name", "op", "value"]);
    assert_eq!(keys(&made["result"]["process"]), ["statusDesc", "complete", "percent"]);
    let shown = folder.at(1, |state| EngageLab.show(state, &id)).unwrap();
    let mut with_relation = common.to_vec();
    with_relation.insert(3, "relation");
    assert_eq!(keys(&shown["result"]), with_relation);
    assert_eq!(
        keys(&shown["result"]["condition"]["items"][0]),
        ["campaign_id", "field_name", "op", "value"]
    );
    let updated =
        folder.at(1, |state| EngageLab.update(state, &id, &named("Adults", "3"))).unwrap();
    assert_eq!(keys(&updated["result"]), common);
    let process = folder.at(1, |state| EngageLab.process(state, &id)).unwrap();
    assert_eq!(keys(&process["result"]), ["percent", "complete", "statusDesc"]);
    let list = folder.at(1, |state| EngageLab.list(state, &ListQuery::default())).unwrap();
    assert_eq!(keys(&list), ["result", "total", "count"]);
    let without_user: Vec<_> = common.iter().copied().filter(|key| *key != "user_id").collect();
    assert_eq!(keys(&list["result"][0]), without_user);
}

#[test]
fn lists() {
    let folder = Folder::new();
    for (at, name) in ["Young", "Old", "older", "Mixed"].into_iter().enumerate() {
        folder.id(i64::try_from(at).unwrap(), name);
    }
    let list =
        |name: Option<&str>, kind: Option<&str>, offset: Option<&str>, limit: Option<&str>| {
            let text = |text: Option<&str>| text.map(str::to_owned);
            let query = ListQuery {
                segment_name: text(name),
                kind: text(kind),
                offset: text(offset),
                limit: text(limit),
                sort_by: None,
                ..ListQuery::default()
            };
            folder.at(9, |state| EngageLab.list(state, &query))
        };
    for (name, kind, offset, limit, found, total) in [
        (None, None, None, None, "Mixed older Old Young", 4),
        (Some("OLD"), None, None, None, "older Old", 2),
        (Some("ünter"), None, None, None, "", 0),
        (None, Some("0"), Some("1"), Some("2"), "older Old", 4),
        (None, Some("1"), None, None, "", 0),
        (None, None, Some("9"), None, "", 4),
    ] {
        let answer = list(name, kind, offset, limit).unwrap();
        let rows = answer["result"].as_array().unwrap();
        let names: Vec<_> = rows.iter().map(|row| row["segment_name"].as_str().unwrap()).collect();
        assert_eq!((names.join(" ").as_str(), answer["total"].as_i64()), (found, Some(total)));
        assert_eq!(answer["count"], rows.len());
    }
    for (kind, offset, limit, message) in [
        (Some("2"), None, None, "type only be 0 (by field) or 1 (by campaign)"),
        (None, Some("-1"), None, "offset must be 0 or more"),
        (None, None, Some("0"), "limit must be between 1 and 100"),
        (None, None, Some("101"), "limit must be between 1 and 100"),
        (None, None, Some("ten"), "limit must be between 1 and 100"),
    ] {
        let refusal = list(None, kind, offset, limit).unwrap_err();
        assert_eq!(refusal, json!({ "code": 30035, "message": message }));
    }
}

#[test]
fn refusals_change_nothing() {
    let folder = Folder::new();
    let id = folder.id(0, "A");
    let before = folder.only_file();
    let bad = "6566f6392c16e71300b1b1e9";
    let create = |text: &str| folder.at(1, |state| EngageLab.create(state, &body(text)));
    let update = |text: &str| folder.at(1, |state| EngageLab.update(state, &id, &body(text)));
    let remove =
        |text: &str| folder.at(1, |state| EngageLab.remove_members(state, &id, &body(text)));
    let condition = condition("20").to_string();
    let of = |name: &str| {
        format!("{{\"segment_name\":\"{name}\",\"type\":0,\"condition\":{condition}}}")
    };
    for (answer, code, message) in [
        (
            create(&of("a.b")),
            30035,
            "[segment_name]:Special characters such as ^, ?, +, ., \\, [, ], (, ), cannot be used",
        ),
        (create(&of(" a ")), 30035, "[segment_name]:`a` is the title of another segment"),
        (create(&of("")), 30035, "[segment_name]:the segment name is empty"),
        (
            create(&format!("{{\"type\":0,\"condition\":{condition}}}")),
            30035,
            "[segment_name]:the name is required",
        ),
        (create(r#"{"segment_name":"B","type":0}"#), 30035, "[items]:there is no condition"),
        (create("{"), 30035, ""),
        (create("[]"), 30035, ""),
        (
            update(&format!("{{\"condition\":{condition}}}")),
            30035,
            "type only be 0 (by field) or 1 (by campaign)",
        ),
        (
            update(&format!("{{\"type\":1,\"condition\":{condition}}}")),
            30035,
            "[field_name]:a segment of type 1 asks about `campaign` only",
        ),
        (remove("{}"), 30035, "[member_ids]:must be a list of member ids, strings"),
        (
            remove(r#"{"member_id":["a"]}"#),
            30035,
            "[member_ids]:must be a list of member ids, strings; `member_id` is another key",
        ),
        (remove(r#"{"member_ids":[1]}"#), 30035, "[member_ids]:must be"),
        (remove(r#"{"member_ids":[]}"#), 30035, "[member_ids]:must be"),
        (remove("{"), 30035, ""),
        (folder.at(1, |s| EngageLab.show(s, bad)), 30036, "not found"),
        (folder.at(1, |s| EngageLab.update(s, bad, &named("B", "1"))), 30036, "not found"),
        (folder.at(1, |s| EngageLab.delete(s, bad)), 30036, "not found"),
        (folder.at(1, |s| EngageLab.process(s, bad)), 30036, "not found"),
        (
            folder.at(1, |s| EngageLab.remove_members(s, bad, &body(r#"{"member_ids":["a"]}"#))),
            30036,
            "not found",
        ),
    ] {
        let refusal = answer.unwrap_err();
        assert_eq!(refusal["code"], code, "{refusal}");
        assert!(refusal["message"].as_str().unwrap().starts_with(message), "{refusal} {message}");
    }
    assert_eq!(folder.only_file(), before);
    for name in ["B", "C", "D", "E"] {
        folder.id(1, name);
    }
    assert_eq!(
        folder.create(1, "F", "1").unwrap_err()["message"],
        "there are 5 segments, and 5 are the most"
    );
}

#[test]
fn a_list_is_an_integer() {
    for (list, expected) in
        [(None, Ok(Value::Null)), (Some(" 7 "), Ok(json!(7))), (Some("a58e"), Err(()))]
    {
        let mut folder = Folder::new();
        folder.facts.list = list.map(str::to_owned);
        let made = folder.create(0, "A", "1");
        let made = made.map(|made| made["result"]["list_id"].clone());
        assert_eq!(
            made.map_err(|error| assert!(error.as_str().unwrap().contains("integers"))),
            expected
        );
    }
}

#[test]
fn members_are_kept_out_once() {
    let folder = Folder::new();
    let id = folder.id(0, "A");
    folder.calculate(&id, Some(3)).unwrap();
    let remove = |ids: Value| {
        let request = body(&json!({ "member_ids": ids }).to_string());
        folder.at(1, |state| EngageLab.remove_members(state, &id, &request)).unwrap()["count"]
            .clone()
    };
    assert_eq!(remove(json!(["m1", "m2", "M1 "])), 2);
    assert_eq!(remove(json!(["m2", "m3"])), 1);
    assert_eq!(remove(json!(["m3"])), 0);
    let file: Value = serde_json::from_str(&folder.only_file()).unwrap();
    assert_eq!(file["segkit"], json!({ "removed_members": ["m1", "m2", "m3"] }));
    // Who is in it is another matter now.
    assert_eq!(file["status"], "1");
    let shown = folder.at(2, |state| EngageLab.show(state, &id)).unwrap();
    assert!(shown["result"].get("segkit").is_none());
}

#[test]
fn a_calculation_shows_while_it_runs_and_ends_only_what_it_began() {
    let folder = Folder::new();
    let id = folder.id(0, "A");
    folder.calculate(&id, Some(3)).unwrap();
    let running = Calculation::begin(folder.folder.path(), &id).unwrap();
    running.at(68);
    let process = folder.at(1, |state| EngageLab.process(state, &id)).unwrap();
    let words = "is being segmented, please do not use this segment to send mail";
    assert_eq!(process["result"], json!({ "percent": 68, "complete": false, "statusDesc": words }));
    let shown = folder.at(1, |state| EngageLab.show(state, &id)).unwrap();
    assert_eq!(
        (&shown["result"]["status"], &shown["result"]["process"]["percent"]),
        (&json!("1"), &json!(68))
    );
    drop(running);
    let process = folder.at(1, |state| EngageLab.process(state, &id)).unwrap();
    assert_eq!(process["result"]["complete"], true);
    let mut begun = None;
    let begin = |state: &State<'_>| {
        begun = Some(EngageLab.begin_calculation(state, &id)?);
        Ok(Done::answered("null"))
    };
    folder.at(2, begin).unwrap();
    folder.at(3, |state| EngageLab.update(state, &id, &named("A", "99"))).unwrap();
    let end = |state: &State<'_>| EngageLab.end_calculation(state, &begun.unwrap(), Some(1));
    let outdated = folder.at(4, end).unwrap_err();
    assert!(
        outdated.as_str().unwrap().contains("was changed while it was calculated"),
        "{outdated}"
    );
}

#[test]
fn answers_are_imported_in_one_spelling() {
    let answer = r#"{"segment_id":"6566f6392c16e71300b1b1e9","segment_name":"X","relation":"and","type":0,
        "condition":{"items":[{"fieldName":"Age","op":">=","value":"20"}]}}"#;
    let imported = EngageLab.imported(Object::parse(answer).unwrap()).unwrap();
    let condition = r#"{"relation":"and","items":[{"campaign_id":null,"field_name":"Age","op":">=","value":"20"}]}"#;
    assert_eq!(imported.raw("condition"), Some(condition));
    assert!(!imported.has("relation"));
    assert_eq!(EngageLab.imported(Object::parse("{}").unwrap()), None);
}
