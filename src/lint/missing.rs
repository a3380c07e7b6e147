//! Negative tests, which hold for who has no value as well (`docs/semantics.md`, "Missing, blank,
//! several values"). Without contacts that is a note; how many it lets in, `data` counts.

use super::outline::{Item, Outline};
use super::readings::and_here;
use crate::contact::ContactField;
use crate::criteria::{Field, Test};
use crate::finding::{Finding, Kind, Severity};
use crate::logic::{Claim, Subject};
use hashbrown::HashSet;

/// Fields that the vendors give to every contact.
const NEVER_MISSING: &[ContactField] = &[
    ContactField::ContactId,
    ContactField::Email,
    ContactField::Status,
    ContactField::PermissionToSend,
    ContactField::Source,
    ContactField::DateAdded,
    ContactField::DateUpdated,
];

/// The first negative rule about each field that may be missing and that no rule demands.
pub(super) fn negatives<'o, 'a>(outline: &'o Outline<'a>) -> Vec<(&'o Item<'a>, &'a Field)> {
    let provided: HashSet<&Field> =
        outline.demanded().filter_map(|item| provided(outline, item)).collect();
    let mut seen = HashSet::new();
    let negative = outline.items().filter(|item| !item.positive);
    negative
        .filter_map(|item| Some((item, compared_field(item.test)?)))
        .filter(|(_, field)| may_be_missing(field) && !provided.contains(field))
        .filter(|(_, field)| seen.insert(*field))
        .collect()
}

/// The field in which a rule wants a value.
fn provided<'i>(outline: &Outline<'_>, item: &'i Item<'_>) -> Option<&'i Field> {
    let Subject::Field(field) = item.claim.subject() else { return None };
    let has_value = Claim::new(&Test::Blank(field.clone()), false, &outline.setting);
    item.claim.implies(&has_value).then_some(field)
}

fn compared_field(test: &Test) -> Option<&Field> {
    match test {
        Test::Text(field, ..)
        | Test::Number(field, _)
        | Test::Date(field, ..)
        | Test::MonthDay(field, ..) => Some(field),
        _ => None,
    }
}

fn may_be_missing(field: &Field) -> bool {
    match field {
        Field::Contact(field) => !NEVER_MISSING.contains(field),
        Field::Custom(_) => true,
        Field::Subscribed | Field::EmailDomain => false,
    }
}

/// The note of a segment with such rules.
pub(super) fn note(outline: &Outline<'_>) -> Option<Finding> {
    let negatives = negatives(outline);
    let ((item, field), others) = negatives.split_first()?;
    let words = outline.words(item.rule, item.rule);
    let message = format!("{words} also holds for contacts without a value in `{field}`");
    let finding = outline.finding(Kind::NegativeOnMissing, item.rule, message);
    let finding = finding
        .weighing(Severity::Note)
        .help("with --contacts, segkit counts them; to leave them out, ask for a value as well");
    Some(and_here(outline, finding, others.iter().map(|(item, _)| item.rule)))
}
