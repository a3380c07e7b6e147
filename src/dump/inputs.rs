//! Patterns and folders as the files they stand for.

use super::error::{DumpError, Reason};
use super::input::{Input, InputPath};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

impl Input {
    /// The files that some inputs mean, in their order. A folder means the files directly in it,
    /// by name, those apart whose names begin with `.` or `_`; a path with `*`, `?` or `[` that
    /// isn't there by that very name means the files that match it, by name. What was said of a
    /// pattern or a folder is said of each of its files.
    ///
    /// # Errors
    ///
    /// A folder that can't be read or holds no files; a pattern that is none, or that nothing
    /// matches.
    pub fn expand_all(inputs: &[Self]) -> Result<Vec<Self>, DumpError> {
        let mut all = Vec::with_capacity(inputs.len());
        for input in inputs {
            input
                .expand(&mut all)
                .map_err(|reason| DumpError::file_wide(&input.name().into(), reason))?;
        }
        Ok(all)
    }

    fn expand(&self, all: &mut Vec<Self>) -> Result<(), Reason> {
        let InputPath::File(path) = &self.path else {
            all.push(self.clone());
            return Ok(());
        };
        let files = if path.is_dir() {
            files_in(path)?
        } else if is_pattern(path) && !path.exists() {
            matches_of(path)?
        } else {
            all.push(self.clone());
            return Ok(());
        };
        all.extend(
            files.into_iter().map(|file| Self { path: InputPath::File(file), ..self.clone() }),
        );
        Ok(())
    }
}

fn is_pattern(path: &Path) -> bool {
    path.to_str().is_some_and(|text| text.contains(['*', '?', '[']))
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Reason> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with(['.', '_']);
        if !hidden && !entry.path().is_dir() {
            files.push(entry.path());
        }
    }
    files.sort();
    if files.is_empty() { Err(Reason::NoFiles) } else { Ok(files) }
}

fn matches_of(path: &Path) -> Result<Vec<PathBuf>, Reason> {
    let text = path.to_string_lossy();
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let paths = glob::glob_with(&text, options)
        .map_err(|error| Reason::BadPattern(error.msg.to_owned()))?;
    let mut files = Vec::new();
    for found in paths {
        let file = found.map_err(io::Error::from)?;
        if !file.is_dir() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() { Err(Reason::NoMatch) } else { Ok(files) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_patterns() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.csv", "c.json", "_SUCCESS", ".hidden.csv", "we[i]rd.csv"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join("inner")).unwrap();
        fs::create_dir(folder.path().join("empty")).unwrap();
        let expanded = |text: &str| {
            let path = folder.path().join(text).display().to_string();
            let inputs = Input::expand_all(&[format!("{path}:type=open").parse().unwrap()]);
            inputs.map_err(|error| error.reason().to_string()).map(|inputs| {
                assert!(inputs.iter().all(|input| input.kind.is_some()));
                let name = |input: &Input| input.name().rsplit('/').next().unwrap().to_owned();
                inputs.iter().map(name).collect::<Vec<_>>().join(" ")
            })
        };
        for (text, expected) in [
            (".", Ok("a.csv b.csv c.json we[i]rd.csv")),
            ("*.csv", Ok("a.csv b.csv we[i]rd.csv")),
            ("[ab].csv", Ok("a.csv b.csv")),
            ("we[i]rd.csv", Ok("we[i]rd.csv")),
            ("nothing.csv", Ok("nothing.csv")),
            ("*.xml", Err("no file matches")),
            ("a***", Err("is no pattern: wildcards are either regular `*` or recursive `**`")),
            ("empty", Err("the folder holds no files")),
        ] {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(expanded(text), expected, "{text}");
        }
    }
}
