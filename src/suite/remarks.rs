//! What there is to say of rows that a test file holds itself. Dumps have rows that count for nothing,
//! as life is; one that was written for a test and counts for nothing is a slip in it.

use super::file::Case;
use crate::config::Files;
use crate::dump::{DumpError, InputPath, Reason};
use crate::engine::Summary;

/// Rows and values that count for nothing, where the test file holds all there are.
pub(super) fn remarks(case: &Case, summary: &Summary) -> Vec<String> {
    let activities = [
        (summary.unknown_contact, "of contacts that there aren't"),
        (summary.unknown_kind, "of unknown kind"),
        (summary.no_campaign, "without a campaign"),
        (summary.no_key, "without a contact"),
    ];
    let values = [
        (summary.not_numbers, "in number fields are no numbers"),
        (summary.not_dates, "in date fields are no dates"),
    ];
    let mut remarks = Vec::new();
    if case.holds_all(Files::Tracking) {
        remarks.extend(counted("activities that count for nothing", &activities));
    }
    if case.holds_all(Files::Contacts) {
        remarks.extend(counted("values", &values));
    }
    remarks
}

/// The counts that aren't zero, in a list.
fn counted(before: &str, counts: &[(u64, &str)]) -> Option<String> {
    let some = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = some.map(|(count, what)| format!("{count} {what}")).collect();
    (!parts.is_empty()).then(|| format!("{before}: {}", parts.join(", ")))
}

/// What a reader has against rows of the test file, where its advice is for files; with the line.
pub(super) fn of_rows(case: &Case, error: &DumpError) -> Option<String> {
    let said = match error.reason() {
        Reason::NoKind(_) => "no activity says what happened: give each its `type`",
        Reason::NoCampaign(_) => {
            "no activity says of which campaign it is: give each its `campaign_id`"
        }
        _ => return None,
    };
    let line = error.line().map(|line| format!("{}:{line}: ", error.file())).unwrap_or_default();
    case.holds(error.file()).then(|| format!("{line}{said}"))
}

impl Case {
    /// Whether the test file holds all rows of a dump.
    fn holds_all(&self, which: Files) -> bool {
        let files = self.settings.files(which);
        files.iter().all(|input| matches!(input.path, InputPath::Text { .. }))
    }

    /// Whether messages call rows of the test file so.
    fn holds(&self, file: &str) -> bool {
        let inputs = [Files::Contacts, Files::Tracking, Files::Campaigns];
        let mut inputs = inputs.into_iter().flat_map(|which| self.settings.files(which));
        inputs.any(|input| match &input.path {
            InputPath::Text { name, .. } => **name == *file,
            InputPath::File(_) | InputPath::Stdin => false,
        })
    }
}
