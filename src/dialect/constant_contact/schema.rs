//! The JSON Schema of Constant Contact's criteria.

use super::fields::{
    BODY_KEYS, CONSTANTS, CONTACT_FIELDS, CRITERIA_KEYS, Class, Constant, DATE_FILTERS, GROUP_KEYS,
    GROUP_TYPES, LEAF_KEYS, LIST_FIELDS, MAX_CAMPAIGNS, MAX_DAYS, OPERATORS, OPS, OperatorRow,
    SOURCES, Source, TAG_FIELDS, TRACKING_FIELDS, VERSION,
};
use crate::dialect::schema_parts::{
    ISO_DATE, about, blank, blank_under, choose, count, defined, file, has, has_any, matching,
    object, one_of, says, term_of, when, with, word,
};
use serde_json::{Value, json};

/// The schema without its title.
pub(in crate::dialect) fn schema() -> Value {
    let answer = object(&[], &[], &[]);
    let segments = json!({ "type": "array", "minItems": 1, "items": defined("value") });
    let (root, value) = file(Some("segments"), with(answer, says("segments", segments)));
    let part = choose(has_any(&["group"]), defined("top"), defined("leaf"));
    let is_part = json!({
        "not": has_any(&["segment_criteria", "criteria", "segment_id"]),
        "anyOf": [has_any(&["group", "source", "field", "op"])],
    });
    let segment = choose(is_part, part, defined("body"));
    let segment = with(json!({ "type": "object" }), segment);
    let group = choose(is_and(), defined("and"), defined("or"));
    with(
        root,
        json!({ "$defs": {
            "value": value,
            "segment": segment,
            "body": body(),
            "document": document(),
            "top": with(group_of(defined("part")), json!({ "allOf": [is_and(), joined_once()] })),
            "part": choose(is_group(), group, defined("leaf")),
            "and": with(group_of(defined("part")), joined_once()),
            "or": with(group_of(defined("leaf")), one_source()),
            "leaf": leaf(),
            "filter": filter(),
            "range": range(),
            "days": count(None),
            "trackingDays": count(Some(MAX_DAYS)),
        } }),
    )
}

fn version() -> Value {
    json!({ "type": ["string", "null"], "examples": [VERSION], "default": VERSION })
}

fn body() -> Value {
    let escaped = json!({
        "contentMediaType": "application/json",
        "contentSchema": defined("document"),
    });
    let name = with(word(), json!({ "type": ["string", "null"] }));
    let keys = [("name", name), ("segment_criteria", json!({})), ("version", version())];
    let body = object(BODY_KEYS, &[], &keys);
    let criteria = choose(
        has("segment_criteria"),
        says("segment_criteria", with(word(), escaped)),
        says("criteria", defined("top")),
    );
    // As a catalog keeps it.
    let decoded = says("segment_criteria", json!({ "type": "object" }));
    let stored = with(has_any(&["segment_id"]), decoded);
    with(body, choose(stored, says("segment_criteria", defined("document")), criteria))
}

/// What the criteria string holds; a group or a leaf of its own is read too.
fn document() -> Value {
    let whole = object(
        CRITERIA_KEYS,
        &["criteria"],
        &[("version", version()), ("criteria", defined("top"))],
    );
    let is_top = json!({ "not": has_any(&["criteria"]), "anyOf": [has_any(&["group", "source"])] });
    with(json!({ "type": "object" }), choose(is_top, defined("top"), whole))
}

/// A group has a `group`, or a `type` and nothing of a leaf.
fn is_group() -> Value {
    json!({ "anyOf": [
        has_any(&["group"]),
        { "required": ["type"], "not": has_any(&["source", "field", "op"]) },
    ] })
}

fn is_and() -> Value {
    says("type", json!({ "const": "and" }))
}

fn group_of(parts: Value) -> Value {
    let parts = json!({ "type": "array", "minItems": 1, "items": parts });
    let mut group =
        object(GROUP_KEYS, &["type", "group"], &[("type", term_of(GROUP_TYPES)), ("group", parts)]);
    // What has both a group's and a leaf's keys would lose one half.
    if let Some(properties) = group.get_mut("properties").and_then(Value::as_object_mut) {
        properties.extend(LEAF_KEYS.iter().map(|key| (key.name.to_owned(), json!(false))));
    }
    group
}

fn of_source(source: Source) -> Value {
    says("source", json!({ "const": source.name() }))
}

/// An `or` group holds one source.
fn one_source() -> Value {
    let all = |source| says("group", json!({ "items": of_source(source) }));
    json!({ "anyOf": SOURCES.iter().map(|term| all(term.means)).collect::<Vec<_>>() })
}

/// One part at most speaks of lists, and one of tags. Validation sees through a nested `and` too.
fn joined_once() -> Value {
    let speaks = |source| {
        let inside = says("group", json!({ "contains": of_source(source) }));
        let or = json!({ "allOf": [says("type", json!({ "const": "or" })), inside] });
        json!({ "anyOf": [of_source(source), or] })
    };
    let once = |source| {
        let parts = json!({ "contains": speaks(source), "minContains": 0, "maxContains": 1 });
        json!({ "properties": { "group": parts } })
    };
    json!({ "allOf": [once(Source::ListMembership), once(Source::Tags)] })
}

