//! The vendors' own error bodies, and the HTTP status that would come with them: each vendor's folder
//! makes its own, this file chooses.

use super::{Dialect, Reading, constant_contact, engagelab};
use crate::finding::{Finding, Kind};
use serde_json::{Value, json};

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
            let body: Vec<Value> = errors.map(constant_contact::error_body).collect();
            (!body.is_empty()).then(|| Value::Array(body))
        }
        Dialect::EngageLab => errors.next().map(engagelab::error_body),
    }
}

/// The error body with which the vendor would answer a finding alone, such as an id that nothing has.
pub fn error_body_of(dialect: Dialect, finding: &Finding) -> Value {
    match dialect {
        Dialect::ConstantContact => Value::Array(vec![constant_contact::error_body(finding)]),
        Dialect::EngageLab => engagelab::error_body(finding),
        Dialect::CampaignMonitor => {
            json!({ "Code": finding.kind.code(), "Message": finding.kind.message() })
        }
    }
}

/// The HTTP status with which the vendor would answer a finding of this kind.
pub fn http_status(dialect: Dialect, kind: Kind) -> u16 {
    match dialect {
        Dialect::ConstantContact => constant_contact::http_status(kind),
        Dialect::EngageLab => engagelab::http_status(kind),
        Dialect::CampaignMonitor => 400,
    }
}
