//! Which columns a list shows.

use super::Member;
use crate::account::{Account, FieldDef, FieldKind};
use crate::contact::{Alias, Column, ContactField, CustomColumn};
use crate::dump::{Contacts, Presence};
use crate::engine::Outputs;
use std::borrow::Cow;
use std::sync::Arc;

/// A column with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// What stands above it, or is its key.
    pub title: String,
    /// What it shows.
    pub column: Column,
}

/// The columns of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Select {
    /// The columns, in order.
    pub columns: Vec<Selected>,
    /// True when they were asked for by name, so that one that isn't there is an error.
    asked_for: bool,
    /// The labels of the segments, where a column before all others says of which each member is.
    labels: Option<Arc<[String]>>,
}

impl Select {
    /// What the column of the segments is called.
    pub const SEGMENT: &str = "segment";

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
        let columns = Self::DEFAULT.into_iter().filter(there).map(Selected::canonical);
        Self { columns: columns.collect(), asked_for: false, labels: None }
    }

    /// The columns named: canonical fields, `cf:` names, or columns by their own name. The
    /// account's fields say which of them hold several options.
    pub fn named<'a>(names: impl Iterator<Item = &'a str>, account: &Account) -> Self {
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        let columns = names.map(|name| Selected::named(name, account)).collect();
        Self { columns, asked_for: true, labels: None }
    }

    /// The same columns behind one of the segments' labels.
    #[must_use]
    pub fn with_segments(self, labels: Arc<[String]>) -> Self {
        Self { labels: Some(labels), ..self }
    }

    /// What such a list wants of each member.
    pub(super) fn wanted(&self) -> Outputs {
        let columns = self.columns.iter().map(|selected| selected.column.clone()).collect();
        Outputs { columns, required: self.asked_for, ..Outputs::default() }
    }

    /// The titles, that of the segments first.
    pub(super) fn titles(&self) -> impl Iterator<Item = &str> {
        let segment = self.labels.iter().map(|_| Self::SEGMENT);
        segment.chain(self.columns.iter().map(|selected| selected.title.as_str()))
    }

    /// The label of the member's segment, where it is shown.
    pub(super) fn label(&self, member: &Member<'_>) -> Option<&str> {
        let labels = self.labels.as_ref()?;
        Some(labels.get(member.segment).map_or("", String::as_str))
    }

    /// The cells of a member, as [`Select::titles`] names them.
    pub(super) fn cells<'a>(
        &'a self,
        member: &Member<'a>,
        between: &'a str,
    ) -> impl Iterator<Item = Cow<'a, str>> {
        let label = self.label(member).map(Cow::Borrowed);
        let columns = (0..self.columns.len()).map(|at| member.joined(at, between));
        label.into_iter().chain(columns)
    }
}

impl Selected {
    /// A canonical field under its own name.
    pub fn canonical(field: ContactField) -> Self {
        Self { title: field.name().to_owned(), column: Column::Contact(field) }
    }

    fn named(name: &str, account: &Account) -> Self {
        let canonical = ContactField::ALL.iter().find(|field| field.name() == name);
        if let Some(&field) = canonical {
            return Self::canonical(field);
        }
        let bare = name.strip_prefix("cf:");
        let mut names = vec![bare.unwrap_or(name).to_owned()];
        let def = account.field_named(bare.unwrap_or(name));
        names.extend(def.into_iter().flat_map(FieldDef::names).map(str::to_owned));
        let several = def.is_some_and(|def| def.kind == FieldKind::ManyOptions);
        let may_be = bare.is_none() || def.is_some();
        let alias = if may_be { Alias::Always } else { Alias::Never };
        let custom = CustomColumn { names, alias, several };
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
