//! One pass over contacts and activities for what they show of an account: which campaigns, links,
//! lists and tags there are. Only what is distinct is kept, and of that no more than
//! [`MOST_BYTES`] of each kind, so that memory doesn't grow with the dumps.

use super::activities::Activities;
use super::activity_row::ActivityRow;
use super::contact_row::ContactRow;
use super::contacts::Contacts;
use super::error::DumpError;
use super::events::Event;
use super::projection::Projection;
use crate::account::{Observed, Seen};
use crate::contact::{ActivityKind, Column, ContactField};
use crate::value::fold;

/// The bytes of text kept of each kind: campaign ids, links, lists, tags.
const MOST_BYTES: usize = 8 << 20;

/// Reads the dumps once. What doesn't fit into memory is left out, and what it is a part of is
/// marked as such.
///
/// # Errors
/// When a row can't be read; the error names file, line and reason.
pub fn survey(
    contacts: Option<&Contacts>,
    activities: Option<&Activities>,
) -> Result<Observed, DumpError> {
    let mut observed = Observed::default();
    if let Some(contacts) = contacts {
        survey_contacts(contacts, &mut observed)?;
    }
    if let Some(activities) = activities {
        survey_activities(activities, &mut observed)?;
    }
    Ok(observed)
}

/// How much may still be kept.
struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST_BYTES)
    }
}

impl Budget {
    fn keep(&mut self, text: &str, seen: &mut Seen) {
        if seen.holds(text) {
            return;
        }
        // Each text costs its folded form too, and the nodes that hold both.
        let cost = 2 * text.len() + 64;
        if cost > self.0 {
            seen.cut_short();
        } else {
            self.0 -= cost;
            seen.add(text);
        }
    }
}

fn survey_contacts(contacts: &Contacts, observed: &mut Observed) -> Result<(), DumpError> {
    const FIELDS: [ContactField; 2] = [ContactField::Lists, ContactField::Tags];
    let columns = FIELDS.map(Column::Contact).to_vec();
    let mut reader = contacts.reader(Projection { columns, ..Projection::default() })?;
    let mut row = ContactRow::default();
    let mut seen = [Seen::default(), Seen::default()];
    let mut budgets = [Budget::default(), Budget::default()];
    while reader.next(&mut row)? {
        for (at, (seen, budget)) in seen.iter_mut().zip(&mut budgets).enumerate() {
            row.values(at).for_each(|value| budget.keep(value, seen));
        }
    }
    let [lists, tags] = seen;
    observed.lists = reader.seen(0).then_some(lists);
    observed.tags = reader.seen(1).then_some(tags);
    Ok(())
}

fn survey_activities(activities: &Activities, observed: &mut Observed) -> Result<(), DumpError> {
    let mut reader = activities.reader()?;
    let mut row = ActivityRow::default();
    let (mut for_ids, mut for_links) = (Budget::default(), Budget::default());
    let campaigns = observed.campaigns.insert(Seen::default());
    while reader.next(&mut row)? {
        let Some(campaign) = row.campaign_id() else { continue };
        for_ids.keep(campaign, campaigns);
        if !matches!(row.event(), Event::Known(ActivityKind::Click, _)) {
            continue;
        }
        let Some(url) = row.url() else { continue };
        // A campaign that wasn't kept is one whose links aren't known.
        if campaigns.holds_alike(campaign) {
            let clicked = observed.clicked.entry(fold(campaign.trim())).or_default();
            for_links.keep(url, clicked);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::dump::account_records::with_files;
    use crate::dump::{ContactOptions, Input};

    fn surveyed(contacts: &[(&str, &str)], activities: &[(&str, &str)]) -> Observed {
        with_files(contacts, |contacts: &[Input]| {
            with_files(activities, |activities: &[Input]| {
                let account = Account::default();
                let options = ContactOptions { account: &account, rereadable: false };
                let contacts = Contacts::open(contacts, &options).unwrap();
                let activities = Activities::open(activities, false).unwrap();
                survey(Some(&contacts), Some(&activities)).unwrap()
            })
        })
    }

    fn shown(seen: Option<&Seen>) -> Vec<&str> {
        seen.map_or(vec!["unknown"], |seen| seen.iter().collect())
    }

    #[test]
    fn what_dumps_show() {
        let contacts = "email,list_ids,tags\na@x.org,l1;l2,VIP\nb@x.org,l1,\n";
        let rows = "email,campaign_id,type,url\na@x.org,k1,open,\na@x.org,K1,click,https://x.org/a\n\
            a@x.org,k2,click,https://x.org/b\nb@x.org,k1,click,https://x.org/a\nb@x.org,k3,send,https://x.org/c\n";
        let observed = surveyed(&[(contacts, "")], &[(rows, "")]);
        assert_eq!(shown(observed.lists.as_ref()), ["l1", "l2"]);
        assert_eq!(shown(observed.tags.as_ref()), ["VIP"]);
        assert_eq!(shown(observed.campaigns.as_ref()), ["K1", "k1", "k2", "k3"]);
        assert_eq!(shown(observed.clicked_in("k1")), ["https://x.org/a"]);
        assert_eq!(shown(observed.clicked_in("K2")), ["https://x.org/b"]);
        assert_eq!(shown(observed.clicked_in("k3")), ["unknown"]);
    }

    #[test]
    fn contacts_without_such_columns_say_nothing() {
        let observed =
            surveyed(&[("email\na@x.org\n", "")], &[("email,campaign_id,type\na,k,open\n", "")]);
        assert_eq!((observed.lists, observed.tags), (None, None));
    }

    #[test]
    fn what_does_not_fit_is_said_to_be_missing() {
        let (mut budget, mut seen) = (Budget(200), Seen::default());
        ["a", "a", "b", "c", "c"].iter().for_each(|text| budget.keep(text, &mut seen));
        assert_eq!(seen.iter().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert!(seen.is_whole());
        budget.keep("d", &mut seen);
        assert!(!seen.is_whole() && !seen.holds("d"));
    }
}
