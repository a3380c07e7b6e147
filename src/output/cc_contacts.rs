//! `cc-contacts`: the answers of Constant Contact's `GET /contacts` with all that can be included,
//! one page a line.

use super::member::birthday;
use super::remarks::{Remarks, What};
use super::vendor_names::{FieldNames, choice_id, gathered, has_choices, id_of};
use super::{Form, Member, Out};
use crate::account::{Account, Names};
use crate::contact::{Column, ContactField, Kind};
use crate::dump::{Contacts, Presence};
use crate::engine::Outputs;
use crate::value::{DayOrder, Stamp, Zone};
use serde_json::{Map, Value, json};
use std::io;
use std::num::NonZeroU64;
use thiserror::Error;

/// Contacts a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(u64);

/// Why there are no such pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("limit must be between 1 and 500")]
pub struct LimitError;

impl Limit {
    /// What the vendor takes when nothing is asked for.
    pub const DEFAULT: u64 = 50;

    /// Pages of this many contacts.
    ///
    /// # Errors
    /// None, or more than 500.
    pub fn new(limit: u64) -> Result<Self, LimitError> {
        if (1..=500).contains(&limit) { Ok(Self(limit)) } else { Err(LimitError) }
    }

    /// No more than so many, where that is said.
    #[must_use]
    pub fn at_most(self, most: Option<NonZeroU64>) -> Self {
        Self(most.map_or(self.0, |most| self.0.min(most.get())))
    }
}

/// Pages of contacts.
#[derive(Debug)]
pub struct CcContacts {
    limit: Limit,
    zone: Zone,
    fields: FieldNames,
    lists: Names,
    tags: Names,
    /// The parts that every contact has, be they empty, since the dump shows them. As in the vendor's
    /// answers, a part that wasn't asked for is absent and not empty.
    included: Vec<&'static str>,
    page: Vec<Value>,
    /// Contacts on the pages written.
    written: u64,
    remarks: Remarks,
}

/// The columns, by their places.
const COLUMNS: [ContactField; 17] = [
    ContactField::ContactId,
    ContactField::Email,
    ContactField::PermissionToSend,
    ContactField::UnsubscribeTime,
    ContactField::FirstName,
    ContactField::LastName,
    ContactField::Title,
    ContactField::CompanyName,
    ContactField::BirthdayMonth,
    ContactField::BirthdayDay,
    ContactField::Anniversary,
    ContactField::Source,
    ContactField::DateAdded,
    ContactField::DateUpdated,
    ContactField::Lists,
    ContactField::Tags,
    ContactField::Name,
];

const NAME: usize = 16;

/// The keys of plain text: place, key, characters that the vendor takes.
const TEXTS: [(usize, &str, usize); 4] =
    [(4, "first_name", 50), (5, "last_name", 50), (6, "job_title", 50), (7, "company_name", 50)];

/// What can be included, with the most that a contact has of each.
const PARTS: [(&str, usize); 5] = [
    ("custom_fields", 25),
    ("phone_numbers", 3),
    ("street_addresses", 3),
    ("list_memberships", 50),
    ("taggings", 50),
];

/// The keys of an address, with the characters that the vendor takes.
const ADDRESS: [(&str, ContactField, usize); 5] = [
    ("street", ContactField::Street, 255),
    ("city", ContactField::City, 50),
    ("state", ContactField::State, 50),
    ("postal_code", ContactField::PostalCode, 50),
    ("country", ContactField::Country, 50),
];

impl CcContacts {
    /// Pages of members of these contacts; stamps without an offset are read in `zone`, what the account knows by name gets its
    /// id.
    pub fn new(limit: Limit, zone: Zone, contacts: &Contacts, account: &Account) -> Self {
        let has = |field| contacts.has(&Column::Contact(field)) == Presence::Yes;
        let shows = |&(part, _): &(&str, usize)| match part {
            "custom_fields" => !contacts.custom_columns().is_empty(),
            "phone_numbers" => has(ContactField::Phone),
            "street_addresses" => ContactField::ADDRESS.into_iter().any(has),
            "list_memberships" => has(ContactField::Lists),
            _ => has(ContactField::Tags),
        };
        let included = PARTS.into_iter().filter(shows).map(|(part, _)| part).collect();
        Self {
            limit,
            zone,
            fields: FieldNames::new(account),
            lists: account.list_names().clone(),
            tags: account.tag_names().clone(),
            included,
            page: Vec::new(),
            written: 0,
            remarks: Remarks::default(),
        }
    }

