//! The pieces of which the vendors' JSON Schemas are made.

use super::keys::{Key, Wanted};
use super::terms::Term;
use serde_json::{Map, Value, json};

/// Blanks only, which count as nothing.
const BLANK: &str = r"^\s*$";
/// A date as ISO writes it.
pub(super) const ISO_DATE: &str = r"\d{4}-\d{2}-\d{2}";
/// A decimal number.
pub(super) const DECIMAL: &str = r"[+-]?(\d+\.?\d*|\.\d+)";

/// Puts the members of an object into another; those that are there already are replaced.
fn merge(into: &mut Map<String, Value>, from: Value) {
    if let Value::Object(members) = from {
        into.extend(members);
    }
}

/// A schema with the members of a second one added.
pub(super) fn with(schema: Value, more: Value) -> Value {
    let mut members = Map::new();
    merge(&mut members, schema);
    merge(&mut members, more);
    Value::Object(members)
}

/// An object with the keys of a table. What `special` says of a key replaces its type; other keys
/// may stand there too, which is a warning of validation.
pub(super) fn object(keys: &[Key], required: &[&str], special: &[(&str, Value)]) -> Value {
    let property = |key: &Key| {
        let said = special.iter().find(|(name, _)| *name == key.name);
        let schema = said.map_or_else(|| or_null(key.wanted), |(_, schema)| schema.clone());
        (key.name.to_owned(), with(json!({ "description": key.about }), schema))
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// A value of the type, or `null`, which counts as absent.
fn or_null(wanted: Wanted) -> Value {
    match wanted {
        Wanted::Text | Wanted::Literal | Wanted::Escaped => json!({ "type": ["string", "null"] }),
        Wanted::Integer => json!({ "type": ["integer", "null"] }),
        Wanted::CountOrArray => json!({ "type": ["integer", "string", "array", "null"] }),
        Wanted::Flag => json!({ "type": ["boolean", "null"] }),
        Wanted::Array => json!({ "type": ["array", "null"] }),
        Wanted::Object => json!({ "type": ["object", "null"] }),
        Wanted::Any => json!({}),
    }
}

/// One of some words, each with what it is.
pub(super) fn one_of<'w>(words: impl Iterator<Item = (&'w str, String)>) -> Value {
    let (words, abouts): (Vec<&str>, Vec<String>) = words.unzip();
    json!({ "enum": words, "markdownEnumDescriptions": abouts })
}

/// One of the words of a table.
pub(super) fn term_of<T>(terms: &[Term<T>]) -> Value {
    one_of(terms.iter().map(|term| (term.name, term.about.to_owned())))
}

/// A line about a row, and whether the vendor's page has it.
pub(super) fn about(about: &str, documented: bool) -> String {
    if documented { about.to_owned() } else { format!("{about} Not shown on the vendor's page.") }
}

/// A string that says something.
pub(super) fn word() -> Value {
    json!({ "type": "string", "pattern": r"\S" })
}

/// A string that matches; the pattern is of the whole string, blanks around it apart.
pub(super) fn matching(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": format!(r"^\s*(?:{pattern})\s*$") })
}

/// Nothing: a string of blanks, or `null`.
pub(super) fn blank() -> Value {
    json!({ "type": ["string", "null"], "pattern": BLANK })
}

/// A number from 1, as an integer or a string of digits.
pub(super) fn count(most: Option<u32>) -> Value {
    let (number, digits) = match most {
        Some(most) => (json!({ "type": "integer", "minimum": 1, "maximum": most }), up_to(most)),
        None => (json!({ "type": "integer", "minimum": 1 }), r"[1-9]\d*".to_owned()),
    };
    json!({ "anyOf": [number, matching(&format!("0*(?:{digits})"))] })
}

/// A pattern of the whole numbers from 1 to `most`, without leading zeros.
fn up_to(most: u32) -> String {
    let digits: Vec<char> = most.to_string().chars().collect();
    let mut forms = Vec::new();
    if digits.len() > 1 {
        forms.push(format!(r"[1-9]\d{{0,{}}}", digits.len() - 2));
    }
    let mut before = String::new();
    for (at, &digit) in digits.iter().enumerate() {
        let least = if at == 0 { '1' } else { '0' };
        if let Some(below) = char::from_u32(u32::from(digit) - 1).filter(|below| *below >= least) {
            let rest = digits.len() - at - 1;
            forms.push(format!(r"{before}[{least}-{below}]\d{{{rest}}}"));
        }
        before.push(digit);
    }
    forms.push(before);
    forms.join("|")
}

/// A pattern of a word in any case; `word` has letters of ASCII only.
pub(super) fn in_any_case(word: &str) -> String {
    word.chars()
        .map(|c| format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()))
        .collect()
}

/// A schema that is kept under `$defs`.
pub(super) fn defined(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// True of an object that says this under a key.
pub(super) fn says(key: &str, schema: Value) -> Value {
    json!({ "properties": { key: schema }, "required": [key] })
}

/// True of an object that has a key, and not `null` there.
pub(super) fn has(key: &str) -> Value {
    says(key, json!({ "not": { "type": "null" } }))
}

/// True of an object that has one of some keys.
pub(super) fn has_any(keys: &[&str]) -> Value {
    json!({ "anyOf": keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>() })
}

/// What holds where a condition holds.
pub(super) fn when(condition: Value, then: Value) -> Value {
    json!({ "if": condition, "then": then })
}

/// What holds where a condition holds, and what where it doesn't.
pub(super) fn choose(condition: Value, then: Value, otherwise: Value) -> Value {
    json!({ "if": condition, "then": then, "else": otherwise })
}

/// An object under which these keys say nothing.
pub(super) fn blank_under(keys: &[&str]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| ((*key).to_owned(), blank())).collect();
    json!({ "properties": properties })
}

/// A file's value: one segment, or an array of them; each may stand in an answer, whose segments are
/// under `wrapper`.
pub(super) fn file(wrapper: Option<&str>, answer: Value) -> (Value, Value) {
    let list = json!({ "type": "array", "minItems": 1, "items": defined("value") });
    let root = choose(json!({ "type": "array" }), list, defined("value"));
    let value = match wrapper {
        Some(key) => {
            choose(json!({ "type": "object", "required": [key] }), answer, defined("segment"))
        }
        None => defined("segment"),
    };
    (root, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_numbers() {
        for most in [1, 9, 10, 48, 500, 1825, 2000] {
            let schema = count(Some(most));
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            for number in 0..=most + 200 {
                let fits = (1..=most).contains(&number);
                let (text, padded) = (number.to_string(), format!(" 00{number} "));
                for value in [json!(number), json!(text), json!(padded)] {
                    assert_eq!(validator.is_valid(&value), fits, "{value} of {most}");
                }
            }
        }
    }
}
