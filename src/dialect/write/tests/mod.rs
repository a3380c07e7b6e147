//! What segments become in other dialects.

mod table;

use super::*;
use crate::account::FieldKind;
use crate::dialect::{Context, campaign_monitor, constant_contact, engagelab, read};
use crate::source::SourceFile;
use crate::value::{DayOrder, Stamp};
use serde_json::Value;

const AS_OF: &str = "2024-03-01T12:00:00Z";

fn as_of() -> Instant {
    Stamp::parse(AS_OF, DayOrder::MonthFirst).unwrap().instant(Zone::UTC)
}

/// The names in another account, whichever dialect it is.
fn mapping(to: Dialect) -> Mapping {
    let id = |number: u32| match to {
        Dialect::ConstantContact => format!("00000000-0000-4000-8000-{number:012}"),
        Dialect::CampaignMonitor => format!("{number:032x}"),
        Dialect::EngageLab => number.to_string(),
    };
    let name = |number: u32, name: &str| match to {
        Dialect::EngageLab => name.to_owned(),
        _ => id(number),
    };
    let joined = match to {
        Dialect::ConstantContact => "date_added",
        Dialect::CampaignMonitor => "DateSubscribed",
        Dialect::EngageLab => "createTime",
    };
    let ids = [("k", id(1)), ("33", id(2)), ("0123456789abcdef", id(3))];
    let pairs = ids.iter().map(|(here, there)| (Section::Campaigns, *here, there.clone()));
    let pairs = pairs.chain([
        (Section::Lists, "L", id(4)),
        (Section::Tags, "t", name(5, "Tag")),
        (Section::Tags, "VIP", name(6, "Very")),
        (Section::Fields, "state", "State".to_owned()),
        (Section::Fields, "DateSubscribed", joined.to_owned()),
        (Section::Fields, "age", "Age".to_owned()),
    ]);
    let pairs: Vec<(Section, &str, String)> = pairs.collect();
    let mapping = Mapping::of(pairs.iter().map(|(section, a, b)| (*section, *a, b.as_str())));
    mapping.typed("age", FieldKind::Number)
}

/// A rule alone, as a segment of its dialect.
fn read_rule(rule: &str) -> (Dialect, Segment) {
    let text = match rule.contains("field_name") {
        true => format!("{{\"condition\":{{\"relation\":\"and\",\"items\":[{rule}]}}}}"),
        false => rule.to_owned(),
    };
    read_text(&text)
}

fn read_text(text: &str) -> (Dialect, Segment) {
    let file = SourceFile::new("rule.json", text.into());
    let account = Account::default();
    let context = Context { account: &account, as_of: as_of(), zone: Zone::UTC, dialect: None };
    let mut reading = read(&file, &context);
    let found = reading.segments.remove(0);
    (found.dialect, found.segment.unwrap_or_else(|| panic!("{text}: {:#?}", reading.findings)))
}

fn converted(
    (from, segment): &(Dialect, Segment),
    to: Dialect,
    zone: Zone,
    exactness: Exactness,
) -> Result<Conversion, Refused> {
    let account = Account::default();
    let mapping = if *from == to { Mapping::default() } else { mapping(to) };
    let request = Request {
        from: *from,
        to,
        account: &account,
        mapping: &mapping,
        as_of: as_of(),
        zone,
        looking: Looking { one_status: true, one_list: false },
        exactness,
        name: None,
    };
    convert(segment, &request)
}

/// The words of what was written, or `!` and why it wasn't.
fn said(found: &Result<Conversion, Refused>) -> String {
    match found {
        Ok(made) => {
            let value: Value = serde_json::from_str(&made.text).unwrap();
            let mut words = Vec::new();
            leaves(&value, &mut words);
            // The ids of the mapping, for short.
            let words = words.join(" & ").replace("00000000-0000-4000-8000-00000000000", "#");
            words.replace(&"0".repeat(31), "#")
        }
        Err(refused) => {
            let reasons = refused.refusals.iter().map(|refusal| refusal.why.to_string());
            format!("! {}", reasons.collect::<Vec<_>>().join(" & "))
        }
    }
}

