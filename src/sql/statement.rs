//! The statement as a whole.

use super::activity::{self, Wanted};
use super::asked::Asked;
use super::campaigns;
use super::chain::Part;
use super::condition::Conditions;
use super::contact::ContactTable;
use super::engagement::Questions;
use super::moment::{Clock, Moment};
use super::place;
use super::quote::{check_name, comment};
use super::values::Values;
use super::{Engine, Spelling, SqlError};
use crate::account::Account;
use crate::contact::{Column, ContactField};
use crate::database::{Kind, Schema, Stored};
use crate::engine::Options;
use crate::output::{Select, Selected};
use std::fmt::Write as _;

/// What a statement is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The engine.
    pub engine: Engine,
    /// The tables.
    pub schema: &'a Schema,
    /// What is known of the account: names of lists and tags, and campaigns where no table has them.
    pub account: &'a Account,
    /// The switches.
    pub options: &'a Options,
    /// As-of.
    pub moment: Moment,
    /// The columns of the members that are wanted; where there are none, `contact_id` and `email`, as
    /// far as the contacts have them.
    pub select: &'a [Selected],
}

/// A statement, and the columns that it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// The query, without a mark at its end.
    pub query: String,
    /// What its columns are called.
    pub columns: Vec<String>,
}

/// The column of the segments, where there are several.
const SEGMENT: &str = Select::SEGMENT;

