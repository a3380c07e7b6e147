//! Tables of ids and names, for each dialect that asks about them, and who knows them.

use crate::account::{Account, Campaign, Links, Named, Names, Observed, Seen, SentTo};
use crate::dialect::testing::{as_of, errors, findings, reading};
use crate::dialect::{Context, read_to_evaluate};
use crate::finding::Finding;
use crate::source::SourceFile;
use crate::value::Zone;

const K1: &str = "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";
const K2: &str = "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2";

fn cm(rule_type: &str, clause: &str) -> String {
    let rule = format!(r#"{{"RuleType":"{rule_type}","Clause":"{clause}"}}"#);
    format!(r#"{{"Title":"T","RuleGroups":[{{"Rules":[{rule}]}}],"ListID":"L1"}}"#)
}

fn cc(leaf: &str) -> String {
    format!(r#"{{"type":"and","group":[{{{leaf}}}]}}"#)
}

fn cc_tracking(op: &str, id: &str) -> String {
    cc(&format!(r#""source":"tracking","field":"opened","op":"{op}","value":"{id}""#))
}

fn cc_list(op: &str, id: &str) -> String {
    cc(&format!(r#""source":"list_membership","field":"list_id","op":"{op}","value":"{id}""#))
}

fn cc_tag(op: &str, id: &str) -> String {
    cc(&format!(r#""source":"tags","field":"tag_id","op":"{op}","value":"{id}""#))
}

fn el_campaign(id: &str) -> String {
    let item =
        format!(r#"{{"field_name":"campaign","op":"==","value":"open","campaign_id":{id}}}"#);
    format!(r#"{{"segment_name":"T","type":1,"condition":{{"relation":"and","items":[{item}]}}}}"#)
}

fn el_tag(op: &str, name: &str) -> String {
    let item = format!(r#"{{"field_name":"tag","op":"{op}","value":"{name}"}}"#);
    format!(r#"{{"segment_name":"T","type":0,"condition":{{"relation":"and","items":[{item}]}}}}"#)
}

fn campaign(id: &str, name: &str) -> Campaign {
    Campaign { id: id.to_owned(), name: Some(name.to_owned()), ..Campaign::default() }
}

fn seen(texts: &[&str]) -> Option<Seen> {
    let mut seen = Seen::default();
    texts.iter().for_each(|text| assert!(seen.add(text)));
    Some(seen)
}

fn names(entries: &[(&str, &str)]) -> Option<Names> {
    let named = |(id, name): &(&str, &str)| Named { id: (*id).into(), name: (*name).into() };
    Some(Names(entries.iter().map(named).collect()))
}

/// The findings of this name or code, as message and help.
fn said(text: &str, account: &Account, name: &str) -> Vec<(String, String)> {
    let is_it = |finding: &Finding| finding.kind.name() == name;
    let findings = reading(text, account).findings;
    let said = |finding: Finding| (finding.message, finding.help.unwrap_or_default());
    findings.into_iter().filter(|finding| is_it(finding)).map(said).collect()
}

/// The kinds and places of all findings but notes on the shape.
fn found(text: &str, account: &Account) -> Vec<String> {
    let mut found = findings(text, account);
    found.retain(|finding| !finding.starts_with("part-only") && !finding.starts_with("list-ne"));
    found
}

#[test]
fn campaigns_that_nobody_knows() {
    let file = Some(vec![campaign(K1, "Spring"), campaign("7", "Seven")]);
    let by_file = Account { campaigns: file.clone(), ..Account::default() };
    let observed = Observed { campaigns: seen(&[K2, "8"]), ..Observed::default() };
    let by_dump = Account { observed: observed.clone(), ..Account::default() };
    let by_both = Account { campaigns: file, observed, ..Account::default() };
    let nothing = Account::default();
    let upper = K1.to_uppercase();
    let unseen = |rule: &str| vec![format!("campaign-unseen@0 {rule}")];
    for (text, account, expected) in [
        (cm("CampaignOpened", K1), &by_file, vec![]),
        (cm("CampaignOpened", &upper), &by_file, vec![]),
        (cm("CampaignOpened", K2), &by_file, unseen(K2)),
        (cm("CampaignOpened", K2), &by_dump, vec![]),
        (cm("CampaignOpened", K1), &by_dump, unseen(K1)),
        (cm("CampaignOpened", K2), &by_both, vec![]),
        (cm("CampaignOpened", &K1.replace('1', "3")), &by_both, unseen(&K1.replace('1', "3"))),
        (cm("CampaignOpened", K2), &nothing, vec![]),
        (cm("CampaignClickedSpecific", &format!("{K2} https://x.org")), &by_file, unseen(K2)),
        (cc_tracking("eq", K1), &by_file, vec![]),
        (cc_tracking("ne", K2), &by_file, unseen(K2)),
        (cc_tracking("eq", K2), &nothing, vec![]),
        (el_campaign("7"), &by_file, vec![]),
        (el_campaign("8"), &by_file, unseen("8")),
        (el_campaign("8"), &by_dump, vec![]),
    ] {
        assert_eq!(found(&text, account), expected, "{text}");
    }
}

#[test]
fn who_was_asked_and_what_may_have_been_meant() {
    let mut mistyped = K1.to_owned();
    mistyped.replace_range(0..1, "c");
    let file = Some(vec![campaign(K1, "Spring"), campaign("spring-24", "Spring sale")]);
    let observed = Observed { campaigns: seen(&[K2]), ..Observed::default() };
    let by_file = Account { campaigns: file.clone(), ..Account::default() };
    let by_both = Account { campaigns: file, observed: observed.clone(), ..Account::default() };
    let by_dump = Account { observed, ..Account::default() };
    for (id, account, message, help) in [
        (
            mistyped.as_str(),
            &by_file,
            format!("the campaigns file has no campaign `{mistyped}`"),
            format!("did you mean `{K1}`, that is Spring?"),
        ),
        (
            "spring sale",
            &by_file,
            "the campaigns file has no campaign `spring sale`".to_owned(),
            "`spring sale` is the name of campaign `spring-24`".to_owned(),
        ),
        (
            "x",
            &by_both,
            "neither the campaigns file nor the activities know a campaign `x`".to_owned(),
            String::new(),
        ),
        ("x", &by_dump, "the activities have no campaign `x`".to_owned(), String::new()),
    ] {
        let text = cc_tracking("eq", id);
        assert_eq!(said(&text, account, "campaign-unseen"), [(message, help)], "{text}");
    }
}

#[test]
fn nothing_follows_from_a_dump_that_was_not_kept_whole() {
    let mut kept = seen(&[K1]).unwrap();
    kept.cut_short();
    let observed = Observed {
        campaigns: Some(kept.clone()),
        lists: Some(kept.clone()),
        tags: Some(kept.clone()),
        clicked: [(K1.to_owned(), kept)].into(),
    };
    let campaigns = Some(vec![campaign(K1, "Spring")]);
    let (lists, tags) = (names(&[("l", "L")]), names(&[("t", "T")]));
    let account = Account { campaigns, lists, tags, observed, ..Account::default() };
    for text in [
        cm("CampaignOpened", K2),
        cm("CampaignClickedSpecific", &format!("{K1} https://x.org")),
        cc_list("eq", "x"),
        cc_tag("eq", "x"),
        el_tag("==", "x"),
    ] {
        assert_eq!(found(&text, &account), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn lists_and_tags_that_nobody_knows() {
    let by_file = Account {
        lists: names(&[("l1", "Book club")]),
        tags: names(&[("t1", "VIP")]),
        ..Account::default()
    };
    let observed =
        Observed { lists: seen(&["book club"]), tags: seen(&["vip", "T1"]), ..Observed::default() };
    let by_dump = Account { observed: observed.clone(), ..Account::default() };
    let by_both = Account { observed, ..by_file.clone() };
    let nobody_on_any = Account {
        observed: Observed { lists: seen(&[]), ..Observed::default() },
        ..Account::default()
    };
    let given_but_empty = Account { lists: names(&[]), ..Account::default() };
    for (text, account, expected) in [
        (cc_list("eq", "L1 "), &by_file, None),
        (cc_list("eq", "book club"), &by_file, Some("list-unseen@0 book club")),
        (cc_list("ne", "l2"), &by_file, Some("list-unseen@0 l2")),
        (cc_list("eq", "l2"), &by_dump, Some("list-unseen@0 l2")),
        (cc_list("eq", "l1"), &by_dump, Some("list-unseen@0 l1")),
        (cc_list("eq", "l1"), &by_both, None),
        (cc_list("eq", "l1"), &nobody_on_any, Some("list-unseen@0 l1")),
        (cc_list("eq", "l1"), &given_but_empty, Some("list-unseen@0 l1")),
        (cc_list("eq", "l1"), &Account::default(), None),
        (cc_tag("eq", "t1"), &by_file, None),
        (cc_tag("eq", "Vip"), &by_dump, None),
        (cc_tag("ne", "t2"), &by_both, Some("tag-unseen@0 t2")),
        (cc_tag("ne", "t2"), &nobody_on_any, None),
        // EngageLab names tags, and heeds their case.
        (el_tag("==", "VIP"), &by_file, None),
        (el_tag("==", "vip"), &by_file, Some("tag-unseen@0 vip")),
        (el_tag("!=", "t1"), &by_file, Some("tag-unseen@0 t1")),
        (el_tag("contain", "xyz"), &by_file, None),
        (el_tag("==", "vip"), &by_dump, None),
        (el_tag("==", "Vip"), &by_dump, Some("tag-unseen@0 Vip")),
        (el_tag("==", "VIP"), &by_both, None),
    ] {
        assert_eq!(found(&text, account), Vec::from_iter(expected), "{text}");
    }
    let message = "neither the lists file nor the contacts know a list `Bok club`".to_owned();
    let help = "did you mean `Book club`?".to_owned();
    assert_eq!(said(&cc_list("eq", "Bok club"), &by_both, "list-unseen"), [(message, help)]);
}

#[test]
fn links_that_the_campaign_lacks() {
    let mut links = Links::default();
    links.add(K1, "https://x.org/a");
    links.add(K1, "https://x.org/B");
    let clicked = seen(&["https://x.org/a"]).unwrap();
    let observed = Observed {
        campaigns: seen(&[K1, K2]),
        clicked: [(K1.to_owned(), clicked)].into(),
        ..Observed::default()
    };
    let by_file = Account { links: Some(links.clone()), ..Account::default() };
    let by_dump = Account { observed: observed.clone(), ..Account::default() };
    let by_both = Account { links: Some(links), observed, ..Account::default() };
    for rule_type in ["CampaignClickedSpecific", "CampaignNotClickedSpecific"] {
        for (campaign, url, account, expected) in [
            (K1, "https://x.org/a", &by_file, None),
            (K1, "https://x.org/A", &by_file, Some("2753@0 https://x.org/A")),
            (K2, "https://x.org/A", &by_file, None),
            (K1, "https://x.org/a", &by_dump, None),
            (K1, "https://x.org/B", &by_dump, Some("link-unseen@0 https://x.org/B")),
            (K2, "https://x.org/B", &by_dump, None),
            (K1, "https://x.org/B", &by_both, Some("link-unseen@0 https://x.org/B")),
            (K1, "https://x.org/c", &by_both, Some("2753@0 https://x.org/c")),
        ] {
            let text = cm(rule_type, &format!("{campaign} {url}"));
            assert_eq!(found(&text, account), Vec::from_iter(expected), "{text}");
        }
    }
    let far = cm("CampaignClickedSpecific", &format!("{K1} mailto:someone"));
    let (message, help) = said(&far, &by_file, "link-not-in-campaign").remove(0);
    assert_eq!(message, format!("`mailto:someone` is no link of campaign {K1}"));
    assert_eq!(help, "it has `https://x.org/B`, `https://x.org/a`");
    let (_, help) = said(&far, &by_dump, "link-unseen").remove(0);
    assert_eq!(help, "clicked were `https://x.org/a`");
}

#[test]
fn campaigns_never_sent_to_the_list() {
    let sent = |lists: &[&str]| Campaign {
        sent_to: Some(SentTo {
            lists: lists.iter().map(|list| (*list).to_owned()).collect(),
            segments: Vec::new(),
        }),
        ..campaign(K1, "Spring")
    };
    let account = |campaign| Account {
        campaigns: Some(vec![campaign]),
        lists: names(&[("l1", "Book club"), ("l2", "News")]),
        ..Account::default()
    };
    let link = format!("{K1} https://x.org");
    for (rule_type, clause) in [
        ("CampaignOpened", K1),
        ("CampaignNotOpened", K1),
        ("CampaignOpenedNoClick", K1),
        ("CampaignClickedAny", K1),
        ("CampaignClickedSpecific", link.as_str()),
        ("CampaignNotClickedSpecific", link.as_str()),
    ] {
        let text = cm(rule_type, clause);
        let never = format!("2751@0 {K1}");
        assert_eq!(errors(&text, &account(sent(&["l2"]))), [never.as_str()], "{text}");
        assert_eq!(errors(&text, &account(sent(&[]))), [never.as_str()], "{text}");
        assert_eq!(errors(&text, &account(sent(&["l2", "L1"]))), Vec::<String>::new(), "{text}");
        let unknown = campaign(K1, "Spring");
        assert_eq!(errors(&text, &account(unknown)), Vec::<String>::new(), "{text}");
        // Of a segment whose list nobody knows nothing follows, unless the account says its list.
        let listless = text.replace(r#","ListID":"L1""#, "");
        let mut known = account(sent(&["l2"]));
        assert_eq!(errors(&listless, &known), Vec::<String>::new(), "{listless}");
        known.list = Some("book club".to_owned());
        assert_eq!(errors(&listless, &known), [never], "{listless}");
    }
    let text = cm("CampaignOpened", K1);
    let said = said(&text, &account(sent(&["l2"])), "campaign-not-sent-to-list");
    let message = "`Spring` was never sent to the list `Book club`".to_owned();
    assert_eq!(said, [(message, "it was sent to `News`".to_owned())]);
}

#[test]
fn sets_of_more_campaigns_than_the_vendor_evaluates() {
    let sent = |count: usize, at: &str| -> Vec<Campaign> {
        let one = |index: usize| Campaign {
            sent_at: Some(at.to_owned()),
            ..campaign(&format!("{at}-{index}"), "x")
        };
        (0..count).map(one).collect()
    };
    let of =
        |campaigns: Vec<Campaign>| Account { campaigns: Some(campaigns), ..Account::default() };
    let set = |more: &str| {
        cc(&format!(
            r#""source":"tracking","field":"opened","op":"contains-any","const_value":"campaigns"{more}"#
        ))
    };
    let days =
        |days: u32| set(&format!(r#","const_date_value":"last-n-days","date_param":"{days}""#));
    let last = set("").replace(r#""campaigns""#, r#""last-n-campaigns","param":"5""#);
    let repeated: Vec<Campaign> =
        sent(300, "2025-06-01").into_iter().chain(sent(300, "2025-06-01")).collect();
    let later: Vec<Campaign> =
        sent(300, "2025-06-01").into_iter().chain(sent(300, "2025-07-01")).collect();
    let many = Some("2812 campaigns");
    for (text, account, expected) in [
        (set(""), of(sent(501, "2025-06-01")), many),
        (set(""), of(sent(500, "2025-06-01")), None),
        (set(""), of(sent(501, "2020-07-02")), many),
        // Sent more than 1825 days ago, after as-of, nobody knows when.
        (set(""), of(sent(501, "2020-06-29")), None),
        (set(""), of(later), None),
        (set(""), of(sent(501, "soon")), None),
        (set(""), of(repeated), None),
        (days(60), of(sent(501, "2025-06-01")), many),
        (days(20), of(sent(501, "2025-06-01")), None),
        (last, of(sent(501, "2025-06-01")), None),
        (set(""), Account::default(), None),
    ] {
        assert_eq!(found(&text, &account), Vec::from_iter(expected), "{text}");
    }
    let account = of(sent(501, "2025-06-01"));
    let file = SourceFile::new("a.json", set("").into_bytes());
    let context = Context { account: &account, as_of: as_of(), zone: Zone::UTC, dialect: None };
    assert!(read_to_evaluate(&file, &context).segments[0].segment.is_some());
}

#[test]
fn only_engagelab_minds_the_state_of_a_campaign() {
    let with =
        |id: &str, status: &str| Campaign { status: Some(status.to_owned()), ..campaign(id, "x") };
    for status in ["Draft", "Paused", "Scheduled", "Removed"] {
        let account = Account {
            campaigns: Some(vec![with(K1, status), with("7", status)]),
            ..Account::default()
        };
        assert_eq!(found(&cm("CampaignOpened", K1), &account), Vec::<String>::new());
        assert_eq!(found(&cc_tracking("eq", K1), &account), Vec::<String>::new());
        assert_eq!(found(&el_campaign("7"), &account), ["2826@0 7"]);
    }
}
