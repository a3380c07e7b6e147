//! Lists and tags: ids and the names that dumps may carry in their stead.

use crate::value::folds_equal;

/// A list or a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The vendor's id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// The lists, or the tags, of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names(pub Vec<Named>);

impl Names {
    /// No names at all.
    pub const NONE: &'static Self = &Self(Vec::new());

    /// Every id and name that means the same as `text`, which is an id or a name, case aside;
    /// `text` itself is always among them.
    pub fn synonyms<'a>(&'a self, text: &'a str) -> Vec<&'a str> {
        let mut all = vec![text];
        for entry in &self.0 {
            if folds_equal(&entry.id, text) || folds_equal(&entry.name, text) {
                all.extend([entry.id.as_str(), entry.name.as_str()]);
            }
        }
        all
    }

    /// The name of the entry with this id, case aside.
    pub fn name_of(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|entry| folds_equal(&entry.id, id)).map(|entry| entry.name.as_str())
    }
}
