//! When campaigns were sent (`docs/semantics.md`, "Sets of campaigns").

use super::campaigns::CampaignIndex;
use super::engagement::Chosen;
use super::index::{Firsts, Index, Slot, Topic};
use super::inputs::Effort;
use super::join::Join;
use super::pipeline::{Worker, in_order};
use super::plan::Plan;
use super::progress::{Progress, Stage};
use super::{EngineError, Summary, Warning};
use crate::criteria::Engagement;
use crate::dump::{ContactBatch, ContactDecoder, ContactRow, Contacts, Decoded, Projection};
use crate::value::Instant;

/// When each campaign was sent: as listed, else from the rows of known contacts. Only where a set
/// is asked about and some campaign isn't listed are the contacts read for their keys.
pub(super) fn send_times(
    plan: &Plan,
    index: &mut Index,
    contacts: &Contacts,
    effort: Effort,
    progress: &dyn Progress,
    summary: &mut Summary,
) -> Result<Vec<Option<Instant>>, EngineError> {
    let campaigns = 0..plan.registry.len() as CampaignIndex;
    let mut times: Vec<_> = campaigns.clone().map(|c| plan.registry.listed(c)).collect();
    let unlisted = |campaign: CampaignIndex| plan.registry.listed(campaign).is_none();
    if !plan.engagements.asks_sets() || !index.holds_any(unlisted) {
        return Ok(times);
    }
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
        index: &*index,
    });
    let (source, workers) = (contacts.source(&projection, effort.chunk), workers.collect());
    let mut known = Vec::new();
    let (_, spent) = in_order(source, workers, contacts.settle(), |taken| {
        progress.at(taken.bytes);
        known.extend(taken.came);
        Ok(())
    })?;
    summary.spent.push((Stage::Keys, spent));
    known.into_iter().for_each(|slot| index.mark_known(slot));
    let mut firsts = vec![Firsts::default(); times.len()];
    for slot in index.known_slots() {
        for (topic, _, first) in index.facts(slot) {
            let Topic::Campaign(campaign) = topic else { continue };
            if let Some(kept) = firsts.get_mut(campaign as usize) {
                *kept = kept.merge(first);
            }
        }
    }
    let mut guessed = Vec::new();
    for ((time, first), campaign) in times.iter_mut().zip(&firsts).zip(campaigns) {
        if time.is_none() {
            *time = first.send.or(first.any);
            if first.send.is_none() && first.any.is_some() {
                guessed.push(plan.registry.id(campaign).to_owned());
            }
        }
    }
    if !guessed.is_empty() {
        guessed.sort();
        summary.warnings.push(Warning::SendTimeGuessed(guessed));
    }
    Ok(times)
}

/// Looks up which contacts have activities.
struct KeyWorker<'a> {
    decoder: ContactDecoder,
    join: Join,
    index: &'a Index,
}

impl Worker for KeyWorker<'_> {
    type Row = ContactRow;
    type Came = Vec<Slot>;

    fn work(&mut self, batch: &mut ContactBatch) -> (Decoded, Vec<Slot>) {
        let mut slots = Vec::new();
        let Self { decoder, join, index } = self;
        let decoded = decoder.decode(batch, |row| {
            let keys = join.keys(row).into_iter().flatten();
            slots.extend(keys.filter_map(|key| index.slot(key)));
        });
        (decoded, slots)
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
