//! Activities in JSON records.

use super::activity_bundles::{Bundle, Bundled, bundle_of, spread};
use super::activity_columns::{ActivityField, ActivityFields, field_of, is_parent};
use super::activity_report::{Given, Present};
use super::activity_row::ActivityRow;
use super::bad_rows::{PassBadRow, RawRow};
use super::bytes::Bytes;
use super::error::{DumpError, Place, Reason};
use super::json_faults::Fault;
use super::json_keys::{Ahead, KeyCatalog, LineKeys, Mark, Value};
use super::json_values::{Piece, Shape};
use super::mapping::Mapping;
use super::objects::{Layout, Objects, may_wrap, refuse_wrapped};
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

/// How the records of a JSON file are taken apart.
pub(crate) struct JsonFields {
    given: Given,
    catalog: KeyCatalog<KeyPlan>,
    marks: Vec<Mark>,
    /// What the record at hand has.
    present: Present,
    /// What the bundles of the record at hand hold.
    bundled: Bundled,
    /// What of the mapping holds in this file.
    mapping: Option<Mapping>,
    wanted: ActivityFields,
}

/// Whether a record says what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// It does, or the file does for it.
    Kind,
    /// Nothing says it: that is an error, unless a record before it did.
    Nothing,
}

/// A pass over the activities of one JSON file.
pub(crate) struct JsonActivities {
    records: Objects<Bytes>,
    fields: JsonFields,
    /// Whether any record so far said what happened.
    typed_before: bool,
    /// Rows of the record at hand that are still to come.
    waiting: VecDeque<ActivityRow<'static>>,
    /// The stream of the record before.
    stream: String,
}

struct KeyPlan {
    field: Option<(ActivityField, bool)>,
    parent: bool,
    bundle: Option<Bundle>,
    /// What a record with it has, as [`Present::bits`].
    present: u64,
    /// Whether it is mapped, and the mapping came too late.
    late: bool,
    /// Whether a record with it may be something that wraps records.
    stray: bool,
    plainly: Plainly,
}

/// What is to be done with a value that is text or missing.
#[derive(Debug, Clone, Copy)]
enum Plainly {
    /// It may be more than that.
    Look,
    /// Nobody asks for it.
    Pass,
    /// It is kept.
    Keep(ActivityField, bool),
}

impl KeyPlan {
    fn of(path: &str, read_as: &str) -> Self {
        Self {
            field: field_of(read_as),
            parent: is_parent(path),
            bundle: bundle_of(path),
            present: 0,
            late: false,
            stray: false,
            plainly: Plainly::Look,
        }
    }

