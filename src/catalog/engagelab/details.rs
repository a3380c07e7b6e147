//! A segment as the vendor's answers show it. Its endpoints don't show quite the same: each answer has
//! the keys of its example on the vendor's page, in that order.

use super::stage::RUNNING;
use super::{CONDITION, ITEMS, MEMBERS, RELATION, SHAPE, USER};
use crate::catalog::calculation;
use crate::catalog::entry::Entry;
use crate::catalog::object::Object;
use crate::catalog::state::State;
use crate::dialect::engagelab::CAMPAIGN_ID;

/// The answer to a segment that was created: its items say nothing of campaigns where they ask about
/// none.
pub(super) fn created(state: &State<'_>, entry: &Entry) -> String {
    let mut object = shown(entry, SHAPE.order, running(state, entry));
    if let Some(mut condition) = object.object(CONDITION) {
        let items = condition.objects(ITEMS).unwrap_or_default().into_iter().map(|mut item| {
            if item.raw(CAMPAIGN_ID[0]).is_none() {
                item.remove(CAMPAIGN_ID[0]);
            }
            item.to_json()
        });
        let items = format!("[{}]", items.collect::<Vec<_>>().join(","));
        condition.set(ITEMS, items);
        object.set(CONDITION, condition.to_json());
    }
    result(&object)
}

/// The answer to an update.
pub(super) fn updated(state: &State<'_>, entry: &Entry) -> String {
    result(&shown(entry, SHAPE.order, running(state, entry)))
}

/// The details, which repeat the relation of the condition.
pub(super) fn details(state: &State<'_>, entry: &Entry) -> String {
    detailed(entry, running(state, entry))
}

/// The details of a segment whose calculation has just ended, whatever its own process still says.
pub(super) fn calculated(entry: &Entry) -> String {
    detailed(entry, None)
}

fn detailed(entry: &Entry, running: Option<u8>) -> String {
    let mut keys = SHAPE.order.to_vec();
    let behind_the_name = keys.iter().position(|key| *key == SHAPE.title).map_or(0, |at| at + 1);
    keys.insert(behind_the_name, RELATION);
    result(&shown(entry, &keys, running))
}

/// A row of a list, which doesn't say whose it is.
pub(super) fn row(state: &State<'_>, entry: &Entry) -> String {
    let keys: Vec<&str> = SHAPE.order.iter().copied().filter(|key| *key != USER).collect();
    shown(entry, &keys, running(state, entry)).to_json()
}

/// The answer that holds one thing.
pub(super) fn result(object: &Object) -> String {
    Object::default().with("result", object.to_json()).to_json()
}

/// How far a process is that calculates the segment now.
fn running(state: &State<'_>, entry: &Entry) -> Option<u8> {
    calculation::percent(state.catalog.folder(), entry.id())
}

/// The segment under these keys, each of which stands in the answer, and with how far its calculation is.
fn shown(entry: &Entry, keys: &[&str], running: Option<u8>) -> Object {
    let mut object = entry.object.clone();
    object.remove(RELATION);
    if let Some(relation) = object.object(CONDITION).as_ref().and_then(|inner| inner.raw(RELATION))
    {
        object.set(RELATION, relation);
    }
    if let Some(percent) = running {
        RUNNING.set(&mut object, percent);
    }
    for key in keys {
        if !object.has(key) {
            object.set(key, if *key == MEMBERS { "0" } else { "null" });
        }
    }
    object.only(keys)
}
