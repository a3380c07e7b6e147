//! Campaign Monitor's segments (the vendor's page "Segments"): ids of 32 hexadecimal digits, titles
//! that are unique in a list, rule groups that can be added one by one and cleared. What is created is
//! answered with its id, what is changed or deleted with nothing.

mod drafts;
mod rules;
#[cfg(test)]
mod tests;

use super::calculation;
use super::entry::{ASIDE, Entry, Shape};
use super::error::CatalogError;
use super::hex_id;
use super::object::Object;
use super::request::Request;
use super::state::State;
use super::vendor::{ListQuery, Vendor};
use super::verdict::{Done, Stop, Verdict};
use crate::account::same_id;
use crate::dialect::Dialect;
use crate::dialect::campaign_monitor::SYSTEM;
use crate::finding::Kind;
use crate::source::escape::quote;
use crate::value::{fold, is_blank};
use rules::{GROUPS, RULES};

/// The vendor.
pub struct CampaignMonitor;

const COUNT: &str = "ActiveSubscribers";
const LIST: &str = "ListID";
const ID: &str = "SegmentID";
const TITLE: &str = "Title";
/// The digits of an id.
const DIGITS: usize = 32;

static SHAPE: Shape =
    Shape { id: ID, title: TITLE, list: Some(LIST), order: &[COUNT, GROUPS, LIST, ID, TITLE] };

/// Refusals that say nothing of rules: their bodies have no `ResultData`.
const WITHOUT_RESULTS: &[Kind] = &[Kind::TitleEmpty, Kind::TitleInUse];

impl Vendor for CampaignMonitor {
    fn dialect(&self) -> Dialect {
        Dialect::CampaignMonitor
    }

    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn new_id(&self, state: &State<'_>, title: &str) -> Result<String, Stop> {
        new_id(state, state.facts.list.as_deref().unwrap_or_default(), title)
    }

    fn create(&self, state: &State<'_>, request: &Request) -> Verdict {
        let list = request.object.word(LIST).or_else(|| state.facts.list.clone());
        let list = list.ok_or_else(|| {
            let message = "a segment is created on a list: name it with --list ID, as list under \
                           [account] in segkit.toml, or as `ListID` in the body";
            CatalogError::Usage(message.to_owned())
        })?;
        let title = title(state, request, None)?;
        let groups = rules::groups(&request.object).unwrap_or_default();
        check_segment_limit(state, &list)?;
        check_rule_limit(state, &groups)?;
        let id = new_id(state, &list, &title)?;
        let object = Object::default()
            .with(COUNT, "0")
            .with(GROUPS, rules::written(&groups))
            .with_text(LIST, &list)
            .with_text(ID, &id)
            .with_text(TITLE, &title);
        let entry = Entry::new(&SHAPE, object).ok_or_else(|| untitled(state))?;
        Ok(Done::put(entry, Some(quote(&id))))
    }

    fn list(&self, state: &State<'_>, query: &ListQuery) -> Verdict {
        query.only(state.dialect(), &[])?;
        let all = &state.stored()?.entries;
        let mut entries: Vec<&Entry> = match &query.list {
            Some(list) => of_list(all, list)?,
            None => all.iter().collect(),
        };
        entries.sort_by_cached_key(|entry| (fold(entry.title()), entry.id().to_owned()));
        let rows = entries.iter().map(|entry| entry.object.only(&[LIST, ID, TITLE]).to_json());
        Ok(Done::answered(format!("[{}]", rows.collect::<Vec<_>>().join(","))))
    }

    fn show(&self, state: &State<'_>, id: &str) -> Verdict {
        Ok(Done::answered(details(&state.find(id)?)))
    }

    /// A request without rules leaves them as they are; one with an empty collection clears them.
    fn update(&self, state: &State<'_>, id: &str, request: &Request) -> Verdict {
        let entry = changeable(state, id)?;
        if let Some(percent) = calculation::percent(state.catalog.folder(), entry.id()) {
            let reason = format!("segment {id} is being calculated, {percent} % are done");
            return Err(state.refused(Kind::CalculationInProgress, reason));
        }
        stays_on_its_list(&entry, request)?;
        let title = title(state, request, Some(&entry))?;
        let groups = rules::groups(&request.object);
        if let Some(groups) = &groups {
            check_rule_limit(state, groups)?;
        }
        let entry = entry.changed(|object| object.set_text(TITLE, &title));
        Ok(Done::put(groups.map_or(entry.clone(), |groups| with_groups(&entry, &groups)), None))
    }

