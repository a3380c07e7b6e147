//! The activity pass: every activity is read once, and what some test asks about is kept in the
//! [`Index`]. Many threads look at the rows (`activity_work`); what they find is put together here,
//! in the order of the dump.

use super::activity_work::{
    Activities as Came, ActivityWorker, Interest, Kept, PLACES_NAMED, Task,
};
use super::campaigns::CampaignIndex;
use super::index::{Facts, Firsts, Index, Slot, Topic};
use super::inputs::Effort;
use super::pipeline::{Spent, Taken, in_order};
use super::plan::Plan;
use super::progress::{Progress, Stage};
use super::roll::Roll;
use super::send_times;
use super::watched::WatchedActivity;
use super::{EngineError, Summary, Warning};
use crate::contact::{ContactField, SendStage};
use crate::dump::Activities;
use crate::value::Instant;
use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

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
    seen: HashSet<u64, RandomState>,
    /// Rows found.
    rows: u64,
    /// True once more activities came than are compared.
    full: bool,
}

impl Repeats {
    /// Looks at the hash of one more activity; true where it was read before.
    fn note(&mut self, hash: u64) -> bool {
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

/// What is known of the activities once all are read.
pub(super) struct Known {
    pub index: Index,
    pub roll: Roll,
    pub spent: Spent,
}

/// What of each campaign is kept, where `sent_at` says when each was sent of which that is known, and
/// `all` whether there are no others.
fn interests(
    plan: &Plan,
    sent_at: impl Fn(CampaignIndex) -> Option<Instant> + Copy,
    all: bool,
) -> Vec<Interest> {
    let mut interests = vec![Interest::default(); plan.registry.len()];
    let mut want = |campaign: CampaignIndex, rows: Facts, add: &dyn Fn(&mut Interest)| {
        if let Some(interest) = interests.get_mut(campaign as usize) {
            interest.rows = interest.rows.with(rows);
            add(interest);
        }
    };
    let none = Facts::default();
    plan.engagements.named().for_each(|(campaign, rows)| want(campaign, rows, &|_| {}));
    plan.engagements.counts_sends().for_each(|campaign| want(campaign, none, &|i| i.sends = true));
    for (number, link) in plan.engagements.links().iter().enumerate() {
        want(link.campaign, none, &|interest| interest.links.push(number as u32));
    }
    if plan.engagements.asks_sets() {
        // A campaign that a set doesn't choose among those whose times are known can't be chosen
        // when further campaigns turn up in the rows.
        for (test, set) in plan.engagements.choose(&plan.registry, sent_at).iter().enumerate() {
            let rows = plan.engagements.rows_asked(test);
            set.campaigns.iter().for_each(|&campaign| want(campaign, rows, &|_| {}));
        }
        // When any other was sent is told by its rows.
        for campaign in 0..plan.registry.len() as CampaignIndex {
            if !all && sent_at(campaign).is_none() {
                want(campaign, Facts::ALL, &|_| {});
            }
        }
    }
    interests
}

/// Reads the activities. `seen` has the times of all campaigns, where these were looked for before.
pub(super) fn run(
    plan: &mut Plan,
    activities: &Activities,
    seen: Option<&[Firsts]>,
    effort: Effort,
    progress: &dyn Progress,
    summary: &mut Summary,
) -> Result<Known, EngineError> {
    progress.begin(Stage::Activities, activities.total_bytes());
    let sent_at = |campaign| send_times::sent_at(plan, seen, campaign);
    let interests = interests(plan, sent_at, seen.is_some());
    let tells_times = seen.is_none() && plan.engagements.asks_sets();
    let compares = activities.files() > 1;
    let asked = plan.registry.len();
    let registry = Mutex::new(std::mem::take(&mut plan.registry));
    let shown: &Plan = plan;
    let asks_links =
        compares || shown.evidence_of().is_some() || !shown.engagements.links().is_empty();
    let workers = (0..effort.threads.get()).map(|_| {
        let decoder = activities.decoder(asks_links, shown.needs_places, shown.join.by_id);
        let (registry, interests) = (&registry, interests.as_slice());
        let task = Task { plan: shown, registry, interests, tells_times, compares };
        ActivityWorker::new(decoder, task)
    });
    let mut pass = Pass {
        index: Index::default(),
        roll: Roll::default(),
        summary,
        sendings: HashMap::default(),
        repeats: compares.then(Repeats::default),
        unreadable: Vec::new(),
        unreadable_count: 0,
        undated: 0,
        met: vec![false; asked],
        watched: Vec::new(),
    };
    let source = activities.source(effort.chunk);
    let workers = workers.collect();
    let (source, spent) = in_order(source, workers, activities.settle(), |taken| {
        progress.at(taken.bytes);
        pass.take(taken)
    })?;
    plan.registry = registry.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (index, roll) = pass.finish(plan, source.missing_pages());
    Ok(Known { index, roll, spent })
}

/// The results of all threads, put together.
struct Pass<'a> {
    index: Index,
    roll: Roll,
    summary: &'a mut Summary,
    sendings: HashMap<(Slot, CampaignIndex), Sendings, RandomState>,
    repeats: Option<Repeats>,
    unreadable: Vec<String>,
    unreadable_count: u64,
    /// Activities of campaigns that matter, without a time.
    undated: u64,
    /// Of the campaigns that were known before any row, those that some row is of.
    met: Vec<bool>,
    /// What watched contacts did, and in which campaign.
    watched: Vec<(WatchedActivity, CampaignIndex)>,
}

impl Pass<'_> {
    fn take(&mut self, taken: Taken<Came>) -> Result<(), EngineError> {
        let Taken { came, lines, .. } = taken;
        if came.late_ids {
            return Err(EngineError::LateColumn {
                dump: "activities",
                column: ContactField::ContactId.to_string(),
                switch: None,
            });
        }
        self.summary.activities += came.read;
        self.summary.unknown_kind += came.unknown_kind;
        self.summary.no_campaign += came.no_campaign;
        self.summary.no_key += came.no_key;
        self.summary.after_as_of += came.after_as_of;
        self.unreadable_count += came.unreadable;
        let room = PLACES_NAMED.saturating_sub(self.unreadable.len());
        for (file, line, text) in came.unreadable_at.into_iter().take(room) {
            self.unreadable.push(format!("{file}:{} `{text}`", lines + line));
        }
        self.undated += came.undated;
        for campaign in came.campaigns {
            if let Some(met) = self.met.get_mut(campaign as usize) {
                *met = true;
            }
        }
        match &mut self.repeats {
            None => self.roll.count_all(&came.contacts),
            // What an event tells, it tells once; only the counts have to leave a second row out.
            Some(repeats) => {
                for (event, &contact) in came.events.iter().zip(&came.contacts) {
                    if !repeats.note(event.hash) {
                        self.roll.count(contact);
                        self.undated += u64::from(event.undated);
                    }
                }
            }
        }
        for (key, place) in came.places {
            let slot = self.index.enter(key);
            self.index.add_place(slot, place);
        }
        came.kept.into_iter().for_each(|kept| self.keep(kept));
        self.watched.extend(came.watched);
        Ok(())
    }

