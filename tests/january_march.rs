//! The story of the vendor's page, "Segments Overview": a segment of those who were sent but didn't open
//! any of the last five campaigns, and live in the United States, has 1,500 members in January and 500
//! in March, since 1,000 contacts opened one of the last five campaigns or moved to another country.
//!
//! The files of `fixtures/january-march` are made here (`SEGKIT_BLESS=1 cargo test --test january_march`
//! writes them) and `segkit diff` has to tell the story from them, number by number.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Who is in the account, by what becomes of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// A member in January who opens a campaign of February or March.
    Opens,
    /// One who moves to Canada.
    Moves,
    /// One who does both.
    OpensAndMoves,
    /// One who does neither.
    Stays,
    /// Never a member: lives in the United States and opens every second campaign.
    Reader,
    /// Never a member: opens nothing, and lives in Canada.
    Canadian,
}

/// How many there are of each; the first four are the members of January.
const PEOPLE: &[(Who, usize)] = &[
    (Who::Opens, 918),
    (Who::Moves, 70),
    (Who::OpensAndMoves, 12),
    (Who::Stays, 500),
    (Who::Reader, 340),
    (Who::Canadian, 160),
];

/// Campaign activity ids, and when they were sent: the first five were January's last five, and two of
/// them no longer are in March.
const CAMPAIGNS: &[(&str, &str)] = &[
    ("k-09", "2023-09-12T15:00:00Z"),
    ("k-10", "2023-10-10T15:00:00Z"),
    ("k-11", "2023-11-14T15:00:00Z"),
    ("k-12", "2023-12-05T15:00:00Z"),
    ("k-01", "2024-01-09T15:00:00Z"),
    ("k-02", "2024-02-06T15:00:00Z"),
    ("k-03", "2024-03-05T15:00:00Z"),
];

/// The number of the first campaign that was sent after January's look.
const FEBRUARY: usize = 5;

struct Person {
    number: usize,
    who: Who,
}

impl Person {
    fn lives_in(&self, march: bool) -> &'static str {
        match self.who {
            Who::Canadian => "Canada",
            Who::Moves | Who::OpensAndMoves if march => "Canada",
            _ => "United States",
        }
    }

    fn opens(&self, campaign: usize) -> bool {
        let since_february = campaign >= FEBRUARY;
        match self.who {
            Who::Opens | Who::OpensAndMoves => {
                since_february && (self.number + campaign).is_multiple_of(2)
            }
            Who::Reader => (self.number + campaign).is_multiple_of(2),
            Who::Moves | Who::Stays | Who::Canadian => false,
        }
    }
}

/// Everybody, so mixed that no sort of them stands together: 7 and 2,000 have no factor in common.
fn people() -> Vec<Person> {
    let sorts: Vec<Who> = (PEOPLE.iter()).flat_map(|&(who, count)| vec![who; count]).collect();
    let count = sorts.len();
    (0..count).map(|at| Person { number: at + 1, who: sorts[at * 7 % count] }).collect()
}

fn contacts(march: bool) -> String {
    let mut out = String::from("contact_id,email,country,created_at\n");
    for person in people() {
        let (number, country) = (person.number, person.lives_in(march));
        out += &format!("{number:04},reader{number:04}@example.com,{country},2023-08-01\n");
    }
    out
}

fn tracking() -> String {
    let mut out = String::from("contact_id,campaign_id,type,at\n");
    for (at, (id, sent_at)) in CAMPAIGNS.iter().enumerate() {
        for person in people() {
            let number = person.number;
            out += &format!("{number:04},{id},send,{sent_at}\n");
            if person.opens(at) {
                let opened_at =
                    sent_at.replace("T15:00", &format!("T{}:{:02}", 16 + number % 7, number % 60));
                out += &format!("{number:04},{id},open,{opened_at}\n");
            }
        }
    }
    out
}

fn campaigns() -> String {
    let rows = CAMPAIGNS.iter().map(|(id, sent_at)| format!("{id},{sent_at}\n"));
    String::from("id,sent_at\n") + &rows.collect::<String>()
}

