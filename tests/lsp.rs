//! The language server as an editor meets it: sessions with the real binary over its standard input
//! and output.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod lsp_session;

use lsp_session::{Session, apply, capabilities};
use serde_json::{Value, json};
use std::fs;

const URI: &str = "file:///segments/a.json";

/// A file of the example account.
fn quickstart(path: &str) -> String {
    format!("{}/fixtures/quickstart/{path}", env!("CARGO_MANIFEST_DIR"))
}

fn started(flags: &[&str]) -> Session {
    Session::start(flags, capabilities())
}

/// The names or numbers of what was published.
fn codes(published: &Value) -> Vec<String> {
    let diagnostics = published["diagnostics"].as_array().unwrap();
    diagnostics.iter().map(|it| it["code"].to_string().replace('"', "")).collect()
}

fn labels(completion: &Value) -> Vec<&str> {
    completion.as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

fn position(line: u32, character: u32) -> Value {
    json!({ "line": line, "character": character })
}

/// The position behind the first occurrence of some words, in UTF-16 units.
fn place(text: &str, words: &str) -> Value {
    let before = &text[..text.find(words).unwrap() + words.len()];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": before[start..].encode_utf16().count() })
}

/// A change of the first occurrence of some words.
fn replacing(text: &mut String, words: &str, by: &str) -> Value {
    let start = text.find(words).unwrap();
    let range = json!({ "start": place(text, &text[..start]), "end": place(text, words) });
    text.replace_range(start..start + words.len(), by);
    json!({ "range": range, "text": by })
}

#[test]
fn a_whole_session() {
    let mut session = started(&[
        "--fields",
        &quickstart("campaign-monitor/customfields.json"),
        "--campaigns",
        &quickstart("campaign-monitor/campaigns.json"),
    ]);
    let mut text = "{\"Title\":\"é😀\",\"RuleGroups\":[{\"Rules\":[{\"RuleType\":\"Name\",\"Clause\":\"PROVIDED\"},\n{\"RuleType\":\"Favourite Genre\",\"Clause\":\"EQUALS Fiktion\"}]}]}".to_owned();
    let published = session.open(URI, &text);
    assert_eq!(published["version"], 1);
    assert_eq!(codes(&published), ["2722"]);
    let fault = &published["diagnostics"][0];
    assert_eq!(fault["severity"], 1);
    assert_eq!(fault["source"], "segkit");
    let range = json!({ "start": place(&text, "EQUALS "), "end": place(&text, "EQUALS Fiktion") });
    assert_eq!(fault["range"], range);
    assert!(fault["message"].as_str().unwrap().contains("did you mean `Fiction`?"));

    // Behind characters that are two and four bytes, and one and two UTF-16 units; the second change
    // counts in what the first one left.
    let first = replacing(&mut text, "PROVIDED", "Provided");
    let second = replacing(&mut text, "EQUALS Fiktion", "EQUALS Fiction");
    assert_eq!(first["range"]["start"], position(0, 68));
    let published = session.change(URI, 2, &[first, second]);
    assert_eq!(published["version"], 2);
    assert_eq!(codes(&published), ["2712"]);

    let hover = session.hover(URI, place(&text, "Provi"));
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(said.starts_with("**2712 illegal-verb-name**: "), "{said}");
    let hover = session.hover(URI, place(&text, "Favourite"));
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(said.contains("Options: Fiction, Crime"), "{said}");
    let range = json!({ "start": position(1, 13), "end": position(1, 28) });
    assert_eq!(hover["range"], range);

    let completion = session.complete(URI, place(&text, "EQUALS Fic"));
    assert_eq!(labels(&completion)[..2], ["Fiction", "Crime"]);
    let completion = session.complete(URI, place(&text, "Provi"));
    assert_eq!(labels(&completion), ["EQUALS", "NOT_EQUALS", "PROVIDED", "NOT_PROVIDED"]);
    let edit = &completion[0]["textEdit"];
    assert_eq!(edit["range"], json!({ "start": position(0, 68), "end": position(0, 76) }));
    assert_eq!(edit["newText"], "EQUALS ");

    let place_of_fix = place(&text, "Provi");
    let actions = session.actions(URI, place_of_fix.clone(), place_of_fix, None);
    let titles: Vec<_> = actions.as_array().unwrap().iter().map(|it| &it["title"]).collect();
    assert_eq!(titles, ["Replace `Provided` by `PROVIDED`", "Apply every certain fix of segkit"]);
    let fix = &actions[0];
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(fix["diagnostics"][0]["code"], 2712);
    assert_eq!(fix["diagnostics"][0]["data"]["fix"]["newText"], "PROVIDED");
    let edits = &fix["edit"]["documentChanges"][0];
    assert_eq!(edits["textDocument"], json!({ "uri": URI, "version": 2 }));
    let change =
        json!({ "range": edits["edits"][0]["range"], "text": edits["edits"][0]["newText"] });
    let published = session.change(URI, 3, &[change]);
    assert_eq!(published["diagnostics"], json!([]), "the fix mends it");

    let published = session.close(URI);
    assert_eq!(published, json!({ "uri": URI, "diagnostics": [] }));
    assert_eq!(session.end(), Some(0));
}

#[test]
fn constant_contact_inside_the_escaped_string() {
    let mut session = started(&["--lists", &quickstart("constant-contact/lists.json")]);
    let text = r#"{"name":"é","segment_criteria":"{\"version\":\"1.0.0\",\"criteria\":{\"type\":\"and\",\"group\":[{\"source\":\"List_membership\",\"field\":\"list_id\",\"op\":\"eq\",\"value\":\"\"}]}}"}"#;
    let published = session.open(URI, text);
    assert_eq!(codes(&published), ["2705"]);
    let actions = session.actions(URI, position(0, 0), position(0, 500), Some("source.fixAll"));
    assert_eq!(actions.as_array().unwrap().len(), 1);
    assert_eq!(actions[0]["kind"], "source.fixAll.segkit");
    let mended = apply(text, &actions[0]);
    assert!(mended.contains(r#"\"source\":\"list_membership\""#), "{mended}");
    let whole = json!({ "text": mended });
    assert_eq!(codes(&session.change(URI, 2, &[whole])), ["2719"]);
    let completion = session.complete(URI, place(&mended, r#"\"value\":\""#));
    assert_eq!(completion[0]["detail"], "General Interest");
    assert_eq!(completion[0]["textEdit"]["newText"], "79c8c292-6b94-45b5-b498-82321e35049e");
    assert_eq!(session.end(), Some(0));
}

#[test]
fn engagelab_with_an_account() {
    let mut session = started(&[
        "--fields",
        &quickstart("engagelab/fields.csv"),
        "--campaigns",
        &quickstart("engagelab/campaigns.csv"),
    ]);
    let text = "{\"segment_name\":\"x\",\"type\":0,\"condition\":{\"relation\":\"and\",\"items\":[\n{\"field_name\":\"Points\",\"op\":\"contain\",\"value\":\"5\"},\n{\"field_name\":\"campaign\",\"op\":\"==\",\"value\":\"open\",\"campaign_id\":880244}]}}";
    let published = session.open("file:///b.json", text);
    assert_eq!(codes(&published), ["2716", "2820", "2826"], "{published}");
    let completion = session.complete("file:///b.json", place(text, "\"conta"));
    assert_eq!(labels(&completion), ["==", "!=", ">", ">=", "<", "<="]);
    let completion = session.complete("file:///b.json", place(text, "8802"));
    assert_eq!(labels(&completion), ["880192", "880205", "880218", "880231"]);
    assert_eq!(completion[0]["filterText"], "880192 January survey");
    let hover = session.hover("file:///b.json", place(text, "8802"));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Summer sale 2024"));
    assert_eq!(session.end(), Some(0));
}

#[test]
fn criteria_that_are_being_typed() {
    let mut session = started(&[]);
    for (text, code, first) in [
        ("{\"RuleType\":\"Name\",\"Clause\":\"", "json-fault", "EQUALS"),
        ("{\"source\":\"tags\",\"field\":\"", "json-fault", "tag_id"),
        ("{\"condition\":{\"items\":[{\"op\":", "json-fault", "=="),
        ("{\"Title\":\"x\",", "json-fault", "RuleGroups"),
    ] {
        let published = session.open(URI, text);
        let found: Vec<_> = published["diagnostics"].as_array().unwrap().clone();
        assert!(
            found.iter().any(|it| it["message"].as_str().unwrap().contains("ends inside")),
            "{code} {found:?}"
        );
        let end = u32::try_from(text.len()).unwrap();
        let completion = session.complete(URI, position(0, end));
        assert_eq!(labels(&completion)[0], first, "{text}");
        session.close(URI);
    }
    assert_eq!(session.end(), Some(0));
}

#[test]
fn other_json_is_left_alone() {
    let mut session = started(&["--dialect", "cm"]);
    for (uri, text, silent) in [
        (
            "file:///package.json",
            "{\"name\":\"x\",\"version\":\"1.0.0\",\"dependencies\":{\"a\":\"1\"}}",
            true,
        ),
        ("file:///package.json", "{\"name\":\"x\",,}", true),
        ("file:///patch.json", "[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}]", true),
        ("file:///empty.json", "", true),
        ("file:///vip.segment.json", "{\"name\":\"x\"}", false),
    ] {
        let published = session.open(uri, text);
        assert_eq!(codes(&published).is_empty(), silent, "{uri} {published}");
        session.close(uri);
    }
    assert_eq!(session.end(), Some(0));
}

#[test]
fn the_settings_are_read_again_when_a_file_changes() {
    let folder = tempfile::tempdir().unwrap();
    let fields = folder.path().join("fields.json");
    let path = fields.to_str().unwrap().to_owned();
    fs::write(
        &fields,
        "[{\"FieldName\":\"Genre\",\"Key\":\"[Genre]\",\"DataType\":\"Text\",\"FieldOptions\":[]}]",
    )
    .unwrap();
    let mut session = started(&["--fields", &path, "--deny", "unverified-verb"]);
    let watched = session.request_of("client/registerCapability");
    let watcher = &watched["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"];
    assert_eq!(watcher["pattern"], "fields.json");
    assert!(watcher["baseUri"].as_str().unwrap().starts_with("file:///"));
    let rule = "{\"RuleType\":\"[Genre]\",\"Clause\":\"CONTAINS x\"}";
    let published = session.open(URI, rule);
    assert_eq!(codes(&published), ["part-only", "unverified-verb"]);
    assert_eq!(published["diagnostics"][1]["severity"], 1, "denied");
    // A file that is broken for a while takes nothing away.
    fs::write(&fields, "[{").unwrap();
    session.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let shown = session.notified("window/showMessage");
    assert!(shown["message"].as_str().unwrap().contains("fields.json"), "{shown}");
    assert_eq!(codes(&session.published(URI)), ["part-only", "unverified-verb"]);
    fs::write(&fields, "[{\"FieldName\":\"Genre\",\"Key\":\"[Genre]\",\"DataType\":\"Number\",\"FieldOptions\":[]}]").unwrap();
    session.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(codes(&session.published(URI)), ["part-only", "2716"]);
    assert_eq!(session.end(), Some(0));
}

#[test]
fn a_client_that_can_do_little() {
    let mut session = Session::start(&[], json!({}));
    let text = "{\"RuleType\":\"Name\",\"Clause\":\"equals x\"}";
    let published = session.open(URI, text);
    assert!(published["diagnostics"][0].get("relatedInformation").is_none());
    let hover = session.hover(URI, position(0, 15));
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let actions = session.actions(URI, position(0, 29), position(0, 29), None);
    assert_eq!(actions, json!([]), "it takes commands only");
    assert_eq!(session.end(), Some(0));
}

#[test]
fn positions_in_bytes_where_the_client_wants_them() {
    let mut wanted = capabilities();
    wanted["general"] = json!({ "positionEncodings": ["utf-8", "utf-16"] });
    let mut session = Session::start(&[], wanted);
    assert_eq!(session.capabilities["positionEncoding"], "utf-8");
    let published = session.open(URI, "{\"Title\":\"é😀\",\"RuleGroups\":[],}");
    assert_eq!(published["diagnostics"][0]["range"]["start"], position(0, 33));
    assert_eq!(session.end(), Some(0));
}

#[test]
fn the_order_of_the_protocol() {
    let mut session = Session::spawn(&[]);
    assert_eq!(session.ask("textDocument/hover", json!({})).unwrap_err(), -32002);
    session.initialize(capabilities());
    assert_eq!(session.ask("textDocument/rename", json!({})).unwrap_err(), -32601);
    assert_eq!(session.ask("textDocument/hover", json!({ "x": 1 })).unwrap_err(), -32602);
    assert_eq!(session.ask("initialize", json!({ "capabilities": {} })).unwrap_err(), -32600);
    session.notify("$/unheardOf", json!(null));
    session.notify("textDocument/didOpen", json!(5));
    session.send_bytes(b"Content-Length: 1\r\n\r\n{");
    assert_eq!(session.refused()["code"], -32700);
    session.send_bytes(b"Content-Length: 2\r\n\r\n[]");
    assert_eq!(session.refused()["code"], -32600);
    let unopened = json!({ "textDocument": { "uri": "file:///no" }, "position": position(9, 9) });
    assert_eq!(session.ask("textDocument/hover", unopened).unwrap(), Value::Null);
    assert_eq!(session.ask("shutdown", Value::Null).unwrap(), Value::Null);
    assert_eq!(session.ask("textDocument/hover", json!({})).unwrap_err(), -32600);
    session.notify("exit", Value::Null);
    assert_eq!(session.status(), Some(0));

    let mut hasty = started(&[]);
    hasty.notify("exit", Value::Null);
    assert_eq!(hasty.status(), Some(1));
    let mut gone = started(&[]);
    gone.hang_up();
    assert_eq!(gone.status(), Some(1));
}

#[test]
fn flags_that_cannot_be_meant() {
    for (flags, message) in [
        (&["--fields", "-"][..], "standard input is the editor's"),
        (&["--deny", "bare-dat"], "did you mean `bare-date`?"),
    ] {
        let output = assert_cmd::Command::cargo_bin("segkit")
            .unwrap()
            .arg("lsp")
            .args(flags)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(message), "{said}");
    }
}

/// What waits is taken at once, and only the last version is checked.
#[test]
fn changes_that_wait_are_checked_once() {
    let mut session = started(&[]);
    let segment = lsp_session::rules(200);
    session.open(URI, &segment);
    let mut all = Vec::new();
    for version in 2..=200 {
        let change =
            json!({ "range": { "start": position(0, 10), "end": position(0, 10) }, "text": "x" });
        let params = json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [change] });
        all.extend(lsp_session::framed(
            &json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }),
        ));
    }
    session.send_bytes(&all);
    let mut versions = Vec::new();
    while versions.last() != Some(&200) {
        versions.push(session.published(URI)["version"].as_i64().unwrap());
    }
    assert!(versions.is_sorted() && versions.len() < 150, "{versions:?}");
    assert_eq!(session.end(), Some(0));
}

/// The files of dumps and accounts are left alone, those of segments are looked at.
#[test]
fn the_example_account_s_files() {
    use segkit::dialect::is_criteria;
    use segkit::source::SourceFile;
    let account = std::path::PathBuf::from(quickstart(""));
    let (mut segments, mut others) = (0, 0);
    for vendor in ["campaign-monitor", "constant-contact", "engagelab"] {
        for folder in ["", "segments", "reports"] {
            let Ok(entries) = fs::read_dir(account.join(vendor).join(folder)) else {
                continue;
            };
            let paths = entries.map(|entry| entry.unwrap().path());
            for path in paths.filter(|path| path.extension().is_some_and(|it| it == "json")) {
                let file = SourceFile::new("f", fs::read(&path).unwrap());
                assert_eq!(is_criteria(&file), folder == "segments", "{}", path.display());
                *(if folder == "segments" { &mut segments } else { &mut others }) += 1;
            }
        }
    }
    assert!(segments > 10 && others > 5, "{segments} {others}");
}
