//! The vendor's own error body, and the HTTP status that comes with it.

use crate::finding::{Finding, Kind};
use serde_json::{Value, json};

/// The vendor's code for a bad parameter.
const BAD_PARAMETER: u16 = 30035;
/// The vendor's code for something that isn't there.
const NOT_FOUND: u16 = 30036;

/// The parameter of the body that a finding is about, as its messages name it.
const PARAMETERS: &[(Kind, &str)] = &[
    (Kind::TitleEmpty, "segment_name"),
    (Kind::TitleInUse, "segment_name"),
    (Kind::SegmentName, "segment_name"),
    (Kind::GroupEmpty, "items"),
    (Kind::TooManyItems, "items"),
    (Kind::RuleTypeEmpty, "field_name"),
    (Kind::FieldUnknown, "field_name"),
    (Kind::TypeFieldMismatch, "field_name"),
    (Kind::OperatorUnknown, "op"),
    (Kind::VerbIllegalText, "op"),
    (Kind::VerbIllegalNumber, "op"),
    (Kind::VerbIllegalOption, "op"),
    (Kind::VerbIllegalDate, "op"),
    (Kind::ObjectMissing, "value"),
    (Kind::DateFormat, "value"),
    (Kind::NumberFormat, "value"),
    (Kind::OptionUnknown, "value"),
    (Kind::CampaignWord, "value"),
    (Kind::ItemCampaignId, "campaign_id"),
    (Kind::CampaignNotRun, "campaign_id"),
];

/// The status for a finding of this kind.
pub(in crate::dialect) fn http_status(kind: Kind) -> u16 {
    if kind == Kind::SegmentUnknown { 404 } else { 400 }
}

/// The body, which tells one error.
pub(in crate::dialect) fn error_body(error: &Finding) -> Value {
    if error.kind == Kind::SegmentUnknown {
        return json!({ "code": NOT_FOUND, "message": "not found" });
    }
    let parameter = PARAMETERS.iter().find(|(kind, _)| *kind == error.kind);
    let message = match parameter {
        Some((_, name)) => format!("[{name}]:{}", error.message),
        None => error.message.clone(),
    };
    json!({ "code": BAD_PARAMETER, "message": message })
}
