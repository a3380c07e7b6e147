//! How long an editor waits: from a keystroke to what was found, through the real binary.
//!
//! `cargo bench --bench lsp` opens a segment of 200 rules, in each dialect that has no limit below
//! that, types into its middle and measures each change until its diagnostics are there. It ends with
//! an error when half of the changes take longer than 20 ms: up to 100 ms feel instant.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a measurement fails by panicking")]
#![allow(clippy::print_stdout, reason = "it is what it is for")]

#[path = "../tests/lsp_session/mod.rs"]
mod lsp_session;

use lsp_session::{Session, capabilities, rules};
use serde_json::json;
use std::time::{Duration, Instant};

const URI: &str = "file:///many.json";
const RULES: usize = 200;
const KEYSTROKES: i64 = 400;
const BOUND: Duration = Duration::from_millis(20);

/// Criteria of Constant Contact's in the escaped form, on one line.
fn escaped() -> String {
    let leaf =
        |at: usize| format!(r#"{{"source":"contact","field":"city","op":"eq","value":"é{at}"}}"#);
    let leaves: Vec<String> = (0..RULES).map(leaf).collect();
    let group = leaves.join(",");
    let criteria = format!(
        r#"{{"version":"1.0.0","criteria":{{"type":"and","group":[{{"type":"or","group":[{group}]}}]}}}}"#
    );
    json!({ "name": "Many", "segment_criteria": criteria }).to_string()
}

fn main() {
    for (name, text) in
        [("campaign-monitor", rules(RULES)), ("constant-contact, escaped", escaped())]
    {
        let times = measure(&text);
        let median = times[times.len() / 2];
        println!(
            "{name}: {RULES} rules, {} bytes: median {median:?}, 95 % within {:?}, longest {:?}",
            text.len(),
            times[times.len() * 95 / 100],
            times[times.len() - 1],
        );
        assert!(median <= BOUND, "half of the changes take longer than {BOUND:?}");
    }
}

/// The times of the keystrokes, the shortest first.
fn measure(text: &str) -> Vec<Duration> {
    let mut session = Session::start(&[], capabilities());
    session.open(URI, text);
    let lines = text.lines().count();
    let line = lines / 2;
    let within = text.lines().nth(line).unwrap();
    // Behind the first letter of a value in the middle of the file.
    let from = if lines == 1 { within.len() / 2 } else { 0 };
    let value = within[from..].find(['é', 'p']).unwrap() + from;
    let character = within[..value].encode_utf16().count() + 1;
    let place = json!({ "line": line, "character": character });
    let mut times = Vec::new();
    for version in 2..KEYSTROKES + 2 {
        let range = json!({ "start": place, "end": place });
        let typed = json!({ "range": range, "text": "x" });
        let begin = Instant::now();
        session.change(URI, version, &[typed]);
        times.push(begin.elapsed());
    }
    session.end();
    times.sort();
    times
}
