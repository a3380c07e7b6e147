//! `contacts-csv`: the file that Constant Contact's contact export gives, with its column titles.
//!
//! Telephones and addresses stand under the titles of their kinds (`Phone - home`, `City - Work`);
//! where nothing says which one is whose, under `Phone - other`, `City - Other` ….

use super::csv::{header, record};
use super::member::{birthday, joined};
use super::remarks::{Remarks, What};
use super::{Address, Form, Member, Out};
use crate::account::{Account, FieldDef, Names};
use crate::contact::{Alias, Column, ContactField, CustomColumn, Kind};
use crate::dump::{Contacts, Presence};
use crate::engine::Outputs;
use crate::value::{DayOrder, Stamp};
use chrono::{Datelike, Timelike};
use std::borrow::Cow;
use std::collections::HashSet;
use std::io;
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
    /// A column for each kind; the title says what stands before the kind.
    Kinds,
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
    ("phone_number", "Phone - ", ContactField::Phone, Cell::Kinds),
    ("street", "Street address line 1 - ", ContactField::Street, Cell::Kinds),
    ("city", "City - ", ContactField::City, Cell::Kinds),
    ("state", "State/Province - ", ContactField::State, Cell::Kinds),
    ("zip", "Zip/Postal Code - ", ContactField::PostalCode, Cell::Kinds),
    ("country", "Country - ", ContactField::Country, Cell::Kinds),
    ("birthday", "Birthday", ContactField::BirthdayMonth, Cell::Birthday),
    ("anniversary", "Anniversary", ContactField::Anniversary, Cell::Plain),
    ("tags", "Tags", ContactField::Tags, Cell::Names),
    ("email_lists", "Email Lists", ContactField::Lists, Cell::Names),
    ("source_name", "Source Name", ContactField::Source, Cell::Plain),
    ("created_at", "Created At", ContactField::DateAdded, Cell::Time),
    ("updated_at", "Updated At", ContactField::DateUpdated, Cell::Time),
];

/// A column of the file.
#[derive(Debug)]
struct Shown {
    title: String,
    source: Source,
}

/// Where a column's cells come from.
#[derive(Debug)]
enum Source {
    /// A column of the contacts; the canonical field that it is.
    Column(Column, Cell, Option<ContactField>),
    /// Telephones of a kind, or a part of addresses of a kind.
    Part(ContactField, Kind),
}

/// A column was selected that is neither one of the vendor's nor in the dump.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{name}` is no column of the export and no custom field of the contacts; the export's own are {known}"
)]
pub struct UnknownColumn {
    /// The name.
    pub name: String,
    /// The names of the vendor's columns.
    pub known: String,
}

impl UnknownColumn {
    pub(super) fn new<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self { name: name.to_owned(), known: known.collect::<Vec<_>>().join(", ") }
    }
}

/// The vendor's export file.
#[derive(Debug)]
pub struct ContactsCsv {
    shown: Vec<Shown>,
    /// How many of them are columns of the contacts.
    columns: usize,
    /// The place of the month of birth among those.
    birthday_month: Option<usize>,
    lists: Names,
    tags: Names,
    late: Option<Late>,
    remarks: Remarks,
    bom: bool,
    begun: bool,
}

/// What has no column, since the heads of the dump don't show it, where all there is is wanted. The
/// header stands by the time that such a thing turns up, so it would be lost.
#[derive(Debug)]
struct Late {
    custom: HashSet<String>,
    parts: Vec<(ContactField, Kind)>,
    fields: Vec<ContactField>,
}

impl Late {
    fn of(shown: &[Shown], custom: Vec<String>, contacts: &Contacts) -> Self {
        let parts = shown.iter().filter_map(|shown| match shown.source {
            Source::Part(field, kind) => Some((field, kind)),
            Source::Column(..) => None,
        });
        let may_come = |field: &ContactField| {
            !field.has_kinds() && contacts.has(&Column::Contact(*field)) == Presence::Unknown
        };
        let fields = COLUMNS.iter().map(|row| row.2).filter(may_come).collect();
        Self { custom: custom.into_iter().collect(), parts: parts.collect(), fields }
    }

