//! Which of a contact's telephones and addresses is which.

use crate::value::folds_equal;

/// The kind of a telephone or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// At home.
    Home,
    /// At work.
    Work,
    /// A mobile telephone.
    Mobile,
    /// A fax.
    Fax,
    /// Said to be another one.
    Other,
    /// Nothing says.
    Unsaid,
}

impl Kind {
    /// The kinds that have a word.
    pub const SAID: [Self; 5] = [Self::Home, Self::Work, Self::Mobile, Self::Fax, Self::Other];

    /// The vendor's word; empty where nothing says.
    pub fn word(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Work => "work",
            Self::Mobile => "mobile",
            Self::Fax => "fax",
            Self::Other => "other",
            Self::Unsaid => "",
        }
    }

    /// The kind that a word means, case aside; any other word says nothing.
    pub fn of_word(word: &str) -> Self {
        let kind = Self::SAID.into_iter().find(|kind| folds_equal(kind.word(), word.trim()));
        kind.unwrap_or(Self::Unsaid)
    }
}
