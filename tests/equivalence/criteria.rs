//! Random right criteria, as the text of a file in each dialect.

use crate::random::Random;
use crate::world::{CLICKS, campaigns};
use segkit::dialect::Dialect;
use serde_json::{Value, json};

/// What every run must have reached, by dialect.
pub const CONSTRUCTS: &[&str] = &[
    "cc text Equals Ignored",
    "cc text StartsWith Ignored",
    "cc text Contains Ignored",
    "cc blank",
    "cc negated",
    "cc within range",
    "cc within last days",
    "cc List id",
    "cc List some",
    "cc Tag id",
    "cc Tag some",
    "cc engaged Sent one",
    "cc engaged NotSent one",
    "cc engaged Opened one",
    "cc engaged NotOpened one",
    "cc engaged Clicked one",
    "cc engaged NotClicked one",
    "cc engaged NotOpened any last default Campaign Any",
    "cc engaged NotOpened any last range Activity Any",
    "cc engaged NotOpened any every days Activity Literal",
    "cc engaged NotOpened all every range Campaign Literal",
    "cc engaged NotSent any every default Campaign Literal",
    "cc engaged NotSent all last days Activity Any",
    "cc engaged Opened any last range Campaign Any",
    "cc engaged Opened all every default Activity Any",
    "cc engaged Sent all last days Campaign Literal",
    "cc engaged NotClicked any last range Campaign Any",
    "cc engaged Clicked all every days Activity Literal",
    "cm text Equals Ignored",
    "cm text Contains Ignored",
    "cm blank",
    "cm negated",
    "cm number Equal",
    "cm number Less",
    "cm number LessOrEqual",
    "cm number Greater",
    "cm number GreaterOrEqual",
    "cm number Between",
    "cm date Equal",
    "cm date Less",
    "cm date Greater",
    "cm date Between",
    "cm location",
    "cm engaged Opened one",
    "cm engaged NotOpened one",
    "cm engaged OpenedNotClicked one",
    "cm engaged Clicked one",
    "cm engaged ClickedLink one",
    "cm engaged NotClickedLink one",
    "el text Equals Exact",
    "el text Contains Ignored",
    "el negated",
    "el number Equal",
    "el number Less",
    "el number LessOrEqual",
    "el number Greater",
    "el number GreaterOrEqual",
    "el date Equal",
    "el date Less",
    "el date LessOrEqual",
    "el date Greater",
    "el date GreaterOrEqual",
    "el day Equal",
    "el day Less",
    "el day LessOrEqual",
    "el day Greater",
    "el day GreaterOrEqual",
    "el Tag name Equals",
    "el Tag name Contains",
    "el engaged Sent one",
    "el engaged NotSent one",
    "el engaged Opened one",
    "el engaged Clicked one",
    "el engaged DeliveredNotOpened one",
    "el engaged NotClicked one",
];

const WORDS: &[&str] = &[
    "MA",
    "ma",
    "RI",
    "rhode",
    "É",
    "ix",
    "İX",
    "a,\"b",
    "Daily",
    "Sydney",
    "ΠάΤ",
    "МОСК",
    "москва",
    "οδοσ",
    "Σ",
];
const NUMBERS: &[&str] = &["13", "13.00", "45", "0.5", "-2", "012"];
const DATES: &[&str] = &["2024-02-29", "2024-03-01", "2024-03-02", "2023-12-31"];

pub fn generate(random: &mut Random, dialect: Dialect) -> String {
    let body = match dialect {
        Dialect::ConstantContact => constant_contact(random),
        Dialect::CampaignMonitor => campaign_monitor(random),
        Dialect::EngageLab => engagelab(random),
    };
    if random.one_in(2) { body.to_string() } else { serde_json::to_string_pretty(&body).unwrap() }
}

fn constant_contact(random: &mut Random) -> Value {
    let mut parts = Vec::new();
    for _ in 0..random.between(1, 2) {
        parts.push(cc_part(random, &["contact", "tracking"]));
    }
    if random.one_in(5) {
        parts.push(json!({"type": "and", "group": [cc_part(random, &["contact", "tracking"])]}));
    }
    if random.one_in(5) {
        parts.push(cc_part(random, &["list_membership"]));
    }
    if random.one_in(5) {
        parts.push(cc_part(random, &["tags"]));
    }
    let top = json!({"type": "and", "group": parts});
    let criteria = json!({"version": "1.0.0", "criteria": top});
    match random.below(4) {
        0 => top,
        1 => json!({"name": "n", "segment_criteria": criteria.to_string()}),
        2 => json!({"name": "n", "criteria": top}),
        _ => criteria,
    }
}

fn cc_part(random: &mut Random, sources: &[&str]) -> Value {
    let source = random.text(sources);
    if random.one_in(2) {
        return cc_leaf(random, &source);
    }
    let leaves: Vec<Value> = (0..random.between(1, 3)).map(|_| cc_leaf(random, &source)).collect();
    json!({"type": "or", "group": leaves})
}

