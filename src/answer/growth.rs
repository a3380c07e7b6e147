//! How a segment would have counted at other instants.
//!
//! Contacts are taken as the dump has them today; activities and campaigns count up to each instant,
//! and contacts added after it aren't looked at. So what changed in a contact's own fields doesn't
//! show.

use super::subject::{Dumps, Subject};
use crate::criteria::Expr;
use crate::engine::{AskedSegment, EngineError, Options, Outputs};
use crate::value::{Instant, Zone};
use chrono::Months;

/// The counts at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The instant.
    pub as_of: Instant,
    /// For each segment, the contacts looked at and those in it.
    pub counts: Vec<(u64, u64)>,
}

/// Counts segments at instants, each from a scan of its own.
///
/// # Errors
/// A dump can't be read, or hasn't what a rule asks for.
pub fn growth(
    dumps: &Dumps<'_>,
    subjects: &[Subject],
    instants: &[Instant],
) -> Result<Vec<Point>, EngineError> {
    let mut segments = Vec::new();
    for subject in subjects {
        segments.push(subject.part(Expr::All(Vec::new())));
        segments.push(subject.segment.clone());
    }
    let asked: Vec<_> = segments.iter().map(|one| AskedSegment::of(one).counted()).collect();
    let point = |&as_of: &Instant| {
        let options = Options { as_of, ..dumps.options.clone() };
        let dumps = Dumps { options: &options, ..*dumps };
        let plan = dumps.plan(&asked, &Outputs::default())?;
        let summary = dumps.evaluate(plan, &mut |_, _, _| Ok(()))?;
        let (pairs, _) = summary.segments.as_chunks::<2>();
        let counts = pairs.iter().map(|[looked_at, whole]| (looked_at.members, whole.members));
        Ok(Point { as_of, counts: counts.collect() })
    };
    instants.iter().map(point).collect()
}

/// An instant and the same day of so many months before, the earliest first; where a month hasn't
/// that day, its last.
pub fn months_before(as_of: Instant, months: u32, zone: Zone) -> Vec<Instant> {
    let local = zone.local(as_of);
    let before = (1..=months).rev().filter_map(|months| {
        local.checked_sub_months(Months::new(months)).map(|local| zone.instant(local))
    });
    before.chain([as_of]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{DayOrder, Stamp};

    #[test]
    fn months_end_where_they_end() {
        let at = |text| Stamp::instant_of(text, DayOrder::MonthFirst, Zone::UTC).unwrap();
        let shown: Vec<String> = months_before(at("2024-03-31T12:00:00Z"), 2, Zone::UTC)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(shown, ["2024-01-31T12:00:00Z", "2024-02-29T12:00:00Z", "2024-03-31T12:00:00Z"]);
    }
}
