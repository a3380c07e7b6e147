//! What a session does with messages that come in together.

use super::*;
use crate::account::Account;
use crate::config::{self, Key, Layer, Sourced};
use serde_json::json;

struct Nothing;

impl SettingsSource for Nothing {
    fn without_files(&self) -> Settings {
        let as_of = Sourced::flag("2024-06-01".parse().unwrap(), Key::AsOf);
        let flags = Layer { as_of: Some(as_of), ..Layer::default() };
        let config = config::Settings::new(flags, None).unwrap();
        Settings { account: Account::default(), config }
    }

    fn load(&mut self) -> Result<Settings, crate::lsp::LoadError> {
        Ok(self.without_files())
    }

    fn files(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}

fn request(id: i32, method: &str, params: Value) -> Incoming {
    Incoming::Message(Request::new(id.into(), method.to_owned(), params).into())
}

fn note(method: &str, params: Value) -> Incoming {
    Incoming::Message(Notification::new(method.to_owned(), params).into())
}

fn running(source: &mut Nothing) -> Server<'_> {
    let mut server = Server::new(source);
    let hello = request(0, "initialize", json!({ "capabilities": {} }));
    server.take(vec![hello, note("initialized", json!({}))]);
    server.outgoing();
    server
}

const RULE: &str = "{\"RuleType\":\"Name\",\"Clause\":\"x\"}";

fn open() -> Incoming {
    let item = json!({ "uri": "file:///a", "languageId": "json", "version": 1, "text": RULE });
    note("textDocument/didOpen", json!({ "textDocument": item }))
}

fn change(version: i32) -> Incoming {
    let document = json!({ "uri": "file:///a", "version": version });
    let changes = json!([{ "text": RULE }]);
    note("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }))
}

/// What goes out: methods with versions, ids with error codes.
fn sent(server: &mut Server<'_>) -> Vec<String> {
    let said = |outgoing: Outgoing| match outgoing {
        Outgoing::Message(Message::Notification(it)) => {
            format!("{} {}", it.method, it.params["version"])
        }
        Outgoing::Message(Message::Response(it)) => match it.response_result {
            Ok(_) => format!("{} done", it.id),
            Err(error) => format!("{} {}", it.id, error.code),
        },
        other => format!("{other:?}"),
    };
    server.outgoing().into_iter().map(said).collect()
}

fn hover() -> Value {
    json!({ "textDocument": { "uri": "file:///a" }, "position": { "line": 0, "character": 3 } })
}

#[test]
fn only_the_last_of_the_versions_that_wait_is_checked() {
    let mut source = Nothing;
    let mut server = running(&mut source);
    server.take(vec![open(), change(2), change(3), change(4)]);
    server.check_changed();
    assert_eq!(sent(&mut server), ["textDocument/publishDiagnostics 4"]);
    server.check_changed();
    assert_eq!(sent(&mut server), Vec::<String>::new());
}

#[test]
fn a_request_sees_the_version_before_it() {
    let mut source = Nothing;
    let mut server = running(&mut source);
    server.take(vec![open(), request(1, "textDocument/hover", hover()), change(2)]);
    server.check_changed();
    let expected =
        ["textDocument/publishDiagnostics 1", "1 done", "textDocument/publishDiagnostics 2"];
    assert_eq!(sent(&mut server), expected);
}

#[test]
fn cancelled_requests_are_not_worked_on() {
    let mut source = Nothing;
    let mut server = running(&mut source);
    let cancel = note("$/cancelRequest", json!({ "id": 1 }));
    let (first, second) =
        (request(1, "textDocument/hover", hover()), request(2, "textDocument/hover", hover()));
    server.take(vec![open(), first, second, cancel]);
    assert_eq!(sent(&mut server), ["1 -32800", "textDocument/publishDiagnostics 1", "2 done"]);
}

#[test]
fn what_was_said_of_a_closed_document_is_taken_back() {
    let mut source = Nothing;
    let mut server = running(&mut source);
    let close = note("textDocument/didClose", json!({ "textDocument": { "uri": "file:///a" } }));
    server.take(vec![open(), close, change(3)]);
    server.check_changed();
    assert_eq!(sent(&mut server), ["textDocument/publishDiagnostics null"]);
}

#[test]
fn the_uri_of_a_folder() {
    let uri = |path: &str| folder_uri(Path::new(path)).unwrap().as_str().to_owned();
    assert_eq!(uri("/a b/é"), "file:///a%20b/%C3%A9");
    assert_eq!(uri("C:\\x"), "file:///C%3A/x");
    assert_eq!(literal("a[1]*.json"), "a?1??.json");
}
