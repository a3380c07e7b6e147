//! `json` and `jsonl`: the selected columns as objects; columns that may hold several values are
//! arrays, a missing single value is `null`.

use super::{Form, Member, Out, Select};
use crate::engine::Outputs;
use serde_json::{Map, Value};
use std::io;

/// One object a line.
#[derive(Debug)]
pub struct JsonLines {
    select: Select,
}

/// One array of objects.
#[derive(Debug)]
pub struct Json {
    select: Select,
    members: u64,
}

impl JsonLines {
    /// A list of these columns.
    pub fn new(select: Select) -> Self {
        Self { select }
    }
}

impl Json {
    /// A list of these columns.
    pub fn new(select: Select) -> Self {
        Self { select, members: 0 }
    }
}

fn object(select: &Select, member: &Member<'_>) -> Value {
    let label = select.label(member).map(|label| (Select::SEGMENT.to_owned(), label.into()));
    let columns = select.columns.iter().enumerate();
    let members = columns.map(|(at, selected)| {
        let mut values = member.values(at);
        let value = match (selected.holds_several(), values.clone().count()) {
            // One value too many for a field that nobody knew to hold several is shown all the same.
            (true, _) | (false, 2..) => values.map(Value::from).collect(),
            _ => values.next().map_or(Value::Null, Value::from),
        };
        (selected.title.clone(), value)
    });
    Value::Object(label.into_iter().chain(members).collect::<Map<_, _>>())
}

impl Form for JsonLines {
    fn wanted(&self) -> Outputs {
        self.select.wanted()
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        writeln!(out, "{}", object(&self.select, member))
    }

    fn finish(&mut self, _: &mut dyn Out) -> io::Result<()> {
        Ok(())
    }
}

impl Form for Json {
    fn wanted(&self) -> Outputs {
        self.select.wanted()
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        let before = if self.members == 0 { "[\n  " } else { ",\n  " };
        self.members += 1;
        write!(out, "{before}{}", object(&self.select, member))
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        let members = std::mem::take(&mut self.members);
        out.write_all(if members == 0 { b"[]\n" } else { b"\n]\n" })
    }
}
