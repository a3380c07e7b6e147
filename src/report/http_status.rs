//! The HTTP status with which a vendor would answer a finding.

use crate::dialect::Dialect;
use crate::finding::{Kind, Severity};

/// Where the answer isn't 400: Constant Contact has a status of its own for a conflict, EngageLab
/// for what isn't there.
const OTHERS: &[(Dialect, Kind, u16)] = &[
    (Dialect::ConstantContact, Kind::TitleInUse, 409),
    (Dialect::ConstantContact, Kind::SegmentUnknown, 404),
    (Dialect::EngageLab, Kind::SegmentUnknown, 404),
];

/// The status; `None` for warnings and notes, which no vendor would refuse. Every vendor refuses
/// what is no JSON with 400, so the dialect need not be known.
pub fn http_status(kind: Kind, dialect: Option<Dialect>) -> Option<u16> {
    if kind.severity() != Severity::Error {
        return None;
    }
    let row = OTHERS.iter().find(|&&(whose, which, _)| Some(whose) == dialect && which == kind);
    Some(row.map_or(400, |&(_, _, status)| status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        use Dialect::*;
        for (kind, dialect, status) in [
            (Kind::TitleInUse, Some(ConstantContact), Some(409)),
            (Kind::TitleInUse, Some(CampaignMonitor), Some(400)),
            (Kind::SegmentUnknown, Some(EngageLab), Some(404)),
            (Kind::JsonFault, None, Some(400)),
            (Kind::PartOnly, Some(EngageLab), None),
        ] {
            assert_eq!(http_status(kind, dialect), status, "{}", kind.name());
        }
    }
}
