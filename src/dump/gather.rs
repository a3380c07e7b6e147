//! Bringing named values together into a row: which of two names wins, what gathers, and the
//! vendors' nested shapes taken apart.

use super::columns::{Container, FileTraits, How, KIND_KEY, fields_of, without_brackets};
use super::contact_row::ContactRow;
use super::error::Reason;
use super::json_faults::{Fault, message};
use super::json_values::{Piece, Shape};
use super::mapping::Mapping;
use super::projection::{PartName, Stand, Target, Wanted};
use crate::contact::{Kind, normalise};
use hashbrown::HashMap;
use std::borrow::Cow;
use std::sync::Arc;

/// What is to be done with a name.
#[derive(Debug)]
pub(crate) struct NamePlan {
    pub name: String,
    pub targets: Vec<Target>,
    /// The name among all custom fields.
    pub custom: Option<(String, How)>,
    /// The part of a telephone or an address that it is.
    pub part: Option<PartName>,
    /// True for a path that is some field, asked for or not.
    pub known: bool,
    /// Tells this name from every other.
    source: usize,
}

type Plans = HashMap<Box<str>, Arc<NamePlan>>;

/// The names met in a file, what they mean, and which of them fill the row at hand.
pub(crate) struct Gather {
    pub wanted: Wanted,
    /// What the file's columns say together.
    traits: FileTraits,
    /// The columns named by hand, and those of them that the file has.
    mapping: Option<Mapping>,
    in_file: Option<Mapping>,
    entries: Plans,
    paths: Plans,
    sources: usize,
    /// For each projected column the name that fills it, and how well.
    held: Vec<Option<(u16, Arc<NamePlan>)>>,
    /// Whether a projected column was present so far.
    pub seen: Vec<bool>,
    /// Entries of the vendors' arrays met in the row at hand.
    entries_met: u32,
    /// The entry at hand, with its kind.
    entry: Option<(u32, Kind)>,
    /// The place of the text at hand in its array.
    item: u32,
    /// Whether the record at hand is known to hold no escapes.
    plain: bool,
}

/// The keys under which an entry of custom fields may name its field, the best first.
const ENTRY_NAMES: [&str; 5] = ["customfieldid", "key", "name", "label", "id"];

/// A file whose names are different in every row mustn't fill the memory.
const REMEMBERED: usize = 10_000;

impl Gather {
    pub fn new(wanted: Wanted, mapping: Option<Mapping>) -> Self {
        let width = wanted.width();
        Self {
            wanted,
            traits: FileTraits::default(),
            mapping,
            in_file: None,
            entries: Plans::new(),
            paths: Plans::new(),
            sources: 0,
            held: vec![None; width],
            seen: vec![false; width],
            entries_met: 0,
            entry: None,
            item: 0,
            plain: false,
        }
    }

    /// Turns to another file.
    pub fn begin_file(&mut self, traits: FileTraits, in_file: Option<Mapping>) {
        self.traits = traits;
        self.in_file = in_file;
        self.entries.clear();
        self.paths.clear();
    }

    /// Turns to another contact.
    pub fn begin_row(&mut self, row: &mut ContactRow) {
        row.clear();
        self.held.fill(None);
        self.entries_met = 0;
        if self.entries.len() + self.paths.len() > REMEMBERED {
            self.entries.clear();
            self.paths.clear();
        }
    }

    /// Says whether the record at hand is known to hold no escapes.
    pub fn set_plain(&mut self, plain: bool) {
        self.plain = plain;
    }

    /// What is to be done with a name.
    pub fn plan(&mut self, name: &str, stand: Stand) -> Arc<NamePlan> {
        self.sources += 1;
        let read_as = match &self.in_file {
            Some(mapping) if stand != Stand::Entry => mapping.renamed(name),
            _ => Cow::Borrowed(name),
        };
        Arc::new(NamePlan {
            name: name.to_owned(),
            targets: self.wanted.targets(&read_as, stand, self.traits),
            custom: self.wanted.custom_name(&read_as, stand),
            part: self.wanted.part(&read_as, stand, self.traits),
            known: stand == Stand::Path && !fields_of(name, false).is_empty(),
            source: self.sources,
        })
    }

