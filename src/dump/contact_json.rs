//! Contacts in JSON records.

use super::bad_rows::{PassBadRow, RawRow};
use super::bytes::Bytes;
use super::columns::{
    Container, FileTraits, container, custom_prefix, fields_within, without_brackets,
};
use super::contact_row::ContactRow;
use super::distinct::Distinct;
use super::error::{DumpError, Place, Reason};
use super::gather::{Gather, NamePlan, names_in};
use super::json_faults::Fault;
use super::json_keys::{Ahead, KeyCatalog, LineKeys, Mark, Value};
use super::json_values::{Piece, Shape};
use super::mapping::Mapping;
use super::objects::{Layout, Objects, may_wrap, refuse_wrapped};
use super::open::Opened;
use super::pages::Pages;
use super::projection::{Stand, Wanted};
use std::borrow::Cow;
use std::io::Read;
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

/// Records that are looked at where a file doesn't begin with any.
const LOOKED_AT: usize = 200;

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
    /// The columns named by hand that the file has.
    pub mapping: Option<Mapping>,
}

impl JsonHead {
    /// Looks at the records of the head. Faults are left to the reading of all records.
    pub fn read(opened: &mut Opened, layout: &Layout) -> Result<Self, DumpError> {
        loop {
            let records = Objects::new(opened.text(), opened, layout, ENVELOPES)?;
            let (head, count) = Self::of_records(records, usize::MAX)?;
            if count > 0 || opened.whole {
                return Ok(head);
            }
            if !opened.grow_head()? {
                break;
            }
        }
        // The records of one stream may stand behind any number of others.
        if opened.is_rereadable() {
            let records = Objects::open(opened, layout, ENVELOPES)?;
            return Ok(Self::of_records(records, LOOKED_AT)?.0);
        }
        Ok(Self::default())
    }

    /// What the first records tell, without those that can't be read, and how many there were.
    fn of_records<R: Read>(
        mut records: Objects<R>,
        limit: usize,
    ) -> Result<(Self, usize), DumpError> {
        let mut head = Self::default();
        let mut catalog = KeyCatalog::default();
        let mut marks = Vec::new();
        let mut count = 0;
        records.be_lenient();
        while count < limit {
            let found = records.next_with(|text| {
                catalog.mark(text, &mut marks, |_| Some(()))?;
                head.look_at(text, &catalog, &marks)
            });
            match found {
                Ok(true) => count += 1,
                Err(error) if error.reason().is_of_a_row() && records.pass_bad_row()? => {}
                Ok(false) | Err(_) => break,
            }
        }
        Ok((head, count))
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

    /// The name under which a name of the file is read.
    pub fn read_as<'a>(&self, name: &'a str, stand: Stand) -> Cow<'a, str> {
        match &self.mapping {
            Some(mapping) if stand != Stand::Entry => mapping.renamed(name),
            _ => Cow::Borrowed(name),
        }
    }

    /// Whether a projection of one column finds it among what was seen.
    pub fn serves(&self, wanted: &Wanted) -> bool {
        let stands = [
            (&self.keys, Stand::Column),
            (&self.entries, Stand::Entry),
            (&self.paths, Stand::Path),
        ];
        stands.into_iter().any(|(names, stand)| {
            let mut names = names.iter().map(|name| self.read_as(name, stand));
            names.any(|name| !wanted.targets(&name, stand, self.traits).is_empty())
        })
    }
}

/// How the records of a JSON file are taken apart.
#[derive(Default)]
pub(crate) struct JsonFields {
    catalog: KeyCatalog<KeyPlan>,
    marks: Vec<Mark>,
}

/// A pass over the contacts of one JSON file.
pub(crate) struct JsonContacts {
    records: Objects<Bytes>,
    fields: JsonFields,
}

struct KeyPlan {
    name: Arc<NamePlan>,
    container: Option<Container>,
    /// Whether it is mapped, and the mapping came too late.
    late: bool,
    /// Whether a record with it may be something that wraps records.
    stray: bool,
}

impl PassBadRow for JsonContacts {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        self.records.pass_bad_row()
    }

    fn bad_row(&self) -> RawRow<'_> {
        self.records.bad_row()
    }
}

