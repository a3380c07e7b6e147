//! Pages and scripts that are printed by the program stand in the repository as it prints them.
//! `SEGKIT_BLESS=1 cargo test --test cli_generated` writes them anew.

use clap_complete::{Generator, Shell};
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type Done = Result<(), Box<dyn Error>>;

fn in_repository(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Compares a file of the repository with what it should hold, or writes it.
fn hold(path: impl AsRef<Path>, expected: &[u8]) -> Done {
    let full = in_repository(&path);
    if std::env::var_os("SEGKIT_BLESS").is_some() {
        fs::create_dir_all(full.parent().unwrap_or(&full))?;
        return Ok(fs::write(full, expected)?);
    }
    let held = fs::read(&full).unwrap_or_default();
    let advice = "is stale: run SEGKIT_BLESS=1 cargo test --test cli_generated";
    assert!(held == expected, "{} {advice}", path.as_ref().display());
    Ok(())
}

fn names(directory: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let entries = fs::read_dir(directory)?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

#[test]
fn the_page_of_codes() -> Done {
    let mut page = Vec::new();
    segkit::report::codes_page(&mut page)?;
    hold("docs/codes.md", &page)
}

#[test]
fn completions() -> Done {
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
        let run = assert_cmd::Command::new(env!("CARGO_BIN_EXE_segkit"))
            .args(["completions", &shell.to_string()])
            .output()?;
        assert!(run.status.success() && run.stderr.is_empty(), "{shell}");
        hold(Path::new("completions").join(shell.file_name("segkit")), &run.stdout)?;
    }
    Ok(())
}

#[test]
fn manual_pages() -> Done {
    let directory = tempfile::tempdir()?;
    let run = assert_cmd::Command::new(env!("CARGO_BIN_EXE_segkit"))
        .arg("man")
        .arg(directory.path())
        .output()?;
    assert!(run.status.success() && run.stdout.is_empty() && run.stderr.is_empty());
    for name in names(directory.path())? {
        hold(Path::new("man").join(&name), &fs::read(directory.path().join(&name))?)?;
    }
    // A command that went must not leave its page behind.
    assert_eq!(names(&in_repository("man"))?, names(directory.path())?);
    Ok(())
}
