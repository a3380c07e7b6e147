//! Every verb against a folder.

use super::*;
use crate::account::Account;
use crate::catalog::Catalog;
use crate::catalog::state::Facts;
use crate::catalog::testing::run;
use crate::source::SourceFile;
use crate::value::Instant;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Does a verb so many seconds after the beginning of 2020, and the change that comes of it.
    fn at(&self, seconds: i64, verb: impl FnOnce(&State<'_>) -> Verdict) -> Result<Value, Value> {
        let as_of = Instant((1_577_836_800 + seconds) * 1_000_000);
        run(&ConstantContact, self.0.path(), (&Account::default(), &Facts::default()), as_of, verb)
    }

    fn names(&self) -> Vec<String> {
        Catalog::open(self.0.path()).unwrap().names().unwrap()
    }
}

fn request(name: &str, state: &str) -> Request {
    let criteria = json!({ "version": "1.0.0", "criteria": { "type": "and", "group": [
        { "source": "contact", "field": "state", "op": "eq", "value": state },
    ] } });
    let body = json!({ "name": name, "segment_criteria": criteria.to_string() });
    Request::new(SourceFile::new("request", body.to_string().into_bytes()))
}

fn create(folder: &Folder, seconds: i64, name: &str) -> Result<Value, Value> {
    folder.at(seconds, |state| ConstantContact.create(state, &request(name, "MA")))
}

fn key(refusal: Result<Value, Value>) -> Value {
    refusal.unwrap_err()[0]["error_key"].clone()
}

#[test]
fn a_life() {
    let folder = Folder::new();
    let made = create(&folder, 0, "A").unwrap();
    assert_eq!(made["segment_id"], 1);
    assert_eq!(made["created_at"], made["edited_at"]);
    assert_eq!(create(&folder, 1, "B").unwrap()["segment_id"], 2);
    let updated =
        folder.at(2, |state| ConstantContact.update(state, "1", &request("A", "RI"))).unwrap();
    assert_eq!(updated["created_at"], made["created_at"]);
    assert_eq!(updated["edited_at"], "2020-01-01T00:00:02.000Z");
    assert!(updated["segment_criteria"].as_str().unwrap().contains("RI"));
    folder.at(3, |state| ConstantContact.rename(state, "1", "Z")).unwrap();
    assert_eq!(folder.names(), ["b.2.json", "z.1.json"]);
    assert_eq!(folder.at(4, |state| ConstantContact.delete(state, "2")), Ok(Value::Null));
    let list = folder.at(5, |state| ConstantContact.list(state, &ListQuery::default())).unwrap();
    assert_eq!(list["segments"].as_array().unwrap().len(), 1);
    let shown = folder.at(6, |state| ConstantContact.show(state, "2")).unwrap();
    assert_eq!((&shown["name"], shown.get("segkit")), (&json!("B"), None));
    assert_eq!(create(&folder, 7, "C").unwrap()["segment_id"], 3);
}

#[test]
fn refusals() {
    let folder = Folder::new();
    create(&folder, 0, "A").unwrap();
    create(&folder, 0, "B").unwrap();
    folder.at(1, |state| ConstantContact.delete(state, "2")).unwrap();
    let before = std::fs::read(folder.0.path().join("a.1.json")).unwrap();
    let (conflict, unknown) = ("segments.api.conflict", "segments.api.not_found");
    let invalid = "segments.api.validation.error";
    let text = |text: &str| Request::new(SourceFile::new("r", text.as_bytes().to_vec()));
    type Verb<'v> = Box<dyn Fn(&State<'_>) -> Verdict + 'v>;
    let verbs: Vec<(Verb<'_>, &str)> = vec![
        (Box::new(|s| ConstantContact.create(s, &request(" a ", "MA"))), conflict),
        // A deleted segment keeps its name for reports.
        (Box::new(|s| ConstantContact.create(s, &request("B", "MA"))), conflict),
        (Box::new(|s| ConstantContact.rename(s, "1", "b")), conflict),
        (Box::new(|s| ConstantContact.rename(s, "1", " ")), invalid),
        (Box::new(|s| ConstantContact.show(s, "3")), unknown),
        (Box::new(|s| ConstantContact.delete(s, "2")), unknown),
        (Box::new(|s| ConstantContact.update(s, "2", &request("B", "MA"))), unknown),
        (Box::new(|s| ConstantContact.update(s, "1", &text(r#"{"name":"A"}"#))), invalid),
        (Box::new(|s| ConstantContact.create(s, &text("{"))), invalid),
        (Box::new(|s| ConstantContact.create(s, &text("[]"))), invalid),
        (Box::new(|s| ConstantContact.create(s, &request("", "MA"))), invalid),
        (Box::new(|s| ConstantContact.create(s, &request("C", ""))), invalid),
    ];
    for (at, (verb, expected)) in verbs.into_iter().enumerate() {
        assert_eq!(key(folder.at(2, verb)), *expected, "verb {at}");
    }
    assert_eq!(folder.names().len(), 2);
    assert_eq!(std::fs::read(folder.0.path().join("a.1.json")).unwrap(), before);
    let error = folder.at(2, |s| ConstantContact.clear_rules(s, "1")).unwrap_err();
    assert_eq!(error, "constant-contact has no `clear-rules`");
}

/// A rename takes a segment's file from one name to another. Many readings in one process meet that
/// moment, which a reading by the binary seldom does.
#[test]
fn no_reading_misses_what_is_renamed_meanwhile() {
    let folder = Folder::new();
    for number in 0..8 {
        folder
            .at(number, |state| {
                ConstantContact.create(state, &request(&format!("z {number}"), "MA"))
            })
            .unwrap();
    }
    let catalog = Catalog::open(folder.0.path()).unwrap();
    let done = AtomicBool::new(false);
    let read: Vec<usize> = thread::scope(|scope| {
        scope.spawn(|| {
            let turns =
                ["a", "z"].into_iter().cycle().flat_map(|turn| (0..8).map(move |at| (turn, at)));
            for (turn, number) in turns.take_while(|_| !done.load(Ordering::Relaxed)) {
                let (id, name) = ((number + 1).to_string(), format!("{turn} {number}"));
                folder.at(number, |state| ConstantContact.rename(state, &id, &name)).unwrap();
            }
        });
        let read =
            |_| catalog.read(ConstantContact.shape()).map_or(0, |stored| stored.entries.len());
        let read = (0..300).map(read).collect();
        done.store(true, Ordering::Relaxed);
        read
    });
    assert!(read.iter().all(|found| *found == 8), "{read:?}");
}
