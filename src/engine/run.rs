//! A run: the activity pass, then the contact pass.

use super::activity_pass;
use super::campaigns::CampaignIndex;
use super::contact_pass::{ContactPass, TakeMember};
use super::engagement::Chosen;
use super::first_seen;
use super::index::Index;
use super::inputs::Inputs;
use super::plan::Plan;
use super::progress::{Progress, Stage};
use super::roll::Roll;
use super::send_times::{send_times, warn_of_sets};
use super::watched::SetCampaign;
use super::{EngineError, Summary, Warning};
use crate::criteria::Engagement;
use crate::dump::ContactRow;
use crate::value::Instant;

/// Evaluates a plan and hands every member to `member`, with the number of its segment: contact by
/// contact in the order of the dump, each for its segments in the order of the plan.
///
/// # Errors
/// A dump can't be read, a column turns out to be in no row, or `member` fails. Members handed on
/// before that must not be shown as an answer.
pub fn evaluate(
    mut plan: Plan,
    inputs: Inputs<'_>,
    progress: &dyn Progress,
    member: &mut dyn FnMut(&Plan, usize, &ContactRow) -> std::io::Result<()>,
) -> Result<Summary, EngineError> {
    let mut summary = Summary::default();
    if plan.repeated_campaigns > 0 {
        summary.warnings.push(Warning::RepeatedCampaigns(plan.repeated_campaigns));
    }
    let activities = inputs.activities.filter(|_| plan.needs_activities());
    let (mut index, mut roll) = (Index::default(), Roll::default());
    let mut chosen = Vec::new();
    if let Some(activities) = activities {
        let seen = first_seen::find(&mut plan, inputs, progress, &mut summary)?;
        let effort = inputs.effort;
        let known = activity_pass::run(
            &mut plan,
            activities,
            seen.as_deref(),
            effort,
            progress,
            &mut summary,
        )?;
        (index, roll) = (known.index, known.roll);
        summary.spent.push((Stage::Activities, known.spent));
        let times = send_times(&plan, seen, &mut index, inputs, progress, &mut summary)?;
        let sent_at = |index: CampaignIndex| times.get(index as usize).copied().flatten();
        chosen = plan.engagements.choose(&plan.registry, sent_at);
        warn_of_sets(&plan, &chosen, &mut summary);
        if plan.evidence_of().is_some() {
            summary.evidence.sets = sets(&plan, &chosen, sent_at);
        }
    }
    let member: TakeMember<'_> = member;
    let pass =
        ContactPass { plan: &plan, chosen: &chosen, index: &index, roll, summary: &mut summary };
    let spent = pass.run(inputs, progress, member)?;
    summary.spent.push((Stage::Contacts, spent));
    progress.end();
    Ok(summary)
}

/// The campaigns of the sets that tests are over, in the order in which they were chosen.
fn sets(
    plan: &Plan,
    chosen: &[Chosen],
    sent_at: impl Fn(CampaignIndex) -> Option<Instant>,
) -> Vec<(Engagement, Vec<SetCampaign>)> {
    let of = |(test, _): (usize, bool)| {
        let campaigns = chosen.get(test)?.campaigns.iter().map(|&campaign| SetCampaign {
            id: plan.registry.id(campaign).to_owned(),
            sent_at: sent_at(campaign),
        });
        Some((plan.asked_engagements.get(test)?.clone(), campaigns.collect()))
    };
    plan.engagements.sets().filter_map(of).collect()
}
