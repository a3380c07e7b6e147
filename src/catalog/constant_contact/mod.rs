//! Constant Contact's segments (the vendor's pages "Create a Segment" and "Segments Overview"):
//! integer ids, names that are unique in the account, deletion that keeps what is deleted. Criteria
//! are escaped strings in requests and answers, and decoded in the catalog.

mod list;
#[cfg(test)]
mod tests;
mod time;

use super::entry::{Entry, Shape};
use super::object::Object;
use super::request::Request;
use super::state::State;
use super::vendor::{ListQuery, Vendor};
use super::verdict::{Done, Stop, Verdict};
use crate::account::same_title;
use crate::dialect::Dialect;
use crate::dialect::constant_contact::DELETED_AT;
use crate::finding::Kind;
use crate::output::{ActivityError, CcEmailActivity};
use crate::source::escape::escape;
use crate::value::{Instant, is_blank};
use time::stamp;

/// The vendor.
pub struct ConstantContact;

const NAME: &str = "name";
const CRITERIA: &str = "segment_criteria";
const ID: &str = "segment_id";
const CREATED: &str = "created_at";
const EDITED: &str = "edited_at";

static SHAPE: Shape =
    Shape { id: ID, title: NAME, list: None, order: &[NAME, CRITERIA, ID, CREATED, EDITED] };

impl Vendor for ConstantContact {
    fn dialect(&self) -> Dialect {
        Dialect::ConstantContact
    }

    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    /// One more than the largest, deleted segments and files with a fault among them.
    fn new_id(&self, state: &State<'_>, _: &str) -> Result<String, Stop> {
        let ids = state.stored()?.ids().filter_map(|id| id.parse::<u64>().ok());
        let next = ids.max().unwrap_or(0).checked_add(1);
        let none = || state.refused(Kind::LimitReached, "there is no larger id");
        next.map(|id| id.to_string()).ok_or_else(none)
    }

    fn create(&self, state: &State<'_>, request: &Request) -> Verdict {
        let (name, criteria) = body(state, request, None)?;
        let now = stamp(state.as_of);
        let object = Object::default()
            .with_text(NAME, &name)
            .with(CRITERIA, criteria)
            .with(ID, self.new_id(state, &name)?)
            .with_text(CREATED, &now)
            .with_text(EDITED, &now);
        let entry = Entry::new(&SHAPE, object).ok_or_else(|| unnamed(state))?;
        let answer = details(&entry);
        Ok(Done::put(entry, Some(answer)))
    }

    fn list(&self, state: &State<'_>, query: &ListQuery) -> Verdict {
        list::list(state, query)
    }

    fn show(&self, state: &State<'_>, id: &str) -> Verdict {
        Ok(Done::answered(details(&state.find(id)?)))
    }

    fn update(&self, state: &State<'_>, id: &str, request: &Request) -> Verdict {
        let entry = live(state, id)?;
        let (name, criteria) = body(state, request, Some(&entry))?;
        let entry = entry.changed(|object| {
            object.set_text(NAME, &name);
            object.set(CRITERIA, criteria);
            object.set_text(EDITED, &stamp(state.as_of));
        });
        let answer = details(&entry);
        Ok(Done::put(entry, Some(answer)))
    }

    fn rename(&self, state: &State<'_>, id: &str, name: &str) -> Verdict {
        let entry = live(state, id)?;
        if is_blank(name) {
            return Err(unnamed(state));
        }
        refuse_taken(state, name, Some(&entry))?;
        let entry = entry.changed(|object| {
            object.set_text(NAME, name);
            object.set_text(EDITED, &stamp(state.as_of));
        });
        let answer = details(&entry);
        Ok(Done::put(entry, Some(answer)))
    }

    fn delete(&self, state: &State<'_>, id: &str) -> Verdict {
        let entry = live(state, id)?;
        let aside = entry.aside().with_text(DELETED_AT, &stamp(state.as_of));
        Ok(Done::put(entry.with_aside(&aside), None))
    }

