//! What stands where in a vendor's objects: the key tables put together into a tree. The vendors'
//! folders say it, each in its `layout.rs`; whatever walks over criteria without asking what they
//! mean goes by it.

use super::keys::Key;
use crate::source::json::Value;

/// An object of a dialect: its keys, in canonical order, and what stands under some of them.
#[derive(Debug)]
pub(super) struct Layout {
    pub keys: &'static [Key],
    pub inside: &'static [(&'static str, Inside)],
}

/// Which layout an object has, told by its keys.
pub(super) type Pick = fn(&Value) -> &'static Layout;

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside {
    /// An object.
    Object(Pick),
    /// An array of objects.
    Objects(Pick),
    /// A string that holds an object as JSON; or the object itself, where nobody escaped it.
    Escaped(Pick),
    /// A text that has a canonical form of its own.
    Text(fn(&str) -> String),
    /// An array of such texts.
    Texts(fn(&str) -> String),
}

impl Layout {
    /// What stands under a key, where that is more than a plain value.
    pub fn inside(&self, key: &str) -> Option<Inside> {
        self.inside.iter().find(|(name, _)| *name == key).map(|(_, inside)| *inside)
    }

    /// The place of a key in the canonical order; unknown keys come last.
    pub fn place(&self, key: &str) -> usize {
        self.keys.iter().position(|row| row.name == key).unwrap_or(self.keys.len())
    }
}
