//! A list of members that was kept: what `eval` wrote, as CSV, JSON, JSON Lines, or one id or address a
//! line.

use super::roster::{Keys, Roster, Told, wanted};
use crate::account::Account;
use crate::contact::{Alias, Column, ContactField, CustomColumn, normalise};
use crate::criteria::Segment;
use crate::dump::{ContactOptions, Contacts, DumpError, Input, Presence, read_lines};
use crate::engine::key::{Key, Namespace};
use crate::engine::{AskedSegment, Effort, EngineError, Inputs, Options, Plan, Progress, evaluate};
use crate::output::Select;
use crate::value::Instant;
use thiserror::Error;

/// The members of a list, each by its id, its address, or both.
#[derive(Debug, Default)]
pub struct SavedList {
    members: Vec<Listed>,
    has: Keys,
}

#[derive(Debug)]
struct Listed {
    id: Option<Key>,
    address: Option<Key>,
    /// The id, else the address, as it is written.
    name: Box<str>,
}

/// Why a list can't be read.
#[derive(Debug, Error)]
pub enum ListError {
    /// The file can't be read.
    #[error(transparent)]
    Dump(#[from] DumpError),
    /// A row of it can't be.
    #[error(transparent)]
    Run(#[from] EngineError),
    /// It is a table for people, which needn't be whole.
    #[error("{0}: is a table for people; write the list as csv, json, jsonl or ids")]
    Table(String),
    /// No column tells contacts.
    #[error(
        "{file}:{line}: `{text}` is no contact id or e-mail address, and no header names a column of them"
    )]
    NoKeys {
        /// The file.
        file: String,
        /// The line.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// It holds members of several segments, and none of the one asked about.
    #[error(
        "{file}: holds members of {held}, none of \"{wanted}\"; name one of them with --before-segment"
    )]
    OtherSegments {
        /// The file.
        file: String,
        /// The segments in it.
        held: String,
        /// The one asked about.
        wanted: String,
    },
}

impl Default for Keys {
    fn default() -> Self {
        Self { ids: true, addresses: true }
    }
}

impl SavedList {
    /// Reads a list. Of one with members of several segments, those of the segment `wanted`.
    ///
    /// # Errors
    ///
    /// It can't be read, or doesn't say who is in it.
    pub fn read(
        input: &Input,
        wanted: &str,
        effort: Effort,
        progress: &dyn Progress,
    ) -> Result<Self, ListError> {
        let account = Account::default();
        let options = ContactOptions { account: &account, rereadable: true };
        // What is no table has no head that could be read.
        let contacts = Contacts::open(std::slice::from_ref(input), &options).ok();
        let tells = |contacts: &Contacts| {
            let has = |field| contacts.has(&Column::Contact(field)) == Presence::Yes;
            has(ContactField::ContactId) || has(ContactField::Email)
        };
        match contacts.filter(tells) {
            Some(contacts) => Self::of_table(input, &contacts, wanted, (effort, progress)),
            None => Self::of_lines(input),
        }
    }

    fn of_table(
        input: &Input,
        contacts: &Contacts,
        of: &str,
        (effort, progress): (Effort, &dyn Progress),
    ) -> Result<Self, ListError> {
        let everyone = Segment::everyone();
        let asked = [AskedSegment::of(&everyone).among_everyone()];
        let mut names = contacts.columns().iter().filter(|name| normalise(name) == Select::SEGMENT);
        let segment: Option<String> = names.next().cloned();
        let mut outputs = wanted();
        outputs.columns.extend(segment.iter().map(|name| {
            let names = vec![name.clone()];
            Column::Custom(CustomColumn { names, alias: Alias::Always, several: false })
        }));
        let account = Account::default();
        // No rule asks about time.
        let options = Options::at(Instant(0));
        let plan = Plan::of_all(&asked, contacts, None, &account, &options, &outputs)?;
        let places = [0, 1, 2].map(|at| plan.output(at));
        let [id_at, address_at, segment_at] = places;
        let mut list = Self { members: Vec::new(), has: Keys::of(contacts) };
        let mut others: Vec<String> = Vec::new();
        let inputs = Inputs { contacts, activities: None, effort };
        let run = evaluate(plan, inputs, progress, &mut |_, _, row| {
            if segment.is_some() {
                let held = row.first(segment_at).unwrap_or_default();
                if held != of {
                    if others.iter().all(|known| known != held) {
                        others.push(held.to_owned());
                    }
                    return Ok(());
                }
            }
            let (id, address) = (row.first(id_at), row.first(address_at));
            list.members.push(Listed {
                id: id.and_then(|id| Key::new(id, Namespace::ContactId)),
                address: address.and_then(|address| Key::new(address, Namespace::Email)),
                name: id.or(address).unwrap_or_default().into(),
            });
            Ok(())
        });
        match run {
            // A list may have nobody.
            Ok(_) | Err(EngineError::NoContacts { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        if list.members.is_empty() && !others.is_empty() {
            let held: Vec<String> = others.iter().map(|name| format!("\"{name}\"")).collect();
            let (held, wanted) = (held.join(", "), of.to_owned());
            return Err(ListError::OtherSegments { file: input.name(), held, wanted });
        }
        Ok(list)
    }

    /// One id or address a line.
    fn of_lines(input: &Input) -> Result<Self, ListError> {
        let lines = read_lines(input)?;
        if lines.first().is_some_and(|line| line.starts_with('┌')) {
            return Err(ListError::Table(input.name()));
        }
        let mut list = Self::default();
        for (at, line) in lines.iter().enumerate() {
            let name = line.trim();
            if name.is_empty() {
                continue;
            }
            if name.contains([',', ';', '\t', '|', '{', '[', '"']) {
                let (file, text) = (input.name(), name.chars().take(60).collect());
                return Err(ListError::NoKeys { file, line: at + 1, text });
            }
            let is_address = name.contains('@');
            let id = if is_address { None } else { Key::new(name, Namespace::ContactId) };
            let address = if is_address { Key::new(name, Namespace::Email) } else { None };
            list.members.push(Listed { id, address, name: name.into() });
        }
        let has =
            |key: fn(&Listed) -> Option<Key>| list.members.iter().any(|one| key(one).is_some());
        if !list.members.is_empty() {
            list.has = Keys { ids: has(|one| one.id), addresses: has(|one| one.address) };
        }
        Ok(list)
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// True when nobody is on it.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(super) fn keys(&self) -> Keys {
        self.has
    }

    pub(super) fn roster(&self, told: Told) -> Roster {
        let mut roster = Roster::default();
        self.members.iter().for_each(|one| roster.enter(one.key(told)));
        roster
    }

    /// The members that have a key, each once, with what they are called.
    pub(super) fn members(&self, told: Told) -> impl Iterator<Item = (Key, &str)> {
        let mut met = Roster::default();
        self.members.iter().filter_map(move |one| {
            let key = one.key(told).filter(|key| met.keys.insert(*key))?;
            Some((key, &*one.name))
        })
    }
}

impl Listed {
    fn key(&self, told: Told) -> Option<Key> {
        self.id.filter(|_| told == Told::ById).or(self.address)
    }
}