    fn assign(
        &self,
        state: &State<'_>,
        ids: &[String],
        activity: &str,
        list_ids: &[String],
    ) -> Verdict {
        let [id] = ids else {
            let reason = format!("a campaign goes to exactly one segment, found {} ids", ids.len());
            return Err(state.refused(Kind::WrongType, reason));
        };
        let segment = live(state, id)?;
        let made = CcEmailActivity::new(activity, Some(segment.id()), list_ids);
        let refused = |error: ActivityError| state.refused(Kind::WrongType, error.to_string());
        Ok(Done::answered(made.map_err(refused)?.to_json()))
    }

    fn is_deleted(&self, entry: &Entry) -> bool {
        entry.aside().raw(DELETED_AT).is_some()
    }

    fn created(&self, entry: &Entry) -> Option<Instant> {
        time::instant(&entry.object.text(CREATED)?)
    }

    fn imported(&self, mut answer: Object) -> Option<Object> {
        if let Some(text) = answer.text(CRITERIA) {
            answer.set(CRITERIA, Object::parse(&text)?.to_json());
        }
        answer.has(CRITERIA).then_some(answer)
    }
}

/// The segment with an id, unless it is deleted: then it can be shown, and nothing else.
fn live(state: &State<'_>, id: &str) -> Result<Entry, Stop> {
    let entry = state.find(id)?;
    match ConstantContact.is_deleted(&entry) {
        true => Err(state.refused(Kind::SegmentUnknown, format!("segment {id} is deleted"))),
        false => Ok(entry),
    }
}

fn unnamed(state: &State<'_>) -> Stop {
    state.refused(Kind::TitleEmpty, "`name` is required")
}

/// Refuses a name that another segment has, be it deleted.
fn refuse_taken(state: &State<'_>, name: &str, own: Option<&Entry>) -> Result<(), Stop> {
    let others = state.account_without(own)?.segments.unwrap_or_default();
    match others.iter().find(|other| same_title(&other.title, name)) {
        None => Ok(()),
        Some(_) => {
            let reason = format!("`{}` is the name of another segment", name.trim());
            Err(state.refused(Kind::TitleInUse, reason))
        }
    }
}

/// The name and the decoded criteria of a request that has both and is right in full.
fn body(
    state: &State<'_>,
    request: &Request,
    own: Option<&Entry>,
) -> Result<(String, String), Stop> {
    let keys = &request.object;
    // What is no JSON object has no keys, which the check says with its place.
    if !keys.is_empty() {
        require(state, keys)?;
    }
    state.check(request, own)?;
    let name = keys.word(NAME).filter(|name| !is_blank(name)).ok_or_else(|| unnamed(state))?;
    let criteria = keys.text(CRITERIA).as_deref().and_then(Object::parse);
    let criteria = criteria
        .ok_or_else(|| state.refused(Kind::JsonFault, "`segment_criteria` holds no JSON object"))?;
    Ok((name, criteria.to_json()))
}

/// Refuses a request without a name, or without criteria where the vendor looks for them.
fn require(state: &State<'_>, request: &Object) -> Result<(), Stop> {
    if request.raw(NAME).is_none() {
        return Err(unnamed(state));
    }
    if request.raw(CRITERIA).is_none() {
        let reason = "`segment_criteria` is required: the criteria as one escaped string, which \
                      `segkit escape` makes";
        return Err(state.refused(Kind::WrongType, reason));
    }
    Ok(())
}

/// The details as the vendor answers them: the criteria escaped, nothing of the catalog's own.
fn details(entry: &Entry) -> String {
    let mut object = entry.object.clone();
    object.remove(super::entry::ASIDE);
    if let Some(raw) = object.raw(CRITERIA) {
        // Criteria that somebody left escaped are a string already.
        let string = if raw.starts_with('"') { raw.to_owned() } else { escape(raw) };
        object.set(CRITERIA, string);
    }
    object.arrange(SHAPE.order, "");
    object.to_json()
}