/// The rules in a body, those joined by or between brackets.
fn leaves(value: &Value, words: &mut Vec<String>) {
    if value.get("RuleType").is_some() {
        return words.push(campaign_monitor::shown(value));
    }
    if value.get("field_name").is_some() {
        return words.push(engagelab::shown(value));
    }
    if value.get("source").is_some() {
        let mut leaf = constant_contact::shown(value);
        for key in ["param", "const_date_value", "date_param"] {
            if let Some(param) = value.get(key) {
                leaf.push_str(&format!(" {param}").replace('"', ""));
            }
        }
        return words.push(leaf);
    }
    let or = value.get("Rules").or_else(|| value.get("items")).or_else(|| value.get("group"));
    let or = or.filter(|rules| rules.as_array().is_some_and(|rules| rules.len() > 1));
    let is_or = value.get("Rules").is_some()
        || value.get("relation").or_else(|| value.get("type")).is_some_and(|join| join == "or");
    let mut inner = Vec::new();
    match value {
        Value::Array(parts) => parts.iter().for_each(|part| leaves(part, &mut inner)),
        Value::Object(members) => members.values().for_each(|part| leaves(part, &mut inner)),
        _ => {}
    }
    match or.is_some() && is_or {
        true => words.push(format!("({})", inner.join(" | "))),
        false => words.append(&mut inner),
    }
}

/// What is lost: the rules, from 1, and what became of them.
fn lost(found: &Result<Conversion, Refused>) -> Vec<String> {
    let Ok(made) = found else { return Vec::new() };
    let number = |rule: &RuleId| match *rule == scope::OF_LIST {
        true => "list".to_owned(),
        false => (rule.0 + 1).to_string(),
    };
    let rules = |rules: &[RuleId]| rules.iter().map(number).collect::<Vec<_>>().join("+");
    let losses = made.losses.iter().map(|loss| match &loss.how {
        How::LeftOut => format!("-{}", rules(&loss.rules)),
        How::Replaced(_) => format!("~{}", rules(&loss.rules)),
        How::Scope => "scope".to_owned(),
    });
    losses
        .chain((!made.gone_with.is_empty()).then(|| format!("with {}", rules(&made.gone_with))))
        .collect()
}

