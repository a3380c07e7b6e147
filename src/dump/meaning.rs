//! What the columns of a file are taken for, in contacts and in activities.

use super::activity_columns::{ActivityField, field_of};
use super::activity_report::{Given, Present};
use super::activity_row::ActivityRow;
use super::columns::{FileTraits, custom_prefix, fields_of, may_be_custom};
use super::flat_rows::FlatRow;
use super::input::Input;
use crate::contact::ContactField;

/// What a column is in a dump of contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactMeaning {
    /// These fields.
    Fields(Vec<ContactField>),
    /// A custom field of this name.
    Custom(String),
    /// Nothing that rules ask for.
    Nothing,
}

/// What each of a file's columns is in a dump of contacts.
pub fn contact_meanings(names: &[String]) -> Vec<ContactMeaning> {
    let traits = FileTraits::of(names.iter().map(|name| outer(name)));
    let one = |name: &String| {
        if let Some(custom) = custom_name(name) {
            return ContactMeaning::Custom(custom.to_owned());
        }
        let fields: Vec<_> =
            fields_of(name, traits.campaign_monitor).into_iter().map(|(field, _)| field).collect();
        match fields.is_empty() {
            false => ContactMeaning::Fields(fields),
            true if may_be_custom(name) && !traits.nested && !name.contains('.') => {
                ContactMeaning::Custom(name.clone())
            }
            true => ContactMeaning::Nothing,
        }
    };
    names.iter().map(one).collect()
}

/// The name of a custom field that a column is by its spelling.
fn custom_name(name: &str) -> Option<&str> {
    let entry = name.split_once('[').and_then(|(_, rest)| rest.strip_suffix(']'));
    entry.or_else(|| custom_prefix(name))
}

/// The key of a record under which a flat column stands.
fn outer(name: &str) -> &str {
    name.split(['[', '.']).next().unwrap_or(name)
}

/// Rows of a file taken for activities.
pub struct ActivityView {
    given: Given,
    fields: Vec<Option<(ActivityField, bool)>>,
    present: Present,
    row: ActivityRow,
}

impl ActivityView {
    /// A view of the rows of this file.
    pub fn new(input: &Input) -> Self {
        let name = input.name().into();
        Self {
            given: Given::new(input, &name),
            fields: Vec::new(),
            present: Present::default(),
            row: ActivityRow::default(),
        }
    }

    /// The row as an activity; `names` are the columns met so far.
    pub fn read(&mut self, names: &[String], row: &FlatRow) -> &ActivityRow {
        for name in names.iter().skip(self.fields.len()) {
            let field = field_of(name);
            self.present.traits.note(name);
            if let Some((field, _)) = field {
                self.present.note(field);
            }
            self.fields.push(field);
        }
        self.row.clear();
        self.row.given_campaign.clone_from(&self.given.campaign);
        let by_columns = || self.given.kind_by(self.present.traits);
        self.row.given_kind = if self.present.typed { self.given.kind } else { by_columns() };
        for (column, text) in row.cells() {
            if let Some(Some((field, canonical))) = self.fields.get(column) {
                self.row.set(*field, *canonical, text);
            }
        }
        &self.row
    }

    /// Whether the rows say, or the file does, what happened.
    pub fn tells_kinds(&self) -> bool {
        self.present.typed || self.given.kind_by(self.present.traits).is_some()
    }

    /// Whether the columns leave no doubt that something happened.
    pub fn is_report(&self) -> bool {
        self.present.traits.is_report()
    }

    /// Whether the rows say, or the file does, in which campaign.
    pub fn tells_campaigns(&self) -> bool {
        self.present.campaign || self.given.campaign.is_some()
    }

    /// What each column is in a dump of activities, by its canonical name.
    pub fn meanings(&self) -> Vec<Option<&'static str>> {
        self.fields.iter().map(|field| field.map(|(field, _)| field.name())).collect()
    }
}
