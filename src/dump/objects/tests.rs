//! Records in the wrappings of extract-load tools, and what is said of those that can't be read.

use super::*;
use crate::dump::Input;

const CONTACTS: &[&str] = &["contacts", "results"];
const ACTIVITIES: &[&str] = &["tracking_activities", "results"];

/// The records, each with the stream it is of and the line in which it begins.
fn read(text: &str, options: &str, envelopes: &'static [&'static str]) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t");
    std::fs::write(&path, text).unwrap();
    let prefix = format!("{}/", folder.path().display());
    let input: Input = format!("{}{options}", path.display()).parse().unwrap();
    let shown = |error: DumpError| error.to_string().replace(&prefix, "");
    let mut opened = Opened::open(&input, false).map_err(shown)?;
    let layout = Layout::of(&mut opened).map_err(shown)?;
    let mut objects = Objects::open(&opened, &layout, envelopes).map_err(shown)?;
    let mut all = Vec::new();
    let mut record = String::new();
    while objects
        .next_with(|text| {
            serde_json::from_str::<serde::de::IgnoredAny>(text)?;
            text.clone_into(&mut record);
            Ok(())
        })
        .map_err(shown)?
    {
        let stream = objects.stream().unwrap_or("-");
        all.push(format!("{}:{stream}:{record}", objects.line()));
    }
    assert_eq!(objects.bytes_read(), text.len() as u64);
    Ok(all.join(" "))
}

#[test]
fn records_out_of_their_wrappings() {
    for (text, options, envelopes, expected) in [
        ("{\"id\":1}\n{\"id\":2}\n", "", CONTACTS, "1:-:{\"id\":1} 2:-:{\"id\":2}"),
        // Fields of contacts may well be called so.
        ("{\"type\":\"RECORD\",\"id\":1}\n", "", CONTACTS, "1:-:{\"type\":\"RECORD\",\"id\":1}"),
        (
            concat!(
                r#"{"type":"SCHEMA","stream":"contacts","key_properties":["id"],"schema":{}}"#,
                "\n",
                r#"{"type":"RECORD","stream":"contacts","record":{"id":1},"time_extracted":"2020-01-02T00:00:00Z"}"#,
                "\n\n",
                r#"{"type":"STATE","value":{"bookmarks":{}}}"#,
                "\n",
                r#"{"type": "RECORD", "record": {"id":2}, "stream": "contacts"}"#,
                "\n",
                r#"{"type":"ACTIVATE_VERSION","stream":"contacts","version":1}"#,
                "\n",
                r#"{"type":"BATCH","stream":"contacts","manifest":[]}"#,
            ),
            "",
            CONTACTS,
            "2:contacts:{\"id\":1} 5:contacts:{\"id\":2}",
        ),
        (
            concat!(
                r#"{"type":"LOG","log":{"level":"INFO","message":"x"}}"#,
                "\n",
                r#"{"type":"RECORD","record":{"stream":"lists","namespace":null,"data":{"ListID":"l"},"emitted_at":1693000000000}}"#,
                "\n",
                r#"{"type":"TRACE","trace":{}}"#,
                "\n",
                r#"{"type":"RECORD","record":{"stream":"contacts","data":{"id":1},"emitted_at":1,"meta":{}}}"#,
                "\n",
                r#"{"type":"STATE","state":{}}"#,
            ),
            "",
            CONTACTS,
            "4:contacts:{\"id\":1}",
        ),
        (
            "{\"type\":\"RECORD\",\"stream\":\"a\",\"record\":{\"id\":1}}\n{\"type\":\"RECORD\",\"stream\":\"b\",\"record\":{\"id\":2}}",
            ":stream=B",
            CONTACTS,
            "2:b:{\"id\":2}",
        ),
        (
            "{\"type\":\"RECORD\",\"stream\":\"campaign_opens\",\"record\":{\"a\":1}}\n{\"type\":\"RECORD\",\"stream\":\"lists\",\"record\":{}}\n{\"type\":\"RECORD\",\"stream\":\"campaign_clicks\",\"record\":{\"a\":2}}",
            "",
            ACTIVITIES,
            "1:campaign_opens:{\"a\":1} 3:campaign_clicks:{\"a\":2}",
        ),
        (
            "{\"_airbyte_ab_id\":\"x\",\"_airbyte_data\":{\"id\":1}}\n{\"_airbyte_data\":\"{\\\"id\\\":2}\"}",
            "",
            CONTACTS,
            "1:-:{\"id\":1} 2:-:{\"id\":2}",
        ),
        (
            "_airbyte_ab_id,_airbyte_data,_airbyte_emitted_at\nx,\"{\"\"id\"\":1,\"\"n\"\":\"\"a\nb\"\"}\",1\ny,{},2\n",
            "",
            CONTACTS,
            "",
        ),
        (
            "_airbyte_ab_id,_airbyte_data\nx,\"{\"\"id\"\":1}\"\n\ny,\"{\"\"id\"\":2}\"\n",
            "",
            CONTACTS,
            "2:-:{\"id\":1} 4:-:{\"id\":2}",
        ),
        ("[{\"_airbyte_data\":{\"id\":1}}]", "", CONTACTS, "1:-:{\"id\":1}"),
    ] {
        let found = read(text, options, envelopes);
        if expected.is_empty() {
            // A line break within text is no JSON.
            assert!(found.unwrap_err().starts_with("t:2: malformed JSON"), "{text}");
        } else {
            assert_eq!(found.unwrap(), expected, "{text}");
        }
    }
}

