//! EngageLab's segments: a flat condition of items joined by one relation, by fields or by campaigns.
//! This file reads the body and the condition; `item` reads an item, `subject` resolves its field,
//! `value` reads what that is compared with, `kept_out` the members whom a catalog keeps out.

mod assist;
mod fields;
mod item;
mod kept_out;
mod layout;
mod schema;
mod subject;
#[cfg(test)]
mod tests;
mod value;
mod vendor_error;
mod write;

pub(super) use assist::{BEGINNINGS, offers};
pub use fields::*;
pub(super) use layout::layout;
pub(super) use schema::schema;
pub(super) use vendor_error::{error_body, http_status};
pub(super) use write::{alone, body, everyone, fit, is_campaign_id, rule as written, shown};

use super::collector::{Collector, all_or_none};
use super::given::{Given, Word, given, opening, present, spelled};
use super::keys::Wanted;
use super::terms::{meaning, names};
use super::{Draft, Title};
use crate::criteria::{Expr, Scope};
use crate::finding::{Finding, Kind};
use crate::source::Span;
use crate::source::escape::quote;
use crate::source::json::{Kind as JsonKind, Member, Value};

/// Reads one segment.
pub(super) fn read(value: &Value, collector: &mut Collector<'_>) -> Draft {
    collector.check_keys(value, BODY_KEYS);
    collector.check_aside(value, ASIDE_KEYS);
    collector.check_spellings(value, SEGMENT_NAME);
    if let Some(process) = present(value, "process").filter(|m| m.value.members().is_some()) {
        collector.check_keys(&process.value, PROCESS_KEYS);
    }
    let title = title(value, collector);
    let condition = present(value, "condition");
    let segment_type = segment_type(value, condition, collector);
    let expr = match condition {
        Some(condition) => {
            outer_relation(value, &condition.value, collector);
            read_condition((value, &condition.value), segment_type, collector)
        }
        None => {
            let finding = Finding::new(Kind::GroupEmpty, opening(value), "there is no condition");
            collector
                .report(finding.help("write \"condition\":{\"relation\":\"and\",\"items\":[…]}"));
            None
        }
    };
    let kept_out = kept_out::rules(value, collector);
    let expr = expr.zip(kept_out).map(|(expr, rules)| kept_out::beside(expr, rules));
    Draft { title, expr, scope: Scope::default() }
}

fn title(value: &Value, collector: &mut Collector<'_>) -> Option<Title> {
    let word = match spelled(value, SEGMENT_NAME) {
        Given::Word(word) => word,
        Given::Blank(member) => {
            let message = "the segment name is empty";
            collector.report(Finding::new(Kind::TitleEmpty, member.value.span, message));
            return None;
        }
        Given::Absent | Given::Unusable => return None,
    };
    let name = word.as_str();
    let length = name.chars().count();
    if length > MAX_NAME {
        let message = format!("the name has {length} characters; {MAX_NAME} are the most");
        collector.report(Finding::new(Kind::SegmentName, word.span(), message));
    }
    if let Some((at, found)) = name.char_indices().find(|(_, c)| FORBIDDEN_IN_NAMES.contains(c)) {
        // The message of the vendor's own example.
        let message = "Special characters such as ^, ?, +, ., \\, [, ], (, ), cannot be used";
        let span = word.part(at, at + found.len_utf8());
        let list = FORBIDDEN_IN_NAMES.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
        let finding = Finding::new(Kind::SegmentName, span, message);
        collector.report(finding.help(format!("`{found}` is one of {list}")));
    }
    let id = given(value, "segment_id").word().map(|id| id.trimmed().to_owned());
    Some(Title::of_account(&word, id))
}

fn segment_type(
    value: &Value,
    condition: Option<&Member>,
    collector: &mut Collector<'_>,
) -> Option<SegmentType> {
    // The vendor's own words.
    let message = "type only be 0 (by field) or 1 (by campaign)";
    let Some(member) = present(value, "type") else {
        let named = !matches!(spelled(value, SEGMENT_NAME), Given::Absent);
        if named {
            let finding = Finding::new(Kind::RelationOrType, opening(value), message);
            collector.report(finding.help("add \"type\":0 or \"type\":1"));
            return None;
        }
        let finding = Finding::new(Kind::PartOnly, opening(value), "only a condition");
        let help = "the vendor's endpoint takes {\"segment_name\", \"type\", \"condition\"}";
        collector.report(finding.help(help));
        return Some(inferred(condition));
    };
    let number = member.value.integer(false)?;
    let row = SEGMENT_TYPES.iter().find(|row| row.number == number);
    if row.is_none() {
        collector.report(Finding::new(Kind::RelationOrType, member.value.span, message));
    }
    row.map(|row| row.means)
}

