//! When campaigns were sent, and which of them are in the sets that rules ask about
//! (`docs/semantics.md`, "Sets of campaigns").

use super::chain::{Chain, Part, Step};
use super::names::{column_of, dotted};
use super::stamp;
use super::values::Values;
use super::{Engine, SqlError};
use crate::account::Account;
use crate::criteria::Choice;
use crate::database::{Kind, Schema};
use crate::value::{Instant, Zone, fold};
use std::collections::HashMap;

/// A set of campaigns: those sent between two instants, which are expressions; of them all, or the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Which of those inside.
    pub choice: Choice,
    /// The earliest instant; `None` for any.
    pub from: Option<String>,
    /// The latest.
    pub to: String,
}

/// The column that says whether a campaign is in the set of this number.
pub fn column(number: usize) -> String {
    format!("in_set_{}", number + 1)
}

/// The parts that say of each campaign when it was sent and in which sets it is.
///
/// # Errors
///
/// Something can't be written.
pub fn parts(
    engine: Engine,
    schema: &Schema,
    account: &Account,
    zone: Zone,
    sets: &[Set],
) -> Result<Vec<Part>, SqlError> {
    let touched = engine.spelling().known_rows("touched", "contact", "person");
    let mut parts = vec![Part {
        name: "campaign_seen".to_owned(),
        comment: "when activities of known contacts say that campaigns were sent".to_owned(),
        body: format!(
            "SELECT campaign, COALESCE(min(first_send), min(first_row)) AS sent_at\n{touched}\nGROUP BY campaign"
        ),
    }];
    let listed = match &schema.campaigns {
        Some(table) => from_table(engine, schema, table, zone)?,
        None => from_account(engine, account, zone)?,
    };
    let seen = "SELECT campaign, sent_at FROM campaign_seen\nWHERE sent_at IS NOT NULL";
    let body = match listed.is_empty() {
        true => seen.to_owned(),
        false => format!(
            "SELECT campaign, sent_at FROM campaign_listed\nUNION ALL\n{seen} AND campaign NOT IN (SELECT campaign FROM campaign_listed)"
        ),
    };
    parts.extend(listed);
    let name = "campaign_sent".to_owned();
    let comment = "when campaigns were sent: as listed, else as seen".to_owned();
    parts.push(Part { name, comment, body });
    let columns: Vec<String> = (sets.iter().enumerate())
        .map(|(number, set)| format!(",\n  {} AS {}", set.test(), column(number)))
        .collect();
    parts.push(Part {
        name: "campaign_set".to_owned(),
        comment: "which campaigns are in the sets that rules ask about".to_owned(),
        body: format!("SELECT campaign{}\nFROM campaign_sent", columns.concat()),
    });
    Ok(parts)
}

impl Set {
    fn test(&self) -> String {
        let to = &self.to;
        let inside = match &self.from {
            Some(from) => format!("sent_at BETWEEN {from} AND {to}"),
            None => format!("sent_at <= {to}"),
        };
        match self.choice {
            Choice::Every => inside,
            Choice::Last(count) => format!(
                "{inside} AND row_number() OVER (PARTITION BY {inside} ORDER BY sent_at DESC, campaign) <= {count}"
            ),
        }
    }
}

/// The campaigns of the account's file that say when they were sent; of an id that stands there several
/// times, the last.
fn from_account(engine: Engine, account: &Account, zone: Zone) -> Result<Vec<Part>, SqlError> {
    let mut times: HashMap<String, Option<Instant>> = HashMap::new();
    let mut order = Vec::new();
    for campaign in account.campaigns.iter().flatten() {
        let id = fold(campaign.id.trim());
        if id.is_empty() {
            continue;
        }
        if times.insert(id.clone(), campaign.sent_instant(zone)).is_none() {
            order.push(id);
        }
    }
    let mut rows = Vec::new();
    for id in order {
        if let Some(Some(at)) = times.get(&id) {
            let keyword = if rows.is_empty() { "" } else { "UNION ALL " };
            let names = if rows.is_empty() { (" AS campaign", " AS sent_at") } else { ("", "") };
            let literal = Values(engine).literal(&id)?;
            let at = engine.spelling().integer(&format!("'{}'", at.0));
            rows.push(format!("{keyword}SELECT {literal}{}, {at}{}", names.0, names.1));
        }
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let name = "campaign_listed".to_owned();
    let comment = "when campaigns were sent, by the campaigns file of the account".to_owned();
    Ok(vec![Part { name, comment, body: rows.join("\n") }])
}

/// The campaigns of a table; of an id that stands there several times, the latest time.
fn from_table(
    engine: Engine,
    schema: &Schema,
    table: &str,
    zone: Zone,
) -> Result<Vec<Part>, SqlError> {
    let sql = engine.spelling();
    let tables = vec![dotted(table, engine)?];
    let mut chain = Chain::new("campaign_row", "The campaigns".to_owned(), tables);
    let field = |name: &'static str| {
        let stored = schema.campaign(name).ok_or(SqlError::NoCampaignColumn(name))?;
        Ok((column_of(&stored, engine)?, stored.kind.unwrap_or(Kind::Text)))
    };
    let (id, _) = field("campaign_id")?;
    let (at, kind) = field("sent_at")?;
    chain.add(Step::Read, "campaign", sql.lower(&sql.trim(&sql.as_text(&id))));
    stamp::add_at(&mut chain, sql, "sent", (&at, kind), zone);
    let mut parts = chain.parts(sql);
    parts.push(Part {
        name: "campaign_listed".to_owned(),
        comment: "the latest time of each id".to_owned(),
        // Where aliases hold everywhere, only `t.` tells the time of a row from the latest.
        body: "SELECT campaign, max(t.sent_at) AS sent_at\nFROM campaign_row AS t\nWHERE campaign <> '' AND t.sent_at IS NOT NULL\nGROUP BY campaign".to_owned(),
    });
    Ok(parts)
}