fn segment() -> String {
    let criteria = json!({
        "name": "Sent, not opened, in the United States",
        "criteria": {"type": "and", "group": [
            {"source": "tracking", "field": "not_opened", "op": "contains-any",
                "const_value": "last-n-campaigns", "param": "5"},
            {"source": "contact", "field": "country", "op": "eq", "value": "United States"},
        ]},
    });
    serde_json::to_string_pretty(&criteria).unwrap() + "\n"
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/january-march")
}

/// A packed file as text.
fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(bytes), &mut text).unwrap();
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packer, text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[test]
fn the_files_are_as_they_are_made() {
    for (name, expected) in [
        ("contacts-january.csv.gz", contacts(false)),
        ("contacts-march.csv.gz", contacts(true)),
        ("tracking.csv.gz", tracking()),
        ("campaigns.csv", campaigns()),
        ("sent-not-opened-us.json", segment()),
    ] {
        let path = folder().join(name);
        let is_packed = name.ends_with(".gz");
        if std::env::var_os("SEGKIT_BLESS").is_some() {
            fs::create_dir_all(folder()).unwrap();
            let bytes = if is_packed { packed(&expected) } else { expected.into_bytes() };
            fs::write(path, bytes).unwrap();
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let held = if is_packed { unpacked(&bytes) } else { String::from_utf8(bytes).unwrap() };
        assert!(
            held == expected,
            "{name} is stale: run SEGKIT_BLESS=1 cargo test --test january_march"
        );
    }
}

fn diff(args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_segkit"))
        .args(["diff", "sent-not-opened-us.json", "--quiet", "--no-config"])
        .args(args)
        .current_dir(folder())
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

const JANUARY: [&str; 4] =
    ["--before-as-of", "2024-01-15", "--before-contacts", "contacts-january.csv.gz"];
const MARCH: [&str; 8] = [
    "--as-of",
    "2024-03-15",
    "-c",
    "contacts-march.csv.gz",
    "-t",
    "tracking.csv.gz",
    "--campaigns",
    "campaigns.csv",
];

#[test]
fn diff_tells_the_story() {
    let (status, told) = diff(&[&JANUARY[..], &MARCH, &["--format", "json"]].concat());
    assert_eq!(status, 1);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["before"]["members"], 1500);
    assert_eq!(told["after"]["members"], 500);
    assert_eq!(
        (&told["left"], &told["joined"], &told["stayed"]),
        (&json!(1000), &json!(0), &json!(500))
    );
    let because = |rules: &[u32], contacts: u32| json!({"cause": "rules", "rules": rules, "contacts": contacts});
    let expected = [because(&[1], 918), because(&[2], 70), because(&[1, 2], 12)];
    assert_eq!(told["left_because"], json!(expected));
    // Each contact by itself.
    let changes = told["contacts"].as_array().unwrap();
    let people = people();
    assert_eq!(changes.len(), 1000);
    for change in changes {
        let number: usize = change["contact"].as_str().unwrap().parse().unwrap();
        let rules = match people[number - 1].who {
            Who::Opens => json!([1]),
            Who::Moves => json!([2]),
            Who::OpensAndMoves => json!([1, 2]),
            _ => panic!("{number} has not changed"),
        };
        assert_eq!((&change["change"], &change["rules"]), (&json!("left"), &rules));
    }
}

#[test]
fn without_the_contacts_of_january_only_the_openers_are_seen_to_leave() {
    let (status, told) = diff(&[&JANUARY[..2], &MARCH].concat());
    assert_eq!(status, 1);
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].starts_with("before: 1,418 members of "), "{told}");
    assert!(lines[1].starts_with("after: 500 members of "), "{told}");
    assert_eq!(lines[2], "left 918:");
    assert!(
        lines[3].starts_with("  918 because rule 1 (was sent at least one of the last 5 "),
        "{told}"
    );
}

#[test]
fn the_same_twice_is_no_difference() {
    let (status, told) = diff(&[&["--before-as-of", "2024-03-15"][..], &MARCH].concat());
    assert_eq!(status, 0);
    assert!(told.contains("left 0\njoined 0\nstayed 500\n"), "{told}");
}
