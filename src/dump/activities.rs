//! Activities dumps: one or more files, of which each may be CSV or JSON.
//!
//! Reports of some vendors say in no row which campaign they are of, and what happened. Then the
//! user says so with the file's name, or the kind is told from the columns and the file's name; a
//! file that leaves either open is refused when it is opened.

use super::activity_columns::{ActivityField, Traits, field_of, is_parent};
use super::activity_row::ActivityRow;
use super::contacts::ContactOptions;
use super::csv_table::{CsvHead, CsvTable};
use super::error::{DumpError, Place, Reason};
use super::events::kind_of_file;
use super::input::Input;
use super::json_faults::Fault;
use super::json_keys::{KeyCatalog, Mark};
use super::json_records::JsonRecords;
use super::json_values::{Piece, Shape};
use super::open::{Bytes, Opened};
use crate::contact::ActivityKind;
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

/// The files of an activities dump, opened and looked at.
pub struct Activities {
    files: Arc<[ActivityFile]>,
    columns: Vec<String>,
}

struct ActivityFile {
    opened: Opened,
    /// The input as the user wrote it, without options.
    written: String,
    campaign: Option<Arc<str>>,
    kind: Option<ActivityKind>,
    head: Head,
}

enum Head {
    Csv(CsvHead),
    Json { keys: Vec<String>, has_contact_id: bool },
}

impl Activities {
    /// Opens all files and looks at their heads. Of `options` only `rereadable` matters.
    ///
    /// # Errors
    /// When a file can't be opened, is empty, has a header that can't be read, or leaves open of
    /// which campaign or of what kind its rows are.
    pub fn open(inputs: &[Input], options: &ContactOptions<'_>) -> Result<Self, DumpError> {
        let mut files = Vec::with_capacity(inputs.len());
        for input in inputs {
            files.push(ActivityFile::open(input, options.rereadable)?);
        }
        let mut columns: Vec<String> = Vec::new();
        for name in files.iter().flat_map(ActivityFile::names) {
            if !name.is_empty() && !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        Ok(Self { files: files.into(), columns })
    }

    /// The columns and keys of all files, as written, without repetition, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The bytes of all files; `None` where standard input or a pipe makes that unknown.
    pub fn total_bytes(&self) -> Option<u64> {
        self.files.iter().map(|file| file.opened.length).sum()
    }

    /// True when some file has contact ids.
    pub fn has_contact_id(&self) -> bool {
        self.files.iter().any(|file| match &file.head {
            Head::Csv(head) => names_contact_id(&head.names),
            Head::Json { has_contact_id, .. } => *has_contact_id,
        })
    }

    /// A pass over all activities.
    ///
    /// # Errors
    /// When a file can't be opened again.
    pub fn reader(&self) -> Result<ActivityReader, DumpError> {
        let files = Arc::clone(&self.files);
        let mut reader = ActivityReader { files, next: 0, current: None, passed: 0 };
        reader.open_next()?;
        Ok(reader)
    }
}

fn names_contact_id(names: &[String]) -> bool {
    let mut fields = names.iter().filter_map(|name| field_of(name));
    fields.any(|(field, _)| field == ActivityField::ContactId)
}

impl ActivityFile {
    fn open(input: &Input, rereadable: bool) -> Result<Self, DumpError> {
        let mut opened = Opened::open(input, rereadable)?;
        let head = if opened.is_json()? {
            let (keys, has_contact_id) = look_at(&mut opened, input)?;
            Head::Json { keys, has_contact_id }
        } else {
            let head = CsvHead::read(&mut opened)?;
            let fields: Vec<_> = head.names.iter().filter_map(|name| field_of(name)).collect();
            let mut traits = Traits::default();
            head.names.iter().for_each(|name| traits.note(name));
            let has = |wanted| fields.iter().any(|&(field, _)| field == wanted);
            let typed = has(ActivityField::Type) || has(ActivityField::TrackType);
            check(input, has(ActivityField::CampaignId), typed, traits)
                .map_err(|reason| DumpError::at(&opened.name, Place::line(1), reason))?;
            Head::Csv(head)
        };
        let campaign = input.campaign.as_deref().map(Arc::from);
        Ok(Self { opened, written: input.written(), campaign, kind: input.kind, head })
    }

