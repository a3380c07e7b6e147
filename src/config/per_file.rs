//! What a `segkit.toml` says of some criteria files only: patterns of paths, relative to its folder.

use super::layer::LevelRow;
use crate::finding::Levels;
use globset::GlobMatcher;
use std::path::{Component, Path, PathBuf};

/// The weights of findings in the files that a pattern matches.
#[derive(Debug, Clone)]
pub struct PerFile {
    /// The pattern as written.
    pub pattern: String,
    /// What is set, in the order of the file.
    pub rows: Vec<LevelRow>,
    pub(super) glob: GlobMatcher,
    pub(super) levels: Levels,
}

impl PerFile {
    /// True for a criteria file that the pattern means; `folder` is that of the `segkit.toml`.
    pub(super) fn matches(&self, folder: &Path, file: &Path) -> bool {
        let (Some(folder), Some(file)) = (absolute(folder), absolute(file)) else { return false };
        file.strip_prefix(&folder).is_ok_and(|below| self.glob.is_match(below))
    }
}

/// The path from the root, without `.` and `..`; symbolic links are taken as they stand.
fn absolute(path: &Path) -> Option<PathBuf> {
    // The folder of a file in the working directory is the empty path.
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut plain = PathBuf::new();
    for component in std::path::absolute(path).ok()?.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use globset::GlobBuilder;

    #[test]
    fn patterns_are_relative_to_the_folder() {
        for (pattern, folder, file, expected) in [
            ("old/*.json", "", "old/a.json", true),
            ("old/*.json", "", "./x/../old/a.json", true),
            ("old/*.json", "", "old/deep/a.json", false),
            ("old/**", "", "old/deep/a.json", true),
            ("*.json", "", "old/a.json", false),
            ("**/*.json", "", "old/a.json", true),
            ("old/*.json", "..", "../old/a.json", true),
            ("old/*.json", "/srv/x", "/srv/x/old/a.json", true),
            ("old/*.json", "/srv/x", "/srv/old/a.json", false),
        ] {
            let glob = GlobBuilder::new(pattern).literal_separator(true).build().unwrap();
            let per_file = PerFile {
                pattern: pattern.to_owned(),
                rows: Vec::new(),
                glob: glob.compile_matcher(),
                levels: Levels::default(),
            };
            let matches = per_file.matches(Path::new(folder), Path::new(file));
            assert_eq!(matches, expected, "{pattern} {folder} {file}");
        }
    }
}
