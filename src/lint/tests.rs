//! What each lint says of small segments, and that large ones take no longer than they should.

use super::*;
use crate::account::Account;
use crate::finding::Kind;
use crate::value::{DayOrder, Stamp, Zone};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn read(text: String) -> (SourceFile, Reading) {
    read_with(text, &Account::default())
}

fn read_with(text: String, account: &Account) -> (SourceFile, Reading) {
    let file = SourceFile::new("t.json", text.into_bytes());
    let as_of = Stamp::parse("2024-06-01", DayOrder::MonthFirst).unwrap().instant(Zone::UTC);
    let context = Context { account, as_of, zone: Zone::UTC, dialect: None };
    let reading = check(&file, &context, &Levels::default());
    (file, reading)
}

/// The lints among the findings, as `name: message @ characters / other characters`.
fn lints(body: Value) -> Vec<String> {
    let (file, reading) = read(body.to_string());
    assert!(reading.segments.iter().all(|segment| segment.segment.is_some()), "{body}");
    let own =
        |finding: &&Finding| (Kind::RulesContradict..=Kind::ReadingCase).contains(&finding.kind);
    let shown = |finding: &Finding| {
        let places = finding.related.iter().map(|(span, _)| format!(" / {}", file.slice(*span)));
        let (name, at) = (finding.kind.name(), file.slice(finding.span));
        format!("{name}: {} @ {at}{}", finding.message, places.collect::<String>())
    };
    reading.findings.iter().filter(own).map(shown).collect()
}

fn leaf(field: &str, op: &str, value: &str) -> Value {
    json!({"source": "contact", "field": field, "op": op, "value": value})
}

fn tracking(field: &str, value: &str) -> Value {
    json!({"source": "tracking", "field": field, "op": "eq", "value": value})
}

fn and(group: Vec<Value>) -> Value {
    json!({"type": "and", "group": group})
}

fn or(group: Vec<Value>) -> Value {
    json!({"type": "or", "group": group})
}

fn monitor(groups: &[&[(&str, &str)]]) -> Value {
    let rule = |(subject, clause): &(&str, &str)| json!({"RuleType": subject, "Clause": clause});
    let group =
        |rules: &&[(&str, &str)]| json!({"Rules": rules.iter().map(rule).collect::<Vec<_>>()});
    json!({"Title": "t", "RuleGroups": groups.iter().map(group).collect::<Vec<_>>()})
}

fn engagelab(relation: &str, items: &[(&str, &str, &str)]) -> Value {
    let item = |(field, op, value): &(&str, &str, &str)| json!({"field_name": field, "op": op, "value": value});
    let items: Vec<_> = items.iter().map(item).collect();
    json!({"segment_name": "t", "type": 0, "condition": {"relation": relation, "items": items}})
}

#[test]
fn rules_that_contradict() {
    let eq = |value| leaf("state", "eq", value);
    for (body, expected) in [
        (
            and(vec![eq("MA"), eq("RI")]),
            vec![
                "rules-contradict: `eq RI` and `eq MA` exclude each other: only a contact with several values passes both @ RI / MA",
            ],
        ),
        (
            and(vec![leaf("title", "eq", "CEO"), and(vec![leaf("title", "starts-with", "dir")])]),
            vec![
                "rules-contradict: `starts-with dir` and `eq CEO` exclude each other: nobody passes both @ dir / CEO",
            ],
        ),
        (
            and(vec![or(vec![eq("MA"), eq("RI")]), or(vec![eq("CT"), eq("NH")])]),
            vec![
                "rules-contradict: `eq CT` or `eq NH` and `eq MA` or `eq RI` exclude each other: only a contact with several values passes both @ CT / MA",
            ],
        ),
        (and(vec![or(vec![eq("MA"), eq("RI")]), or(vec![eq("CT"), eq("RI")])]), vec![]),
        (
            and(vec![tracking("opened", "k"), tracking("not_opened", "K")]),
            vec![
                "reading-clicks: who clicked, but was never reported to have opened, has not opened @ not_opened",
                "rules-contradict: `tracking.not_opened eq K` and `tracking.opened eq k` exclude each other: nobody passes both @ K / k",
            ],
        ),
        (
            monitor(&[
                &[("DateSubscribed", "AFTER 2024-03-01")],
                &[("DateSubscribed", "BEFORE 2024-02-01")],
            ]),
            vec![
                "rules-contradict: `BEFORE 2024-02-01` and `AFTER 2024-03-01` exclude each other: nobody passes both @ BEFORE 2024-02-01 / AFTER 2024-03-01",
            ],
        ),
        // A year ends where the next begins.
        (
            monitor(&[
                &[("DateSubscribed", "AFTER 2024-03-01")],
                &[("DateSubscribed", "BEFORE 2024-03-03")],
            ]),
            vec![],
        ),
        (
            engagelab("and", &[("age", ">=", "20"), ("age", "<", "13")]),
            vec![
                "rules-contradict: `< 13` and `>= 20` exclude each other: nobody passes both @ 13 / 20",
            ],
        ),
        (engagelab("and", &[("tag", "==", "1"), ("tag", "==", "2")]), vec![]),
        // Of three no two need exclude each other.
        (
            and(vec![
                tracking("opened", "a"),
                or(vec![tracking("not_sent", "a"), tracking("opened", "b")]),
                or(vec![tracking("not_sent", "a"), tracking("not_sent", "b")]),
            ]),
            vec![
                "rules-contradict: these 5 rules exclude each other: nobody passes all @ a / a / b / a / b",
            ],
        ),
    ] {
        assert_eq!(lints(body.clone()), expected, "{body}");
    }
}

