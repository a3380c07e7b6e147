//! The list of segments: by a part of the name and by type, a slice at a time, the latest first.

use super::{CREATED, TYPE, details, time};
use crate::catalog::entry::Entry;
use crate::catalog::object::Object;
use crate::catalog::state::State;
use crate::catalog::vendor::ListQuery;
use crate::catalog::verdict::{Done, Stop, Verdict};
use crate::dialect::engagelab::SEGMENT_TYPES;
use crate::finding::Kind;
use crate::output::Slice;
use crate::value::fold;
use std::cmp::Reverse;

/// The flags that this list takes.
const FLAGS: &[&str] = &["--segment-name", "--type", "--offset", "--limit"];

/// Lists segments. `total` is how many there are of such a name and type, `count` how many of them the
/// answer holds.
pub(super) fn list(state: &State<'_>, query: &ListQuery) -> Verdict {
    query.only(state.dialect(), FLAGS)?;
    let wanted_type = wanted_type(state, query)?;
    let slice = slice(state, query.offset.as_deref(), query.limit.as_deref())?;
    let part = query.segment_name.as_deref().map(fold).unwrap_or_default();
    let is_wanted = |entry: &&Entry| {
        let is_type = wanted_type.is_none_or(|wanted| entry.object.integer(TYPE) == Some(wanted));
        is_type && fold(entry.title()).contains(&part)
    };
    let mut entries: Vec<&Entry> = state.stored()?.entries.iter().filter(is_wanted).collect();
    entries.sort_by_cached_key(|entry| {
        let created = entry.object.text(CREATED).and_then(|stamp| time::instant(&stamp));
        (Reverse(created), fold(entry.title()), entry.id().to_owned())
    });
    let rows = slice.of(&entries).iter().map(|entry| details::row(state, entry));
    let rows: Vec<String> = rows.collect();
    let answer = Object::default()
        .with("result", format!("[{}]", rows.join(",")))
        .with("total", entries.len().to_string())
        .with("count", rows.len().to_string());
    Ok(Done::answered(answer.to_json()))
}

fn wanted_type(state: &State<'_>, query: &ListQuery) -> Result<Option<i64>, Stop> {
    let Some(text) = query.kind.as_deref() else { return Ok(None) };
    let number = text.trim().parse().ok();
    let known = SEGMENT_TYPES.iter().find(|row| Some(row.number) == number);
    // The vendor's own words.
    let message = "type only be 0 (by field) or 1 (by campaign)";
    known.map(|row| Some(row.number)).ok_or_else(|| state.refused(Kind::RelationOrType, message))
}

/// The slice that a query asks for.
///
/// # Errors
///
/// The vendor's refusal of an offset or a limit out of range.
pub(super) fn slice(
    state: &State<'_>,
    offset: Option<&str>,
    limit: Option<&str>,
) -> Result<Slice, Stop> {
    Slice::read(offset, limit)
        .map_err(|error| state.refused(Kind::WrongType, error.message().to_owned()))
}
