//! Ids and names that criteria ask about, against what is known of the account: campaigns, links,
//! lists, tags. What no file and no dump knows is a warning that says who was asked; without a file
//! and a dump nothing is said (`docs/semantics.md`, "What the account knows").

use super::collector::Collector;
use crate::account::{Campaign, Named, Names, Seen};
use crate::finding::{Finding, Kind, nearest, nearest_within};
use crate::source::Span;
use crate::source::escape::quote;
use crate::value::folds_equal;

/// Ids that differ in more letters than this are different ones, not one mistyped: they are of one
/// make, so many of them are half alike.
const ID_EDITS: usize = 2;

/// How far from an id another one may be and still be meant: of short ids each letter tells.
fn edits(id: &str) -> usize {
    (id.chars().count() / 6).min(ID_EDITS)
}

/// The most words that are measured for the nearest.
const MOST_MEASURED: usize = 2_000;

/// Who may know what is asked about.
struct Sources {
    kind: Kind,
    what: &'static str,
    file: &'static str,
    dump: &'static str,
}

const CAMPAIGNS: Sources = Sources {
    kind: Kind::CampaignUnseen,
    what: "campaign",
    file: "the campaigns file",
    dump: "the activities",
};
const LISTS: Sources =
    Sources { kind: Kind::ListUnseen, what: "list", file: "the lists file", dump: "the contacts" };
const TAGS: Sources =
    Sources { kind: Kind::TagUnseen, what: "tag", file: "the tags file", dump: "the contacts" };

impl Sources {
    /// A finding where somebody was asked and nobody knows; `None` stands for who wasn't asked.
    fn unseen(
        &self,
        (text, span): (&str, Span),
        in_file: Option<bool>,
        in_dump: Option<bool>,
    ) -> Option<Finding> {
        let Self { what, file, dump, .. } = self;
        let message = match (in_file, in_dump) {
            (Some(false), Some(false)) => {
                format!("neither {file} nor {dump} know a {what} `{text}`")
            }
            (Some(false), None) => format!("{file} has no {what} `{text}`"),
            (None, Some(false)) => format!("{dump} have no {what} `{text}`"),
            _ => return None,
        };
        Some(Finding::new(self.kind, span, message))
    }
}

/// Whether a dump shows one of the texts; `None` where it wasn't looked at, or not all was kept.
fn shown(seen: Option<&Seen>, holds: impl Fn(&Seen) -> bool) -> Option<bool> {
    let seen = seen?;
    let holds = holds(seen);
    (holds || seen.is_whole()).then_some(holds)
}

/// True where a dump was looked at and holds more than was kept, so that nothing follows from what
/// it lacks.
fn cut_short(seen: Option<&Seen>) -> bool {
    seen.is_some_and(|seen| !seen.is_whole())
}

/// Looks a campaign up, and reports one that nobody knows. Gives what the campaigns file says of
/// it.
pub(super) fn campaign<'a>(
    id: &str,
    span: Span,
    collector: &mut Collector<'a>,
) -> Option<&'a Campaign> {
    let account = collector.context.account;
    let known = account.campaign(id);
    let in_file = account.campaigns.as_ref().map(|_| known.is_some());
    let observed = account.observed.campaigns.as_ref();
    let in_dump = shown(observed, |seen| seen.holds_alike(id));
    if in_dump.is_none() && cut_short(observed) {
        return known;
    }
    if let Some(finding) = CAMPAIGNS.unseen((id, span), in_file, in_dump) {
        let help = campaign_help(id, collector);
        collector.report(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }
    known
}

/// The campaign that may have been meant: the one of this name, or of the nearest id.
fn campaign_help(text: &str, collector: &Collector<'_>) -> Option<String> {
    let account = collector.context.account;
    let campaigns = account.campaigns.as_deref().unwrap_or(&[]);
    let named = |campaign: &&Campaign| {
        campaign.name.as_deref().is_some_and(|name| folds_equal(name.trim(), text.trim()))
    };
    if let Some(campaign) = campaigns.iter().find(named) {
        return Some(format!("`{text}` is the name of campaign `{}`", campaign.id));
    }
    let observed = account.observed.campaigns.iter().flat_map(Seen::iter);
    let ids = campaigns.iter().map(|campaign| campaign.id.as_str()).chain(observed);
    let near = nearest_within(text, ids.take(MOST_MEASURED), edits(text))?;
    let name = account.campaign(near).and_then(|campaign| campaign.name.as_deref());
    let name = name.map(|name| format!(", that is {name}")).unwrap_or_default();
    Some(format!("did you mean `{near}`{name}?"))
}

