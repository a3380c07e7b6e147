//! Texts with and without faults, and what the reader makes of them.

use super::*;

fn faults(text: &str) -> Vec<(usize, String)> {
    read(text).faults.into_iter().map(|fault| (fault.span.start, fault.message)).collect()
}

#[test]
fn sound_json_has_no_faults() {
    for text in [
        "{}",
        " [1, -2.5e+3, 0.0, true, false, null, \"a\\u00e9\\ud83d\\ude00\\n\"] ",
        "{\"a\":{\"b\":[]}}\n{\"a\":1}\n",
        "\u{feff}\"x\"",
    ] {
        assert_eq!(faults(text), [], "{text}");
    }
}

#[test]
fn faults_have_places_and_reading_goes_on() {
    for (text, expected) in [
        ("[1,]", vec![(2, "trailing comma")]),
        ("{\"a\":1,}", vec![(6, "trailing comma")]),
        ("{\"a\":1 \"b\":2}", vec![(7, "expected a comma before this")]),
        ("{\"a\":1,\"a\":2}", vec![(7, "the key `a` stands here a second time")]),
        ("[\"\\x\",]", vec![(2, "JSON has no such escape"), (5, "trailing comma")]),
        ("[\"\\ud800\"]", vec![(2, "half of a surrogate pair")]),
        ("[\"\\udc00x\"]", vec![(2, "half of a surrogate pair")]),
        ("[01]", vec![(1, "`01` is no JSON number")]),
        ("[1", vec![(2, "the text ends inside `[`")]),
        (
            "{\"a\":",
            vec![
                (5, "expected a JSON value, found the end of the text"),
                (5, "the text ends inside `{`"),
            ],
        ),
        ("[1}", vec![(2, "expected `]`, found `}`")]),
        ("{a:1}", vec![(1, "keys stand in double quotes")]),
        (
            "{\"a\":\n\"b\":2}",
            vec![
                (6, "expected a JSON value, found the next key"),
                (6, "expected a comma before this"),
            ],
        ),
        (
            "{\"a\" \"b\":2}",
            vec![(5, "expected `:` after the key `a`"), (5, "expected a comma before this")],
        ),
        ("[True]", vec![(1, "`True` is no JSON value")]),
        ("[1, // no\n2]", vec![(4, "JSON has no comments")]),
    ] {
        let found = faults(text);
        let found: Vec<_> = found.iter().map(|(at, m)| (*at, m.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_key_without_a_value_takes_none_from_the_next() {
    for text in ["{\"a\":\n\"b\":2}", "{\"a\" \"b\":2}", "{\"a\n\"b\":2}"] {
        let read = read(text);
        assert_eq!(read.values[0].get("a").unwrap().kind, Kind::Faulty, "{text}");
        let b = &read.values[0].get("b").unwrap().kind;
        assert_eq!(*b, Kind::Number("2".to_owned()), "{text}");
    }
}

#[test]
fn places_lead_through_two_layers_of_escapes() {
    let text = r#"{"s":"{\"v\":\"a\\nb\"}"}"#;
    let document = read(text);
    let outer = document.values[0].get("s").and_then(Value::text).unwrap();
    let inner = read_embedded(&outer.value, &outer.map);
    assert_eq!(inner.faults, []);
    let member = inner.values[0].member("v").unwrap();
    assert_eq!(&text[member.key_span.start..member.key_span.end], r#"\"v\""#);
    assert_eq!(&text[member.value.span.start..member.value.span.end], r#"\"a\\nb\""#);
    let value = member.value.text().unwrap();
    assert_eq!(value.value, "a\nb");
    let newline = value.map.span(Span::new(1, 2));
    assert_eq!(&text[newline.start..newline.end], r"\\n");
}

#[test]
fn keys_that_stand_twice_are_found_in_objects_of_any_size() {
    for (keys, again) in [(2, 0), (WALKED_MEMBERS, 3), (100, 2), (100, 99)] {
        let members: Vec<String> = (0..keys).map(|at| format!("\"k{at}\":1")).collect();
        let text = format!("{{{},\"k{again}\":2}}", members.join(","));
        let faults = read(&text).faults;
        assert_eq!(faults.len(), 1, "{text}");
        assert_eq!(faults[0].span.start, text.rfind("\"k").unwrap());
        let (first, _) = faults[0].related.clone().unwrap();
        assert_eq!(first.start, text.find(&format!("\"k{again}\"")).unwrap());
    }
}

#[test]
fn any_depth_is_survived() {
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000), "[".repeat(130) + &"]".repeat(130)]
    {
        let found = faults(&text);
        assert!(found.iter().any(|(_, m)| m.contains("deeper than 128")), "{found:?}");
    }
    assert_eq!(faults(&("[".repeat(128) + &"]".repeat(128))), []);
}
