//! `csv`: the selected columns, several values joined by `;`.

use super::{Form, Member, Out, Select};
use crate::engine::Outputs;
use std::io::{self, Write};

/// Comma-separated values with a header.
#[derive(Debug)]
pub struct Csv {
    select: Select,
    bom: bool,
    begun: bool,
}

impl Csv {
    /// A list of these columns; with `bom`, a byte order mark stands before the header.
    pub fn new(select: Select, bom: bool) -> Self {
        Self { select, bom, begun: false }
    }

    fn begin(&mut self, out: &mut dyn Out) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        header(out, self.bom, self.select.titles())
    }
}

impl Form for Csv {
    fn wanted(&self) -> Outputs {
        self.select.wanted()
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        self.begin(out)?;
        let cells: Vec<_> = self.select.cells(member, ";").collect();
        record(out, cells.iter().map(AsRef::as_ref))
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        self.begin(out)?;
        self.begun = false;
        Ok(())
    }
}

/// By this spreadsheets tell UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes the header, behind a byte order mark where it is asked for.
pub(super) fn header<'a>(
    out: &mut dyn Write,
    bom: bool,
    titles: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    if bom {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    record(out, titles)
}

/// Writes one CSV record.
pub(super) fn record<'a>(
    out: &mut dyn Write,
    cells: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    // What is behind `out` gathers records; here only the cells of one are.
    let mut writer = ::csv::WriterBuilder::new().buffer_capacity(512).from_writer(out);
    writer.write_record(cells).map_err(io::Error::other)?;
    writer.flush()
}
