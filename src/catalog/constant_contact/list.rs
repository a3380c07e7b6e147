//! `GET /segments`: names and times, sorted, without criteria.

use super::time::instant;
use super::{CREATED, ConstantContact, EDITED, ID, NAME};
use crate::catalog::entry::Entry;
use crate::catalog::state::State;
use crate::catalog::vendor::{ListQuery, Vendor};
use crate::catalog::verdict::{Done, Stop, Verdict};
use crate::finding::Kind;
use crate::value::fold;
use std::cmp::Reverse;

/// The most segments of one answer, and as many as there are when nothing is asked for.
const LIMIT: usize = 1000;

/// Lists the segments that aren't deleted.
pub(super) fn list(state: &State<'_>, query: &ListQuery) -> Verdict {
    query.only(state.dialect(), &["--sort-by", "--limit"])?;
    let limit = limit(state, query)?;
    let live = |entry: &&Entry| !ConstantContact.is_deleted(entry);
    let mut entries: Vec<&Entry> = state.stored()?.entries.iter().filter(live).collect();
    match query.sort_by.as_deref().unwrap_or("date") {
        // Of two that were edited in one instant the younger is first.
        "date" => entries.sort_by_cached_key(|entry| {
            let edited = entry.object.text(EDITED).and_then(|stamp| instant(&stamp));
            Reverse((edited, entry.object.integer(ID)))
        }),
        "name" => {
            entries.sort_by_cached_key(|entry| (fold(entry.title()), entry.object.integer(ID)))
        }
        other => {
            let reason = format!("sort_by must be `name` or `date`, found `{other}`");
            return Err(state.refused(Kind::WrongType, reason));
        }
    }
    let rows =
        entries.iter().take(limit).map(|entry| entry.object.only(&[NAME, ID, CREATED, EDITED]));
    let rows: Vec<String> = rows.map(|row| row.to_json()).collect();
    Ok(Done::answered(format!("{{\"segments\":[{}]}}", rows.join(","))))
}

fn limit(state: &State<'_>, query: &ListQuery) -> Result<usize, Stop> {
    let Some(text) = query.limit.as_deref() else { return Ok(LIMIT) };
    let limit = text.parse().ok().filter(|limit| (1..=LIMIT).contains(limit));
    limit.ok_or_else(|| {
        let reason = format!("limit must be between 1 and {LIMIT}, found `{text}`");
        state.refused(Kind::WrongType, reason)
    })
}
