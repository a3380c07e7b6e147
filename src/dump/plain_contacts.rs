//! Which cells of plain files of contacts hold the columns that are asked for.

use super::columns::container;
use super::contact_csv;
use super::contact_file::{ContactFile, Head};
use super::contact_json::JsonHead;
use super::contacts::Contacts;
use super::csv_table::CsvHead;
use super::error::{DumpError, Place};
use super::open::Opened;
use super::plain::{
    Intricate, PlainCell, PlainContacts, PlainError, PlainForm, csv_form, file_of, holds, keys_of,
};
use super::projection::{Projection, Stand, Wanted};
use crate::contact::Column;

impl Contacts {
    /// The files as other programs can read them, with the cells that hold these columns.
    ///
    /// # Errors
    /// A file, or a column in it, is more than plain cells; or a column is ambiguous.
    pub fn plain(&self, columns: &[Column]) -> Result<Vec<PlainContacts>, PlainError> {
        let wanted = self.wanted_all(columns);
        let file = |file: &ContactFile| match &file.head {
            Head::Csv(head) => of_csv(&file.opened, head, &wanted),
            Head::Json(head, layout) => {
                if layout.is_cells() {
                    return Err(Intricate::Cells.of(&file.opened).into());
                }
                of_json(&file.opened, head, &wanted)
            }
        };
        self.opened().iter().map(file).collect()
    }

    fn wanted_all(&self, columns: &[Column]) -> Wanted {
        let projection = Projection { columns: columns.to_vec(), ..Projection::default() };
        Wanted::new(&projection, self.account())
    }
}

fn of_csv(opened: &Opened, head: &CsvHead, wanted: &Wanted) -> Result<PlainContacts, PlainError> {
    let file = file_of(opened, csv_form(opened, head)).map_err(|reason| reason.of(opened))?;
    let places = contact_csv::places(head, wanted)
        .map_err(|reason| DumpError::at(&opened.name, Place::line(head.skip + 1), reason))?;
    refuse_containers(head.names.iter(), wanted).map_err(|reason| reason.of(opened))?;
    let mut columns = vec![Vec::new(); wanted.width()];
    for (at, column, how) in places {
        let name = head.names.get(at).map_or("", String::as_str);
        let cell = holds(how).map(|holds| PlainCell { at, holds });
        let cell =
            cell.ok_or_else(|| Intricate::cell(&wanted.column_name(column), name, how).of(opened))?;
        columns.get_mut(column).into_iter().for_each(|cells: &mut Vec<_>| cells.push(cell));
    }
    Ok(PlainContacts { file, columns })
}

fn of_json(opened: &Opened, head: &JsonHead, wanted: &Wanted) -> Result<PlainContacts, PlainError> {
    let plain = || -> Result<PlainContacts, Intricate> {
        let keys = keys_of(opened)?;
        refuse_containers(keys.iter(), wanted)?;
        let mut columns: Vec<Vec<PlainCell>> = vec![Vec::new(); wanted.width()];
        let nested = [(&head.entries, Stand::Entry), (&head.paths, Stand::Path)];
        let nested = nested
            .into_iter()
            .flat_map(|(names, stand)| names.iter().map(move |name| (name.as_str(), stand, None)));
        let flat = keys.iter().enumerate();
        let flat = flat.map(|(at, key)| (key.as_str(), Stand::Column, Some(at)));
        for (name, stand, at) in flat.chain(nested) {
            let read_as = head.read_as(name, stand);
            let targets = wanted.targets(&read_as, stand, head.traits);
            if targets.is_empty() && stand == Stand::Column && wanted.wants_within(name) {
                return Err(Intricate::Within(name.to_owned()));
            }
            for target in targets {
                let of = || wanted.column_name(target.column);
                let (Some(at), Some(holds)) = (at, holds(target.how)) else {
                    return Err(Intricate::cell(&of(), name, target.how));
                };
                let Some(cells) = columns.get_mut(target.column) else { continue };
                if !cells.is_empty() {
                    return Err(Intricate::SeveralKeys { column: of() });
                }
                cells.push(PlainCell { at, holds });
            }
        }
        let file = file_of(opened, PlainForm::JsonLines { keys })?;
        Ok(PlainContacts { file, columns })
    };
    Ok(plain().map_err(|reason| reason.of(opened))?)
}

/// Refuses custom fields that stand within one value.
fn refuse_containers<'a>(
    mut names: impl Iterator<Item = &'a String>,
    wanted: &Wanted,
) -> Result<(), Intricate> {
    match names.find(|name| wanted.wants_entries() && container(name).is_some()) {
        Some(name) => Err(Intricate::Within(name.clone())),
        None => Ok(()),
    }
}
