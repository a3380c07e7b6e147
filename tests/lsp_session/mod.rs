//! A client of the language server: starts the binary, sends, and waits for what is asked for.

#![allow(dead_code, reason = "the tests and the bench each use a part")]

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Longer than anything takes, shorter than anybody waits for a test that hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// The instant of every session.
const AS_OF: &str = "2024-06-01";

/// What a good editor can do.
pub fn capabilities() -> Value {
    json!({
        "workspace": {
            "workspaceEdit": { "documentChanges": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true, "relativePatternSupport": true },
        },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "dataSupport": true, "versionSupport": true },
            "codeAction": {
                "isPreferredSupport": true,
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } },
            },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "completion": { "completionItem": { "documentationFormat": ["markdown"] } },
        },
    })
}

pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A segment of Campaign Monitor's with this many rules, on one line each.
pub fn rules(count: usize) -> String {
    let rule = |at: usize| {
        format!("{{\"RuleType\":\"EmailAddress\",\"Clause\":\"CONTAINS person{at}@example.com\"}}")
    };
    let rules: Vec<String> = (0..count).map(rule).collect();
    format!("{{\"Title\":\"Many\",\"RuleGroups\":[{{\"Rules\":[\n{}]}}]}}", rules.join(",\n"))
}

/// The text after an action's edits, whose positions count UTF-16 units on its one line.
pub fn apply(line: &str, action: &Value) -> String {
    let units: Vec<u16> = line.encode_utf16().collect();
    let mut edits: Vec<&Value> =
        action["edit"]["documentChanges"][0]["edits"].as_array().unwrap().iter().collect();
    let at = |edit: &Value, end: &str| {
        usize::try_from(edit["range"][end]["character"].as_u64().unwrap()).unwrap()
    };
    edits.sort_by_key(|edit| std::cmp::Reverse(at(edit, "start")));
    let mut units = units;
    for edit in edits {
        let new = edit["newText"].as_str().unwrap().encode_utf16();
        units.splice(at(edit, "start")..at(edit, "end"), new);
    }
    String::from_utf16(&units).unwrap()
}

pub struct Session {
    child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    waiting: VecDeque<Value>,
    next_id: i64,
    /// What the server said it can do.
    pub capabilities: Value,
}

impl Session {
    /// Starts a server and shakes hands.
    pub fn start(flags: &[&str], capabilities: Value) -> Self {
        let mut session = Self::spawn(flags);
        session.initialize(capabilities);
        session
    }

    pub fn spawn(flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_segkit"))
            .args(["lsp", "--as-of", AS_OF])
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, incoming) = channel();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        let waiting = VecDeque::new();
        Self { child, stdin, incoming, waiting, next_id: 0, capabilities: Value::Null }
    }

    pub fn initialize(&mut self, capabilities: Value) {
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        let result = self.ask("initialize", params).unwrap();
        assert_eq!(result["serverInfo"]["name"], "segkit");
        self.capabilities = result["capabilities"].clone();
        self.notify("initialized", json!({}));
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send_bytes(&framed(&json!({ "jsonrpc": "2.0", "method": method, "params": params })));
    }

    /// A request's result, or its error's code.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, i64> {
        self.next_id += 1;
        let id = self.next_id;
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.send_bytes(&framed(&request));
        let answer = self.wait(|message| message["id"] == id && message.get("method").is_none());
        match answer.get("error") {
            Some(error) => Err(error["code"].as_i64().unwrap()),
            None => Ok(answer["result"].clone()),
        }
    }

    /// The next message that is wanted; others wait.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).unwrap();
        }
        loop {
            let message = self.incoming.recv_timeout(PATIENCE).unwrap();
            assert_eq!(message["jsonrpc"], "2.0");
            if wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    pub fn notified(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method)["params"].clone()
    }

    /// The parameters of a request of the server's, which is answered.
    pub fn request_of(&mut self, method: &str) -> Value {
        let request = self.wait(|message| message["method"] == method);
        let answer = json!({ "jsonrpc": "2.0", "id": request["id"], "result": null });
        self.send_bytes(&framed(&answer));
        request["params"].clone()
    }

    /// The error that answers something that was no request.
    pub fn refused(&mut self) -> Value {
        self.wait(|message| message["id"].is_null() && message.get("error").is_some())["error"]
            .clone()
    }

    pub fn published(&mut self, uri: &str) -> Value {
        let method = "textDocument/publishDiagnostics";
        self.wait(|it| it["method"] == method && it["params"]["uri"] == uri)["params"].clone()
    }

    pub fn open(&mut self, uri: &str, text: &str) -> Value {
        let item = json!({ "uri": uri, "languageId": "json", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
        self.published(uri)
    }

    pub fn change(&mut self, uri: &str, version: i64, changes: &[Value]) -> Value {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
        self.published(uri)
    }

    pub fn close(&mut self, uri: &str) -> Value {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        self.published(uri)
    }

    pub fn hover(&mut self, uri: &str, position: Value) -> Value {
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        self.ask("textDocument/hover", params).unwrap()
    }

    pub fn complete(&mut self, uri: &str, position: Value) -> Value {
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        self.ask("textDocument/completion", params).unwrap()
    }

    pub fn actions(&mut self, uri: &str, start: Value, end: Value, only: Option<&str>) -> Value {
        let mut context = json!({ "diagnostics": [] });
        if let Some(kind) = only {
            context["only"] = json!([kind]);
        }
        let range = json!({ "start": start, "end": end });
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        self.ask("textDocument/codeAction", params).unwrap()
    }

    /// Says goodbye; the exit status.
    pub fn end(&mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null).unwrap();
        self.notify("exit", Value::Null);
        self.status()
    }

    pub fn hang_up(&mut self) {
        self.stdin = None;
    }

    pub fn status(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