#[test]
fn several_options_may_be_asked_for_at_once() {
    let topics = crate::account::FieldDef {
        name: "Topics".to_owned(),
        key: None,
        id: None,
        kind: crate::account::FieldKind::ManyOptions,
        options: Vec::new(),
        option_ids: Vec::new(),
        date_order: DayOrder::MonthFirst,
    };
    let account = Account { fields: Some(vec![topics]), ..Account::default() };
    for (clauses, expected) in
        [(["EQUALS News", "EQUALS Events"], 0), (["EQUALS News", "NOT_EQUALS news"], 1)]
    {
        let [one, other] = clauses.map(|clause| [("Topics", clause)]);
        let body = monitor(&[&one, &other]);
        let (_, reading) = read_with(body.to_string(), &account);
        let found = reading.findings.iter().filter(|f| f.kind == Kind::RulesContradict).count();
        assert_eq!(found, expected, "{body}");
    }
}

#[test]
fn rules_that_always_hold() {
    let ne = |value| leaf("state", "ne", value);
    let note =
        "negative-on-missing: `ne MA` also holds for contacts without a value in `state` @ MA";
    for (body, expected) in [
        (
            and(vec![or(vec![ne("MA"), ne("RI")])]),
            vec![
                note,
                "always-holds: `ne RI` or `ne MA` leaves nobody out: only a contact with several values passes neither @ RI / MA",
            ],
        ),
        (
            and(vec![or(vec![ne("MA"), leaf("state", "eq", "ma")])]),
            vec![
                note,
                "always-holds: `eq ma` or `ne MA` leaves nobody out: everybody passes one of the two @ ma / MA",
            ],
        ),
        (
            monitor(&[&[("Name", "PROVIDED"), ("Name", "NOT_PROVIDED")]]),
            vec![
                "always-holds: `NOT_PROVIDED` or `PROVIDED` leaves nobody out: everybody passes one of the two @ NOT_PROVIDED / PROVIDED",
            ],
        ),
        (and(vec![or(vec![ne("MA"), leaf("city", "eq", "x")])]), vec![note]),
    ] {
        assert_eq!(lints(body.clone()), expected, "{body}");
    }
}

