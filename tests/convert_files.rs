//! What `convert` writes to files: all of them or none, and never over what it reads.

use assert_cmd::Command;
use std::error::Error;
use std::fs;
use std::path::Path;

type Done = Result<(), Box<dyn Error>>;

const VIP: &str = r#"{"Title":"VIP","RuleGroups":[{"Rules":[{"RuleType":"EmailAddress","Clause":"CONTAINS @x"}]}]}"#;
const NAMED: &str =
    r#"{"Title":"Named","RuleGroups":[{"Rules":[{"RuleType":"Name","Clause":"PROVIDED"}]}]}"#;

fn convert(folder: &Path, arguments: &[&str]) -> Result<(i32, String, String), Box<dyn Error>> {
    let common = ["--as-of", "2024-06-01", "--status", "active"];
    let run = Command::new(env!("CARGO_BIN_EXE_segkit"))
        .current_dir(folder)
        .arg("convert")
        .args(arguments)
        .args(common)
        .output()?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok((run.status.code().unwrap_or(-1), text(run.stdout), text(run.stderr)))
}

#[test]
fn a_file_for_each_segment_or_none() -> Done {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("vip.json"), VIP)?;
    fs::write(folder.path().join("named.json"), NAMED)?;
    let out = folder.path().join("out");
    let both = ["vip.json", "named.json", "--to", "el", "--output-dir", "out"];
    let (status, shown, said) = convert(folder.path(), &both)?;
    assert_eq!((status, shown.as_str()), (1, ""), "{said}");
    assert!(said.contains("named.json:1:") && !out.exists(), "{said}");

    let (status, shown, said) =
        convert(folder.path(), &["vip.json", "named.json", "--to", "cm", "--output-dir", "out"])?;
    assert_eq!((status, shown.as_str()), (0, ""), "{said}");
    assert!(said.contains("2 files in out"), "{said}");
    let written = fs::read_to_string(out.join("VIP.json"))?;
    assert!(written.contains("CONTAINS @x") && written.ends_with("}\n"), "{written}");
    assert!(fs::read_to_string(out.join("Named.json"))?.contains("PROVIDED"));
    Ok(())
}

#[test]
fn what_is_read_is_not_written_over() -> Done {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("VIP.json"), VIP)?;
    for target in [["-o", "VIP.json"], ["--output-dir", "."]] {
        let (status, _, said) =
            convert(folder.path(), &["VIP.json", "--to", "el", target[0], target[1]])?;
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("is an input"), "{said}");
        assert_eq!(fs::read_to_string(folder.path().join("VIP.json"))?, VIP);
    }
    let (status, shown, said) =
        convert(folder.path(), &["VIP.json", "--to", "el", "-o", "there.json"])?;
    assert_eq!((status, shown.as_str(), said.as_str()), (0, "", ""));
    assert!(fs::read_to_string(folder.path().join("there.json"))?.contains("segment_name"));
    Ok(())
}

#[test]
fn what_is_written_validates() -> Done {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("vip.json"), VIP)?;
    for dialect in ["cc", "cm", "el"] {
        let (status, shown, said) = convert(folder.path(), &["vip.json", "--to", dialect])?;
        assert_eq!(status, 0, "{said}");
        let run = Command::new(env!("CARGO_BIN_EXE_segkit"))
            .args(["validate", "--dialect", dialect, "-"])
            .write_stdin(shown.clone())
            .output()?;
        assert!(run.status.success(), "{shown}");
        // The way back leads to the same.
        fs::write(folder.path().join("there.json"), &shown)?;
        let (status, back, said) = convert(folder.path(), &["there.json", "--to", "cm"])?;
        assert_eq!(status, 0, "{said}");
        let back: serde_json::Value = serde_json::from_str(&back)?;
        assert_eq!(back, serde_json::from_str::<serde_json::Value>(VIP)?);
    }
    Ok(())
}
