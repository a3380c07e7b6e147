//! Names in the order in which they first came, each once: a file may have very many of them.

use hashbrown::HashMap;
use std::ops::Deref;

/// Distinct names, in order.
#[derive(Debug, Default)]
pub(crate) struct Distinct {
    names: Vec<String>,
    known: HashMap<String, usize, foldhash::fast::RandomState>,
}

impl Distinct {
    /// Adds a name that isn't there yet.
    pub fn add(&mut self, name: &str) {
        self.index_of(name);
    }

    /// The index of a name, which is added where it isn't there yet.
    pub fn index_of(&mut self, name: &str) -> usize {
        if let Some(&index) = self.known.get(name) {
            return index;
        }
        let index = self.names.len();
        self.known.insert(name.to_owned(), index);
        self.names.push(name.to_owned());
        index
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