#[test]
fn rules_that_change_nothing() {
    for (body, expected) in [
        (
            and(vec![or(vec![leaf("title", "eq", "x"), leaf("title", "eq", "X")])]),
            vec!["rule-repeated: `eq X` says the same as `eq x` @ X / x"],
        ),
        (
            and(vec![leaf("title", "eq", "x"), or(vec![leaf("job_title", "eq", "x")])]),
            vec![
                "rule-repeated: `contact.job_title eq x` says the same as `contact.title eq x` @ x / x",
            ],
        ),
        (
            and(vec![or(vec![
                leaf("title", "starts-with", "dir"),
                leaf("title", "eq", "Director"),
            ])]),
            vec![
                "rule-useless: `eq Director` changes nothing: `starts-with dir` lets in everybody whom it lets in @ Director / dir",
            ],
        ),
        (
            and(vec![leaf("title", "starts-with", "dir"), leaf("title", "eq", "Director")]),
            vec![
                "rule-useless: `starts-with dir` changes nothing: `eq Director` leaves out everybody whom it leaves out @ dir / Director",
            ],
        ),
        (
            and(vec![
                leaf("title", "eq", "a"),
                or(vec![leaf("title", "contains-string", "A"), leaf("city", "eq", "x")]),
            ]),
            vec![
                "rule-useless: the `or` around `contains-string A` changes nothing: `eq a` must hold as well, and so it does @ A / a",
            ],
        ),
        (
            and(vec![
                leaf("title", "eq", "a"),
                or(vec![leaf("title", "eq", "b"), leaf("city", "eq", "x")]),
            ]),
            vec!["rule-useless: `eq b` lets in nobody: `eq a` must hold as well @ b / a"],
        ),
        (
            engagelab("and", &[("age", ">", "5"), ("age", ">=", "7")]),
            vec![
                "rule-useless: `> 5` changes nothing: `>= 7` leaves out everybody whom it leaves out @ 5 / 7",
            ],
        ),
        // Nobody is told of a contradiction and of a rule that changes nothing at once.
        (
            and(vec![
                leaf("title", "eq", "a"),
                leaf("title", "eq", "b"),
                leaf("title", "contains-string", "a"),
            ]),
            vec![
                "rules-contradict: `eq b` and `eq a` exclude each other: nobody passes both @ b / a",
                "rules-contradict: `contains-string a` and `eq b` exclude each other: nobody passes both @ a / b",
            ],
        ),
    ] {
        assert_eq!(lints(body.clone()), expected, "{body}");
    }
}

#[test]
fn windows_and_readings() {
    let set = |field: &str, op: &str, more: Value| {
        let mut leaf = json!({"source": "tracking", "field": field, "op": op});
        for (key, value) in more.as_object().unwrap() {
            leaf[key] = value.clone();
        }
        and(vec![leaf])
    };
    let added = |from: &str, to: &str| {
        and(vec![json!({"source": "contact", "field": "date_added", "op": "contains-any",
            "const_value": "in-range", "param": [from, to]})])
    };
    for (body, expected) in [
        (
            added("2024-06-02T00:00:00Z", "2024-07-01T00:00:00Z"),
            vec![
                "window-empty: the window begins at 2024-06-02T00:00:00Z, after as-of, 2024-06-01T00:00:00Z @ in-range",
            ],
        ),
        (
            added("2024-05-01", "2024-05-01"),
            vec!["window-empty: the window is a single instant, 2024-05-01T00:00:00Z @ in-range"],
        ),
        (added("2024-05-01T00:00:00Z", "2024-07-01T00:00:00Z"), vec![]),
        (
            set(
                "not_opened",
                "contains-any",
                json!({"const_value": "campaigns",
                "const_date_value": "last-n-days", "date_param": "30"}),
            ),
            vec![
                "reading-clicks: who clicked, but was never reported to have opened, has not opened @ not_opened",
                "reading-negatives: a negative over several campaigns means none of them @ contains-any",
                "reading-window: the window picks campaigns by when they were sent; what was done counts at any time @ last-n-days",
            ],
        ),
        (
            set("opened", "contains-all", json!({"const_value": "campaigns"})),
            vec![
                "reading-since: `campaigns` without a date filter means those of the last five years @ campaigns",
            ],
        ),
        (
            set("opened", "contains-any", json!({"const_value": "last-n-campaigns", "param": 5})),
            vec![],
        ),
        (
            monitor(&[&[("[p]", "BETWEEN 1 AND 5"), ("[p]", "BETWEEN 7 AND 9")]]),
            vec!["reading-ends: BETWEEN includes both its ends @ BETWEEN / BETWEEN 7 AND 9"],
        ),
        (
            engagelab("and", &[("Name", "==", "Lei Li"), ("Email", "contain", "x")]),
            vec!["reading-case: `==` and `!=` compare to the letter, `contain` ignores case @ =="],
        ),
        (engagelab("and", &[("Name", "==", "13")]), vec![]),
        // Who must have a value isn't let in for want of one.
        (engagelab("and", &[("Phone", "!=", "13"), ("Phone", "contain", "1")]), vec![]),
        (
            engagelab("and", &[("Phone", "!=", "13"), ("Email", "!=", "13")]),
            vec![
                "negative-on-missing: `!= 13` also holds for contacts without a value in `phone` @ 13",
            ],
        ),
    ] {
        assert_eq!(lints(body.clone()), expected, "{body}");
    }
}

