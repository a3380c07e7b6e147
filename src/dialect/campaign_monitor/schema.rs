//! The JSON Schema of Campaign Monitor's segments.

use super::rule_types::{
    BODY_KEYS, CAMPAIGN_ID_DIGITS, Class, GROUP_KEYS, OLD_RULE_KEYS, RULE_KEYS, RULE_TYPES,
    SHORT_CAMPAIGN_ID_DIGITS,
};
use super::verbs::{VERBS, Verb, row};
use crate::dialect::schema_parts::{
    DECIMAL, ISO_DATE, about, choose, defined, file, has, has_any, in_any_case, matching, object,
    one_of, says, when, with, word,
};
use serde_json::{Map, Value, json};

/// The schema without its title.
pub(in crate::dialect) fn schema() -> Value {
    let (root, value) = file(None, Value::Null);
    let is_body = has_any(&["Title", "RuleGroups", "Rules"]);
    let segment = choose(is_body, defined("body"), defined("rule"));
    let mut defs = Map::from_iter([
        ("value".to_owned(), value),
        ("segment".to_owned(), with(json!({ "type": "object" }), segment)),
        ("body".to_owned(), body()),
        ("group".to_owned(), object(GROUP_KEYS, &["Rules"], &[("Rules", rules())])),
        ("anyRule".to_owned(), any_rule()),
        ("rule".to_owned(), rule()),
        ("oldRule".to_owned(), old_rule()),
        ("ruleType".to_owned(), rule_type()),
        ("customClause".to_owned(), clause(Class::Untyped)),
    ]);
    let built_in = RULE_TYPES.iter().map(|row| (clause_name(row.name), clause(row.class)));
    defs.extend(built_in);
    with(root, json!({ "$defs": defs }))
}

fn rules() -> Value {
    json!({ "type": "array", "minItems": 1, "items": defined("anyRule") })
}

fn body() -> Value {
    let title = with(word(), json!({ "type": ["string", "null"] }));
    let groups = json!({ "type": ["array", "null"], "items": defined("group") });
    let body = object(BODY_KEYS, &[], &[("Title", title), ("RuleGroups", groups)]);
    // Beside rule groups, `Rules` says nothing.
    let bare = json!({ "properties": { "Rules": { "anyOf": [rules(), { "type": "null" }] } } });
    with(body, when(json!({ "not": has("RuleGroups") }), bare))
}

fn any_rule() -> Value {
    let is_old = has_any(&["Subject", "Clauses"]);
    with(json!({ "type": "object" }), choose(is_old, defined("oldRule"), defined("rule")))
}

fn rule() -> Value {
    let keys = [("RuleType", defined("ruleType")), ("Clause", word())];
    let rule = object(RULE_KEYS, &["RuleType", "Clause"], &keys);
    let holds = |clause| json!({ "properties": { "Clause": clause } });
    with(rule, by_subject("RuleType", holds))
}

fn old_rule() -> Value {
    let clauses = |each: Value| json!({ "type": "array", "minItems": 1, "items": each });
    let keys = [("RuleType", json!({})), ("Subject", json!({})), ("Clauses", clauses(word()))];
    let rule = object(OLD_RULE_KEYS, &["Clauses"], &keys);
    let of = |key| {
        let each = |clause| json!({ "properties": { "Clauses": clauses(clause) } });
        json!({ "allOf": [says(key, defined("ruleType")), by_subject(key, each)] })
    };
    with(rule, choose(has_any(&["Subject"]), of("Subject"), of("RuleType")))
}

/// What holds of a rule by what it is about: of each built-in, and of custom fields.
fn by_subject(key: &str, holds: impl Fn(Value) -> Value) -> Value {
    let names: Vec<&str> = RULE_TYPES.iter().map(|row| row.name).collect();
    let built_in = RULE_TYPES.iter().map(|row| {
        let clause = defined(&clause_name(row.name));
        when(says(key, json!({ "const": row.name })), holds(clause))
    });
    let is_custom = says(key, json!({ "not": { "enum": names } }));
    let custom = when(is_custom, holds(defined("customClause")));
    json!({ "allOf": built_in.chain([custom]).collect::<Vec<_>>() })
}

fn clause_name(rule_type: &str) -> String {
    format!("clauseOf{rule_type}")
}

/// A built-in, or a custom field; a built-in's name in another case is neither, unless in brackets.
fn rule_type() -> Value {
    let rows = RULE_TYPES.iter();
    let built_in = one_of(rows.map(|row| (row.name, about(row.about, row.documented))));
    let names: Vec<String> = RULE_TYPES.iter().map(|row| in_any_case(row.name)).collect();
    let empty = r"\[\s*\]".to_owned();
    let taken = matching(&[names, vec![empty]].concat().join("|"));
    let custom = with(
        json!({ "description": "A custom field: [its tag], the tag, or the field's name." }),
        with(word(), json!({ "not": taken })),
    );
    with(json!({ "type": "string" }), json!({ "anyOf": [built_in, custom] }))
}

/// A clause of a class of rules: a verb and its object, or for campaigns an id.
fn clause(class: Class) -> Value {
    let id =
        format!("[0-9A-Fa-f]{{{CAMPAIGN_ID_DIGITS}}}|[0-9A-Fa-f]{{{SHORT_CAMPAIGN_ID_DIGITS}}}");
    match class {
        Class::Campaign(_) => {
            with(json!({ "description": "The id of the campaign." }), matching(&id))
        }
        Class::Link(_) => with(
            json!({ "description": "The id of the campaign, a blank and the URL of the link." }),
            matching(&format!(r"(?:{id})\s+\S[\s\S]*")),
        ),
        _ => with_verb(class),
    }
}

fn with_verb(class: Class) -> Value {
    let takes = |verb: Verb| class == Class::Untyped || row(class, verb).is_some();
    let verbs = || VERBS.iter().filter(|term| takes(term.means));
    let forms = verbs().map(|term| match object_form(class, term.means) {
        Some(form) => format!(r"{}\s+(?:{form})", term.name),
        None => term.name.to_owned(),
    });
    let pattern = forms.collect::<Vec<_>>().join("|");
    let lines = verbs().map(|term| {
        let verified = row(class, term.means).is_none_or(|row| row.verified);
        format!("{}: {}", term.name, about(term.about, verified))
    });
    let description = lines.collect::<Vec<_>>().join("\n");
    let examples: Vec<&str> = verbs().map(|term| term.name).collect();
    with(json!({ "description": description, "examples": examples }), matching(&pattern))
}

/// The form of a verb's object; `None` where it takes none. A custom field is read as its verb needs
/// it.
fn object_form(class: Class, verb: Verb) -> Option<String> {
    let range = |bound: &str| format!(r"{bound}\s+AND\s+{bound}");
    let dated = class == Class::DateSubscribed;
    match verb {
        Verb::Provided | Verb::NotProvided => None,
        Verb::Between if dated => Some(range(ISO_DATE)),
        Verb::Between => Some(format!("{}|{}", range(ISO_DATE), range(DECIMAL))),
        Verb::Before | Verb::After => Some(ISO_DATE.to_owned()),
        Verb::GreaterThan | Verb::GreaterThanOrEqual | Verb::LessThan | Verb::LessThanOrEqual => {
            Some(DECIMAL.to_owned())
        }
        _ if dated => Some(ISO_DATE.to_owned()),
        _ => Some(r"\S[\s\S]*".to_owned()),
    }
}
