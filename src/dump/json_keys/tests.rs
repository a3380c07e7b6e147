use super::*;
use crate::dump::error::Reason;
use crate::dump::marks::{JsonMarks, Marks};
use proptest::prelude::*;

#[test]
fn wanted_values_are_marked_and_twins_refused() {
    let mut catalog = KeyCatalog::default();
    let mut marks = Vec::new();
    let mut values = |record: &str| {
        catalog.mark(record, &mut marks, |key| key.starts_with('a').then_some(())).map(|_| {
            let pieces = marks.iter().map(|mark| record.get(mark.start..mark.end).unwrap());
            pieces.map(str::to_owned).collect::<Vec<_>>()
        })
    };
    assert_eq!(values(r#"{"a": 1.50, "b":[2], "\u0061c" : {"x":[]}}"#).unwrap().len(), 2);
    assert_eq!(values(r#"{"b":[2],"a": 1.50}"#).unwrap(), ["1.50"]);
    for (record, place) in
        [(r#"{"b":1,"b":2}"#, 9), (r#"{"a":1,"b":1,"a":2}"#, 15), (r#"{"ac":1,"\u0061c":1}"#, 16)]
    {
        match values(record).unwrap_err() {
            Fault::At(at, Reason::DuplicateKey(_)) => assert_eq!(at, place, "{record}"),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(values("{\"a\":1} x"), Err(Fault::Syntax(_))));
    let deep = format!("{{\"b\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(values(&deep).unwrap().is_empty());
}

/// What marking a record comes to.
type Outcome = Result<(Vec<Mark>, bool), String>;

/// Marks records one after the other, with one catalog; and the names it knows at the end.
fn outcomes(
    records: &[String],
    mut mark: impl FnMut(&mut KeyCatalog<usize>, &str, &mut Vec<Mark>) -> Result<Marked, Fault>,
) -> (Vec<Outcome>, Vec<String>) {
    let mut catalog = KeyCatalog::default();
    let mut marks = Vec::new();
    let all = records.iter().map(|record| {
        let marked = mark(&mut catalog, record, &mut marks);
        marked.map(|marked| (marks.clone(), marked.escapes)).map_err(|fault| format!("{fault:?}"))
    });
    (all.collect(), catalog.names().map(str::to_owned).collect())
}

fn plan(key: &str) -> Option<usize> {
    key.len().is_multiple_of(2).then_some(key.len())
}

/// The fast way, with `serde_json` for faults, comes to what `serde_json` alone comes to.
fn assert_same(records: &[String]) {
    let fast = outcomes(records, |catalog, record, marks| catalog.mark(record, marks, plan));
    let slow = outcomes(records, |catalog, record, marks| catalog.mark_slowly(record, marks, plan));
    assert_eq!(fast, slow, "{records:#?}");
}

#[test]
fn records_in_order() {
    let long = "k".repeat(300);
    let wide = " ".repeat(300);
    for records in [
        // Keys that come and go, in other orders, with other blanks.
        vec![
            r#"{"ab":1,"cd":"x","ef":null}"#.into(),
            r#"{"ab":1,"ef":null}"#.into(),
            r#"{"ab": 1, "cd": "x", "ef": null}"#.into(),
            r#"{"ab":  1,"cd":"x","ef" :null }"#.into(),
            r#" {"ef":null,"cd":"x","ab":1}"#.into(),
            r#"{"ab":1,"cd":"x"}"#.into(),
            r#"{"ab":1,"cd":"x","ab":2}"#.into(),
            r#"{"ab":1,"cd":"x","ef":nul}"#.into(),
            r#"{"ab":1,"cd":"x","ef"}"#.into(),
            r#"{"ab":1,"cd":"x","#.into(),
            r#"{"ab":1,"cd":"x","ef":"}"#.into(),
            "{}".into(),
            "{ } ".into(),
            "{},".into(),
            "[]".into(),
            "".into(),
        ],
        // Keys whose spelling looks like another's, or ends like text.
        vec![
            r#"{"a\\":1,"b":2}"#.into(),
            r#"{"a\":1,"b":2}"#.into(),
            r#"{"a\u0022:":1,"\u0062":2}"#.into(),
            r#"{"a\":":1,"b":2,"\u0062":3}"#.into(),
            r#"{"b":"\ud83d","\ud83d":2}"#.into(),
            "{\"a\u{1}\":1}".into(),
            r#"{"a\u0001":1}"#.into(),
        ],
        // Pieces between values of all lengths, and longer than what is remembered.
        (0..40)
            .flat_map(|length| {
                let key = &long[..length];
                let record = format!(r#"{{"{key}":12,"{key}_":"{key}"}}"#);
                [record.clone(), record.replace(':', ": "), record]
            })
            .collect(),
        (0..40)
            .flat_map(|length| {
                let key = &long[..length];
                let record = format!(r#"{{"ab":null,"{key}":12,"{key}_":-7}}"#);
                [record.replace(':', ": "), record]
            })
            .collect(),
        // Keys that differ in one place.
        (1..40)
            .flat_map(|length| (0..length).map(move |at| (length, at)))
            .flat_map(|(length, at)| {
                let other = long[..at].to_owned() + "x" + &long[at + 1..length];
                [&long[..length], &other].map(|key| format!(r#"{{"{key}":1}}"#))
            })
            .collect(),
        vec![format!(r#"{{"{long}":1,{wide}"ab":2}}"#); 3],
    ] {
        assert_same(&records);
    }
}

impl LineKeys<usize> for Vec<Mark> {
    fn take(&mut self, key: usize, _: &usize, value: Value) -> Option<()> {
        self.push(Mark { key, start: value.start, end: value.end });
        Some(())
    }
}

/// Reads the lines of a chunk, each by its marks where that is possible: which were, having come to what
/// the other way comes to.
fn lines_taken(records: &[String]) -> Vec<bool> {
    let chunk: String = records.iter().map(|record| format!("{record}\n")).collect();
    let mut marks = Marks::default();
    marks.find(chunk.as_bytes(), JsonMarks);
    let mut ahead = Ahead::new(marks.places());
    let (mut catalog, mut begin, mut taken) = (KeyCatalog::default(), 0, Vec::new());
    for record in records {
        let behind = begin + record.len() + 1;
        ahead.go_on(begin);
        let mut found = Vec::new();
        let end = catalog.read_line(&chunk, begin, &mut ahead, &mut found);
        let mut expected = Vec::new();
        let marked = catalog.mark(record, &mut expected, plan);
        if let Some(end) = end {
            let moved =
                |mark: &Mark| Mark { start: mark.start + begin, end: mark.end + begin, ..*mark };
            let expected: Vec<Mark> = expected.iter().map(moved).collect();
            assert_eq!((end, &found), (behind, &expected), "{records:#?}");
            assert!(!marked.unwrap().escapes, "{record}");
        }
        taken.push(end.is_some());
        begin = behind;
    }
    taken
}

#[test]
fn lines_like_those_before_are_taken() {
    for (records, expected) in [
        (vec![r#"{"ab":1,"cd":"x"}"#, r#"{"ab":22,"cd":""}"#], vec![false, true]),
        (
            vec![r#"{"ab": [1, "x"], "cd": null}"#, r#"{"ab": {"a": 1}, "cd": "y"}"#],
            vec![false, true],
        ),
        (
            vec![r#"{"ab":1}"#, r#"{"ab":1} "#, "{\"ab\":1}\r", r#"{"ab":1}"#],
            vec![false, false, true, true],
        ),
        // What is out of the ordinary is left, and so is what is wrong.
        (vec![r#"{"ab":"x"}"#, r#"{"ab":"\n"}"#, r#"{"ab":["\n"]}"#], vec![false; 3]),
        (vec![r#"{"ab":"x"}"#, r#"{"ab": "x"}"#, r#"{"cd":"x"}"#], vec![false; 3]),
        (vec![r#"{"ab":1}"#, r#"{"ab":1,"ab":1}"#, r#"{"ab":1,"ab":1}"#], vec![false; 3]),
        (
            vec![r#"{"ab":1}"#, r#"{"ab":1"#, r#"{"ab":01}"#, "{\"ab\":\"\t\"}", "{}", ""],
            vec![false; 6],
        ),
    ] {
        let records: Vec<String> = records.into_iter().map(str::to_owned).collect();
        assert_eq!(lines_taken(&records), expected, "{records:?}");
    }
}

fn pick(texts: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    prop::sample::select(texts).prop_map(str::to_owned)
}

fn blank() -> impl Strategy<Value = String> + Clone {
    prop_oneof![12 => Just(String::new()), 3 => Just(" ".into()), 1 => pick(&["\n", "\t \r\n", "  "])]
}

fn string() -> impl Strategy<Value = String> + Clone {
    let plain = ["a", "é", "😀", " ", "-", "{", "[", ",", ":", "a text of some length", "\u{7f}"];
    let escape = [r"\n", r#"\""#, r"\\", r"\/", r"\u00e9", r"\uD83D\ude00", r"\u0000"];
    let odd = [r"\ud83d", r"\x", r"\u12g4", r"\u12", "\t", "\u{0}", "\u{1f}", "\"", "\\"];
    let part = prop_oneof![
        30 => prop::sample::select(plain.to_vec()),
        5 => prop::sample::select(escape.to_vec()),
        1 => prop::sample::select(odd.to_vec()),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

fn value() -> impl Strategy<Value = String> + Clone {
    let numbers = &["0", "-0", "7", "1.5", "-12.50e+10", "1E+5", "0e0", "4100000000000001"];
    let odd = &[
        "01",
        "1.",
        ".5",
        "1e",
        "1e-",
        "-",
        "--1",
        "+1",
        "NaN",
        "-a",
        "tru",
        "True",
        "nulL",
        "",
        "'a'",
        "1 2",
        "[",
        "}",
        "]",
        "\u{feff}1",
        "/**/1",
    ];
    let leaf = prop_oneof![
        12 => string(),
        6 => pick(numbers),
        4 => pick(&["true", "false", "null"]),
        1 => pick(odd),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let spaced = (blank(), inner, blank()).prop_map(|(a, value, b)| a + &value + &b);
        let entry = (key(), spaced.clone()).prop_map(|(key, value)| format!("{key}:{value}"));
        prop_oneof![
            prop::collection::vec(spaced.clone(), 0..4).prop_map(|v| format!("[{}]", v.join(","))),
            prop::collection::vec(entry, 0..4).prop_map(|v| format!("{{{}}}", v.join(","))),
            (1_usize..140, spaced)
                .prop_map(|(depth, value)| { "[".repeat(depth) + &value + &"]".repeat(depth) }),
        ]
    })
}

fn key() -> impl Strategy<Value = String> + Clone {
    let keys = &[
        r#""""#,
        r#""a""#,
        r#""ab""#,
        r#""contact_id""#,
        r#""a_key_of_some_length""#,
        r#""é""#,
        r#""a_key_that_is_longer_than_two_blocks""#,
        r#""date""#,
        r#""type""#,
    ];
    let escaped = &[r#""\u0061""#, r#""a\u0062""#, r#""\n""#, r#""\\""#, r#""\ud83d\ude00""#];
    prop_oneof![30 => pick(keys), 3 => pick(escaped), 1 => string()]
}

/// A record, mostly sound, with what stands before its parts.
fn record() -> impl Strategy<Value = String> {
    let entry = (blank(), key(), blank(), blank(), value(), blank())
        .prop_map(|(a, key, b, c, value, d)| format!("{a}{key}{b}:{c}{value}{d}"));
    let ends = pick(&["", "", "", "", "", "", "", " ", "\r\n", ",", "}", "x", " {}"]);
    let begins = pick(&["", "", "", "", "", "", "", " ", "\n", "\u{feff}", "[", "\u{0}"]);
    (begins, prop::collection::vec(entry, 0..6), ends)
        .prop_map(|(begin, entries, end)| format!("{begin}{{{}}}{end}", entries.join(",")))
}

/// Records of which later ones may be earlier ones again, with a few characters changed.
fn records() -> impl Strategy<Value = Vec<String>> {
    let edit = (
        any::<prop::sample::Index>(),
        0..3_u8,
        pick(&[
            "", "\"", "\\", ",", ":", "{", "}", "[", "]", " ", "0", "e", ".", "-", "\n", "\u{1}",
            "é", "a",
        ]),
    );
    let change = (any::<prop::sample::Index>(), prop::collection::vec(edit, 0..3), any::<bool>());
    let edits = prop::collection::vec(change, 0..5);
    (prop::collection::vec(record(), 1..4), edits).prop_map(|(mut records, changes)| {
        for (which, edits, cut) in changes {
            let mut chars: Vec<String> = which.get(&records).chars().map(String::from).collect();
            for (at, kind, text) in edits {
                let at = at.index(chars.len() + 1);
                match kind {
                    0 if cut => chars.truncate(at),
                    1 if at < chars.len() => chars[at] = text,
                    _ => chars.insert(at, text),
                }
            }
            records.push(chars.concat());
        }
        records
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_come_to_the_same(records in records()) {
        assert_same(&records);
    }

    #[test]
    fn lines_come_to_the_same(records in records()) {
        let on_a_line = |record: &String| !record.contains('\n');
        let lines: Vec<String> = records.into_iter().filter(on_a_line).collect();
        // Each is met twice, so that most are read by their marks.
        lines_taken(&[&lines[..], &lines[..]].concat());
    }
}
