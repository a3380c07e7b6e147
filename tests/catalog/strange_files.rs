//! What may stand in a catalog's folder besides good files under good names: none of it hurts another
//! segment, and none is written over.

use crate::files::body;
use crate::folder::Folder;
use serde_json::{Value, json};
use std::fs;

/// A catalog of the segments A and B.
fn two() -> Folder {
    let folder = Folder::new();
    for name in ["A", "B"] {
        folder.answer(&["create", "-"], &body(name, "MA"));
    }
    folder
}

fn listed(folder: &Folder) -> (Option<i32>, Vec<Value>) {
    let output = folder.run(&["list", "--sort-by", "name"], "");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = answer["segments"].as_array().unwrap();
    (output.status.code(), rows.iter().map(|row| row["name"].clone()).collect())
}

/// Somebody made another segment of a file by hand and left it its name: a new segment must not be
/// written over it.
#[test]
fn a_name_that_does_not_fit_is_not_written_over() {
    let folder = two();
    let text = folder.text("b.2.json").replace("\"B\"", "\"Other\"");
    let text = text.replace("\"segment_id\": 2", "\"segment_id\": 0");
    folder.put("b.2.json", &text);
    let made = folder.answer(&["create", "-"], &body("B", "RI"));
    assert_eq!(made["segment_id"], 3);
    assert_eq!(folder.text("b.2.json"), text);
}

/// An import has the id from the vendor.
#[test]
fn nor_by_an_import() {
    let folder = two();
    let answer = folder.answer(&["show", "2"], "").to_string();
    let text = folder.text("b.2.json").replace("\"B\"", "\"Other\"");
    let text = text.replace("\"segment_id\": 2", "\"segment_id\": 0");
    folder.put("b.2.json", &text);
    let (status, said) = folder.refused(&["import", "-"], &answer);
    assert_eq!(status, Some(1));
    assert!(said.contains("the name of the file of segment 2 is another's"), "{said}");
    assert_eq!(folder.text("b.2.json"), text);
    assert!(folder.run(&["check", "--fix"], "").status.success());
    assert_eq!(folder.answer(&["import", "-"], &answer)["added"], json!(["2"]));
    // A file with a fault may be what is imported, with what stands aside in it.
    folder.put("b.2.json", "{");
    let (status, said) = folder.refused(&["import", "-"], &answer);
    assert_eq!((status, said.contains("may be segment 2, but has a fault")), (Some(1), true));
    assert_eq!(folder.text("b.2.json"), "{");
}

#[test]
fn folders_are_not_looked_into() {
    let folder = two();
    fs::create_dir(folder.path().join("x.7.json")).unwrap();
    assert_eq!(listed(&folder), (Some(0), vec![json!("A"), json!("B")]));
    assert!(folder.run(&["check"], "").status.success());
}

#[cfg(unix)]
#[test]
fn links_pipes_and_names_of_no_alphabet() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    let folder = two();
    let at = |name: &str| folder.path().join(name);
    // What can't be read is told, and hurts no other.
    symlink("nowhere", at("y.8.json")).unwrap();
    symlink("z.9.json", at("z.9.json")).unwrap();
    assert_eq!(listed(&folder), (Some(1), vec![json!("A"), json!("B")]));
    for id in ["8", "9"] {
        let (status, said) = folder.refused(&["show", id], "");
        assert_eq!(status, Some(2));
        assert!(said.contains("the file can't be read"), "{said}");
    }
    assert_eq!(folder.run(&["check"], "").status.code(), Some(1));
    // It may be a segment's that only isn't there today: the id stays its own.
    assert_eq!(folder.answer(&["create", "-"], &body("C", "MA"))["segment_id"], 10);
    for name in ["y.8.json", "z.9.json"] {
        fs::remove_file(at(name)).unwrap();
    }
    // A pipe would be waited for.
    let made = std::process::Command::new("mkfifo").arg(at("p.8.json")).status().unwrap();
    assert!(made.success());
    assert_eq!(listed(&folder).0, Some(0));
    // A file elsewhere is changed where it is.
    let elsewhere = folder.outside().join("elsewhere.json");
    fs::rename(at("a.1.json"), &elsewhere).unwrap();
    symlink("../elsewhere.json", at("a.1.json")).unwrap();
    folder.answer(&["rename", "1", "New"], "");
    assert!(fs::read_to_string(&elsewhere).unwrap().contains("\"New\""));
    assert!(at("new.1.json").is_symlink());
    assert!(folder.run(&["check"], "").status.success());
    // Nobody would miss what nobody sees.
    fs::copy(at("b.2.json"), folder.path().join(OsStr::from_bytes(b"b\xe9.4.json"))).unwrap();
    let output = folder.run(&["check"], "");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("the name isn't Unicode"), "{told}");
}

#[test]
fn what_stands_aside_is_checked() {
    let folder = two();
    let text = folder.text("b.2.json");
    let with = |aside: &str| text.replace("\n}", &format!(",\n  \"segkit\": {aside}\n}}"));
    for (aside, code, words) in [
        (r#"{"deleted_at":null}"#, Some(0), ""),
        (r#"{"delted_at":"2024-01-01"}"#, Some(0), "did you mean `deleted_at`?"),
        (r#"{"deleted_at":true}"#, Some(1), "`deleted_at` must be a string, found a boolean"),
        ("5", Some(1), "`segkit` must be an object, found the number 5"),
    ] {
        folder.put("b.2.json", with(aside));
        let output = folder.run(&["check"], "");
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), code, "{told}");
        assert!(told.contains(words), "{told}");
    }
    // What can't be read isn't lost by a change.
    assert_eq!(folder.refused(&["delete", "2"], "").0, Some(2));
    assert_eq!(folder.text("b.2.json"), with("5"));
    folder.put("b.2.json", with(r#"{"deleted_at":null}"#));
    assert_eq!(listed(&folder).1, [json!("A"), json!("B")]);
}
