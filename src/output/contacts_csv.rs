//! `contacts-csv`: the file that Constant Contact's contact export gives, with its column titles.
//!
//! A dump that is such a file keeps its telephone and address columns as they are. From other dumps,
//! where nothing tells which number is whose, they stand under `Phone - other`, `City - Other` ….

use super::csv::record;
use super::{Form, Member};
use crate::account::{Account, FieldDef, Names};
use crate::contact::{Alias, Column, ContactField, CustomColumn};
use crate::dump::{Contacts, Presence};
use crate::engine::Outputs;
use crate::value::{DayOrder, Stamp};
use std::collections::HashSet;
use std::io::{self, Write};
use thiserror::Error;

/// How a cell is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// As it stands.
    Plain,
    /// First letter raised: `active` is `Active`.
    Capital,
    /// `explicit` is `Express`, `implicit` is `Implied`.
    Permission,
    /// Month and day: `11/24`.
    Birthday,
    /// `2020-09-25 16:45:13 -0400`.
    Time,
    /// Names of tags or lists, joined by commas.
    Names,
    /// Several values, joined by `;`.
    Several,
}

/// Request name, title, canonical field, how it is shown.
type Row = (&'static str, &'static str, ContactField, Cell);

/// The columns, in the order of the vendor's file; custom fields stand before the tags.
const COLUMNS: &[Row] = &[
    ("email_address", "Email address", ContactField::Email, Cell::Plain),
    ("first_name", "First name", ContactField::FirstName, Cell::Plain),
    ("last_name", "Last name", ContactField::LastName, Cell::Plain),
    ("company_name", "Company", ContactField::CompanyName, Cell::Plain),
    ("job_title", "Job title", ContactField::Title, Cell::Plain),
    ("status", "Email status", ContactField::Status, Cell::Capital),
    ("permission", "Email permission status", ContactField::PermissionToSend, Cell::Permission),
    ("email_optout_date", "Confirmed Opt-Out Date", ContactField::UnsubscribeTime, Cell::Time),
    ("phone_number", "Phone - other", ContactField::Phone, Cell::Several),
    ("street", "Street address line 1 - Other", ContactField::Street, Cell::Several),
    ("city", "City - Other", ContactField::City, Cell::Several),
    ("state", "State/Province - Other", ContactField::State, Cell::Several),
    ("zip", "Zip/Postal Code - Other", ContactField::PostalCode, Cell::Several),
    ("country", "Country - Other", ContactField::Country, Cell::Several),
    ("birthday", "Birthday", ContactField::BirthdayMonth, Cell::Birthday),
    ("anniversary", "Anniversary", ContactField::Anniversary, Cell::Plain),
    ("tags", "Tags", ContactField::Tags, Cell::Names),
    ("email_lists", "Email Lists", ContactField::Lists, Cell::Names),
    ("source_name", "Source Name", ContactField::Source, Cell::Plain),
    ("created_at", "Created At", ContactField::DateAdded, Cell::Time),
    ("updated_at", "Updated At", ContactField::DateUpdated, Cell::Time),
];

#[derive(Debug)]
struct Shown {
    title: String,
    column: Column,
    cell: Cell,
    field: Option<ContactField>,
}

/// A column was selected that is neither one of the vendor's nor in the dump.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{name}` is no column of the export and no custom field of the contacts; the export's own are {}", ContactsCsv::request_names().collect::<Vec<_>>().join(", "))]
pub struct UnknownColumn {
    /// The name.
    pub name: String,
}

/// The vendor's export file.
#[derive(Debug)]
pub struct ContactsCsv {
    shown: Vec<Shown>,
    lists: Names,
    tags: Names,
    /// The custom fields that the heads of the dump show, where all are wanted.
    custom: Option<HashSet<String>>,
    begun: bool,
}