#[test]
fn wider_and_narrower() {
    const CC: Dialect = Dialect::ConstantContact;
    const CM: Dialect = Dialect::CampaignMonitor;
    const EL: Dialect = Dialect::EngageLab;
    let leaf = |source: &str, field: &str, op: &str, value: &str| {
        format!(r#"{{"source":"{source}","field":"{field}","op":"{op}","value":"{value}"}}"#)
    };
    let group = |join: &str, parts: &[String]| {
        format!(r#"{{"type":"{join}","group":[{}]}}"#, parts.join(","))
    };
    let [a, b, starts] = [("eq", "1"), ("eq", "2"), ("starts-with", "3")]
        .map(|(op, value)| leaf("contact", "cf:c", op, value));
    let list = leaf("list_membership", "list_id", "eq", "L");
    let cm = |groups: &[&[(&str, &str)]]| {
        let rule = |(kind, clause): &(&str, &str)| {
            format!(r#"{{"RuleType":"{kind}","Clause":"{clause}"}}"#)
        };
        let group = |rules: &&[(&str, &str)]| {
            format!(r#"{{"Rules":[{}]}}"#, rules.iter().map(rule).collect::<Vec<_>>().join(","))
        };
        let groups = groups.iter().map(group).collect::<Vec<_>>().join(",");
        format!(r#"{{"Title":"t","RuleGroups":[{groups}]}}"#)
    };
    let opened = ("CampaignOpened", "0123456789abcdef");
    let one = ("[c]", "EQUALS 1");
    let two = ("[c]", "EQUALS 2");
    let eleven: Vec<(&str, &str)> = vec![
        one,
        two,
        ("[d]", "EQUALS 1"),
        ("[e]", "EQUALS 1"),
        ("[f]", "EQUALS 1"),
        ("[g]", "EQUALS 1"),
        ("[h]", "EQUALS 1"),
        ("[i]", "EQUALS 1"),
        ("[j]", "EQUALS 1"),
        ("[k]", "EQUALS 1"),
        ("[l]", "EQUALS 1"),
    ];
    for (text, to, wider, narrower) in [
        // A rule of the and.
        (group("and", &[a.clone(), list.clone()]), CM, "[c] EQUALS 1; -2", "!"),
        // A rule of an or, and one that is near.
        (
            group("and", &[group("or", &[a.clone(), starts.clone()]), b.clone()]),
            EL,
            // The or can't stand in an and.
            "c == 2; -1+2",
            "c == 1 & c == 2; -2",
        ),
        (group("and", std::slice::from_ref(&starts)), CM, "[c] CONTAINS 3; ~1", "!"),
        (
            group("and", &[group("or", &[a.clone(), b.clone()]), starts]),
            EL,
            "c contain 3; ~3, -1+2",
            "!",
        ),
        // Two sources in one or.
        (
            cm(&[&[one, opened, two], &[two]]),
            CC,
            "c eq 2; -1+2+3",
            "(c eq 1 | c eq 2) & c eq 2; -2",
        ),
        (cm(&[&[opened, one], &[]]).replace(r#",{"Rules":[]}"#, ""), CC, "!", "opened eq #3; -2"),
        // Fields and campaigns.
        (cm(&[&[one], &[two], &[opened]]), EL, "c == 1 & c == 2; -3", "!"),
        (cm(&[&[one, opened, two]]), EL, "!", "(c == 1 | c == 2); -2"),
        // Too many items.
        (
            cm(&[&eleven]),
            EL,
            "!",
            "(c == 1 | c == 2 | d == 1 | e == 1 | f == 1 | g == 1 | h == 1 | i == 1 | j == 1 | k == 1); -11",
        ),
        // Every group an or: one can stay.
        (
            cm(&[&[one, two], &[("[d]", "EQUALS 1"), two]]),
            EL,
            "(c == 1 | c == 2); -3+4",
            "c == 1 & d == 1; -2, -4",
        ),
        // Nothing would be left.
        (group("and", &[list]), CM, "!", "!"),
        // Rules that go with others.
        (
            group(
                "and",
                &[
                    group(
                        "or",
                        &[leaf("contact", "cf:c", "eq", "x"), leaf("contact", "cf:c", "eq", "4")],
                    ),
                    b,
                ],
            ),
            EL,
            "c == 2; -1+2",
            "c == x & c == 2; ~1, -2",
        ),
    ] {
        let segment = read_text(&text);
        assert!(converted(&segment, to, Zone::UTC, Exactness::Exact).is_err(), "{text}");
        for (direction, expected) in [(Direction::Wider, wider), (Direction::Narrower, narrower)] {
            let found = converted(&segment, to, Zone::UTC, Exactness::Towards(direction));
            let shown = match &found {
                Ok(made) => {
                    assert_eq!(made.direction, Some(direction), "{text}");
                    format!("{}; {}", said(&found), lost(&found).join(", "))
                }
                Err(_) => "!".to_owned(),
            };
            assert_eq!(shown, expected, "{direction:?} {to}: {text}");
        }
    }
}

#[test]
fn the_nearest_loses_least() {
    let text = r#"{"Title":"t","RuleGroups":[{"Rules":[{"RuleType":"[c]","Clause":"EQUALS 1"},
        {"RuleType":"CampaignOpened","Clause":"0123456789abcdef"},
        {"RuleType":"[c]","Clause":"EQUALS 2"}]},{"Rules":[{"RuleType":"[d]","Clause":"EQUALS 2"}]}]}"#;
    let segment = read_text(text);
    let found = converted(&segment, Dialect::ConstantContact, Zone::UTC, Exactness::Nearest);
    assert_eq!(found.unwrap().direction, Some(Direction::Narrower));
    let everyone = read_text(r#"{"Title":"t","RuleGroups":[]}"#);
    for (to, expected) in [
        (Dialect::ConstantContact, "(email eq blank | email ne blank)"),
        (Dialect::EngageLab, "(Email contain @ | Email does not contain @)"),
        (Dialect::CampaignMonitor, ""),
    ] {
        let found = converted(&everyone, to, Zone::UTC, Exactness::Exact);
        assert_eq!(said(&found), expected);
    }
}

#[test]
fn zones_make_calendars_the_same() {
    let east: Zone = "+08:00".parse().unwrap();
    for (rule, to, expected) in [
        (
            r#"{"RuleType":"[since]","Clause":"BETWEEN 2024-01-01 AND 2024-01-31"}"#,
            Dialect::EngageLab,
            "since >= 2024-01-01 & since <= 2024-01-31",
        ),
        (
            r#"{"field_name":"since","op":">=","value":"03/01/2024"}"#,
            Dialect::CampaignMonitor,
            "[since] AFTER 2024-02-29",
        ),
        (
            r#"{"field_name":"createTime","op":"==","value":"03/01/2024"}"#,
            Dialect::ConstantContact,
            "date_added contains-any in-range [2024-02-29T16:00:00+0000,2024-03-01T15:59:59.999999+0000]",
        ),
    ] {
        let found = converted(&read_rule(rule), to, east, Exactness::Exact);
        assert_eq!(said(&found), expected);
    }
}

#[test]
fn what_concerns_the_whole() {
    let (dialect, segment) = read_text(r#"{"Title":"a [b]","ListID":"L","RuleGroups":[]}"#);
    let account = Account::default();
    let refused = |to, one_status, name, mapping: &Mapping| {
        let looking = Looking { one_status, one_list: false };
        let request = Request {
            from: dialect,
            to,
            account: &account,
            mapping,
            as_of: as_of(),
            zone: Zone::UTC,
            looking,
            exactness: Exactness::Exact,
            name,
        };
        match convert(&segment, &request) {
            Ok(made) => vec![said(&Ok(made))],
            Err(refused) => refused.refusals.iter().map(|one| one.why.to_string()).collect(),
        }
    };
    let none = Mapping::default();
    let both = refused(Dialect::EngageLab, false, None, &none);
    assert!(both[0].contains("contacts of every status"), "{both:?}");
    assert!(both[1].contains("looks at one list"), "{both:?}");
    let of_list = refused(Dialect::ConstantContact, true, None, &none);
    assert_eq!(
        of_list,
        ["constant-contact has no list `L`, and [lists] of the map file no entry for it"]
    );
    let known = mapping(Dialect::ConstantContact);
    assert_eq!(refused(Dialect::ConstantContact, true, None, &known), ["list_id eq #4"]);
    assert_eq!(refused(Dialect::CampaignMonitor, true, None, &none), [""]);

    let (dialect, segment) = read_text(r#"{"Title":"a [b]","RuleGroups":[]}"#);
    let looking = Looking { one_status: true, one_list: false };
    let request = Request {
        from: dialect,
        to: Dialect::EngageLab,
        account: &account,
        mapping: &none,
        as_of: as_of(),
        zone: Zone::UTC,
        looking,
        exactness: Exactness::Exact,
        name: None,
    };
    let why = convert(&segment, &request).unwrap_err().refusals.remove(0).why;
    assert!(why.to_string().contains("Special characters"), "{why}");
    let named = Request { name: Some("a b"), ..request };
    assert!(convert(&segment, &named).unwrap().text.contains("\"a b\""));
}

#[test]
fn ids_have_the_form_of_the_dialect() {
    let opened = |id: &str| {
        let (source, field) = ("tracking", "opened");
        format!(r#"{{"source":"{source}","field":"{field}","op":"eq","value":"{id}"}}"#)
    };
    let account = Account::default();
    let mapping = Mapping::of([(Section::Campaigns, "k", "33")]);
    let looking = Looking { one_status: true, one_list: false };
    for (id, to, expected) in [
        ("k", Dialect::EngageLab, "campaign == open"),
        (
            "k",
            Dialect::CampaignMonitor,
            "! the map file has `33` for the campaign `k`, which is no id of campaign-monitor",
        ),
        (
            "k",
            Dialect::ConstantContact,
            "! the map file has `33` for the campaign `k`, which is no id of constant-contact",
        ),
        ("44", Dialect::EngageLab, "campaign == open"),
        ("44", Dialect::ConstantContact, "opened eq 44"),
        (
            "44",
            Dialect::CampaignMonitor,
            "! campaign-monitor has no campaign `44`, and [campaigns] of the map file no entry for it",
        ),
    ] {
        let (from, segment) = read_rule(&opened(id));
        let request = Request {
            from,
            to,
            account: &account,
            mapping: &mapping,
            as_of: as_of(),
            zone: Zone::UTC,
            looking,
            exactness: Exactness::Exact,
            name: None,
        };
        assert_eq!(said(&convert(&segment, &request)), expected);
    }
}

#[test]
fn several_options_are_not_one() {
    let def = crate::account::FieldDef {
        name: "Topics".to_owned(),
        key: None,
        id: None,
        kind: FieldKind::ManyOptions,
        options: Vec::new(),
        option_ids: Vec::new(),
        date_order: DayOrder::MonthFirst,
    };
    let account = Account { fields: Some(vec![def]), ..Account::default() };
    let text = r#"{"RuleType":"Topics","Clause":"EQUALS 5"}"#;
    let file = SourceFile::new("rule.json", text.into());
    let context = Context { account: &account, as_of: as_of(), zone: Zone::UTC, dialect: None };
    let segment = read(&file, &context).segments.remove(0).segment.unwrap();
    let looking = Looking { one_status: true, one_list: false };
    let mapping = Mapping::of([(Section::Fields, "Topics", "Topic")]);
    for (kind, expected) in [
        (FieldKind::ManyOptions, "Topic == 5"),
        (
            FieldKind::Text,
            "! `Topics` has one value in one of the accounts and several in the other (engagelab)",
        ),
    ] {
        let mapping = mapping.clone().typed("Topics", kind);
        let request = Request {
            from: Dialect::CampaignMonitor,
            to: Dialect::EngageLab,
            account: &account,
            mapping: &mapping,
            as_of: as_of(),
            zone: Zone::UTC,
            looking,
            exactness: Exactness::Exact,
            name: None,
        };
        assert_eq!(said(&convert(&segment, &request)), expected);
    }
}

#[test]
fn two_names_are_not_one() {
    let text = r#"{"Title":"t","RuleGroups":[{"Rules":[{"RuleType":"[a]","Clause":"EQUALS 1"},
        {"RuleType":"[A]","Clause":"EQUALS 2"}]}]}"#;
    let (from, segment) = read_text(text);
    let account = Account::default();
    let mapping = Mapping::of([(Section::Fields, "a", "b")]);
    let looking = Looking { one_status: true, one_list: false };
    let request = Request {
        from,
        to: Dialect::ConstantContact,
        account: &account,
        mapping: &mapping,
        as_of: as_of(),
        zone: Zone::UTC,
        looking,
        exactness: Exactness::Exact,
        name: None,
    };
    let refused = convert(&segment, &request).unwrap_err();
    assert_eq!(refused.refusals[0].why.to_string(), "`[a]` and `[A]` would both become `[b]`");
}
