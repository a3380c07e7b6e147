//! Contact rows as a run hands them over, with the columns that rules look at.

use super::key::Key;
use crate::answer::subject::{Dumps, Subject, keys};
use crate::contact::Column;
use crate::engine::{Outputs, columns_of};

/// The columns that are wanted of contacts: those by which they are told, and those that rules look at.
pub(super) struct Columns(pub(super) Vec<Column>);

impl Columns {
    pub(super) fn of(dumps: &Dumps<'_>, subjects: &[Subject]) -> Self {
        let mut columns = keys();
        for subject in subjects {
            subject.segment.expr.for_each_test(&mut |_, test| {
                for column in columns_of(test, dumps.contacts) {
                    if !columns.contains(&column) {
                        columns.push(column);
                    }
                }
            });
        }
        Self(columns)
    }

    pub(super) fn wanted(&self) -> Outputs {
        Outputs { columns: self.0.clone(), ..Outputs::default() }
    }

    pub(super) fn place(&self, column: &Column) -> Option<usize> {
        self.0.iter().position(|known| known == column)
    }
}

/// A row of the contacts: who it is, the values of the columns, and which segments it is in.
pub(super) struct Row {
    pub(super) contact: Key,
    pub(super) number: Option<usize>,
    pub(super) values: Vec<Vec<String>>,
    pub(super) holds: Vec<bool>,
}

impl Row {
    pub(super) fn is_in(&self, segment: usize) -> bool {
        self.holds.get(segment).copied().unwrap_or(false)
    }
}
