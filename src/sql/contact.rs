//! The contacts: which columns rules ask for, and the tests of a contact's own fields.

use super::chain::{Chain, Part, Step};
use super::names::{column_of, dotted};
use super::number;
use super::stamp;
use super::values::Values;
use super::{Engine, SqlError};
use crate::account::Account;
use crate::contact::{Column, ContactField};
use crate::criteria::{Calendar, Field, Membership, MembershipKind, Test};
use crate::database::{Kind, Schema, Stored};
use crate::engine::{MissingColumns, Options};
use crate::value::{DayOrder, Zone};

/// The contacts as a statement reads them; further on they are `c`.
pub struct ContactTable<'a> {
    engine: Engine,
    schema: &'a Schema,
    account: &'a Account,
    options: &'a Options,
    chain: Chain,
    /// Custom fields, in the order of their numbers.
    customs: Vec<Column>,
}

/// A column of the contacts that is there.
struct Found {
    /// What it is called within the statement.
    name: String,
    /// The column of the table.
    column: String,
    kind: Kind,
}

impl<'a> ContactTable<'a> {
    /// No columns yet.
    ///
    /// # Errors
    ///
    /// The name of the table can't be written.
    pub fn new(
        engine: Engine,
        schema: &'a Schema,
        account: &'a Account,
        options: &'a Options,
    ) -> Result<Self, SqlError> {
        let tables: Result<_, _> =
            schema.contacts.iter().map(|table| dotted(table, engine)).collect();
        let chain = Chain::new("contact", "The contacts".to_owned(), tables?);
        Ok(Self { engine, schema, account, options, chain, customs: Vec::new() })
    }

    /// The steps in which they are read.
    pub fn parts(self) -> Vec<Part> {
        self.chain.parts(self.engine.spelling())
    }

    /// Adds a column of the list of members as it is stored, under this name.
    ///
    /// # Errors
    ///
    /// Its name can't be written.
    pub fn output(&mut self, stored: &Stored, name: &str) -> Result<(), SqlError> {
        let column = self.read(stored)?;
        self.chain.add(Step::Read, name, column);
        Ok(())
    }

    /// Adds `person`, by which activities find their contacts.
    ///
    /// # Errors
    ///
    /// The column's name can't be written.
    pub fn person(&mut self, stored: &Stored) -> Result<(), SqlError> {
        let sql = self.engine.spelling();
        let text = sql.as_text(&self.read(stored)?);
        let folded = sql.lower(&sql.trim(&text));
        self.chain.add(Step::Read, "person", format!("NULLIF({folded}, '')"));
        Ok(())
    }

    /// Whether the mapping says that there is such a column; without a word of it there is.
    pub fn has(&self, field: ContactField) -> bool {
        self.schema.contact(&Column::Contact(field)).is_some()
    }

    /// Whether a test of the contact's own fields passes: true or false. What depends on as-of asks for
    /// the [instant](ContactTable::instant) instead.
    ///
    /// # Errors
    ///
    /// The column isn't there, holds several values where one is compared, or something can't be
    /// written.
    pub fn test(&mut self, test: &Test, asked_by: &str) -> Result<String, SqlError> {
        let values = Values(self.engine);
        match test {
            Test::Text(field, op, operand, case) => {
                let found = self.field(field, asked_by)?;
                self.some_value(found, field, |v| values.text_test(*op, operand, *case, v))
            }
            Test::Blank(field) => {
                let found = self.field(field, asked_by)?;
                let sql = self.engine.spelling();
                let some =
                    self.some_value(found, field, |v| Ok(format!("{} <> ''", sql.trim(v))))?;
                Ok(format!("NOT {some}"))
            }
            Test::Member(kind, membership) => self.member(*kind, membership, asked_by),
            _ => self.compared(test, asked_by),
        }
    }

    /// Tests of what a value stands for.
    fn compared(&mut self, test: &Test, asked_by: &str) -> Result<String, SqlError> {
        let sql = self.engine.spelling();
        let Some(field) = test.field() else { return Ok("FALSE".to_owned()) };
        let Some(found) = self.field(field, asked_by)? else { return Ok("FALSE".to_owned()) };
        if matches!(found.kind, Kind::Several | Kind::List) {
            return Err(SqlError::SeveralCompared(given_as(field)));
        }
        let Found { name, column, kind } = found;
        let shown = format!("c.{name}");
        Ok(match test {
            Test::Number(_, comparison) => {
                number::add(&mut self.chain, sql, &name, &sql.as_text(&column));
                number::test(comparison, sql, &shown)
            }
            Test::Date(_, comparison, stored) => {
                let zone = match stored.calendar {
                    Calendar::Run => self.options.zone,
                    Calendar::Fixed(seconds) => Zone::Fixed(seconds),
                };
                let name = ordered(&name, stored.order);
                stamp::add_wall(&mut self.chain, sql, &name, (&column, kind), stored.order);
                stamp::date_test(comparison, sql, &format!("c.{name}"), zone)
            }
            Test::MonthDay(_, comparison, order) => {
                let name = ordered(&name, *order);
                stamp::add_day_of_year(&mut self.chain, sql, &name, (&column, kind), *order);
                stamp::day_of_year_test(comparison, &format!("c.{name}"))
            }
            _ => "FALSE".to_owned(),
        })
    }

    /// The instant of a field of times, to be compared: null where there is none; `None` where there is
    /// no such column.
    ///
    /// # Errors
    ///
    /// As for [`ContactTable::test`].
    pub fn instant(&mut self, field: &Field, asked_by: &str) -> Result<Option<String>, SqlError> {
        let Some(found) = self.field(field, asked_by)? else { return Ok(None) };
        if matches!(found.kind, Kind::Several | Kind::List) {
            return Err(SqlError::SeveralCompared(given_as(field)));
        }
        let Found { name, column, kind } = found;
        let sql = self.engine.spelling();
        stamp::add_at(&mut self.chain, sql, &name, (&column, kind), self.options.zone);
        Ok(Some(format!("c.{name}_at")))
    }

