//! What the columns of a file are taken for, in contacts and in activities.

use super::activity_bundles::{Bundle, within_bundle};
use super::activity_columns::{ActivityField, field_of};
use super::activity_report::{Given, Present};
use super::activity_row::ActivityRow;
use super::columns::{FileTraits, custom_prefix, fields_of, may_be_custom};
use super::flat_rows::FlatRow;
use super::input::Input;
use super::mapping::{MappedDump, Mapping, Mappings};
use crate::contact::ContactField;
use std::borrow::Cow;

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

/// The names under which columns are read where some are named by hand.
struct ReadAs(Option<Mapping>);

impl ReadAs {
    fn new(map: &Mappings, dump: MappedDump, names: &[String]) -> Self {
        Self(map.of(dump).map(|mapping| mapping.in_file(names.iter().map(String::as_str))))
    }

    fn name<'a>(&self, name: &'a str) -> Cow<'a, str> {
        self.0.as_ref().map_or(Cow::Borrowed(name), |mapping| mapping.renamed(name))
    }
}

/// What each of a file's columns is in a dump of contacts, where these are named by hand.
pub fn contact_meanings(names: &[String], map: &Mappings) -> Vec<ContactMeaning> {
    let read_as = ReadAs::new(map, MappedDump::Contacts, names);
    let traits = FileTraits::of(names.iter().map(|name| outer(name)));
    let one = |name: &String| {
        let read_as = if entry_name(name).is_some() { name.into() } else { read_as.name(name) };
        if let Some(custom) = entry_name(&read_as).or_else(|| custom_prefix(&read_as)) {
            return ContactMeaning::Custom(custom.to_owned());
        }
        let fields = fields_of(&read_as, traits.campaign_monitor);
        let fields: Vec<_> = fields.into_iter().map(|(field, _)| field).collect();
        match fields.is_empty() {
            false => ContactMeaning::Fields(fields),
            true if may_be_custom(&read_as) && !traits.nested && !read_as.contains('.') => {
                ContactMeaning::Custom(read_as.into_owned())
            }
            true => ContactMeaning::Nothing,
        }
    };
    names.iter().map(one).collect()
}

/// The name of a custom field that stands among others in one value of a record.
fn entry_name(name: &str) -> Option<&str> {
    name.split_once('[').and_then(|(_, rest)| rest.strip_suffix(']'))
}

/// The key of a record under which a flat column stands.
fn outer(name: &str) -> &str {
    name.split(['[', '.']).next().unwrap_or(name)
}

/// Rows of a file taken for activities.
pub struct ActivityView {
    given: Given,
    map: Mappings,
    stream: String,
    fields: Vec<Option<(ActivityField, bool)>>,
    /// What the columns are that stand in bundles, and of which.
    bundled: Vec<Option<(Bundle, Option<ActivityField>)>>,
    present: Present,
    row: ActivityRow<'static>,
}

impl ActivityView {
    /// A view of the rows of this file, where these columns are named by hand.
    pub fn new(input: &Input, map: &Mappings) -> Self {
        let name = input.name().into();
        Self {
            given: Given::new(input, &name),
            map: map.clone(),
            stream: String::new(),
            fields: Vec::new(),
            bundled: Vec::new(),
            present: Present::default(),
            row: ActivityRow::default(),
        }
    }

    /// The row as an activity; `names` are the columns met so far, `stream` is the one that the row
    /// is of.
    pub fn read(
        &mut self,
        names: &[String],
        stream: Option<&str>,
        row: &FlatRow,
    ) -> &ActivityRow<'static> {
        if let Some(stream) = stream
            && stream != self.stream
        {
            stream.clone_into(&mut self.stream);
            self.given.turn_to(stream);
        }
        if self.fields.len() < names.len() {
            self.meet(names);
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

    /// Takes note of columns that weren't met before.
    fn meet(&mut self, names: &[String]) {
        let read_as = ReadAs::new(&self.map, MappedDump::Activities, names);
        let fresh = names.get(self.fields.len()..).unwrap_or(&[]);
        fresh.iter().for_each(|name| self.present.traits.note(name));
        let logged = self.present.traits.logged();
        for name in fresh {
            // A status tells what happened in logs of mail only.
            let field = field_of(&read_as.name(name))
                .filter(|(field, _)| *field != ActivityField::Status || logged);
            if let Some((field, _)) = field {
                self.present.note(field);
                self.present.typed |= field == ActivityField::Status;
            }
            self.fields.push(field);
            self.bundled.push(within_bundle(name));
        }
        self.given.settle(&self.present);
    }

    /// Whether the rows say, or the file does, what happened.
    pub fn tells_kinds(&self) -> bool {
        self.present.typed || self.given.kind_by(self.present.traits).is_some()
    }

    /// Whether the rows say to whom.
    pub fn tells_contacts(&self) -> bool {
        use ActivityField::{ContactId, Email, EmailId};
        let key = |field: ActivityField| matches!(field, ContactId | Email | EmailId);
        self.fields.iter().flatten().any(|(field, _)| key(*field))
    }

    /// Whether the columns leave no doubt that something happened.
    pub fn is_report(&self) -> bool {
        self.present.traits.is_report() || self.is_history()
    }

    /// Whether a row may hold several activities, which this view doesn't tell apart.
    pub fn is_bundled(&self) -> bool {
        self.bundled.iter().any(Option::is_some)
    }

    /// Whether rows tell what one contact did in a campaign each.
    fn is_history(&self) -> bool {
        self.bundled.iter().flatten().any(|(bundle, _)| *bundle == Bundle::Actions)
    }

    /// Whether the rows say, or the file does, in which campaign.
    pub fn tells_campaigns(&self) -> bool {
        self.present.campaign || self.given.campaign.is_some()
    }

    /// What each column is in a dump of activities, by its canonical name.
    pub fn meanings(&self) -> Vec<Option<&'static str>> {
        let history = self.is_history();
        let plain = |field: ActivityField| match field {
            ActivityField::ContactId if history => Some(ActivityField::CampaignId),
            ActivityField::Type if history => None,
            field => Some(field),
        };
        let meaning = |(field, bundled): (&Option<(ActivityField, bool)>, &Option<_>)| {
            let field = match bundled {
                Some((_, field)) => *field,
                None => field.and_then(|(field, _)| plain(field)),
            };
            field.map(ActivityField::name)
        };
        self.fields.iter().zip(&self.bundled).map(meaning).collect()
    }
}
