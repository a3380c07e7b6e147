//! Writes conditions as rules in rule groups. The verbs are those of the tables of `verbs`; whether a
//! field takes one, and means what was meant, is for the reader to say.

use super::rule_types::{Asked, Class, RULE_TYPES};
use super::verbs::Verb;
use super::{subject, verbs};
use crate::criteria::{
    Campaigns, Comparison, Engagement, Field, Scope, Test, TextOp, What, Window,
};
use crate::dialect::Dialect;
use crate::dialect::write::{Literal, Names, Reason};
use serde_json::{Map, Value, json};
use std::fmt::Display;

/// The RuleType for a field that every subscriber has.
pub(in crate::dialect) fn built_in(field: &Field) -> Option<&'static str> {
    let is_it = |class| subject::built_in_field(class).as_ref() == Some(field);
    RULE_TYPES.iter().find(|row| is_it(row.class)).map(|row| row.name)
}

fn lacks(what: &str, legal: Option<String>) -> Reason {
    Reason::NoWords { to: Dialect::CampaignMonitor, what: what.to_owned(), legal }
}

/// The rule for a literal.
pub(in crate::dialect) fn rule(literal: &Literal, names: &mut Names<'_>) -> Result<Value, Reason> {
    let Literal { positive, test, .. } = literal;
    match test {
        Test::Text(field, op, text, _) => {
            let verb = match (op, positive) {
                (TextOp::Equals, true) => Some(Verb::Equals),
                (TextOp::Equals, false) => Some(Verb::NotEquals),
                (TextOp::Contains, true) => Some(Verb::Contains),
                (TextOp::Contains, false) => Some(Verb::NotContains),
                (TextOp::StartsWith, _) => None,
            };
            of_field(field, verb, text, names)
        }
        Test::Blank(field) => {
            let verb = if *positive { Verb::NotProvided } else { Verb::Provided };
            of_field(field, Some(verb), "", names)
        }
        Test::Number(field, comparison) => {
            let words = [
                Verb::LessThan,
                Verb::LessThanOrEqual,
                Verb::GreaterThan,
                Verb::GreaterThanOrEqual,
            ];
            let (verb, object) = compared(comparison, *positive, words.map(Some));
            of_field(field, verb, &object, names)
        }
        Test::Date(field, comparison, _) => {
            let words = [Some(Verb::Before), None, Some(Verb::After), None];
            let (verb, object) = compared(comparison, *positive, words);
            of_field(field, verb, &object, names)
        }
        Test::Location(place) => {
            let verb = if *positive { Verb::Equals } else { Verb::NotEquals };
            let name = RULE_TYPES.iter().find(|row| row.class == Class::Location);
            Ok(json(name.map_or("", |row| row.name), &clause(verb, place)))
        }
        Test::Engaged(Engagement { what, campaigns: Campaigns::One(id) }) => {
            let legal = || {
                let of_campaigns = |class| matches!(class, Class::Campaign(_) | Class::Link(_));
                let rows = RULE_TYPES.iter().filter(|row| of_campaigns(row.class));
                let names: Vec<_> = rows.map(|row| row.name).collect();
                Some(format!("legal: {}", names.join(", ")))
            };
            let class = asked(what).filter(|_| *positive);
            let (class, url) = class
                .ok_or_else(|| lacks("has no rule for it among those on campaigns", legal()))?;
            let name = RULE_TYPES.iter().find(|row| row.class == class);
            let name = name.map_or("", |row| row.name);
            let id = names.campaign(id)?;
            let id = id.trim();
            Ok(json(name, &url.map_or(id.to_owned(), |url| format!("{id} {url}"))))
        }
        Test::Engaged(_) => Err(lacks("has no sets of campaigns that change with time", None)),
        Test::Within(_, Window::LastDays(_)) => {
            Err(lacks("has no windows that move with time", None))
        }
        Test::Within(..) => Err(lacks(
            "has days of the calendar where the rule has instants",
            Some("with DateSubscribed: EQUALS, BEFORE, AFTER, BETWEEN".to_owned()),
        )),
        Test::MonthDay(..) => Err(lacks("has no days of the year", None)),
        Test::Member(kind, _) => {
            let what = format!("has no rules on {}s", kind.name());
            Err(lacks(&what, Some("a segment belongs to one list".to_owned())))
        }
    }
}

