//! The activity pass: every activity is read once, and what some test asks about is kept in the
//! [`Index`].

use super::campaigns::CampaignIndex;
use super::index::{Facts, Firsts, Index, Place, Slot, Topic};
use super::plan::Plan;
use super::progress::{Progress, REPORT_EVERY, Stage};
use super::{EngineError, Summary, Warning};
use crate::contact::{ActivityKind, ContactField, SendStage};
use crate::dump::{Activities, ActivityRow, Event};
use crate::value::{DayOrder, Instant, Stamp};
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

/// Unreadable times whose places are named.
const PLACES_NAMED: usize = 3;

/// What a campaign's rows are kept for.
#[derive(Debug, Clone, Default)]
struct Interest {
    facts: bool,
    sends: bool,
    links: Vec<u32>,
}

/// When the sends of one contact and campaign were, stage by stage: a second row of the same stage
/// at another time is another sending; one at the same time, or without one as the first, is the
/// same row once more.
#[derive(Debug, Clone, Copy, Default)]
struct Sendings {
    stages: [Option<Option<Instant>>; 3],
}

/// Activities compared with each other: the bound keeps memory from growing with the files.
const COMPARED: usize = 2_000_000;

/// Finds activities that were read before, in another file or in the same. They are one event where
/// contact, campaign, kind, time and link are the same.
#[derive(Debug, Default)]
struct Repeats {
    seen: HashSet<u64, foldhash::fast::RandomState>,
    /// Rows found.
    rows: u64,
    /// True once more activities came than are compared.
    full: bool,
}

impl Repeats {
    /// Looks at one more activity; true where it was read before.
    fn note(&mut self, event: &impl Hash) -> bool {
        let hash = FixedState::with_seed(0).hash_one(event);
        let repeated = if self.seen.len() < COMPARED {
            !self.seen.insert(hash)
        } else {
            self.full = true;
            self.seen.contains(&hash)
        };
        self.rows += u64::from(repeated);
        repeated
    }
}

pub(super) struct ActivityPass<'a> {
    plan: &'a mut Plan,
    index: Index,
    summary: &'a mut Summary,
    interests: Vec<Interest>,
    sendings: HashMap<(Slot, CampaignIndex), Sendings, foldhash::fast::RandomState>,
    repeats: Option<Repeats>,
    unreadable: Vec<String>,
    unreadable_count: u64,
    /// Activities of campaigns that matter, without a time.
    undated: u64,
}

impl<'a> ActivityPass<'a> {
    pub(super) fn new(plan: &'a mut Plan, index: Index, summary: &'a mut Summary) -> Self {
        let mut interests = vec![Interest::default(); plan.registry.len()];
        let mut want = |campaign: CampaignIndex, add: &dyn Fn(&mut Interest)| {
            if let Some(interest) = interests.get_mut(campaign as usize) {
                interest.facts = true;
                add(interest);
            }
        };
        plan.engagements.named().for_each(|campaign| want(campaign, &|_| {}));
        plan.engagements.counts_sends().for_each(|campaign| want(campaign, &|i| i.sends = true));
        for (number, link) in plan.engagements.links().iter().enumerate() {
            want(link.campaign, &|interest| interest.links.push(number as u32));
        }
        if plan.engagements.asks_sets() {
            // A listed campaign that a set doesn't choose among the listed ones can't be chosen
            // when further campaigns turn up in the rows.
            let listed = |campaign| plan.registry.listed(campaign);
            for set in plan.engagements.choose(&plan.registry, listed) {
                set.campaigns.iter().for_each(|&campaign| want(campaign, &|_| {}));
            }
            for campaign in 0..plan.registry.len() as CampaignIndex {
                if plan.registry.listed(campaign).is_none() {
                    want(campaign, &|_| {});
                }
            }
        }
        Self {
            plan,
            index,
            summary,
            interests,
            sendings: HashMap::default(),
            repeats: None,
            unreadable: Vec::new(),
            unreadable_count: 0,
            undated: 0,
        }
    }

