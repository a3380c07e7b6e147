//! Writes conditions as the items of one relation. The operators are those of the tables of `fields`;
//! whether a field takes one, and means what was meant, is for the reader to say.

use super::fields::{
    CAMPAIGN, CAMPAIGN_WORDS, Class, MAX_ITEMS, OPERATORS, Op, RELATIONS, Relation, SEGMENT_TYPES,
    SegmentType, TAG,
};
use super::subject;
use crate::contact::ContactField;
use crate::criteria::{
    Campaigns, Case, Comparison, Engagement, Field, Membership, MembershipKind, RuleId, Test,
    TextOp, Window,
};
use crate::dialect::Dialect;
use crate::dialect::terms::name_of;
use crate::dialect::write::{Direction, Fit, Item, Literal, Names, Reason};
use crate::value::{DayOrder, MonthDay};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

/// True for what has the form of the vendor's campaign ids: an integer.
pub(in crate::dialect) fn is_campaign_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) && id.parse::<u64>().is_ok()
}

fn lacks(what: &str, legal: Option<String>) -> Reason {
    Reason::NoWords { to: Dialect::EngageLab, what: what.to_owned(), legal }
}

/// The item for a literal.
pub(in crate::dialect) fn rule(literal: &Literal, names: &mut Names<'_>) -> Result<Value, Reason> {
    let Literal { positive, test, .. } = literal;
    match test {
        Test::Text(field, op, text, _) => {
            let op = text_op(*op, *positive);
            of_field(field, op, text, names)
        }
        Test::Number(field, comparison) => {
            let (op, bound) = compared(comparison, *positive);
            let value = bound.map(ToString::to_string).unwrap_or_default();
            of_field(field, op, &value, names)
        }
        Test::Date(field, comparison, stored) => {
            let (op, bound) = compared(comparison, *positive);
            // Which of the day and the month stands first there, nobody knows here.
            let order = names.is_same_dialect().then_some(stored.order);
            let value = bound.map(|day| date(*day, order)).unwrap_or_default();
            of_field(field, op, &value, names)
        }
        Test::MonthDay(field, comparison, order) => {
            let (op, bound) = compared(comparison, *positive);
            let value = bound.map(|day| birthday(*day, *order)).unwrap_or_default();
            of_field(field, op, &value, names)
        }
        Test::Member(MembershipKind::Tag, membership) => {
            let (op, name) = match membership {
                Membership::Id(id) => (TextOp::Equals, names.member(MembershipKind::Tag, id)?),
                Membership::Name(TextOp::Equals, name, _) => {
                    (TextOp::Equals, names.member(MembershipKind::Tag, name)?)
                }
                Membership::Name(op, name, _) => (*op, name.clone()),
                Membership::Some => {
                    return Err(lacks("can't ask for any tag at all", legal_with(Class::Tag)));
                }
            };
            let op = text_op(op, *positive)
                .ok_or_else(|| lacks("has no operator for it", legal_with(Class::Tag)))?;
            Ok(item(TAG, op, &name))
        }
        Test::Member(MembershipKind::List, _) => {
            Err(lacks("has no items on lists", Some("a segment belongs to one list".to_owned())))
        }
        Test::Engaged(Engagement { what, campaigns: Campaigns::One(id) }) => {
            let word = name_of(CAMPAIGN_WORDS, what);
            if word.is_empty() || !positive {
                let words: Vec<_> = CAMPAIGN_WORDS.iter().map(|term| term.name).collect();
                let legal = format!("legal with campaign: {}", words.join(", "));
                return Err(lacks("has no word for it among those on campaigns", Some(legal)));
            }
            let id = names.campaign(id)?;
            let mut item = item(CAMPAIGN, Op::Equal, word);
            // What is no number is for the reader to refuse.
            let number = id.trim().parse::<u64>().map_or(json!(id), |number| json!(number));
            if let Value::Object(members) = &mut item {
                members.insert("campaign_id".to_owned(), number);
            }
            Ok(item)
        }
        Test::Engaged(_) => Err(lacks("has no sets of campaigns that change with time", None)),
        Test::Blank(_) => {
            let legal = "an item compares with a value; there is none for a missing one";
            Err(lacks("can't ask whether a field has a value", Some(legal.to_owned())))
        }
        Test::Within(_, Window::LastDays(_)) => {
            Err(lacks("has no windows that move with time", None))
        }
        Test::Within(..) => Err(lacks(
            "has days of the calendar in UTC+8 where the rule has instants",
            legal_with(Class::Date),
        )),
        Test::Location(_) => {
            Err(lacks("has no item on the place of a contact or of its activities", None))
        }
    }
}

/// The operators of a class, for a message.
fn legal_with(class: Class) -> Option<String> {
    let row = OPERATORS.iter().find(|row| row.class == class)?;
    let ops: Vec<_> = row.ops.iter().map(|op| op.name()).collect();
    Some(format!("legal with {}: {}", class.name(), ops.join(", ")))
}

fn text_op(op: TextOp, positive: bool) -> Option<Op> {
    match (op, positive) {
        (TextOp::Equals, true) => Some(Op::Equal),
        (TextOp::Equals, false) => Some(Op::NotEqual),
        (TextOp::Contains, true) => Some(Op::Contain),
        (TextOp::Contains, false) => Some(Op::NotContain),
        (TextOp::StartsWith, _) => None,
    }
}

