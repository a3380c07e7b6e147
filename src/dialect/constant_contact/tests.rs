//! Tables of criteria and what becomes of them.

use crate::account::{Account, FieldKind};
use crate::dialect::testing::{account, errors, findings, meaning, mended, reading};

fn unknown_account() -> Account {
    Account::default()
}

/// A leaf in its `and` group.
fn in_and(leaves: &str) -> String {
    format!(r#"{{"version":"1.0.0","criteria":{{"type":"and","group":[{leaves}]}}}}"#)
}

fn leaf(source: &str, field: &str, rest: &str) -> String {
    format!(r#"{{"source":"{source}","field":"{field}",{rest}}}"#)
}

#[test]
fn leaves_mean_what_they_say() {
    for (source, field, rest, expected) in [
        ("contact", "state", r#""op":"eq","value":"MA""#, r#"state is "MA""#),
        ("contact", "state", r#""op":"ne","value":"MA""#, r#"not state is "MA""#),
        (
            "contact",
            "job_title",
            r#""op":"starts-with","value":"dir""#,
            r#"title starts with "dir""#,
        ),
        ("contact", "state", r#""op":"eq","const_value":"blank""#, "state is blank"),
        ("contact", "state", r#""op":"ne","const_value":"blank","value":"""#, "not state is blank"),
        (
            "contact",
            "date_added",
            r#""op":"contains-any","const_value":"last-n-days","param":"30""#,
            "date_added in the last 30 days",
        ),
        (
            "contact",
            "date_added",
            r#""op":"contains-any","const_value":"last-n-days","date_param":4000"#,
            "date_added in the last 4000 days",
        ),
        (
            "contact",
            "date_updated",
            r#""op":"contains-any","const_value":"in-range","param":["2024-01-01T00:00:00Z","2024-02-01T00:00:00+0000"]"#,
            "date_updated from 2024-01-01T00:00:00Z to 2024-02-01T00:00:00Z",
        ),
        ("tracking", "sent", r#""op":"ne","value":"4c08"#, ""),
        (
            "tracking",
            "not_opened",
            r#""op":"ne","value":"4c08""#,
            "not was sent but did not open campaign 4c08",
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-all","const_value":"last-n-campaigns","param":5"#,
            "opened all of the last 5 campaigns sent in the last 1825 days",
        ),
        (
            "tracking",
            "clicked",
            r#""op":"contains-any","const_value":"campaigns","const_date_value":"last-n-days","date_param":"90""#,
            "clicked any campaign sent in the last 90 days",
        ),
        ("list_membership", "list_id", r#""op":"eq","value":" 04fe ""#, "list 04fe"),
        ("list_membership", "list_id", r#""op":"eq","const_value":"none""#, "not has a list"),
        ("tags", "tag_id", r#""op":"ne","const_value":"none""#, "has a tag"),
        ("tags", "tag_id", r#""op":"ne","value":"x""#, "not tag x"),
        ("contact", "cf:Plan", r#""op":"eq","value":"x""#, r#"[Plan] is "x""#),
    ] {
        let text = in_and(&leaf(source, field, rest));
        if expected.is_empty() {
            assert!(!errors(&text, &unknown_account()).is_empty());
            continue;
        }
        assert_eq!(meaning(&text, &unknown_account()), format!("({expected})"), "{rest}");
    }
}

#[test]
fn faults_of_leaves_have_places() {
    let range = |from: &str, to: &str| {
        format!(
            r#""op":"contains-any","const_value":"campaigns","const_date_value":"in-range","date_param":["{from}","{to}"]"#
        )
    };
    let reversed = range("2024-02-01T00:00:00Z", "2024-01-01T00:00:00Z");
    let too_long = range("2015-01-01T00:00:00Z", "2020-01-01T00:00:00Z");
    let no_date = range("2024-02-30T00:00:00Z", "2024-03-01T00:00:00Z");
    for (source, field, rest, expected) in [
        ("contct", "state", r#""op":"eq","value":"MA""#, vec!["2705@0 contct"]),
        ("", "state", r#""op":"eq","value":"MA""#, vec!["2704@0 \"\""]),
        ("tracking", "open", r#""op":"zz""#, vec!["2705@0 open"]),
        ("contact", "state", r#""op":"contains-any","value":"MA""#, vec!["2715@0 contains-any"]),
        ("contact", "state", r#""op":"contains-all","value":"MA""#, vec!["2806@0 contains-all"]),
        ("contact", "state", r#""op":"EQ","value":"MA""#, vec!["2806@0 EQ"]),
        ("contact", "state", r#""value":"MA""#, vec!["2806@0 {"]),
        ("contact", "state", r#""op":" ","value":"MA""#, vec!["2806@0 \" \""]),
        ("contact", "date_added", r#""op":"eq","value":"MA""#, vec!["2718@0 eq"]),
        ("contact", "date_added", r#""op":"contains-any""#, vec!["2719@0 contains-any"]),
        ("tracking", "sent", r#""op":"starts-with","value":"MA""#, vec!["2806@0 starts-with"]),
        ("tags", "tag_id", r#""op":"contains-any","value":"MA""#, vec!["2806@0 contains-any"]),
        ("contact", "state", r#""op":"eq","value":"""#, vec!["2719@0 \"\""]),
        ("contact", "state", r#""op":"eq""#, vec!["2719@0 eq"]),
        ("contact", "state", r#""op":"eq","value":5"#, vec!["2891@0 5"]),
        ("contact", "state", r#""op":"eq","const_value":"none""#, vec!["2807@0 none"]),
        ("contact", "state", r#""op":"starts-with","const_value":"blank""#, vec!["2807@0 blank"]),
        ("contact", "state", r#""op":"eq","const_value":"blank","value":"MA""#, vec!["2811@0 MA"]),
        ("contact", "state", r#""op":"eq","value":"MA","param":1"#, vec!["key-unused@0 \"param\""]),
        (
            "contact",
            "state",
            r#""op":"eq","value":"MA","const_date_value":"in-range""#,
            vec!["2807@0 \"const_date_value\""],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"last-n-campaigns""#,
            vec!["2719@0 last-n-campaigns"],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"last-n-campaigns","param":0"#,
            vec!["2808@0 0"],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"last-n-campaigns","param":"501""#,
            vec!["2808@0 \"501\""],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"last-n-campaigns","param":5.5"#,
            vec!["2808@0 5.5"],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"last-n-campaigns","param":6"#,
            vec!["beyond-screens@0 6"],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"last-n-campaigns","param":true"#,
            vec!["2891@0 true"],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"campaigns","date_param":90"#,
            vec!["2807@0 \"date_param\""],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"campaigns","const_date_value":"last-n-days","date_param":1826"#,
            vec!["2808@0 1826"],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"campaigns","const_date_value":"in-range","date_param":["2024-01-01T00:00:00Z"]"#,
            vec!["2755@0 [\"2024-01-01T00:00:00Z\"]"],
        ),
        (
            "tracking",
            "opened",
            r#""op":"contains-any","const_value":"campaigns","const_date_value":"in-range""#,
            vec!["2719@0 in-range"],
        ),
        (
            "tracking",
            "opened",
            &reversed,
            vec![r#"2809@0 ["2024-02-01T00:00:00Z","2024-01-01T00:00:00Z"]"#],
        ),
        (
            "tracking",
            "opened",
            &too_long,
            vec![r#"2809@0 ["2015-01-01T00:00:00Z","2020-01-01T00:00:00Z"]"#],
        ),
        ("tracking", "opened", &no_date, vec!["2720@0 2024-02-30T00:00:00Z"]),
        (
            "contact",
            "date_added",
            r#""op":"contains-any","const_value":"in-range","date_param":["2024-01-01","2024-01-02T00:00:00Z"]"#,
            vec!["bare-date@0 2024-01-01"],
        ),
        (
            "list_membership",
            "list_id",
            r#""op":"ne","value":"x""#,
            vec!["list-ne-undocumented@0 ne"],
        ),
        (
            "contact",
            "state",
            r#""op":"eq","vlaue":"MA""#,
            vec!["2719@0 eq", "unknown-key@0 \"vlaue\""],
        ),
        ("contact", "Plan", r#""op":"eq","value":"MA""#, vec!["field-unverified@0 Plan"]),
    ] {
        let text = in_and(&leaf(source, field, rest));
        let found: Vec<String> = findings(&text, &unknown_account())
            .into_iter()
            .filter(|finding| !finding.starts_with("part-only"))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn groups_follow_their_rules() {
    let state = r#"{"source":"contact","field":"state","op":"eq","value":"MA"}"#;
    let list = r#"{"source":"list_membership","field":"list_id","op":"eq","value":"1"}"#;
    let tag = r#"{"source":"tags","field":"tag_id","op":"eq","value":"1"}"#;
    let and = |parts: &str| format!(r#"{{"type":"and","group":[{parts}]}}"#);
    let or = |parts: &str| format!(r#"{{"type":"or","group":[{parts}]}}"#);
    for (text, expected) in [
        (and(state), vec![]),
        (and(&or(state)), vec![]),
        (or(state), vec!["2801 or"]),
        (and(""), vec!["2805 []"]),
        (r#"{"type":"and","group":null}"#.to_owned(), vec!["2805 {"]),
        (and(&or("")), vec!["2805 []"]),
        (and(&and(state)), vec!["redundant-and and"]),
        (and(&or(&format!("{state},{list}"))), vec!["2802@1 list_membership"]),
        (and(&or(&format!("{state},{}", and(state)))), vec!["2803@1 and"]),
        (and(&or(&format!("{state},{}", or("")))), vec!["2803 or", "2805 []"]),
        (and(&format!("{list},{state},{list}")), vec!["2804@2 list_membership"]),
        (and(&format!("{tag},{}", and(&or(tag)))), vec!["redundant-and and", "2804@1 tags"]),
        (and(&or(&format!("{list},{list}"))), vec![]),
        (and(&format!("{list},{tag}")), vec![]),
        (r#"{"type":"xor","group":[]}"#.to_owned(), vec!["2801 xor", "2805 []"]),
        (format!(r#"{{"group":[{state}]}}"#), vec!["2801 {"]),
        (and("5"), vec!["2891 5"]),
    ] {
        let text = format!(r#"{{"version":"1.0.0","criteria":{text}}}"#);
        let mut found = findings(&text, &unknown_account());
        found.retain(|finding| !finding.starts_with("part-only"));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn places_lead_through_the_escaped_string() {
    let text = r#"{"name":"x","segment_criteria":"{\"version\":\"2\",\"criteria\":{\"type\":\"and\",\"group\":[{\"source\":\"contact\",\"field\":\"state\",\"op\":\"eq\",\"value\":\"\"}]}}"}"#;
    let expected = vec!["version-unknown 2", "2719@0 \\\"\\\""];
    assert_eq!(findings(text, &unknown_account()), expected);
    let reading = reading(text, &unknown_account());
    let fix = reading.findings[1].fix.clone().unwrap();
    let fixed = format!("{}{}{}", &text[..fix.span.start], fix.replacement, &text[fix.span.end..]);
    assert_eq!(meaning(&fixed, &unknown_account()), "(state is blank)");
    let rule = &reading.segments[0].rules[0];
    assert_eq!((rule.subject.as_str(), rule.clause.as_str()), ("contact.state", "eq"));
}

#[test]
fn bodies_of_every_shape() {
    let tree = in_and(&leaf("contact", "state", r#""op":"eq","value":"MA""#));
    let string = crate::source::escape::escape(&tree);
    let body = format!(r#"{{"name":"x","segment_criteria":{string}}}"#);
    let wrong_type = format!("2891 {tree}");
    for (text, expected) in [
        (body.clone(), vec![]),
        (format!(r#"{{"segments":[{body},{body}]}}"#), vec![]),
        (format!(r#"{{"name":" ","segment_criteria":{string}}}"#), vec!["273 \" \""]),
        (format!(r#"{{"segment_criteria":{string}}}"#), vec!["part-only {"]),
        (tree.clone(), vec!["part-only \"criteria\""]),
        (leaf("contact", "state", r#""op":"eq","value":"MA""#), vec!["part-only {"]),
        (r#"{"name":"x","segment_criteria":""}"#.to_owned(), vec!["2801 \"\""]),
        (r#"{"name":"x","segment_criteria":"{\"version\":"}"#.to_owned(), vec!["2890 ", "2890 "]),
        (
            format!(r#"{{"name":"x","segment_criteria":{tree}}}"#),
            vec!["part-only \"segment_criteria\"", &wrong_type],
        ),
        // As a catalog keeps it.
        (
            format!(r#"{{"name":"x","segment_criteria":{tree},"segment_id":7,"segkit":{{}}}}"#),
            vec![],
        ),
        (r#"{"name":"x","segment_criteria":{},"segment_id":7}"#.to_owned(), vec!["2801 {"]),
    ] {
        let mut found = findings(&text, &unknown_account());
        found.sort();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn custom_fields_are_looked_up() {
    let known = account(&[("Plan Level", FieldKind::OneOption, "Gold|Silver")]);
    for (field, value, expected) in [
        ("PlanLevel", "gold", "([PlanLevel] is \"gold\")"),
        ("cf:plan level", "Silver", "([plan level] is \"Silver\")"),
        ("PlanLevel", "Bronze", "[\"part-only \\\"criteria\\\"\", \"2722@0 Bronze\"]"),
        ("PlanLvel", "gold", "[\"part-only \\\"criteria\\\"\", \"2705@0 PlanLvel\"]"),
    ] {
        let rest = format!(r#""op":"eq","value":"{value}""#);
        assert_eq!(meaning(&in_and(&leaf("contact", field, &rest)), &known), expected);
    }
    let mut dump = known.clone();
    dump.dump_columns = Some(vec!["cf:Shoe_Size".to_owned()]);
    let text = in_and(&leaf("contact", "shoe size", r#""op":"eq","value":"9""#));
    assert_eq!(meaning(&text, &dump), "([shoe size] is \"9\")");
}

#[test]
fn without_the_accounts_fields_the_columns_decide() {
    let text = in_and(&leaf("contact", "shoe_sise", r#""op":"eq","value":"9""#));
    let mut account =
        Account { dump_columns: Some(vec!["Shoe Size".into()]), ..Account::default() };
    assert_eq!(findings(&text, &account), ["part-only \"criteria\"", "2705@0 shoe_sise"]);
    let help = reading(&text, &account).findings.remove(1).help.unwrap();
    assert!(help.starts_with("did you mean `Shoe Size`?"), "{help}");
    // Of JSON only the first records have been looked at.
    account.dump_may_hold_more = true;
    assert_eq!(
        findings(&text, &account),
        ["part-only \"criteria\"", "field-unverified@0 shoe_sise"]
    );
    let right = text.replace("sise", "size");
    assert_eq!(findings(&right, &account), ["part-only \"criteria\""]);
}

#[test]
fn limits_of_the_whole() {
    let one = leaf("tracking", "sent", r#""op":"eq","value":"1""#);
    let text = in_and(&vec![one; 501].join(","));
    let found = errors(&text, &unknown_account());
    assert!(found.iter().any(|f| f.starts_with("2812 ")) && found.len() == 2, "{found:?}");
    let long = in_and(&leaf(
        "contact",
        "state",
        &format!(r#""op":"eq","value":"{}""#, "é".repeat(20_000)),
    ));
    assert!(errors(&long, &unknown_account())[0].starts_with("2810 "));
}

#[test]
fn deep_nesting_is_survived() {
    let state = leaf("contact", "state", r#""op":"eq","value":"MA""#);
    let deep = format!("{}{state}{}", r#"{"type":"and","group":["#.repeat(60), "]}".repeat(60));
    let reading = reading(&in_and(&deep), &unknown_account());
    assert!(reading.segments[0].segment.is_some());
    let too_deep =
        format!("{}{state}{}", r#"{"type":"or","group":["#.repeat(5000), "]}".repeat(5000));
    assert!(errors(&in_and(&too_deep), &unknown_account()).iter().any(|f| f.starts_with("2890")));
}

#[test]
fn the_vendors_own_error_body() {
    let text = in_and(&leaf("contact", "state", r#""op":"EQ","value":"MA""#));
    let reading = reading(&text, &unknown_account());
    let body = crate::dialect::error_body(&reading, Some(0)).unwrap();
    let expected = serde_json::json!([
        { "error_key": "segments.api.validation.error", "error_message": "`EQ` is no operator" }
    ]);
    assert_eq!(body, expected);
    let fix = reading.findings.iter().find_map(|finding| finding.fix.clone()).unwrap();
    assert_eq!(fix.replacement, "eq");
}

/// What certain fixes make of a file; `""` where nothing is certain.
#[test]
fn fixes_mend() {
    let and = |parts: &str| format!(r#"{{"type":"and","group":[{parts}]}}"#);
    let state = |rest: &str| leaf("contact", "state", rest);
    const MA: &str = r#""op":"eq","value":"MA""#;
    let or = format!(r#"{{"type":"or","group":[{}]}}"#, state(MA));
    let body = |criteria: &str| {
        let inner = format!(r#"{{"version":"1.0.0","criteria":{criteria}}}"#);
        format!(r#"{{"name":"é","segment_criteria":{}}}"#, crate::source::escape::quote(&inner))
    };
    for (text, name, expected) in [
        (format!("[{},]", state(MA)), "json-fault", format!("[{}]", state(MA))),
        (state(r#""Op":"eq""#), "unknown-key", state(r#""op":"eq""#)),
        (state(r#""OP":"eq","Op":"ne""#), "unknown-key", String::new()),
        (state(r#""Op":"eq","op":"eq""#), "unknown-key", String::new()),
        (state(r#""ops":"eq""#), "unknown-key", String::new()),
        (state(r#""op":"eq","value":5.0"#), "wrong-type", state(r#""op":"eq","value":"5.0""#)),
        (state(r#""op":"eq","value":true"#), "wrong-type", state(r#""op":"eq","value":"true""#)),
        (state(r#""op":"eq","value":[]"#), "wrong-type", String::new()),
        (state(r#""op":5,"value":"MA""#), "wrong-type", String::new()),
        (
            r#"{"name":7,"segment_criteria":""}"#.to_owned(),
            "wrong-type",
            r#"{"name":"7","segment_criteria":""}"#.to_owned(),
        ),
        (
            r#"{"segment_id":"7","segment_criteria":""}"#.to_owned(),
            "wrong-type",
            r#"{"segment_id":7,"segment_criteria":""}"#.to_owned(),
        ),
        (
            format!(r#"{{"name":"é","segment_criteria": {{"version":"1.0.0","criteria": {or}}}}}"#),
            "wrong-type",
            body(&or).replace(":\"{", ": \"{"),
        ),
        (body(&state(MA)), "top-not-and", body(&and(&state(MA)))),
        (body(&or), "top-not-and", body(&and(&or))),
        (or.clone(), "top-not-and", and(&or)),
        (and(&and(&state(MA))), "redundant-and", and(&state(MA))),
        (
            body(&and(&format!("{or}, {}, {or}", and(&format!("{or} , {or}"))))),
            "redundant-and",
            body(&and(&format!("{or}, {or} , {or}, {or}"))),
        ),
        (and(&and("")), "redundant-and", String::new()),
        (
            and(&format!(r#"{{"type":"and","note":1,"group":[{or}]}}"#)),
            "redundant-and",
            String::new(),
        ),
        (state(&format!(r#""param":5,{MA}"#)), "key-unused", state(MA)),
        (state(&format!(r#"{MA} , "param" : [1]"#)), "key-unused", state(MA)),
        (
            leaf("tracking", "sent", r#""op":"contains-any","const_value":"campaigns","param":5"#),
            "key-unused",
            String::new(),
        ),
        (
            body(&and(&leaf(
                "contact",
                "date_added",
                r#""op":"contains-any","const_value":"in-range","param":["2024/1/05","2024-02-01"]"#,
            ))),
            "date-format",
            body(&and(&leaf(
                "contact",
                "date_added",
                r#""op":"contains-any","const_value":"in-range","param":["2024-01-05","2024-02-01"]"#,
            ))),
        ),
    ] {
        assert_eq!(mended(&text, name, &unknown_account()), expected, "{text}");
    }
}
