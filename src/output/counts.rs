//! `count` of several segments: how many members each has.

use super::csv::{header, record};
use super::shown::{grouped, visible};
use super::table::empty_grid;
use super::{Form, Member, Out, Select};
use crate::engine::Outputs;
use comfy_table::{Cell, CellAlignment};
use std::io;
use std::sync::Arc;

/// The number of members of each segment.
#[derive(Debug)]
pub struct Counts {
    labels: Arc<[String]>,
    members: Vec<u64>,
    drawn: bool,
}

impl Counts {
    /// Titles of the columns.
    const TITLES: [&str; 2] = [Select::SEGMENT, "members"];

    /// Counts for the segments of these labels, `drawn` for people or as CSV.
    pub fn new(labels: Arc<[String]>, drawn: bool) -> Self {
        let members = vec![0; labels.len()];
        Self { labels, members, drawn }
    }

    fn rows(&self) -> impl Iterator<Item = (&str, u64)> {
        self.labels.iter().map(String::as_str).zip(self.members.iter().copied())
    }
}

impl Form for Counts {
    fn wanted(&self) -> Outputs {
        Outputs::default()
    }

    fn member(&mut self, member: &Member<'_>, _: &mut dyn Out) -> io::Result<()> {
        if let Some(members) = self.members.get_mut(member.segment) {
            *members += 1;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        if self.drawn {
            let mut grid = empty_grid();
            grid.set_header(Self::TITLES);
            for (label, members) in self.rows() {
                let members = Cell::new(grouped(members)).set_alignment(CellAlignment::Right);
                grid.add_row([Cell::new(visible(label)), members]);
            }
            return writeln!(out, "{grid}");
        }
        header(out, false, Self::TITLES.into_iter())?;
        self.rows().try_for_each(|(label, members)| {
            record(out, [label, members.to_string().as_str()].into_iter())
        })
    }
}