fn leaf() -> Value {
    let window = json!({ "anyOf": [defined("range"), defined("days"), blank()] });
    let constants = term_of(CONSTANTS);
    let filters = CONSTANTS.iter().filter(|term| DATE_FILTERS.contains(&term.means));
    let filters = one_of(filters.map(|term| (term.name, term.about.to_owned())));
    let leaf = object(
        LEAF_KEYS,
        &["source", "field", "op"],
        &[
            ("source", term_of(SOURCES)),
            ("field", word()),
            ("op", term_of(OPS)),
            ("const_value", json!({ "anyOf": [constants, blank()] })),
            ("const_date_value", json!({ "anyOf": [filters, blank()] })),
            ("date_param", window),
        ],
    );
    let mut rules: Vec<Value> = Vec::new();
    for source in SOURCES {
        let field = fields(source.means);
        rules.push(when(of_source(source.means), json!({ "properties": { "field": field } })));
    }
    for class in [Class::Text, Class::Date, Class::Tracking, Class::List, Class::Tag] {
        let rows = || OPERATORS.iter().filter(move |row| row.class == class);
        let ops = rows().map(|row| (row.op.name(), about(row.about, row.documented)));
        let mut each = vec![json!({ "properties": { "op": one_of(ops) } })];
        each.extend(
            rows().map(|row| when(says("op", json!({ "const": row.op.name() })), operand(row))),
        );
        rules.push(when(of_class(class), json!({ "allOf": each })));
    }
    with(leaf, json!({ "allOf": rules }))
}

/// The fields of a source.
fn fields(source: Source) -> Value {
    match source {
        Source::Contact => {
            let rows = CONTACT_FIELDS.iter();
            let known = one_of(rows.map(|row| (row.name, about(row.about, row.documented))));
            let custom =
                json!({ "description": "A custom field, by name, label or id; `cf:NAME` too." });
            json!({ "anyOf": [known, with(custom, word())] })
        }
        Source::Tracking => term_of(TRACKING_FIELDS),
        Source::ListMembership => term_of(LIST_FIELDS),
        Source::Tags => term_of(TAG_FIELDS),
    }
}

/// The leaves whose operators are those of a class.
fn of_class(class: Class) -> Value {
    let dates = CONTACT_FIELDS.iter().filter(|row| row.class == Class::Date);
    let is_date = says("field", json!({ "enum": dates.map(|row| row.name).collect::<Vec<_>>() }));
    let source = of_source(class.source());
    match class {
        Class::Date => json!({ "allOf": [source, is_date] }),
        Class::Text => json!({ "allOf": [source, { "not": is_date }] }),
        Class::Tracking | Class::List | Class::Tag => source,
    }
}

/// What stands behind an operator: a value, or a constant with its parameters.
fn operand(row: &OperatorRow) -> Value {
    let no_filter = blank_under(&["const_date_value", "date_param"]);
    let no_constant = blank_under(&["const_value"]);
    let literal = json!({ "allOf": [says("value", word()), no_constant, no_filter] });
    let constant = |constant: &Constant| {
        let said = says("const_value", json!({ "const": constant.name() }));
        json!({ "allOf": [said, blank_under(&["value"]), parameters(*constant, row.class)] })
    };
    let constants = row.constants.iter().map(constant);
    let all: Vec<Value> = row.literal.then_some(literal).into_iter().chain(constants).collect();
    json!({ "anyOf": all })
}

/// The parameters of a constant.
fn parameters(constant: Constant, class: Class) -> Value {
    match (constant, class) {
        (Constant::Blank | Constant::Nothing, _) => {
            blank_under(&["const_date_value", "date_param"])
        }
        (Constant::LastNCampaigns, _) => {
            let param = says("param", count(Some(MAX_CAMPAIGNS)));
            json!({ "allOf": [param, defined("filter")] })
        }
        (Constant::Campaigns, _) => defined("filter"),
        (Constant::InRange | Constant::LastNDays, _) => {
            let at = |key| says(key, window(constant, "days"));
            let other = json!({ "allOf": [blank_under(&["date_param"]), at("param")] });
            let place = json!({ "anyOf": [at("date_param"), other] });
            json!({ "allOf": [place, blank_under(&["const_date_value"])] })
        }
    }
}

/// The date filter of a set of campaigns, or none.
fn filter() -> Value {
    let one = |constant: &Constant| {
        let said = says("const_date_value", json!({ "const": constant.name() }));
        json!({ "allOf": [said, says("date_param", window(*constant, "trackingDays"))] })
    };
    let none = blank_under(&["const_date_value", "date_param"]);
    let all: Vec<Value> = DATE_FILTERS.iter().map(one).chain([none]).collect();
    json!({ "anyOf": all })
}

/// What completes a constant of time: two date-times, or a number of days of this name.
fn window(constant: Constant, days: &str) -> Value {
    defined(if constant == Constant::InRange { "range" } else { days })
}

fn range() -> Value {
    let time = r"T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})";
    let date_time = with(
        matching(&format!("{ISO_DATE}({time})?")),
        json!({ "examples": ["2017-12-15T01:16:00+0000"] }),
    );
    json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": date_time })
}