    fn names(&self) -> &[String] {
        match &self.head {
            Head::Csv(head) => &head.names,
            Head::Json { keys, .. } => keys,
        }
    }
}

/// Refuses columns that leave the campaign or the kind open.
fn check(input: &Input, campaign: bool, typed: bool, traits: Traits) -> Result<(), Reason> {
    if !campaign && input.campaign.is_none() {
        return Err(Reason::NoCampaign(input.written()));
    }
    if !typed && input.kind.is_none() && traits.kind(kind_of_file(&input.name())).is_none() {
        return Err(Reason::NoKind(input.written()));
    }
    Ok(())
}

/// The keys in the head of a JSON file, and whether a contact id is among them.
fn look_at(opened: &mut Opened, input: &Input) -> Result<(Vec<String>, bool), DumpError> {
    loop {
        let mut keys: Vec<String> = Vec::new();
        let mut reader = JsonActivities::new(
            Box::new(std::io::Cursor::new(opened.text().to_vec())),
            &opened.name,
            None,
        );
        let mut row = ActivityRow::default();
        let (mut contact_id, mut campaign, mut typed) = (false, false, false);
        let mut first: Option<(u64, Traits)> = None;
        // Faults are left to the reading of all records.
        while let Ok(true) = reader.next(&mut row) {
            contact_id |= row.has_contact_id;
            campaign |= reader.present.campaign;
            typed |= reader.present.typed;
            first.get_or_insert((row.line, reader.present.traits));
            for mark in &reader.marks {
                let (key, _) = reader.catalog.get(mark.key);
                if !keys.iter().any(|known| known == key) {
                    keys.push(key.to_owned());
                }
            }
        }
        match first {
            None if opened.grow_head()? => {}
            None => return Ok((keys, contact_id)),
            Some((line, traits)) => {
                check(input, campaign, typed, traits)
                    .map_err(|reason| DumpError::at(&opened.name, Place::line(line), reason))?;
                return Ok((keys, contact_id));
            }
        }
    }
}

/// One pass over the activities of a dump.
pub struct ActivityReader {
    files: Arc<[ActivityFile]>,
    next: usize,
    current: Option<(Arc<str>, FileActivities)>,
    passed: u64,
}

enum FileActivities {
    Csv(Box<CsvActivities>),
    Json(Box<JsonActivities>),
}

impl ActivityReader {
    fn open_next(&mut self) -> Result<bool, DumpError> {
        let Some(file) = self.files.get(self.next) else { return Ok(false) };
        self.next += 1;
        let opened = &file.opened;
        let activities = match &file.head {
            Head::Csv(head) => FileActivities::Csv(Box::new(CsvActivities::open(file, head)?)),
            Head::Json { .. } => {
                let bytes = opened.reader()?;
                FileActivities::Json(Box::new(JsonActivities::new(bytes, &opened.name, Some(file))))
            }
        };
        self.current = Some((Arc::clone(&opened.name), activities));
        Ok(true)
    }

    /// Fills `row` with the next activity; false at the end of the last file.
    ///
    /// # Errors
    /// When the activity can't be read, or doesn't say what happened where others of its file do;
    /// the error names file, line and reason.
    pub fn next(&mut self, row: &mut ActivityRow) -> Result<bool, DumpError> {
        while let Some((name, activities)) = &mut self.current {
            let found = match activities {
                FileActivities::Csv(activities) => activities.next(row)?,
                FileActivities::Json(activities) => activities.next(row)?,
            };
            if found {
                if row.file.as_ref().is_none_or(|file| !Arc::ptr_eq(file, name)) {
                    row.file = Some(Arc::clone(name));
                }
                return Ok(true);
            }
            self.passed += activities.bytes_read();
            self.current = None;
            self.open_next()?;
        }
        Ok(false)
    }