    pub(super) fn run(
        mut self,
        activities: &Activities,
        progress: &dyn Progress,
    ) -> Result<Index, EngineError> {
        progress.begin(Stage::Activities, activities.total_bytes());
        self.repeats = (activities.files() > 1).then(Repeats::default);
        let mut reader = activities.reader()?;
        let mut row = ActivityRow::default();
        while reader.next(&mut row)? {
            self.row(&row)?;
            if self.summary.activities.is_multiple_of(REPORT_EVERY) {
                progress.at(reader.bytes_read());
            }
        }
        if self.undated > 0 && self.plan.engagements.asks_windows() {
            self.summary.warnings.push(Warning::Undated(self.undated));
        }
        for found in reader.missing_pages() {
            self.summary.warnings.push(Warning::PagesMissing { dump: "activities", found });
        }
        if self.summary.activities == 0 {
            self.summary.warnings.push(Warning::NoActivities);
        }
        if let Some(repeats) = &self.repeats {
            self.summary.repeated_activities = repeats.rows;
            self.summary.repeats_all_compared = !repeats.full;
        }
        if self.unreadable_count > 0 {
            let warning = Warning::UnreadableTimes(self.unreadable_count, self.unreadable);
            self.summary.warnings.push(warning);
        }
        Ok(self.index)
    }

    fn row(&mut self, row: &ActivityRow) -> Result<(), EngineError> {
        self.summary.activities += 1;
        let Event::Known(kind, stage) = row.event() else {
            self.summary.unknown_kind += 1;
            return Ok(());
        };
        let Some(campaign) = row.campaign_id().filter(|id| !id.trim().is_empty()) else {
            self.summary.no_campaign += 1;
            return Ok(());
        };
        if self.plan.join.misses_ids(row) {
            return Err(EngineError::LateColumn {
                dump: "activities",
                column: ContactField::ContactId.to_string(),
                switch: None,
            });
        }
        let Some(key) = self.plan.join.activity(row) else {
            self.summary.no_key += 1;
            return Ok(());
        };
        let campaign = self.enter(campaign);
        let at = self.time(row, campaign);
        if at.is_some_and(|at| at > self.plan.options.as_of) {
            self.summary.after_as_of += 1;
            return Ok(());
        }
        let url = row.url().unwrap_or("");
        let repeats = self.repeats.as_mut();
        let repeated =
            repeats.is_some_and(|seen| seen.note(&(key, campaign, kind, stage, at, url)));
        // What an event tells, it tells once; only the counts have to leave a second row out.
        let slot = self.index.count_row(key, !repeated);
        if self.plan.needs_places {
            self.place(slot, at, row);
        }
        let Some(interest) = self.interests.get(campaign as usize) else { return Ok(()) };
        if !interest.facts {
            return Ok(());
        }
        let mut facts = match kind {
            ActivityKind::Send => Facts::SEND,
            ActivityKind::Open => Facts::OPEN,
            ActivityKind::Click => Facts::CLICK,
            ActivityKind::Bounce => Facts::BOUNCE,
            _ => Facts::OTHER,
        };
        if at.is_some() {
            facts = facts.at_known_time();
        } else if !repeated && row.at().is_none_or(|text| text.trim().is_empty()) {
            self.undated += 1;
        }
        if kind == ActivityKind::Send && interest.sends {
            let sendings = self.sendings.entry((slot, campaign)).or_default();
            if sendings.is_another(stage, at) {
                facts = facts.with(Facts::SENT_AGAIN);
            }
        }
        if kind == ActivityKind::Click && !interest.links.is_empty() {
            let links = self.plan.engagements.links();
            for &link in &interest.links {
                if links.get(link as usize).map(|link| link.url.as_str()) == row.url() {
                    self.index.add(slot, Topic::Link(link), Facts::CLICK, Firsts::default());
                }
            }
        }
        let firsts = Firsts {
            send: at.filter(|_| kind == ActivityKind::Send),
            implied: at.filter(|_| kind.implies_send() && kind != ActivityKind::Send),
            any: at,
        };
        self.index.add(slot, Topic::Campaign(campaign), facts, firsts);
        if kind.implies_send()
            && let Some(at) = at
        {
            for (window, bounds) in self.plan.engagements.windows().iter().enumerate() {
                if bounds.0 <= at && at <= bounds.1 {
                    let topic = Topic::Window(campaign, window as u16);
                    self.index.add(slot, topic, facts, Firsts::default());
                }
            }
        }
        Ok(())
    }

