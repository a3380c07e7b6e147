//! Activities in JSON records.

use super::activity_bundles::{Bundle, Bundled, bundle_of, spread};
use super::activity_columns::{ActivityField, Traits, field_of, is_parent};
use super::activity_report::{Given, Present};
use super::activity_row::ActivityRow;
use super::bad_rows::{PassBadRow, RawRow};
use super::bytes::Bytes;
use super::error::{DumpError, Place, Reason};
use super::json_faults::Fault;
use super::json_keys::{KeyCatalog, Mark};
use super::json_values::{Piece, Shape};
use super::mapping::Mapping;
use super::objects::{Layout, Objects};
use super::open::Opened;
use super::pages::Pages;
use std::collections::VecDeque;
use std::io::Cursor;
use std::sync::Arc;

/// The keys under which the array of activities may stand.
const ENVELOPES: &[&str] = &[
    "tracking_activities",
    "activities",
    "results",
    "Results",
    "result",
    "info.dataList",
    "info.voList",
    "Events",
];

/// A pass over the activities of one JSON file.
pub(crate) struct JsonActivities {
    records: Objects<Bytes>,
    given: Given,
    catalog: KeyCatalog<KeyPlan>,
    marks: Vec<Mark>,
    /// What the record at hand has.
    present: Present,
    /// Whether any record so far said what happened.
    typed_before: bool,
    /// What the bundles of the record at hand hold.
    bundled: Bundled,
    /// Rows of the record at hand that are still to come.
    waiting: VecDeque<ActivityRow>,
    /// The stream of the record before.
    stream: String,
    /// What of the mapping holds in this file.
    mapping: Option<Mapping>,
}

struct KeyPlan {
    field: Option<(ActivityField, bool)>,
    parent: bool,
    bundle: Option<Bundle>,
    traits: Traits,
    /// Whether it is mapped, and the mapping came too late.
    late: bool,
}

impl KeyPlan {
    fn of(path: &str, read_as: &str) -> Self {
        let (field, parent, bundle) = (field_of(read_as), is_parent(path), bundle_of(path));
        Self { field, parent, bundle, traits: Traits::default(), late: false }
    }

    fn is_wanted(&self) -> bool {
        self.field.is_some() || self.parent || self.bundle.is_some()
    }
}

impl PassBadRow for JsonActivities {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        self.records.pass_bad_row()
    }

    fn bad_row(&self) -> RawRow<'_> {
        self.records.bad_row()
    }
}

impl JsonActivities {
    /// See [`Objects::be_lenient`].
    pub fn be_lenient(&mut self) {
        self.records.be_lenient();
    }

    /// The records of a file, or of its beginning.
    pub fn records(
        bytes: Bytes,
        opened: &Opened,
        layout: &Layout,
    ) -> Result<Objects<Bytes>, DumpError> {
        Objects::new(bytes, opened, layout, ENVELOPES)
    }

    /// What any of the records in the head of a file has; the traits are those of the first. Faults
    /// are left to the reading of all records.
    pub fn look_at_head(
        opened: &mut Opened,
        given: &Given,
        layout: &Layout,
    ) -> Result<JsonReport, DumpError> {
        loop {
            let all = given.mapping.as_deref().cloned();
            let (mut head, mut first) = Self::pass_over_head(opened, given, layout, all.clone())?;
            if head.mapping != all {
                let mut given = given.clone();
                given.mapping = head.mapping.clone().map(Arc::new);
                let mapping = head.mapping.clone();
                (head, first) = Self::pass_over_head(opened, &given, layout, mapping)?;
            }
            if let Some((line, given)) = first {
                given.check(line, &head.present)?;
                return Ok(head);
            }
            if !opened.grow_head()? {
                return Ok(head);
            }
        }
    }

    /// What the records of the head have, and the line of the first with what was known of it.
    fn pass_over_head(
        opened: &Opened,
        given: &Given,
        layout: &Layout,
        mapping: Option<Mapping>,
    ) -> Result<(JsonReport, Option<(u64, Given)>), DumpError> {
        let mut present = Present::default();
        let mut first = None;
        let bytes = Box::new(Cursor::new(opened.text().to_vec()));
        let records = Self::records(bytes, opened, layout)?;
        // As if some record had said what it is: none is refused here.
        let typed = Present { typed: true, ..Present::default() };
        let mut activities = Self::new(records, given, &JsonReport { present: typed, mapping });
        let mut row = ActivityRow::default();
        activities.be_lenient();
        loop {
            match activities.next(&mut row) {
                Ok(true) => {}
                Err(error) if error.reason().is_of_a_row() && activities.pass_bad_row()? => {
                    continue;
                }
                Ok(false) | Err(_) => break,
            }
            let found = activities.present;
            if first.is_none() {
                present.traits = found.traits;
                first = Some((row.line, activities.given.clone()));
            }
            present.contact_id |= found.contact_id;
            present.campaign |= found.campaign;
            present.typed |= found.typed;
        }
        let keys = activities.catalog.names();
        let mapping = given.mapping.as_deref().map(|mapping| mapping.in_file(keys));
        Ok((JsonReport { present, mapping }, first))
    }

