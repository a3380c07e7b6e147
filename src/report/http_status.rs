//! The HTTP status with which a vendor would answer a finding.

use crate::dialect::{self, Dialect};
use crate::finding::Finding;

/// The status; `None` for warnings and notes, which no vendor would refuse. Every vendor refuses
/// what is no JSON with 400, so the dialect need not be known.
pub(super) fn http_status(finding: &Finding, dialect: Option<Dialect>) -> Option<u16> {
    let status = dialect.map_or(400, |dialect| dialect::http_status(dialect, finding.kind));
    finding.is_error().then_some(status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Kind;
    use crate::source::Span;

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
            let finding = Finding::new(kind, Span::default(), "…");
            assert_eq!(http_status(&finding, dialect), status, "{}", kind.name());
        }
    }
}