    /// The plan of a key of a record. `mapping` is what of the mapping `given` holds in the file.
    fn of_key(key: &str, given: &Given, mapping: Option<&Mapping>, wanted: ActivityFields) -> Self {
        let read_as = mapping.map_or(key.into(), |mapping| mapping.renamed(key));
        let mut plan = Self::of(key, &read_as);
        let mut present = Present::default();
        present.traits.note(key);
        if let Some((field, _)) = plan.field {
            present.note(field);
        }
        plan.present = present.bits();
        let known = |mapping: &Mapping| mapping.means(key);
        plan.late = given.mapping.as_deref().is_some_and(known) && !mapping.is_some_and(known);
        plan.stray = may_wrap(key, ENVELOPES);
        let further = plan.parent || plan.bundle.is_some() || plan.late || plan.stray;
        plan.plainly = match plan.field {
            _ if further => Plainly::Look,
            Some((field, canonical)) if wanted.has(field) => Plainly::Keep(field, canonical),
            _ => Plainly::Pass,
        };
        plan
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
            let found = activities.fields.present;
            if first.is_none() {
                present.traits = found.traits;
                first = Some((row.line, activities.fields.given.clone()));
            }
            present.contact_id |= found.contact_id;
            present.campaign |= found.campaign;
            present.typed |= found.typed;
        }
        let keys = activities.fields.catalog.names();
        let mapping = given.mapping.as_deref().map(|mapping| mapping.in_file(keys));
        Ok((JsonReport { present, mapping }, first))
    }

    /// `seen` is what the head of the file has.
    pub fn new(records: Objects<Bytes>, given: &Given, seen: &JsonReport) -> Self {
        Self {
            records,
            fields: JsonFields::new(given, seen, ActivityFields::ALL),
            typed_before: seen.present.typed,
            waiting: VecDeque::new(),
            stream: String::new(),
        }
    }

    pub fn next(&mut self, row: &mut ActivityRow<'static>) -> Result<bool, DumpError> {
        loop {
            if let Some(next) = self.waiting.pop_front() {
                *row = next;
                return Ok(true);
            }
            if !self.read()? {
                return Ok(false);
            }
        }
    }

    /// Reads the rows of the next record.
    fn read(&mut self) -> Result<bool, DumpError> {
        let Self { records, fields, waiting, typed_before, stream } = self;
        let mut says = Says::Kind;
        // The name of a record's stream is known once its message was taken apart.
        let found = records.next_in_stream(|text, of, line| {
            if let Some(of) = of
                && *of != **stream
            {
                of.clone_into(stream);
                fields.given.turn_to(of);
            }
            waiting.clear();
            let mut row = ActivityRow::default();
            says = fields.rows((text, line), &mut row, |row| waiting.push_back(row.clone()))?;
            Ok(())
        })?;
        *typed_before |= found && fields.present.typed;
        if found && says == Says::Nothing && !*typed_before {
            let line = records.line();
            waiting.clear();
            return Err(DumpError::at(
                &fields.given.file,
                Place::line(line),
                fields.given.no_kind(),
            ));
        }
        Ok(found)
    }

    /// See [`Objects::is_plain_lines`].
    pub fn is_plain_lines(&self) -> bool {
        self.waiting.is_empty() && self.records.is_plain_lines()
    }

    /// See [`Objects::into_rest`].
    pub fn into_rest(self) -> Option<(Vec<u8>, Place, Bytes)> {
        self.records.into_rest()
    }

    /// Whether any record so far said what happened.
    pub fn typed_before(&self) -> bool {
        self.typed_before
    }

    pub fn pages(&self) -> &Pages {
        self.records.pages()
    }

    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

impl JsonFields {
    /// `seen` is what the head of the file has.
    pub fn new(given: &Given, seen: &JsonReport, wanted: ActivityFields) -> Self {
        Self {
            given: given.clone(),
            catalog: KeyCatalog::default(),
            marks: Vec::new(),
            present: Present::default(),
            bundled: Bundled::new(),
            mapping: seen.mapping.clone(),
            wanted,
        }
    }

    /// Takes a record apart and hands over its rows: mostly one, and that is `row`, which serves for
    /// all records that stand in its text.
    #[inline]
    pub fn rows<'t>(
        &mut self,
        (text, line): (&str, u64),
        row: &mut ActivityRow<'t>,
        mut take: impl FnMut(&ActivityRow<'t>),
    ) -> Result<Says, Fault> {
        self.decode(text, row)?;
        let says = self.settle(row, line);
        let Self { given, present, bundled, .. } = self;
        if bundled.is_empty() {
            take(row);
            return Ok(says);
        }
        if bundled.iter().any(|(bundle, _)| *bundle == Bundle::Actions) {
            row.has_contact_id = false;
        }
        let spread = spread(row, present, bundled, given);
        match spread.map_err(|reason| Fault::At(0, reason))? {
            Some(rows) => rows.iter().for_each(take),
            None => take(row),
        }
        Ok(says)
    }