    fn add_rules(&self, state: &State<'_>, id: &str, request: &Request) -> Verdict {
        let entry = changeable(state, id)?;
        stays_on_its_list(&entry, request)?;
        if let Some(key) = [TITLE, GROUPS].into_iter().find(|key| request.object.has(key)) {
            let message = format!(
                "add-rules takes one rule group, {{\"Rules\":[…]}}, which has no place for `{key}`"
            );
            return Err(CatalogError::Usage(message).into());
        }
        check(state, request, Some(&entry))?;
        let added = rules::groups(&request.object).unwrap_or_default();
        if added.len() != 1 {
            let reason = format!("one rule group is added at a time, found {}", added.len());
            return Err(state.refused(Kind::RulesHaveProblems, reason));
        }
        let mut groups = own_groups(&entry)?;
        groups.extend(added);
        check_rule_limit(state, &groups)?;
        Ok(Done::put(with_groups(&entry, &groups), None))
    }

    fn clear_rules(&self, state: &State<'_>, id: &str) -> Verdict {
        Ok(Done::put(with_groups(&changeable(state, id)?, &[]), None))
    }

    fn delete(&self, state: &State<'_>, id: &str) -> Verdict {
        let entry = changeable(state, id)?;
        if let Some(draft) = drafts::naming(&entry, state) {
            let reason = format!("segment {id} is named by the campaign {draft}");
            return Err(state.refused(Kind::SegmentHasCampaigns, reason));
        }
        Ok(Done::removed(entry, None))
    }

    fn begin_calculation(&self, state: &State<'_>, id: &str) -> Result<Entry, Stop> {
        state.find(id)
    }

    /// The vendor calculates by itself and has no such endpoint: the details are answered.
    fn end_calculation(&self, state: &State<'_>, begun: &Entry, members: Option<u64>) -> Verdict {
        let entry = state.find(begun.id())?;
        let Some(members) = members else { return Ok(Done::nothing()) };
        if rules::groups(&entry.object) != rules::groups(&begun.object) {
            return Err(CatalogError::Outdated(entry.id().to_owned()).into());
        }
        let entry = entry.changed(|object| object.set(COUNT, members.to_string()));
        let answer = details(&entry);
        Ok(Done::put(entry, Some(answer)))
    }

    /// A list of segments says nothing of rules, and a segment without rules would be everybody.
    fn imported(&self, answer: Object) -> Option<Object> {
        answer.raw(GROUPS).is_some().then_some(answer)
    }
}

/// The segments of a list, by its id.
fn of_list<'e>(all: &'e [Entry], list: &str) -> Result<Vec<&'e Entry>, CatalogError> {
    let is_on = |entry: &&Entry| same_id(entry.list().as_deref(), Some(list));
    let entries: Vec<&Entry> = all.iter().filter(is_on).collect();
    if !entries.is_empty() || all.is_empty() {
        return Ok(entries);
    }
    // An id that was mistyped, or a name, would look like a list without segments.
    let mut lists: Vec<String> = all.iter().filter_map(Entry::list).collect();
    lists.sort_unstable();
    lists.dedup();
    let message = format!(
        "no segment is on a list with the id {list}; there are segments on {}",
        lists.join(", ")
    );
    Err(CatalogError::Usage(message))
}

/// The details as the vendor answers them: nothing of the catalog's own.
fn details(entry: &Entry) -> String {
    let mut object = entry.object.clone();
    object.remove(ASIDE);
    object.arrange(SHAPE.order, "");
    object.to_json()
}

fn new_id(state: &State<'_>, list: &str, title: &str) -> Result<String, Stop> {
    let stored = state.stored()?;
    let taken = |id: &str| stored.ids().any(|known| same_id(Some(known), Some(id)));
    let made = state.as_of.0.to_string();
    Ok(hex_id::free(&[list, title, &made], DIGITS, taken))
}

/// The segment with an id, unless it is the vendor's own: that can be shown and calculated, and
/// nothing else.
fn changeable(state: &State<'_>, id: &str) -> Result<Entry, Stop> {
    let entry = state.find(id)?;
    if is_system(&entry) {
        let reason = format!("segment {id} is one of the vendor's own");
        return Err(state.refused(Kind::SystemSegment, reason));
    }
    Ok(entry)
}

