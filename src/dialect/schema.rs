//! JSON Schemas (draft 2020-12) of criteria, for editors: made from the same tables as validation, each
//! vendor's in its folder, of the pieces in `schema_parts`.
//!
//! A schema refuses what is wrong with the shape: types, missing keys, words that aren't legal,
//! groups where none may stand, counts out of range. It never refuses what validation takes. What
//! needs an account, a calendar or a sum over the whole file is validation's alone.

use super::schema_parts::with;
use super::{Dialect, campaign_monitor, constant_contact, engagelab};
use serde_json::{Value, json};

/// The JSON Schema of a dialect's criteria files: of one value, which in JSON Lines is one line.
pub fn schema(dialect: Dialect) -> Value {
    let (title, schema) = match dialect {
        Dialect::ConstantContact => ("Constant Contact", constant_contact::schema()),
        Dialect::CampaignMonitor => ("Campaign Monitor", campaign_monitor::schema()),
        Dialect::EngageLab => ("EngageLab", engagelab::schema()),
    };
    let version = env!("CARGO_PKG_VERSION");
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Segments of {title}"),
        "description": format!("Criteria files of {title}, as segkit {version} reads them."),
    });
    with(head, schema)
}
