//! When campaigns were sent that no list names, found before anything is kept: then only what is asked
//! about the campaigns of a set has to be kept, and not what is known of all of them.
//!
//! It costs a look at the keys of contacts and one more at the activities, so those must be there to be
//! read twice. Few rows have to be looked up: only those that would make the time of their campaign
//! an earlier one.

use super::activity_work::{ActivityWorker, Task};
use super::campaigns::CampaignIndex;
use super::index::Firsts;
use super::inputs::Inputs;
use super::pipeline::in_order;
use super::plan::Plan;
use super::progress::{Progress, Stage};
use super::send_times::contact_keys;
use super::{EngineError, Key, Summary};
use crate::contact::ActivityKind;
use crate::dump::Activities;
use crate::value::Instant;
use foldhash::fast::RandomState;
use hashbrown::HashSet;
use std::sync::{Mutex, PoisonError};

/// The keys of all contacts.
type Keys = HashSet<Key, RandomState>;

/// The earliest times of campaigns, as far as the batches tell that were taken.
#[derive(Debug, Default)]
struct Found {
    firsts: Vec<Firsts>,
    /// How often something was added.
    version: u64,
}

impl Found {
    fn add(&mut self, earlier: Vec<(CampaignIndex, Firsts)>) {
        self.version += u64::from(!earlier.is_empty());
        earlier.into_iter().for_each(|(campaign, told)| merge(&mut self.firsts, campaign, told));
    }
}

/// Finds rows that tell an earlier time of their campaign than those before.
pub(super) struct Finder<'a> {
    keys: &'a Keys,
    found: &'a Mutex<Found>,
    /// What was found before the batch at hand, and in it.
    known: Vec<Firsts>,
    /// What is found already of that; none where something is known besides.
    version: Option<u64>,
}

impl<'a> Finder<'a> {
    fn new(keys: &'a Keys, found: &'a Mutex<Found>) -> Self {
        Self { keys, found, known: Vec::new(), version: Some(0) }
    }

    /// Goes on from what all have found so far. What is found in a batch counts once it is taken, since
    /// a batch may be looked at twice.
    pub fn begin(&mut self) {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if self.version != Some(found.version) {
            self.known.clone_from(&found.firsts);
            self.version = Some(found.version);
        }
    }

    /// What a row tells of its campaign; `key` is asked for where that is anything new.
    #[inline]
    pub fn note(
        &mut self,
        campaign: CampaignIndex,
        (kind, at): (ActivityKind, Option<Instant>),
        key: impl FnOnce() -> Option<Key>,
    ) -> Option<(CampaignIndex, Firsts)> {
        let at = at?;
        let known = self.known.get(campaign as usize).copied().unwrap_or_default();
        let is_send = kind == ActivityKind::Send;
        let before = match known.send {
            Some(send) => is_send.then_some(send)?,
            // Once a send row is known no other matters.
            None if is_send => Instant(i64::MAX),
            None => known.any.unwrap_or(Instant(i64::MAX)),
        };
        if at >= before || !self.keys.contains(&key()?) {
            return None;
        }
        let told = Firsts { send: Some(at).filter(|_| is_send), implied: None, any: Some(at) };
        merge(&mut self.known, campaign, told);
        self.version = None;
        Some((campaign, told))
    }
}

fn merge(firsts: &mut Vec<Firsts>, campaign: CampaignIndex, told: Firsts) {
    let at = campaign as usize;
    if firsts.len() <= at {
        firsts.resize(at + 1, Firsts::default());
    }
    if let Some(known) = firsts.get_mut(at) {
        *known = known.merge(told);
    }
}

/// The earliest times of each campaign's rows of known contacts: of send rows, and while there are none
/// of others. `None` where it is better not to look: no set of campaigns is asked about, or all that
/// there are; some are listed; activities can't be read twice.
pub(super) fn find(
    plan: &mut Plan,
    inputs: Inputs<'_>,
    progress: &dyn Progress,
    summary: &mut Summary,
) -> Result<Option<Vec<Firsts>>, EngineError> {
    let twice = |dump: &&Activities| inputs.effort.twice && dump.are_rereadable();
    let Some(activities) = inputs.activities.filter(twice) else {
        return Ok(None);
    };
    let asks_every = plan.engagements.sets().any(|(_, every)| every);
    if !plan.engagements.asks_sets() || asks_every || plan.registry.lists_some() {
        return Ok(None);
    }
    let keys: Keys = contact_keys(plan, inputs, progress, summary, Some)?.into_iter().collect();
    progress.begin(Stage::Campaigns, activities.total_bytes());
    let registry = Mutex::new(std::mem::take(&mut plan.registry));
    let found = Mutex::new(Found::default());
    let shown: &Plan = plan;
    let workers = (0..inputs.effort.threads.get()).map(|_| {
        let decoder = activities.decoder(false, false, shown.join.by_id);
        let finder = Finder::new(&keys, &found);
        let task = Task {
            plan: shown,
            registry: &registry,
            interests: &[],
            tells_times: true,
            compares: false,
        };
        ActivityWorker::finding(decoder, task, finder)
    });
    let source = activities.source(inputs.effort.chunk);
    let (_, spent) = in_order(source, workers.collect(), activities.settle(), |taken| {
        progress.at(taken.bytes);
        found.lock().unwrap_or_else(PoisonError::into_inner).add(taken.came.earlier);
        Ok(())
    })?;
    summary.spent.push((Stage::Campaigns, spent));
    plan.registry = registry.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut firsts = found.into_inner().unwrap_or_else(PoisonError::into_inner).firsts;
    firsts.resize(plan.registry.len(), Firsts::default());
    Ok(Some(firsts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Namespace;

    fn key(text: &str) -> Option<Key> {
        Key::new(text, Namespace::Email)
    }

    #[test]
    fn a_row_tells_where_it_is_of_a_known_contact_and_earlier_than_those_before() {
        use ActivityKind::{Open, Send};
        let keys: Keys = key("ann").into_iter().collect();
        let found = Mutex::new(Found::default());
        let mut finder = Finder::new(&keys, &found);
        for (campaign, kind, at, who, tells) in [
            (1, Open, Some(9), "ann", true),
            (1, Open, Some(9), "ann", false),
            (1, Open, Some(3), "bob", false),
            (1, Send, None, "ann", false),
            (1, Send, Some(20), "ann", true),
            (1, Open, Some(3), "ann", false),
            (1, Send, Some(21), "ann", false),
            (1, Send, Some(19), "bob", false),
            (1, Send, Some(19), "ann", true),
            (0, Open, Some(30), "ann", true),
        ] {
            let told = finder.note(campaign, (kind, at.map(Instant)), || key(who));
            assert_eq!(told.is_some(), tells, "{campaign} {kind:?} {at:?} {who}");
        }
        let times: Vec<_> = finder.known.iter().map(Firsts::told).collect();
        assert_eq!(times, [Some(Instant(30)), Some(Instant(19))]);
        // Nothing of the batch was taken.
        finder.begin();
        let told = finder.note(1, (Open, Some(Instant(9))), || key("ann"));
        found.lock().unwrap().add(told.into_iter().collect());
        finder.begin();
        assert_eq!(finder.note(1, (Open, Some(Instant(9))), || key("ann")), None);
    }
}
