//! Writes conditions as leaves and groups. Which operator goes with what is in the tables of `fields`;
//! whether a leaf is right, and means what was meant, is for the reader to say.

use super::fields::{
    CONSTANTS, CUSTOM_PREFIX, Constant, GROUP_TYPES, GroupType, LIST_FIELDS, Op, SOURCES, Source,
    TAG_FIELDS, TRACKING_FIELDS, VERSION,
};
use crate::contact::ContactField;
use crate::criteria::{
    Campaigns, Choice, Engagement, Field, Membership, MembershipKind, Quantifier, RuleId, Test,
    TextOp, Window,
};
use crate::dialect::Dialect;
use crate::dialect::terms::name_of;
use crate::dialect::write::{Direction, Fit, Item, Literal, Names, Reason};
use crate::value::Stamp;
use serde_json::{Map, Value, json};

/// True for what has the form of the vendor's ids: a UUID.
pub(in crate::dialect) fn is_id(text: &str) -> bool {
    const PARTS: [usize; 5] = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    let hexadecimal = |part: &str| part.bytes().all(|b| b.is_ascii_hexdigit());
    parts.len() == PARTS.len()
        && parts.iter().zip(PARTS).all(|(part, length)| part.len() == length && hexadecimal(part))
}

fn lacks(what: &str, legal: Option<&str>) -> Reason {
    let legal = legal.map(str::to_owned);
    Reason::NoWords { to: Dialect::ConstantContact, what: what.to_owned(), legal }
}

/// The leaf for a literal.
pub(in crate::dialect) fn rule(literal: &Literal, names: &mut Names<'_>) -> Result<Value, Reason> {
    let Literal { positive, test, .. } = literal;
    let sign = if *positive { Op::Eq } else { Op::Ne };
    let only_positive = |op: Op| match positive {
        true => Ok(op),
        false => Err(lacks(
            &format!("has no opposite of `{}`", op.name()),
            Some("`ne` is the opposite of `eq`; of the other operators there is none"),
        )),
    };
    match test {
        Test::Text(field, op, text, _) => {
            let op = match op {
                TextOp::Equals => sign,
                TextOp::StartsWith => only_positive(Op::StartsWith)?,
                TextOp::Contains => only_positive(Op::ContainsString)?,
            };
            let field = names.field(field)?;
            Ok(leaf(Source::Contact, &field, op, [("value", json!(text))]))
        }
        Test::Blank(field) => {
            let field = names.field(field)?;
            Ok(leaf(Source::Contact, &field, sign, [constant(Constant::Blank)]))
        }
        Test::Within(field, window) => {
            let op = only_positive(Op::ContainsAny)?;
            let (word, param) = window_of(window);
            let field = names.field(field)?;
            Ok(leaf(Source::Contact, &field, op, [constant(word), ("date_param", param)]))
        }
        Test::Member(kind, membership) => {
            let (source, field) = match kind {
                MembershipKind::List => (Source::ListMembership, name_of(LIST_FIELDS, kind)),
                MembershipKind::Tag => (Source::Tags, name_of(TAG_FIELDS, kind)),
            };
            let id = match membership {
                Membership::Some => {
                    // `none` is the absence of any, so `eq` is the negative of the two.
                    let op = if *positive { Op::Ne } else { Op::Eq };
                    return Ok(leaf(source, field, op, [constant(Constant::Nothing)]));
                }
                Membership::Id(id) => id,
                Membership::Name(TextOp::Equals, name, _) => name,
                Membership::Name(..) => {
                    let legal = "lists and tags by their id, with `eq` and `ne`, or `none`";
                    return Err(lacks("doesn't search the names of tags", Some(legal)));
                }
            };
            let id = names.member(*kind, id)?;
            Ok(leaf(source, field, sign, [("value", json!(id))]))
        }
        Test::Engaged(Engagement { what, campaigns }) => {
            let field = name_of(TRACKING_FIELDS, what);
            if field.is_empty() {
                let legal: Vec<_> = TRACKING_FIELDS.iter().map(|term| term.name).collect();
                let legal = format!("legal with tracking: {}", legal.join(", "));
                return Err(lacks("has no field of tracking for it", Some(&legal)));
            }
            match campaigns {
                Campaigns::One(id) => {
                    let id = names.campaign(id)?;
                    Ok(leaf(Source::Tracking, field, sign, [("value", json!(id))]))
                }
                Campaigns::Set { quantifier, choice, window } => {
                    let op = only_positive(match quantifier {
                        Quantifier::Any => Op::ContainsAny,
                        Quantifier::All => Op::ContainsAll,
                    })?;
                    let mut members = match choice {
                        Choice::Last(count) => vec![
                            constant(Constant::LastNCampaigns),
                            ("param", json!(count.to_string())),
                        ],
                        Choice::Every => vec![constant(Constant::Campaigns)],
                    };
                    if let Some(window) = window {
                        let (word, param) = window_of(window);
                        let word = json!(name_of(CONSTANTS, &word));
                        members.extend([("const_date_value", word), ("date_param", param)]);
                    }
                    Ok(leaf(Source::Tracking, field, op, members))
                }
            }
        }
        Test::Number(..) => Err(lacks("compares the fields of contacts as text only", TEXT)),
        Test::Date(Field::Custom(_), ..) => {
            Err(lacks("compares the fields of contacts as text only", TEXT))
        }
        Test::Date(field, ..) => {
            names.field(field)?;
            Err(lacks(
                "has instants where the rule has days of a calendar",
                Some("with the --timezone of the rule's calendar both are the same"),
            ))
        }
        Test::MonthDay(..) => Err(lacks("has no days of the year", TEXT)),
        Test::Location(_) => Err(lacks(
            "has no rule on the place of a contact or of its activities",
            Some("legal are the fields state, city, country"),
        )),
    }
}

