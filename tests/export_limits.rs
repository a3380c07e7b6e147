//! What the vendor takes at once is never exceeded, and nobody is lost at the cuts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EVERYONE: &str = r#"{"version":"1.0.0","criteria":{"type":"and","group":[{"source":"contact","field":"email","op":"ne","value":"nobody"}]}}"#;

/// A folder with criteria and so many contacts.
fn folder(contacts: usize, street: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("everyone.json"), EVERYONE).unwrap();
    let mut writer = csv::Writer::from_path(folder.path().join("contacts.csv")).unwrap();
    writer.write_record(["contact_id", "email", "street"]).unwrap();
    for at in 0..contacts {
        let (id, email) = (format!("c{at}"), format!("p{at}@example.com"));
        writer.write_record([&id, &email, street]).unwrap();
    }
    writer.flush().unwrap();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    folder
}

fn export(folder: &Path, more: &[&str]) -> (i32, String, String) {
    let run = Command::cargo_bin("segkit")
        .unwrap()
        .current_dir(folder)
        .args(["export", "everyone.json", "-c", "contacts.csv", "-q", "--as-of", "2024-06-01"])
        .args(more)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (run.status.code().unwrap(), text(&run.stdout), text(&run.stderr))
}

fn bodies(folder: &Path, more: &[&str]) -> Vec<Value> {
    let (status, out, error) = export(folder, more);
    assert_eq!(status, 0, "{error}");
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

/// The files that an export left, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("out")).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_contact_is_put_on_every_list_once() {
    let folder = folder(1_001, "");
    for (lists, expected) in [(1, vec![500, 500, 1]), (51, vec![500, 500, 500, 500, 1, 1])] {
        let ids: Vec<String> = (0..lists).map(|at| format!("l{at}")).collect();
        let form = ["--form", "cc-add-list-memberships", "--list-ids", &ids.join(",")];
        let bodies = bodies(folder.path(), &form);
        let mut pairs = BTreeSet::new();
        let mut sizes = Vec::new();
        for body in &bodies {
            let contacts = texts(&body["source"]["contact_ids"]);
            sizes.push(contacts.len());
            let lists = texts(&body["list_ids"]);
            assert!(lists.len() <= 50);
            for contact in contacts {
                pairs.extend(lists.iter().map(|list| (contact, *list)));
            }
        }
        assert_eq!((sizes, pairs.len()), (expected, 1_001 * lists));
    }
}

#[test]
fn with_split_every_body_has_a_file() {
    let folder = folder(1_001, "");
    let form = ["--form", "cc-add-list-memberships", "--list-ids", "l"];
    let split = ["-o", "out/bodies.json", "--split", "400"];
    let (status, _, error) = export(folder.path(), &[&form[..], &split].concat());
    assert_eq!(status, 0, "{error}");
    let sizes = files(folder.path()).into_iter().map(|file| {
        let body: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        texts(&body["source"]["contact_ids"]).len()
    });
    assert_eq!(sizes.collect::<Vec<_>>(), [400, 400, 201]);
}

#[test]
fn no_body_of_an_import_is_larger_than_the_vendor_takes() {
    let folder = folder(30_000, &"é".repeat(100));
    let form = ["--form", "cc-json-import", "--list-ids", "l"];
    let (status, out, error) = export(folder.path(), &form);
    assert_eq!(status, 0, "{error}");
    let sizes: Vec<usize> = out.lines().map(str::len).collect();
    assert!(sizes.iter().all(|size| *size <= 4_000_000), "{sizes:?}");
    // No body has room for one more.
    assert!(sizes[..sizes.len() - 1].iter().all(|size| *size > 3_999_700), "{sizes:?}");
    let bodies = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let emails: Vec<String> = bodies
        .flat_map(|body| body["import_data"].as_array().unwrap().clone())
        .map(|contact| contact["email"].as_str().unwrap().to_owned())
        .collect();
    let expected = (0..30_000).map(|at| format!("p{at}@example.com"));
    assert!(emails.into_iter().eq(expected));
}

#[test]
fn a_file_of_an_import_has_no_more_lines_or_bytes_than_the_vendor_takes() {
    for (contacts, street, most_lines) in [
        (40_000, "", 40_000),
        // A line break in a value counts as well.
        (30_000, "1 Long Street\nFlat 2", 40_000),
        (30_000, &*"x".repeat(200), 20_000),
    ] {
        let folder = folder(contacts, street);
        let (status, out, error) = export(folder.path(), &["--form", "cc-file-import"]);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(error.contains("give --output FILE --split 39999"), "{error}");
        let split = ["--form", "cc-file-import", "-o", "out/import.csv", "--split", "39999"];
        let (status, _, error) = export(folder.path(), &split);
        assert_eq!(status, 0, "{error}");
        let mut people = 0;
        for file in files(folder.path()) {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.lines().count() <= most_lines && text.len() <= 4_000_000);
            people += csv::Reader::from_reader(text.as_bytes()).records().count();
        }
        assert_eq!(people, contacts);
    }
    let folder = folder(39_999, "");
    assert_eq!(export(folder.path(), &["--form", "cc-file-import"]).1.lines().count(), 40_000);
}

#[test]
fn a_contact_has_at_most_25_custom_fields() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("everyone.json"), EVERYONE).unwrap();
    let header: Vec<String> = (0..26).map(|at| format!("cf:f{at}")).collect();
    let cells = |filled: usize| {
        (0..26).map(|at| if at < filled { "x" } else { "" }).collect::<Vec<_>>().join(",")
    };
    let contacts = format!("email,{}\na@x.com,{}\n", header.join(","), cells(25));
    std::fs::write(folder.path().join("contacts.csv"), &contacts).unwrap();
    let form = ["--form", "cc-json-import", "--list-ids", "l"];
    assert_eq!(bodies(folder.path(), &form).len(), 1);
    let (status, _, error) = export(folder.path(), &["--form", "cc-file-import"]);
    assert_eq!(status, 2);
    assert!(error.contains("have 26 custom fields"), "{error}");
    let contacts = format!("{contacts}b@x.com,{}\n", cells(26));
    std::fs::write(folder.path().join("contacts.csv"), contacts).unwrap();
    let (status, _, error) = export(folder.path(), &form);
    assert_eq!(status, 2);
    assert!(error.contains("contacts.csv:3: the contact has 26 custom fields"), "{error}");
    let chosen = [&form[..], &["--select", "f0,cf:f25"]].concat();
    assert_eq!(bodies(folder.path(), &chosen)[0]["import_data"][1]["cf:f25"], "x");
}

#[test]
fn pages_of_contacts_follow_one_another() {
    let folder = folder(101, "");
    let pages = bodies(folder.path(), &["--form", "cc-contacts"]);
    let sizes: Vec<usize> =
        pages.iter().map(|page| page["contacts"].as_array().unwrap().len()).collect();
    let next: Vec<&Value> = pages.iter().map(|page| &page["_links"]["next"]["href"]).collect();
    assert_eq!(sizes, [50, 50, 1]);
    assert_eq!(
        next,
        [&"/v3/contacts?cursor=51".into(), &"/v3/contacts?cursor=101".into(), &Value::Null]
    );
}
