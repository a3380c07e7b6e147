use super::*;
use proptest::prelude::*;
use serde::de::IgnoredAny;

/// Whether the text is a value, and whether a string of it has an escape.
fn whole(text: &str) -> Option<bool> {
    let text = Lexer::new(text);
    let mut escapes = false;
    let (_, end) = text.value(0, &mut escapes)?;
    text.is_end(end).then_some(escapes)
}

#[test]
fn what_the_decoder_accepts() {
    let long = "x".repeat(40);
    // Those without a blank, and those with.
    let words = r#"0 -0 01 - --1 +1 1. 1.5 .5 1.e1 1e 1e+ 1E+5 0e-07 12345678 123456789012345678
        12345678x 123/ 1234567: 12345678: 123456789: 1/2345678 1?2345678 1:2345678
        true tru trueé True null nulll false NaN Infinity 'a' a
        " "\ "a "a\" "\u12" "\u12g4" "\ud83d" "\x" "\"\\\/\b\f\n\r\t\u00E9" "é€😀!#[]"
        [ [] [1,] [,1] [1} [1]] [[[{"a":[]}]] [/**/] ["a",{},1.0,null] ]
        { {} {"a"} {"a":} {"a":1,} {a:1} {,} {1:2} {] {"a":[{"b":[]}],"c":{"":"\n"}} }"#;
    let others = [
        "",
        " ",
        "1 ",
        " 1",
        "1 2",
        "\u{feff}1",
        "[ ]",
        "[1 2]",
        "[\"a\" , {}]",
        "{ }",
        "{\"a\" : 1 }",
        "{\"a\":1 \"b\":2}",
        "\"\u{7f}\"",
        "\"!!!!!!!!!\u{1f}\"",
    ];
    let mut texts: Vec<String> =
        words.split_whitespace().chain(others).map(str::to_owned).collect();
    for stop in ["\"", "\\n\"", "\n\"", "\u{0}\"", "", "\\", "é\"", "\u{1f}"] {
        texts.extend((0..40).map(|length| format!("\"{}{stop}", &long[..length])));
        texts.extend((0..40).map(|length| format!("[\"{}{stop} , \"{long}\"]", &long[..length])));
    }
    for depth in [63, 64, 65, 127, 128, 129, 200] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        let objects = "{\"a\":".repeat(depth);
        let mixed = "[{\"a\":".repeat(depth) + "[]" + &"}]".repeat(depth);
        let crossed = mixed.replace("}]}]}]", "}]]}}]");
        let objects = objects + "1" + &"}".repeat(depth);
        let short = mixed.trim_end_matches(']').to_owned();
        texts.extend([format!("{open}{close}"), format!("{open}{}", &close[1..])]);
        texts.extend([mixed, crossed, objects, short]);
    }
    for text in texts {
        let accepted = serde_json::from_str::<IgnoredAny>(&text).is_ok();
        assert_eq!(whole(&text), accepted.then(|| text.contains('\\')), "{text}");
    }
}

#[test]
fn places_of_values() {
    for (text, at, expected) in [
        ("\"a\":1", 0, Some((0, 3))),
        ("\"a\": \t1.5 ,", 4, Some((6, 9))),
        ("[1] ", 0, Some((0, 3))),
        ("12", 5, None),
    ] {
        assert_eq!(Lexer::new(text).value(at, &mut false), expected, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_taken_as_the_decoder_takes_it(
        text in r#"[{}\[\]":,\\/abefnrtu0129.+\-E \n\x00é]{0,24}|"[^"\\]{0,40}"|"[a"\\\x1f-\x24]{0,40}"|-?[0-9]{0,20}[.eE0-9+-]{0,4}"#,
    ) {
        let accepted = serde_json::from_str::<IgnoredAny>(&text).is_ok();
        prop_assert_eq!(whole(&text), accepted.then(|| text.contains('\\')));
    }
}
