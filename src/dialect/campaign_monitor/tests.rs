//! Tables of criteria and what becomes of them.

use crate::account::{Account, FieldKind};
use crate::dialect::testing::{account, errors, findings, meaning, mended, reading};
use crate::finding::Kind;

fn known() -> Account {
    account(&[
        ("Favourite Animal", FieldKind::Text, ""),
        ("Age", FieldKind::Number, ""),
        ("Frequency", FieldKind::OneOption, "Daily|Emergency Only"),
        ("Born", FieldKind::Date, ""),
        ("Name", FieldKind::Text, ""),
    ])
}

fn body(rule_type: &str, clause: &str) -> String {
    let clause = serde_json::to_string(clause).unwrap();
    format!(
        r#"{{"Title":"x","RuleGroups":[{{"Rules":[{{"RuleType":"{rule_type}","Clause":{clause}}}]}}]}}"#
    )
}

const ID: &str = "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";

#[test]
fn clauses_mean_what_they_say() {
    let clicked = format!("{ID} https://x.org/?a=b c");
    for (rule_type, clause, expected) in [
        ("Name", "EQUALS Gertrude  Gainforth ", r#"name is "Gertrude  Gainforth""#),
        ("Name", "NOT_PROVIDED", "name is blank"),
        ("Name", "PROVIDED ", "not name is blank"),
        ("[Name]", "EQUALS x", r#"[Name] is "x""#),
        ("EmailAddress", "CONTAINS @domain.com", r#"email contains "@domain.com""#),
        ("EmailAddress", "NOT_CONTAINS x", r#"not email contains "x""#),
        ("DateSubscribed", "AFTER 2016-01-01", "date subscribed > 2016-01-01"),
        (
            "DateSubscribed",
            "BETWEEN 2024-01-01 AND 2024-01-31",
            "date subscribed between 2024-01-01 and 2024-01-31",
        ),
        ("Age", "GREATER_THAN_OR_EQUAL 18.0", "[Age] >= 18"),
        ("[age]", "BETWEEN -5 AND 5", "[age] between -5 and 5"),
        ("favouriteanimal", "CONTAINS cat", r#"[favouriteanimal] contains "cat""#),
        ("favourite  animal", "EQUALS cat", r#"[favourite  animal] is "cat""#),
        ("[Frequency]", "NOT_EQUALS emergency only", r#"not [Frequency] is "emergency only""#),
        ("Born", "BEFORE 1999-12-31", "[Born] < 1999-12-31"),
        ("Location", "EQUALS Neue Welt", r#"location "Neue Welt""#),
        ("CampaignOpened", ID, "opened campaign a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"),
        (
            "CampaignOpenedNoClick",
            " 1234123412341234 ",
            "opened but did not click campaign 1234123412341234",
        ),
        (
            "CampaignClickedSpecific",
            clicked.as_str(),
            "clicked https://x.org/?a=b c in campaign a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
        ),
    ] {
        let text = body(rule_type, clause);
        assert_eq!(meaning(&text, &known()), format!("(({expected}))"), "{text}");
    }
}

#[test]
fn faults_of_rules_have_places() {
    for (rule_type, clause, expected) in [
        ("Name", "CONTAINS President", vec!["2712@0 CONTAINS"]),
        ("Name", "equals x", vec!["2712@0 equals"]),
        ("Name", "", vec!["2710@0 \"\""]),
        ("Name", "EQUALS", vec!["2719@0 EQUALS"]),
        ("Name", "PROVIDED x", vec!["2811@0 x"]),
        ("Name", "  CONTAINS  x ", vec!["2712@0 CONTAINS"]),
        ("Name", " PROVIDED  x y ", vec!["2811@0 x y"]),
        ("name", "EQUALS x", vec![]),
        ("", "EQUALS x", vec!["2704@0 \"\""]),
        ("emailaddress", "EQUALS x", vec!["2705@0 emailaddress"]),
        ("BustedCustard", "EQUALS yes", vec!["2705@0 BustedCustard"]),
        ("EmailAddress", "BEFORE x", vec!["2713@0 BEFORE"]),
        ("DateSubscribed", "CONTAINS x", vec!["2714@0 CONTAINS"]),
        ("DateSubscribed", "EQUALS 2024-1-1", vec!["2720@0 2024-1-1"]),
        ("DateSubscribed", "EQUALS 2015-12-31", vec!["2723@0 2015-12-31"]),
        ("DateSubscribed", "EQUALS 2026-01-01", vec!["2723@0 2026-01-01"]),
        ("DateSubscribed", "BETWEEN", vec!["2719@0 BETWEEN"]),
        ("DateSubscribed", "BETWEEN 2024-01-01", vec!["2755@0 2024-01-01"]),
        (
            "DateSubscribed",
            "BETWEEN 2024-01-01 and 2024-01-02",
            vec!["2755@0 2024-01-01 and 2024-01-02"],
        ),
        (
            "DateSubscribed",
            "BETWEEN 2024-01-02 AND 2024-01-01",
            vec!["2755@0 2024-01-02 AND 2024-01-01"],
        ),
        ("FavouriteAnimal", "GREATER_THAN 5", vec!["2715@0 GREATER_THAN"]),
        ("Age", "CONTAINS 5", vec!["2716@0 CONTAINS"]),
        ("Age", "EQUALS five", vec!["2721@0 five"]),
        ("Age", "BETWEEN 5", vec!["2756@0 5"]),
        ("Age", "BETWEEN 6 AND 5", vec!["2756@0 6 AND 5"]),
        ("Frequency", "CONTAINS x", vec!["2717@0 CONTAINS"]),
        ("Frequency", "EQUALS Weekly", vec!["2722@0 Weekly"]),
        ("Born", "CONTAINS x", vec!["2718@0 CONTAINS"]),
        ("Born", "BEFORE 1999-02-29", vec!["2720@0 1999-02-29"]),
        ("CampaignOpened", "AFTER 2010-01-01", vec!["2750@0 AFTER 2010-01-01"]),
        ("CampaignOpened", "  AFTER 2010 ", vec!["2750@0 AFTER 2010"]),
        ("CampaignClickedSpecific", ID, vec!["2719@0 a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"]),
        ("Location", "CONTAINS x", vec!["2757@0 CONTAINS"]),
        ("Location", "EQUALS 12", vec!["2758@0 12"]),
    ] {
        let text = body(rule_type, clause);
        assert_eq!(errors(&text, &known()), expected, "{text}");
    }
}

#[test]
fn without_an_account_fields_are_guessed() {
    let nothing = Account::default();
    for (rule_type, clause, expected) in [
        ("Age", "LESS_THAN 5", "(([Age] < 5))"),
        ("Age", "BETWEEN 1 AND 5", "(([Age] between 1 and 5))"),
        (
            "Born",
            "BETWEEN 2024-01-01 AND 2024-01-02",
            "(([Born] between 2024-01-01 and 2024-01-02))",
        ),
        ("Born", "EQUALS 2024-01-01", "(([Born] is \"2024-01-01\"))"),
        (
            "Age",
            "LESS_THAN x",
            r#"["field-untyped@0 Age", "unverified-verb@0 LESS_THAN", "2721@0 x"]"#,
        ),
        ("Age", "HAS x", r#"["field-untyped@0 Age", "2715@0 HAS"]"#),
        ("name", "EQUALS x", r#"["2705@0 name"]"#),
        ("[name]", "EQUALS x", r#"(([name] is "x"))"#),
    ] {
        assert_eq!(meaning(&body(rule_type, clause), &nothing), expected, "{rule_type} {clause}");
    }
}

#[test]
fn bodies_of_every_shape() {
    let rule = r#"{"RuleType":"Name","Clause":"PROVIDED"}"#;
    let old = r#"{"Title":"x","Rules":[{"Subject":"Name","Clauses":["PROVIDED","EQUALS x"]},{"Subject":"EmailAddress","Clauses":["CONTAINS y"]}]}"#;
    let one = "not name is blank";
    for (text, expected, meant) in [
        (rule.to_owned(), vec!["part-only {"], one.to_owned()),
        (
            format!(r#"{{"RuleGroups":[{{"Rules":[{rule}]}}]}}"#),
            vec!["part-only {"],
            format!("(({one}))"),
        ),
        (format!(r#"{{"Rules":[{rule}]}}"#), vec![], format!("(({one}))")),
        (r#"{"Title":"x","RuleGroups":[]}"#.to_owned(), vec![], "everyone".to_owned()),
        (r#"{"Title":"x"}"#.to_owned(), vec!["part-only {"], "everyone".to_owned()),
        (
            old.to_owned(),
            vec![],
            r#"((not name is blank or name is "x") and (email contains "y"))"#.to_owned(),
        ),
    ] {
        assert_eq!(findings(&text, &Account::default()), expected, "{text}");
        assert_eq!(meaning(&text, &Account::default()), meant, "{text}");
    }
    for (text, expected) in [
        (r#"{"Title":" ","RuleGroups":[]}"#, vec!["273 \" \""]),
        (r#"{"Title":"x","RuleGroups":[{"Rules":[]}]}"#, vec!["2805 []"]),
        (r#"{"Title":"x","RuleGroups":[{}]}"#, vec!["2805 {"]),
        (r#"{"Title":"x","RuleGroups":[{"RuleType":"Name","Clause":"PROVIDED"}]}"#, vec!["2805 {"]),
        (r#"{"Title":"x","RuleGroups":{}}"#, vec!["2891 {}"]),
        (r#"{"Title":"x","RuleGroups":[{"Rules":[{"RuleType":"Name"}]}]}"#, vec!["2706@0 {"]),
        (
            r#"{"Title":"x","RuleGroups":[{"Rules":[{"RuleType":"Name","Clause":5}]}]}"#,
            vec!["2891@0 5"],
        ),
        (r#"{"Title":"x","Rules":[{"Subject":"Name","Clauses":[]}]}"#, vec!["2706@0 {"]),
    ] {
        assert_eq!(errors(text, &Account::default()), expected, "{text}");
    }
}

#[test]
fn the_list_is_the_scope() {
    let text =
        r#"{"ActiveSubscribers":0,"RuleGroups":[],"ListID":"a1","SegmentID":"b2","Title":"T"}"#;
    let reading = reading(text, &Account::default());
    let segment = reading.segments[0].segment.clone().unwrap();
    assert_eq!((segment.scope.list.as_deref(), segment.scope.active_only), (Some("a1"), true));
}

#[test]
fn the_error_example_of_the_page() {
    let text = r#"{"Title":"x","RuleGroups":[{"Rules":[
        {"RuleType":"CampaignOpened","Clause":"AFTER 2010-01-01"},
        {"RuleType":"FavouriteAnimal","Clause":"EQUALS Three-Toed Sloth"},
        {"RuleType":"Name","Clause":"EQUALS Gertrude Gainforth"},
        {"RuleType":"Name","Clause":"CONTAINS President"},
        {"RuleType":"BustedCustard","Clause":"EQUALS yes"}]}]}"#;
    let expected = ["2750@0 AFTER 2010-01-01", "2712@3 CONTAINS", "2705@4 BustedCustard"];
    assert_eq!(findings(text, &known()), expected);
    let reading = reading(text, &known());
    let kinds: Vec<Kind> = reading.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [Kind::CampaignId, Kind::VerbIllegalName, Kind::RuleTypeUnknown]);
    let subjects: Vec<&str> =
        reading.segments[0].rules.iter().map(|r| r.subject.as_str()).collect();
    assert_eq!(subjects, ["CampaignOpened", "FavouriteAnimal", "Name", "Name", "BustedCustard"]);
}

/// What certain fixes make of a file; `""` where nothing is certain.
#[test]
fn fixes_mend() {
    let subscribed = |clause: &str| body("DateSubscribed", clause);
    let points = |clause: &str| body("[Age]", clause);
    for (text, name, expected) in [
        (body("Name", "equals x"), "illegal-verb-name", body("Name", "EQUALS x")),
        (body("Name", "EQUAL x"), "illegal-verb-name", String::new()),
        (subscribed("AFTER 2024/1/05"), "date-format", subscribed("AFTER 2024-01-05")),
        (subscribed("AFTER 01/05/2024"), "date-format", String::new()),
        (subscribed("AFTER 2024/02/30"), "date-format", String::new()),
        (
            subscribed("BETWEEN 2024/01/05 and  2024-02-05"),
            "date-range",
            subscribed("BETWEEN 2024-01-05 AND 2024-02-05"),
        ),
        (subscribed("BETWEEN 2024-03-05 and 2024-02-05"), "date-range", String::new()),
        (points("BETWEEN -1.50 And 2"), "number-range", points("BETWEEN -1.50 AND 2")),
        (points("BETWEEN 1 to 2"), "number-range", String::new()),
        (
            r#"{"title":"x","RuleGroups":[]}"#.to_owned(),
            "unknown-key",
            r#"{"Title":"x","RuleGroups":[]}"#.to_owned(),
        ),
        (
            r#"{"Title":-5,"RuleGroups":[]}"#.to_owned(),
            "wrong-type",
            r#"{"Title":"-5","RuleGroups":[]}"#.to_owned(),
        ),
        (r#"{"Title":"x","Rules":[],"RuleGroups":[]}"#.to_owned(), "key-unused", String::new()),
        (
            r#"{"Title":"x","RuleGroups":[],"ActiveSubscribers":"10"}"#.to_owned(),
            "wrong-type",
            r#"{"Title":"x","RuleGroups":[],"ActiveSubscribers":10}"#.to_owned(),
        ),
        (
            r#"{"Title":"x","RuleGroups":[],"ActiveSubscribers":"010"}"#.to_owned(),
            "wrong-type",
            String::new(),
        ),
    ] {
        assert_eq!(mended(&text, name, &known()), expected, "{text}");
    }
    // A field of unknown type is told by the numbers.
    let untyped = mended(&points("BETWEEN 1 and 2"), "number-range", &Account::default());
    assert_eq!(untyped, points("BETWEEN 1 AND 2"));
}