impl JsonContacts {
    /// See [`Objects::be_lenient`].
    pub fn be_lenient(&mut self) {
        self.records.be_lenient();
    }

    pub fn open(opened: &Opened, layout: &Layout) -> Result<Self, DumpError> {
        let records = Objects::open(opened, layout, ENVELOPES)?;
        Ok(Self { records, fields: JsonFields::default() })
    }

    pub fn next(&mut self, gather: &mut Gather, row: &mut ContactRow) -> Result<bool, DumpError> {
        let Self { records, fields } = self;
        let found = records.next_with(|text| fields.fill(gather, row, text))?;
        row.line = self.records.line();
        Ok(found)
    }

    /// See [`Objects::is_plain_lines`].
    pub fn is_plain_lines(&self) -> bool {
        self.records.is_plain_lines()
    }

    /// See [`Objects::into_rest`].
    pub fn into_rest(self) -> Option<(Vec<u8>, Place, Bytes)> {
        self.records.into_rest()
    }

    pub fn pages(&self) -> &Pages {
        self.records.pages()
    }

    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

impl JsonFields {
    /// Fills a row with what the record holds that begins at a byte of a chunk and ends with its line.
    /// Returns the place behind that; `None` where it has to be done otherwise.
    #[inline(always)]
    pub fn fill_line(
        &mut self,
        (chunk, begin): (&str, usize),
        ahead: &mut Ahead<'_>,
        gather: &mut Gather,
        row: &mut ContactRow,
    ) -> Option<usize> {
        let Self { catalog, marks } = self;
        marks.clear();
        let end = catalog.read_line(chunk, begin, ahead, marks)?;
        // Whoever reads the record otherwise says what is wrong with it.
        self.place(gather, row, chunk, true).ok()?;
        Some(end)
    }

    /// Fills a row with what a record holds.
    pub fn fill(
        &mut self,
        gather: &mut Gather,
        row: &mut ContactRow,
        text: &str,
    ) -> Result<(), Fault> {
        let Self { catalog, marks } = self;
        let marked = catalog.mark(text, marks, |key| plan(gather, key))?;
        marked.check(text)?;
        self.place(gather, row, text, !marked.escapes)
    }

    /// Fills a row with the values marked in a text; `plain` says that they hold no escapes.
    fn place(
        &self,
        gather: &mut Gather,
        row: &mut ContactRow,
        text: &str,
        plain: bool,
    ) -> Result<(), Fault> {
        let Self { catalog, marks } = self;
        gather.begin_row(row);
        gather.set_plain(plain);
        for mark in marks.iter() {
            let (_, Some(plan)) = catalog.get(mark.key) else { continue };
            let raw = text.get(mark.start..mark.end).unwrap_or("");
            let value = Piece { raw, at: mark.start };
            if plan.late {
                let key = plan.name.name.clone();
                return Err(Fault::At(mark.start, Reason::LateMapped(key)));
            }
            if plan.stray {
                refuse_wrapped(text, ENVELOPES)?;
            }
            match plan.container {
                Some(kind) => gather.add_container(row, kind, &plan.name, value)?,
                None => gather.add_key(row, &plan.name, value)?,
            }
        }
        Ok(())
    }
}

/// Nothing is done with the values of a record before all of it is known to be sound.
impl LineKeys<KeyPlan> for Vec<Mark> {
    #[inline(always)]
    fn take(&mut self, key: usize, plan: &KeyPlan, value: Value) -> Option<()> {
        if plan.late || plan.stray {
            return None;
        }
        self.push(Mark { key, start: value.start, end: value.end });
        Some(())
    }
}

fn plan(gather: &mut Gather, key: &str) -> Option<KeyPlan> {
    let container = container(key).filter(|_| custom_prefix(key).is_none());
    let name = gather.plan(key, Stand::Column);
    let late = gather.comes_late(key);
    let stray = may_wrap(key, ENVELOPES);
    let wanted = late
        || stray
        || !name.targets.is_empty()
        || name.custom.is_some()
        || name.part.is_some()
        || (container.is_some() && gather.wanted.wants_entries())
        || gather.wanted.wants_within(key);
    wanted.then_some(KeyPlan { name, container, late, stray })
}