    /// Whether a key is named by hand, and wasn't among those that the file begins with.
    pub fn comes_late(&self, key: &str) -> bool {
        let means = |mapping: &Option<Mapping>| mapping.as_ref().is_some_and(|all| all.means(key));
        means(&self.mapping) && !means(&self.in_file)
    }

    fn remembered(&mut self, name: &str, stand: Stand) -> Arc<NamePlan> {
        let plans = if stand == Stand::Entry { &self.entries } else { &self.paths };
        if let Some(plan) = plans.get(name) {
            return Arc::clone(plan);
        }
        let plan = self.plan(name, stand);
        let plans = if stand == Stand::Entry { &mut self.entries } else { &mut self.paths };
        plans.insert(name.into(), Arc::clone(&plan));
        plan
    }

    /// Adds the value of a key of the record.
    pub fn add_key(
        &mut self,
        row: &mut ContactRow,
        plan: &Arc<NamePlan>,
        value: Piece<'_>,
    ) -> Result<(), Fault> {
        let shape = if self.plain { value.plain_shape() } else { value.shape()? };
        match shape {
            Shape::Missing => self.add_text(row, plan, "", value.at, false),
            Shape::Text(text) => self.add_text(row, plan, &text, value.at, false),
            Shape::Array => {
                self.add_text(row, plan, "", value.at, true)?;
                for (at, item) in value.items()?.enumerate() {
                    self.item = u32::try_from(at).unwrap_or(0);
                    match item.shape()? {
                        Shape::Missing => {}
                        Shape::Text(text) => self.add_text(row, plan, &text, item.at, true)?,
                        Shape::Object => self.add_parts(row, plan, item)?,
                        Shape::Array => self.refuse(plan, item)?,
                    }
                }
                self.item = 0;
                Ok(())
            }
            Shape::Object => self.add_parts(row, plan, value),
        }
    }

    /// Adds the keys of an object by their paths.
    fn add_parts(
        &mut self,
        row: &mut ContactRow,
        plan: &Arc<NamePlan>,
        object: Piece<'_>,
    ) -> Result<(), Fault> {
        let entries = object.entries()?;
        let mut known = entries.is_empty();
        self.begin_entry(plan, &entries)?;
        for (key, value) in entries {
            let part = self.remembered(&format!("{}.{key}", plan.name), Stand::Path);
            if !part.known {
                continue;
            }
            known = true;
            if part.targets.is_empty() && part.part.is_none() {
                continue;
            }
            match value.shape()? {
                Shape::Missing => self.add_text(row, &part, "", value.at, true)?,
                Shape::Text(text) => self.add_text(row, &part, &text, value.at, true)?,
                Shape::Array | Shape::Object => self.refuse(&part, value)?,
            }
        }
        self.entry = None;
        if known { Ok(()) } else { self.refuse(plan, object) }
    }

    /// Turns to an entry of an array of telephones or addresses, where their kinds are wanted.
    fn begin_entry(
        &mut self,
        plan: &NamePlan,
        entries: &[(Cow<'_, str>, Piece<'_>)],
    ) -> Result<(), Fault> {
        if !self.wanted.wants_kinds_within(&plan.name) {
            return Ok(());
        }
        let kind = match entries.iter().find(|(key, _)| normalise(key) == KIND_KEY) {
            Some((_, value)) => match value.shape()? {
                Shape::Text(word) => Kind::of_word(&word),
                _ => Kind::Unsaid,
            },
            None => Kind::Unsaid,
        };
        self.entry = Some((self.entries_met, kind));
        self.entries_met += 1;
        Ok(())
    }

    /// A shape that means nothing under this name: a fault where a column wants it. Among all
    /// custom fields it is left out.
    fn refuse(&self, plan: &NamePlan, value: Piece<'_>) -> Result<(), Fault> {
        if plan.targets.is_empty() {
            return Ok(());
        }
        let (key, found) = (plan.name.clone(), value.found());
        Err(Fault::At(value.at, Reason::Shape { key, found }))
    }

