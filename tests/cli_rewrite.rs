//! Files that are written anew: `segkit fmt --in-place` and `segkit validate --fix`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;

const DRAFT: &str = r#"{"Clause":"contains x","RuleType":"EmailAddress"}"#;
const MENDED: &str = r#"{"Clause":"CONTAINS x","RuleType":"EmailAddress"}"#;
const FORMATTED: &str = "{\n  \"RuleType\": \"EmailAddress\",\n  \"Clause\": \"contains x\"\n}\n";

fn segkit(folder: &Path, args: &[&str], stdin: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_segkit"));
    let run = command.current_dir(folder).args(args).write_stdin(stdin).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (run.status.code().unwrap(), text(&run.stdout), text(&run.stderr))
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["fmt"][..], &["fmt", "-"]] {
        let expected = (0, FORMATTED.to_owned(), String::new());
        assert_eq!(segkit(folder.path(), args, DRAFT), expected);
    }
    let (status, out, error) = segkit(folder.path(), &["validate", "--fix", "-"], DRAFT);
    assert_eq!((status, out.as_str()), (0, MENDED));
    assert!(error.contains("note[part-only]"), "{error}");
    assert!(error.ends_with("segkit: summary: fixed 1 finding in 1 file\n"), "{error}");
    // What isn't mended comes out as it went in.
    let wrong = r#"{"RuleType":"Name","Clause":"CONTAINS x"}"#;
    let (status, out, error) = segkit(folder.path(), &["validate", "--fix", "-"], wrong);
    assert_eq!((status, out.as_str()), (1, wrong));
    assert!(error.ends_with("segkit: summary: nothing can be fixed with certainty\n"), "{error}");
}

#[cfg(unix)]
#[test]
fn files_keep_their_permissions_and_links_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    for (args, expected) in
        [(&["fmt", "-i", "link"][..], FORMATTED), (&["validate", "--fix", "link"], MENDED)]
    {
        let folder = tempfile::tempdir().unwrap();
        let [file, link] = ["file.json", "link"].map(|name| folder.path().join(name));
        fs::write(&file, DRAFT).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("file.json", &link).unwrap();
        assert_eq!(segkit(folder.path(), args, "").0, 0, "{args:?}");
        assert_eq!(fs::read_to_string(&file).unwrap(), expected);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let after = fs::metadata(&file).unwrap();
        assert_eq!(after.permissions().mode() & 0o777, 0o640);
        // Nothing to do: the file isn't touched.
        segkit(folder.path(), args, "");
        assert_eq!(fs::metadata(&file).unwrap().ino(), after.ino());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}

#[test]
fn only_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("f.json");
    fs::write(&file, DRAFT).unwrap();
    for (args, status, shown) in [
        (&["fmt", "--check", "f.json"][..], 1, "f.json\n"),
        (&["fmt", "--diff", "f.json"], 1, "+  \"RuleType\": \"EmailAddress\",\n"),
        (&["validate", "--fix", "--diff", "f.json"], 1, "\n+{\"Clause\":\"CONTAINS x\""),
    ] {
        let (found, out, _) = segkit(folder.path(), args, "");
        assert_eq!(found, status, "{args:?}");
        assert!(out.contains(shown), "{args:?}: {out}");
        assert_eq!(fs::read_to_string(&file).unwrap(), DRAFT);
    }
}

#[test]
fn fixes_stand_as_deep_in_escapes_as_their_places() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("tests/cmd/fix.in/two-layers.json")).unwrap();
    let (status, out, error) = segkit(root, &["validate", "--fix", "-"], &text);
    assert_eq!(status, 0, "{error}");
    let leaf = |rest: &str| format!(r#"{{"source":"contact","field":"state","op":"eq",{rest}}}"#);
    let leaves = [leaf(r#""value":"5""#), leaf(r#""const_value":"blank""#)].join(",");
    let or = format!(r#"{{"type":"or","group":[{leaves}]}}"#);
    let inner = format!(r#"{{"version":"1.0.0","criteria":{{"type":"and","group":[{or}]}}}}"#);
    let escaped = segkit::source::escape::escape(&inner);
    let expected = format!(
        "{{\n  \"name\": \"7\",\n  \"segment_criteria\": {escaped},\n  \"segment_id\": 12\n}}\n"
    );
    assert_eq!(out, expected);
}
