//! The activities as a statement reads them: of whom, in which campaign, what, when.
//!
//! What a row is called is the business of `docs/data.md`, "Kinds": the same words are known here as in
//! dumps.

use super::chain::{Chain, Part, Step};
use super::names::{column_of, dotted};
use super::stamp;
use super::values::Values;
use super::{Engine, SqlError};
use crate::contact::{ActivityKind, SendStage};
use crate::database::{ActivityTable, Kind, Schema, Stored};
use crate::dump::type_words;
use crate::value::Zone;

/// The column of the instant of an activity.
pub const AT: &str = "done_at";

/// The part that others read.
const NAME: &str = "activity";
/// The same before it is [kept](crate::sql::Spelling::kept).
const MADE: &str = "activity_made";

/// The columns of places.
pub const PLACE: [&str; 4] = ["country", "country_code", "region", "city"];

/// What of the activities is wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// The links that were clicked.
    pub links: bool,
    /// How far sendings got.
    pub stages: bool,
    /// Where the contact was.
    pub places: bool,
}

/// The word for a stage within a statement.
pub fn stage_name(stage: SendStage) -> &'static str {
    match stage {
        SendStage::Requested => "requested",
        SendStage::Sent => "sent",
        SendStage::Delivered => "delivered",
    }
}

/// The steps in which activities are read; `key` is the field by which they find their contacts.
///
/// # Errors
///
/// A column that is wanted isn't there, or its name can't be written.
pub fn parts(
    engine: Engine,
    schema: &Schema,
    zone: Zone,
    key: &'static str,
    wanted: Wanted,
) -> Result<Vec<Part>, SqlError> {
    let sql = engine.spelling();
    let mut rows = Rows::new(engine, schema)?;
    let folded = |text: &str| sql.lower(&sql.trim(text));
    let person = rows.needed(key)?;
    rows.chain.add(Step::Read, "person", format!("NULLIF({}, '')", folded(&person)));
    let campaign = folded(&rows.needed("campaign_id")?);
    rows.chain.add(Step::Read, "campaign", format!("NULLIF({campaign}, '')"));
    let word = rows.word()?;
    rows.chain.add(Step::Read, "word", folded(&word));
    if let Some(code) = rows.optional("bounce_code")? {
        rows.chain.add(Step::Read, "bounce_code", folded(&code));
    }
    let auto_reply = rows.chain.has("bounce_code").then_some("COALESCE(bounce_code = 'v', FALSE)");
    add_kind(&mut rows.chain, engine, auto_reply)?;
    if wanted.stages {
        add_stage(&mut rows.chain, engine, auto_reply)?;
    }
    match rows.time("at")? {
        Some((at, kind)) => stamp::add_at(&mut rows.chain, sql, "done", (&at, kind), zone),
        None => rows.chain.add(Step::Read, AT, sql.integer("NULL")),
    }
    if wanted.links {
        let url = rows.needed("url")?;
        rows.chain.add(Step::Read, "url", url);
    }
    for field in PLACE.into_iter().filter(|_| wanted.places) {
        if let Some(column) = rows.optional(field)? {
            rows.chain.add(Step::Read, field, format!("NULLIF({column}, '')"));
        }
    }
    let chain = rows.chain;
    let besides = ["stage", "url"].into_iter().chain(PLACE).filter(|column| chain.has(column));
    let columns: Vec<&str> =
        ["person", "campaign", "kind", AT].into_iter().chain(besides).collect();
    let mut parts = chain.parts(sql);
    if let Some(body) = sql.kept(MADE, &columns, "person") {
        parts
            .iter_mut()
            .filter(|part| part.name == NAME)
            .for_each(|part| MADE.clone_into(&mut part.name));
        let comment = "the same, once for all that read them, put together by contact".to_owned();
        parts.push(Part { name: NAME.to_owned(), comment, body });
    }
    Ok(parts)
}

/// The rows of all tables of activities.
struct Rows<'a> {
    engine: Engine,
    schema: &'a Schema,
    tables: Vec<&'a ActivityTable>,
    chain: Chain,
}

impl<'a> Rows<'a> {
    fn new(engine: Engine, schema: &'a Schema) -> Result<Self, SqlError> {
        let mut tables: Vec<&ActivityTable> = schema.activities.iter().collect();
        // Where rows of several tables are laid together, those of the first tell the type of a column.
        tables.sort_by_key(|table| schema.activity(table, "at").is_none());
        let names: Result<Vec<_>, _> =
            tables.iter().map(|table| dotted(&table.name, engine)).collect();
        let chain = Chain::new(NAME, "The activities".to_owned(), names?);
        Ok(Self { engine, schema, tables, chain })
    }

    /// The column of a field in each table, and what they hold.
    fn in_each(&self, field: &'static str) -> Result<Vec<Option<(String, Kind)>>, SqlError> {
        let stored = self.tables.iter().map(|table| self.schema.activity(table, field));
        let column = |stored: Stored| {
            Ok((column_of(&stored, self.engine)?, stored.kind.unwrap_or(Kind::Text)))
        };
        stored.map(|stored| stored.map(column).transpose()).collect()
    }