/// The type of a condition that comes without one: its first item tells.
fn inferred(condition: Option<&Member>) -> SegmentType {
    let items = condition.and_then(|member| member.value.get("items")?.elements());
    let first = items.and_then(<[Value]>::first);
    let field = first.and_then(|item| spelled(item, FIELD_NAME).word());
    match field {
        Some(word) if word.as_str() == CAMPAIGN => SegmentType::Campaign,
        _ => SegmentType::Field,
    }
}

/// The details answer repeats the relation beside the condition; another one there would puzzle.
fn outer_relation(value: &Value, condition: &Value, collector: &mut Collector<'_>) {
    let (outer, inner) = (given(value, "relation").word(), given(condition, "relation").word());
    if let (Some(outer), Some(inner)) = (outer, inner)
        && outer.as_str() != inner.as_str()
    {
        let message = "the `relation` inside `condition` counts, not this one";
        let finding = Finding::new(Kind::KeyUnused, outer.span(), message);
        collector.report(finding.related(inner.span(), "this one counts"));
    }
}

fn read_condition(
    (body, value): (&Value, &Value),
    segment_type: Option<SegmentType>,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    value.members()?;
    collector.check_keys(value, CONDITION_KEYS);
    // The page shows it in both places.
    let inside = present(value, "relation").is_some() || present(body, "relation").is_none();
    let relation = relation(if inside { value } else { body }, collector);
    let items = match present(value, "items") {
        Some(member) => member.value.elements()?,
        None => &[],
    };
    if items.is_empty() {
        let span = present(value, "items").map_or(opening(value), |member| member.value.span);
        let finding = Finding::new(Kind::GroupEmpty, span, "the condition has no items");
        collector.report(finding.help(format!("it holds 1 to {MAX_ITEMS} items")));
        return None;
    }
    if let Some(beyond) = items.get(MAX_ITEMS) {
        let message = format!("{} items; {MAX_ITEMS} are the most", items.len());
        collector.report(Finding::new(Kind::TooManyItems, beyond.span, message));
    }
    let read = |item: &Value| match item.kind {
        JsonKind::Object(_) => item::read(item, segment_type, collector),
        _ => {
            collector.wrong_type(item, "an item", Wanted::Object);
            None
        }
    };
    let parts = all_or_none(items.iter().map(read));
    match relation? {
        Relation::And => parts.map(Expr::All),
        Relation::Or => parts.map(Expr::Any),
    }
}

fn relation(value: &Value, collector: &mut Collector<'_>) -> Option<Relation> {
    let wrong = |span: Span| Finding::new(Kind::RelationOrType, span, "relation only be and or or");
    let finding = match given(value, "relation") {
        Given::Word(word) => match meaning(RELATIONS, word.as_str()) {
            Some(relation) => return Some(*relation),
            None => not_a_relation(&word, collector),
        },
        Given::Unusable => return None,
        Given::Blank(member) => for_one_item(wrong(member.value.span), value, collector),
        Given::Absent => {
            let help = "add \"relation\":\"and\" or \"relation\":\"or\"";
            for_one_item(wrong(opening(value)).help(help), value, collector)
        }
    };
    collector.report(finding);
    None
}

/// Adds the relation to a condition without one, where it has a single item: both say the same.
fn for_one_item(finding: Finding, condition: &Value, collector: &Collector<'_>) -> Finding {
    let items = condition.get("items").and_then(Value::elements);
    if items.is_none_or(|items| items.len() != 1) {
        return finding;
    }
    let and = quote(RELATIONS.first().map_or("", |relation| relation.name));
    match condition.get("relation") {
        Some(blank) => collector.fixed(finding, blank.span, &and),
        None => {
            let place = opening(condition).end;
            collector.fixed(finding, Span::new(place, place), &format!("\"relation\":{and},"))
        }
    }
}

fn not_a_relation(word: &Word<'_>, collector: &Collector<'_>) -> Finding {
    let message = "relation only be and or or".to_owned();
    let (span, found) = (word.span(), word.as_str());
    collector.not_among(Kind::RelationOrType, span, message, found, names(RELATIONS))
}
