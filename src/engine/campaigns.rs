//! The campaigns of a run: numbered once, with the times they were sent, and the sets that tests
//! choose from them (`docs/semantics.md`, "Sets of campaigns").

use super::Options;
use crate::account::Campaign;
use crate::criteria::{Choice, Engagement, Window};
use crate::value::{Instant, Zone, fold};
use hashbrown::HashMap;

/// A campaign of the run: an index into [`Registry`].
pub type CampaignIndex = u32;

/// Every campaign that the dump of campaigns, the activities or a rule has named.
#[derive(Debug, Default)]
pub struct Registry {
    by_id: HashMap<String, CampaignIndex, foldhash::fast::RandomState>,
    ids: Vec<String>,
    listed: Vec<Option<Instant>>,
    scratch: String,
}

impl Registry {
    /// Takes the campaigns dump. Returns how many ids stood in it more than once: the last row of
    /// each wins.
    pub fn list(&mut self, campaigns: &[Campaign], zone: Zone) -> u64 {
        let mut seen = hashbrown::HashSet::new();
        let mut repeated = 0;
        for campaign in campaigns.iter().filter(|campaign| !campaign.id.trim().is_empty()) {
            let index = self.intern(&campaign.id);
            repeated += u64::from(!seen.insert(index));
            if let Some(listed) = self.listed.get_mut(index as usize) {
                *listed = campaign.sent_instant(zone);
            }
        }
        repeated
    }

    /// The number of the campaign with this id, trimmed and case aside.
    pub fn intern(&mut self, id: &str) -> CampaignIndex {
        let id = id.trim();
        if let Some(&index) = self.by_id.get(id) {
            return index;
        }
        self.scratch.clear();
        self.scratch.push_str(&fold(id));
        if let Some(&index) = self.by_id.get(self.scratch.as_str()) {
            return index;
        }
        let index = self.ids.len() as CampaignIndex;
        self.by_id.insert(self.scratch.clone(), index);
        self.ids.push(self.scratch.clone());
        self.listed.push(None);
        index
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// The folded id.
    pub fn id(&self, index: CampaignIndex) -> &str {
        self.ids.get(index as usize).map_or("", String::as_str)
    }

    /// When the campaigns dump says it was sent.
    pub fn listed(&self, index: CampaignIndex) -> Option<Instant> {
        self.listed.get(index as usize).copied().flatten()
    }

    /// Whether the campaigns dump says of some campaign when it was sent.
    pub fn lists_some(&self) -> bool {
        self.listed.iter().any(Option::is_some)
    }

    /// The campaigns sent inside `bounds`, of these the ones chosen; `sent_at` says when each was.
    pub fn choose(
        &self,
        choice: Choice,
        bounds: (Instant, Instant),
        sent_at: impl Fn(CampaignIndex) -> Option<Instant>,
    ) -> Vec<CampaignIndex> {
        let inside = |&time: &Instant| bounds.0 <= time && time <= bounds.1;
        let mut chosen: Vec<(Instant, CampaignIndex)> = (0..self.ids.len() as CampaignIndex)
            .filter_map(|index| sent_at(index).filter(inside).map(|time| (time, index)))
            .collect();
        if let Choice::Last(count) = choice {
            chosen.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| self.id(a.1).cmp(self.id(b.1))));
            chosen.truncate(count as usize);
        }
        chosen.into_iter().map(|(_, index)| index).collect()
    }
}

/// The instants between which a window lies.
pub fn window_bounds(window: &Window, options: &Options) -> (Instant, Instant) {
    window.bounds(options.as_of, options.zone)
}

/// The window of a set of campaigns: the default one where none is asked for, and never beyond
/// as-of, since what came later doesn't count.
pub fn set_bounds(window: Option<&Window>, options: &Options) -> (Instant, Instant) {
    Engagement::set_bounds(window, options.as_of, options.zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_with_ties_by_id() {
        let mut registry = Registry::default();
        let ids = ["B", "a", "c", "d"].map(|id| registry.intern(id));
        assert_eq!(registry.intern(" A "), ids[1]);
        let times = [5, 5, 9, 1];
        let sent_at = |index: CampaignIndex| Some(Instant(times[index as usize]));
        let all = (Instant(0), Instant(8));
        assert_eq!(registry.choose(Choice::Last(1), all, sent_at), [ids[1]]);
        assert_eq!(registry.choose(Choice::Last(9), all, sent_at).len(), 3);
        assert_eq!(registry.choose(Choice::Every, (Instant(9), Instant(9)), sent_at), [ids[2]]);
    }
}
