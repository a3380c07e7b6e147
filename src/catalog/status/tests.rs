//! Comparisons of files then and now.

use super::*;
use crate::account::Account;
use crate::catalog::vendors;
use crate::dialect::{Context, Dialect};
use crate::engine::Options;
use crate::finding::Levels;
use crate::source::SourceFile;
use crate::value::{Instant, Zone};

fn cc() -> &'static dyn Vendor {
    vendors::of(Dialect::ConstantContact).unwrap()
}

fn held(name: &str, text: &str) -> Held {
    Held::new(cc().shape(), name.to_owned(), SourceFile::new(name, text.as_bytes().to_vec()))
}

fn segment(id: u32, title: &str, criteria: &str) -> String {
    format!(
        r#"{{"name":"{title}","segment_criteria":{{"version":"1.0.0","criteria":{criteria}}},"segment_id":{id},"created_at":"2024-01-0{id}T00:00:00.000Z"}}"#
    )
}

/// `MA` is a rule about the state, `=Boston` one about the city; groups are written `&(…)` and `|(…)`.
fn criteria(short: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let rule = |word: &mut String, out: &mut String| {
        if word.is_empty() {
            return;
        }
        let (field, value) =
            word.strip_prefix('=').map_or(("state", word.as_str()), |city| ("city", city));
        out.push_str(&format!(
            r#"{{"source":"contact","field":"{field}","op":"eq","value":"{value}"}}"#
        ));
        word.clear();
    };
    for c in short.chars() {
        match c {
            '&' => out.push_str(r#"{"type":"and","group":"#),
            '|' => out.push_str(r#"{"type":"or","group":"#),
            '(' => out.push('['),
            ')' => {
                rule(&mut word, &mut out);
                out.push_str("]}");
            }
            ' ' => {
                rule(&mut word, &mut out);
                out.push(',');
            }
            c => word.push(c),
        }
    }
    out
}

fn found(then: &[Held], now: &[Held]) -> Changes {
    let account = Account::default();
    let as_of = Instant(1_717_200_000_000_000);
    let options = Options::at(as_of);
    let context =
        Context { account: &account, as_of, zone: Zone::UTC, dialect: Some(cc().dialect()) };
    let levels = |_: &std::path::Path| Levels::default();
    let reader = Reader { context, levels: &levels };
    changes(cc(), (then, now), &reader, Speaker { account: &account, options: &options })
}

/// What is said to people of one segment, without its first line and the last.
fn said(then: &str, now: &str) -> Vec<String> {
    let [then, now] = [then, now].map(|short| held("a.1.json", &segment(1, "A", &criteria(short))));
    let mut out = anstream::StripStream::new(Vec::new());
    text(&found(&[then], &[now]), "HEAD", &mut out).unwrap();
    let said = String::from_utf8(out.into_inner()).unwrap();
    let lines: Vec<String> = said.lines().map(|line| line.trim().to_owned()).collect();
    lines[1..lines.len() - 1].to_vec()
}

#[test]
fn rules_and_how_they_are_joined() {
    for (then, now, expected) in [
        (
            "&(MA)",
            "&(RI)",
            &["criteria changed", r#"was     state is "MA""#, r#"is now  state is "RI""#][..],
        ),
        (
            "&(MA)",
            "&(MA =Boston)",
            &["criteria changed; all of these hold", r#"added   city is "Boston""#],
        ),
        (
            "&(|(MA =Boston))",
            "&(MA)",
            &["criteria changed; at least one of these holds", r#"removed city is "Boston""#],
        ),
        ("&(|(MA RI))", "&(|(RI MA))", &["criteria written otherwise, with the same meaning"]),
        ("&(MA)", "&(&(&(MA)))", &["criteria written otherwise, with the same meaning"]),
        // The same rule, added where it widens and where it narrows.
        (
            "&(MA |(RI =X))",
            "&(MA |(RI =X =Y))",
            &[
                "criteria changed",
                r#"added   city is "Y""#,
                r#"the whole was [state is "MA"] and ([state is "RI"] or [city is "X"])"#,
                r#"and is now    [state is "MA"] and ([state is "RI"] or [city is "X"] or [city is "Y"])"#,
            ],
        ),
        (
            "&(MA |(RI =X))",
            "&(|(MA RI) =X)",
            &[
                "criteria changed",
                r#"the whole was [state is "MA"] and ([state is "RI"] or [city is "X"])"#,
                r#"and is now    ([state is "MA"] or [state is "RI"]) and [city is "X"]"#,
            ],
        ),
        // What is left of both is one rule, but not joined alike.
        (
            "&(MA =X)",
            "&(|(MA RI))",
            &[
                "criteria changed",
                r#"removed city is "X""#,
                r#"added   state is "RI""#,
                r#"the whole was [state is "MA"] and [city is "X"]"#,
                r#"and is now    [state is "MA"] or [state is "RI"]"#,
            ],
        ),
        // A changed rule in a group needs no telling of the group.
        (
            "&(MA |(RI =X))",
            "&(MA |(RI =Y))",
            &["criteria changed", r#"was     city is "X""#, r#"is now  city is "Y""#],
        ),
        // A rule that stands twice, and once.
        ("&(MA MA)", "&(MA)", &["criteria changed; all of these hold", r#"removed state is "MA""#]),
    ] {
        assert_eq!(said(then, now), expected, "{then} {now}");
    }
}

#[test]
fn segments_are_known_again() {
    let a = || segment(1, "A", &criteria("&(MA)"));
    let b = || segment(2, "B", &criteria("&(RI)"));
    let b_as_1 = || b().replace("\"segment_id\":2", "\"segment_id\":1");
    let pair = |then: &[(&str, String)], now: &[(&str, String)]| {
        let [then, now] = [then, now]
            .map(|files| files.iter().map(|(name, text)| held(name, text)).collect::<Vec<_>>());
        pairs(cc(), &then, &now)
    };
    for (then, now, expected) in [
        // By the id, whatever files are called, even by each other's names.
        (
            vec![("a", a()), ("b", b())],
            vec![("a", b()), ("b", a())],
            vec![(Some(1), Some(0)), (Some(0), Some(1))],
        ),
        (vec![("a", a())], vec![("b", b())], vec![(None, Some(0)), (Some(0), None)]),
        // One id in two files: by name, else by when it was made.
        (
            vec![("a", a())],
            vec![("a", a()), ("b", b_as_1())],
            vec![(Some(0), Some(0)), (None, Some(1))],
        ),
        (
            vec![("a", a())],
            vec![("b", b_as_1()), ("c", a())],
            vec![(None, Some(0)), (Some(0), Some(1))],
        ),
        // A file that can't be read: by its name, else by the id in it.
        (vec![("a", a())], vec![("a", "{".into())], vec![(Some(0), Some(0))]),
        (vec![("x.1.json", "{".into())], vec![("y.1.json", a())], vec![(Some(0), Some(0))]),
        (
            vec![("x.1.json", "{".into())],
            vec![("y.2.json", b())],
            vec![(None, Some(0)), (Some(0), None)],
        ),
        // Another id, and nothing else.
        (vec![("b", b())], vec![("c", b_as_1())], vec![(Some(0), Some(0))]),
    ] {
        assert_eq!(pair(&then, &now), expected, "{then:?} {now:?}");
    }
}

#[test]
fn ids_that_stand_twice() {
    let text = |title: &str| segment(1, title, &criteria("&(MA)"));
    let files = [held("a", &text("A")), held("b", "{"), held("c", &text("C"))];
    let changes = found(&files, &files);
    assert_eq!(changes.clashes, [Clash { id: "1".into(), files: vec!["a".into(), "c".into()] }]);
    assert_eq!((changes.changed.len(), changes.unchanged), (0, 3));
}

#[test]
fn what_else_a_file_says() {
    let text = segment(1, "A", &criteria("&(MA)"));
    let other = text.replace("\"segment_id\"", "\"owner\":\"x\",\"segment_id\"");
    let deleted = text.replace(
        "\"segment_id\"",
        "\"segkit\":{\"deleted_at\":\"2024-06-01T00:00:00.000Z\"},\"segment_id\"",
    );
    let what = |then: &str, now: &str| {
        let changes = found(&[held("a", then)], &[held("a", now)]);
        changes.changed.into_iter().next().map(|one| {
            (one.what, one.asked.map(|asked| (asked.then.is_some(), asked.now.is_some())))
        })
    };
    let detail = |key: &str, value: &str| What::Detail(key.into(), None, Some(value.into()));
    assert_eq!(what(&text, &text), None);
    assert_eq!(what(&text, &other), Some((vec![detail("owner", "\"x\"")], None)));
    let at = detail("segkit.deleted_at", "\"2024-06-01T00:00:00.000Z\"");
    assert_eq!(what(&text, &deleted), Some((vec![What::Deleted, at], Some((true, false)))));
    assert_eq!(what(&deleted, &text).unwrap().0[0], What::Restored);
    // Whom a file with a fault selects nobody knows.
    let broken = what(&text, &text.replace("\"eq\"", "\"is\"")).unwrap();
    assert!(matches!(broken.0[0], What::Broken(_)), "{broken:?}");
    assert_eq!(broken.1, None);
}
