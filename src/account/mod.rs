//! What is known of an account besides the criteria: its custom fields with their types and
//! options, its campaigns with where they were sent and their links, the names of its lists and
//! tags, the titles of its segments; and what dumps show of it. Which vendor's file it was read from
//! doesn't show here.

mod campaign;
mod field;
mod links;
mod named;
mod observed;
mod titles;

pub use campaign::{Campaign, SentSegment, SentTo};
pub use field::{FieldDef, FieldKind};
pub use links::Links;
pub use named::{Named, Names};
pub use observed::{Observed, Seen};
pub use titles::{StoredSegment, same_id, same_title};

use crate::value::folds_equal;

/// All that is known of one account; `None` where no file was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Custom fields.
    pub fields: Option<Vec<FieldDef>>,
    /// Campaigns, in file order.
    pub campaigns: Option<Vec<Campaign>>,
    /// The links of campaigns.
    pub links: Option<Links>,
    /// Contact lists.
    pub lists: Option<Names>,
    /// Tags.
    pub tags: Option<Names>,
    /// The segments that the account holds.
    pub segments: Option<Vec<StoredSegment>>,
    /// The list of segments that don't name theirs, by id or name.
    pub list: Option<String>,
    /// Columns and keys of the contacts dump, as written there, when it has been looked at.
    pub dump_columns: Option<Vec<String>>,
    /// True where only the head of the dump was looked at and records further on may have more keys.
    pub dump_may_hold_more: bool,
    /// What the dumps showed.
    pub observed: Observed,
}

impl Account {
    /// The custom field with this key, name or id, case aside.
    pub fn field_named(&self, name: &str) -> Option<&FieldDef> {
        let is_it = |def: &&FieldDef| def.names().any(|known| folds_equal(known, name));
        self.fields.iter().flatten().find(is_it)
    }

    /// The campaign with this id. Where the files have it several times, the last one counts.
    pub fn campaign(&self, id: &str) -> Option<&Campaign> {
        self.campaigns.as_deref()?.iter().rev().find(|campaign| campaign.is_called(id))
    }

    /// The names of lists; none where no file was given.
    pub fn list_names(&self) -> &Names {
        self.lists.as_ref().unwrap_or(Names::NONE)
    }

    /// The names of tags; none where no file was given.
    pub fn tag_names(&self) -> &Names {
        self.tags.as_ref().unwrap_or(Names::NONE)
    }

    /// Whether two texts, ids or names, mean the same list.
    pub fn same_list(&self, a: &str, b: &str) -> bool {
        let alike = |x: &str, y: &str| folds_equal(x.trim(), y.trim());
        self.list_names().synonyms(a.trim()).iter().any(|known| alike(known, b))
    }

    /// Whether a campaign was sent to a list or to a segment of it; `None` where that isn't known,
    /// be it that one of its segments doesn't say of which list it is.
    pub fn was_sent_to(&self, campaign: &Campaign, list: &str) -> Option<bool> {
        let sent = campaign.sent_to.as_ref()?;
        let mut unsure = false;
        let mut to_list = sent.lists.iter().any(|sent| self.same_list(sent, list));
        for segment in &sent.segments {
            match segment.list.as_deref().or_else(|| self.list_of_segment(&segment.id)) {
                Some(of) => to_list |= self.same_list(of, list),
                None => unsure = true,
            }
        }
        (to_list || !unsure).then_some(to_list)
    }

    /// The list of a stored segment, by the segment's id or title. A title that stands on several
    /// lists tells none.
    fn list_of_segment(&self, segment: &str) -> Option<&str> {
        let stored = self.segments.as_deref().unwrap_or(&[]);
        if let Some(by_id) = stored.iter().find(|s| same_id(s.id.as_deref(), Some(segment))) {
            return by_id.list.as_deref();
        }
        let mut titled = stored.iter().filter(|stored| same_title(&stored.title, segment));
        match (titled.next(), titled.next()) {
            (Some(one), None) => one.list.as_deref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(lists: &[&str], segments: &[(&str, Option<&str>)]) -> Campaign {
        let segment = |&(id, list): &(&str, Option<&str>)| SentSegment {
            id: id.to_owned(),
            list: list.map(str::to_owned),
        };
        let lists = lists.iter().map(|list| (*list).to_owned()).collect();
        let segments = segments.iter().map(segment).collect();
        Campaign { sent_to: Some(SentTo { lists, segments }), ..Campaign::default() }
    }

    #[test]
    fn where_a_campaign_was_sent() {
        let stored = |id: &str, title: &str, list: &str| StoredSegment {
            id: Some(id.to_owned()),
            title: title.to_owned(),
            list: Some(list.to_owned()),
        };
        let account = Account {
            lists: Some(Names(vec![Named { id: "a1".into(), name: "News".into() }])),
            segments: Some(vec![
                stored("s1", "VIP", "A1"),
                stored("s2", "Twice", "a1"),
                stored("s3", "Twice", "b2"),
            ]),
            ..Account::default()
        };
        for (campaign, expected) in [
            (Campaign::default(), None),
            (sent(&[], &[]), Some(false)),
            (sent(&["A1 "], &[]), Some(true)),
            (sent(&["news"], &[]), Some(true)),
            (sent(&["b2"], &[("x", Some("a1"))]), Some(true)),
            (sent(&["b2"], &[("x", Some("b2"))]), Some(false)),
            (sent(&["b2"], &[("S1", None)]), Some(true)),
            (sent(&["b2"], &[("vip", None)]), Some(true)),
            (sent(&["b2"], &[("s3", None)]), Some(false)),
            (sent(&["b2"], &[("twice", None)]), None),
            (sent(&["b2"], &[("nobody's", None)]), None),
            (sent(&["a1"], &[("nobody's", None)]), Some(true)),
        ] {
            assert_eq!(account.was_sent_to(&campaign, "a1"), expected, "{campaign:?}");
        }
    }
}