    /// Refuses a member with something that has no column. The fields' values begin at `first`.
    fn refuse(&self, member: &Member<'_>, first: usize) -> io::Result<()> {
        let custom =
            member.custom().map(|(name, _)| name).find(|name| !self.custom.contains(*name));
        let mut parts = member.parts();
        let part = parts
            .find(|part| !self.parts.contains(&(part.field, shown_kind(part.field, part.kind))));
        let mut fields = self.fields.iter().enumerate();
        let field = fields.find(|(at, _)| member.first(first + at).is_some());
        let name = (custom.map(str::to_owned))
            .or_else(|| {
                part.map(|part| format!("{} {}", part.kind.word(), part.field).trim().to_owned())
            })
            .or_else(|| field.map(|(_, field)| field.to_string()));
        match name {
            Some(name) => Err(io::Error::other(format!(
                "{}: `{name}` turns up only further on in the contacts; name the columns with --select",
                member.place()
            ))),
            None => Ok(()),
        }
    }
}

/// The kind under whose titles a telephone or address stands.
fn shown_kind(field: ContactField, kind: Kind) -> Kind {
    if field.kinds().contains(&kind) { kind } else { Kind::Other }
}

impl ContactsCsv {
    /// The request names that `--select` takes besides titles and custom fields.
    pub fn request_names() -> impl Iterator<Item = &'static str> + Clone {
        COLUMNS.iter().map(|&(name, ..)| name)
    }

    /// A file of the selected columns, or of all that the dump has when `select` is empty. With
    /// `bom`, a byte order mark stands before the header.
    ///
    /// # Errors
    /// A selected name is neither one of the vendor's nor a custom field of the dump; the name.
    pub fn new(
        select: &[String],
        contacts: &Contacts,
        account: &Account,
        bom: bool,
    ) -> Result<Self, UnknownColumn> {
        let custom = contacts.custom_columns();
        let mut shown = Vec::new();
        if select.is_empty() {
            for row in COLUMNS {
                match row.2 {
                    ContactField::Tags => {
                        shown.extend(custom.iter().map(|name| Shown::custom(name, account)));
                        shown.extend(Shown::canonical(row, contacts));
                    }
                    // Address by address, as the vendor has them.
                    ContactField::Street => shown.extend(Shown::addresses(contacts)),
                    field if ContactField::ADDRESS.contains(&field) => {}
                    _ => shown.extend(Shown::canonical(row, contacts)),
                }
            }
            shown.retain(|shown| shown.is_there(contacts));
        }
        for name in select {
            shown.extend(Shown::named(name, contacts, account)?);
        }
        let late = select.is_empty().then(|| Late::of(&shown, custom, contacts));
        let (lists, tags) = (account.list_names().clone(), account.tag_names().clone());
        let columns = || shown.iter().filter_map(Shown::column);
        let month = Column::Contact(ContactField::BirthdayMonth);
        let birthday_month = columns().position(|column| *column == month);
        let columns = columns().count();
        Ok(Self {
            shown,
            columns,
            birthday_month,
            lists,
            tags,
            late,
            remarks: Remarks::default(),
            bom,
            begun: false,
        })
    }

    fn begin(&mut self, out: &mut dyn Out) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        header(out, self.bom, self.shown.iter().map(|shown| shown.title.as_str()))
    }

    /// The place of the day that goes with the month, behind the columns shown.
    fn birthday_day(&self) -> usize {
        self.columns
    }

    /// Notes a birthday that has no cell: half of one, or none at all.
    fn remark(&mut self, member: &Member<'_>) {
        let Some(at) = self.birthday_month else { return };
        let (month, day) = (member.text(at), member.text(self.birthday_day()));
        if !(month.is_empty() && day.is_empty()) && birthday(month, day).is_none() {
            self.remarks.note(What::NoDay, "birthday", member);
        }
    }

    /// The cells of a member, in order.
    fn cells<'a>(&self, member: &Member<'a>) -> Vec<Cow<'a, str>> {
        let addresses = member.addresses();
        let mut column = 0;
        let cells = self.shown.iter().map(|shown| {
            let cell = self.cell(member, &addresses, column, shown);
            column += usize::from(shown.column().is_some());
            cell
        });
        cells.collect()
    }

    /// A cell; `at` is the place of its column, where it comes from one.
    fn cell<'a>(
        &self,
        member: &Member<'a>,
        addresses: &[Address<'a>],
        at: usize,
        shown: &Shown,
    ) -> Cow<'a, str> {
        let (cell, field) = match shown.source {
            Source::Part(ContactField::Phone, kind) => {
                let phones = member.phones();
                let phones = phones.filter(|(of, _)| shown_kind(ContactField::Phone, *of) == kind);
                return joined(phones.map(|(_, number)| number), ";");
            }
            Source::Part(field, kind) => return part_cell(addresses, field, kind),
            Source::Column(_, cell, field) => (cell, field),
        };
        match cell {
            Cell::Plain => member.text(at).into(),
            Cell::Several | Cell::Kinds => member.joined(at, ";"),
            Cell::Capital => capital(member.text(at)).into(),
            Cell::Permission => match member.text(at) {
                "explicit" => "Express".into(),
                "implicit" => "Implied".into(),
                other => other.into(),
            },
            Cell::Birthday => {
                let birthday = birthday(member.text(at), member.text(self.birthday_day()));
                birthday.map(|(month, day)| format!("{month}/{day}")).unwrap_or_default().into()
            }
            Cell::Time => vendor_time(member.text(at)),
            Cell::Names => {
                let names = match field {
                    Some(ContactField::Lists) => &self.lists,
                    _ => &self.tags,
                };
                let name = |id| names.name_of(id).unwrap_or(id);
                member.values(at).map(name).collect::<Vec<_>>().join(", ").into()
            }
        }
    }
}