    fn contact(&mut self, member: &Member<'_>) -> Value {
        let mut contact = Map::new();
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                contact.insert(key.to_owned(), value);
            }
        };
        put("contact_id", member.first(0).map(Value::from));
        let address = [
            ("address", member.first(1).map(Value::from)),
            ("permission_to_send", member.first(2).map(Value::from)),
            ("opt_out_date", member.first(3).map(|text| self.time(text))),
        ];
        let address = address.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        put("email_address", member.first(1).map(|_| Value::Object(address.collect())));
        for (at, key, most) in TEXTS {
            self.remarks.note_length(key, member.text(at), most, member);
            put(key, member.first(at).map(Value::from));
        }
        if member.first(NAME).is_some() && member.first(4).or(member.first(5)).is_none() {
            self.remarks.note(What::NotParted, "name", member);
        }
        let birthday = birthday(member.text(8), member.text(9));
        put("birthday_month", birthday.map(|(month, _)| month.into()));
        put("birthday_day", birthday.map(|(_, day)| day.into()));
        put("anniversary", member.first(10).map(Value::from));
        put("create_source", member.first(11).map(Value::from));
        put("created_at", member.first(12).map(|text| self.time(text)));
        put("updated_at", member.first(13).map(|text| self.time(text)));
        let ids = |at: usize, names: &Names| {
            member.values(at).map(|text| Value::from(id_of(names, text))).collect()
        };
        let parts: [Vec<Value>; 5] = [
            self.custom_fields(member),
            phone_numbers(member),
            self.street_addresses(member),
            ids(14, &self.lists),
            ids(15, &self.tags),
        ];
        for ((key, most), entries) in PARTS.into_iter().zip(parts) {
            if entries.len() > most {
                self.remarks.note(What::TooMany(most), key, member);
            }
            if !entries.is_empty() || self.included.contains(&key) {
                put(key, Some(entries.into()));
            }
        }
        Value::Object(contact)
    }

    /// Entries of custom fields. Options go by their ids where they are known; several values of a
    /// field that nobody knows can only be options.
    fn custom_fields(&mut self, member: &Member<'_>) -> Vec<Value> {
        let mut entries = Vec::new();
        for (name, values) in gathered(member.custom()) {
            let def = self.fields.def(name);
            let id = def.and_then(|def| def.id.as_deref()).unwrap_or(name);
            let choices: Option<Vec<&str>> = match def {
                Some(def) if has_choices(def) => {
                    Some(values.iter().map(|value| choice_id(def, value)).collect())
                }
                _ if values.len() > 1 => Some(values.clone()),
                _ => None,
            };
            entries.push(match (choices, values.first()) {
                (Some(choices), _) => json!({ "custom_field_id": id, "choice_ids": choices }),
                (None, value) => {
                    self.remarks.note_length("custom_fields", value.unwrap_or(&""), 255, member);
                    json!({ "custom_field_id": id, "value": value })
                }
            });
        }
        entries
    }

    fn street_addresses(&mut self, member: &Member<'_>) -> Vec<Value> {
        let mut entries = Vec::new();
        for address in member.addresses() {
            let mut entry = Map::new();
            // The vendor's address has a kind always.
            let kind = if address.kind == Kind::Unsaid { Kind::Other } else { address.kind };
            entry.insert("kind".to_owned(), kind.word().into());
            for (key, field, most) in ADDRESS {
                let text = address.text(field);
                if !text.is_empty() {
                    self.remarks.note_length(key, &text, most, member);
                    entry.insert(key.to_owned(), text.into());
                }
            }
            entries.push(Value::Object(entry));
        }
        entries
    }

    /// A stamp as the vendor writes it; what can't be read stays as it stands.
    fn time(&self, text: &str) -> Value {
        let stamp = Stamp::parse(text, DayOrder::MonthFirst);
        stamp.map_or_else(|| text.to_owned(), |stamp| stamp.instant(self.zone).to_string()).into()
    }

    fn write_page(&mut self, last: bool, out: &mut dyn Out) -> io::Result<()> {
        let contacts = std::mem::take(&mut self.page);
        self.written += contacts.len() as u64;
        // The vendor's cursor says nothing to anyone else; here it is the next contact's number.
        let links = if last {
            json!({})
        } else {
            json!({ "next": { "href": format!("/v3/contacts?cursor={}", self.written + 1) } })
        };
        serde_json::to_writer(&mut *out, &json!({ "contacts": contacts, "_links": links }))?;
        writeln!(out)
    }
}

/// Telephones as the vendor's entries; one that nothing is said of is another one.
fn phone_numbers(member: &Member<'_>) -> Vec<Value> {
    let entry = |(kind, number): (Kind, &str)| {
        let kind = if matches!(kind, Kind::Unsaid | Kind::Fax) { Kind::Other } else { kind };
        json!({ "phone_number": number, "kind": kind.word() })
    };
    member.phones().map(entry).collect()
}

impl Form for CcContacts {
    fn wanted(&self) -> Outputs {
        let columns = COLUMNS.map(Column::Contact).to_vec();
        Outputs { columns, all_custom: true, kinds: true, ..Outputs::default() }
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        // A page knows whether there is a next one only when it is asked for.
        if self.page.len() as u64 == self.limit.0 {
            self.write_page(false, out)?;
            out.cut()?;
        }
        let contact = self.contact(member);
        self.page.push(contact);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        self.write_page(true, out)
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.lines()
    }
}
