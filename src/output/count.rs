//! `count`: how many members there are.

use super::{Form, Member, Out};
use crate::engine::Outputs;
use std::io;

/// The number of members.
#[derive(Debug, Default)]
pub struct Count {
    members: u64,
}

impl Form for Count {
    fn wanted(&self) -> Outputs {
        Outputs::default()
    }

    fn member(&mut self, _: &Member<'_>, _: &mut dyn Out) -> io::Result<()> {
        self.members += 1;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        writeln!(out, "{}", self.members)
    }
}
