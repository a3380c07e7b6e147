//! A vendor's verb against a folder, for the vendors' tests.

use super::state::{Facts, State};
use super::verdict::{Change, Done, Stop, Verdict};
use super::{Catalog, Lock, Vendor};
use crate::account::Account;
use crate::finding::Levels;
use crate::value::{Instant, Zone};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// Does a verb, and the change that comes of it: the answer, or what is said instead.
pub fn run(
    vendor: &'static dyn Vendor,
    folder: &Path,
    (account, facts): (&Account, &Facts),
    as_of: Instant,
    verb: impl FnOnce(&State<'_>) -> Verdict,
) -> Result<Value, Value> {
    let catalog = Catalog::open(folder).unwrap();
    let lock = Lock::take(folder, "test", Duration::from_secs(30)).unwrap();
    let levels = Levels::default();
    let state = State::new((&catalog, vendor), (account, facts), (as_of, Zone::UTC), &levels);
    match verb(&state) {
        Ok(Done { change, answer }) => {
            match change {
                Change::None => {}
                Change::Put(entry) => drop(catalog.put(&lock, &entry).unwrap()),
                Change::Remove(entry) => catalog.remove(&lock, &entry).unwrap(),
            }
            Ok(answer.map_or(Value::Null, |answer| serde_json::from_str(&answer).unwrap()))
        }
        Err(Stop::Refused(refusal)) => Err(serde_json::from_str(&refusal.body).unwrap()),
        Err(Stop::Failed(error)) => Err(json!(error.to_string())),
    }
}
