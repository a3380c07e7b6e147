//! A run: the activity pass, then the contact pass.

use super::activity_pass::ActivityPass;
use super::campaigns::CampaignIndex;
use super::contact_pass::ContactPass;
use super::index::Index;
use super::plan::Plan;
use super::send_times::{send_times, warn_of_sets};
use super::{EngineError, Summary, Warning};
use crate::dump::{Activities, ContactRow, Contacts};

/// The dumps of a run.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The contacts, opened so that they can be read twice if activities are asked about.
    pub contacts: &'a Contacts,
    /// The activities.
    pub activities: Option<&'a Activities>,
}

/// Which pass is running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading activities.
    Activities,
    /// Looking up which contacts there are.
    Keys,
    /// Evaluating contacts.
    Contacts,
}

/// Watches a run.
pub trait Progress {
    /// A pass begins over so many bytes, where that is known.
    fn begin(&self, stage: Stage, bytes: Option<u64>);
    /// So many bytes of the pass have been read.
    fn at(&self, bytes: u64);
    /// Everything has been read.
    fn end(&self);
}

/// Rows between two reports of progress.
pub(super) const REPORT_EVERY: u64 = 4096;

/// Evaluates a plan and hands every member to `member`, in the order of the contacts dump.
///
/// # Errors
/// A dump can't be read, a column turns out to be in no row, or `member` fails. Members handed on
/// before that must not be shown as an answer.
pub fn evaluate(
    mut plan: Plan,
    inputs: Inputs<'_>,
    progress: &dyn Progress,
    member: &mut dyn FnMut(&Plan, &ContactRow) -> std::io::Result<()>,
) -> Result<Summary, EngineError> {
    let mut summary = Summary::default();
    if plan.repeated_campaigns > 0 {
        summary.warnings.push(Warning::RepeatedCampaigns(plan.repeated_campaigns));
    }
    let activities = inputs.activities.filter(|_| plan.needs_activities());
    let mut index = Index::new(plan.engagements.asks_sets());
    let mut chosen = Vec::new();
    if let Some(activities) = activities {
        index = ActivityPass::new(&mut plan, index, &mut summary).run(activities, progress)?;
        let times = send_times(&plan, &mut index, inputs.contacts, progress, &mut summary)?;
        let sent_at = |index: CampaignIndex| times.get(index as usize).copied().flatten();
        chosen = plan.engagements.choose(&plan.registry, sent_at);
        warn_of_sets(&plan, &chosen, &mut summary);
    }
    ContactPass { plan: &plan, chosen: &chosen, index: &mut index, summary: &mut summary }
        .run(inputs, progress, member)?;
    progress.end();
    Ok(summary)
}