impl ContactsCsv {
    /// The request names that `--select` takes besides titles and custom fields.
    pub fn request_names() -> impl Iterator<Item = &'static str> + Clone {
        COLUMNS.iter().map(|&(name, ..)| name)
    }

    /// A file of the selected columns, or of all that the dump has when `select` is empty.
    ///
    /// # Errors
    /// A selected name is neither one of the vendor's nor a custom field of the dump; the name.
    pub fn new(
        select: &[String],
        contacts: &Contacts,
        account: &Account,
    ) -> Result<Self, UnknownColumn> {
        let dump_columns = contacts.columns();
        let has = |field| contacts.has(&Column::Contact(field)) == Presence::Yes;
        let custom = contacts.custom_columns();
        let mut shown = Vec::new();
        let customs = |shown: &mut Vec<Shown>| {
            shown.extend(custom.iter().map(|name| Shown::custom(name, account)));
        };
        if select.is_empty() {
            for row in COLUMNS {
                if row.0 == "tags" {
                    customs(&mut shown);
                }
                if has(row.2) {
                    shown.extend(Shown::canonical(row, dump_columns, account));
                }
            }
        }
        for name in select {
            if let Some(row) = COLUMNS.iter().find(|row| row.0 == name || row.1 == name) {
                shown.extend(Shown::canonical(row, dump_columns, account));
                continue;
            }
            let custom = Shown::custom(name, account);
            if contacts.has(&custom.column) == Presence::No {
                return Err(UnknownColumn { name: name.clone() });
            }
            shown.push(custom);
        }
        let (lists, tags) = (account.list_names().clone(), account.tag_names().clone());
        let custom = select.is_empty().then(|| custom.into_iter().collect());
        Ok(Self { shown, lists, tags, custom, begun: false })
    }

    /// Refuses a member with a custom field that has no column: the header stands by now, and the
    /// field would be lost.
    fn check_custom(&self, member: &Member<'_>) -> io::Result<()> {
        let Some(known) = &self.custom else { return Ok(()) };
        match member.custom().find(|(name, _)| !known.contains(*name)) {
            Some((name, _)) => Err(io::Error::other(format!(
                "the custom field `{name}` turns up only further on in the contacts; name the columns with --select"
            ))),
            None => Ok(()),
        }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        record(out, self.shown.iter().map(|shown| shown.title.as_str()))
    }

    fn cell(&self, member: &Member<'_>, at: usize, shown: &Shown) -> String {
        match shown.cell {
            Cell::Plain => member.text(at).to_owned(),
            Cell::Several => member.joined(at, ";"),
            Cell::Capital => {
                let mut letters = member.text(at).chars();
                let first = letters.next().map(|first| first.to_uppercase().to_string());
                first.map(|first| first + letters.as_str()).unwrap_or_default()
            }
            Cell::Permission => match member.text(at) {
                "explicit" => "Express".to_owned(),
                "implicit" => "Implied".to_owned(),
                other => other.to_owned(),
            },
            Cell::Birthday => match (member.text(at), member.text(self.shown.len())) {
                ("", _) => String::new(),
                (month, day) => format!("{month}/{day}"),
            },
            Cell::Time => vendor_time(member.text(at)),
            Cell::Names => {
                let names = match shown.field {
                    Some(ContactField::Lists) => &self.lists,
                    _ => &self.tags,
                };
                let name = |id: &str| names.name_of(id).unwrap_or(id).to_owned();
                member.values(at).map(name).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

impl Shown {
    /// A canonical column; where the dump has the vendor's own titled columns for it (`City - Work`),
    /// those.
    fn canonical(row: &Row, dump_columns: &[String], account: &Account) -> Vec<Self> {
        let &(_, title, field, cell) = row;
        let stem = title.strip_suffix("Other").or_else(|| title.strip_suffix("other"));
        let titled: Vec<Self> = (dump_columns.iter())
            .filter(|column| stem.is_some_and(|stem| column.starts_with(stem)))
            .map(|column| Self::custom(column, account))
            .collect();
        if !titled.is_empty() {
            return titled;
        }
        let column = Column::Contact(field);
        vec![Self { title: title.to_owned(), column, cell, field: Some(field) }]
    }

    /// A custom field, titled by its label where the account knows it.
    fn custom(name: &str, account: &Account) -> Self {
        let bare = name.strip_prefix("cf:").unwrap_or(name);
        let def = account.field_named(bare);
        let mut names = vec![bare.to_owned()];
        names.extend(def.into_iter().flat_map(FieldDef::names).map(str::to_owned));
        let title = def.map_or(bare, |def| def.name.as_str()).to_owned();
        let column = Column::Custom(CustomColumn { names, alias: Alias::Always, several: false });
        Self { title, column, cell: Cell::Several, field: None }
    }
}

/// A stamp as the vendor's file writes it; one without an offset, or that can't be read, as it
/// stands.
fn vendor_time(text: &str) -> String {
    let stamp = Stamp::parse(text, DayOrder::MonthFirst);
    match stamp.and_then(|stamp| stamp.offset.map(|seconds| (stamp, seconds))) {
        Some((stamp, seconds)) => {
            let sign = if seconds < 0 { '-' } else { '+' };
            let minutes = seconds.unsigned_abs() / 60;
            let local = stamp.local.format("%Y-%m-%d %H:%M:%S");
            format!("{local} {sign}{:02}{:02}", minutes / 60, minutes % 60)
        }
        None => text.to_owned(),
    }
}

impl Form for ContactsCsv {
    fn wanted(&self) -> Outputs {
        let mut columns: Vec<_> = self.shown.iter().map(|shown| shown.column.clone()).collect();
        columns.push(Column::Contact(ContactField::BirthdayDay));
        Outputs { columns, all_custom: self.custom.is_some(), required: false }
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.check_custom(member)?;
        self.begin(out)?;
        let cells: Vec<String> = (self.shown.iter().enumerate())
            .map(|(at, shown)| self.cell(member, at, shown))
            .collect();
        record(out, cells.iter().map(String::as_str))
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_like_the_vendor() {
        for (text, written) in [
            ("2020-09-25T16:45:13-04:00", "2020-09-25 16:45:13 -0400"),
            ("2016-01-23T13:48:44.108Z", "2016-01-23 13:48:44 +0000"),
            ("2010-10-25 10:28:00", "2010-10-25 10:28:00"),
            ("soon", "soon"),
        ] {
            assert_eq!(vendor_time(text), written);
        }
    }
}
