//! Tables of answers: with lines on a terminal, plain and aligned elsewhere.

use crate::output::empty_grid;
use crate::output::shown::visible;
use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, Table};
use std::io::{self, Write};

/// Writes a table; of the columns, those from the `words`th on hold numbers. In plain text it stands
/// `indent` characters from the margin.
pub(super) fn write_grid(
    titles: &[String],
    rows: &[Vec<String>],
    is_number: impl Fn(usize) -> bool,
    (drawn, indent): (bool, usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut grid = if drawn { empty_grid() } else { Table::new() };
    if !drawn {
        grid.load_style(NOTHING);
    }
    let cell = |(at, text): (usize, &String)| {
        let side = if is_number(at) { CellAlignment::Right } else { CellAlignment::Left };
        Cell::new(visible(text)).set_alignment(side)
    };
    grid.set_header(titles.iter().enumerate().map(cell));
    for row in rows {
        grid.add_row(row.iter().enumerate().map(cell));
    }
    if drawn {
        return writeln!(out, "{grid}");
    }
    // The table sets a blank before its first column.
    let margin = " ".repeat(indent.saturating_sub(1));
    grid.to_string().lines().try_for_each(|line| writeln!(out, "{margin}{}", line.trim_end()))
}
