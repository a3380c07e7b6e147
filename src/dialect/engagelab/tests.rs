//! Tables of criteria and what becomes of them.

use crate::account::{Account, Campaign, FieldKind};
use crate::dialect::testing::{account, errors, findings, meaning, mended, reading};
use crate::dialect::{error_body, http_status};
use crate::value::DayOrder;

fn known() -> Account {
    let mut known = account(&[
        ("Nick", FieldKind::Text, ""),
        ("Age", FieldKind::Number, ""),
        ("Joined", FieldKind::Date, ""),
        ("Birthday", FieldKind::MonthDay, ""),
        ("Size", FieldKind::OneOption, "S|M"),
        ("Tag", FieldKind::Date, ""),
    ]);
    let fields = known.fields.as_mut().unwrap();
    fields[2].date_order = DayOrder::DayFirst;
    known
}

fn body(segment_type: &str, items: &str) -> String {
    format!(
        r#"{{"segment_name":"x","type":{segment_type},"condition":{{"relation":"and","items":[{items}]}}}}"#
    )
}

fn item(field: &str, op: &str, value: &str) -> String {
    format!(r#"{{"field_name":"{field}","op":"{op}","value":"{value}"}}"#)
}

#[test]
fn items_mean_what_they_say() {
    for (field, op, value, expected) in [
        ("Name", "contain", "Lei Li", r#"name contains "Lei Li""#),
        ("Email", "==", "a@b", r#"email is exactly "a@b""#),
        ("domain", "!=", "qq.com", r#"not e-mail domain is exactly "qq.com""#),
        ("Nick", "does not contain", "x", r#"not [Nick] contains "x""#),
        ("Age", ">=", "13", "[Age] >= 13"),
        ("Joined", "<", "24/12/2023", "[Joined] < 2023-12-24"),
        ("createTime", ">", "12/24/2023", "date_added > 2023-12-24"),
        ("updateTime", "==", "2023-12-24", "date_updated = 2023-12-24"),
        ("Birthday", "<=", "11/24", "[Birthday] <= 11/24"),
        ("Size", "==", "M", r#"[Size] is exactly "M""#),
        ("tag", "==", "vip", r#"tag name is exactly "vip""#),
        ("tag", "does not contain", "vip", r#"not tag name contains "vip""#),
    ] {
        let text = body("0", &item(field, op, value));
        assert_eq!(meaning(&text, &known()), format!("({expected})"), "{text}");
    }
    let text =
        body("1", r#"{"campaign_id":1234,"field_name":"campaign","op":"==","value":"unopen"}"#);
    assert_eq!(meaning(&text, &known()), "(was delivered but did not open campaign 1234)");
    let rule = &reading(&text, &known()).segments[0].rules[0];
    assert_eq!((rule.subject.as_str(), rule.clause.as_str()), ("campaign", "== unopen 1234"));
}

#[test]
fn faults_of_items_have_places() {
    let campaign = |rest: &str| format!(r#"{{"field_name":"campaign",{rest}}}"#);
    for (text, expected) in [
        (body("0", &item("", "==", "x")), vec!["2704@0 \"\""]),
        (body("0", &item("Nope", "==", "x")), vec!["2705@0 Nope"]),
        (body("0", &item("Name", ">", "x")), vec!["2715@0 >"]),
        (body("0", &item("tag", ">", "x")), vec!["2715@0 >"]),
        (body("0", &item("Name", "contains", "x")), vec!["2806@0 contains"]),
        (body("0", &item("Name", "", "x")), vec!["2806@0 \"\""]),
        (body("0", &item("Name", "==", "")), vec!["2719@0 \"\""]),
        (body("0", &item("Age", "contain", "1")), vec!["2716@0 contain"]),
        (body("0", &item("Age", ">", "x")), vec!["2721@0 x"]),
        (body("0", &item("Joined", ">", "12/24/2023")), vec!["2720@0 12/24/2023"]),
        (body("0", &item("createTime", "contain", "x")), vec!["2718@0 contain"]),
        (body("0", &item("Birthday", "==", "13/01")), vec!["2720@0 13/01"]),
        (body("0", &item("Size", "contain", "M")), vec!["2717@0 contain"]),
        (body("0", &item("Size", "==", "m")), vec!["2722@0 m"]),
        (body("1", &item("Name", "==", "x")), vec!["2820@0 Name"]),
        (
            body("0", &campaign(r#""op":"==","value":"open","campaign_id":1"#)),
            vec!["2820@0 campaign"],
        ),
        (body("1", &campaign(r#""op":"==","value":"open""#)), vec!["2824@0 {"]),
        (
            body("1", &campaign(r#""op":"==","value":"open","campaign_id":"1""#)),
            vec!["2824@0 \"1\""],
        ),
        (
            body("1", &campaign(r#""op":"==","value":"opened","campaign_id":1"#)),
            vec!["2821@0 opened"],
        ),
        (body("1", &campaign(r#""op":"!=","value":"open","campaign_id":1"#)), vec!["2806@0 !="]),
        (body("0", r#"{"field_name":"Age","op":">","value":13}"#), vec!["2891@0 13"]),
        (body("2", &item("Name", "==", "x")), vec!["2823 2"]),
        (body("\"0\"", &item("Name", "==", "x")), vec!["2891 \"0\""]),
        (body("0", ""), vec!["2805 []"]),
        (r#"{"segment_name":"x","type":0}"#.to_owned(), vec!["2805 {"]),
        (r#"{"segment_name":"x","condition":{"relation":"and","items":[{"field_name":"Name","op":"==","value":"x"}]}}"#.to_owned(), vec!["2823 {"]),
        (r#"{"condition":{"relation":"xor","items":[{"field_name":"Name","op":"==","value":"x"}]}}"#.to_owned(), vec!["2823 xor"]),
        (r#"{"condition":{"items":[{"field_name":"Name","op":"==","value":"x"}]}}"#.to_owned(), vec!["2823 {"]),
        (body("0", &vec![item("Name", "==", "x"); 11].join(",")), vec![r#"2822 {"field_name":"Name","op":"==","value":"x"}"#]),
        (body("0", &item("Name", "==", "x")).replace("\"x\",\"type", "\"a(b\",\"type"), vec!["2825 ("]),
        (body("0", &item("Name", "==", "x")).replace("\"x\",\"type", "\" \",\"type"), vec!["273 \" \""]),
    ] {
        assert_eq!(errors(&text, &known()), expected, "{text}");
    }
}

#[test]
fn untyped_fields_are_guessed() {
    for (op, value, expected) in [
        (">", "5", "([Foo] > 5)"),
        (">", "12/24/2023", "([Foo] > 2023-12-24)"),
        ("<", "2023-12-24", "([Foo] < 2023-12-24)"),
        ("==", "12/24/2023", r#"([Foo] is exactly "12/24/2023")"#),
        (">", "x", r#"["field-untyped@0 Foo", "2721@0 x"]"#),
        (">", "24/12/2023", r#"["field-untyped@0 Foo", "2720@0 24/12/2023"]"#),
    ] {
        let text = body("0", &item("Foo", op, value));
        assert_eq!(meaning(&text, &Account::default()), expected, "{text}");
    }
}

#[test]
fn answers_are_read() {
    let answer = r#"{"result":{"segment_id":"6566","user_id":104201,"segment_name":"n","relation":"and","type":0,"list_id":96112,"status":"2","create_time":"x","update_time":"x","member_total":1,"condition":{"relation":"and","items":[{"campaign_id":null,"field_name":"Name","op":"contain","value":"x"}]},"process":{"statusDesc":"done","complete":true,"percent":100}}}"#;
    assert_eq!(findings(answer, &Account::default()), Vec::<String>::new());
    let members = r#"{"result":[{"id":"6","email":"a@b"}],"total":1}"#;
    assert_eq!(findings(members, &Account::default()), ["2890 {"]);
    let condition = r#"{"condition":{"relation":"or","items":[{"field_name":"campaign","op":"==","value":"sent","campaign_id":7}]}}"#;
    assert_eq!(findings(condition, &Account::default()), ["part-only {"]);
    assert_eq!(meaning(condition, &Account::default()), "(was sent campaign 7)");
}

#[test]
fn campaigns_must_have_run() {
    let mut account = Account::default();
    let with = |id: &str, status: &str| Campaign {
        id: id.to_owned(),
        status: Some(status.to_owned()),
        ..Campaign::default()
    };
    account.campaigns = Some(vec![with("1", "In progress"), with("2", "draft")]);
    for (id, expected) in [(1, vec![]), (2, vec!["2826@0 2"]), (3, vec![])] {
        let text = body(
            "1",
            &format!(r#"{{"field_name":"campaign","op":"==","value":"open","campaign_id":{id}}}"#),
        );
        assert_eq!(errors(&text, &account), expected);
    }
}

#[test]
fn the_vendors_own_error_body() {
    let text = body("0", &item("Name", "==", "x")).replace("\"x\",\"type", "\"a?\",\"type");
    let reading = reading(&text, &Account::default());
    let body = error_body(&reading, Some(0)).unwrap();
    let message =
        "[segment_name]:Special characters such as ^, ?, +, ., \\, [, ], (, ), cannot be used";
    assert_eq!(body, serde_json::json!({ "code": 30035, "message": message }));
    assert_eq!(http_status(reading.segments[0].dialect, reading.findings[0].kind), 400);
}

/// What certain fixes make of a file; `""` where nothing is certain.
#[test]
fn fixes_mend() {
    let condition = |inside: &str| format!(r#"{{"condition":{{{inside}}}}}"#);
    let named = |rest: &str| condition(&format!(r#""relation":"and","items":[{{{rest}}}]"#));
    let since = |value: &str| named(&item_members("createTime", ">", value));
    let x = item_members("Name", "==", "x");
    let of_campaign = item_members("campaign", "==", "open");
    for (text, name, expected) in [
        (body("\"0\"", &format!("{{{x}}}")), "wrong-type", body("0", &format!("{{{x}}}"))),
        (
            named(r#""field_name":"Name","op":"==","value":5"#),
            "wrong-type",
            named(r#""field_name":"Name","op":"==","value":"5""#),
        ),
        (
            named(&format!(r#"{of_campaign},"campaign_id":"12""#)),
            "item-campaign-id",
            named(&format!(r#"{of_campaign},"campaign_id":12"#)),
        ),
        (named(&format!(r#"{of_campaign},"campaign_id":"x1""#)), "item-campaign-id", String::new()),
        (named(&format!(r#""campaign_id":12,{x}"#)), "key-unused", named(&x)),
        (
            named(&format!(r#""campaign_id":12,{}"#, item_members("Campain", "==", "open"))),
            "key-unused",
            String::new(),
        ),
        (named(&format!(r#"{x},"fieldName":"\u004eame""#)), "key-unused", named(&x)),
        (named(&format!(r#"{x},"fieldName":"Email""#)), "key-unused", String::new()),
        (named(&format!(r#"{x},"Field_Name":"Email""#)), "unknown-key", String::new()),
        (since("2024/1/5"), "date-format", since("2024-01-05")),
        (since("2024.1.5"), "date-format", String::new()),
        (
            condition(&format!(r#" "items":[{{{x}}}]"#)),
            "relation-or-type",
            condition(&format!(r#""relation":"and", "items":[{{{x}}}]"#)),
        ),
        (
            condition(&format!(r#""items":[{{{x}}}],"relation":null"#)),
            "relation-or-type",
            condition(&format!(r#""items":[{{{x}}}],"relation":"and""#)),
        ),
        (
            condition(&format!(r#""items":[{{{x}}}],"relation":" ""#)),
            "relation-or-type",
            condition(&format!(r#""items":[{{{x}}}],"relation":"and""#)),
        ),
        (condition(&format!(r#""items":[{{{x}}},{{{x}}}]"#)), "relation-or-type", String::new()),
    ] {
        assert_eq!(mended(&text, name, &Account::default()), expected, "{text}");
    }
}

fn item_members(field: &str, op: &str, value: &str) -> String {
    format!(r#""field_name":"{field}","op":"{op}","value":"{value}""#)
}

#[test]
fn removed_members_are_rules_of_their_own() {
    let segment = |relation: &str, aside: &str| {
        let nick = item("Nick", "==", "a");
        format!(
            r#"{{"segment_name":"x","type":0,"condition":{{"relation":"{relation}","items":[{nick}]}},"segkit":{aside}}}"#
        )
    };
    for (relation, aside, expected) in [
        ("and", "{}", r#"([Nick] is exactly "a")"#),
        ("and", r#"{"removed_members":[]}"#, r#"([Nick] is exactly "a")"#),
        (
            "and",
            r#"{"removed_members":["m1"," m2 "]}"#,
            r#"([Nick] is exactly "a" and not contact_id is "m1" and not contact_id is "m2")"#,
        ),
        (
            "or",
            r#"{"removed_members":["m1"]}"#,
            r#"(([Nick] is exactly "a") and not contact_id is "m1")"#,
        ),
    ] {
        let text = segment(relation, aside);
        assert_eq!(meaning(&text, &known()), expected, "{text}");
    }
    let text = segment("and", r#"{"removed_members":["m1"]}"#);
    let rule = &reading(&text, &known()).segments[0].rules[1];
    assert_eq!((rule.subject.as_str(), rule.clause.as_str()), ("id", "!= m1"));
    for aside in [
        r#"{"removed_members":"m1"}"#,
        r#"{"removed_members":[1]}"#,
        r#"{"removed_members":[" "]}"#,
    ] {
        let text = segment("and", aside);
        assert!(reading(&text, &known()).segments[0].segment.is_none(), "{text}");
        assert_eq!(errors(&text, &known()).len(), 1, "{text}");
    }
}
