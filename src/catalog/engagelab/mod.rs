//! EngageLab's segments (the vendor's page "Segments"): ids of 24 hexadecimal digits, a type, a condition,
//! and members that are calculated when that is asked for. `body` reads requests, `details` writes
//! answers, `process` has the calculation, `removal` the members kept out.

mod body;
mod details;
mod list;
mod process;
mod removal;
mod stage;
#[cfg(test)]
mod tests;
mod time;

use super::entry::{Entry, Shape};
use super::error::CatalogError;
use super::hex_id;
use super::object::Object;
use super::request::Request;
use super::state::State;
use super::vendor::{ListQuery, Vendor};
use super::verdict::{Done, Stop, Verdict};
use crate::account::same_id;
use crate::dialect::Dialect;
use crate::finding::Kind;
use crate::value::Instant;
use body::Body;
use time::stamp;

/// The vendor.
pub struct EngageLab;

const ID: &str = "segment_id";
const USER: &str = "user_id";
const NAME: &str = "segment_name";
const RELATION: &str = "relation";
const TYPE: &str = "type";
const LIST: &str = "list_id";
const STATUS: &str = "status";
const CREATED: &str = "create_time";
const UPDATED: &str = "update_time";
const MEMBERS: &str = "member_total";
const CONDITION: &str = "condition";
const ITEMS: &str = "items";
const PROCESS: &str = "process";
const MEMBER_IDS: &str = "member_ids";

static SHAPE: Shape = Shape {
    id: ID,
    title: NAME,
    list: Some(LIST),
    order: &[ID, USER, NAME, TYPE, LIST, STATUS, CREATED, UPDATED, MEMBERS, CONDITION, PROCESS],
};

impl Vendor for EngageLab {
    fn dialect(&self) -> Dialect {
        Dialect::EngageLab
    }

    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    /// As the vendor's ids begin with the second of their making, so do these; what follows is made of
    /// the name and the list.
    fn new_id(&self, state: &State<'_>, title: &str) -> Result<String, Stop> {
        let stored = state.stored()?;
        let taken = |id: &str| stored.ids().any(|known| same_id(Some(known), Some(id)));
        let second = state.as_of.0.div_euclid(1_000_000) & 0xffff_ffff;
        let list = state.facts.list.as_deref().unwrap_or_default();
        let digits =
            hex_id::free(&[title, list], 16, |digits| taken(&format!("{second:08x}{digits}")));
        Ok(format!("{second:08x}{digits}"))
    }

    fn create(&self, state: &State<'_>, request: &Request) -> Verdict {
        state.check(request, None)?;
        let body = Body::of(state, request)?;
        let Some(name) = body.name else {
            return Err(state.refused(Kind::TitleEmpty, "the name is required"));
        };
        let stored = state.stored()?.entries.len() as u64;
        if let Some(limit) = state.facts.limit.filter(|limit| stored >= *limit) {
            let reason = format!("there are {stored} segments, and {limit} are the most");
            return Err(state.refused(Kind::LimitReached, reason));
        }
        let now = stamp(state.as_of);
        let object = Object::default()
            .with_text(ID, &self.new_id(state, &name)?)
            .with(USER, state.facts.user_id.map_or("null".to_owned(), |id| id.to_string()))
            .with_text(NAME, &name)
            .with(TYPE, body.segment_type)
            .with(LIST, list_id(state)?)
            .with_text(CREATED, &now)
            .with_text(UPDATED, &now)
            .with(MEMBERS, "0")
            .with(CONDITION, body.condition);
        let entry = Entry::new(&SHAPE, object)
            .ok_or_else(|| state.refused(Kind::TitleEmpty, "the name is required"))?;
        let entry = process::awaiting(&entry);
        let answer = details::created(state, &entry);
        Ok(Done::put(entry, Some(answer)))
    }

    fn list(&self, state: &State<'_>, query: &ListQuery) -> Verdict {
        list::list(state, query)
    }

    fn show(&self, state: &State<'_>, id: &str) -> Verdict {
        Ok(Done::answered(details::details(state, &state.find(id)?)))
    }

    /// The name stays where none is given. Only what is asked anew is calculated anew.
    fn update(&self, state: &State<'_>, id: &str, request: &Request) -> Verdict {
        let entry = state.find(id)?;
        state.check(request, Some(&entry))?;
        let Body { name, segment_type, condition } = Body::of(state, request)?;
        let now = stamp(state.as_of);
        let changed = entry.changed(|object| {
            if let Some(name) = &name {
                object.set_text(NAME, name);
            }
            object.set(TYPE, segment_type);
            object.set(CONDITION, condition);
            object.set_text(UPDATED, &now);
        });
        let asks_the_same = |key| {
            let of = |entry: &Entry| entry.object.only(&[key]).to_json();
            of(&entry) == of(&changed)
        };
        let changed = match asks_the_same(TYPE) && asks_the_same(CONDITION) {
            true => changed,
            false => process::awaiting(&changed),
        };
        let answer = details::updated(state, &changed);
        Ok(Done::put(changed, Some(answer)))
    }

    fn rename(&self, _: &State<'_>, _: &str, _: &str) -> Verdict {
        self.no_verb("rename", Some("its `update` takes a name beside the type and the condition"))
    }

    fn delete(&self, state: &State<'_>, id: &str) -> Verdict {
        let answer = Object::default().with("count", "1").to_json();
        Ok(Done::removed(state.find(id)?, Some(answer)))
    }

    fn remove_members(&self, state: &State<'_>, id: &str, request: &Request) -> Verdict {
        removal::remove_members(state, id, request)
    }

    fn begin_calculation(&self, state: &State<'_>, id: &str) -> Result<Entry, Stop> {
        process::begin(state, id)
    }

    fn end_calculation(&self, state: &State<'_>, begun: &Entry, members: Option<u64>) -> Verdict {
        process::end(state, begun, members)
    }

    fn process(&self, state: &State<'_>, id: &str) -> Verdict {
        process::process(state, id)
    }

    fn created(&self, entry: &Entry) -> Option<Instant> {
        time::instant(&entry.object.text(CREATED)?)
    }

    /// The condition in the spelling of the vendor's examples, and nothing said twice.
    fn imported(&self, mut answer: Object) -> Option<Object> {
        let condition = body::condition(&answer)?;
        answer.set(CONDITION, condition.to_json());
        answer.remove(RELATION);
        Some(answer)
    }
}

/// The list of a new segment, as JSON: an integer, or `null` where none is set.
fn list_id(state: &State<'_>) -> Result<String, CatalogError> {
    let Some(list) = state.facts.list.as_deref().map(str::trim) else {
        return Ok("null".to_owned());
    };
    match list.parse::<u64>() {
        Ok(id) => Ok(id.to_string()),
        Err(_) => {
            let message = format!("`{list}` is no list of EngageLab's, whose ids are integers");
            Err(CatalogError::Usage(message))
        }
    }
}