/// Operator and bound of a comparison that has one bound.
fn compared<T>(comparison: &Comparison<T>, positive: bool) -> (Option<Op>, Option<&T>) {
    let (op, bound) = match comparison {
        Comparison::Equal(bound) => {
            return (Some(if positive { Op::Equal } else { Op::NotEqual }), Some(bound));
        }
        Comparison::Less(bound) => (Op::Less, bound),
        Comparison::LessOrEqual(bound) => (Op::LessOrEqual, bound),
        Comparison::Greater(bound) => (Op::Greater, bound),
        Comparison::GreaterOrEqual(bound) => (Op::GreaterOrEqual, bound),
        Comparison::Between(..) => return (None, None),
    };
    (positive.then_some(op), Some(bound))
}

/// A date as a field of this order writes it, or else in the form that is the same for all.
fn date(day: NaiveDate, order: Option<DayOrder>) -> String {
    let form = match order {
        Some(DayOrder::MonthFirst) => "%m/%d/%Y",
        Some(DayOrder::DayFirst) => "%d/%m/%Y",
        None => "%Y-%m-%d",
    };
    day.format(form).to_string()
}

fn birthday(day: MonthDay, order: DayOrder) -> String {
    let month_first = day.to_string();
    match (order, month_first.split_once('/')) {
        (DayOrder::DayFirst, Some((month, day))) => format!("{day}/{month}"),
        _ => month_first,
    }
}

/// An item on a field, where there is an operator for it.
fn of_field(
    field: &Field,
    op: Option<Op>,
    value: &str,
    names: &mut Names<'_>,
) -> Result<Value, Reason> {
    let word = names.field(field)?;
    let Some(op) = op else {
        let class = subject::known(&word, names.target()).map_or(Class::Untyped, |it| it.class);
        return Err(lacks("has no operator for it", legal_with(class)));
    };
    Ok(item(&word, op, value))
}

fn item(field: &str, op: Op, value: &str) -> Value {
    json!({"field_name": field, "op": op.name(), "value": value})
}

/// An item as criteria of its own, to be read.
pub(in crate::dialect) fn alone(item: &Value) -> Value {
    body(None, vec![vec![item.clone()]])
}

/// Literals of which one or the other holds for everyone: the vendor has no empty condition.
pub(in crate::dialect) fn everyone() -> Vec<Literal> {
    let email = Field::Contact(ContactField::Email);
    let test = Test::Text(email, TextOp::Contains, "@".to_owned(), Case::Ignored);
    let literal = |positive| Literal { rule: RuleId(0), positive, test: test.clone() };
    vec![literal(true), literal(false)]
}

/// Brings groups under one relation, one type, and the most items that there may be.
pub(in crate::dialect) fn fit(fit: &mut Fit) {
    const ONE_RELATION: &str = "a condition has one relation, `and` or `or`, and no groups";
    const ONE_TYPE: &str = "a segment asks about fields (type 0) or about campaigns (type 1)";
    const TEN: &str = "a condition has at most 10 items";
    while fit.groups.len() > 1 {
        let alone = fit.groups.iter().any(|group| group.len() == 1);
        let joined = |group: &Vec<Item>| group.len() > 1;
        // Where all are groups, the first can stay as the `or` that there may be.
        let first = if alone || fit.direction == Some(Direction::Narrower) { 0 } else { 1 };
        let Some(at) = fit.groups.iter().skip(first).position(joined) else { break };
        let at = at + first;
        match fit.direction {
            // Of the rules joined by or the first is kept.
            Some(Direction::Narrower) => {
                let mut first = true;
                fit.leave_out_items(at, ONE_RELATION, |_| !std::mem::replace(&mut first, false));
            }
            _ => fit.leave_out_group(at, ONE_RELATION),
        }
        if fit.is_refused() {
            return;
        }
    }
    let by_campaign = |item: &Item| is_campaign(&item.words);
    let items = || fit.groups.iter().flatten();
    let campaigns = items().filter(|item| by_campaign(item)).count();
    let fields = items().count() - campaigns;
    let joined_by_or = fit.groups.len() == 1;
    if campaigns > 0 && fields > 0 {
        let out = campaigns < fields;
        fit.leave_out_everywhere(joined_by_or, ONE_TYPE, |item| by_campaign(item) == out);
    }
    if fit.groups.iter().flatten().count() > MAX_ITEMS {
        let mut count = 0;
        fit.leave_out_everywhere(joined_by_or, TEN, |_| {
            count += 1;
            count > MAX_ITEMS
        });
    }
}

fn is_campaign(item: &Value) -> bool {
    item.get("field_name").and_then(Value::as_str) == Some(CAMPAIGN)
}

/// The segment, or without a name the condition alone. Groups are of one item each, or there is one.
pub(in crate::dialect) fn body(name: Option<&str>, groups: Vec<Vec<Value>>) -> Value {
    let relation = match groups.as_slice() {
        [only] if only.len() > 1 => Relation::Or,
        _ => Relation::And,
    };
    let items: Vec<Value> = groups.into_iter().flatten().collect();
    let means =
        if items.iter().any(is_campaign) { SegmentType::Campaign } else { SegmentType::Field };
    let mut body = Map::new();
    if let Some(name) = name {
        let number = SEGMENT_TYPES.iter().find(|row| row.means == means).map(|row| row.number);
        body.insert("segment_name".to_owned(), json!(name));
        body.insert("type".to_owned(), json!(number));
    }
    let relation = name_of(RELATIONS, &relation);
    body.insert("condition".to_owned(), json!({"relation": relation, "items": items}));
    Value::Object(body)
}

/// What an item says, for messages.
pub(in crate::dialect) fn shown(item: &Value) -> String {
    let word = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
    format!("{} {} {}", word("field_name"), word("op"), word("value"))
}
