//! Activities in JSON records.

use super::activity_columns::{ActivityField, Traits, field_of, is_parent};
use super::activity_report::{Given, Present};
use super::activity_row::ActivityRow;
use super::bad_rows::{PassBadRow, RawRow};
use super::error::{DumpError, Place, Reason};
use super::json_faults::Fault;
use super::json_keys::{KeyCatalog, Mark};
use super::json_records::JsonRecords;
use super::json_values::{Piece, Shape};
use super::open::{Bytes, Opened};
use super::pages::Pages;
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
    records: JsonRecords<Bytes>,
    given: Given,
    catalog: KeyCatalog<KeyPlan>,
    marks: Vec<Mark>,
    /// What the record at hand has.
    present: Present,
    /// Whether any record so far said what happened.
    typed_before: bool,
}

struct KeyPlan {
    field: Option<(ActivityField, bool)>,
    parent: bool,
    traits: Traits,
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
    /// See [`JsonRecords::be_lenient`].
    pub fn be_lenient(&mut self) {
        self.records.be_lenient();
    }

    /// What any of the records in the head of a file has; the traits are those of the first. Faults
    /// are left to the reading of all records.
    pub fn look_at_head(opened: &mut Opened, given: &Given) -> Result<Present, DumpError> {
        loop {
            let mut head = Present::default();
            let mut first = None;
            let bytes = Box::new(Cursor::new(opened.text().to_vec()));
            // As if some record had said what it is: none is refused here.
            let typed = Present { typed: true, ..Present::default() };
            let mut activities = Self::new(bytes, given, typed);
            let mut row = ActivityRow::default();
            activities.be_lenient();
            loop {
                match activities.next(&mut row) {
                    Ok(true) => {}
                    Err(_) if activities.pass_bad_row()? => continue,
                    Ok(false) | Err(_) => break,
                }
                let present = activities.present;
                first.get_or_insert((row.line, present.traits));
                head.contact_id |= present.contact_id;
                head.campaign |= present.campaign;
                head.typed |= present.typed;
            }
            if let Some((line, traits)) = first {
                head.traits = traits;
                given.check(line, &head)?;
                return Ok(head);
            }
            if !opened.grow_head()? {
                return Ok(head);
            }
        }
    }

    /// `seen` is what the head of the file has.
    pub fn new(bytes: Bytes, given: &Given, seen: Present) -> Self {
        Self {
            records: JsonRecords::new(bytes, Arc::clone(&given.file), ENVELOPES),
            given: given.clone(),
            catalog: KeyCatalog::default(),
            marks: Vec::new(),
            present: Present::default(),
            typed_before: seen.typed,
        }
    }

    pub fn next(&mut self, row: &mut ActivityRow) -> Result<bool, DumpError> {
        let Self { records, catalog, marks, present, .. } = self;
        let found = records.next_with(|text| {
            catalog.mark(text, marks, |key| {
                let (field, parent) = (field_of(key), is_parent(key));
                let mut traits = Traits::default();
                traits.note(key);
                Some(KeyPlan { field, parent, traits })
            })?;
            row.clear();
            *present = Present::default();
            for mark in marks.iter() {
                let (key, Some(plan)) = catalog.get(mark.key) else { continue };
                present.traits.join(plan.traits);
                if plan.field.is_some() || plan.parent {
                    let raw = text.get(mark.start..mark.end).unwrap_or("");
                    take(row, present, key, plan, Piece { raw, at: mark.start })?;
                }
            }
            Ok(())
        })?;
        if !found {
            return Ok(false);
        }
        row.line = self.records.line();
        row.has_contact_id = self.present.contact_id;
        row.given_campaign.clone_from(&self.given.campaign);
        row.given_kind = self.given.kind;
        self.typed_before |= self.present.typed;
        if !self.present.typed {
            row.given_kind = self.given.kind_by(self.present.traits);
            if row.given_kind.is_none() && !self.typed_before {
                let place = Place::line(row.line);
                return Err(DumpError::at(&self.given.file, place, self.given.no_kind()));
            }
        }
        Ok(true)
    }

    pub fn pages(&self) -> &Pages {
        self.records.pages()
    }

    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

fn take(
    row: &mut ActivityRow,
    present: &mut Present,
    path: &str,
    plan: &KeyPlan,
    value: Piece<'_>,
) -> Result<(), Fault> {
    let shape = value.shape()?;
    if let Some((field, canonical)) = plan.field {
        present.note(field);
        match shape {
            Shape::Missing => return Ok(()),
            Shape::Text(text) => {
                row.set(field, canonical, &text);
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
        let (field, parent) = (field_of(&path), is_parent(&path));
        let plan = KeyPlan { field, parent, traits: Traits::default() };
        if plan.field.is_some() || plan.parent {
            take(row, present, &path, &plan, inner)?;
        }
    }
    Ok(())
}