    /// Whether some value of a canonical field passes a test; `None` where there is no such column.
    ///
    /// # Errors
    ///
    /// Something can't be written.
    pub fn some_of(
        &mut self,
        field: ContactField,
        test: impl FnOnce(&str) -> Result<String, SqlError>,
    ) -> Result<Option<String>, SqlError> {
        let column = Column::Contact(field);
        let Some((stored, kind)) = self.schema.contact(&column) else { return Ok(None) };
        let found = self.found(&column, &stored, kind)?;
        self.some_value(Some(found), &Field::Contact(field), test).map(Some)
    }

    fn member(
        &mut self,
        kind: MembershipKind,
        membership: &Membership,
        asked_by: &str,
    ) -> Result<String, SqlError> {
        let values = Values(self.engine);
        let (field, names) = match kind {
            MembershipKind::List => (ContactField::Lists, self.account.list_names()),
            MembershipKind::Tag => (ContactField::Tags, self.account.tag_names()),
        };
        let named = kind == MembershipKind::Tag && matches!(membership, Membership::Name(..));
        let found = match self.schema.tag_names().filter(|_| named) {
            Some((stored, kind)) => {
                let column = self.read(&stored)?;
                Some(Found { name: "v_tag_names".to_owned(), column, kind })
            }
            None => self.field(&Field::Contact(field), asked_by)?,
        };
        self.some_value(found, &Field::Contact(field), |v| values.member_test(membership, names, v))
    }

    /// Whether some value passes; nothing is one of no column.
    fn some_value(
        &mut self,
        found: Option<Found>,
        field: &Field,
        test: impl FnOnce(&str) -> Result<String, SqlError>,
    ) -> Result<String, SqlError> {
        let Some(Found { name, column, kind }) = found else { return Ok("FALSE".to_owned()) };
        let sql = self.engine.spelling();
        let text = format!("NULLIF({}, '')", sql.as_text(&column));
        match kind {
            Kind::Several | Kind::List => {
                let list = match kind {
                    Kind::List => sql.as_texts(&column),
                    _ => sql.split(&sql.as_text(&column)),
                };
                self.chain.add(Step::Read, &name, list);
                Ok(sql.any_value(&format!("c.{name}"), &test("v")?))
            }
            Kind::Text | Kind::Instant | Kind::Wall if *field == Field::EmailDomain => {
                let name = format!("{name}_domain");
                // An address without the sign has no domain.
                let domain = format!(
                    "CASE WHEN {} THEN {} END",
                    sql.contains(&text, "'@'"),
                    sql.extract(&text, "[^@]*$")
                );
                self.chain.add(Step::Read, &name, domain);
                Ok(format!("COALESCE({}, FALSE)", test(&format!("c.{name}"))?))
            }
            Kind::Text | Kind::Instant | Kind::Wall => {
                self.chain.add(Step::Read, &name, text);
                Ok(format!("COALESCE({}, FALSE)", test(&format!("c.{name}"))?))
            }
        }
    }

    /// The column of a field. Of the two dates of subscription, the one that the contacts have; `None`
    /// where a column that isn't there counts as missing in every row.
    fn field(&mut self, field: &Field, asked_by: &str) -> Result<Option<Found>, SqlError> {
        let column = match field {
            Field::Contact(field) => Column::Contact(*field),
            Field::Custom(custom) => Column::Custom(custom.clone()),
            Field::EmailDomain => Column::Contact(ContactField::Email),
            Field::Subscribed => Column::Contact(match self.has(ContactField::DateAdded) {
                false if self.has(ContactField::DateUpdated) => ContactField::DateUpdated,
                _ => ContactField::DateAdded,
            }),
        };
        match self.schema.contact(&column) {
            Some((stored, kind)) => self.found(&column, &stored, kind).map(Some),
            None if self.options.missing_columns == MissingColumns::Blank => Ok(None),
            None => {
                let (asked_by, column) = (asked_by.to_owned(), column.to_string());
                Err(SqlError::MissingColumn { asked_by, column })
            }
        }
    }

    fn found(&mut self, column: &Column, stored: &Stored, kind: Kind) -> Result<Found, SqlError> {
        let name = match column {
            Column::Contact(field) => format!("v_{}", field.name()),
            Column::Custom(_) => {
                let known = self.customs.iter().position(|known| known == column);
                let at = known.unwrap_or_else(|| {
                    self.customs.push(column.clone());
                    self.customs.len() - 1
                });
                format!("v_custom_{}", at + 1)
            }
        };
        Ok(Found { name, column: self.read(stored)?, kind })
    }

    /// A column of the tables, which all have it.
    fn read(&mut self, stored: &Stored) -> Result<String, SqlError> {
        let column = column_of(stored, self.engine)?;
        let name = self.engine.spelling().identifier(&stored.name);
        Ok(self.chain.column(&name, vec![column; self.schema.contacts.len()]))
    }
}

/// What a column is called where it is read with the day before the month.
fn ordered(name: &str, order: DayOrder) -> String {
    match order {
        DayOrder::MonthFirst => name.to_owned(),
        DayOrder::DayFirst => format!("{name}_day_first"),
    }
}

/// What a field is called in `--column`.
fn given_as(field: &Field) -> String {
    match field {
        Field::Contact(field) => field.name().to_owned(),
        Field::Custom(custom) => format!("cf:{}", custom.name()),
        Field::Subscribed => ContactField::DateAdded.name().to_owned(),
        Field::EmailDomain => ContactField::Email.name().to_owned(),
    }
}
