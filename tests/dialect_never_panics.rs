//! Whatever is done to criteria, reading them ends in findings with places inside the file; and a
//! segment that means nothing always has an error that says why.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use segkit::account::{
    Account, Campaign, FieldDef, FieldKind, Links, Named, Names, Observed, Seen, SentTo,
    StoredSegment,
};
use segkit::dialect::{Context, Dialect, Reading, error_body, format, read};
use segkit::finding::{Kind, Levels};
use segkit::lint::{self, fix};
use segkit::source::{SourceFile, Span};
use segkit::value::{DayOrder, Instant, Zone};

const SAMPLES: &[&str] = &[
    r#"{"name":"é","segment_criteria":"{\"version\":\"1.0.0\",\"criteria\":{\"type\":\"and\",\"group\":[{\"source\":\"tracking\",\"field\":\"opened\",\"op\":\"contains-any\",\"const_value\":\"last-n-campaigns\",\"param\":\"5\"},{\"source\":\"contact\",\"field\":\"state\",\"op\":\"eq\",\"value\":\"\\u00e9\\\"\"}]}}"}"#,
    r#"{"version":"1.0.0","criteria":{"type":"and","group":[{"source":"tracking","field":"opened","op":"contains-any","const_value":"campaigns","const_date_value":"in-range","date_param":["2017-12-15T01:16:00+0000","2018-02-28T01:16:00+0000"]},{"type":"or","group":[{"source":"list_membership","field":"list_id","op":"ne","value":"04"},{"source":"list_membership","field":"list_id","op":"eq","const_value":"none"}]},{"source":"contact","field":"date_added","op":"contains-any","const_value":"last-n-days","param":90},{"source":"contact","field":"cf:Größe","op":"eq","const_value":"blank"},{"source":"tags","field":"tag_id","op":"eq","value":"x"}]}}"#,
    r#"{"Title":"My Segment","ListID":"a1","RuleGroups":[{"Rules":[{"RuleType":"EmailAddress","Clause":"CONTAINS @domain.com"},{"RuleType":"[Größe]","Clause":"EQUALS 5"}]},{"Rules":[{"RuleType":"DateSubscribed","Clause":"BETWEEN 2024-01-01 AND 2024-12-31"},{"RuleType":"CampaignClickedSpecific","Clause":"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1 https://é.org"}]},{"Rules":[{"RuleType":"Location","Clause":"EQUALS Zürich"},{"RuleType":"Name","Clause":"NOT_PROVIDED"}]}]}"#,
    r#"{"Title":"x","Rules":[{"Subject":"Name","Clauses":["PROVIDED","EQUALS x"]},{"Subject":"Age","Clauses":["LESS_THAN 5"]}]}"#,
    r#"[{"segment_name":"Age>=20用户组","type":0,"condition":{"relation":"and","items":[{"campaign_id":null,"field_name":"Age","op":">=","value":"20"},{"field_name":"tag","op":"!=","value":"vip"},{"field_name":"createTime","op":"<","value":"12/24/2023"}]}}]"#,
    r#"{"result":[{"segment_name":"n","type":1,"condition":{"relation":"or","items":[{"campaign_id":7,"field_name":"campaign","op":"==","value":"unopen"}]},"process":{"complete":true}}],"total":1}"#,
];

/// What is put into samples: words of the vendors in the wrong places, and what breaks JSON.
const SHARDS: &[&str] = &[
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "-1",
    "1e9",
    "99999999999999999999",
    "\"\"",
    "\" \"",
    "[]",
    "{}",
    "é",
    "\u{1F600}",
    "\\ud800",
    "\\u00e9",
    "\n",
    "//",
    "\u{feff}",
    "and",
    "or",
    "eq",
    "BETWEEN",
    " AND ",
    "blank",
    "none",
    "in-range",
    "2024-02-30",
    "\"type\":",
    "\"group\":[]",
    "\"Clause\":",
    "\"param\":",
    "\"date_param\":",
    "campaign",
    "PROVIDED x",
    "\"OP\":\"eq\",",
    "BETWEEN 1 and 2",
    "2024/1/5",
    ",]",
    "{\"type\":\"and\",\"group\":[",
];

