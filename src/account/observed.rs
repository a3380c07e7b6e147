//! What the dumps of contacts and activities show of an account. A dump need not hold everything,
//! so what it lacks is worth a warning and no more.

use crate::value::fold;
use std::collections::{BTreeMap, BTreeSet};

/// What was seen; `None` where nothing was looked at, or what was looked at says nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observed {
    /// Ids of the campaigns that activities name.
    pub campaigns: Option<Seen>,
    /// The URLs clicked, by the folded id of the campaign. A campaign without clicks isn't here.
    pub clicked: BTreeMap<String, Seen>,
    /// What the contacts' lists are called: ids or names.
    pub lists: Option<Seen>,
    /// What the contacts' tags are called: ids or names.
    pub tags: Option<Seen>,
}

impl Observed {
    /// The URLs clicked in a campaign; `None` where no click of it was seen.
    pub fn clicked_in(&self, campaign: &str) -> Option<&Seen> {
        self.clicked.get(&fold(campaign.trim()))
    }
}

/// Distinct texts, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    by_fold: BTreeMap<String, BTreeSet<String>>,
    partial: bool,
}

impl Seen {
    /// True when the text is among them as written.
    pub fn holds(&self, text: &str) -> bool {
        self.spellings(text).is_some_and(|spellings| spellings.contains(text))
    }

    /// True when the text is among them, case and blanks around it aside.
    pub fn holds_alike(&self, text: &str) -> bool {
        self.spellings(text).is_some()
    }

    fn spellings(&self, text: &str) -> Option<&BTreeSet<String>> {
        self.by_fold.get(&fold(text.trim()))
    }

    /// Adds a text; true when it is new.
    pub fn add(&mut self, text: &str) -> bool {
        if self.holds(text) {
            return false;
        }
        self.by_fold.entry(fold(text.trim())).or_default().insert(text.to_owned())
    }

    /// Says that there was more than is kept here, so that nothing follows from what is missing.
    pub fn cut_short(&mut self) {
        self.partial = true;
    }

    /// True when all that there was is here.
    pub fn is_whole(&self) -> bool {
        !self.partial
    }

    /// The texts as written, in the order of their folded forms.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.by_fold.values().flatten().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_as_written_and_alike() {
        let mut seen = Seen::default();
        assert!(seen.add("VIP") && !seen.add("VIP") && seen.add("vip"));
        assert!(seen.holds("vip") && !seen.holds("Vip") && seen.holds_alike(" ViP "));
        assert_eq!(seen.iter().collect::<Vec<_>>(), ["VIP", "vip"]);
        assert!(seen.is_whole());
        seen.cut_short();
        assert!(!seen.is_whole());
    }
}
