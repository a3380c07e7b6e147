//! The examples on the vendors' pages are right, and mean what the pages say they mean.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use segkit::account::Account;
use segkit::dialect::{Context, read};
use segkit::source::SourceFile;
use segkit::value::{DayOrder, Stamp, Zone};

/// What the first segment of `text` means at `as_of`, and the names of the findings.
fn read_at(text: &str, as_of: &str) -> (String, Vec<&'static str>) {
    let file = SourceFile::new("example", text.as_bytes().to_vec());
    let account = Account::default();
    let as_of = Stamp::parse(as_of, DayOrder::MonthFirst).unwrap().instant(Zone::UTC);
    let context = Context { account: &account, as_of, zone: Zone::UTC, dialect: None };
    let reading = read(&file, &context);
    let meant = reading.segments[0].segment.as_ref().map_or(String::new(), |s| s.expr.to_string());
    (meant, reading.findings.iter().map(|finding| finding.kind.name()).collect())
}

#[test]
fn constant_contact_opened_last_five_campaigns() {
    let text = r#"{
    "name": "Opened last five campaigns",
    "segment_criteria": "{\"version\":\"1.0.0\",\"criteria\":{\"type\":\"and\",\"group\":[{\"source\":\"tracking\",\"field\":\"opened\",\"op\":\"contains-any\",\"const_value\":\"last-n-campaigns\",\"param\":\"5\"}]}}",
    "segment_id": 16,
    "created_at": "2019-12-18T16:30:35.000Z",
    "edited_at": "2019-12-18T16:30:35.000Z"
    }"#;
    let (meant, findings) = read_at(text, "2025-06-30");
    assert_eq!(meant, "(opened any of the last 5 campaigns sent in the last 1825 days)");
    assert_eq!(findings, Vec::<&str>::new());
}

#[test]
fn constant_contact_grouping_data_sources() {
    let text = r#"{"version":"1.0.0","criteria":{"type":"and","group":[
        {"source":"tracking","field":"opened","op":"contains-any","const_value":"last-n-campaigns","param":5,
         "const_date_value":"in-range","date_param":["2017-12-15T01:16:00+0000","2018-02-28T01:16:00+0000"]},
        {"type":"or","group":[
            {"source":"list_membership","field":"list_id","op":"eq","value":"04fe9a-a579-43c5-bb1a-58ed29bf0a6a"},
            {"source":"list_membership","field":"list_id","op":"eq","value":"08bd8c-a579-43c5-bb1a-58ed29bf0a6a"}]},
        {"type":"or","group":[
            {"source":"contact","field":"state","op":"eq","value":"MA"},
            {"source":"contact","field":"state","op":"eq","value":"RI"}]},
        {"source":"contact","field":"title","op":"eq","value":"Director"}]}}"#;
    let (meant, findings) = read_at(text, "2025-06-30");
    assert_eq!(
        meant,
        "(opened any of the last 5 campaigns sent from 2017-12-15T01:16:00Z to 2018-02-28T01:16:00Z \
         and (list 04fe9a-a579-43c5-bb1a-58ed29bf0a6a or list 08bd8c-a579-43c5-bb1a-58ed29bf0a6a) \
         and (state is \"MA\" or state is \"RI\") and title is \"Director\")"
    );
    assert_eq!(findings, ["part-only"]);
}

#[test]
fn constant_contact_tags() {
    let text = r#"{"criteria":{"type":"and","group":[{"type":"or","group":[
        {"source":"tags","field":"tag_id","op":"eq","value":"{tag UUID}"},
        {"source":"tags","field":"tag_id","op":"ne","value":"{tag UUID}"}]}]}}"#;
    let (meant, _) = read_at(text, "2025-06-30");
    assert_eq!(meant, "((tag {tag UUID} or not tag {tag UUID}))");
}

#[test]
fn campaign_monitor_five_rule_groups() {
    let text = r#"{"RuleGroups":[
        {"Rules":[{"RuleType":"EmailAddress","Clause":"CONTAINS @domain.com"}]},
        {"Rules":[{"RuleType":"DateSubscribed","Clause":"AFTER 2009-01-01"},
                  {"RuleType":"DateSubscribed","Clause":"EQUALS 2009-01-01"}]},
        {"Rules":[{"RuleType":"DateSubscribed","Clause":"BEFORE 2010-01-01"}]},
        {"Rules":[{"RuleType":"[Frequency]","Clause":"NOT_EQUALS Emergency Only"}]},
        {"Rules":[{"RuleType":"CampaignOpened","Clause":"1234123412341234"},
                  {"RuleType":"CampaignOpened","Clause":"abcdabcdabcdabcd"}]}]}"#;
    let (meant, findings) = read_at(text, "2010-06-30");
    assert_eq!(
        meant,
        "((email contains \"@domain.com\") \
         and (date subscribed > 2009-01-01 or date subscribed = 2009-01-01) \
         and (date subscribed < 2010-01-01) and (not [Frequency] is \"Emergency Only\") \
         and (opened campaign 1234123412341234 or opened campaign abcdabcdabcdabcd))"
    );
    assert_eq!(findings, ["part-only", "field-untyped", "campaign-id-short", "campaign-id-short"]);
    // The same, long after: the years are out of range.
    let (_, findings) = read_at(text, "2025-06-30");
    assert_eq!(findings.iter().filter(|name| **name == "date-subscribed-year").count(), 3);
}

#[test]
fn campaign_monitor_adding_a_rule_group() {
    // The page's example has this trailing comma.
    let text = r#"{"Rules":[{"RuleType":"Name","Clause":"NOT_PROVIDED"},
        {"RuleType":"Name","Clause":"EQUALS Subscriber Name"},]}"#;
    assert_eq!(read_at(text, "2025-06-30"), (String::new(), vec!["json-fault"]));
    let mended = text.replace("},]", "}]");
    let meant = "((name is blank or name is \"Subscriber Name\"))".to_owned();
    assert_eq!(read_at(&mended, "2025-06-30"), (meant, vec![]));
}

#[test]
fn engagelab_age_between() {
    let text = r#"{"segment_name":"Age between 13 and 45","type":0,"condition":{"relation":"and","items":[
        {"field_name":"Age","op":">=","value":"13"},{"field_name":"Age","op":"<=","value":"45"}]}}"#;
    let (meant, findings) = read_at(text, "2025-06-30");
    assert_eq!(meant, "([Age] >= 13 and [Age] <= 45)");
    assert_eq!(findings, ["field-untyped", "field-untyped"]);
}

#[test]
fn engagelab_segment_list() {
    let text = r#"{"result":[{"segment_id":"6566f2dd1e9adc15e3efd47e","segment_name":"Age>=20用户组","type":0,
        "list_id":96112,"status":"2","create_time":"2023-11-29 16:14:21+0800",
        "update_time":"2023-11-29 16:14:23+0800","member_total":10,
        "condition":{"relation":"and","items":[{"campaign_id":null,"field_name":"Age","op":">=","value":"20"}]},
        "process":{"statusDesc":"segmentation completed","complete":true,"percent":100}}],"total":4,"count":2}"#;
    let (meant, findings) = read_at(text, "2025-06-30");
    assert_eq!((meant.as_str(), findings), ("([Age] >= 20)", vec!["field-untyped"]));
}
