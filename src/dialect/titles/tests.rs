//! Tables of titles and the segments that have them.

use crate::account::{Account, StoredSegment};
use crate::dialect::testing::{as_of, errors, reading};
use crate::dialect::{Context, read_to_evaluate};
use crate::source::SourceFile;
use crate::value::Zone;

/// An account with these segments, written `id title list`, `-` where something isn't known.
fn holding(segments: &[&str], list: Option<&str>) -> Account {
    let stored = |text: &&str| {
        let mut parts = text.split(' ').map(|part| Some(part).filter(|part| *part != "-"));
        let mut next = || parts.next().flatten().map(str::to_owned);
        StoredSegment { id: next(), title: next().unwrap(), list: next() }
    };
    let segments = Some(segments.iter().map(stored).collect());
    Account { segments, list: list.map(str::to_owned), ..Account::default() }
}

fn cm(title: &str, more: &str) -> String {
    format!(r#"{{"Title":"{title}","RuleGroups":[]{more}}}"#)
}

#[test]
fn titles_of_campaign_monitor_are_unique_in_a_list() {
    let two_lists = ["1 VIP a", "2 News b"];
    for (text, account, clash) in [
        (cm("VIP", r#","ListID":"a""#), holding(&two_lists, None), true),
        (cm(" vip ", r#","ListID":"A""#), holding(&two_lists, None), true),
        (cm("VIP", r#","ListID":"b""#), holding(&two_lists, None), false),
        (cm("VIP", r#","ListID":"a","SegmentID":"1""#), holding(&two_lists, None), false),
        (cm("VIP", r#","ListID":"a","SegmentID":"2""#), holding(&two_lists, None), true),
        // Nobody knows of which of the two lists the segment is.
        (cm("VIP", ""), holding(&two_lists, None), false),
        (cm("VIP", ""), holding(&two_lists, Some("a")), true),
        (cm("VIP", ""), holding(&two_lists, Some("b")), false),
        (cm("VIP", r#","ListID":"b""#), holding(&two_lists, Some("a")), false),
        (cm("VIP", ""), holding(&["1 VIP a", "2 News A"], None), true),
        (cm("VIP", ""), holding(&["- VIP -"], None), true),
        (cm("VIPs", ""), holding(&["- VIP -"], None), false),
    ] {
        assert_eq!(!errors(&text, &account).is_empty(), clash, "{text} {account:?}");
    }
    let account = holding(&two_lists, Some("a"));
    assert_eq!(errors(&cm("VIP", ""), &account), ["275 VIP"]);
    let finding = reading(&cm("VIP", ""), &account).findings.remove(0);
    assert_eq!(finding.message, "`VIP` is the title of another segment, 1, of the list `a`");
    assert!(finding.help.unwrap().contains("the id of the stored segment"));
}

#[test]
fn titles_of_the_others_are_unique_in_the_account() {
    let cc = |name: &str, more: &str| {
        let leaf = r#"{\"source\":\"contact\",\"field\":\"state\",\"op\":\"eq\",\"value\":\"MA\"}"#;
        let group = format!(r#"{{\"type\":\"and\",\"group\":[{leaf}]}}"#);
        let criteria = format!(r#"{{\"version\":\"1.0.0\",\"criteria\":{group}}}"#);
        format!(r#"{{"name":"{name}","segment_criteria":"{criteria}"{more}}}"#)
    };
    let el = |name: &str, more: &str| {
        let item = r#"{"field_name":"Email","op":"==","value":"x"}"#;
        let condition = format!(r#"{{"relation":"and","items":[{item}]}}"#);
        format!(r#"{{"segment_name":"{name}","type":0,"condition":{condition}{more}}}"#)
    };
    let account = holding(&["7 VIP a"], Some("b"));
    for (text, expected) in [
        (cc("VIP", ""), vec!["275 VIP"]),
        (cc("vip", r#","segment_id":8"#), vec!["275 vip"]),
        (cc("VIP", r#","segment_id":7"#), vec![]),
        (cc("Other", ""), vec![]),
        (el("VIP", ""), vec!["275 VIP"]),
        (el("VIP", r#","segment_id":"8""#), vec!["275 VIP"]),
        (el("VIP", r#","segment_id":"7""#), vec![]),
        (el("Other", ""), vec![]),
    ] {
        assert_eq!(errors(&text, &account), expected, "{text}");
    }
}

#[test]
fn a_title_in_use_keeps_nobody_from_evaluating() {
    let account = holding(&["1 VIP -"], None);
    let file = SourceFile::new("a.json", cm("VIP", "").into_bytes());
    let context = Context { account: &account, as_of: as_of(), zone: Zone::UTC, dialect: None };
    let reading = read_to_evaluate(&file, &context);
    assert!(reading.findings.is_empty() && reading.segments[0].segment.is_some());
}