    /// Takes apart the record that begins at a byte of a chunk, over whose text the row is, and ends
    /// with its line. Returns the place behind that; `None` where it has to be done otherwise.
    #[inline(always)]
    pub fn line<'t>(
        &mut self,
        (chunk, begin, line): (&str, usize, u64),
        ahead: &mut Ahead<'_>,
        row: &mut ActivityRow<'t>,
    ) -> Option<(Says, usize)> {
        row.clear();
        let mut filler = Filler { row, present: 0 };
        let end = self.catalog.read_line(chunk, begin, ahead, &mut filler)?;
        self.present = Present::of_bits(filler.present);
        self.settle_status(row);
        Some((self.settle(row, line), end))
    }

    /// Settles what the file and the keys say of a row.
    #[inline(always)]
    fn settle(&self, row: &mut ActivityRow<'_>, line: u64) -> Says {
        let Self { given, present, .. } = self;
        row.line = line;
        row.has_contact_id = present.contact_id;
        row.given_kind = given.kind;
        if given.campaign.is_some() || row.given_campaign.is_some() {
            row.given_campaign.clone_from(&given.campaign);
        }
        if present.typed {
            return Says::Kind;
        }
        row.given_kind = given.kind_by(present.traits);
        if row.given_kind.is_none() { Says::Nothing } else { Says::Kind }
    }

    /// A `status` says what happened in logs of mail only.
    #[inline(always)]
    fn settle_status(&mut self, row: &mut ActivityRow<'_>) {
        if self.present.traits.logged() {
            self.present.typed |= row.get(ActivityField::Status).is_some();
        } else {
            row.put(ActivityField::Status, None);
        }
    }

    /// The error of a record that leaves open what happened.
    pub fn no_kind(&self, line: u64) -> DumpError {
        DumpError::at(&self.given.file, Place::line(line), self.given.no_kind())
    }

    /// Whether the record at hand said what happened.
    pub fn is_typed(&self) -> bool {
        self.present.typed
    }

    fn decode(&mut self, text: &str, row: &mut ActivityRow<'_>) -> Result<(), Fault> {
        let Self { catalog, marks, present, bundled, mapping, given, wanted } = self;
        let marked = catalog.mark(text, marks, |key| {
            Some(KeyPlan::of_key(key, given, mapping.as_ref(), *wanted))
        })?;
        marked.check(text)?;
        row.clear();
        bundled.clear();
        let plans = marks.iter().filter_map(|mark| catalog.get(mark.key).1);
        *present = Present::of_bits(plans.fold(0, |bits, plan| bits | plan.present));
        for mark in marks.iter() {
            let (key, Some(plan)) = catalog.get(mark.key) else { continue };
            let raw = text.get(mark.start..mark.end).unwrap_or("");
            let value = Piece { raw, at: mark.start };
            match plan.plainly {
                Plainly::Pass => continue,
                Plainly::Keep(field, canonical) if !marked.escapes => match value.plain_shape() {
                    Shape::Missing => continue,
                    Shape::Text(text) => {
                        row.set(field, canonical, &text);
                        continue;
                    }
                    Shape::Array | Shape::Object => {}
                },
                _ => {}
            }
            if plan.late {
                return Err(Fault::At(mark.start, Reason::LateMapped(key.to_owned())));
            }
            if plan.stray {
                refuse_wrapped(text, ENVELOPES)?;
            }
            if plan.is_wanted() {
                Taker { row, present, bundled }.take(key, plan, value)?;
            }
        }
        self.settle_status(row);
        Ok(())
    }
}

/// What the values of a plain record go to.
struct Filler<'a, 'r> {
    row: &'a mut ActivityRow<'r>,
    /// What the keys so far have, as [`Present::bits`].
    present: u64,
}

impl LineKeys<KeyPlan> for Filler<'_, '_> {
    #[inline(always)]
    fn take(&mut self, _: usize, plan: &KeyPlan, value: Value) -> Option<()> {
        self.present |= plan.present;
        match plan.plainly {
            Plainly::Look => return None,
            Plainly::Pass => {}
            Plainly::Keep(field, canonical) => {
                self.row.set_between(field, canonical, value.text()?);
            }
        }
        Some(())
    }
}

/// What the values of a record go to.
struct Taker<'a, 'r> {
    row: &'a mut ActivityRow<'r>,
    present: &'a mut Present,
    bundled: &'a mut Bundled,
}

impl Taker<'_, '_> {
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
