//! "Delete segment members": ids that are kept out of a segment from now on, whatever its condition says.
//! They stand aside in the segment's file; the dialect's reader takes them for rules.

use super::{MEMBER_IDS, process};
use crate::catalog::error::CatalogError;
use crate::catalog::object::Object;
use crate::catalog::request::Request;
use crate::catalog::state::State;
use crate::catalog::verdict::{Done, Verdict};
use crate::dialect::engagelab::REMOVED_MEMBERS;
use crate::finding::{Kind, nearest};
use crate::source::escape::quote;
use crate::value::{fold, is_blank};
use hashbrown::HashSet;

/// Keeps members out. The answer counts those that weren't kept out before.
pub(super) fn remove_members(state: &State<'_>, id: &str, request: &Request) -> Verdict {
    state.check_json(request)?;
    let entry = state.find(id)?;
    let ids = request.object.texts(MEMBER_IDS).filter(|ids| !ids.is_empty());
    let Some(ids) = ids.filter(|ids| !ids.iter().any(|id| is_blank(id))) else {
        let near =
            request.object.keys().find(|key| nearest(key, [MEMBER_IDS].into_iter()).is_some());
        let near = near.filter(|key| *key != MEMBER_IDS);
        let near = near.map(|key| format!("; `{key}` is another key")).unwrap_or_default();
        let reason = format!("[{MEMBER_IDS}]:must be a list of member ids, strings{near}");
        return Err(state.refused(Kind::WrongType, reason));
    };
    let aside = entry.aside();
    let mut removed = match aside.raw(REMOVED_MEMBERS) {
        None => Vec::new(),
        Some(_) => aside.texts(REMOVED_MEMBERS).ok_or_else(|| {
            CatalogError::Usage(format!(
                "who is kept out of segment {id} can't be read, and would be lost; `segkit catalog \
                 check` says what is wrong"
            ))
        })?,
    };
    let before = removed.len();
    let mut known: HashSet<String> = removed.iter().map(|id| fold(id.trim())).collect();
    removed.extend(
        ids.iter().map(|id| id.trim()).filter(|id| known.insert(fold(id))).map(str::to_owned),
    );
    let count = removed.len() - before;
    let answer = Object::default().with("count", count.to_string()).to_json();
    if count == 0 {
        return Ok(Done::answered(answer));
    }
    let list: Vec<String> = removed.iter().map(|id| quote(id)).collect();
    let aside = entry.aside().with(REMOVED_MEMBERS, format!("[{}]", list.join(",")));
    Ok(Done::put(process::awaiting(&entry.with_aside(&aside)), Some(answer)))
}
