//! The tables of a statement by what is in them, and the fields that each has.

use crate::contact::ContactField;
use crate::dump::ACTIVITY_FIELDS;

/// A table of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The contacts.
    Contacts,
    /// The activities.
    Activities,
    /// The campaigns.
    Campaigns,
}

impl Role {
    /// Every table.
    pub const ALL: [Self; 3] = [Self::Contacts, Self::Activities, Self::Campaigns];

    /// The word for it, also the name of the table where none is given.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Activities => "activities",
            Self::Campaigns => "campaigns",
        }
    }

    /// Whether a name is that of a field here.
    pub(super) fn has(self, field: &str) -> bool {
        match self {
            Self::Contacts if field.starts_with("cf:") => true,
            _ => self.fields().contains(&field),
        }
    }

    /// Its fields, those of an account apart.
    pub(super) fn fields(self) -> Vec<&'static str> {
        match self {
            Self::Contacts => {
                ContactField::ALL.iter().map(|field| field.name()).chain([TAG_NAMES]).collect()
            }
            Self::Activities => ACTIVITY_FIELDS.to_vec(),
            Self::Campaigns => CAMPAIGN.to_vec(),
        }
    }
}

/// Names of tags apart from their ids.
pub const TAG_NAMES: &str = "tag_names";

/// The fields of campaigns.
const CAMPAIGN: &[&str] = &["campaign_id", "sent_at"];

/// Columns that are read only where the mapping names them.
pub(super) const UNLESS_MAPPED: &[&str] = &["bounce_code", TAG_NAMES];
