//! The data that the reference looks at: everything in memory, as text, under canonical names.

use std::collections::{BTreeMap, BTreeSet};

/// A contact: the values of each column, by canonical or lower-case custom name.
#[derive(Debug, Clone, Default)]
pub struct Contact(pub BTreeMap<String, Vec<String>>);

impl Contact {
    /// The values under a name; empty text is no value.
    pub fn values(&self, name: &str) -> Vec<String> {
        let values = self.0.get(name).cloned().unwrap_or_default();
        values.into_iter().filter(|value| !value.is_empty()).collect()
    }
}

/// An activity, as text; empty for missing.
#[derive(Debug, Clone, Default)]
pub struct Activity {
    /// The contact's id.
    pub contact_id: String,
    /// The contact's address.
    pub email: String,
    /// The campaign's id.
    pub campaign_id: String,
    /// The canonical kind (`send`, `open`, …); anything else is unknown.
    pub kind: String,
    /// For sends: `requested`, `sent` or `delivered`.
    pub stage: String,
    /// When.
    pub at: String,
    /// The link clicked.
    pub url: String,
    /// Country, country code, region, city.
    pub place: Vec<String>,
}

/// All dumps of a run.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Names of the columns that the contacts dump has.
    pub columns: BTreeSet<String>,
    /// True when activities are joined by contact id.
    pub by_id: bool,
    /// The contacts.
    pub contacts: Vec<Contact>,
    /// The activities.
    pub activities: Vec<Activity>,
    /// Campaign ids and when they were sent.
    pub campaigns: Vec<(String, String)>,
    /// Ids and names of lists.
    pub lists: Vec<(String, String)>,
    /// Ids and names of tags.
    pub tags: Vec<(String, String)>,
}
