//! The links of campaigns.

use crate::value::fold;
use std::collections::{BTreeMap, BTreeSet};

/// The URLs of the links of each campaign, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links(BTreeMap<String, BTreeSet<String>>);

impl Links {
    /// Adds a link of a campaign.
    pub fn add(&mut self, campaign: &str, url: &str) {
        let urls = self.0.entry(key(campaign)).or_default();
        if !urls.contains(url) {
            urls.insert(url.to_owned());
        }
    }

    /// Says that a campaign's links are known, be there none.
    pub fn know(&mut self, campaign: &str) {
        self.0.entry(key(campaign)).or_default();
    }

    /// The links of a campaign; `None` where nothing is known of them.
    pub fn of(&self, campaign: &str) -> Option<&BTreeSet<String>> {
        self.0.get(&key(campaign))
    }
}

/// Ids of campaigns compare without case and without blanks around them.
fn key(campaign: &str) -> String {
    fold(campaign.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_compare_without_case_and_urls_to_the_letter() {
        let mut links = Links::default();
        links.add(" A1 ", "https://x.org/A");
        let of = links.of("a1").unwrap();
        assert!(of.contains("https://x.org/A") && !of.contains("https://x.org/a"));
        assert_eq!(links.of("a2"), None);
    }
}
