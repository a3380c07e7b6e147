//! A table read in several steps, each of which sees the columns of the one before: what is asked of a
//! column (its text, the parts of a time in it, the instant) is added at the step where it can be
//! made, and steps in which nothing is made aren't written.

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

/// The steps in which a table is read.
#[derive(Debug, Clone)]
pub struct Chain {
    name: &'static str,
    what: String,
    /// The table, quoted, and a condition on its rows.
    from: String,
    columns: Vec<(Step, String, String)>,
}

impl Chain {
    /// No columns yet of a table, of which the rows are read as `t`.
    pub fn new(name: &'static str, what: String, from: String) -> Self {
        Self { name, what, from, columns: Vec::new() }
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
    pub fn parts(self) -> Vec<Part> {
        let used: Vec<Step> = Step::ALL
            .into_iter()
            .filter(|step| *step == Step::Read || self.columns.iter().any(|(at, ..)| at == step))
            .collect();
        let mut parts = Vec::new();
        let mut from = format!("{} AS t", self.from);
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
            let _ = write!(body, "\nFROM {from}");
            let comment = match at {
                0 => format!("{}: {}", self.what, step.comment()),
                _ => step.comment().to_owned(),
            };
            from = format!("{name} AS t");
            parts.push(Part { name, comment, body });
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_without_columns_are_left_out() {
        let mut chain = Chain::new("x", "The rows".to_owned(), "\"rows\"".to_owned());
        chain.add(Step::Wall, "b", "a + 1".to_owned());
        chain.add(Step::Read, "a", "t.\"A\"".to_owned());
        chain.add(Step::Read, "a", "never".to_owned());
        let parts = chain.parts();
        let shown: Vec<_> = parts.iter().map(|p| (p.name.as_str(), p.body.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("x_read", "SELECT\n  t.\"A\" AS a\nFROM \"rows\" AS t"),
                ("x", "SELECT\n  t.*,\n  a + 1 AS b\nFROM x_read AS t"),
            ]
        );
    }
}
