//! And, or, not over tests, laid out as a tree; and who is looked at in the first place.

use super::asked::Asked;
use super::contact::ContactTable;
use super::engagement::Questions;
use super::moment::Clock;
use super::place;
use super::quote::comment;
use super::{Engine, SqlError};
use crate::contact::ContactField;
use crate::criteria::{Expr, Field, RuleId, Test};
use crate::database::Schema;
use crate::engine::looked_at::limits;
use crate::engine::{MissingColumns, Options};
use crate::logic::Limit;

/// Writes conditions, and notes what they need of each table.
pub struct Conditions<'a> {
    /// The engine.
    pub engine: Engine,
    /// The tables.
    pub schema: &'a Schema,
    /// The switches.
    pub options: &'a Options,
    /// As-of.
    pub clock: &'a Clock,
    /// The contacts.
    pub contacts: ContactTable<'a>,
    /// What is asked about activity.
    pub questions: Questions,
    /// Whether places of activities are asked for.
    pub places: bool,
}

impl Conditions<'_> {
    /// Who is a member: those looked at for whom the rules hold. Lines, indented by two blanks.
    ///
    /// # Errors
    ///
    /// A rule can't be written.
    pub fn members(&mut self, asked: &Asked<'_>) -> Result<String, SqlError> {
        let mut lines = Vec::new();
        for (why, test) in self.looked_at(asked)? {
            lines.push(format!("  -- {why}\n  {test}"));
        }
        lines.push(self.expr(&asked.segment.expr, 1)?);
        Ok(lines.join("\n  AND\n"))
    }

    /// Who is looked at, and why.
    fn looked_at(&mut self, asked: &Asked<'_>) -> Result<Vec<(String, String)>, SqlError> {
        let limits =
            limits(&asked.segment.scope, self.options, |field| Some(self.contacts.has(field)));
        let mut tests = Vec::new();
        for Limit { test, .. } in limits {
            let asked_by = match &test {
                Test::Member(..) => "--list",
                _ => "--status",
            };
            let condition = self.contacts.test(&test, asked_by)?;
            tests.push((
                format!("only contacts for whom {}", comment(&test.to_string())),
                condition,
            ));
        }
        if self.contacts.has(ContactField::DateAdded) {
            let field = Field::Contact(ContactField::DateAdded);
            if let Some(added) = self.contacts.instant(&field, "as-of")? {
                let test = format!("({added} IS NULL OR {added} <= {})", self.clock.as_of());
                tests.push(("no contacts added after as-of".to_owned(), test));
            }
        }
        Ok(tests)
    }

    fn expr(&mut self, expr: &Expr, depth: usize) -> Result<String, SqlError> {
        let indent = "  ".repeat(depth);
        match expr {
            Expr::All(parts) => self.joined(parts, ("AND", "TRUE", "everyone"), depth),
            Expr::Any(parts) => self.joined(parts, ("OR", "FALSE", "nobody"), depth),
            Expr::Not(part) => {
                let inner = self.expr(part, depth + 1)?;
                Ok(format!("{indent}NOT (\n{inner}\n{indent})"))
            }
            Expr::Test(rule, test) => {
                let condition = self.test(*rule, test)?;
                let said = comment(&test.to_string());
                Ok(format!("{indent}-- rule {}: {said}\n{indent}{condition}", rule.0 + 1))
            }
        }
    }

    fn joined(
        &mut self,
        parts: &[Expr],
        (word, none, who): (&str, &str, &str),
        depth: usize,
    ) -> Result<String, SqlError> {
        let indent = "  ".repeat(depth);
        match parts {
            [] => Ok(format!("{indent}{none} -- {who}")),
            [only] => self.expr(only, depth),
            parts => {
                let parts: Result<Vec<_>, _> =
                    parts.iter().map(|part| self.expr(part, depth + 1)).collect();
                let joined = parts?.join(&format!("\n{indent}  {word}\n"));
                Ok(format!("{indent}(\n{joined}\n{indent})"))
            }
        }
    }

    /// A test: true or false, never null.
    fn test(&mut self, rule: RuleId, test: &Test) -> Result<String, SqlError> {
        let asked_by = format!("rule {}", rule.0 + 1);
        match test {
            Test::Engaged(engagement) => self.questions.test(engagement, self.clock, self.options),
            Test::Location(place) => {
                let (engine, schema) = (self.engine, self.schema);
                let refuse = self.options.missing_columns == MissingColumns::Refuse;
                let by_activity = self.places_of_activities();
                let own = [
                    ContactField::Country,
                    ContactField::CountryCode,
                    ContactField::State,
                    ContactField::City,
                ];
                if refuse && !by_activity && !own.iter().any(|field| self.contacts.has(*field)) {
                    let column = ContactField::Country.name().to_owned();
                    return Err(SqlError::MissingColumn { asked_by, column });
                }
                self.places |= by_activity;
                place::test(&mut self.contacts, engine, schema, place, by_activity)
            }
            Test::Within(field, window) => {
                let (from, to) = self.clock.bounds(window);
                let instant = self.contacts.instant(field, &asked_by)?;
                Ok(match instant {
                    Some(at) => format!("COALESCE({at} BETWEEN {from} AND {to}, FALSE)"),
                    None => "FALSE".to_owned(),
                })
            }
            own => self.contacts.test(own, &asked_by),
        }
    }

    /// Whether activities can say where contacts are.
    fn places_of_activities(&self) -> bool {
        !super::activity::places(self.schema).is_empty()
    }
}