    fn keep(&mut self, kept: Kept) {
        let Kept { key, topic, mut facts, firsts, sending } = kept;
        let slot = self.index.enter(key);
        if let (Topic::Campaign(campaign), Some((stage, at))) = (topic, sending)
            && self.sendings.entry((slot, campaign)).or_default().is_another(stage, at)
        {
            facts = facts.with(Facts::SENT_AGAIN);
        }
        self.index.add(slot, topic, facts, firsts);
    }

    /// Says what is to be said of all activities.
    fn finish(self, plan: &Plan, missing_pages: Vec<String>) -> (Index, Roll) {
        let Self { summary, unreadable, unreadable_count, watched, .. } = self;
        let known = watched.into_iter().map(|(seen, campaign)| {
            let campaign = plan.registry.id(campaign).to_owned();
            WatchedActivity { campaign, ..seen }
        });
        summary.evidence.activities.extend(known);
        if self.undated > 0 && plan.engagements.asks_windows() {
            summary.warnings.push(Warning::Undated(self.undated));
        }
        for found in missing_pages {
            summary.warnings.push(Warning::PagesMissing { dump: "activities", found });
        }
        if summary.activities == 0 {
            summary.warnings.push(Warning::NoActivities);
        } else {
            let mut unseen: Vec<&str> = plan
                .engagements
                .named()
                .filter(|&(campaign, _)| self.met.get(campaign as usize) == Some(&false))
                .map(|(campaign, _)| plan.registry.id(campaign))
                .collect();
            unseen.sort_unstable();
            unseen.dedup();
            let warnings = unseen.into_iter().map(|id| Warning::CampaignUnseen(id.to_owned()));
            summary.warnings.extend(warnings);
        }
        if let Some(repeats) = &self.repeats {
            summary.repeated_activities = repeats.rows;
            summary.repeats_all_compared = !repeats.full;
        }
        if unreadable_count > 0 {
            summary.warnings.push(Warning::UnreadableTimes(unreadable_count, unreadable));
        }
        (self.index, self.roll)
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
    use foldhash::fast::FixedState;
    use std::hash::BuildHasher;

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
            assert_eq!(
                repeats.note(FixedState::with_seed(0).hash_one(event)),
                expected,
                "{event:?}"
            );
        }
        assert_eq!((repeats.rows, repeats.full), (2, false));
    }
}
