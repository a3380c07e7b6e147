//! `ids`: one key a line: the contact id, else the e-mail address, as they stand in the dump.

use super::{Form, Member, Out};
use crate::contact::{Column, ContactField};
use crate::engine::Outputs;
use std::io;

/// One key a line.
#[derive(Debug, Default)]
pub struct Ids;

impl Form for Ids {
    fn wanted(&self) -> Outputs {
        let columns = [ContactField::ContactId, ContactField::Email].map(Column::Contact);
        Outputs { columns: columns.to_vec(), ..Outputs::default() }
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        writeln!(out, "{}", member.first(0).or(member.first(1)).unwrap_or(""))
    }

    fn finish(&mut self, _: &mut dyn Out) -> io::Result<()> {
        Ok(())
    }
}
