//! Why a contact isn't where it should be: each rule asked about it alone, all rules in one scan.

use super::criteria::Tested;
use super::expectations::{Expectations, ExpectedKey, Failure};
use super::seen::Sighting;
use super::sighting::sight;
use crate::answer::subject::Dumps;
use crate::criteria::{Outline, RuleId, Segment};
use crate::engine::{AskedSegment, EngineError};
use crate::source::Position;

/// Contacts of one case that are explained.
const EXPLAINED: usize = 10;

/// A contact that isn't where it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Its id or address.
    pub contact: String,
    /// Whether it is a member.
    pub is_in: bool,
    /// Whether the rules hold for it, taken together. If they do and it is no member, it isn't
    /// looked at: for its status or list, or because it was added after as-of.
    pub holds: bool,
    /// The verdict of each rule, in their order.
    pub rules: Vec<RuleVerdict>,
}

/// What a rule says of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleVerdict {
    /// The number of the rule, from 1.
    pub number: u32,
    /// Its words.
    pub words: String,
    /// Where it stands in the criteria file.
    pub place: Position,
    /// Whether it holds.
    pub holds: bool,
}

/// Explains the first contacts that failures name.
///
/// # Errors
///
/// A dump can't be read to its end.
pub(super) fn explain(
    tested: &Tested,
    failures: &[Failure],
    dumps: &Dumps<'_>,
) -> Result<Vec<Wrong>, EngineError> {
    let mut wrong: Vec<(&String, bool)> = Vec::new();
    for failure in failures {
        let missing = failure.missing.iter().map(|who| (who, false));
        let unexpected = failure.unexpected.iter().map(|who| (who, true));
        for one in missing.chain(unexpected) {
            if wrong.len() < EXPLAINED && !wrong.contains(&one) {
                wrong.push(one);
            }
        }
    }
    if wrong.is_empty() {
        return Ok(Vec::new());
    }
    let outline = Outline::of(&tested.segment.expr);
    let rules: Vec<(RuleId, Segment)> = (outline.parts().into_iter())
        .filter_map(|part| {
            let expr = part.expr.clone();
            Some((part.rule()?, Segment { expr, ..tested.segment.clone() }))
        })
        .collect();
    let whole = [&tested.segment].into_iter();
    let asked: Vec<AskedSegment<'_>> = whole
        .chain(rules.iter().map(|(_, segment)| segment))
        .map(|segment| AskedSegment::of(segment).among_everyone())
        .collect();
    let place = Position { line: 0, column: 0 };
    let key = |&(who, _): &(&String, bool)| ExpectedKey { text: who.clone(), place };
    let keys = Expectations { keys: wrong.iter().map(key).collect(), all: Vec::new() };
    let known = sight(&asked, &keys, dumps)?;
    // Of a key that several contacts have, one that is in is to be explained, or one that is out.
    let holds = |seen: &Sighting, (at, is_in): (usize, bool)| {
        let of = |sighting: &Sighting| sighting.hits.get(at).copied().unwrap_or(0);
        of(seen) > 0 && (is_in || of(seen) == of(&known.everyone))
    };
    let Some((whole, each)) = known.segments.split_first() else { return Ok(Vec::new()) };
    let of_contact = |(at, &(who, is_in)): (usize, &(&String, bool))| {
        let verdict = |((rule, _), seen): (&(RuleId, Segment), &Sighting)| {
            let of = tested.rules.get(rule.0 as usize)?;
            Some(RuleVerdict {
                number: rule.0 + 1,
                words: of.words.clone(),
                place: of.position,
                holds: holds(seen, (at, is_in)),
            })
        };
        // A contact without a key of its own is named by where it stands.
        known.everyone.hits.get(at).is_some_and(|hits| *hits > 0).then(|| Wrong {
            contact: who.clone(),
            is_in,
            holds: holds(whole, (at, is_in)),
            rules: rules.iter().zip(each).filter_map(verdict).collect(),
        })
    };
    Ok(wrong.iter().enumerate().filter_map(of_contact).collect())
}
