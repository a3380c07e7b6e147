//! Rows that could not be read: counted, and kept in a file where that is asked for
//! (`docs/data.md`, "Bad data").

use super::sink::Sink;
use crate::dump::rejects::MARK;
use crate::dump::{BadRow, BadRows, DumpError, RawRow};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many rows are told of one by one.
const TOLD: usize = 3;

/// The rows that a run left out.
#[derive(Debug, Default)]
pub struct Rejects {
    target: Option<PathBuf>,
    files: Vec<RejectFile>,
    /// The rows so far, by file and byte: a file that is read twice brings them twice.
    seen: HashSet<(String, u64)>,
    counts: BTreeMap<&'static str, u64>,
    first: Vec<String>,
}

/// A file of rejects: rows of one file.
#[derive(Debug)]
struct RejectFile {
    of: String,
    path: PathBuf,
    sink: Sink,
}

impl Rejects {
    /// Counts rows, and keeps them in `target` where there is one.
    pub fn new(target: Option<PathBuf>) -> Self {
        Self { target, ..Self::default() }
    }

    /// How many rows were left out, by what is wrong with them.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.counts.iter().map(|(what, count)| (*what, *count))
    }

    /// The first rows that were left out: file, place and reason.
    pub fn first(&self) -> &[String] {
        &self.first
    }

    /// Makes the files appear; their paths. There are several where rows are of several files:
    /// the second is named like the first with `-2` before its extension, and never replaces a file.
    ///
    /// # Errors
    ///
    /// A file can't be written.
    pub fn finish(self) -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::with_capacity(self.files.len());
        for (at, file) in self.files.into_iter().enumerate() {
            if at > 0 {
                refuse_existing(&file.path)?;
            }
            file.sink.commit(&mut io::sink())?;
            paths.push(file.path);
        }
        Ok(paths)
    }

    fn keep(&mut self, target: &Path, row: &BadRow<'_>) -> io::Result<()> {
        let RawRow { header, text, .. } = row.row;
        let of = row.error.file();
        let at = self.files.iter().position(|file| file.of == of);
        let at = match at {
            Some(at) => at,
            None => {
                let path = numbered(target, self.files.len() + 1);
                if !self.files.is_empty() {
                    refuse_existing(&path)?;
                }
                let mut sink = Sink::file(&path)?;
                writeln!(sink, "{MARK}")?;
                if let Some(header) = header {
                    sink.write_all(header)?;
                    sink.write_all(b"\n")?;
                }
                self.files.push(RejectFile { of: of.to_owned(), path, sink });
                self.files.len() - 1
            }
        };
        let Some(file) = self.files.get_mut(at) else { return Ok(()) };
        writeln!(file.sink, "# segkit: {}", place_and_reason(row.error))?;
        file.sink.write_all(text)?;
        file.sink.write_all(b"\n")
    }
}

impl BadRows for Rejects {
    fn take(&mut self, row: &BadRow<'_>) -> io::Result<()> {
        let error = row.error;
        let Some(what) = error.reason().of_a_row() else { return Ok(()) };
        if !self.seen.insert((error.file().to_owned(), row.row.start)) {
            return Ok(());
        }
        *self.counts.entry(what).or_default() += 1;
        if self.first.len() < TOLD {
            self.first.push(error.to_string());
        }
        match self.target.clone() {
            Some(target) => self.keep(&target, row),
            None => Ok(()),
        }
    }
}

/// `contacts.csv:17:3, byte 812: the reason`, on one line.
fn place_and_reason(error: &DumpError) -> String {
    let mut said = error.file().to_owned();
    for part in [error.line(), error.column()].into_iter().flatten() {
        said.push_str(&format!(":{part}"));
    }
    if let Some(byte) = error.byte() {
        said.push_str(&format!(", byte {byte}"));
    }
    said.push_str(&format!(": {}", error.reason()));
    said.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Nobody asked for a file of this name, so none may be lost for it.
fn refuse_existing(path: &Path) -> io::Result<()> {
    if path.exists() {
        let message = format!("{} is there already", path.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    Ok(())
}

/// The path itself for the first file, `name-2.csv` for the second.
fn numbered(path: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return path.to_path_buf();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|end| format!(".{}", end.to_string_lossy()));
    path.with_file_name(format!("{stem}-{number}{}", extension.unwrap_or_default()))
}
