//! The activities as a statement reads them: of whom, in which campaign, what, when.
//!
//! What a row is called is the business of `docs/data.md`, "Kinds": the same words are known here as in
//! dumps.

use super::chain::{Chain, Part, Step};
use super::schema::{Kind, Role, Schema, Stored, column_of};
use super::stamp;
use super::values::Values;
use super::{Engine, SqlError};
use crate::contact::{ActivityKind, SendStage};
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

/// The steps in which activities are read; `key` is the column by which they find their contacts.
///
/// # Errors
///
/// A column that is wanted isn't there, or its name can't be written.
pub fn parts(
    engine: Engine,
    schema: &Schema,
    zone: Zone,
    key: &Stored,
    wanted: Wanted,
) -> Result<Vec<Part>, SqlError> {
    let sql = engine.spelling();
    let table = schema.table(Role::Activities, engine)?;
    let mut chain = Chain::new(NAME, "The activities".to_owned(), table);
    let optional = |field: &'static str| -> Result<Option<(String, Option<Kind>)>, SqlError> {
        let stored = schema.other(Role::Activities, field);
        stored.map(|stored| Ok((column_of(&stored, engine)?, stored.kind))).transpose()
    };
    let needed = |field: &'static str| -> Result<String, SqlError> {
        let found = optional(field)?.ok_or(SqlError::NoActivityColumn(field))?;
        Ok(sql.as_text(&found.0))
    };
    let folded = |text: &str| sql.lower(&sql.trim(text));
    let person = sql.as_text(&column_of(key, engine)?);
    chain.add(Step::Read, "person", format!("NULLIF({}, '')", folded(&person)));
    let campaign = folded(&needed("campaign_id")?);
    chain.add(Step::Read, "campaign", format!("NULLIF({campaign}, '')"));
    chain.add(Step::Read, "word", folded(&needed("type")?));
    if let Some((code, _)) = optional("bounce_code")? {
        chain.add(Step::Read, "bounce_code", folded(&sql.as_text(&code)));
    }
    let auto_reply = chain.has("bounce_code").then_some("COALESCE(bounce_code = 'v', FALSE)");
    add_kind(&mut chain, engine, auto_reply)?;
    if wanted.stages {
        add_stage(&mut chain, engine, auto_reply)?;
    }
    match optional("at")? {
        Some((at, kind)) => {
            stamp::add_at(&mut chain, sql, "done", (&at, kind.unwrap_or(Kind::Text)), zone);
        }
        None => chain.add(Step::Read, AT, sql.integer("NULL")),
    }
    if wanted.links {
        chain.add(Step::Read, "url", needed("url")?);
    }
    for field in PLACE.into_iter().filter(|_| wanted.places) {
        if let Some((column, _)) = optional(field)? {
            chain.add(Step::Read, field, format!("NULLIF({}, '')", sql.as_text(&column)));
        }
    }
    let besides = ["stage", "url"].into_iter().chain(PLACE).filter(|column| chain.has(column));
    let columns: Vec<&str> =
        ["person", "campaign", "kind", AT].into_iter().chain(besides).collect();
    let mut parts = chain.parts();
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

/// The columns of places that the activities have.
pub fn places(schema: &Schema) -> Vec<&'static str> {
    PLACE.into_iter().filter(|field| schema.other(Role::Activities, field).is_some()).collect()
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