    /// Adds the custom fields of a container.
    pub fn add_container(
        &mut self,
        row: &mut ContactRow,
        kind: Container,
        plan: &Arc<NamePlan>,
        value: Piece<'_>,
    ) -> Result<(), Fault> {
        match (value.shape()?, kind) {
            (Shape::Missing, _) => Ok(()),
            (Shape::Text(text), _) if is_json(&text) => {
                let inner = Piece { raw: &text, at: 0 };
                // Places within the inner text mean nothing in the file.
                self.add_container(row, kind, plan, inner).map_err(|fault| match fault {
                    Fault::At(_, reason) => Fault::At(value.at, reason),
                    Fault::Syntax(error) => Fault::At(value.at, Reason::Json(message(&error))),
                })
            }
            (Shape::Text(text), _) => self.add_text(row, plan, &text, value.at, false),
            (Shape::Object, _) => {
                for (name, value) in value.entries()? {
                    self.add_entry(row, &name, value)?;
                }
                Ok(())
            }
            (Shape::Array, Container::Entries) => {
                for item in value.items()? {
                    self.add_named_entry(row, item)?;
                }
                Ok(())
            }
            (Shape::Array, _) => {
                let (key, found) = (plan.name.clone(), value.found());
                Err(Fault::At(value.at, Reason::Shape { key, found }))
            }
        }
    }

    /// `{"Key":…,"Value":…}`, `{"custom_field_id":…,"value":…,"choice_ids":[…]}`.
    fn add_named_entry(&mut self, row: &mut ContactRow, item: Piece<'_>) -> Result<(), Fault> {
        let entries = match item.shape()? {
            Shape::Object => item.entries()?,
            _ => return Err(Fault::At(item.at, Reason::NotARecord(item.found().to_owned()))),
        };
        let get = |wanted: &str| {
            let mut found = entries.iter().filter(|(key, _)| normalise(key) == wanted);
            found.next().map(|&(_, value)| value)
        };
        let mut name = None;
        for key in ENTRY_NAMES {
            if let Some(value) = get(key)
                && let Shape::Text(text) = value.shape()?
            {
                name = Some(text);
                break;
            }
        }
        let Some(name) = name else {
            return Err(Fault::At(item.at, Reason::Lacks("name of a custom field")));
        };
        if let Some(value) = get("value") {
            self.add_entry(row, &name, value)?;
        }
        match get("choiceids") {
            Some(ids) => self.add_choices(row, &name, ids),
            None => Ok(()),
        }
    }

    /// Adds the options that a field's choice ids stand for.
    fn add_choices(
        &mut self,
        row: &mut ContactRow,
        name: &str,
        ids: Piece<'_>,
    ) -> Result<(), Fault> {
        let plan = self.remembered(without_brackets(name), Stand::Entry);
        if ids.shape()? != Shape::Array {
            return self.add_entry(row, name, ids);
        }
        for id in ids.items()? {
            match id.shape()? {
                Shape::Missing => {}
                Shape::Text(text) => {
                    let option = self.wanted.choice(name, &text).to_owned();
                    self.add_text(row, &plan, &option, id.at, true)?;
                }
                Shape::Array | Shape::Object => self.refuse(&plan, id)?,
            }
        }
        Ok(())
    }

    fn add_entry(
        &mut self,
        row: &mut ContactRow,
        name: &str,
        value: Piece<'_>,
    ) -> Result<(), Fault> {
        let plan = self.remembered(without_brackets(name), Stand::Entry);
        if plan.targets.is_empty() && plan.custom.is_none() {
            return Ok(());
        }
        match value.shape()? {
            Shape::Missing => self.add_text(row, &plan, "", value.at, true),
            Shape::Text(text) => self.add_text(row, &plan, &text, value.at, true),
            Shape::Array => {
                self.add_text(row, &plan, "", value.at, true)?;
                for item in value.items()? {
                    match item.shape()? {
                        Shape::Missing => {}
                        Shape::Text(text) => self.add_text(row, &plan, &text, item.at, true)?,
                        Shape::Array | Shape::Object => self.refuse(&plan, item)?,
                    }
                }
                Ok(())
            }
            Shape::Object => self.refuse(&plan, value),
        }
    }

