//! Where a database has contacts, activities and campaigns: its engine, tables, and what their columns are called and
//! hold (`docs/sql.md`, "Tables and columns").
//!
//! Nobody asks the database: a column is taken to be there under its canonical name, and to hold text,
//! unless the mapping says otherwise. Where it isn't, the database refuses the statement.

mod column;
mod engine;
mod layout;
mod role;
mod table;

pub use column::{ColumnGiven, Kind, Scope, Stored};
pub use engine::Engine;
pub use layout::{CANONICAL, LAYOUTS, Layout, LayoutNamed};
pub use role::{Role, TAG_NAMES};
pub use table::ActivityTable;

use crate::contact::{Column, normalise};
use role::UNLESS_MAPPED;

/// The tables, by name, and what is said of their columns. Points part a schema from a table, but not
/// within double quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// The tables of contacts, which all have the same columns.
    pub contacts: Vec<String>,
    /// The tables of activities.
    pub activities: Vec<ActivityTable>,
    /// The table of campaigns, if there is one: without it, their times come from the account's file.
    pub campaigns: Option<String>,
    /// What is said of columns. Of several that are about one field, the last counts, but what is said of
    /// tables of one type counts before what is said of all activities.
    pub columns: Vec<ColumnGiven>,
    /// Whether there are no fields but those that `columns` tell of.
    pub whole: bool,
}

/// Tables of the canonical names.
impl Default for Schema {
    fn default() -> Self {
        CANONICAL.schema(None)
    }
}

impl Schema {
    /// A column of the contacts, and what it holds; `None` where the mapping says that there is none.
    pub fn contact(&self, column: &Column) -> Option<(Stored, Kind)> {
        let (field, name, several) = match column {
            Column::Contact(field) => {
                (field.name().to_owned(), field.name(), field.holds_several())
            }
            Column::Custom(custom) => {
                (format!("cf:{}", custom.name()), custom.name(), custom.several)
            }
        };
        let spellings: Vec<String> = match column {
            Column::Contact(_) => Vec::new(),
            Column::Custom(custom) => custom.names.iter().map(|name| normalise(name)).collect(),
        };
        let is_it = |given: &str| match given.strip_prefix("cf:") {
            Some(custom) => spellings.contains(&normalise(custom)),
            None => spellings.is_empty() && given == field,
        };
        let stored = self.of_role(Role::Contacts, is_it).unwrap_or_else(|| {
            (!self.whole).then(|| Stored { name: name.to_owned(), kind: None })
        })?;
        let kind = stored.kind.unwrap_or(if several { Kind::Several } else { Kind::Text });
        Some((stored, kind))
    }

    /// The names of tags, where they have a column of their own.
    pub fn tag_names(&self) -> Option<(Stored, Kind)> {
        let stored = self.other(Role::Contacts, TAG_NAMES)?;
        let kind = stored.kind.unwrap_or(Kind::Several);
        Some((stored, kind))
    }

    /// A column of a table of activities, by its field.
    pub fn activity(&self, table: &ActivityTable, field: &str) -> Option<Stored> {
        // What is said of tables of one type counts before what is said of all.
        let of_kind = table.kind().and_then(|kind| {
            self.last(|given| given.scope == Some(Scope::Kind(kind)) && given.field == field)
        });
        of_kind.unwrap_or_else(|| self.other(Role::Activities, field))
    }

    /// A column of the campaigns, by its field.
    pub fn campaign(&self, field: &str) -> Option<Stored> {
        self.other(Role::Campaigns, field)
    }

    fn other(&self, role: Role, field: &str) -> Option<Stored> {
        self.of_role(role, |given| given == field).unwrap_or_else(|| {
            let name = field.to_owned();
            let is_there = !self.whole && !UNLESS_MAPPED.contains(&field);
            is_there.then_some(Stored { name, kind: None })
        })
    }

    /// What is said of a field of the tables of a role.
    fn of_role(&self, role: Role, is_it: impl Fn(&str) -> bool) -> Option<Option<Stored>> {
        let of = |given: &&ColumnGiven| given.scope.is_none_or(|of| of == Scope::Role(role));
        self.last(|given| of(given) && is_it(&given.field))
    }

    /// The last that is said of what passes.
    fn last(&self, passes: impl Fn(&&ColumnGiven) -> bool) -> Option<Option<Stored>> {
        self.columns.iter().rev().find(passes).map(|given| given.stored.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactField;

    #[test]
    fn what_a_column_is_called() {
        let columns = ["state=st", "state=region", "contacts.email=", "tag_names=names"];
        let columns = columns.iter().map(|text| text.parse().unwrap()).collect();
        let schema = Schema { columns, ..Schema::default() };
        let of = |field| schema.contact(&Column::Contact(field)).map(|(stored, _)| stored.name);
        assert_eq!(of(ContactField::State).as_deref(), Some("region"));
        assert_eq!(of(ContactField::Email), None);
        assert_eq!(of(ContactField::City).as_deref(), Some("city"));
        let [table] = schema.activities.as_slice() else { panic!("{schema:?}") };
        assert!(schema.activity(table, "email").is_some());
        assert!(schema.tag_names().is_some() && Schema::default().tag_names().is_none());
        assert!(schema.activity(table, "bounce_code").is_none());
    }

    #[test]
    fn tables_of_a_type_have_columns_of_their_own() {
        let columns = ["send.at=", "open.at=opened", "activities.at=done"];
        let columns = columns.iter().map(|text| text.parse().unwrap()).collect();
        let schema = Schema { columns, ..Schema::default() };
        let at = |table: &str| schema.activity(&table.parse().unwrap(), "at");
        assert_eq!(at("open=x").unwrap().name, "opened");
        assert_eq!(at("click=x").unwrap().name, "done");
        assert_eq!((at("delivered=x"), at("x").unwrap().name.as_str()), (None, "done"));
        let whole = Schema { whole: true, ..schema };
        assert_eq!(whole.contact(&Column::Contact(ContactField::State)), None);
        assert_eq!(whole.campaign("sent_at"), None);
    }
}
