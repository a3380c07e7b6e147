//! The vendor's own error body, and the HTTP status that comes with it.

use crate::finding::{Finding, Kind};
use serde_json::{Value, json};

/// The status for a finding of this kind.
pub(in crate::dialect) fn http_status(kind: Kind) -> u16 {
    match kind {
        Kind::TitleInUse => 409,
        Kind::SegmentUnknown => 404,
        _ => 400,
    }
}

/// One error of the body, which is an array of them.
pub(in crate::dialect) fn error_body(error: &Finding) -> Value {
    let key = match http_status(error.kind) {
        409 => "segments.api.conflict",
        404 => "segments.api.not_found",
        _ => "segments.api.validation.error",
    };
    json!({ "error_key": key, "error_message": error.message })
}
