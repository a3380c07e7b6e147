//! What Constant Contact's two imports take of a contact: one table of keys for both.

use super::contacts_csv::UnknownColumn;
use super::member::birthday;
use super::remarks::{Remarks, What};
use super::vendor_names::{FieldNames, gathered};
use super::{Address, Member};
use crate::account::Account;
use crate::contact::{Alias, Column, ContactField, CustomColumn, Kind, normalise};
use crate::dump::{Contacts, Presence};
use crate::engine::Outputs;
use serde_json::{Map, Value};
use std::io;
use thiserror::Error;

/// Why contacts can't be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The vendor wants between 1 and 50 lists.
    #[error("the import wants 1 to 50 lists; --list-ids names {0}")]
    Lists(usize),
    /// The import goes by the e-mail address.
    #[error("the contacts have no e-mail address, by which the import goes")]
    NoEmail,
    /// More custom fields than a contact can have.
    #[error(
        "the contacts have {0} custom fields, of which the vendor takes 25; choose with --select"
    )]
    CustomFields(usize),
    /// A column that nobody knows.
    #[error(transparent)]
    Column(#[from] UnknownColumn),
}

/// Keys of plain text: key, field, characters that the vendor takes. The e-mail address, by which
/// the import goes, comes first.
const TEXTS: [(&str, ContactField, usize); 6] = [
    ("email", ContactField::Email, 50),
    ("first_name", ContactField::FirstName, 50),
    ("last_name", ContactField::LastName, 50),
    ("job_title", ContactField::Title, 50),
    ("company_name", ContactField::CompanyName, 50),
    ("anniversary", ContactField::Anniversary, 10),
];

/// Columns behind those of [`TEXTS`].
const BIRTHDAY_MONTH: usize = 6;
const BIRTHDAY_DAY: usize = 7;
const NAME: usize = 8;

/// Keys of an address, without what stands before them for its kind.
const ADDRESS: [(&str, ContactField, usize); 5] = [
    ("street", ContactField::Street, 255),
    ("city", ContactField::City, 50),
    ("state", ContactField::State, 50),
    ("zip", ContactField::PostalCode, 50),
    ("country", ContactField::Country, 50),
];

/// The key of the second line of a street.
const STREET2: &str = "street2";

/// The keys of telephones by kind; the plain one is for what nothing is said of.
const PHONES: [(Kind, &str); 5] = [
    (Kind::Home, "home_phone"),
    (Kind::Work, "work_phone"),
    (Kind::Mobile, "mobile_phone"),
    (Kind::Other, "other_phone"),
    (Kind::Unsaid, "phone"),
];

/// What stands before the keys of an address. The plain ones are the home's: that is what the vendor
/// takes them for.
const ADDRESSES: [(Kind, &str); 3] =
    [(Kind::Home, ""), (Kind::Work, "work_"), (Kind::Other, "other_")];

/// Telephones, and addresses, that a contact can have.
const AT_MOST: usize = 3;

/// Custom fields that a contact can have.
pub(super) const CUSTOM_FIELDS: usize = 25;

/// Characters of a telephone, and of a custom field.
const PHONE_LENGTH: usize = 50;
const CUSTOM_LENGTH: usize = 255;

/// How much of a contact's telephones and addresses an import takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breadth {
    /// Keys for every kind.
    EveryKind,
    /// One telephone and one address.
    One,
}

/// The fields of contacts under the import's keys.
#[derive(Debug)]
pub(super) struct ImportFields {
    breadth: Breadth,
    /// The fields and the custom fields that were asked for; all where nothing was.
    chosen: Option<(Vec<ContactField>, Vec<CustomColumn>)>,
    names: FieldNames,
    pub remarks: Remarks,
}

/// The keys that can be asked for, besides custom fields.
fn keys() -> impl Iterator<Item = (&'static str, ContactField)> + Clone {
    let birthday = [
        ("birthday_month", ContactField::BirthdayMonth),
        ("birthday_day", ContactField::BirthdayDay),
    ];
    let texts = TEXTS.into_iter().chain(ADDRESS).map(|(key, field, _)| (key, field));
    texts.chain(birthday).chain([("phone", ContactField::Phone)])
}

