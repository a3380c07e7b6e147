//! Which columns a list shows.

use crate::contact::{Column, ContactField, CustomColumn};
use crate::dump::{Contacts, Presence};

/// A column with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// What stands above it, or is its key.
    pub title: String,
    /// What it shows.
    pub column: Column,
}

/// The columns of a list, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Select(pub Vec<Selected>);

impl Select {
    /// What is shown when nothing is asked for.
    const DEFAULT: [ContactField; 5] = [
        ContactField::ContactId,
        ContactField::Email,
        ContactField::Name,
        ContactField::FirstName,
        ContactField::LastName,
    ];

    /// Those of contact id, address and parts of the name that the dump has.
    pub fn default_for(contacts: &Contacts) -> Self {
        let there = |field: &ContactField| contacts.has(&Column::Contact(*field)) == Presence::Yes;
        Self(Self::DEFAULT.into_iter().filter(there).map(Selected::canonical).collect())
    }

    /// The columns named: canonical fields, `cf:` names, or columns by their own name.
    pub fn named<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        Self(names.map(Selected::named).collect())
    }

    /// The columns.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.0.iter().map(|selected| &selected.column)
    }
}

impl Selected {
    fn canonical(field: ContactField) -> Self {
        Self { title: field.name().to_owned(), column: Column::Contact(field) }
    }

    fn named(name: &str) -> Self {
        let canonical = ContactField::ALL.iter().find(|field| field.name() == name);
        if let Some(&field) = canonical {
            return Self::canonical(field);
        }
        let bare = name.strip_prefix("cf:");
        let custom = CustomColumn {
            names: vec![bare.unwrap_or(name).to_owned()],
            may_be_alias: bare.is_none(),
            several: false,
        };
        Self { title: name.to_owned(), column: Column::Custom(custom) }
    }

    /// True when the column may hold several values, so that JSON shows an array.
    pub fn holds_several(&self) -> bool {
        match &self.column {
            Column::Contact(field) => field.holds_several(),
            Column::Custom(custom) => custom.several,
        }
    }
}