    /// A field as text; `None` where no table has it.
    fn optional(&mut self, field: &'static str) -> Result<Option<String>, SqlError> {
        let sql = self.engine.spelling();
        let in_each = self.in_each(field)?;
        if in_each.iter().all(Option::is_none) {
            return Ok(None);
        }
        let text = |column: Option<(String, Kind)>| match column {
            Some((column, _)) => sql.as_text(&column),
            None => sql.as_text("NULL"),
        };
        Ok(Some(self.chain.column(&stored_as(field), in_each.into_iter().map(text).collect())))
    }

    /// The same of a field that must be there in some table.
    fn needed(&mut self, field: &'static str) -> Result<String, SqlError> {
        self.optional(field)?.ok_or(SqlError::NoActivityColumn(field))
    }

    /// A field of times, which must be of one type in all tables.
    fn time(&mut self, field: &'static str) -> Result<Option<(String, Kind)>, SqlError> {
        let in_each = self.in_each(field)?;
        let mut kinds = in_each.iter().flatten().map(|(_, kind)| *kind);
        let Some(kind) = kinds.next() else { return Ok(None) };
        if kinds.any(|other| other != kind) {
            return Err(SqlError::KindsDiffer(field));
        }
        let sql = self.engine.spelling();
        let column = |column: Option<(String, Kind)>| match (column, kind) {
            (Some((column, _)), _) => column,
            (None, Kind::Text) => sql.as_text("NULL"),
            (None, _) => "NULL".to_owned(),
        };
        let columns = in_each.into_iter().map(column).collect();
        Ok(Some((self.chain.column(&stored_as(field), columns), kind)))
    }

    /// What says the type of a row: that of its table, or a column.
    fn word(&mut self) -> Result<String, SqlError> {
        let sql = self.engine.spelling();
        let columns = self.in_each("type")?;
        let words: Result<Vec<String>, SqlError> = (self.tables.iter().zip(columns))
            .map(|(table, column)| match (table.word, column) {
                (Some(word), _) => Values(self.engine).literal(word),
                (None, Some((column, _))) => Ok(sql.as_text(&column)),
                (None, None) => Err(SqlError::NoActivityColumn("type")),
            })
            .collect();
        Ok(self.chain.column(&stored_as("type"), words?))
    }
}

/// What a field is called where several tables are laid together: `at` and `type` alone mean something else
/// to some engines.
fn stored_as(field: &str) -> String {
    format!("stored_{field}")
}

/// The columns of places that the activities have.
pub fn places(schema: &Schema) -> Vec<&'static str> {
    let some =
        |field: &str| schema.activities.iter().any(|table| schema.activity(table, field).is_some());
    PLACE.into_iter().filter(|field| some(field)).collect()
}

fn words_of(
    engine: Engine,
    is_it: impl Fn(ActivityKind, SendStage) -> bool,
) -> Result<String, SqlError> {
    let words = type_words().filter(|(_, kind, stage)| is_it(*kind, *stage));
    let words: Result<Vec<_>, _> = words.map(|(word, ..)| Values(engine).literal(word)).collect();
    Ok(format!("word IN ({})", words?.join(", ")))
}

/// What a word says happened; null of a word that nobody knows. An automatic reply tells that the mail
/// got there.
fn add_kind(chain: &mut Chain, engine: Engine, auto_reply: Option<&str>) -> Result<(), SqlError> {
    let mut cases = Vec::new();
    for kind in ActivityKind::ALL {
        let is_it = words_of(engine, |known, _| known == kind)?;
        let (name, bounce) = (kind.name(), kind == ActivityKind::Bounce);
        if let Some(auto_reply) = auto_reply.filter(|_| bounce) {
            cases.push(format!("WHEN {is_it} AND {auto_reply} THEN 'send'"));
        }
        cases.push(format!("WHEN {is_it} THEN '{name}'"));
    }
    chain.add(Step::Matched, "kind", format!("CASE {} END", cases.join("\n    ")));
    Ok(())
}

fn add_stage(chain: &mut Chain, engine: Engine, auto_reply: Option<&str>) -> Result<(), SqlError> {
    let mut cases = Vec::new();
    for stage in [SendStage::Requested, SendStage::Delivered] {
        let is_it = words_of(engine, |_, known| known == stage)?;
        cases.push(format!("WHEN {is_it} THEN '{}'", stage_name(stage)));
    }
    if let Some(auto_reply) = auto_reply {
        let is_it = words_of(engine, |kind, _| kind == ActivityKind::Bounce)?;
        let delivered = stage_name(SendStage::Delivered);
        cases.push(format!("WHEN {is_it} AND {auto_reply} THEN '{delivered}'"));
    }
    let sent = stage_name(SendStage::Sent);
    chain.add(Step::Matched, "stage", format!("CASE {} ELSE '{sent}' END", cases.join(" ")));
    Ok(())
}

/// Which rows count: of a known kind, a campaign and a contact, and not after as-of.
pub fn counting(as_of: &str) -> String {
    format!(
        "person IS NOT NULL AND campaign IS NOT NULL AND kind IS NOT NULL AND ({AT} IS NULL OR {AT} <= {as_of})"
    )
}
