//! Dumps through the binary: from standard input as from a file, what of them is refused, and what is
//! warned of.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(dead_code, reason = "the worlds are made for another test, which asks more of them")]

#[path = "equivalence/criteria.rs"]
mod criteria;
#[path = "equivalence/files.rs"]
mod files;
#[path = "equivalence/random.rs"]
mod random;
#[path = "equivalence/world.rs"]
mod world;

use assert_cmd::Command;
use random::Random;
use segkit::dialect::Dialect;
use std::fs;
use std::path::Path;

/// Runs `segkit eval`; its status, members and messages.
fn eval(folder: &Path, arguments: &[&str], stdin: &[u8]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("segkit").unwrap();
    command.args(["eval", "--as-of", "2024-06-01"]).args(arguments);
    let run = command.current_dir(folder).write_stdin(stdin).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

const STATE: &str = r#"{"source":"contact","field":"state","op":"eq","value":"MA"}"#;
const CONTACTS: &str = r#"{"id":"1","state":"MA"}
{"id":"2","state":"MA"}
"#;
const ACTIVITIES: &str = r#"{"contact_id":"1","campaign_id":"k1","type":"open","created_time":"2024-05-01T00:00:00Z"}
{"contact_id":"2","campaign_id":"k1","type":"send","created_time":"2024-05-01T00:00:00Z"}
"#;

fn opened(campaign: &str) -> String {
    format!(r#"{{"source":"tracking","field":"opened","op":"eq","value":"{campaign}"}}"#)
}

/// A line that holds records in something, among lines that are records, would be taken for one
/// without any of the fields: the run stops, also where bad rows may be left out, since it isn't one
/// row that would be.
#[test]
fn lines_that_wrap_records_among_records_stop_the_run() {
    let refused = "wraps records, while the lines before it are records themselves; give it as a file of its own";
    for (dump, line, column) in [
        ("contacts", r#"{"contacts":[{"id":"3","state":"MA"}]}"#, 13),
        ("contacts", r#"{"total":1,"Results":[{"id":"3","state":"MA"}]}"#, 22),
        (
            "contacts",
            r#"{"type":"RECORD","stream":"contacts","record":{"id":"3","state":"MA"}}"#,
            1,
        ),
        ("contacts", r#"{"type":"RECORD","record":{"stream":"contacts","data":{"id":"3"}}}"#, 1),
        ("contacts", r#"{"_airbyte_data":{"id":"3","state":"MA"}}"#, 1),
        ("activities", r#"{"tracking_activities":[{"contact_id":"1"}]}"#, 24),
        ("activities", r#"{"type":"RECORD","stream":"campaign_opens","record":{"id":"3"}}"#, 1),
        ("activities", r#"{"_airbyte_data":"{}"}"#, 1),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let put = |name, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let is_contacts = dump == "contacts";
        put("segment.json", &if is_contacts { STATE.to_owned() } else { opened("k1") });
        put("contacts", &if is_contacts { format!("{CONTACTS}{line}\n") } else { CONTACTS.into() });
        put("activities", &format!("{ACTIVITIES}{line}\n"));
        let files = ["segment.json", "-f", "ids", "-c", "contacts", "-t", "activities"];
        let files = if is_contacts { &files[..5] } else { &files };
        for skip in [&[][..], &["--on-bad-row", "skip"]] {
            let (status, members, messages) = eval(folder.path(), &[files, skip].concat(), b"");
            let expected = format!("segkit: error: {dump}:3:{column}: {refused}\n");
            assert_eq!((status, &*members, &*messages), (Some(2), "", &*expected), "{line}");
        }
    }
}

/// What only looks like it is a record.
#[test]
fn keys_that_records_may_have_too_are_read() {
    for line in [
        r#"{"id":"3","state":"MA","contacts":7}"#,
        r#"{"id":"3","state":"MA","results":[]}"#,
        r#"{"id":"3","state":"MA","members":["a"]}"#,
        r#"{"id":"3","state":"MA","type":"RECORD"}"#,
        r#"{"id":"3","state":"MA","type":"lead","record":{"a":1}}"#,
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("segment.json"), STATE).unwrap();
        fs::write(folder.path().join("contacts"), format!("{CONTACTS}{line}\n")).unwrap();
        let (_, members, messages) =
            eval(folder.path(), &["segment.json", "-f", "ids", "-c", "contacts"], b"");
        assert_eq!(members, "1\n2\n3\n", "{line}: {messages}");
    }
}

#[test]
fn campaigns_that_no_activity_is_of_are_warned_of() {
    let any = |campaigns: &[&str]| {
        let parts: Vec<String> = campaigns.iter().map(|campaign| opened(campaign)).collect();
        format!(r#"{{"type":"and","group":[{{"type":"or","group":[{}]}}]}}"#, parts.join(","))
    };
    let unseen = |id: &str| {
        format!(
            "segkit: warning: no activity in the dump is of the campaign {id} that a rule asks about\n"
        )
    };
    let late = r#"{"contact_id":"1","campaign_id":"late","type":"open","created_time":"2025-05-01T00:00:00Z"}"#;
    let odd = r#"{"contact_id":"1","campaign_id":"odd","type":"whatever","created_time":""}"#;
    for (campaigns, more, members, warnings) in [
        (&["k1"][..], "", "1\n", String::new()),
        (&["K1"], "", "1\n", String::new()),
        (&["k2"], "", "", unseen("k2")),
        (&["k3", "k1", "K2", "k2"], "", "1\n", unseen("k2") + &unseen("k3")),
        // Rows that don't count are of their campaign all the same; what is no event isn't.
        (&["late"], late, "", String::new()),
        (&["odd"], odd, "", unseen("odd")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let put = |name, text: &str| fs::write(folder.path().join(name), text).unwrap();
        put("segment.json", &any(campaigns));
        put("contacts", CONTACTS);
        put("activities", &format!("{ACTIVITIES}{more}\n"));
        let files = ["segment.json", "-f", "ids", "-q", "-c", "contacts", "-t", "activities"];
        let (status, found, messages) = eval(folder.path(), &files, b"");
        assert_eq!((status, &*found), (Some(0), members), "{campaigns:?}: {messages}");
        assert_eq!(messages, warnings, "{campaigns:?}");
    }
}

/// Worlds that come by a pipe.
const CASES: u64 = 60;

#[test]
fn standard_input_is_read_as_a_file_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut answered = 0;
    for seed in 1..=CASES {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let world = world::generate(&mut random, dialect);
        let text = criteria::generate(&mut random, dialect);
        let files = files::write(&mut random, dialect, world, folder.path(), 1);
        fs::write(folder.path().join("segment.json"), &text).unwrap();
        let run = |contacts: &str, activities: &str, stdin: &[u8]| {
            let arguments = ["segment.json", "--missing-columns", "blank", "--format", "csv"];
            let dumps = ["-c", contacts, "-t", activities];
            let (status, members, messages) =
                eval(folder.path(), &[&arguments[..], &dumps].concat(), stdin);
            // The last words of a run tell how long it took.
            let messages = messages.lines().filter(|line| !line.ends_with(" s"));
            let messages: Vec<String> = messages
                .map(|line| {
                    let line = line.replace(&files.contacts[0], "FILE");
                    line.replace(&files.activities[0], "FILE").replace("<stdin>", "FILE")
                })
                .collect();
            (status, members, messages)
        };
        let [contacts, activities] = [&files.contacts, &files.activities].map(|all| &*all[0]);
        let expected = run(contacts, activities, b"");
        answered += u64::from(expected.0 == Some(0));
        let stdin = |path| fs::read(path).unwrap();
        for found in
            [run("-", activities, &stdin(contacts)), run(contacts, "-", &stdin(activities))]
        {
            assert_eq!(found, expected, "seed {seed}\n{text}\n{}", files.shown());
        }
    }
    assert!(answered * 2 > CASES, "only {answered} of {CASES} had an answer");
}
