//! A catalog as it was at a revision, read through the `git` program (gitrevisions(7) tells what may name
//! one). Nothing here writes: not to the repository, nor to its index.
//!
//! Names of files never pass through a command line: git lists what the folder held, and is asked for
//! contents by object id.

use super::folder::is_segment_file;
use super::vendors::told_by;
use crate::dialect::Dialect;
use crate::source::SourceFile;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use thiserror::Error;

/// Why a revision can't be read.
#[derive(Debug, Error)]
pub enum RevisionError {
    /// The program isn't there, or can't be run.
    #[error("git can't be run, which `status` reads the revision with: {0}")]
    NoGit(io::Error),
    /// The folder is in no repository that git wants to read.
    #[error("{folder}: is in no git repository: {said}")]
    NoRepository {
        /// The folder.
        folder: String,
        /// What git says.
        said: String,
    },
    /// The repository hasn't such a revision.
    #[error("`{name}` is no revision of the repository of {folder}{}", none_yet(name))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The folder.
        folder: String,
    },
    /// Git failed, or said what can't be understood.
    #[error("git {verb}: {said}")]
    Failed {
        /// What it was to do.
        verb: &'static str,
        /// What it says.
        said: String,
    },
}

fn none_yet(name: &str) -> &'static str {
    if name == HEAD { ": it has no commit yet" } else { "" }
}

/// The revision that the folder is compared with unless another is named: what was committed last.
pub const HEAD: &str = "HEAD";

/// A folder at a revision.
#[derive(Debug, Clone)]
pub struct Revision {
    /// How it was named.
    pub name: String,
    /// The id of the commit.
    pub commit: String,
    /// The files of the catalog, in the order of their names; each has its name within the folder.
    pub files: Vec<(String, SourceFile)>,
}

impl Revision {
    /// Reads the files that a folder had at a revision; none where it wasn't there.
    ///
    /// # Errors
    ///
    /// There is no git, no repository, or no such revision; or an object of it is missing.
    pub fn read(folder: &Path, name: &str) -> Result<Self, RevisionError> {
        let git = Git { folder };
        let said = git.run("rev-parse", &["--git-dir"])?;
        if !said.status.success() {
            let (folder, said) = (folder.display().to_string(), words(&said.stderr));
            return Err(RevisionError::NoRepository { folder, said });
        }
        let commit = git.commit(name)?;
        let listed = git.list(&commit)?;
        let contents = git.contents(listed.iter().map(|(_, object)| object.as_str()))?;
        let mut files: Vec<(String, SourceFile)> = Vec::with_capacity(listed.len());
        for ((file, _), bytes) in listed.into_iter().zip(contents) {
            let path = folder.join(&file).display().to_string();
            files.push((file, SourceFile::new(path, bytes)));
        }
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(Self { name: name.to_owned(), commit, files })
    }

    /// The dialect of its segments, by the first file that tells.
    pub fn dialect(&self) -> Option<Dialect> {
        self.files.iter().find_map(|(_, file)| told_by(file))
    }
}