impl ImportFields {
    /// The fields asked for by the import's keys (`phone`, `street` … mean those of every kind) and
    /// the names of custom fields, or all that there are. The e-mail address is always among them.
    ///
    /// # Errors
    /// The contacts have no e-mail address, or a name is neither a key nor a custom field of the dump.
    pub fn new(
        select: &[String],
        breadth: Breadth,
        contacts: &Contacts,
        account: &Account,
    ) -> Result<Self, ImportError> {
        if contacts.has(&Column::Contact(ContactField::Email)) == Presence::No {
            return Err(ImportError::NoEmail);
        }
        let mut fields = vec![ContactField::Email];
        let mut custom = Vec::new();
        for name in select {
            if let Some((_, field)) = keys().find(|(key, _)| key == name) {
                fields.push(field);
                continue;
            }
            let bare = name.strip_prefix("cf:").unwrap_or(name);
            let def = account.field_named(bare);
            let mut names = vec![bare.to_owned()];
            names.extend(def.into_iter().flat_map(|def| def.names()).map(str::to_owned));
            let asked = CustomColumn { names, alias: Alias::Always, several: false };
            if contacts.has(&Column::Custom(asked.clone())) == Presence::No {
                let known = keys().map(|(key, _)| key);
                return Err(UnknownColumn::new(name, known).into());
            }
            custom.push(asked);
        }
        let chosen = (!select.is_empty()).then_some((fields, custom));
        let (names, remarks) = (FieldNames::new(account), Remarks::default());
        Ok(Self { breadth, chosen, names, remarks })
    }

    /// The columns that the table's keys come from.
    pub fn wanted(&self) -> Outputs {
        let mut columns: Vec<_> = TEXTS.iter().map(|row| Column::Contact(row.1)).collect();
        let more = [ContactField::BirthdayMonth, ContactField::BirthdayDay, ContactField::Name];
        columns.extend(more.map(Column::Contact));
        let asked = self.chosen.iter().flat_map(|(_, custom)| custom.iter().cloned());
        let asked_for = asked.map(Column::Custom).collect();
        Outputs { columns, all_custom: true, kinds: true, asked_for, ..Outputs::default() }
    }

    /// Whether a field is among those asked for.
    pub fn takes(&self, field: ContactField) -> bool {
        self.chosen.as_ref().is_none_or(|(fields, _)| fields.contains(&field))
    }

    /// The key of a custom field as the dump names it; none for a field that wasn't asked for.
    pub fn custom_key(&mut self, name: &str) -> Option<String> {
        if let Some((_, asked)) = &self.chosen {
            let own = normalise(name);
            let names =
                |column: &CustomColumn| column.names.iter().any(|name| normalise(name) == own);
            if !asked.iter().any(names) {
                return None;
            }
        }
        let def = self.names.def(name);
        let key = def.map_or(name, |def| def.key.as_deref().unwrap_or(&def.name));
        Some(format!("cf:{key}"))
    }

