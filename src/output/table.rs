//! `table`: for people at a terminal.

use super::shown::visible;
use super::{Form, Member, Out, Select};
use crate::engine::Outputs;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table as Grid};
use std::io;

/// A table with lines.
#[derive(Debug)]
pub struct Table {
    select: Select,
    grid: Grid,
    members: usize,
}

impl Table {
    /// Rows that are shown; a terminal is no place for more.
    const SHOWN: usize = 1_000;

    /// A table of these columns.
    pub fn new(select: Select) -> Self {
        let mut grid = empty_grid();
        grid.set_header(select.titles());
        Self { select, grid, members: 0 }
    }
}

/// A table of the width of the terminal.
pub fn empty_grid() -> Grid {
    let mut grid = Grid::new();
    grid.load_style(UTF8_FULL_CONDENSED);
    // A terminal that doesn't tell its width is not one of width 0.
    if grid.width().is_some_and(|width| width > 0) {
        grid.set_content_arrangement(ContentArrangement::Dynamic);
    }
    grid
}

impl Form for Table {
    fn wanted(&self) -> Outputs {
        self.select.wanted()
    }

    fn member(&mut self, member: &Member<'_>, _: &mut dyn Out) -> io::Result<()> {
        self.members += 1;
        if self.members <= Self::SHOWN {
            self.grid.add_row(self.select.cells(member, "; ").map(|cell| visible(&cell)));
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        writeln!(out, "{}", self.grid)?;
        match self.members.checked_sub(Self::SHOWN) {
            Some(more @ 1..) => writeln!(out, "… and {more} more; --format csv lists all"),
            _ => Ok(()),
        }
    }
}