/// The program, asked about the repository that a folder is in.
struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(self.folder)
            .args(["--no-pager", verb])
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            // What isn't here isn't fetched, which would write.
            .env("GIT_NO_LAZY_FETCH", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, verb: &'static str, arguments: &[&str]) -> Result<Output, RevisionError> {
        self.command(verb).args(arguments).output().map_err(RevisionError::NoGit)
    }

    /// The id of a commit.
    fn commit(&self, name: &str) -> Result<String, RevisionError> {
        let unknown = || RevisionError::Unknown {
            name: name.to_owned(),
            folder: self.folder.display().to_string(),
        };
        // No revision begins so, and older gits would take it for a flag whatever stands before it. What
        // has a line break would be two.
        if name.is_empty() || name.starts_with('-') || name.contains(['\n', '\0']) {
            return Err(unknown());
        }
        let commit = format!("{name}^{{commit}}");
        let said = self.run("rev-parse", &["--verify", "--quiet", &commit])?;
        let id = String::from_utf8_lossy(&said.stdout);
        let id = id.lines().next().unwrap_or_default();
        match said.status.success() && is_object(id) {
            true => Ok(id.to_owned()),
            false => Err(unknown()),
        }
    }

    /// The names and object ids of the files of segments. Asked within a folder, git lists that folder.
    fn list(&self, commit: &str) -> Result<Vec<(String, String)>, RevisionError> {
        const VERB: &str = "ls-tree";
        let said = self.run(VERB, &["-z", commit])?;
        if !said.status.success() {
            return Err(RevisionError::Failed { verb: VERB, said: words(&said.stderr) });
        }
        let mut files = Vec::new();
        for record in said.stdout.split(|byte| *byte == 0).filter(|record| !record.is_empty()) {
            // A name that isn't Unicode is none of the catalog's.
            let Ok(record) = str::from_utf8(record) else { continue };
            let row = record.split_once('\t').and_then(|(facts, name)| {
                let [_, kind, object] = facts.split(' ').collect::<Vec<_>>().try_into().ok()?;
                Some((kind, object, name))
            });
            let Some((kind, object, name)) = row else {
                let said = format!("listed `{record}`");
                return Err(RevisionError::Failed { verb: VERB, said });
            };
            if kind == "blob" && is_segment_file(name) {
                files.push((name.to_owned(), object.to_owned()));
            }
        }
        Ok(files)
    }

    /// The contents of objects, in their order.
    fn contents<'o>(
        &self,
        objects: impl Iterator<Item = &'o str>,
    ) -> Result<Vec<Vec<u8>>, RevisionError> {
        const VERB: &str = "cat-file";
        let asked: Vec<&str> = objects.collect();
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let mut child = self
            .command(VERB)
            .arg("--batch")
            .stdin(Stdio::piped())
            .spawn()
            .map_err(RevisionError::NoGit)?;
        let questions = child.stdin.take();
        let lines = asked.iter().fold(String::new(), |lines, object| lines + object + "\n");
        // Git answers while it is asked; who only asks would wait for it forever.
        let output = thread::scope(|scope| {
            scope.spawn(move || questions.map(|mut into| into.write_all(lines.as_bytes())));
            child.wait_with_output()
        });
        let output = output.map_err(RevisionError::NoGit)?;
        let failed = |said: String| RevisionError::Failed { verb: VERB, said };
        if !output.status.success() {
            return Err(failed(words(&output.stderr)));
        }
        let mut rest = output.stdout.as_slice();
        asked
            .iter()
            .map(|object| {
                content(&mut rest).ok_or_else(|| {
                    failed(format!(
                        "the object {object} can't be read; is the clone a partial one?"
                    ))
                })
            })
            .collect()
    }
}

/// Takes the next object from what `cat-file --batch` answers: a line with its id, its type and its
/// length in bytes, so many bytes, a line break. `None` for an object that is missing.
fn content(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let line = rest.iter().position(|byte| *byte == b'\n')?;
    let (head, behind) = rest.split_at_checked(line)?;
    let length: usize = str::from_utf8(head).ok()?.rsplit_once(' ')?.1.parse().ok()?;
    let (bytes, behind) = behind.get(1..)?.split_at_checked(length)?;
    *rest = behind.get(1..)?;
    Some(bytes.to_vec())
}

fn is_object(id: &str) -> bool {
    id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What git says, on one line.
fn words(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing");
    line.trim().trim_start_matches("fatal: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_told_apart_by_their_lengths() {
        let mut rest: &[u8] = b"aa blob 3\na\nb\nbb blob 0\n\ncc missing\n";
        assert_eq!(content(&mut rest).as_deref(), Some(&b"a\nb"[..]));
        assert_eq!(content(&mut rest).as_deref(), Some(&b""[..]));
        assert_eq!(content(&mut rest), None);
        // An answer that was cut off.
        assert_eq!(content(&mut &b"aa blob 30\nabc"[..]), None);
    }

    #[test]
    fn what_is_no_revision() {
        let here = Git { folder: Path::new(".") };
        for name in ["", "-h", "--all", "--output=x", "a\nb"] {
            let error = here.commit(name).unwrap_err();
            assert!(matches!(error, RevisionError::Unknown { .. }), "{name:?}: {error}");
        }
    }

    #[test]
    fn one_line_of_what_git_says() {
        assert_eq!(words(b"\nfatal: not a repository\nmore"), "not a repository");
        assert_eq!(words(b""), "it says nothing");
    }
}
