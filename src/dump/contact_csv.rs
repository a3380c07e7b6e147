//! Contacts in CSV files: the header bound to a projection once, then cells by their place.

use super::bad_rows::{PassBadRow, RawRow};
use super::bytes::Bytes;
use super::columns::{Container, FileTraits, How, KIND_KEY, container, flattened};
use super::contact_row::ContactRow;
use super::csv_table::{CsvHead, CsvRow, CsvTable};
use super::error::{DumpError, Place, Reason};
use super::gather::{Gather, NamePlan, is_json};
use super::json_faults::{Fault, message};
use super::json_values::Piece;
use super::open::Opened;
use super::projection::{PartName, Stand, Target, Wanted};
use crate::contact::{Kind, normalise};
use std::sync::Arc;

/// Which cells of a CSV file's rows hold what.
pub(crate) struct CsvCells {
    cells: Vec<Cell>,
    custom: Vec<CustomCell>,
    containers: Vec<(usize, Container, Arc<NamePlan>)>,
    parts: Vec<PartCell>,
}

/// A pass over the contacts of one CSV file.
pub(crate) struct CsvContacts {
    table: CsvTable<Bytes>,
    cells: CsvCells,
}

/// A cell that fills a projected column.
struct Cell {
    field: usize,
    column: usize,
    how: How,
}

/// A cell that is a custom field.
struct CustomCell {
    field: usize,
    name: String,
    how: How,
}

impl PassBadRow for CsvContacts {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        self.table.pass_bad_row()
    }

    fn bad_row(&self) -> RawRow<'_> {
        self.table.bad_row()
    }
}

/// A cell that is part of a telephone or an address whose kind is wanted.
struct PartCell {
    field: usize,
    name: PartName,
    /// Where the file is flattened: the field that says the entry's kind.
    kind: Option<usize>,
}

impl CsvCells {
    /// Binds the header to what `gather` is asked for.
    ///
    /// # Errors
    /// A column of the projection is ambiguous.
    pub fn new(opened: &Opened, head: &CsvHead, gather: &mut Gather) -> Result<Self, DumpError> {
        let traits = FileTraits::of(head.names.iter().map(String::as_str));
        gather.begin_file(traits, None);
        let cells = bind(&head.read_as, &gather.wanted, traits)
            .map_err(|reason| DumpError::at(&opened.name, Place::line(head.skip + 1), reason))?;
        for cell in &cells {
            if let Some(seen) = gather.seen.get_mut(cell.column) {
                *seen = true;
            }
        }
        let mut custom = Vec::new();
        let mut containers = Vec::new();
        for (field, name) in head.read_as.iter().enumerate() {
            if let Some((name, how)) = gather.wanted.custom_name(name, Stand::Column) {
                custom.push(CustomCell { field, name, how });
            }
            if let Some(kind) = container(name)
                && gather.wanted.wants_entries()
            {
                containers.push((field, kind, gather.plan(name, Stand::Column)));
            }
        }
        let parts = bind_parts(&head.read_as, &gather.wanted, traits);
        Ok(Self { cells, custom, containers, parts })
    }

    /// Fills a row.
    ///
    /// # Errors
    /// A cell that holds JSON can't be read.
    pub fn fill(
        &self,
        gather: &mut Gather,
        row: &mut ContactRow,
        cells: CsvRow<'_>,
    ) -> Result<(), DumpError> {
        gather.begin_row(row);
        row.line = cells.line;
        for &Cell { field, column, how } in &self.cells {
            row.add(column, cells.get(field), how, &gather.wanted.commas);
        }
        for CustomCell { field, name, how } in &self.custom {
            row.add_custom(name, cells.get(*field), *how, &gather.wanted.commas);
        }
        for PartCell { field, name, kind } in &self.parts {
            let cell = cells.get(*field);
            let kind = kind.map(|kind| Kind::of_word(cells.get(kind)));
            match name.entry {
                Some(entry) => {
                    row.add_entry_part(name.field, entry, kind.unwrap_or(name.kind), cell);
                }
                None => row.add_parts(*name, 0, cell, false),
            }
        }
        for (field, kind, plan) in &self.containers {
            let raw = cells.get(*field).trim();
            if is_json(raw) {
                let added = gather.add_container(row, *kind, plan, Piece { raw, at: 0 });
                added.map_err(|fault| match fault {
                    Fault::Syntax(error) => cells.error(Reason::Json(message(&error))),
                    Fault::At(_, reason) => cells.error(reason),
                })?;
            }
        }
        Ok(())
    }
}

