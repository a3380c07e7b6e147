//! The rows of the vendors' tables of words: a word, what it stands for, and that in a line for people.

/// A word of a dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<T: 'static> {
    /// The word as written in criteria.
    pub name: &'static str,
    /// What it stands for.
    pub means: T,
    /// What that is, in a line for people.
    pub about: &'static str,
}

impl<T> Term<T> {
    /// A row of a table of words.
    pub const fn new(name: &'static str, means: T, about: &'static str) -> Self {
        Self { name, means, about }
    }
}

/// What a word stands for, where the table has it.
pub(super) fn meaning<'t, T>(terms: &'t [Term<T>], name: &str) -> Option<&'t T> {
    terms.iter().find(|term| term.name == name).map(|term| &term.means)
}

/// The word for a meaning; empty where the table lacks it.
pub(super) fn name_of<T: PartialEq>(terms: &'static [Term<T>], means: &T) -> &'static str {
    terms.iter().find(|term| term.means == *means).map_or("", |term| term.name)
}

/// The words of a table, in its order.
pub(super) fn names<T>(terms: &'static [Term<T>]) -> impl Iterator<Item = &'static str> + Clone {
    terms.iter().map(|term| term.name)
}
