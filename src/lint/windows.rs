//! Windows in which nothing can lie.

use super::outline::Outline;
use crate::criteria::{Campaigns, Engagement, Test, Window};
use crate::finding::{Finding, Kind};

/// Says which windows begin after as-of, or are a single instant.
pub(super) fn empty_windows(outline: &Outline<'_>, findings: &mut Vec<Finding>) {
    let zone = outline.setting.zone;
    for item in outline.items() {
        let Some(Window::Range(from, to)) = window(item.test) else { continue };
        let (first, last) = (from.instant(zone), to.instant(zone));
        let message = if first > outline.setting.as_of {
            format!("the window begins at {from}, after as-of, {}", outline.setting.as_of)
        } else if first == last {
            format!("the window is a single instant, {first}")
        } else {
            continue;
        };
        let span = outline.place(item.rule, &["in-range"]);
        let finding = outline.finding_at(Kind::WindowEmpty, item.rule, span, message);
        findings.push(if from.date_only && first == last {
            finding.help("a date without a time is its midnight; end the window at the next day")
        } else {
            finding
        });
    }
}

/// The window that a test has.
pub(super) fn window(test: &Test) -> Option<&Window> {
    match test {
        Test::Within(_, window) => Some(window),
        Test::Engaged(Engagement { campaigns: Campaigns::Set { window, .. }, .. }) => {
            window.as_ref()
        }
        _ => None,
    }
}