/// The statement that selects the members of segments. Of several, a first column `segment` says which
/// one a row is of.
///
/// # Errors
///
/// A rule can't be said over these tables, or something can't be written for the engine.
pub fn compile(asked: &[Asked<'_>], request: &Request<'_>) -> Result<Compiled, SqlError> {
    let Request { engine, schema, account, options, moment, select } = *request;
    let clock = Clock::new(moment, options, engine);
    let contacts = ContactTable::new(engine, schema, account, options)?;
    let mut conditions = Conditions {
        engine,
        schema,
        options,
        clock: &clock,
        contacts,
        questions: Questions::new(engine),
        places: false,
    };
    let outputs = outputs(&mut conditions.contacts, schema, select, engine)?;
    let tests: Result<Vec<String>, _> = asked.iter().map(|one| conditions.members(one)).collect();
    let tests = tests?;
    let by_activity = !conditions.questions.is_empty() || conditions.places;
    let mut parts = Vec::new();
    let mut further = Vec::new();
    let sql = engine.spelling();
    let mut from = format!("{} AS c", sql.settled("contact"));
    if by_activity {
        let (mine, key) = keys(schema)?;
        conditions.contacts.person(&mine)?;
        let facts = &mut conditions.questions.facts;
        if !conditions.questions.sets.is_empty() {
            facts.add_times();
        }
        let wanted = Wanted {
            links: facts.want_links(),
            stages: facts.want_stages(),
            places: conditions.places,
        };
        further.extend(activity::parts(engine, schema, options.zone, key, wanted)?);
    }
    if !conditions.questions.is_empty() {
        further.push(touched(&conditions.questions, &clock, sql));
        let sets = &conditions.questions.sets;
        if !sets.is_empty() {
            further.extend(campaigns::parts(engine, schema, account, options.zone, sets)?);
        }
        further.push(engaged(&conditions.questions, sql));
        from.push_str("\nLEFT JOIN engaged AS e ON e.person = c.person");
    }
    if conditions.places {
        further.push(place::latest(engine, schema, &clock.as_of()));
        from.push_str("\nLEFT JOIN latest_place AS p ON p.person = c.person");
    }
    parts.extend(conditions.contacts.parts());
    parts.extend(further);
    let head = heading(asked, request);
    let end = ending(asked, &tests, &outputs, &from, engine, &mut parts)?;
    let query = format!("{head}{}{end}", written(&parts));
    let several = (asked.len() > 1).then(|| SEGMENT.to_owned());
    let columns = several.into_iter().chain(outputs.into_iter().map(|output| output.title));
    Ok(Compiled { query, columns: columns.collect() })
}

/// A column of the list of members.
struct Shown {
    /// What it is called within the statement.
    within: String,
    /// What it is called in the list.
    title: String,
    /// The same, quoted.
    quoted: String,
}

/// The columns of the list of members.
fn outputs(
    contacts: &mut ContactTable<'_>,
    schema: &Schema,
    select: &[Selected],
    engine: Engine,
) -> Result<Vec<Shown>, SqlError> {
    let usual = [ContactField::ContactId, ContactField::Email].map(Selected::canonical);
    let wanted = if select.is_empty() { &usual[..] } else { select };
    let mut outputs = Vec::new();
    for Selected { title: name, column } in wanted {
        let Some((stored, _)) = schema.contact(column) else {
            if select.is_empty() {
                continue;
            }
            let (asked_by, column) = ("--select".to_owned(), name.clone());
            return Err(SqlError::MissingColumn { asked_by, column });
        };
        check_name(name, "the name of a column", engine)?;
        let within = format!("out_{}", outputs.len() + 1);
        contacts.output(&stored, &within)?;
        let (title, quoted) = (name.clone(), engine.spelling().identifier(name));
        outputs.push(Shown { within, title, quoted });
    }
    if outputs.is_empty() {
        return Err(SqlError::NothingToSelect);
    }
    Ok(outputs)
}

/// What activities find their contacts by: the column of the contacts, and the field. It is the
/// contact id where all tables have it, else the address.
fn keys(schema: &Schema) -> Result<(Stored, &'static str), SqlError> {
    let both = |field: ContactField| {
        let (mine, kind) = schema.contact(&Column::Contact(field))?;
        let theirs = |table| schema.activity(table, field.name()).is_some();
        schema.activities.iter().all(theirs).then_some((field, mine, kind))
    };
    let found = both(ContactField::ContactId).or_else(|| both(ContactField::Email));
    match found.ok_or(SqlError::NoKey)? {
        (field, _, Kind::Several | Kind::List) => Err(SqlError::SeveralKeys(field.name())),
        (field, mine, _) => Ok((mine, field.name())),
    }
}

fn touched(questions: &Questions, clock: &Clock, sql: &dyn Spelling) -> Part {
    let mut body = "SELECT\n  person,\n  campaign".to_owned();
    for (expression, name) in questions.facts.columns() {
        let _ = write!(body, ",\n  {expression} AS {name}");
    }
    let _ = write!(body, "\nFROM activity\nWHERE {}", activity::counting(&clock.as_of()));
    if let Some(ids) = questions.campaigns() {
        let _ = write!(body, "\n  AND campaign IN ({})", ids.join(", "));
    }
    let _ = write!(body, "\nGROUP BY person, campaign{}", sql.kept_by("person"));
    let comment = "what a contact ever did in a campaign".to_owned();
    Part { name: "touched".to_owned(), comment, body }
}

fn engaged(questions: &Questions, sql: &dyn Spelling) -> Part {
    let sets = !questions.sets.is_empty();
    let hint = if sets { sql.few("s") } else { String::new() };
    let mut body = format!("SELECT{hint}\n  d.person");
    for (expression, name) in questions.columns() {
        let _ = write!(body, ",\n  {expression} AS {name}");
    }
    body.push_str("\nFROM touched AS d");
    if sets {
        body.push_str("\nLEFT JOIN campaign_set AS s ON s.campaign = d.campaign");
    }
    body.push_str("\nGROUP BY d.person");
    let comment = "what a contact did in the campaigns that rules ask about".to_owned();
    Part { name: "engaged".to_owned(), comment, body }
}

fn heading(asked: &[Asked<'_>], request: &Request<'_>) -> String {
    let mut head = String::new();
    for one in asked {
        let _ = writeln!(head, "-- The members of \"{}\"", comment(one.label));
    }
    let Request { engine, options, moment, .. } = request;
    let as_of = match moment {
        Moment::Fixed => options.as_of.to_string(),
        Moment::Now => "the time at which it runs".to_owned(),
    };
    let zone = options.zone;
    let _ = writeln!(head, "-- as of {as_of}; times without a zone are of {zone}; for {engine}.");
    head
}

fn written(parts: &[Part]) -> String {
    let mut text = "WITH\n".to_owned();
    for (at, Part { name, comment, body }) in parts.iter().enumerate() {
        let comma = if at + 1 < parts.len() { "," } else { "" };
        // Nothing is indented here: a line may be one of a text.
        let _ = write!(text, "-- {comment}\n{name} AS (\n{body}\n){comma}\n");
    }
    text
}

/// What follows the parts; of several segments, with one more part that holds all answers.
fn ending(
    asked: &[Asked<'_>],
    tests: &[String],
    outputs: &[Shown],
    from: &str,
    engine: Engine,
    parts: &mut Vec<Part>,
) -> Result<String, SqlError> {
    if let [test] = tests {
        let items =
            outputs.iter().map(|Shown { within, quoted, .. }| format!("  c.{within} AS {quoted}"));
        let items: Vec<String> = items.collect();
        return Ok(format!("SELECT\n{}\nFROM {from}\nWHERE\n{test}\n", items.join(",\n")));
    }
    let mut body = "SELECT".to_owned();
    for Shown { within, .. } in outputs {
        let _ = write!(body, "\n  c.{within},");
    }
    for (at, test) in tests.iter().enumerate() {
        let comma = if at + 1 < tests.len() { "," } else { "" };
        let _ = write!(body, "\n  (\n{test}\n  ) AS member_{}{comma}", at + 1);
    }
    let _ = write!(body, "\nFROM {from}");
    let comment = "each contact, and which segments it is a member of".to_owned();
    parts.push(Part { name: "answered".to_owned(), comment, body });
    let (mut labels, mut cases) = (Vec::new(), String::new());
    for (one, number) in asked.iter().zip(1..) {
        let label = Values(engine).literal(one.label)?;
        labels.push(match number {
            1 => format!("SELECT 1 AS segment_number, {label} AS segment_label"),
            _ => format!("UNION ALL SELECT {number}, {label}"),
        });
        let _ = write!(cases, "\n  WHEN {number} THEN a.member_{number}");
    }
    let comment = "the segments".to_owned();
    parts.push(Part { name: "segments".to_owned(), comment, body: labels.join("\n") });
    let items =
        outputs.iter().map(|Shown { within, quoted, .. }| format!(",\n  a.{within} AS {quoted}"));
    let items: String = items.collect();
    let segment = engine.spelling().identifier(SEGMENT);
    // Each segment by a `SELECT` of its own would have some engines answer them all again for each.
    Ok(format!(
        "SELECT\n  s.segment_label AS {segment}{items}\nFROM answered AS a\nCROSS JOIN segments AS s\nWHERE CASE s.segment_number{cases}\nEND\n"
    ))
}
