//! The parts of a map file.

use std::fmt;

/// A part of the map file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Ids of campaigns.
    Campaigns,
    /// Ids of lists.
    Lists,
    /// Ids or names of tags.
    Tags,
    /// Fields of contacts.
    Fields,
}

impl Section {
    /// All parts, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Campaigns, Self::Lists, Self::Tags, Self::Fields];

    /// What it is called in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Campaigns => "campaigns",
            Self::Lists => "lists",
            Self::Tags => "tags",
            Self::Fields => "fields",
        }
    }

    /// The word for one of what it maps.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Campaigns => "campaign",
            Self::Lists => "list",
            Self::Tags => "tag",
            Self::Fields => "field",
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
