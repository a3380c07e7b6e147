//! The rows of an answer, as the lists of members take them.

use super::RunError;
use crate::contact::Column;
use crate::dump::{ContactRow, RowCells};
use hashbrown::HashMap;
use serde::Deserialize;

/// A cell of an answer: nothing, a text, or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Cells {
    /// One text, or nothing.
    One(Option<String>),
    /// The values of a list.
    Several(Vec<Option<String>>),
}

/// Reads rows of an answer.
#[derive(Debug)]
pub struct Answer<'a> {
    engine: &'static str,
    /// The segments by their labels, where a first cell says which one a row is of.
    labels: Option<HashMap<&'a str, usize>>,
    columns: &'a [Column],
    row: ContactRow,
}

impl<'a> Answer<'a> {
    /// Rows with these columns, before which stands a label where there are several segments.
    pub fn new(engine: &'static str, labels: &'a [String], columns: &'a [Column]) -> Self {
        let several = labels.len() > 1;
        let by_label = || labels.iter().enumerate().map(|(at, label)| (label.as_str(), at));
        let labels = several.then(|| by_label().collect());
        Self { engine, labels, columns, row: ContactRow::default() }
    }

    /// The segment of a row, and its cells as those of a contact.
    ///
    /// # Errors
    ///
    /// The line is no row of this answer.
    pub fn read(&mut self, line: &str) -> Result<(usize, &ContactRow), RunError> {
        let wrong = |what: String| RunError::Answer { engine: self.engine, what };
        let cells: Vec<Cells> =
            serde_json::from_str(line).map_err(|error| wrong(format!("{error}: {line}")))?;
        let mut cells = cells.into_iter();
        let segment = match &self.labels {
            None => 0,
            Some(labels) => {
                let label = match cells.next() {
                    Some(Cells::One(Some(label))) => labels.get(label.as_str()).copied(),
                    _ => None,
                };
                label.ok_or_else(|| wrong(format!("no segment is called so: {line}")))?
            }
        };
        if cells.len() != self.columns.len() {
            return Err(wrong(format!("{} cells were asked for: {line}", self.columns.len())));
        }
        let mut filling = RowCells::begin(&mut self.row);
        for (at, (cell, column)) in cells.zip(self.columns).enumerate() {
            match cell {
                Cells::One(None) => {}
                Cells::One(Some(text)) => filling.cell(at, column, &text),
                Cells::Several(values) => {
                    values.iter().flatten().for_each(|value| filling.value(at, value));
                }
            }
        }
        Ok((segment, &self.row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactField;

    #[test]
    fn rows_of_several_segments() {
        let labels = ["a".to_owned(), "b".to_owned()];
        let columns = [ContactField::Email, ContactField::Tags, ContactField::Tags];
        let columns = columns.map(Column::Contact);
        let mut answer = Answer::new("duckdb", &labels, &columns);
        let (segment, row) = answer.read(r#"["b"," x ","p; q|",["r;s",null,""]]"#).unwrap();
        assert_eq!(segment, 1);
        assert_eq!(row.values(0).collect::<Vec<_>>(), [" x "]);
        assert_eq!(row.values(1).collect::<Vec<_>>(), ["p", "q"]);
        assert_eq!(row.values(2).collect::<Vec<_>>(), ["r;s"]);
        let (_, row) = answer.read(r#"["a",null,"",null]"#).unwrap();
        assert_eq!((0..3).map(|at| row.values(at).count()).sum::<usize>(), 0);
    }

    #[test]
    fn what_is_no_row() {
        let labels = ["a".to_owned()];
        let columns = [Column::Contact(ContactField::Email)];
        for line in ["", "[", "{}", "[]", r#"["x","y"]"#, "[1]", r#"["x"] 1"#] {
            let mut answer = Answer::new("duckdb", &labels, &columns);
            assert!(answer.read(line).is_err(), "{line}");
        }
    }
}