    /// Bytes read so far, over all files.
    pub fn bytes_read(&self) -> u64 {
        let here = self.current.as_ref().map_or(0, |(_, activities)| activities.bytes_read());
        self.passed + here
    }
}

impl FileActivities {
    fn bytes_read(&self) -> u64 {
        match self {
            Self::Csv(activities) => activities.table.bytes_read(),
            Self::Json(activities) => activities.records.bytes_read(),
        }
    }
}

/// A pass over the activities of one CSV file.
struct CsvActivities {
    table: CsvTable<Bytes>,
    cells: Vec<(usize, ActivityField, bool)>,
    has_contact_id: bool,
    kind: Option<ActivityKind>,
    campaign: Option<Arc<str>>,
}

impl CsvActivities {
    fn open(file: &ActivityFile, head: &CsvHead) -> Result<Self, DumpError> {
        let table = CsvTable::open(&file.opened, head)?;
        let mut cells: Vec<(usize, ActivityField, bool)> = Vec::new();
        let mut traits = Traits::default();
        for (index, name) in head.names.iter().enumerate() {
            traits.note(name);
            cells.extend(field_of(name).map(|(field, canonical)| (index, field, canonical)));
        }
        // Which of two columns counts is settled here, by name and not by what a row has in it.
        let all = cells.clone();
        cells.retain(|&(index, field, canonical)| {
            let better = |&(other, same, best): &(usize, ActivityField, bool)| {
                same == field
                    && (best, std::cmp::Reverse(other)) > (canonical, std::cmp::Reverse(index))
            };
            !all.iter().any(better)
        });
        let has = |wanted| cells.iter().any(|&(_, field, _)| field == wanted);
        let typed = has(ActivityField::Type) || has(ActivityField::TrackType);
        let told = || traits.kind(kind_of_file(&file.opened.name)).filter(|_| !typed);
        Ok(Self {
            table,
            has_contact_id: has(ActivityField::ContactId),
            kind: file.kind.or_else(told),
            campaign: file.campaign.clone(),
            cells,
        })
    }

    fn next(&mut self, row: &mut ActivityRow) -> Result<bool, DumpError> {
        let Some(cells) = self.table.next()? else { return Ok(false) };
        row.clear();
        row.line = cells.line;
        row.has_contact_id = self.has_contact_id;
        row.given_kind = self.kind;
        row.given_campaign.clone_from(&self.campaign);
        for &(index, field, canonical) in &self.cells {
            row.set(field, canonical, cells.get(index));
        }
        Ok(true)
    }
}

/// A pass over the activities of one JSON file.
struct JsonActivities {
    records: JsonRecords<Bytes>,
    file: Arc<str>,
    written: String,
    catalog: KeyCatalog<KeyPlan>,
    marks: Vec<Mark>,
    kind: Option<ActivityKind>,
    named: Option<ActivityKind>,
    campaign: Option<Arc<str>>,
    /// What the record at hand has.
    present: Present,
    /// Whether any record so far said what happened.
    typed_before: bool,
    looking: bool,
}

#[derive(Default, Clone, Copy)]
struct Present {
    contact_id: bool,
    campaign: bool,
    typed: bool,
    traits: Traits,
}

struct KeyPlan {
    field: Option<(ActivityField, bool)>,
    parent: bool,
    traits: Traits,
}

impl JsonActivities {
    fn new(bytes: Bytes, name: &Arc<str>, file: Option<&ActivityFile>) -> Self {
        Self {
            records: JsonRecords::new(bytes, Arc::clone(name), ENVELOPES),
            file: Arc::clone(name),
            written: file.map(|file| file.written.clone()).unwrap_or_default(),
            catalog: KeyCatalog::default(),
            marks: Vec::new(),
            kind: file.and_then(|file| file.kind),
            named: kind_of_file(name),
            campaign: file.and_then(|file| file.campaign.clone()),
            present: Present::default(),
            typed_before: false,
            looking: file.is_none(),
        }
    }

    fn next(&mut self, row: &mut ActivityRow) -> Result<bool, DumpError> {
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
                let raw = text.get(mark.start..mark.end).unwrap_or("");
                let value = Piece { raw, at: mark.start };
                present.traits.join(plan.traits);
                take(row, present, key, plan, value)?;
            }
            Ok(())
        })?;
        if !found {
            return Ok(false);
        }
        row.line = self.records.line();
        row.has_contact_id = self.present.contact_id;
        row.given_campaign.clone_from(&self.campaign);
        row.given_kind = self.kind;
        self.typed_before |= self.present.typed;
        if row.given_kind.is_none() && !self.present.typed {
            row.given_kind = self.present.traits.kind(self.named);
            if row.given_kind.is_none() && !self.typed_before && !self.looking {
                let reason = Reason::NoKind(self.written.clone());
                return Err(DumpError::at(&self.file, Place::line(row.line), reason));
            }
        }
        Ok(true)
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
        match field {
            ActivityField::ContactId => present.contact_id = true,
            ActivityField::CampaignId => present.campaign = true,
            ActivityField::Type | ActivityField::TrackType => present.typed = true,
            _ => {}
        }
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

#[cfg(test)]
mod tests;
