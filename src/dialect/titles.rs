//! Titles of segments: where they stand, and whether the account has them already
//! (`docs/semantics.md`, "Titles in use").

use super::Dialect;
use super::collector::{Collector, Purpose};
use super::given::Word;
use crate::account::{StoredSegment, same_id, same_title};
use crate::finding::{Finding, Kind};
use crate::source::Span;

/// A segment's title, with what tells the segment from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The title, as decoded.
    pub text: String,
    /// The place of its characters.
    pub span: Span,
    /// The vendor's id of the segment, where the file has it.
    pub id: Option<String>,
    /// The list that the segment belongs to, by id or name, where the vendor keeps segments by list
    /// and the list is known.
    pub list: Option<String>,
}

impl Title {
    /// The title of a segment that belongs to the whole account.
    pub(super) fn of_account(word: &Word<'_>, id: Option<String>) -> Self {
        Self { text: word.as_str().to_owned(), span: word.span(), id, list: None }
    }

    /// True when the vendor would not take the titles of both, so far as is known: they are the
    /// same, and not those of one segment.
    pub fn clashes_with(&self, other: &Self) -> bool {
        same_title(&self.text, &other.text) && !same_id(self.id.as_deref(), other.id.as_deref())
    }
}

/// Reports a title that another segment of the account has.
pub(super) fn check(title: &Title, dialect: Dialect, collector: &mut Collector<'_>) {
    let account = collector.context.account;
    let stored = account.segments.as_deref().unwrap_or(&[]);
    if collector.purpose == Purpose::Evaluate {
        return;
    }
    let by_list = dialect == Dialect::CampaignMonitor;
    let clashes = |other: &&StoredSegment| {
        same_title(&other.title, &title.text)
            && !same_id(other.id.as_deref(), title.id.as_deref())
            && (!by_list || on_one_list(other, title.list.as_deref(), collector))
    };
    let Some(other) = stored.iter().find(clashes) else { return };
    let mut message = format!("`{}` is the title of another segment", title.text.trim());
    if let Some(id) = &other.id {
        message.push_str(&format!(", {id}"));
    }
    if let Some(list) = other.list.as_deref().filter(|_| by_list) {
        let name = account.list_names().name_of(list.trim()).unwrap_or(list);
        message.push_str(&format!(", of the list `{name}`"));
    }
    let help = match (&title.id, &other.id) {
        (None, Some(_)) => {
            "give it another title, or the id of the stored segment if it is that one"
        }
        _ => "give it another title",
    };
    collector.report_at(None, Finding::new(Kind::TitleInUse, title.span, message).help(help));
}

/// Whether a stored segment is on the list of the one that is read. Where its list isn't known, it
/// is only if all stored segments that say their list are on the same.
fn on_one_list(stored: &StoredSegment, list: Option<&str>, collector: &Collector<'_>) -> bool {
    let account = collector.context.account;
    let Some(other) = stored.list.as_deref() else { return true };
    match list {
        Some(list) => account.same_list(list, other),
        None => {
            let all = account.segments.iter().flatten().filter_map(|one| one.list.as_deref());
            all.into_iter().all(|list| account.same_list(list, other))
        }
    }
}

#[cfg(test)]
mod tests;
