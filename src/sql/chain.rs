//! A table read in several steps, each of which sees the columns of the one before: what is asked of a
//! column (its text, the parts of a time in it, the instant) is added at the step where it can be
//! made, and steps in which nothing is made aren't written.
//!
//! Rows may lie in several tables. They are then laid together in a part of its own, before the first step.

use super::Spelling;
use std::fmt::Write as _;

/// The steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Columns of the table, as text.
    Read,
    /// What patterns find in them.
    Matched,
    /// The numbers in that.
    Parts,
    /// Clocks as they were written.
    Wall,
    /// Instants that a clock in the zone might mean.
    Guess,
    /// Instants.
    At,
}

impl Step {
    const ALL: [Self; 6] =
        [Self::Read, Self::Matched, Self::Parts, Self::Wall, Self::Guess, Self::At];

    fn suffix(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Matched => "matched",
            Self::Parts => "parts",
            Self::Wall => "wall",
            Self::Guess => "guess",
            Self::At => "at",
        }
    }

    fn comment(self) -> &'static str {
        match self {
            Self::Read => "as stored, text where it is compared as text",
            Self::Matched => "numbers and times taken apart",
            Self::Parts => "their parts as numbers",
            Self::Wall => {
                "clocks as written and their distance from UTC, in microseconds since 1970"
            }
            Self::Guess => "the instants that a clock in the zone may mean",
            Self::At => "instants, in microseconds since 1970 in UTC",
        }
    }
}

/// A named part of a statement, before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called further on.
    pub name: String,
    /// What it is, in a line or several.
    pub comment: String,
    /// The `SELECT`.
    pub body: String,
}

/// The steps in which tables are read.
#[derive(Debug, Clone)]
pub struct Chain {
    name: &'static str,
    what: String,
    /// The tables, quoted.
    tables: Vec<String>,
    /// Columns of several tables laid together: what they are called then, and what they are in each.
    together: Vec<(String, Vec<String>)>,
    columns: Vec<(Step, String, String)>,
}

impl Chain {
    /// No columns yet of tables, of which the rows are read as `t`.
    pub fn new(name: &'static str, what: String, tables: Vec<String>) -> Self {
        Self { name, what, tables, together: Vec::new(), columns: Vec::new() }
    }

    /// A column as the steps see it: of one table what it is there, of several what they have together
    /// under this name. There is an expression for each table.
    pub fn column(&mut self, name: &str, in_each: Vec<String>) -> String {
        if let [only] = in_each.as_slice() {
            return only.clone();
        }
        if !self.together.iter().any(|(known, _)| known == name) {
            self.together.push((name.to_owned(), in_each));
        }
        format!("t.{name}")
    }

    /// Adds a column, once.
    pub fn add(&mut self, step: Step, name: &str, expression: String) {
        if !self.has(name) {
            self.columns.push((step, name.to_owned(), expression));
        }
    }

    /// Whether there is a column of this name.
    pub fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|(_, known, _)| known == name)
    }

    /// The steps that are needed; the last bears the name of the chain.
    pub fn parts(self, sql: &dyn Spelling) -> Vec<Part> {
        let used: Vec<Step> = Step::ALL
            .into_iter()
            .filter(|step| *step == Step::Read || self.columns.iter().any(|(at, ..)| at == step))
            .collect();
        let mut parts: Vec<Part> = self.laid_together().into_iter().collect();
        let from = parts.first().map(|together| &together.name).or(self.tables.first());
        let mut from = format!("{} AS t", from.map_or("", String::as_str));
        for (at, step) in used.iter().enumerate() {
            let last = at + 1 == used.len();
            let name = match last {
                true => self.name.to_owned(),
                false => format!("{}_{}", self.name, step.suffix()),
            };
            let mut items: Vec<String> = if at > 0 { vec!["t.*".to_owned()] } else { Vec::new() };
            let own = self.columns.iter().filter(|(of, ..)| of == step);
            items.extend(own.map(|(_, name, expression)| format!("{expression} AS {name}")));
            let mut body = String::from("SELECT");
            for (at, item) in items.iter().enumerate() {
                let comma = if at + 1 < items.len() { "," } else { "" };
                let _ = write!(body, "\n  {item}{comma}");
            }
            let _ = write!(body, "\nFROM {from}{}", sql.fence());
            let comment = match at {
                0 => format!("{}: {}", self.what, step.comment()),
                _ => step.comment().to_owned(),
            };
            from = format!("{name} AS t");
            parts.push(Part { name, comment, body });
        }
        parts
    }

    /// The part that lays several tables together.
    fn laid_together(&self) -> Option<Part> {
        if self.tables.len() < 2 {
            return None;
        }
        let selects = self.tables.iter().enumerate().map(|(at, table)| {
            let items = self.together.iter().filter_map(|(name, in_each)| {
                in_each.get(at).map(|expression| format!("\n  {expression} AS {name}"))
            });
            format!("SELECT{}\nFROM {table} AS t", items.collect::<Vec<_>>().join(","))
        });
        Some(Part {
            name: format!("{}_tables", self.name),
            comment: format!("{}: all tables", self.what),
            body: selects.collect::<Vec<_>>().join("\nUNION ALL\n"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::Engine;

    #[test]
    fn steps_without_columns_are_left_out() {
        let mut chain = Chain::new("x", "The rows".to_owned(), vec!["\"rows\"".to_owned()]);
        chain.add(Step::Wall, "b", "a + 1".to_owned());
        chain.add(Step::Read, "a", "t.\"A\"".to_owned());
        chain.add(Step::Read, "a", "never".to_owned());
        let parts = chain.parts(Engine::DuckDb.spelling());
        let shown: Vec<_> = parts.iter().map(|p| (p.name.as_str(), p.body.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("x_read", "SELECT\n  t.\"A\" AS a\nFROM \"rows\" AS t"),
                ("x", "SELECT\n  t.*,\n  a + 1 AS b\nFROM x_read AS t"),
            ]
        );
    }
    #[test]
    fn several_tables_are_laid_together() {
        let tables = ["a", "b"].map(str::to_owned).to_vec();
        let mut chain = Chain::new("x", "The rows".to_owned(), tables);
        let column = chain.column("at", ["t.done", "NULL"].map(str::to_owned).to_vec());
        chain.add(Step::Read, "done", column);
        let parts = chain.parts(Engine::DuckDb.spelling());
        assert_eq!(
            parts[0].body,
            "SELECT\n  t.done AS at\nFROM a AS t\nUNION ALL\nSELECT\n  NULL AS at\nFROM b AS t"
        );
        assert_eq!(parts[1].body, "SELECT\n  t.at AS done\nFROM x_tables AS t");
    }
}
