//! Streams, arrays and envelopes give the same records, whatever the size of the buffer.

use super::*;
use proptest::prelude::*;

const NAMES: &[&str] = &["results", "info.dataList"];

/// The records and the lines in which they begin.
fn records(text: &str, capacity: usize) -> Result<Vec<(u64, String)>, DumpError> {
    let mut records = JsonRecords::with_capacity(text.as_bytes(), "t.json".into(), NAMES, capacity);
    let mut all = Vec::new();
    let mut found = String::new();
    while records.next_with(|text| {
        serde_json::from_str::<IgnoredAny>(text)?;
        text.clone_into(&mut found);
        Ok(())
    })? {
        all.push((records.line(), found.clone()));
    }
    assert_eq!(records.bytes_read(), text.len() as u64);
    Ok(all)
}

#[test]
fn a_record_that_never_ends_is_refused_early() {
    for start in ["{\"a\":\"", "{\"a\":1}\n{\"a\":", "[{", "{\"x\":[], \"results\":[{\"b\":["] {
        let endless = start.as_bytes().chain(std::io::repeat(b'1'));
        let mut records = JsonRecords::new(endless, "t.json".into(), NAMES);
        let error = loop {
            match records.next_with(|_| Ok(())) {
                Ok(found) => assert!(found),
                Err(error) => break error.to_string(),
            }
        };
        assert!(
            error.ends_with("record longer than 16 MiB") || error.contains("malformed"),
            "{error}"
        );
    }
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("-1.50e3".to_owned()),
        Just("[]".to_owned()),
        r#"["\\{}\[\]:,aé\n]{0,8}"#.prop_map(|text| { serde_json::to_string(&text).unwrap() }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| format!("[{}]", items.join(", "))),
            object(inner),
        ]
    })
}

fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::vec(value, 0..4).prop_map(|values| {
        let entry = |(at, value): (usize, String)| format!("\"k{at}\" :{value}");
        let entries: Vec<_> = values.into_iter().enumerate().map(entry).collect();
        format!("{{{}}}", entries.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_container_gives_its_records(
        objects in prop::collection::vec(object(value()), 0..5),
        capacity in 1_usize..32,
        pretty: bool,
    ) {
        let objects: Vec<_> = objects
            .into_iter()
            .map(|text| if pretty { text.replace(',', ",\n ") } else { text })
            // A comma within a string mustn't become a line break.
            .filter(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
            .collect();
        let listed = objects.join(" ,\n");
        let mut texts = vec![
            format!("[{listed}]\n"),
            format!("{{\"n\":1,\"results\":[{listed}],\"results2\":[{{}}]}}"),
            format!(" {{\"info\":{{\"results\":2,\"dataList\": [ {listed}]}},\"x\":\"]}}\"}}\r\n"),
        ];
        if !objects.is_empty() {
            texts.extend([objects.join("\n"), objects.join("\r\n") + "\r\n", objects.join(" ")]);
        }
        for text in texts {
            let found = records(&text, capacity);
            let found = found.unwrap_or_else(|error| panic!("{error}: {text}"));
            let mut from = 0;
            prop_assert_eq!(found.len(), objects.len(), "{}", text);
            for ((line, found), object) in found.iter().zip(&objects) {
                prop_assert_eq!(found, object);
                let at = from + text[from..].find(object.as_str()).unwrap();
                from = at + object.len();
                if object.len() > 2 {
                    prop_assert_eq!(*line, text[..at].matches('\n').count() as u64 + 1);
                }
            }
        }
    }

    #[test]
    fn any_text_ends_in_records_or_an_error(
        text in r#"[{}\[\]":,\\a1\n ]{0,40}"#,
        capacity in 1_usize..16,
    ) {
        if let Ok(found) = records(&text, capacity) {
            prop_assert_eq!(found, records(&text, 4096).unwrap());
        }
    }
}