#[derive(Debug, Clone)]
enum Change {
    Cut(prop::sample::Index),
    Drop(prop::sample::Index, usize),
    Insert(prop::sample::Index, usize),
    Replace(prop::sample::Index, usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        1 => at().prop_map(Change::Cut),
        4 => (at(), 0..12usize).prop_map(|(at, length)| Change::Drop(at, length)),
        4 => (at(), 0..SHARDS.len()).prop_map(|(at, shard)| Change::Insert(at, shard)),
        4 => (at(), 0..12usize, 0..SHARDS.len())
            .prop_map(|(at, length, shard)| Change::Replace(at, length, shard)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |index: &prop::sample::Index, bytes: &[u8]| index.index(bytes.len() + 1);
    match change {
        Change::Cut(index) => {
            let at = place(index, bytes);
            bytes.truncate(at);
        }
        Change::Drop(index, length) => {
            let at = place(index, bytes);
            bytes.drain(at..(at + length).min(bytes.len()));
        }
        Change::Insert(index, shard) => {
            let at = place(index, bytes);
            bytes.splice(at..at, SHARDS[*shard].bytes());
        }
        Change::Replace(index, length, shard) => {
            let at = place(index, bytes);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, SHARDS[*shard].bytes());
        }
    }
}

fn account() -> Account {
    let field = |name: &str, kind| FieldDef {
        name: name.to_owned(),
        key: None,
        id: None,
        kind,
        options: Vec::new(),
        option_ids: Vec::new(),
        date_order: DayOrder::DayFirst,
    };
    let fields = vec![field("Age", FieldKind::Number), field("Größe", FieldKind::Text)];
    let campaign = Campaign {
        id: "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1".to_owned(),
        sent_to: Some(SentTo { lists: vec!["a1".to_owned()], segments: Vec::new() }),
        ..Campaign::default()
    };
    let names = || Some(Names(vec![Named { id: "1".to_owned(), name: "Größe".to_owned() }]));
    let stored = StoredSegment { title: "Größe".to_owned(), ..StoredSegment::default() };
    let seen = || {
        let mut seen = Seen::default();
        seen.add("İ");
        Some(seen)
    };
    Account {
        fields: Some(fields),
        campaigns: Some(vec![campaign]),
        links: Some(Links::default()),
        lists: names(),
        tags: names(),
        segments: Some(vec![stored]),
        list: Some("A1".to_owned()),
        observed: Observed {
            campaigns: seen(),
            lists: seen(),
            tags: seen(),
            ..Observed::default()
        },
        ..Account::default()
    }
}

/// Midsummer 2025, so that the years of the samples stay right.
const AS_OF: Instant = Instant(1_750_000_000_000_000);

fn check(bytes: Vec<u8>, account: &Account, dialect: Option<Dialect>) {
    let file = SourceFile::new("f", bytes);
    let context = Context { account, as_of: AS_OF, zone: Zone::UTC, dialect };
    let reading = lint::check(&file, &context, &Levels::default());
    let inside = |span: Span| {
        let text = file.text();
        let fits = span.start <= span.end && text.get(span.start..span.end).is_some();
        assert!(fits, "{span:?} in {text:?}");
    };
    for finding in &reading.findings {
        inside(finding.span);
        finding.related.iter().for_each(|(span, _)| inside(*span));
        finding.fix.iter().for_each(|fix| inside(fix.span));
        assert!(!finding.message.is_empty());
        if let Some(rule) = finding.target.rule {
            let segment = &reading.segments[finding.target.segment.unwrap()];
            assert!(rule < segment.rules.len());
        }
    }
    let sorted = reading.findings.is_sorted_by_key(|finding| finding.span.start);
    assert!(sorted, "findings in file order");
    let faulty = reading.findings.iter().any(|finding| finding.kind == Kind::JsonFault);
    for (index, segment) in reading.segments.iter().enumerate() {
        inside(segment.span);
        segment.rules.iter().for_each(|rule| inside(rule.span));
        let mut errors = reading.findings.iter().filter(|finding| finding.is_error());
        let wrong = faulty || errors.any(|finding| finding.target.segment == Some(index));
        assert_eq!(segment.segment.is_none(), wrong, "{:?}", reading.findings);
        error_body(&reading, Some(index));
    }
    let silent = reading.segments.is_empty() && !reading.findings.iter().any(|f| f.is_error());
    assert!(!silent, "no segment and no error in {:?}", file.text());
    let sound = !faulty && !reading.findings.iter().any(|finding| finding.kind == Kind::NoDialect);
    let context = Context { account, as_of: AS_OF, zone: Zone::UTC, dialect };
    check_fixes(&file, &context, !faulty);
    let formatted = format(&file, dialect);
    assert_eq!(formatted.is_ok(), sound, "{formatted:?} of {:?}", file.text());
    if let Ok(text) = formatted {
        let again = SourceFile::new("f", text.clone().into_bytes());
        assert_eq!(format(&again, dialect).as_ref(), Ok(&text));
        let again = lint::check(&again, &context, &Levels::default());
        let meant = |reading: &Reading| -> Vec<_> {
            reading.segments.iter().map(|one| one.segment.clone()).collect()
        };
        assert_eq!(meant(&again), meant(&reading), "{text} of {:?}", file.text());
        assert_eq!(kinds(&again), kinds(&reading), "{text} of {:?}", file.text());
    }
}

/// Checks that fixing ends, leaves sound JSON sound, and leaves nothing that could still be fixed.
fn check_fixes(file: &SourceFile, context: &Context<'_>, sound: bool) {
    let fixed = fix(file, context, &Levels::default());
    let faults = fixed.reading.findings.iter().filter(|finding| finding.kind == Kind::JsonFault);
    assert!(!sound || faults.count() == 0, "{:?} became {:?}", file.text(), fixed.file.text());
    let again = fix(&fixed.file, context, &Levels::default());
    assert_eq!(again.fixes, 0, "{:?} became {:?}", file.text(), fixed.file.text());
    assert_eq!(fixed.fixes == 0, fixed.file.text() == file.text());
}

/// The kinds of what was found, in no order.
fn kinds(reading: &Reading) -> Vec<&'static str> {
    let mut kinds: Vec<_> = reading.findings.iter().map(|finding| finding.kind.name()).collect();
    kinds.sort_unstable();
    kinds
}

