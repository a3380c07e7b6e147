//! `ids`: one key a line: the contact id, else the e-mail address, as they stand in the dump.

use super::{Form, Member};
use crate::contact::{Column, ContactField};
use crate::engine::Outputs;
use std::io::{self, Write};

/// One key a line.
#[derive(Debug, Default)]
pub struct Ids;

impl Form for Ids {
    fn wanted(&self) -> Outputs {
        let columns = [ContactField::ContactId, ContactField::Email].map(Column::Contact);
        Outputs { columns: columns.to_vec(), all_custom: false, required: false }
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", member.first(0).or(member.first(1)).unwrap_or(""))
    }

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