const TEXT: Option<&str> =
    Some("legal with contact fields: eq, ne, starts-with, contains-string, and `blank`");

fn constant(word: Constant) -> (&'static str, Value) {
    ("const_value", json!(name_of(CONSTANTS, &word)))
}

fn leaf(
    source: Source,
    field: &str,
    op: Op,
    rest: impl IntoIterator<Item = (&'static str, Value)>,
) -> Value {
    let mut members = Map::new();
    let mut put = |key: &str, value: Value| members.insert(key.to_owned(), value);
    put("source", json!(source.name()));
    put("field", json!(field));
    put("op", json!(op.name()));
    rest.into_iter().for_each(|(key, value)| drop(put(key, value)));
    Value::Object(members)
}

/// The words of a window: its constant, and its days or dates.
fn window_of(window: &Window) -> (Constant, Value) {
    match window {
        Window::LastDays(days) => (Constant::LastNDays, json!(days.to_string())),
        Window::Range(from, to) => (Constant::InRange, json!([date_time(from), date_time(to)])),
    }
}

/// A date-time as the vendor's page writes it, or a date without a time, which is the midnight of
/// the zone of the run.
fn date_time(stamp: &Stamp) -> String {
    let seconds = stamp.offset.unwrap_or(0);
    if stamp.date_only {
        return stamp.to_string();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    let local = stamp.local.format("%Y-%m-%dT%H:%M:%S%.f");
    format!("{local}{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

/// A leaf as criteria of its own, to be read.
pub(in crate::dialect) fn alone(leaf: &Value) -> Value {
    leaf.clone()
}

/// Literals of which one or the other holds for everyone: the vendor has no empty group.
pub(in crate::dialect) fn everyone() -> Vec<Literal> {
    let literal = |positive| Literal {
        rule: RuleId(0),
        positive,
        test: Test::Blank(Field::Contact(ContactField::Email)),
    };
    vec![literal(true), literal(false)]
}

/// Brings groups under the vendor's grouping rules: an `or` has one source, and one part of the top
/// `and` speaks of lists, and one of tags.
pub(in crate::dialect) fn fit(fit: &mut Fit) {
    const ONE_SOURCE: &str = "an `or` group holds one source only";
    const ONE_PART: &str = "only one part of the top `and` may speak of lists, and one of tags";
    let source = |item: &Item| source_of(&item.words);
    let mixed =
        |group: &[Item]| group.iter().any(|item| source(item) != group.first().and_then(source));
    while let Some(at) = fit.groups.iter().position(|group| mixed(group)) {
        let Some(group) = fit.groups.get(at) else { return };
        let of = |wanted| group.iter().filter(|item| source(item) == wanted).count();
        // Of the sources the one with the most rules is kept, of several such the first.
        let most = group.iter().rev().map(source).max_by_key(|source| of(*source)).flatten();
        match fit.direction {
            Some(Direction::Narrower) => {
                fit.leave_out_items(at, ONE_SOURCE, |item| source(item) != most);
            }
            _ => fit.leave_out_group(at, ONE_SOURCE),
        }
        if fit.is_refused() {
            return;
        }
    }
    for wanted in [Source::ListMembership, Source::Tags] {
        let speaks =
            |group: &Vec<Item>| group.iter().any(|item| source(item) == Some(wanted.name()));
        while fit.groups.iter().filter(|group| speaks(group)).count() > 1 {
            let Some(last) = fit.groups.iter().rposition(speaks) else { return };
            match fit.direction {
                Some(Direction::Narrower) => return fit.refuse(last, ONE_PART),
                _ => fit.leave_out_group(last, ONE_PART),
            }
            if fit.is_refused() {
                return;
            }
        }
    }
}

fn source_of(leaf: &Value) -> Option<&'static str> {
    let source = leaf.get("source").and_then(Value::as_str)?;
    SOURCES.iter().map(|term| term.name).find(|name| *name == source)
}

/// The criteria: a top `and` of leaves and of `or` groups.
pub(in crate::dialect) fn body(name: Option<&str>, groups: Vec<Vec<Value>>) -> Value {
    let group = |join: GroupType, parts: Vec<Value>| json!({"type": name_of(GROUP_TYPES, &join), "group": parts});
    let parts = groups.into_iter().map(|mut parts| match parts.len() {
        1 => parts.remove(0),
        _ => group(GroupType::Or, parts),
    });
    let mut body = Map::new();
    if let Some(name) = name {
        body.insert("name".to_owned(), json!(name));
    }
    body.insert("version".to_owned(), json!(VERSION));
    body.insert("criteria".to_owned(), group(GroupType::And, parts.collect()));
    Value::Object(body)
}

/// What a leaf says, for messages.
pub(in crate::dialect) fn shown(leaf: &Value) -> String {
    let word = |key: &str| leaf.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let field = word("field");
    let field = field.strip_prefix(CUSTOM_PREFIX).unwrap_or(&field);
    let said = [field.to_owned(), word("op"), word("const_value"), word("value")];
    said.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids() {
        for (id, expected) in [
            ("eb7a7995-9588-432d-8242-aadbc8f429a4", true),
            ("EB7A7995-9588-432D-8242-AADBC8F429A4", true),
            ("eb7a79959588432d8242aadbc8f429a4", false),
            ("eb7a7995-9588-432d-8242-aadbc8f429ag", false),
            ("33", false),
            ("", false),
        ] {
            assert_eq!(is_id(id), expected, "{id}");
        }
    }
}
