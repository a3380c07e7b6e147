//! When campaigns were sent that no list names, found before anything is kept: then only what is asked
//! about the campaigns of a set has to be kept, and not what is known of all of them.
//!
//! It costs a look at the keys of contacts and one more at the activities, so those must be there to be
//! read twice.

use super::activity_work::{ActivityWorker, Task};
use super::finder::{Finder, Found, Keys};
use super::index::Firsts;
use super::inputs::Inputs;
use super::pipeline::in_order;
use super::plan::Plan;
use super::progress::{Progress, Stage};
use super::send_times::contact_keys;
use super::{EngineError, Summary};
use crate::dump::Activities;
use std::sync::{Mutex, PoisonError};

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