fn cc_leaf(random: &mut Random, source: &str) -> Value {
    let sign = random.text(&["eq", "ne"]);
    match source {
        "contact" => cc_contact(random, &sign),
        "tracking" => cc_tracking(random, &sign),
        _ => {
            let (field, ids): (_, &[&str]) = match source {
                "tags" => ("tag_id", &["T1", "t2", "gold", "t7"]),
                _ => ("list_id", &["L1", "l2", "l3", "friends"]),
            };
            if random.one_in(4) {
                return json!({"source": source, "field": field, "op": sign, "const_value": "none"});
            }
            let id = random.text(ids);
            json!({"source": source, "field": field, "op": sign, "value": id})
        }
    }
}

fn cc_contact(random: &mut Random, sign: &str) -> Value {
    if random.one_in(4) {
        let field = random.text(&["date_added", "date_updated"]);
        let (constant, param) = cc_window(random);
        let key = random.text(&["date_param", "param"]);
        let mut leaf = json!({"source": "contact", "field": field, "op": "contains-any",
            "const_value": constant});
        leaf[key] = param;
        return leaf;
    }
    let field = random.text(&["state", "title", "job_title", "city", "cf:color", "birthday_month"]);
    if random.one_in(5) {
        return json!({"source": "contact", "field": field, "op": sign, "const_value": "blank"});
    }
    let op = random.text(&[sign, sign, "starts-with", "contains-string"]);
    let value = random.text(if field == "birthday_month" { NUMBERS } else { WORDS });
    json!({"source": "contact", "field": field, "op": op, "value": value})
}

fn cc_window(random: &mut Random) -> (&'static str, Value) {
    if random.one_in(2) {
        let days = *random.pick(&[1, 2, 15, 60, 400, 1825]);
        let days = if random.one_in(2) { json!(days) } else { json!(days.to_string()) };
        return ("last-n-days", days);
    }
    let ends: [&[&str]; 2] = [
        &[
            "2024-02-01T00:00:00+0000",
            "2023-06-01T08:00:00-05:00",
            "2024-01-15",
            "2024-02-29T12:00:00Z",
        ],
        &[
            "2024-02-29T12:00:00Z",
            "2024-03-01T12:00:00.000+00:00",
            "2024-03-01",
            "2024-06-01T00:00:00Z",
        ],
    ];
    ("in-range", json!(ends.map(|all| random.text(all))))
}

fn cc_tracking(random: &mut Random, sign: &str) -> Value {
    let field =
        random.text(&["sent", "not_sent", "opened", "not_opened", "clicked", "not_clicked"]);
    if random.one_in(3) {
        let id = random.text(campaigns(Dialect::ConstantContact));
        return json!({"source": "tracking", "field": field, "op": sign, "value": id});
    }
    let op = random.text(&["contains-any", "contains-all"]);
    let mut leaf = json!({"source": "tracking", "field": field, "op": op});
    if random.one_in(2) {
        leaf["const_value"] = json!("last-n-campaigns");
        let count = random.between(1, 4);
        leaf["param"] = if random.one_in(2) { json!(count) } else { json!(count.to_string()) };
    } else {
        leaf["const_value"] = json!("campaigns");
    }
    if !random.one_in(3) {
        let (constant, param) = cc_window(random);
        leaf["const_date_value"] = json!(constant);
        leaf["date_param"] = param;
    }
    leaf
}

fn campaign_monitor(random: &mut Random) -> Value {
    let groups: Vec<Value> = (0..random.below(3))
        .map(|_| {
            let rules: Vec<Value> = (0..random.between(1, 3)).map(|_| cm_rule(random)).collect();
            json!({"Rules": rules})
        })
        .collect();
    let mut body = json!({"Title": "t", "RuleGroups": groups});
    if random.one_in(6) {
        body["ListID"] = json!(random.text(&["L1", "l2"]));
        body["SegmentID"] = json!("b1");
        body["ActiveSubscribers"] = json!(0);
    }
    body
}

