//! The JSON Schema of EngageLab's segments.

use super::fields::{
    BODY_KEYS, CAMPAIGN, CAMPAIGN_ID, CAMPAIGN_WORDS, CONDITION_KEYS, Class, FIELD_NAME, FIELDS,
    FORBIDDEN_IN_NAMES, ITEM_KEYS, MAX_ITEMS, MAX_NAME, OPERATORS, OPS, Op, PROCESS_KEYS,
    RELATIONS, SEGMENT_NAME, SEGMENT_TYPES, SegmentType,
};
use crate::dialect::schema_parts::{
    DECIMAL, ISO_DATE, about, choose, defined, file, has, matching, object, one_of, says, term_of,
    when, with, word,
};
use crate::dialect::terms::name_of;
use serde_json::{Value, json};

/// The schema without its title.
pub(in crate::dialect) fn schema() -> Value {
    let one = says("condition", json!({}));
    let one = json!({ "allOf": [one, defined("segment")] });
    let several = json!({ "type": "array", "minItems": 1, "items": one.clone() });
    let result = choose(json!({ "type": "array" }), several, one);
    let (root, value) = file(Some("result"), json!({ "properties": { "result": result } }));
    with(
        root,
        json!({ "$defs": {
            "value": value,
            "segment": segment(),
            "process": object(PROCESS_KEYS, &[], &[]),
            "condition": condition(),
            "item": item(),
        } }),
    )
}

fn name() -> Value {
    let forbidden = FORBIDDEN_IN_NAMES.iter().map(|c| format!("\\{c}")).collect::<String>();
    json!({
        "type": ["string", "null"],
        "pattern": format!(r"^[^{forbidden}]*[^\s{forbidden}][^{forbidden}]*$"),
        "maxLength": MAX_NAME,
    })
}

fn segment() -> Value {
    let numbers = SEGMENT_TYPES.iter().map(|row| json!(row.number));
    let numbers: Vec<Value> = numbers.chain([Value::Null]).collect();
    let abouts: Vec<&str> = SEGMENT_TYPES.iter().map(|row| row.about).collect();
    let kind = json!({ "enum": numbers, "markdownEnumDescriptions": abouts });
    let process = json!({ "anyOf": [defined("process"), { "type": "null" }] });
    let [usual, other] = SEGMENT_NAME;
    let keys = [
        (usual, name()),
        (other, json!({ "type": ["string", "null"] })),
        ("type", kind),
        ("condition", defined("condition")),
        ("process", process),
    ];
    let segment = object(BODY_KEYS, &["condition"], &keys);
    let items = |items: Value| says("condition", says("items", items));
    let mut rules: Vec<Value> = SEGMENT_TYPES
        .iter()
        .map(|row| {
            let of_type = says("type", json!({ "const": row.number }));
            when(of_type, items(json!({ "items": of(row.means) })))
        })
        .collect();
    // Without a type the first item tells.
    let untyped = json!({ "not": has("type") });
    let by_campaign = items(json!({ "prefixItems": [of(SegmentType::Campaign)] }));
    let all = |means| items(json!({ "items": of(means) }));
    let told = choose(by_campaign, all(SegmentType::Campaign), all(SegmentType::Field));
    rules.push(when(untyped, told));
    let named = json!({ "anyOf": [has(usual), has(other)] });
    rules.push(when(named, has("type")));
    // The page shows the relation in the condition and beside it; it must stand in one of them.
    let outside = says("relation", term_of(RELATIONS));
    let inside = says("condition", has("relation"));
    rules.push(json!({ "anyOf": [inside, outside] }));
    rules.push(when(json!({ "not": has(usual) }), json!({ "properties": { other: name() } })));
    with(segment, json!({ "allOf": rules }))
}

fn condition() -> Value {
    let items =
        json!({ "type": "array", "minItems": 1, "maxItems": MAX_ITEMS, "items": defined("item") });
    let keys = [("relation", term_of(RELATIONS)), ("items", items)];
    object(CONDITION_KEYS, &["items"], &keys)
}

/// True of an item whose field is this: of two spellings the first that says something counts.
fn field_is(schema: Value) -> Value {
    let [usual, other] = FIELD_NAME;
    let nothing = json!({ "properties": { usual: { "type": "null" } } });
    json!({ "anyOf": [
        says(usual, schema.clone()),
        { "allOf": [nothing, says(other, schema)] },
    ] })
}

/// True of the items of a type of segment.
fn of(means: SegmentType) -> Value {
    let is_campaign = field_is(json!({ "const": CAMPAIGN }));
    match means {
        SegmentType::Campaign => is_campaign,
        SegmentType::Field => json!({ "not": is_campaign }),
    }
}

fn item() -> Value {
    let known = one_of(FIELDS.iter().map(|row| (row.name, row.about.to_owned())));
    let custom = with(json!({ "description": "A custom field of the list." }), word());
    let field = json!({ "anyOf": [known, custom] });
    let text = json!({ "type": ["string", "null"] });
    let keys = [
        (FIELD_NAME[0], json!({ "anyOf": [field, { "type": "null" }] })),
        (FIELD_NAME[1], text),
        ("op", term_of(OPS)),
        ("value", word()),
    ];
    let item = object(ITEM_KEYS, &["op", "value"], &keys);
    let mut rules = vec![field_is(word())];
    for operators in OPERATORS {
        let class = operators.class;
        let ops = OPS.iter().filter(|term| operators.ops.contains(&term.means));
        let shown = |op: &Op| class == Class::Untyped || operators.verified.contains(op);
        let ops = one_of(ops.map(|term| (term.name, about(term.about, shown(&term.means)))));
        let holds = json!({ "allOf": [{ "properties": { "op": ops } }, operand(class)] });
        rules.extend(of_class(class).map(|condition| when(condition, holds)));
    }
    with(item, json!({ "allOf": rules }))
}

/// True of the items whose operators are those of a class; `None` where no name tells the class.
fn of_class(class: Class) -> Option<Value> {
    let names = |rows: &mut dyn Iterator<Item = &'static str>| rows.collect::<Vec<_>>();
    if class == Class::Untyped {
        let known = names(&mut FIELDS.iter().map(|row| row.name));
        return Some(field_is(json!({ "type": "string", "not": { "enum": known } })));
    }
    let of_class = names(&mut FIELDS.iter().filter(|row| row.class == class).map(|row| row.name));
    (!of_class.is_empty()).then(|| field_is(json!({ "enum": of_class })))
}

/// What an item of a class compares with.
fn operand(class: Class) -> Value {
    let date = format!(r"\d{{2}}/\d{{2}}/\d{{4}}|{ISO_DATE}");
    match class {
        Class::Date => says("value", matching(&date)),
        Class::Campaign => {
            let [usual, other] = CAMPAIGN_ID;
            let id = json!({ "type": "integer", "minimum": 0 });
            let nothing = json!({ "properties": { usual: { "type": "null" } } });
            let other = json!({ "allOf": [nothing, says(other, id.clone())] });
            json!({ "allOf": [
                says("value", term_of(CAMPAIGN_WORDS)),
                { "anyOf": [says(usual, id), other] },
            ] })
        }
        // With an account it may be a birthday, too.
        Class::Untyped => {
            let ordered = [Op::Greater, Op::GreaterOrEqual, Op::Less, Op::LessOrEqual];
            let ordered: Vec<&str> = ordered.iter().map(|op| name_of(OPS, op)).collect();
            let day = format!(r"{date}|\d{{1,2}}/\d{{1,2}}|{DECIMAL}");
            when(says("op", json!({ "enum": ordered })), says("value", matching(&day)))
        }
        _ => json!({}),
    }
}
