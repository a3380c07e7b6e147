//! The test files that paths mean.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// How the names of test files end that are looked for in folders.
const ENDING: &str = ".test.toml";

/// Why there is nothing to run.
#[derive(Debug, Error)]
pub enum FindError {
    /// A folder can't be read.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// A folder without test files.
    #[error("{}: the folder holds no test file; their names end with {ENDING}", path.display())]
    None {
        /// The folder.
        path: PathBuf,
    },
}

/// The files that paths mean, each once: a folder means the files in it and below whose names end
/// with `.test.toml`, by their paths; folders whose names begin with a dot are passed over. Any other
/// path means itself.
///
/// # Errors
///
/// A folder that can't be read, or holds no such file.
pub fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, FindError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        let mut found = Vec::new();
        if path.is_dir() {
            search(path, &mut found)?;
            found.sort();
            if found.is_empty() {
                return Err(FindError::None { path: path.clone() });
            }
        } else {
            found.push(path.clone());
        }
        found.retain(|file| !files.contains(file));
        files.append(&mut found);
    }
    Ok(files)
}

fn search(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), FindError> {
    let unreadable = |reason| FindError::Unreadable { path: folder.to_owned(), reason };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name();
        // The working directory has no name worth showing.
        let path = if folder == Path::new(".") { PathBuf::from(&name) } else { entry.path() };
        let name = name.to_string_lossy();
        // A link to a folder isn't followed: it may lead back.
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() {
            if !name.starts_with('.') {
                search(&path, found)?;
            }
        } else if name.ends_with(ENDING) {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_searched_through() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["b.test.toml", "a/c.test.toml", "a/x.toml", ".git/d.test.toml", "e/f.json"] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), "").unwrap();
        }
        let found = |names: &[&str]| {
            let paths: Vec<PathBuf> = names.iter().map(|name| root.join(name)).collect();
            let shown = |path: PathBuf| path.strip_prefix(root).unwrap().display().to_string();
            find(&paths).map(|found| found.into_iter().map(shown).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(found(&["."]).unwrap(), "a/c.test.toml b.test.toml");
        assert_eq!(
            found(&["b.test.toml", ".", "a/x.toml"]).unwrap(),
            "b.test.toml a/c.test.toml a/x.toml"
        );
        assert_eq!(found(&["missing.test.toml"]).unwrap(), "missing.test.toml");
        assert!(found(&["e"]).unwrap_err().to_string().contains("holds no test file"));
    }
}
