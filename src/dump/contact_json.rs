//! Contacts in JSON records.

use super::columns::{
    Container, FileTraits, container, custom_prefix, fields_within, without_brackets,
};
use super::contact_row::ContactRow;
use super::distinct::Distinct;
use super::error::DumpError;
use super::gather::{Gather, NamePlan, names_in};
use super::json_faults::Fault;
use super::json_keys::{KeyCatalog, Mark};
use super::json_records::JsonRecords;
use super::json_values::{Piece, Shape};
use super::open::{Bytes, Opened};
use super::pages::Pages;
use super::projection::{Stand, Wanted};
use std::sync::Arc;

/// The keys under which the array of contacts may stand. `lists`, `tags` and `custom_fields` are
/// keys of contacts, so they aren't among them.
pub(crate) const ENVELOPES: &[&str] = &[
    "contacts",
    "members",
    "import_data",
    "results",
    "Results",
    "result",
    "info.dataList",
    "info.voList",
    "Events",
];

/// What the head of a JSON file of contacts tells.
#[derive(Debug, Default)]
pub(crate) struct JsonHead {
    /// Keys of the records, as written, in order.
    pub keys: Distinct,
    /// Names of custom fields in containers, without brackets.
    pub entries: Distinct,
    /// Paths of fields within the values of keys.
    pub paths: Distinct,
    pub traits: FileTraits,
}

impl JsonHead {
    /// Looks at the records of the head. Faults are left to the reading of all records.
    pub fn read(opened: &mut Opened) -> Result<Self, DumpError> {
        loop {
            let mut head = Self::default();
            let mut catalog = KeyCatalog::default();
            let mut marks = Vec::new();
            let mut records = JsonRecords::new(opened.text(), Arc::clone(&opened.name), ENVELOPES);
            let mut count = 0_u64;
            while let Ok(true) = records.next_with(|text| {
                catalog.mark(text, &mut marks, |_| Some(()))?;
                head.look_at(text, &catalog, &marks)
            }) {
                count += 1;
            }
            if count > 0 || !opened.grow_head()? {
                return Ok(head);
            }
        }
    }

    fn look_at(
        &mut self,
        text: &str,
        catalog: &KeyCatalog<()>,
        marks: &[Mark],
    ) -> Result<(), Fault> {
        let names = marks.iter().map(|mark| catalog.get(mark.key).0);
        self.traits.add(FileTraits::of(names));
        for mark in marks {
            let (key, _) = catalog.get(mark.key);
            let value = Piece { raw: text.get(mark.start..mark.end).unwrap_or(""), at: mark.start };
            self.keys.add(key);
            if let Some(kind) = container(key) {
                for name in names_in(kind, value)? {
                    self.entries.add(without_brackets(&name));
                }
            }
            if !fields_within(key).is_empty() {
                self.look_within(key, value)?;
            }
        }
        Ok(())
    }

    fn look_within(&mut self, key: &str, value: Piece<'_>) -> Result<(), Fault> {
        match value.shape()? {
            Shape::Object => {
                for (name, _) in value.entries()? {
                    self.paths.add(&format!("{key}.{name}"));
                }
            }
            Shape::Array => {
                for item in value.items()? {
                    if item.shape()? == Shape::Object {
                        self.look_within(key, item)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a projection of one column finds it among what was seen.
    pub fn serves(&self, wanted: &Wanted) -> bool {
        let stands = [
            (&self.keys, Stand::Column),
            (&self.entries, Stand::Entry),
            (&self.paths, Stand::Path),
        ];
        stands.into_iter().any(|(names, stand)| {
            let mut names = names.iter();
            names.any(|name| !wanted.targets(name, stand, self.traits).is_empty())
        })
    }
}

/// A pass over the contacts of one JSON file.
pub(crate) struct JsonContacts {
    records: JsonRecords<Bytes>,
    catalog: KeyCatalog<KeyPlan>,
    marks: Vec<Mark>,
}

struct KeyPlan {
    name: Arc<NamePlan>,
    container: Option<Container>,
}

impl JsonContacts {
    pub fn open(opened: &Opened) -> Result<Self, DumpError> {
        let records = JsonRecords::new(opened.reader()?, Arc::clone(&opened.name), ENVELOPES);
        Ok(Self { records, catalog: KeyCatalog::default(), marks: Vec::new() })
    }

    pub fn next(&mut self, gather: &mut Gather, row: &mut ContactRow) -> Result<bool, DumpError> {
        let Self { records, catalog, marks } = self;
        let found = records.next_with(|text| {
            catalog.mark(text, marks, |key| plan(gather, key))?;
            gather.begin_row(row);
            for mark in marks.iter() {
                let (_, Some(plan)) = catalog.get(mark.key) else { continue };
                let raw = text.get(mark.start..mark.end).unwrap_or("");
                let value = Piece { raw, at: mark.start };
                match plan.container {
                    Some(kind) => gather.add_container(row, kind, &plan.name, value)?,
                    None => gather.add_key(row, &plan.name, value)?,
                }
            }
            Ok(())
        })?;
        row.line = self.records.line();
        Ok(found)
    }

    pub fn pages(&self) -> &Pages {
        self.records.pages()
    }

    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

fn plan(gather: &mut Gather, key: &str) -> Option<KeyPlan> {
    let container = container(key).filter(|_| custom_prefix(key).is_none());
    let name = gather.plan(key, Stand::Column);
    let wanted = !name.targets.is_empty()
        || name.custom.is_some()
        || name.part.is_some()
        || (container.is_some() && gather.wanted.wants_entries())
        || gather.wanted.wants_within(key);
    wanted.then_some(KeyPlan { name, container })
}
