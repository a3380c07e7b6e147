//! A run: the activity pass, then the contact pass.

use super::activity_pass::ActivityPass;
use super::campaigns::CampaignIndex;
use super::contact_pass::ContactPass;
use super::index::Index;
use super::inputs::Inputs;
use super::plan::Plan;
use super::progress::Progress;
use super::send_times::{send_times, warn_of_sets};
use super::{EngineError, Summary, Warning};
use crate::dump::ContactRow;

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