/// Reports a link that the campaign doesn't have, as an error, or one that nobody clicked, as a
/// warning. URLs are compared to the letter, as clicks are.
pub(super) fn link(campaign: &str, (url, span): (&str, Span), collector: &mut Collector<'_>) {
    let account = collector.context.account;
    let links = account.links.as_ref().and_then(|links| links.of(campaign));
    let clicked = account.observed.clicked_in(campaign);
    let finding = if let Some(links) = links.filter(|links| !links.contains(url)) {
        let message = format!("`{url}` is no link of campaign {campaign}");
        let finding = Finding::new(Kind::LinkNotInCampaign, span, message);
        let help = match links.len() {
            0 => "it has no links".to_owned(),
            count => one_of(url, links.iter().map(String::as_str), count, "it has"),
        };
        finding.help(help)
    } else if let Some(clicked) = clicked.filter(|seen| !seen.holds(url) && seen.is_whole()) {
        let message = format!("the activities have clicks of campaign {campaign}, none on `{url}`");
        let count = clicked.iter().count();
        let help = one_of(url, clicked.iter(), count, "clicked were");
        Finding::new(Kind::LinkUnseen, span, message).help(help)
    } else {
        return;
    };
    collector.report(finding);
}

/// The nearest of some URLs, or all of them where they are few.
fn one_of<'u>(
    url: &str,
    all: impl Iterator<Item = &'u str> + Clone,
    count: usize,
    before: &str,
) -> String {
    const FEW: usize = 5;
    if let Some(near) = nearest(url, all.clone().take(MOST_MEASURED)) {
        return format!("did you mean `{near}`?");
    }
    let first = all.take(FEW).map(|url| format!("`{url}`")).collect::<Vec<_>>().join(", ");
    match count.saturating_sub(FEW) {
        0 => format!("{before} {first}"),
        more => format!("{before} {first} and {more} more"),
    }
}

/// Reports a list that nobody knows by id or name.
pub(super) fn list(text: &str, span: Span, collector: &mut Collector<'_>) {
    let account = collector.context.account;
    let observed = account.observed.lists.as_ref();
    named(&LISTS, (text, span), account.lists.as_ref(), observed, collector);
}

/// Reports a tag that nobody knows by id or name.
pub(super) fn tag(text: &str, span: Span, collector: &mut Collector<'_>) {
    let account = collector.context.account;
    let observed = account.observed.tags.as_ref();
    named(&TAGS, (text, span), account.tags.as_ref(), observed, collector);
}

fn named(
    sources: &Sources,
    (text, span): (&str, Span),
    names: Option<&Names>,
    observed: Option<&Seen>,
    collector: &mut Collector<'_>,
) {
    let text = text.trim();
    if let Some(entry) = called(text, names) {
        let Sources { kind, what, .. } = sources;
        let message = format!("`{text}` is the name of a {what}; criteria want its id");
        let finding = Finding::new(*kind, span, message).help(format!("its id is `{}`", entry.id));
        return collector.report(collector.fixed(finding, span, &inner_json(&entry.id)));
    }
    let synonyms = names.unwrap_or(Names::NONE).synonyms(text);
    let in_file = names.map(|_| synonyms.len() > 1);
    let in_dump = shown(observed, |seen| synonyms.iter().any(|synonym| seen.holds_alike(synonym)));
    report_named(sources, (text, span), (names, in_file), (observed, in_dump), collector);
}

/// The only entry that this is the name of, where it is the id of none.
fn called<'n>(text: &str, names: Option<&'n Names>) -> Option<&'n Named> {
    let entries = &names?.0;
    if entries.iter().any(|entry| folds_equal(entry.id.trim(), text)) {
        return None;
    }
    let mut named = entries.iter().filter(|entry| folds_equal(entry.name.trim(), text));
    named.next().filter(|_| named.next().is_none())
}

/// A text as it stands between the quotes of a JSON string.
fn inner_json(text: &str) -> String {
    let quoted = quote(text);
    quoted.get(1..quoted.len() - 1).unwrap_or("").to_owned()
}

/// Reports a tag that nobody has by exactly this name.
pub(super) fn tag_name(text: &str, span: Span, collector: &mut Collector<'_>) {
    let account = collector.context.account;
    let (names, observed) = (account.tags.as_ref(), account.observed.tags.as_ref());
    let called =
        |name: &str| names.is_some_and(|names| names.0.iter().any(|entry| entry.name == name));
    let in_file = names.map(|_| called(text));
    // Contacts may carry the id in the name's stead.
    let ids = names.into_iter().flat_map(|names| &names.0).filter(|entry| entry.name == text);
    let ids: Vec<&str> = ids.map(|entry| entry.id.as_str()).collect();
    let in_dump =
        shown(observed, |seen| seen.holds(text) || ids.iter().any(|id| seen.holds_alike(id)));
    report_named(&TAGS, (text, span), (names, in_file), (observed, in_dump), collector);
}

fn report_named(
    sources: &Sources,
    (text, span): (&str, Span),
    (names, in_file): (Option<&Names>, Option<bool>),
    (observed, in_dump): (Option<&Seen>, Option<bool>),
    collector: &mut Collector<'_>,
) {
    if in_dump.is_none() && cut_short(observed) {
        return;
    }
    let Some(finding) = sources.unseen((text, span), in_file, in_dump) else { return };
    let entries = names.into_iter().flat_map(|names| &names.0).take(MOST_MEASURED);
    let ids = entries.clone().map(|entry| entry.id.as_str());
    let words = entries.map(|entry| entry.name.as_str());
    let words = words.chain(observed.into_iter().flat_map(Seen::iter).take(MOST_MEASURED));
    let near = nearest_within(text, ids, edits(text)).or_else(|| nearest(text, words));
    collector.report(match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    });
}

#[cfg(test)]
mod tests;