/// The class of rules that asks this of a campaign, and the link.
fn asked(what: &What) -> Option<(Class, Option<&str>)> {
    Some(match what {
        What::Opened => (Class::Campaign(Asked::Opened), None),
        What::NotOpened => (Class::Campaign(Asked::NotOpened), None),
        What::OpenedNotClicked => (Class::Campaign(Asked::OpenedNoClick), None),
        What::Clicked => (Class::Campaign(Asked::Clicked), None),
        What::ClickedLink(url) => (Class::Link(Asked::Clicked), Some(url)),
        What::NotClickedLink(url) => (Class::Link(Asked::NotClicked), Some(url)),
        _ => return None,
    })
}

/// Verb and object of a comparison; `words` are those for below, below or equal, above, above or
/// equal.
fn compared<T: Display>(
    comparison: &Comparison<T>,
    positive: bool,
    [less, less_or_equal, greater, greater_or_equal]: [Option<Verb>; 4],
) -> (Option<Verb>, String) {
    let (verb, object) = match comparison {
        Comparison::Equal(bound) => {
            let verb = if positive { Verb::Equals } else { Verb::NotEquals };
            return (Some(verb), bound.to_string());
        }
        Comparison::Less(bound) => (less, bound.to_string()),
        Comparison::LessOrEqual(bound) => (less_or_equal, bound.to_string()),
        Comparison::Greater(bound) => (greater, bound.to_string()),
        Comparison::GreaterOrEqual(bound) => (greater_or_equal, bound.to_string()),
        Comparison::Between(from, to) => (Some(Verb::Between), format!("{from} AND {to}")),
    };
    (verb.filter(|_| positive), object)
}

/// A rule on a field, where there is a verb for it.
fn of_field(
    field: &Field,
    verb: Option<Verb>,
    object: &str,
    names: &mut Names<'_>,
) -> Result<Value, Reason> {
    let word = names.field(field)?;
    let Some(verb) = verb else {
        let class = subject::known(&word, names.target()).map_or(Class::Untyped, |it| it.class);
        let legal = verbs::legal(class).collect::<Vec<_>>().join(", ");
        let legal = format!("legal with {}: {legal}", class.name());
        return Err(lacks("has no verb for it", Some(legal)));
    };
    Ok(json(&word, &clause(verb, object)))
}

fn clause(verb: Verb, object: &str) -> String {
    if verb.takes_no_object() {
        verb.name().to_owned()
    } else {
        format!("{} {object}", verb.name())
    }
}

fn json(rule_type: &str, clause: &str) -> Value {
    json!({"RuleType": rule_type, "Clause": clause})
}

/// A rule as criteria of its own, to be read.
pub(in crate::dialect) fn alone(rule: &Value) -> Value {
    rule.clone()
}

/// The segment: rule groups joined by and, their rules by or. Without groups it selects everyone.
pub(in crate::dialect) fn body(
    name: Option<&str>,
    groups: Vec<Vec<Value>>,
    scope: &Scope,
) -> Value {
    let groups: Vec<Value> = groups.into_iter().map(|rules| json!({"Rules": rules})).collect();
    let mut body = Map::new();
    if let Some(name) = name {
        body.insert("Title".to_owned(), json!(name));
    }
    body.insert("RuleGroups".to_owned(), Value::Array(groups));
    if let Some(list) = &scope.list {
        body.insert("ListID".to_owned(), json!(list));
    }
    Value::Object(body)
}

/// What a rule says, for messages.
pub(in crate::dialect) fn shown(rule: &Value) -> String {
    let word = |key: &str| rule.get(key).and_then(Value::as_str).unwrap_or_default();
    format!("{} {}", word("RuleType"), word("Clause"))
}
