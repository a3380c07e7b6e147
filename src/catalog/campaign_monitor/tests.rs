//! Every verb against a folder.

use super::*;
use crate::account::{Account, Campaign, SentSegment, SentTo};
use crate::catalog::state::Facts;
use crate::catalog::testing::run;
use crate::catalog::{Calculation, Catalog};
use crate::source::SourceFile;
use crate::value::Instant;
use serde_json::{Value, json};

const LIST_A: &str = "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";
const LIST_B: &str = "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2";

struct Folder {
    place: tempfile::TempDir,
    account: Account,
    facts: Facts,
}

impl Folder {
    fn new() -> Self {
        let facts = Facts { list: Some(LIST_A.to_owned()), ..Facts::default() };
        let account = Account { list: facts.list.clone(), ..Account::default() };
        Self { place: tempfile::tempdir().unwrap(), account, facts }
    }

    /// Does a verb, and the change that comes of it.
    fn run(&self, verb: impl FnOnce(&State<'_>) -> Verdict) -> Result<Value, Value> {
        let as_of = Instant(1_577_836_800_000_000);
        run(&CampaignMonitor, self.place.path(), (&self.account, &self.facts), as_of, verb)
    }

    fn create(&self, body: &Value) -> Result<String, Value> {
        let made = self.run(|state| CampaignMonitor.create(state, &request(body)))?;
        Ok(made.as_str().unwrap().to_owned())
    }

    fn update(&self, id: &str, body: &Value) -> Result<Value, Value> {
        self.run(|state| CampaignMonitor.update(state, id, &request(body)))
    }

    fn add(&self, id: &str, body: &Value) -> Result<Value, Value> {
        self.run(|state| CampaignMonitor.add_rules(state, id, &request(body)))
    }

    fn clear(&self, id: &str) -> Result<Value, Value> {
        self.run(|state| CampaignMonitor.clear_rules(state, id))
    }

    fn delete(&self, id: &str) -> Result<Value, Value> {
        self.run(|state| CampaignMonitor.delete(state, id))
    }

    fn show(&self, id: &str) -> Value {
        self.run(|state| CampaignMonitor.show(state, id)).unwrap()
    }

    /// Marks a segment as the vendor's own, as a hand does.
    fn mark_system(&self, id: &str) {
        self.run(|state| {
            let entry = state.find(id)?;
            Ok(Done::put(entry.with_aside(&Object::default().with(SYSTEM, "true")), None))
        })
        .unwrap();
    }

    /// What all files hold.
    fn files(&self) -> Vec<String> {
        let catalog = Catalog::open(self.place.path()).unwrap();
        let names = catalog.names().unwrap();
        names.iter().map(|name| std::fs::read_to_string(catalog.path(name)).unwrap()).collect()
    }
}

fn request(body: &Value) -> Request {
    Request::new(SourceFile::new("request", body.to_string().into_bytes()))
}

fn name_rule(clause: &str) -> Value {
    json!({ "Rules": [{ "RuleType": "Name", "Clause": clause }] })
}

fn titled(title: &str) -> Value {
    json!({ "Title": title, "RuleGroups": [name_rule("PROVIDED")] })
}

#[test]
fn a_life() {
    let folder = Folder::new();
    let id = folder.create(&titled("My Segment")).unwrap();
    assert_eq!(id.len(), 32);
    let made = folder.show(&id);
    let keys: Vec<&String> = made.as_object().unwrap().keys().collect();
    assert_eq!(keys, SHAPE.order);
    assert_eq!((&made["ActiveSubscribers"], &made["ListID"]), (&json!(0), &json!(LIST_A)));
    assert_eq!(folder.update(&id, &json!({ "Title": "Renamed" })), Ok(Value::Null));
    assert_eq!(folder.show(&id)["RuleGroups"], made["RuleGroups"]);
    assert_eq!(folder.add(&id, &name_rule("NOT_PROVIDED")), Ok(Value::Null));
    let groups = json!([name_rule("PROVIDED"), name_rule("NOT_PROVIDED")]);
    assert_eq!(folder.show(&id)["RuleGroups"], groups);
    assert_eq!(folder.clear(&id), Ok(Value::Null));
    assert_eq!(folder.show(&id)["RuleGroups"], json!([]));
    let listed = folder.run(|state| CampaignMonitor.list(state, &ListQuery::default())).unwrap();
    assert_eq!(listed, json!([{ "ListID": LIST_A, "SegmentID": id, "Title": "Renamed" }]));
    assert_eq!(folder.delete(&id), Ok(Value::Null));
    assert!(folder.files().is_empty());
}

#[test]
fn refusals_change_nothing() {
    let mut folder = Folder::new();
    let first = folder.create(&titled("A")).unwrap();
    let second = folder.create(&titled("B")).unwrap();
    let system = folder.create(&titled("Engaged")).unwrap();
    folder.mark_system(&system);
    folder.facts.limit = Some(2);
    folder.facts.rule_limit = Some(2);
    let sent_to = SentTo {
        lists: Vec::new(),
        segments: vec![SentSegment { id: second.clone(), list: None }],
    };
    let draft = Campaign { id: "d1".into(), sent_to: Some(sent_to), ..Campaign::default() };
    folder.account.campaigns = Some(vec![draft]);
    let before = folder.files();
    let unknown = "0".repeat(32);
    let bad = json!({ "Title": "C", "RuleGroups": [name_rule("CONTAINS x")] });
    let three = json!({ "Title": "A", "RuleGroups": [
        name_rule("PROVIDED"), name_rule("EQUALS a"), name_rule("EQUALS b"),
    ] });
    let two =
        json!({ "Rules": [name_rule("EQUALS a")["Rules"][0], name_rule("EQUALS b")["Rules"][0]] });
    let copy = folder.show(&second);
    for (verb, found, code) in [
        ("create without title", folder.create(&json!({})).map(drop), 273),
        ("create with a blank one", folder.create(&titled(" ")).map(drop), 273),
        ("create twice", folder.create(&titled("a ")).map(drop), 275),
        ("create of details", folder.create(&copy).map(drop), 275),
        ("create with bad rules", folder.create(&bad).map(drop), 277),
        ("create beyond the limit", folder.create(&titled("C")).map(drop), 283),
        ("update of nothing", folder.update(&unknown, &titled("C")).map(drop), 271),
        ("update of the system's", folder.update(&system, &titled("C")).map(drop), 284),
        (
            "update without title",
            folder.update(&first, &json!({ "RuleGroups": [] })).map(drop),
            273,
        ),
        ("update to another's title", folder.update(&first, &titled("b")).map(drop), 275),
        ("update to a copy", folder.update(&first, &copy).map(drop), 275),
        ("update with bad rules", folder.update(&first, &bad).map(drop), 277),
        ("update beyond the limit", folder.update(&first, &three).map(drop), 283),
        ("add to nothing", folder.add(&unknown, &name_rule("PROVIDED")).map(drop), 271),
        ("add to the system's", folder.add(&system, &name_rule("PROVIDED")).map(drop), 284),
        ("add bad rules", folder.add(&first, &name_rule("CONTAINS x")).map(drop), 277),
        ("add beyond the limit", folder.add(&first, &two).map(drop), 283),
        ("clear nothing", folder.clear(&unknown).map(drop), 271),
        ("clear the system's", folder.clear(&system).map(drop), 284),
        ("delete nothing", folder.delete(&unknown).map(drop), 271),
        ("delete the system's", folder.delete(&system).map(drop), 284),
        ("delete a draft's", folder.delete(&second).map(drop), 272),
    ] {
        let body = found.unwrap_err();
        assert_eq!(body["Code"], code, "{verb}: {body}");
        assert_eq!(body.get("ResultData").is_some(), code == 277, "{verb}: {body}");
        assert_eq!(folder.files(), before, "{verb}");
    }
}

#[test]
fn titles_are_unique_in_a_list() {
    let folder = Folder::new();
    folder.create(&titled("A")).unwrap();
    let mut elsewhere = titled("A");
    elsewhere["ListID"] = json!(LIST_B);
    let id = folder.create(&elsewhere).unwrap();
    assert_eq!(folder.show(&id)["ListID"], LIST_B);
    let listed = |list: &str| {
        let query = ListQuery { list: Some(list.to_owned()), ..ListQuery::default() };
        folder.run(|state| CampaignMonitor.list(state, &query))
    };
    assert_eq!(
        listed(LIST_B).unwrap(),
        json!([{ "ListID": LIST_B, "SegmentID": id, "Title": "A" }])
    );
    assert!(listed("News").unwrap_err().as_str().unwrap().contains("no segment is on a list"));
    // It is looked at on its own list, not on the one of the settings.
    assert_eq!(folder.update(&id, &titled("a")), Ok(Value::Null));
    elsewhere["ListID"] = json!(LIST_A);
    let moved = folder.update(&id, &elsewhere).unwrap_err();
    assert!(moved.as_str().unwrap().contains("is on the list b2b2"), "{moved}");
    let mut nowhere = Folder::new();
    nowhere.facts.list = None;
    let error = nowhere.create(&titled("A")).unwrap_err();
    assert!(error.as_str().unwrap().starts_with("a segment is created on a list"), "{error}");
}

#[test]
fn one_segment_a_request() {
    let folder = Folder::new();
    for body in [json!([titled("A")]), json!([titled("A"), titled("B")])] {
        let error = folder.create(&body).unwrap_err();
        assert!(error.as_str().unwrap().contains("one JSON object"), "{error}");
    }
    assert_eq!(folder.create(&json!("A")).unwrap_err()["Code"], 2890);
    assert!(folder.files().is_empty());
}

#[test]
fn a_calculation() {
    let folder = Folder::new();
    let id = folder.create(&titled("A")).unwrap();
    let begun = |state: &State<'_>| CampaignMonitor.begin_calculation(state, &id);
    let mut entry = None;
    let running = Calculation::begin(folder.place.path(), &id).unwrap();
    folder
        .run(|state| {
            entry = Some(begun(state)?);
            Ok(Done::nothing())
        })
        .unwrap();
    let entry = entry.unwrap();
    assert_eq!(folder.update(&id, &titled("B")).unwrap_err()["Code"], 278);
    let end = |members| folder.run(|state| CampaignMonitor.end_calculation(state, &entry, members));
    end(Some(7)).unwrap();
    assert_eq!(folder.show(&id)["ActiveSubscribers"], 7);
    drop(running);
    folder.update(&id, &titled("B")).unwrap();
    assert_eq!(folder.show(&id)["ActiveSubscribers"], 7);
    folder.add(&id, &name_rule("EQUALS x")).unwrap();
    assert_eq!(folder.show(&id)["ActiveSubscribers"], 0);
    let outdated = end(Some(7)).unwrap_err();
    assert!(outdated.as_str().unwrap().contains("was changed while it was calculated"));
    assert_eq!(folder.show(&id)["ActiveSubscribers"], 0);
}

#[test]
fn a_fault_of_a_hand_loses_no_rule() {
    let folder = Folder::new();
    let id = folder.create(&titled("A")).unwrap();
    let edit = |groups: &str| {
        let done = folder.run(|state| {
            let entry = state.find(&id)?;
            Ok(Done::put(entry.changed(|object| object.set(GROUPS, groups)), None))
        });
        done.unwrap();
    };
    edit(r#"[{"Rules":[{"RuleType":"Name","Clause":"PROVIDED"}]},5]"#);
    let before = folder.files();
    let error = folder.add(&id, &name_rule("EQUALS x")).unwrap_err();
    assert!(error.as_str().unwrap().contains("can't be read, and would be lost"), "{error}");
    assert_eq!(folder.files(), before);
    // Whoever puts other rules in their place means to lose them.
    folder.update(&id, &titled("A")).unwrap();
    folder.add(&id, &name_rule("EQUALS x")).unwrap();
    let groups = json!([name_rule("PROVIDED"), name_rule("EQUALS x")]);
    assert_eq!(folder.show(&id)["RuleGroups"], groups);
}

#[test]
fn older_forms_lose_no_rule() {
    let folder = Folder::new();
    let old = json!({ "Title": "Old", "Rules": [
        { "Subject": "EmailAddress", "Clauses": ["CONTAINS @a.example", "CONTAINS @b.example"] },
        { "Subject": "Name", "Clauses": ["PROVIDED"] },
    ] });
    let id = folder.create(&old).unwrap();
    let expected = json!([
        { "Rules": [
            { "RuleType": "EmailAddress", "Clause": "CONTAINS @a.example" },
            { "RuleType": "EmailAddress", "Clause": "CONTAINS @b.example" },
        ] },
        { "Rules": [{ "RuleType": "Name", "Clause": "PROVIDED" }] },
    ]);
    assert_eq!(folder.show(&id)["RuleGroups"], expected);
}
