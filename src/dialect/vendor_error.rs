//! The vendors' own error bodies, and the HTTP status that would come with them.

use super::{Dialect, Reading};
use crate::finding::{Finding, Kind};
use serde_json::{Value, json};

/// EngageLab's code for a bad parameter.
const BAD_PARAMETER: u16 = 30035;
/// EngageLab's code for something that isn't there.
const NOT_FOUND: u16 = 30036;

/// The parameter of EngageLab's body that a finding is about, as its messages name it.
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

/// The error body with which the vendor would answer for one segment, or for the whole file where
/// `segment` is `None`. `None` where there is no error, and for Campaign Monitor, whose body is the
/// 277 answer that the reports make.
pub fn error_body(reading: &Reading, segment: Option<usize>) -> Option<Value> {
    let concerns = |finding: &&Finding| {
        let of = finding.target.segment;
        finding.is_error() && (segment.is_none() || of.is_none() || of == segment)
    };
    let mut errors = reading.findings.iter().filter(concerns);
    let index = segment.or_else(|| errors.clone().find_map(|error| error.target.segment));
    let dialect = reading.segments.get(index.unwrap_or(0))?.dialect;
    match dialect {
        Dialect::CampaignMonitor => None,
        Dialect::ConstantContact => {
            let body: Vec<Value> = errors.map(constant_contact).collect();
            (!body.is_empty()).then(|| Value::Array(body))
        }
        Dialect::EngageLab => errors.next().map(engagelab),
    }
}

/// The HTTP status with which the vendor would answer a finding of this kind.
pub fn http_status(dialect: Dialect, kind: Kind) -> u16 {
    match (dialect, kind) {
        (Dialect::ConstantContact, Kind::TitleInUse) => 409,
        (Dialect::ConstantContact | Dialect::EngageLab, Kind::SegmentUnknown) => 404,
        _ => 400,
    }
}

fn constant_contact(error: &Finding) -> Value {
    let key = match http_status(Dialect::ConstantContact, error.kind) {
        409 => "segments.api.conflict",
        404 => "segments.api.not_found",
        _ => "segments.api.validation.error",
    };
    json!({ "error_key": key, "error_message": error.message })
}

fn engagelab(error: &Finding) -> Value {
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