/// A part of the addresses of a kind. Should there be several, their values stand at the same
/// places in all cells.
fn part_cell<'a>(addresses: &[Address<'a>], field: ContactField, kind: Kind) -> Cow<'a, str> {
    let mut of_kind = addresses.iter().filter(|address| shown_kind(field, address.kind) == kind);
    let Some(first) = of_kind.next() else { return "".into() };
    let mut cell = joined(first.values(field).iter().copied(), ";");
    for address in of_kind {
        let cell = cell.to_mut();
        cell.push(';');
        cell.push_str(&joined(address.values(field).iter().copied(), ";"));
    }
    match cell {
        Cow::Owned(cell) => cell.trim_end_matches(';').to_owned().into(),
        one => one,
    }
}

impl Shown {
    /// The columns of a row of the table; of telephones and addresses those of the kinds that the
    /// dump shows.
    fn canonical(row: &Row, contacts: &Contacts) -> Vec<Self> {
        let &(_, title, field, cell) = row;
        if cell != Cell::Kinds {
            let source = Source::Column(Column::Contact(field), cell, Some(field));
            return vec![Self { title: title.to_owned(), source }];
        }
        let there = contacts.kinds(field);
        let shown = |kind: &&Kind| there.iter().any(|known| shown_kind(field, *known) == **kind);
        field.kinds().iter().filter(shown).map(|&kind| Self::part(row, kind)).collect()
    }

    fn part(&(_, stem, field, _): &Row, kind: Kind) -> Self {
        let word = if field == ContactField::Phone {
            kind.word().to_owned()
        } else {
            capital(kind.word())
        };
        Self { title: format!("{stem}{word}"), source: Source::Part(field, kind) }
    }

    /// The columns of all addresses that the dump shows, one address behind the other.
    fn addresses(contacts: &Contacts) -> Vec<Self> {
        let rows = COLUMNS.iter().filter(|row| ContactField::ADDRESS.contains(&row.2));
        let mut shown: Vec<Self> = rows.flat_map(|row| Self::canonical(row, contacts)).collect();
        shown.sort_by_key(|shown| match shown.source {
            Source::Part(_, kind) => Some(kind),
            Source::Column(..) => None,
        });
        shown
    }