    /// A member under the import's keys.
    ///
    /// # Errors
    /// It has no e-mail address, or more custom fields than the vendor takes.
    pub fn of(&mut self, member: &Member<'_>) -> io::Result<Map<String, Value>> {
        let refuse = |what: String| io::Error::other(format!("{}: {what}", member.place()));
        if member.first(0).is_none() {
            return Err(refuse(
                "the contact has no e-mail address, by which the import goes".to_owned(),
            ));
        }
        let mut keys = Map::new();
        for (at, (key, field, most)) in TEXTS.into_iter().enumerate() {
            if let Some(text) = member.first(at).filter(|_| self.takes(field)) {
                self.remarks.note_length(key, text, most, member);
                keys.insert(key.to_owned(), text.into());
            }
        }
        self.add_birthday(member, &mut keys);
        if member.first(NAME).is_some() && member.first(1).or(member.first(2)).is_none() {
            self.remarks.note(What::NotParted, "name", member);
        }
        if self.takes(ContactField::Phone) {
            self.add_phones(member, &mut keys);
        }
        if ContactField::ADDRESS.into_iter().any(|field| self.takes(field)) {
            self.add_addresses(member, &mut keys);
        }
        let mut custom = 0;
        for (name, values) in gathered(member.custom()) {
            let Some(key) = self.custom_key(name) else { continue };
            let value = values.join(";");
            self.remarks.note_length(&key, &value, CUSTOM_LENGTH, member);
            custom += usize::from(keys.insert(key, value.into()).is_none());
        }
        if custom > CUSTOM_FIELDS {
            return Err(refuse(format!(
                "the contact has {custom} custom fields, of which the vendor takes {CUSTOM_FIELDS}; choose with --select"
            )));
        }
        Ok(keys)
    }

    fn add_birthday(&mut self, member: &Member<'_>, keys: &mut Map<String, Value>) {
        let (month, day) = (member.text(BIRTHDAY_MONTH), member.text(BIRTHDAY_DAY));
        if !self.takes(ContactField::BirthdayMonth) && !self.takes(ContactField::BirthdayDay) {
            return;
        }
        match birthday(month, day) {
            Some((month, day)) => {
                keys.insert("birthday_month".to_owned(), month.into());
                keys.insert("birthday_day".to_owned(), day.into());
            }
            None if month.is_empty() && day.is_empty() => {}
            None => self.remarks.note(What::NoDay, "birthday", member),
        }
    }

    fn add_phones(&mut self, member: &Member<'_>, keys: &mut Map<String, Value>) {
        let mut added = 0;
        for (kind, number) in member.phones() {
            let known = PHONES.iter().find(|(of, _)| *of == kind).map(|(_, key)| *key);
            let key = match self.breadth {
                Breadth::One => Some("phone"),
                Breadth::EveryKind => known,
            };
            let free = key.filter(|key| added < AT_MOST && !keys.contains_key(*key));
            let Some(key) = free else {
                self.remarks.note(What::NoPlace, "phone", member);
                continue;
            };
            added += 1;
            self.remarks.note_length(key, number, PHONE_LENGTH, member);
            keys.insert(key.to_owned(), number.into());
        }
    }

    fn add_addresses(&mut self, member: &Member<'_>, keys: &mut Map<String, Value>) {
        let mut taken = Vec::new();
        for address in member.addresses() {
            let own = match (self.breadth, address.kind) {
                (Breadth::One, _) => &[Kind::Home][..],
                // The vendor takes it for the home's; should there be one, it is another one.
                (Breadth::EveryKind, Kind::Unsaid) => &[Kind::Home, Kind::Other],
                (Breadth::EveryKind, _) => std::slice::from_ref(&address.kind),
            };
            let place =
                ADDRESSES.iter().find(|(kind, _)| own.contains(kind) && !taken.contains(kind));
            match place {
                Some((kind, before)) => {
                    taken.push(*kind);
                    self.add_address(member, &address, before, keys);
                }
                None => self.remarks.note(What::NoPlace, "address", member),
            }
        }
    }

    fn add_address(
        &mut self,
        member: &Member<'_>,
        address: &Address<'_>,
        before: &str,
        keys: &mut Map<String, Value>,
    ) {
        for (key, field, most) in ADDRESS {
            let values = address.values(field);
            if values.is_empty() || !self.takes(field) {
                continue;
            }
            let (first, more) = match (field, values) {
                (ContactField::Street, [first, more @ ..]) => {
                    ((*first).to_owned(), more.join(", "))
                }
                _ => (values.join(";"), String::new()),
            };
            for (key, text) in [(key, first), (STREET2, more)] {
                if !text.is_empty() {
                    self.remarks.note_length(key, &text, most, member);
                    keys.insert(format!("{before}{key}"), text.into());
                }
            }
        }
    }
}