impl CsvContacts {
    pub fn open(opened: &Opened, head: &CsvHead, gather: &mut Gather) -> Result<Self, DumpError> {
        let table = CsvTable::open(opened, head)?;
        Ok(Self { table, cells: CsvCells::new(opened, head, gather)? })
    }

    pub fn next(&mut self, gather: &mut Gather, row: &mut ContactRow) -> Result<bool, DumpError> {
        let Some(cells) = self.table.next()? else { return Ok(false) };
        self.cells.fill(gather, row, cells)?;
        Ok(true)
    }

    pub fn bytes_read(&self) -> u64 {
        self.table.bytes_read()
    }
}

/// The cells that fill the projected columns. Values of a field that holds several gather from all
/// its columns; any other column is filled by the name that serves it best, and of two canonical
/// names by the first.
fn bind(names: &[String], wanted: &Wanted, traits: FileTraits) -> Result<Vec<Cell>, Reason> {
    let mut cells = Vec::new();
    let mut best: Vec<Option<(usize, Target)>> = vec![None; wanted.width()];
    for (field, name) in names.iter().enumerate() {
        for target in wanted.targets(name, Stand::Column, traits) {
            if target.gathers {
                cells.push(Cell { field, column: target.column, how: target.how });
                continue;
            }
            let Some(held) = best.get_mut(target.column) else { continue };
            if held.is_none_or(|(_, held)| target.rank < held.rank) {
                *held = Some((field, target));
            }
        }
    }
    for (first, target) in best.into_iter().flatten() {
        let Target { column, how, .. } = target;
        if target.is_vague() {
            let twin = names.iter().skip(first + 1).find(|name| {
                let targets = wanted.targets(name, Stand::Column, traits);
                targets.iter().any(|other| other.column == column && other.rank == target.rank)
            });
            if let Some(second) = twin {
                return Err(Reason::AmbiguousColumn {
                    field: wanted.column_name(column),
                    first: names.get(first).cloned().unwrap_or_default(),
                    second: second.clone(),
                });
            }
        }
        cells.push(Cell { field: first, column, how });
    }
    Ok(cells)
}

/// The places of the cells that fill the projected columns, each with its column and how it is read.
///
/// # Errors
/// A column is ambiguous.
pub(crate) fn places(head: &CsvHead, wanted: &Wanted) -> Result<Vec<(usize, usize, How)>, Reason> {
    let traits = FileTraits::of(head.names.iter().map(String::as_str));
    let cells = bind(&head.read_as, wanted, traits)?;
    Ok(cells.into_iter().map(|Cell { field, column, how }| (field, column, how)).collect())
}

/// The cells that are parts of telephones and addresses.
fn bind_parts(names: &[String], wanted: &Wanted, traits: FileTraits) -> Vec<PartCell> {
    let named = names.iter().enumerate();
    let parts = named.filter_map(|(field, name)| {
        let part = wanted.part(name, Stand::Column, traits)?;
        let kind = flattened(name).and_then(|(_, entry)| {
            let says = |other: &String| {
                let rest = other.strip_prefix(entry);
                rest.is_some_and(|rest| normalise(rest) == KIND_KEY)
            };
            names.iter().position(says)
        });
        Some(PartCell { field, name: part, kind })
    });
    parts.collect()
}

/// Whether a header serves a projection of one column.
pub(crate) fn serves(head: &CsvHead, wanted: &Wanted) -> bool {
    let traits = FileTraits::of(head.names.iter().map(String::as_str));
    head.read_as.iter().any(|name| !wanted.targets(name, Stand::Column, traits).is_empty())
}
