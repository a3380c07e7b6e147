//! A further condition that members of a segment must pass, as EngageLab's "Segment member list" takes
//! it: on fields and tags only.

use super::audience::Audience;
use crate::criteria::{Expr, Segment, Test};
use crate::dialect::{Context, Dialect, read};
use crate::finding::Finding;
use crate::source::SourceFile;
use thiserror::Error;

/// Why a file holds no such condition.
#[derive(Debug, Error)]
pub enum Unfit {
    /// It is invalid.
    #[error("is invalid")]
    Invalid(Vec<Finding>),
    /// It holds none, or several.
    #[error("wants exactly one condition")]
    NotOne,
    /// It asks about campaigns.
    #[error("takes fields and tags only, no campaign")]
    Campaign,
}

/// Reads a condition; a field that only the contacts know is right.
///
/// # Errors
///
/// The file holds none that would do.
pub fn further_condition(file: &SourceFile, audience: &Audience) -> Result<Expr, Unfit> {
    let context = Context {
        account: &audience.account,
        as_of: audience.clock.as_of,
        zone: audience.clock.zone,
        dialect: Some(Dialect::EngageLab),
    };
    let mut reading = read(file, &context);
    reading.findings.retain(Finding::is_error);
    if !reading.findings.is_empty() {
        return Err(Unfit::Invalid(reading.findings));
    }
    let mut conditions = reading.segments.into_iter().filter_map(|segment| segment.segment);
    let (Some(condition), None) = (conditions.next(), conditions.next()) else {
        return Err(Unfit::NotOne);
    };
    let mut engaged = false;
    condition.expr.for_each_test(&mut |_, test| engaged |= matches!(test, Test::Engaged(_)));
    if engaged { Err(Unfit::Campaign) } else { Ok(condition.expr) }
}

/// Asks it of the members of a segment as well.
pub fn narrow(segment: &mut Segment, condition: Expr) {
    let asked = std::mem::replace(&mut segment.expr, Expr::All(Vec::new()));
    // The condition's rules are numbered on from the segment's.
    let mut rules = 0;
    asked.for_each_test(&mut |rule, _| rules = rules.max(rule.0 + 1));
    segment.expr = Expr::All(vec![asked, condition.numbered_from(rules)]);
}