    /// The campaign's number, and a place for what its rows are kept for.
    fn enter(&mut self, campaign: &str) -> CampaignIndex {
        let campaign = self.plan.registry.intern(campaign);
        if self.interests.len() <= campaign as usize {
            let facts = self.plan.engagements.asks_sets();
            self.interests.push(Interest { facts, ..Interest::default() });
        }
        campaign
    }

    /// When it was. Reports of recipients have no times: they were sent their campaign when it was
    /// sent.
    fn time(&mut self, row: &ActivityRow, campaign: CampaignIndex) -> Option<Instant> {
        if row.is_undated_recipient() {
            return self.plan.registry.listed(campaign);
        }
        let text = row.at()?;
        let stamp = Stamp::parse(text, DayOrder::MonthFirst);
        if stamp.is_none() && !text.trim().is_empty() {
            self.unreadable_count += 1;
            if self.unreadable.len() < PLACES_NAMED {
                self.unreadable.push(format!("{}:{} `{text}`", row.file(), row.line()));
            }
        }
        stamp.map(|stamp| stamp.instant(self.plan.options.zone))
    }

    fn place(&mut self, slot: Slot, at: Option<Instant>, row: &ActivityRow) {
        let names = [row.country(), row.country_code(), row.region(), row.city()];
        let names: Vec<Box<str>> = names
            .into_iter()
            .flatten()
            .filter(|name| !name.trim().is_empty())
            .map(Box::from)
            .collect();
        if !names.is_empty() {
            self.index.add_place(slot, Place { at, names });
        }
    }
}

impl Sendings {
    fn is_another(&mut self, stage: SendStage, at: Option<Instant>) -> bool {
        let Some(before) = self.stages.get_mut(stage as usize) else {
            return false;
        };
        match *before {
            None => {
                *before = Some(at);
                false
            }
            Some(earlier) => earlier != at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_sending_is_one_at_another_time() {
        let [one, two] = [Some(Instant(1)), Some(Instant(2))];
        use SendStage::{Delivered, Requested, Sent};
        for (rows, expected) in [
            (vec![(Sent, one)], false),
            (vec![(Sent, one), (Sent, one)], false),
            (vec![(Sent, None), (Sent, None)], false),
            (vec![(Requested, one), (Sent, two), (Delivered, None)], false),
            (vec![(Sent, one), (Sent, two)], true),
            (vec![(Sent, one), (Sent, one), (Sent, two), (Sent, one)], true),
            (vec![(Sent, None), (Sent, one)], true),
            (vec![(Delivered, one), (Sent, one), (Delivered, two)], true),
        ] {
            let again = |rows: &mut dyn Iterator<Item = &(SendStage, Option<Instant>)>| {
                let mut sendings = Sendings::default();
                rows.fold(false, |again, &(stage, at)| sendings.is_another(stage, at) || again)
            };
            assert_eq!(again(&mut rows.iter()), expected, "{rows:?}");
            assert_eq!(again(&mut rows.iter().rev()), expected, "{rows:?}, from behind");
        }
    }

    #[test]
    fn events_are_told_apart_by_all_that_they_are() {
        let mut repeats = Repeats::default();
        for (event, expected) in [
            (("ann", 1, "open", ""), false),
            (("ann", 1, "open", ""), true),
            (("ann", 2, "open", ""), false),
            (("ann", 1, "click", "a"), false),
            (("ann", 1, "click", "b"), false),
            (("bob", 1, "open", ""), false),
            (("ann", 1, "click", "a"), true),
        ] {
            assert_eq!(repeats.note(&event), expected, "{event:?}");
        }
        assert_eq!((repeats.rows, repeats.full), (2, false));
    }
}
