//! What is known of an account besides the criteria: its custom fields with their types and
//! options, its campaigns, and the names of its lists and tags. Which vendor's file it was read
//! from doesn't show here.

mod field;
mod named;

pub use field::{FieldDef, FieldKind};
pub use named::{Named, Names};

use crate::value::folds_equal;

/// A campaign of the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Campaign {
    /// The id as written.
    pub id: String,
    /// The internal name.
    pub name: Option<String>,
    /// The subject line.
    pub subject: Option<String>,
    /// The vendor's word for its state.
    pub status: Option<String>,
    /// When it was sent, as written.
    pub sent_at: Option<String>,
}

/// All that is known of one account; `None` where no file was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Custom fields.
    pub fields: Option<Vec<FieldDef>>,
    /// Campaigns, in file order.
    pub campaigns: Option<Vec<Campaign>>,
    /// Contact lists.
    pub lists: Names,
    /// Tags.
    pub tags: Names,
    /// Columns and keys of the contacts dump, as written there, when it has been looked at.
    pub dump_columns: Option<Vec<String>>,
}

impl Account {
    /// The custom field with this key, name or id, case aside.
    pub fn field_named(&self, name: &str) -> Option<&FieldDef> {
        let is_it = |def: &&FieldDef| def.names().any(|known| folds_equal(known, name));
        self.fields.iter().flatten().find(is_it)
    }
}
