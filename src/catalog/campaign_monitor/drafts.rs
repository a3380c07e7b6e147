//! Campaigns that haven't been sent and name a segment: it can't be deleted under them
//! (`docs/catalog.md`, "Campaign Monitor").

use super::super::entry::Entry;
use super::super::state::State;
use crate::account::{Campaign, same_id, same_title};
use crate::value::{Instant, Zone, fold};

/// The vendor's words for the states of a campaign that is still to be sent.
const UNSENT: &[&str] = &["draft", "scheduled", "unsent", "pending"];

/// The words for one that has been, or is being sent.
const SENT: &[&str] = &["sent", "sending", "done", "completed", "executing"];

/// A campaign of the account that hasn't been sent and names this segment, by its id or, on its list,
/// by its title: what the campaign is called.
pub fn naming(entry: &Entry, state: &State<'_>) -> Option<String> {
    let mut campaigns = state.account.campaigns.iter().flatten();
    let draft = campaigns.find(|campaign| {
        is_unsent(campaign, state.as_of, state.zone) && names(campaign, entry, state)
    })?;
    Some(match &draft.name {
        Some(name) => format!("{} (`{name}`)", draft.id),
        None => draft.id.clone(),
    })
}

/// True unless a file says that the campaign was sent: a segment that is gone can't be had back, one
/// that is kept can be deleted later.
fn is_unsent(campaign: &Campaign, as_of: Instant, zone: Zone) -> bool {
    let status = campaign.status.as_deref().map(|status| fold(status.trim()));
    let is = |words: &[&str]| status.as_deref().is_some_and(|status| words.contains(&status));
    let sent = campaign.sent_instant(zone).is_some_and(|sent| sent <= as_of);
    is(UNSENT) || !(sent || is(SENT))
}

fn names(campaign: &Campaign, entry: &Entry, state: &State<'_>) -> bool {
    let Some(sent_to) = &campaign.sent_to else { return false };
    sent_to.segments.iter().any(|segment| {
        let on_list = match (segment.list.as_deref(), entry.list()) {
            (Some(of), Some(list)) => state.account.same_list(of, &list),
            (None, _) | (_, None) => true,
        };
        same_id(Some(&segment.id), Some(entry.id()))
            || on_list && same_title(&segment.id, entry.title())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_unsent() {
        let as_of = Instant(1_577_836_800_000_000);
        for (status, sent_at, unsent) in [
            (None, None, true),
            (Some("Draft"), None, true),
            (Some(" scheduled "), Some("2019-12-31"), true),
            (Some("Sent"), None, false),
            (None, Some("2019-12-31 23:59:59"), false),
            (None, Some("2020-01-01 00:00:01"), true),
            (None, Some("never"), true),
            (Some("odd word"), Some("2019-12-31"), false),
        ] {
            let campaign = Campaign {
                status: status.map(str::to_owned),
                sent_at: sent_at.map(str::to_owned),
                ..Campaign::default()
            };
            assert_eq!(is_unsent(&campaign, as_of, Zone::UTC), unsent, "{status:?} {sent_at:?}");
        }
    }
}
