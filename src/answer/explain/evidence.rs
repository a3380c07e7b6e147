//! What the verdict of a rule rests on: the values it saw, and the activities that decided it.

use super::contacts::{Columns, Row};
use crate::answer::subject::Dumps;
use crate::contact::ActivityKind;
use crate::criteria::{Campaigns, Engagement, Expr, Test, What};
use crate::engine::Evidence as Gathered;
use crate::engine::{SetCampaign, WatchedActivity, columns_of};
use crate::value::{Instant, fold};

/// What a rule saw of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleEvidence {
    /// Its fields.
    pub values: Vec<Value>,
    /// The sets of campaigns that it asks about.
    pub sets: Vec<SetOf>,
    /// What the contact did in the campaigns that it asks about, by time; those without a time come
    /// first.
    pub done: Vec<Done>,
    /// Whether it asks about activity at all.
    pub asks_activity: bool,
}

/// A field as a rule saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The column.
    pub column: String,
    /// What the contact has there; nothing where it is missing.
    pub values: Vec<String>,
}

/// The campaigns of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOf {
    /// In the order in which they were chosen: of a number of last ones, the latest first.
    pub campaigns: Vec<SetCampaign>,
}

/// An activity of the contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The campaign's id, in lower case.
    pub campaign: String,
    /// What happened.
    pub kind: ActivityKind,
    /// When.
    pub at: Option<Instant>,
    /// The link that was clicked.
    pub url: Option<String>,
}

/// What a run gathered.
pub(super) struct Evidence<'a> {
    pub dumps: &'a Dumps<'a>,
    pub found: &'a Gathered,
}

impl Evidence<'_> {
    /// What a rule saw of a contact.
    pub fn of(&self, rule: &Expr, row: &Row, columns: &Columns) -> RuleEvidence {
        let mut seen = RuleEvidence::default();
        rule.for_each_test(&mut |_, test| {
            for column in columns_of(test, self.dumps.contacts) {
                let values = columns.place(&column).and_then(|at| row.values.get(at));
                let values = values.cloned().unwrap_or_default();
                let value = Value { column: column.to_string(), values };
                if !seen.values.contains(&value) {
                    seen.values.push(value);
                }
            }
            if let Test::Engaged(engagement) = test {
                self.engaged(engagement, row, &mut seen);
            }
        });
        seen.done.sort_by_key(|done| done.at);
        seen
    }

    fn engaged(&self, engagement: &Engagement, row: &Row, seen: &mut RuleEvidence) {
        seen.asks_activity = true;
        let ids: Vec<String> = match &engagement.campaigns {
            Campaigns::One(id) => vec![fold(id.trim())],
            Campaigns::Set { .. } => {
                let set = self.found.sets.iter().find(|(asked, _)| asked == engagement);
                let campaigns = set.map(|(_, campaigns)| campaigns.clone()).unwrap_or_default();
                let ids = campaigns.iter().map(|campaign| campaign.id.clone()).collect();
                seen.sets.push(SetOf { campaigns });
                ids
            }
        };
        let kinds = kinds(&engagement.what);
        for activity in &self.found.activities {
            let WatchedActivity { contact, campaign, kind, at, url, .. } = activity;
            let counts = Some(*contact) == row.number && kinds.contains(kind);
            if !counts || !ids.contains(campaign) {
                continue;
            }
            let done = Done { campaign: campaign.clone(), kind: *kind, at: *at, url: url.clone() };
            // The same row may be in two files.
            if !seen.done.contains(&done) {
                seen.done.push(done);
            }
        }
    }
}

/// The kinds of activity that decide a question.
fn kinds(what: &What) -> &'static [ActivityKind] {
    use ActivityKind::{Bounce, Click, Open, Send};
    match what {
        What::Opened => &[Open],
        What::Clicked | What::ClickedLink(_) => &[Click],
        What::OpenedNotClicked | What::OpenedOrClicked => &[Open, Click],
        What::Sent
        | What::NotSent
        | What::NotOpened
        | What::NotClicked
        | What::NotClickedLink(_)
        | What::DeliveredNotOpened => &[Send, Open, Click, Bounce],
    }
}
