//! Activities in CSV files: the header bound once, then cells by their place.

use super::activity_columns::{ActivityField, ActivityFields, OPT_OUT_DATE, field_of};
use super::activity_report::{Given, Present};
use super::activity_row::ActivityRow;
use super::bad_rows::{PassBadRow, RawRow};
use super::bytes::Bytes;
use super::csv_table::{CsvHead, CsvRow, CsvTable};
use super::error::DumpError;
use super::open::Opened;
use crate::contact::{ActivityKind, normalise};
use std::cmp::Reverse;
use std::sync::Arc;

/// Which cells of a CSV file's rows hold what.
pub(crate) struct CsvCells {
    cells: Vec<(usize, (ActivityField, bool))>,
    has_contact_id: bool,
    kind: Option<ActivityKind>,
    campaign: Option<Arc<str>>,
}

impl CsvCells {
    /// Binds the header.
    pub fn new(given: &Given, head: &CsvHead) -> Self {
        let names = head.read_as.iter().enumerate();
        let mut cells: Vec<(usize, ActivityField, bool)> = names
            .filter_map(|(index, name)| field_of(name).map(|(field, own)| (index, field, own)))
            .collect();
        // Which of two columns counts is settled here, by name and not by what a row has in it.
        let all = cells.clone();
        cells.retain(|&(index, field, canonical)| {
            !all.iter().any(|&(other, same, best)| {
                same == field && (best, Reverse(other)) > (canonical, Reverse(index))
            })
        });
        let present = Present::of(head);
        cells.retain(|(_, field, _)| *field != ActivityField::Status || present.traits.logged());
        let kind = if present.typed { given.kind } else { given.kind_by(present.traits) };
        let timed = cells.iter().any(|(_, field, _)| *field == ActivityField::At);
        if kind == Some(ActivityKind::Optout) && !timed {
            let date = head.read_as.iter().position(|name| normalise(name) == OPT_OUT_DATE);
            cells.extend(date.map(|index| (index, ActivityField::At, false)));
        }
        let campaign = given.campaign.clone();
        let cells = cells.into_iter().map(|(index, field, own)| (index, (field, own))).collect();
        Self { cells, has_contact_id: present.contact_id, kind, campaign }
    }

    /// Whether rows have contact ids.
    pub fn has_contact_id(&self) -> bool {
        self.has_contact_id
    }

    /// The fields of the cells, with their places.
    pub fn places(&self) -> impl Iterator<Item = (usize, ActivityField)> + '_ {
        self.cells.iter().map(|&(at, (field, _))| (at, field))
    }

    /// What all rows are, where their columns, the file's name or the user say so.
    pub fn kind(&self) -> Option<ActivityKind> {
        self.kind
    }

    /// Leaves out the cells of fields that nobody asks for.
    #[must_use]
    pub fn only(mut self, wanted: ActivityFields) -> Self {
        self.cells.retain(|(_, (field, _))| wanted.has(*field));
        self
    }

    /// An empty row; it may be made over the text that the cells stand in, and then serves for all of
    /// them.
    pub fn row<'t>(&self, text: &'t str) -> ActivityRow<'t> {
        let mut row = ActivityRow::over(text);
        row.has_contact_id = self.has_contact_id;
        row.given_kind = self.kind;
        row.given_campaign.clone_from(&self.campaign);
        row
    }

    /// Fills a row.
    #[inline(always)]
    pub fn fill(&self, row: &mut ActivityRow<'_>, cells: CsvRow<'_>) {
        row.clear();
        row.line = cells.line;
        if !cells.each_place(&self.cells, |(field, _), place| row.set_at(field, place)) {
            for &(index, (field, canonical)) in &self.cells {
                row.set(field, canonical, cells.get(index));
            }
        }
    }
}

/// A pass over the activities of one CSV file.
pub(crate) struct CsvActivities {
    table: CsvTable<Bytes>,
    cells: CsvCells,
}

impl PassBadRow for CsvActivities {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        self.table.pass_bad_row()
    }

    fn bad_row(&self) -> RawRow<'_> {
        self.table.bad_row()
    }
}

impl CsvActivities {
    pub fn open(opened: &Opened, given: &Given, head: &CsvHead) -> Result<Self, DumpError> {
        let table = CsvTable::open(opened, head)?;
        Ok(Self { table, cells: CsvCells::new(given, head) })
    }

    pub fn next(&mut self, row: &mut ActivityRow<'static>) -> Result<bool, DumpError> {
        let Some(cells) = self.table.next()? else { return Ok(false) };
        *row = self.cells.row("");
        self.cells.fill(row, cells);
        Ok(true)
    }

    pub fn bytes_read(&self) -> u64 {
        self.table.bytes_read()
    }
}
