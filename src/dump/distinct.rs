//! Names in the order in which they first came, each once: a file may have very many of them.

use hashbrown::HashSet;
use std::ops::Deref;

/// Distinct names, in order.
#[derive(Debug, Default)]
pub(crate) struct Distinct {
    names: Vec<String>,
    known: HashSet<String, foldhash::fast::RandomState>,
}

impl Distinct {
    /// Adds a name that isn't there yet.
    pub fn add(&mut self, name: &str) {
        if !self.known.contains(name) {
            self.known.insert(name.to_owned());
            self.names.push(name.to_owned());
        }
    }

    /// The names alone.
    pub fn into_names(self) -> Vec<String> {
        self.names
    }
}

impl Deref for Distinct {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.names
    }
}
