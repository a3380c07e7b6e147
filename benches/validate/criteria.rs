//! Criteria of the three dialects, made from a seed; some of them wrong.

use crate::random::Random;
use serde_json::{Value, json};

/// Rules a file.
pub const RULES: usize = 20;
/// The most characters that a criteria string may have.
pub const LONGEST: usize = 20_000;

/// One file in eight has wrong rules…
const WRONG_FILES: u64 = 125;
/// …of which a third are wrong.
const WRONG_RULES: u64 = 333;

const STATES: &[&str] = &["MA", "RI", "NH", "ME", "VT", "CT", "NY", "Québec", "Île-de-France"];
const NAMES: &[&str] = &["Ann", "Ben", "Chloé", "Dlang", "Núñez", "Olha", "Zoe \"Z\" Patel"];

/// What the streams of files are kept apart by.
const STREAM: u64 = 7;

/// A file's text: a third of the files in each dialect, half of Constant Contact's escaped.
pub fn file(seed: u64, number: u64) -> String {
    let mut random = Random::of(seed, STREAM, number);
    let wrong = if random.permille(WRONG_FILES) { WRONG_RULES } else { 0 };
    let name = format!("Segment {number}");
    let value = match number % 3 {
        0 => {
            let criteria = constant_contact(RULES, wrong, &mut random);
            if number.is_multiple_of(2) {
                json!({ "name": name, "segment_criteria": criteria.to_string() })
            } else {
                json!({ "name": name, "criteria": criteria["criteria"] })
            }
        }
        1 => campaign_monitor(&name, wrong, &mut random),
        // At most ten items make a condition.
        _ => {
            let half = |part| engagelab(&format!("{name} {part}"), wrong, &mut random);
            Value::Array([1, 2].map(half).to_vec())
        }
    };
    format!("{value:#}\n")
}

/// Constant Contact's criteria, as many rules as fit into `longest` characters; of every
/// `wrong_in` rules one is wrong, none for 0.
pub fn string(longest: usize, wrong_in: usize) -> String {
    let mut random = Random::of(1, STREAM, wrong_in as u64);
    let wrong = if wrong_in == 0 { 0 } else { 1000 / wrong_in as u64 };
    let mut rules = longest / 130;
    let mut text = constant_contact(rules, wrong, &mut random).to_string();
    while text.chars().count() > longest {
        rules -= 1;
        random = Random::of(1, STREAM, wrong_in as u64);
        text = constant_contact(rules, wrong, &mut random).to_string();
    }
    text
}

fn constant_contact(rules: usize, wrong: u64, random: &mut Random) -> Value {
    let mut parts = Vec::new();
    let mut states = Vec::new();
    for _ in 0..rules {
        let is_wrong = random.permille(wrong);
        match random.below(4) {
            0 | 1 => states.push(state(is_wrong, random)),
            2 => parts.push(tracking(is_wrong, random)),
            _ => parts.push(json!({
                "source": "contact", "field": "date_added", "op": if is_wrong { "eq" } else { "contains-any" },
                "const_value": "in-range",
                "param": ["2023-01-01T00:00:00+0000", "2024-01-01T00:00:00+0000"],
            })),
        }
    }
    if !states.is_empty() {
        parts.push(json!({ "type": "or", "group": states }));
    }
    json!({ "version": "1.0.0", "criteria": { "type": "and", "group": parts } })
}

fn state(is_wrong: bool, random: &mut Random) -> Value {
    let op = if is_wrong { "is" } else { "eq" };
    json!({ "source": "contact", "field": "state", "op": op, "value": *random.pick(STATES) })
}

fn tracking(is_wrong: bool, random: &mut Random) -> Value {
    let field = random.pick(&["opened", "not_opened", "clicked", "sent"]);
    let days = if is_wrong { 4000 } else { 30 + random.below(300) };
    json!({
        "source": "tracking", "field": *field, "op": "contains-any",
        "const_value": "last-n-campaigns", "param": 1 + random.below(5),
        "const_date_value": "last-n-days", "date_param": days,
    })
}

fn campaign_monitor(name: &str, wrong: u64, random: &mut Random) -> Value {
    let group =
        |random: &mut Random| json!({ "Rules": [rule(wrong, random), rule(wrong, random)] });
    let groups: Vec<Value> = (0..RULES / 2).map(|_| group(random)).collect();
    json!({ "Title": name, "RuleGroups": groups })
}

fn rule(wrong: u64, random: &mut Random) -> Value {
    let is_wrong = random.permille(wrong);
    let (subject, clause) = match (random.below(4), is_wrong) {
        (0, false) => ("Name", format!("EQUALS {}", random.pick(NAMES))),
        (0, true) => ("Name", format!("CONTAINS {}", random.pick(NAMES))),
        (1, false) => ("DateSubscribed", format!("AFTER 2023-0{}-15", 1 + random.below(9))),
        (1, true) => ("DateSubscribed", "AFTER 15/1/2023".to_owned()),
        (2, false) => ("CampaignOpened", format!("{:032x}", u128::from(random.next()) << 60)),
        (2, true) => ("CampaignOpened", "AFTER 2010-01-01".to_owned()),
        (_, false) => ("EmailAddress", format!("CONTAINS @mail{}.example.com", random.below(99))),
        (_, true) => ("emailaddress", "CONTAINS @example.com".to_owned()),
    };
    json!({ "RuleType": subject, "Clause": clause })
}

fn engagelab(name: &str, wrong: u64, random: &mut Random) -> Value {
    let item = |random: &mut Random| {
        let op = if random.permille(wrong) { "=" } else { "contain" };
        let field = *random.pick(&["Name", "Email", "domain", "Phone"]);
        json!({ "field_name": field, "op": op, "value": *random.pick(NAMES) })
    };
    let items: Vec<Value> = (0..RULES / 2).map(|_| item(random)).collect();
    json!({ "segment_name": name, "type": 0, "condition": { "relation": "or", "items": items } })
}