    /// `seen` is what the head of the file has.
    pub fn new(records: Objects<Bytes>, given: &Given, seen: &JsonReport) -> Self {
        Self {
            records,
            given: given.clone(),
            catalog: KeyCatalog::default(),
            marks: Vec::new(),
            present: Present::default(),
            typed_before: seen.present.typed,
            bundled: Bundled::new(),
            waiting: VecDeque::new(),
            stream: String::new(),
            mapping: seen.mapping.clone(),
        }
    }

    pub fn next(&mut self, row: &mut ActivityRow) -> Result<bool, DumpError> {
        if let Some(next) = self.waiting.pop_front() {
            *row = next;
            return Ok(true);
        }
        loop {
            if !self.read(row)? {
                return Ok(false);
            }
            if self.bundled.is_empty() {
                return Ok(true);
            }
            let bundled = std::mem::take(&mut self.bundled);
            let spread = spread(row, &mut self.present, &bundled, &self.given)
                .map_err(|reason| self.error(row, reason))?;
            let Some(rows) = spread else { return Ok(true) };
            self.waiting.extend(rows);
            if let Some(next) = self.waiting.pop_front() {
                *row = next;
                return Ok(true);
            }
        }
    }

    fn error(&self, row: &ActivityRow, reason: Reason) -> DumpError {
        DumpError::at(&self.given.file, Place::line(row.line), reason)
    }

    /// Reads the next record into a row.
    fn read(&mut self, row: &mut ActivityRow) -> Result<bool, DumpError> {
        let Self { records, catalog, marks, present, bundled, mapping, given, .. } = self;
        let found = records.next_with(|text| {
            catalog.mark(text, marks, |key| {
                let read_as = mapping.as_ref().map_or(key.into(), |mapping| mapping.renamed(key));
                let mut plan = KeyPlan::of(key, &read_as);
                plan.traits.note(key);
                let known = |mapping: &Mapping| mapping.means(key);
                plan.late = given.mapping.as_deref().is_some_and(known)
                    && !mapping.as_ref().is_some_and(known);
                Some(plan)
            })?;
            row.clear();
            bundled.clear();
            *present = Present::default();
            for mark in marks.iter() {
                let (key, Some(plan)) = catalog.get(mark.key) else { continue };
                present.traits.join(plan.traits);
                if plan.late {
                    return Err(Fault::At(mark.start, Reason::LateMapped(key.to_owned())));
                }
                if plan.is_wanted() {
                    let raw = text.get(mark.start..mark.end).unwrap_or("");
                    let mut taker = Taker { row, present, bundled };
                    taker.take(key, plan, Piece { raw, at: mark.start })?;
                }
            }
            if present.traits.logged() {
                present.typed |= row.get(ActivityField::Status).is_some();
            } else {
                row.put(ActivityField::Status, None);
            }
            Ok(())
        })?;
        if !found {
            return Ok(false);
        }
        if let Some(stream) = self.records.stream()
            && *stream != self.stream
        {
            stream.clone_into(&mut self.stream);
            self.given.turn_to(stream);
        }
        row.line = self.records.line();
        row.has_contact_id = self.present.contact_id && !self.is_history();
        row.given_campaign.clone_from(&self.given.campaign);
        row.given_kind = self.given.kind;
        self.typed_before |= self.present.typed;
        if !self.present.typed {
            row.given_kind = self.given.kind_by(self.present.traits);
            if row.given_kind.is_none() && !self.typed_before {
                return Err(self.error(row, self.given.no_kind()));
            }
        }
        Ok(true)
    }

    fn is_history(&self) -> bool {
        self.bundled.iter().any(|(bundle, _)| *bundle == Bundle::Actions)
    }

    pub fn pages(&self) -> &Pages {
        self.records.pages()
    }

    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

/// What the values of a record go to.
struct Taker<'a> {
    row: &'a mut ActivityRow,
    present: &'a mut Present,
    bundled: &'a mut Bundled,
}

impl Taker<'_> {
    fn take(&mut self, path: &str, plan: &KeyPlan, value: Piece<'_>) -> Result<(), Fault> {
        if let Some(bundle) = plan.bundle {
            return bundle.read(value, self.bundled);
        }
        let shape = value.shape()?;
        if let Some((field, canonical)) = plan.field {
            self.present.note(field);
            match shape {
                Shape::Missing => return Ok(()),
                Shape::Text(text) => {
                    self.row.set(field, canonical, &text);
                    return Ok(());
                }
                Shape::Object if plan.parent => {}
                Shape::Array | Shape::Object => {
                    let (key, found) = (path.to_owned(), value.found());
                    return Err(Fault::At(value.at, Reason::Shape { key, found }));
                }
            }
        }
        if !plan.parent || value.shape()? != Shape::Object {
            return Ok(());
        }
        for (key, inner) in value.entries()? {
            let path = format!("{path}.{key}");
            let plan = KeyPlan::of(&path, &path);
            if plan.is_wanted() {
                self.take(&path, &plan, inner)?;
            }
        }
        Ok(())
    }
}

/// What the head of a JSON file of activities tells.
#[derive(Debug, Default, Clone)]
pub(crate) struct JsonReport {
    /// What its records have.
    pub present: Present,
    /// What of the mapping holds in the file.
    pub mapping: Option<Mapping>,
}