    /// The columns that a name means: a request name, a title, a custom field of the dump.
    fn named(
        name: &str,
        contacts: &Contacts,
        account: &Account,
    ) -> Result<Vec<Self>, UnknownColumn> {
        if let Some(row) = COLUMNS.iter().find(|row| row.0 == name) {
            let shown = Self::canonical(row, contacts);
            // Asked for, so it is there, be it empty.
            return Ok(if shown.is_empty() { vec![Self::part(row, Kind::Other)] } else { shown });
        }
        let titled = COLUMNS.iter().flat_map(|row| match row.3 {
            Cell::Kinds => row.2.kinds().iter().map(|&kind| Self::part(row, kind)).collect(),
            _ => Self::canonical(row, contacts),
        });
        if let Some(shown) = titled.into_iter().find(|shown| shown.title == name) {
            return Ok(vec![shown]);
        }
        let custom = Self::custom(name, account);
        if custom.is_nowhere(contacts) {
            return Err(UnknownColumn::new(name, ContactsCsv::request_names()));
        }
        Ok(vec![custom])
    }

    /// A custom field, titled by its label where the account knows it.
    fn custom(name: &str, account: &Account) -> Self {
        let bare = name.strip_prefix("cf:").unwrap_or(name);
        let def = account.field_named(bare);
        let mut names = vec![bare.to_owned()];
        names.extend(def.into_iter().flat_map(FieldDef::names).map(str::to_owned));
        let title = def.map_or(bare, |def| def.name.as_str()).to_owned();
        let column = Column::Custom(CustomColumn { names, alias: Alias::Always, several: false });
        Self { title, source: Source::Column(column, Cell::Several, None) }
    }

    /// The column of the contacts that it comes from, if it is one.
    fn column(&self) -> Option<&Column> {
        match &self.source {
            Source::Column(column, ..) => Some(column),
            Source::Part(..) => None,
        }
    }

    /// Whether the heads of the dump show it.
    fn is_there(&self, contacts: &Contacts) -> bool {
        self.column().is_none_or(|column| contacts.has(column) == Presence::Yes)
    }

    /// Whether it can't be in the dump.
    fn is_nowhere(&self, contacts: &Contacts) -> bool {
        self.column().is_some_and(|column| contacts.has(column) == Presence::No)
    }
}

/// A word with its first letter raised.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.map(|first| first + letters.as_str()).unwrap_or_default()
}

/// A stamp as the vendor's file writes it; one without an offset, or that can't be read, as it
/// stands.
fn vendor_time(text: &str) -> Cow<'_, str> {
    let stamp = Stamp::parse(text, DayOrder::MonthFirst);
    match stamp.and_then(|stamp| stamp.offset.map(|seconds| (stamp, seconds))) {
        Some((stamp, seconds)) => {
            let sign = if seconds < 0 { '-' } else { '+' };
            let minutes = seconds.unsigned_abs() / 60;
            // By hand: reading a pattern anew for every stamp costs more than all the rest.
            let (date, time) = (stamp.local.date(), stamp.local.time());
            let text = format!(
                "{:04}-{:02}-{:02} {:02}:{:02}:{:02} {sign}{:02}{:02}",
                date.year(),
                date.month(),
                date.day(),
                time.hour(),
                time.minute(),
                time.second(),
                minutes / 60,
                minutes % 60
            );
            text.into()
        }
        None => text.into(),
    }
}

impl Form for ContactsCsv {
    fn wanted(&self) -> Outputs {
        let mut columns: Vec<_> = self.shown.iter().filter_map(Shown::column).cloned().collect();
        columns.push(Column::Contact(ContactField::BirthdayDay));
        let late = self.late.iter().flat_map(|late| &late.fields);
        columns.extend(late.copied().map(Column::Contact));
        let kinds = self.late.is_some() || self.columns < self.shown.len();
        // Without a selection the columns are those of the heads, of which a file may lack some.
        let selected = self.shown.iter().filter(|_| self.late.is_none()).filter_map(Shown::column);
        let asked_for = selected.filter(|column| matches!(column, Column::Custom(_))).cloned();
        let asked_for = asked_for.collect();
        Outputs { columns, all_custom: self.late.is_some(), kinds, asked_for, ..Outputs::default() }
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        if let Some(late) = &self.late {
            late.refuse(member, self.birthday_day() + 1)?;
        }
        self.begin(out)?;
        self.remark(member);
        record(out, self.cells(member).iter().map(AsRef::as_ref))
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        self.begin(out)?;
        self.begun = false;
        Ok(())
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.lines()
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
