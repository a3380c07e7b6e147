//! A file of a contacts dump, opened and looked at.

use super::contact_json::JsonHead;
use super::csv_table::CsvHead;
use super::objects::Layout;
use super::open::Opened;
use super::projection::Stand;
use std::borrow::Cow;

/// What its head tells of a file.
pub(super) struct ContactFile {
    pub opened: Opened,
    pub head: Head,
}

/// The head itself.
pub(super) enum Head {
    Csv(CsvHead),
    Json(Box<JsonHead>, Layout),
}

impl Head {
    /// The names that a file shows, as they are read.
    pub fn names_read(&self) -> Box<dyn Iterator<Item = (Cow<'_, str>, Stand)> + '_> {
        match self {
            Self::Csv(head) => {
                Box::new(head.read_as.iter().map(|name| (Cow::from(name), Stand::Column)))
            }
            Self::Json(head, _) => {
                let keys = head.keys.iter().map(|name| (name, Stand::Column));
                let entries = head.entries.iter().map(|name| (name, Stand::Entry));
                Box::new(
                    keys.chain(entries).map(|(name, stand)| (head.read_as(name, stand), stand)),
                )
            }
        }
    }

    /// True when rows may hold fields that the head doesn't name.
    pub fn may_hold_more(&self) -> bool {
        match self {
            Self::Json(..) => true,
            Self::Csv(_) => false,
        }
    }
}
