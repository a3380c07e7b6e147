//! Where contacts are: their own columns, and for who has none of these the latest activity that
//! carries a place (`docs/semantics.md`, "Location").

use super::activity::{self, AT};
use super::chain::Part;
use super::contact::ContactTable;
use super::values::Values;
use super::{Engine, SqlError};
use crate::contact::ContactField;
use crate::database::Schema;

/// The columns that give a contact's own place.
const OWN: [ContactField; 4] =
    [ContactField::Country, ContactField::CountryCode, ContactField::State, ContactField::City];

/// Whether a contact is at a place: true or false, over `latest_place` as `p` where `by_activity` says
/// that there is one.
///
/// # Errors
///
/// Something can't be written, or nothing tells where contacts are.
pub fn test(
    contacts: &mut ContactTable<'_>,
    engine: Engine,
    schema: &Schema,
    place: &str,
    by_activity: bool,
) -> Result<String, SqlError> {
    let (sql, values) = (engine.spelling(), Values(engine));
    let place = values.folded(place)?;
    let (mut known, mut named) = (Vec::new(), Vec::new());
    for field in OWN {
        let has = contacts.some_of(field, |v| Ok(format!("{} <> ''", sql.trim(v))))?;
        let is = contacts.some_of(field, |v| {
            Ok(format!("{} <> '' AND {} = {place}", sql.trim(v), sql.lower(v)))
        })?;
        known.extend(has);
        named.extend(is);
    }
    let seen: Vec<String> = activity::places(schema)
        .into_iter()
        .filter(|_| by_activity)
        .map(|column| format!("COALESCE({} = {place}, FALSE)", sql.lower(&format!("p.{column}"))))
        .collect();
    let or = |tests: Vec<String>| match tests.is_empty() {
        true => "FALSE".to_owned(),
        false => tests.join(" OR "),
    };
    Ok(format!("CASE WHEN {} THEN {} ELSE {} END", or(known), or(named), or(seen)))
}

/// The part that says from where a contact's latest activity with a place was. Of several at one time,
/// tables having no order, it is the one whose place comes first by the alphabet.
pub fn latest(engine: Engine, schema: &Schema, as_of: &str) -> Part {
    let sql = engine.spelling();
    let columns = activity::places(schema);
    let some = columns.iter().map(|column| format!("COALESCE({} <> '', FALSE)", sql.trim(column)));
    let some: Vec<String> = some.collect();
    let columns = columns.join(", ");
    Part {
        name: "latest_place".to_owned(),
        comment: "where each contact's latest activity with a place was".to_owned(),
        body: format!(
            "SELECT person, {columns}\nFROM (\n  SELECT person, {columns}, row_number() OVER (PARTITION BY person ORDER BY {AT} DESC NULLS LAST, {columns}) AS place_rank\n  FROM activity\n  WHERE {} AND ({})\n) AS ranked\nWHERE place_rank = 1",
            activity::counting(as_of),
            some.join(" OR ")
        ),
    }
}