#[test]
fn samples_are_sound() {
    for sample in SAMPLES {
        let file = SourceFile::new("f", sample.as_bytes().to_vec());
        let account = account();
        let context = Context { account: &account, as_of: AS_OF, zone: Zone::UTC, dialect: None };
        let findings = read(&file, &context).findings;
        let errors: Vec<_> = findings.iter().filter(|f| f.is_error()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn mutated_criteria_end_in_findings(
        sample in 0..SAMPLES.len(),
        changes in prop::collection::vec(change(), 0..6),
        with_account in any::<bool>(),
        dialect in prop_oneof![
            3 => Just(None),
            1 => prop::sample::select(Dialect::ALL.to_vec()).prop_map(Some),
        ],
    ) {
        let mut bytes = SAMPLES[sample].as_bytes().to_vec();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        let account = if with_account { account() } else { Account::default() };
        check(bytes, &account, dialect);
    }

    /// Valid JSON in which one value has become another: the type checks meet every place.
    #[test]
    fn values_of_other_types_are_said_so(
        sample in 0..SAMPLES.len(),
        at in any::<prop::sample::Index>(),
        value in prop::sample::select(vec![
            "null", "true", "1", "-1.5", "\"x\"", "\"\"", "[]", "[1]", "{}", "{\"x\":1}",
        ]),
    ) {
        let mut json: serde_json::Value = serde_json::from_str(SAMPLES[sample]).unwrap();
        let mut places = Vec::new();
        pointers(&json, String::new(), &mut places);
        let place = at.get(&places).clone();
        *json.pointer_mut(&place).unwrap() = serde_json::from_str(value).unwrap();
        check(json.to_string().into_bytes(), &Account::default(), None);
    }
}

fn pointers(value: &serde_json::Value, here: String, places: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(elements) => {
            for (at, element) in elements.iter().enumerate() {
                pointers(element, format!("{here}/{at}"), places);
            }
        }
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                pointers(member, format!("{here}/{key}"), places);
            }
        }
        _ => {}
    }
    places.push(here);
}