/// True for the vendor's own segments. A mark that is neither true nor false, which `check` reports,
/// protects as well: what is deleted can't be had back.
fn is_system(entry: &Entry) -> bool {
    entry.aside().raw(SYSTEM).is_some_and(|mark| mark != "false")
}

/// The vendor has no way to move a segment to another list; a body that names one was meant for
/// another segment.
fn stays_on_its_list(entry: &Entry, request: &Request) -> Result<(), CatalogError> {
    let (Some(asked), Some(own)) = (request.object.word(LIST), entry.list()) else { return Ok(()) };
    if same_id(Some(&asked), Some(&own)) {
        return Ok(());
    }
    let message =
        format!("segment {} is on the list {own}, and the body names {asked}", entry.id());
    Err(CatalogError::Usage(message))
}

/// The title of a request that is right in full.
fn title(state: &State<'_>, request: &Request, own: Option<&Entry>) -> Result<String, Stop> {
    let is_object = Object::parse(request.file.text()).is_some();
    if is_object && request.object.raw(TITLE).is_none() {
        return Err(untitled(state));
    }
    check(state, request, own)?;
    let title = request.object.word(TITLE).filter(|title| !is_blank(title));
    title.ok_or_else(|| untitled(state))
}

/// Checks a request in full; the refusal has the vendor's body.
fn check(state: &State<'_>, request: &Request, own: Option<&Entry>) -> Result<(), Stop> {
    state.check(request, own).map_err(|stop| match stop {
        Stop::Refused(mut refusal) => {
            let body = Object::parse(&refusal.body);
            let without = |body: &Object| {
                let code = body.integer("Code");
                WITHOUT_RESULTS.iter().any(|kind| code == Some(i64::from(kind.code())))
            };
            if let Some(mut body) = body.filter(without) {
                body.remove("ResultData");
                refusal.body = body.to_json();
            }
            Stop::Refused(refusal)
        }
        failed @ Stop::Failed(_) => failed,
    })
}

fn untitled(state: &State<'_>) -> Stop {
    state.refused(Kind::TitleEmpty, "`Title` is required")
}

/// The vendor's own segments count for nothing: nobody made them.
fn check_segment_limit(state: &State<'_>, list: &str) -> Result<(), Stop> {
    let Some(limit) = state.facts.limit else { return Ok(()) };
    let of_list = |entry: &&Entry| {
        !is_system(entry) && entry.list().is_none_or(|other| state.account.same_list(&other, list))
    };
    let count = state.stored()?.entries.iter().filter(of_list).count() as u64;
    if count < limit {
        return Ok(());
    }
    let reason = format!("the list {list} has {count} segments, of {limit} that it may have");
    Err(state.refused(Kind::LimitReached, reason))
}

fn check_rule_limit(state: &State<'_>, groups: &[rules::Group]) -> Result<(), Stop> {
    let Some(limit) = state.facts.rule_limit else { return Ok(()) };
    let count = groups.iter().map(|group| group.rules as u64).sum::<u64>();
    if count <= limit {
        return Ok(());
    }
    let reason = format!("the segment would have {count} rules, of {limit} that it may have");
    Err(state.refused(Kind::LimitReached, reason))
}

/// The rule groups that a segment has.
fn own_groups(entry: &Entry) -> Result<Vec<rules::Group>, CatalogError> {
    let says_any = entry.object.raw(GROUPS).or_else(|| entry.object.raw(RULES)).is_some();
    match rules::groups(&entry.object) {
        Some(groups) => Ok(groups),
        None if !says_any => Ok(Vec::new()),
        None => {
            let message = format!(
                "the rules of segment {} can't be read, and would be lost; `segkit catalog check` \
                 says what is wrong",
                entry.id()
            );
            Err(CatalogError::Usage(message))
        }
    }
}

/// The entry with other rules. What was counted by the old ones says nothing any more, and a new
/// segment has none either.
fn with_groups(entry: &Entry, groups: &[rules::Group]) -> Entry {
    if rules::groups(&entry.object).as_deref() == Some(groups) {
        return entry.clone();
    }
    entry.changed(|object| {
        object.set(COUNT, "0");
        object.remove(RULES);
        object.set(GROUPS, rules::written(groups));
    })
}