    /// Adds text to the columns that a name serves. Text that stands within a vendor's array or
    /// object isn't split.
    fn add_text(
        &mut self,
        row: &mut ContactRow,
        plan: &Arc<NamePlan>,
        text: &str,
        at: usize,
        within: bool,
    ) -> Result<(), Fault> {
        let how = |how: How| match how {
            How::Parts | How::ListNames | How::TagNames if within => How::Whole,
            how => how,
        };
        for target in &plan.targets {
            if self.takes(row, plan, *target).map_err(|reason| Fault::At(at, reason))? {
                row.add(target.column, text, how(target.how), &self.wanted.commas);
            }
        }
        if let Some(part) = plan.part {
            match self.entry {
                Some((entry, kind)) => row.add_entry_part(part.field, entry, kind, text),
                None => row.add_parts(part, self.item, text, within),
            }
        }
        if let Some((name, split)) = &plan.custom {
            row.add_custom(name, text, how(*split), &self.wanted.commas);
        }
        Ok(())
    }

    /// Whether a column takes the value of this name, given what it holds already.
    fn takes(
        &mut self,
        row: &mut ContactRow,
        plan: &Arc<NamePlan>,
        target: Target,
    ) -> Result<bool, Reason> {
        if let Some(seen) = self.seen.get_mut(target.column) {
            *seen = true;
        }
        if target.gathers {
            return Ok(true);
        }
        let Some(held) = self.held.get_mut(target.column) else { return Ok(false) };
        match held {
            Some((_, name)) if name.source == plan.source => return Ok(true),
            Some((rank, _)) if *rank < target.rank => return Ok(false),
            Some((rank, name)) if *rank == target.rank => {
                if !target.is_vague() {
                    return Ok(false);
                }
                return Err(Reason::AmbiguousColumn {
                    field: self.wanted.column_name(target.column),
                    first: name.name.clone(),
                    second: plan.name.clone(),
                });
            }
            Some(_) => row.clear_column(target.column),
            None => {}
        }
        *held = Some((target.rank, Arc::clone(plan)));
        Ok(true)
    }
}

/// True for text that can only be meant as JSON.
pub(crate) fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{') || text.starts_with("[{") || text.trim_end() == "[]"
}

/// The entries of an array of custom fields that have a name and a value.
pub(crate) fn named_entries<'a>(array: Piece<'a>) -> Result<Vec<(Cow<'a, str>, Piece<'a>)>, Fault> {
    let mut all = Vec::new();
    for item in array.items()? {
        if item.shape()? != Shape::Object {
            continue;
        }
        let entries = item.entries()?;
        let get = |wanted: &str| entries.iter().find(|(key, _)| normalise(key) == wanted);
        let name = ENTRY_NAMES.into_iter().find_map(get);
        if let (Some((_, name)), Some((_, value))) = (name, get("value"))
            && let Shape::Text(name) = name.shape()?
        {
            all.push((name, *value));
        }
    }
    Ok(all)
}

/// The names in a container, as far as they can be told; for looking at the head of a file.
pub(crate) fn names_in<'a>(kind: Container, value: Piece<'a>) -> Result<Vec<Cow<'a, str>>, Fault> {
    let mut names = Vec::new();
    match value.shape()? {
        Shape::Text(text) if is_json(&text) => {
            let inner = names_in(kind, Piece { raw: &text, at: 0 })?;
            names.extend(inner.into_iter().map(|name| Cow::Owned(name.into_owned())));
        }
        Shape::Object => names.extend(value.entries()?.into_iter().map(|(name, _)| name)),
        Shape::Array if kind == Container::Entries => {
            for item in value.items()? {
                if item.shape()? != Shape::Object {
                    continue;
                }
                let entries = item.entries()?;
                let name = ENTRY_NAMES
                    .into_iter()
                    .find_map(|wanted| entries.iter().find(|(key, _)| normalise(key) == wanted));
                if let Some((_, name)) = name
                    && let Shape::Text(name) = name.shape()?
                {
                    names.push(name);
                }
            }
        }
        _ => {}
    }
    Ok(names)
}
