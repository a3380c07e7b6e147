//! `csv`: the selected columns, several values joined by `;`.

use super::{Form, Member, Select};
use crate::engine::Outputs;
use std::io::{self, Write};

/// Comma-separated values with a header.
#[derive(Debug)]
pub struct Csv {
    select: Select,
    begun: bool,
}

impl Csv {
    /// A list of these columns.
    pub fn new(select: Select) -> Self {
        Self { select, begun: false }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        record(out, self.select.titles())
    }
}

impl Form for Csv {
    fn wanted(&self) -> Outputs {
        self.select.wanted()
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        let cells: Vec<String> =
            (0..self.select.columns.len()).map(|at| member.joined(at, ";")).collect();
        record(out, cells.iter().map(String::as_str))
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)
    }
}

/// Writes one CSV record.
pub(super) fn record<'a>(
    out: &mut dyn Write,
    cells: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().from_writer(out);
    writer.write_record(cells).map_err(io::Error::other)?;
    writer.flush()
}