#[test]
fn what_is_refused() {
    let record = r#"{"type":"RECORD","stream":"a","record":{"id":1}}"#;
    let mine = r#"{"type":"RECORD","stream":"contacts","record":{"id":1}}"#;
    for (text, options, expected) in [
        (
            format!("{record}\n{mine}"),
            "",
            "t:2:27: holds records of several streams: `a`, `contacts`; say which: `t:stream=a`",
        ),
        (
            format!("{record}\n{mine}"),
            ":stream=b",
            "t: holds no record of the stream `b`; its streams are `a`, `contacts`",
        ),
        (
            "{\"id\":1}".into(),
            ":stream=b",
            "t:1:1: its records name no streams, so none of them is of `b`",
        ),
        (
            record.replace("\"a\"", "\"lists\""),
            "",
            "t: none of its streams is known to hold such records: `lists`; if one does, say `t:stream=lists`",
        ),
        (
            format!("{record}\n{{\"id\":1}}"),
            "",
            "t:2:1: is no message of a Singer tap or an Airbyte source, as the lines before it are",
        ),
        (
            format!("{record}\n{}", record.replace("{\"id\":1}", "[1]")),
            "",
            "t:2:40: expected a record (a JSON object), found an array",
        ),
        (
            format!("{record}\n{}", record.replace(":1", ":x")),
            "",
            "t:2:46: malformed JSON: expected value",
        ),
        (
            "{\"_airbyte_data\":\"{\"}".into(),
            "",
            "t:1:18: malformed JSON: EOF while parsing an object",
        ),
        ("a,_airbyte_data\n1,{\n".into(), "", "t:2: malformed JSON: EOF while parsing an object"),
        (
            "a,_airbyte_data\n1,\"{\"\"x\"\":\"\"\\ud83d\"\"}\"\n".into(),
            "",
            "t:2: malformed JSON: lone surrogate in a `\\u` escape",
        ),
        ("a,_airbyte_data\n1,\n".into(), "", "t:2: malformed JSON: EOF while parsing a value"),
        (
            " <?xml version=\"1.0\"?><ArrayOfSubscriberDetail/>".into(),
            "",
            "t: is XML, which isn't read; ask the vendor for JSON or CSV",
        ),
    ] {
        assert_eq!(read(&text, options, CONTACTS).unwrap_err(), expected, "{text}");
    }
}
