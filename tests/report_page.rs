//! The page that `segkit report` writes, from the real binary: what stands on it, what must not, and
//! that nothing in criteria or dumps can become markup.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use assert_cmd::Command;
use std::path::{Path, PathBuf};

fn quickstart() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/quickstart")
}

fn page(folder: &Path, arguments: &str) -> String {
    let arguments = arguments.split_whitespace();
    let output = Command::cargo_bin("segkit")
        .unwrap()
        .current_dir(folder)
        .arg("report")
        .args(arguments)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

const ALL: &str = "constant-contact/segments/new-england-directors.json \
    constant-contact/segments/non-openers-us.json -c constant-contact/contacts.json \
    -t constant-contact/tracking.jsonl --campaigns constant-contact/campaigns.csv \
    --lists constant-contact/lists.json --as-of 2024-06-01";

/// The text of the page, without its markup.
fn text(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn it_holds_what_the_other_commands_say() {
    let page = page(&quickstart(), ALL);
    let text = text(&page);
    for said in [
        "2 segments",
        "As of 2024-06-01T00:00:00Z",
        "New England directors 7 238 2.9 %",
        "Non-Openers-US 60 238 25.2 %",
        "Contacts for whom all of these hold: at least one of these holds: is on the list \
         &quot;Book Club, Boston&quot;",
        "7. title starts with &quot;dir&quot; 43 29 7",
        "Costs most: the group of rules 3, 4, 5, 6. Without it, 22 more would be in.",
        "2023-12-01T00:00:00Z",
        "10 of 60, chosen at random",
        "New England directors and Non-Openers-US 4 57.1 % 6.7 %",
        "Contacts read 240",
        "constant-contact/tracking.jsonl tracking",
        "--negatives any",
        "&quot;const_value&quot;: &quot;last-n-campaigns&quot;",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn it_needs_nothing_but_itself() {
    let page = page(&quickstart(), ALL);
    for needs in ["<script", "<link", "<img", "src=", "url(", "@import", "http:", "https:"] {
        assert!(!page.contains(needs), "{needs}");
    }
}

#[test]
fn redacted_it_holds_no_address() {
    let shown = page(&quickstart(), ALL);
    let hidden = page(&quickstart(), &format!("{ALL} --redact"));
    let contacts =
        std::fs::read_to_string(quickstart().join("constant-contact/contacts.csv")).unwrap();
    let addresses: Vec<&str> =
        contacts.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let on = |page: &str| addresses.iter().filter(|one| page.contains(**one)).count();
    assert!(on(&shown) > 10, "{}", on(&shown));
    assert_eq!(on(&hidden), 0);
    assert!(hidden.contains("…@example.com"));
}

#[test]
fn nothing_becomes_markup() {
    let folder = tempfile::tempdir().unwrap();
    let evil = "</title><script>alert(1)</script>&\\\"' onload=x";
    let criteria = format!(
        "{{\"name\":\"{evil}\",\"criteria\":{{\"type\":\"and\",\"group\":[{{\"source\":\"contact\",\
         \"field\":\"title\",\"op\":\"contains-string\",\"value\":\"{evil}\"}}]}}}}"
    );
    let evil = evil.replace("\\\"", "\"");
    std::fs::write(folder.path().join("evil.json"), criteria).unwrap();
    let cell = evil.replace('"', "\"\"");
    std::fs::write(folder.path().join("c.csv"), format!("email,title\na@x.example,\"{cell}\"\n"))
        .unwrap();
    let page = page(folder.path(), "evil.json -c c.csv --select email,title --as-of 2024-06-01");
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    assert!(!page.contains("<script") && !page.contains("\" onload=x"), "{page}");
    assert_eq!(page.matches("</title>").count(), 1);
}

#[test]
fn bad_rows_are_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("all.json"), "{\"Title\":\"All\",\"RuleGroups\":[]}")
        .unwrap();
    std::fs::write(folder.path().join("c.csv"), "email,title\na@x.example\nb@x.example,y\n")
        .unwrap();
    let page = page(
        folder.path(),
        "all.json -c c.csv --as-of 2024-06-01 --on-bad-row skip --rejects bad.csv",
    );
    assert!(text(&page).contains("rows that can't be read were left out: 1 "), "{}", text(&page));
    let rejects = std::fs::read_to_string(folder.path().join("bad.csv")).unwrap();
    assert_eq!(rejects.matches("a@x.example").count(), 1, "{rejects}");
}