fn cm_rule(random: &mut Random) -> Value {
    let dates = |random: &mut Random, subscribed: bool| {
        let verbs: &[&str] = if subscribed {
            &["EQUALS", "NOT_EQUALS", "BEFORE", "AFTER", "BETWEEN"]
        } else {
            &["EQUALS", "NOT_EQUALS", "BEFORE", "AFTER", "BETWEEN", "PROVIDED", "NOT_PROVIDED"]
        };
        match random.text(verbs).as_str() {
            "BETWEEN" => {
                let mut ends = [random.text(DATES), random.text(DATES)];
                ends.sort();
                format!("BETWEEN {} AND {}", ends[0], ends[1])
            }
            verb @ ("PROVIDED" | "NOT_PROVIDED") => verb.to_owned(),
            verb => format!("{verb} {}", random.text(DATES)),
        }
    };
    let (subject, clause) = match random.below(12) {
        0 => {
            let verb = random.text(&["EQUALS", "NOT_EQUALS"]);
            ("Name".to_owned(), format!("{verb} {}", random.text(WORDS)))
        }
        1 => ("Name".to_owned(), random.text(&["PROVIDED", "NOT_PROVIDED"])),
        2 => {
            let verb = random.text(&["EQUALS", "NOT_EQUALS", "CONTAINS", "NOT_CONTAINS"]);
            let text = random.text(&["p1@example.com", "@EXAMPLE", "p2", "org"]);
            ("EmailAddress".to_owned(), format!("{verb} {text}"))
        }
        3 => ("DateSubscribed".to_owned(), dates(random, true)),
        4 => {
            let verb = random.text(&[
                "EQUALS",
                "NOT_EQUALS",
                "GREATER_THAN",
                "GREATER_THAN_OR_EQUAL",
                "LESS_THAN",
                "LESS_THAN_OR_EQUAL",
                "BETWEEN",
                "PROVIDED",
                "NOT_PROVIDED",
            ]);
            let clause = match verb.as_str() {
                "BETWEEN" => random.text(&["BETWEEN -2 AND 13", "BETWEEN 13 AND 45"]),
                "PROVIDED" | "NOT_PROVIDED" => verb,
                _ => format!("{verb} {}", random.text(NUMBERS)),
            };
            (random.text(&["age", "[age]"]), clause)
        }
        5 => (random.text(&["since", "[since]"]), dates(random, false)),
        6 => {
            let verb = random.text(&["EQUALS", "NOT_EQUALS"]);
            ("[freq]".to_owned(), format!("{verb} {}", random.text(&["daily", "Weekly"])))
        }
        7 => {
            let verb = random.text(&["EQUALS", "NOT_EQUALS", "CONTAINS", "NOT_CONTAINS"]);
            ("color".to_owned(), format!("{verb} {}", random.text(WORDS)))
        }
        8 => {
            let verb = random.text(&["EQUALS", "NOT_EQUALS"]);
            let place = random.text(&["us", "Australia", "MA", "AU", "Sydney"]);
            ("Location".to_owned(), format!("{verb} {place}"))
        }
        9 => {
            let subject = random.text(&["CampaignClickedSpecific", "CampaignNotClickedSpecific"]);
            let id = random.text(campaigns(Dialect::CampaignMonitor));
            (subject, format!("{id} {}", random.text(CLICKS)))
        }
        _ => {
            let subject = random.text(&[
                "CampaignOpened",
                "CampaignNotOpened",
                "CampaignOpenedNoClick",
                "CampaignClickedAny",
            ]);
            (subject, random.text(campaigns(Dialect::CampaignMonitor)))
        }
    };
    json!({"RuleType": subject, "Clause": clause})
}

fn engagelab(random: &mut Random) -> Value {
    let by_campaign = random.one_in(3);
    let items: Vec<Value> = (0..random.between(1, 3))
        .map(|_| if by_campaign { el_campaign(random) } else { el_item(random) })
        .collect();
    let relation = random.text(&["and", "or"]);
    let body = json!({"segment_name": "n", "type": i32::from(by_campaign),
        "condition": {"relation": relation, "items": items}});
    if random.one_in(4) { json!({"result": body}) } else { body }
}

fn el_campaign(random: &mut Random) -> Value {
    let word = random.text(&["sent", "open", "click", "unopen", "unclick", "notsent"]);
    let id: i64 = random.text(campaigns(Dialect::EngageLab)).parse().unwrap();
    json!({"campaign_id": id, "field_name": "campaign", "op": "==", "value": word})
}

fn el_item(random: &mut Random) -> Value {
    const TEXT: &[&str] = &["==", "!=", "contain", "does not contain"];
    const ORDERED: &[&str] = &["==", "!=", ">", ">=", "<", "<="];
    let (field, ops, values): (&str, &[&str], &[&str]) = match random.below(10) {
        0 => ("Name", TEXT, WORDS),
        1 => ("Email", TEXT, &["P1@example.com", "p1@example.com", "EXAMPLE", "org"]),
        2 => ("Phone", TEXT, &["123", "5"]),
        3 => ("domain", TEXT, &["example.com", "Example.com", "b.org", "EXAM"]),
        4 => ("tag", TEXT, &["Gold", "gold", "T1", "fleece"]),
        5 => ("age", ORDERED, NUMBERS),
        6 => ("since", ORDERED, &["01/03/2024", "02/03/2024", "2024-03-01"]),
        7 => ("born", ORDERED, &["03/01", "03/30", "02/29"]),
        8 => ("createTime", ORDERED, &["03/01/2024", "02/29/2024", "2024-03-02"]),
        _ => ("color", TEXT, WORDS),
    };
    json!({"field_name": field, "op": random.text(ops), "value": random.text(values)})
}