#[test]
fn nothing_is_said_beside_an_error() {
    let body =
        and(vec![leaf("state", "eq", "MA"), leaf("state", "eq", "RI"), leaf("state", "is", "RI")]);
    let (_, reading) = read(body.to_string());
    let names: Vec<_> = reading.findings.iter().map(|finding| finding.kind.name()).collect();
    assert_eq!(names, ["part-only", "operator-unknown"]);
}

#[test]
fn the_fix_of_a_repeated_rule_leaves_right_criteria() {
    let fixed = |text: &str| {
        let (_, reading) = read(text.to_owned());
        let repeated = |finding: &&Finding| finding.kind == Kind::RuleRepeated;
        let found: Vec<_> = reading.findings.iter().filter(repeated).collect();
        assert!(!found.is_empty(), "{text}");
        let mut text = text.to_owned();
        for fix in found.iter().rev().filter_map(|finding| finding.fix.as_ref()) {
            text.replace_range(fix.span.start..fix.span.end, &fix.replacement);
        }
        text
    };
    let twice = leaf("title", "eq", "x");
    let group =
        and(vec![or(vec![twice.clone(), leaf("city", "eq", "y"), twice.clone(), twice.clone()])]);
    let once = and(vec![or(vec![twice.clone(), leaf("city", "eq", "y")])]);
    assert_eq!(fixed(&group.to_string()), once.to_string());
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&fixed(&pretty(&group))).unwrap(), once);
    // Inside the escaped string, laid out over lines or not.
    for write in [Value::to_string, pretty as fn(&Value) -> String] {
        let body = |top: &Value| {
            let criteria = write(&json!({"version": "1.0.0", "criteria": top}));
            json!({"name": "n", "segment_criteria": criteria}).to_string()
        };
        let text = fixed(&body(&group));
        let outer: Value = serde_json::from_str(&text).unwrap();
        let inner = outer["segment_criteria"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(inner).unwrap()["criteria"], once);
    }
    // A group's only rule, its first, and the clauses of an older rule stay.
    for text in [
        and(vec![twice.clone(), or(vec![twice])]).to_string(),
        monitor(&[&[("Name", "EQUALS x")], &[("Name", "EQUALS x")]]).to_string(),
        json!({"Title": "t", "Rules": [{"Subject": "Name", "Clauses": ["EQUALS x", "EQUALS x"]}]})
            .to_string(),
    ] {
        assert_eq!(fixed(&text), text);
    }
}

#[test]
fn large_segments_are_checked_at_once() {
    let row = |from: usize, to: usize, verb: &str| -> Vec<(String, String)> {
        (from..to).map(|n| ("[town]".to_owned(), format!("{verb} town {n} of many"))).collect()
    };
    let mixed = |count: usize| -> Vec<(String, String)> {
        let verbs = ["EQUALS", "NOT_EQUALS", "CONTAINS", "NOT_CONTAINS"];
        (0..count).map(|n| (format!("[f{}]", n % 7), format!("{} x{n}", verbs[n % 4]))).collect()
    };
    let alone = |rules: Vec<(String, String)>| -> Vec<Vec<(String, String)>> {
        rules.into_iter().map(|rule| vec![rule]).collect()
    };
    for (what, groups) in [
        ("an or of 500 equals", vec![row(0, 500, "EQUALS")]),
        ("two of them", vec![row(0, 500, "EQUALS"), row(500, 1_000, "EQUALS")]),
        ("an and of 500 denied values", alone(row(0, 500, "NOT_EQUALS"))),
        ("an or of 500 parts of words", vec![row(0, 500, "CONTAINS")]),
        ("2,000 rules joined by and", alone(mixed(2_000))),
        ("2,000 rules in pairs", mixed(2_000).chunks(2).map(<[_]>::to_vec).collect()),
        ("2,000 rules joined by or", vec![mixed(2_000)]),
    ] {
        let group = |rules: &Vec<(String, String)>| {
            let rule = |(subject, clause): &(String, String)| json!({"RuleType": subject, "Clause": clause});
            json!({"Rules": rules.iter().map(rule).collect::<Vec<_>>()})
        };
        let groups: Vec<Value> = groups.iter().map(group).collect();
        let text = json!({"Title": "t", "RuleGroups": groups}).to_string();
        let begun = Instant::now();
        let (_, reading) = read(text);
        let took = begun.elapsed();
        assert!(reading.segments.iter().all(|segment| segment.segment.is_some()), "{what}");
        // Without optimisation, on a machine that does other things as well.
        assert!(took < Duration::from_secs(3), "{what}: {took:?}");
    }
}
