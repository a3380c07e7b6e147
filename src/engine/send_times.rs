//! When campaigns were sent (`docs/semantics.md`, "Sets of campaigns").

use super::campaigns::CampaignIndex;
use super::engagement::Chosen;
use super::index::{Firsts, Index, Topic};
use super::inputs::Inputs;
use super::join::Join;
use super::pipeline::{Worker, in_order};
use super::plan::Plan;
use super::progress::{Progress, Stage};
use super::{EngineError, Key, Summary, Warning};
use crate::criteria::Engagement;
use crate::dump::{ContactBatch, ContactDecoder, ContactRow, Decoded, Projection};
use crate::value::Instant;

/// When a campaign was sent, as listed or as some of its rows tell.
pub(super) fn sent_at(
    plan: &Plan,
    seen: Option<&[Firsts]>,
    campaign: CampaignIndex,
) -> Option<Instant> {
    let seen = || seen?.get(campaign as usize).and_then(Firsts::told);
    plan.registry.listed(campaign).or_else(seen)
}

/// When each campaign was sent: as listed, else from the rows of known contacts. `seen` has what these
/// tell, where they were looked at before. Else, only where a set is asked about and some campaign
/// isn't listed are the contacts read for their keys.
pub(super) fn send_times(
    plan: &Plan,
    seen: Option<Vec<Firsts>>,
    index: &mut Index,
    inputs: Inputs<'_>,
    progress: &dyn Progress,
    summary: &mut Summary,
) -> Result<Vec<Option<Instant>>, EngineError> {
    let campaigns = 0..plan.registry.len() as CampaignIndex;
    let unlisted = |campaign: CampaignIndex| plan.registry.listed(campaign).is_none();
    let looks = plan.engagements.asks_sets() && index.holds_any(unlisted);
    let firsts = match seen {
        Some(firsts) => firsts,
        None if looks => firsts_of(plan, index, inputs, progress, summary)?,
        None => Vec::new(),
    };
    let guessed = |campaign: &CampaignIndex| {
        let first = firsts.get(*campaign as usize).copied().unwrap_or_default();
        unlisted(*campaign) && first.send.is_none() && first.any.is_some()
    };
    let mut ids: Vec<String> = (campaigns.clone().filter(guessed))
        .map(|campaign| plan.registry.id(campaign).to_owned())
        .collect();
    if !ids.is_empty() {
        ids.sort();
        summary.warnings.push(Warning::SendTimeGuessed(ids));
    }
    Ok(campaigns.map(|campaign| sent_at(plan, Some(&firsts), campaign)).collect())
}

/// What the rows of known contacts tell of each campaign.
fn firsts_of(
    plan: &Plan,
    index: &mut Index,
    inputs: Inputs<'_>,
    progress: &dyn Progress,
    summary: &mut Summary,
) -> Result<Vec<Firsts>, EngineError> {
    let slot = |key| index.slot(key);
    let known = contact_keys(plan, inputs, progress, summary, slot)?;
    known.into_iter().for_each(|slot| index.mark_known(slot));
    let mut firsts = vec![Firsts::default(); plan.registry.len()];
    for slot in index.known_slots() {
        for (topic, _, first) in index.facts(slot) {
            let Topic::Campaign(campaign) = topic else { continue };
            if let Some(kept) = firsts.get_mut(campaign as usize) {
                *kept = kept.merge(first);
            }
        }
    }
    Ok(firsts)
}

/// What becomes of the keys of all contacts.
pub(super) fn contact_keys<T: Send>(
    plan: &Plan,
    inputs: Inputs<'_>,
    progress: &dyn Progress,
    summary: &mut Summary,
    of: impl Fn(Key) -> Option<T> + Sync,
) -> Result<Vec<T>, EngineError> {
    let Inputs { contacts, effort, .. } = inputs;
    progress.begin(Stage::Keys, contacts.total_bytes());
    let wanted = |column: Option<usize>| {
        column.and_then(|column| plan.projection.columns.get(column)).cloned()
    };
    let (id, email) = (wanted(plan.join.id), wanted(plan.join.email));
    let columns: Vec<_> = id.iter().chain(&email).cloned().collect();
    let join = Join {
        by_id: plan.join.by_id,
        by_email: plan.join.by_email,
        id: id.is_some().then_some(0),
        email: email.is_some().then_some(columns.len().saturating_sub(1)),
    };
    let projection = Projection { columns, ..Projection::default() };
    let workers = (0..effort.threads.get()).map(|_| KeyWorker {
        decoder: contacts.decoder(&projection),
        join,
        of: &of,
    });
    let (source, workers) = (contacts.source(&projection, effort.chunk), workers.collect());
    let mut came = Vec::new();
    let (_, spent) = in_order(source, workers, contacts.settle(), |taken| {
        progress.at(taken.bytes);
        came.extend(taken.came);
        Ok(())
    })?;
    summary.spent.push((Stage::Keys, spent));
    Ok(came)
}

/// Reads the keys of contacts.
struct KeyWorker<'a, F> {
    decoder: ContactDecoder,
    join: Join,
    of: &'a F,
}

impl<T: Send, F: Fn(Key) -> Option<T> + Sync> Worker for KeyWorker<'_, F> {
    type Row = ContactRow;
    type Came = Vec<T>;

    fn work(&mut self, batch: &mut ContactBatch) -> (Decoded, Vec<T>) {
        let mut came = Vec::new();
        let Self { decoder, join, of } = self;
        let decoded = decoder.decode(batch, |row| {
            came.extend(join.keys(row).into_iter().flatten().filter_map(*of));
        });
        (decoded, came)
    }
}

/// Warns of sets that are empty or larger than the vendor evaluates.
pub(super) fn warn_of_sets(plan: &Plan, chosen: &[Chosen], summary: &mut Summary) {
    for (test, every) in plan.engagements.sets() {
        let size = chosen.get(test).map_or(0, |set| set.campaigns.len());
        let warning = warning_of(size, every);
        summary.warnings.extend(warning.filter(|warning| !summary.warnings.contains(warning)));
    }
}

/// The warning that a set of this size deserves; `every` says that no count was asked for.
fn warning_of(size: usize, every: bool) -> Option<Warning> {
    match size {
        0 => Some(Warning::EmptySet),
        _ if every && size > Engagement::MOST_CAMPAIGNS => Some(Warning::ManyCampaigns(size)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_empty_and_very_large_sets_are_warned_of() {
        for (size, every, expected) in [
            (0, true, Some(Warning::EmptySet)),
            (0, false, Some(Warning::EmptySet)),
            (500, true, None),
            (501, true, Some(Warning::ManyCampaigns(501))),
            (501, false, None),
        ] {
            assert_eq!(warning_of(size, every), expected, "{size}");
        }
    }
}
