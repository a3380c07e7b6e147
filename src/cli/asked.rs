//! The criteria of an evaluation: the files read, what is wrong with them said, and the segments that
//! are asked about, each with the label that tells it from the others.

use super::{Output, read_source};
use crate::answer::subject::{Subject, Written};
use crate::criteria::{Outline, Segment};
use crate::dialect::{
    Context, Dialect, SegmentReading, read_to_evaluate, segment_called, segment_names,
};
use crate::finding::{Finding, Severity};
use crate::output::{Source, labels};
use crate::report::{Checked, text_of};
use anyhow::{Context as _, bail};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A segment to be evaluated.
#[derive(Debug)]
pub struct Asked {
    /// What it is called, unlike any other of the run.
    pub label: String,
    /// What it asks.
    pub segment: Segment,
    /// Whose words it is written in.
    pub dialect: Dialect,
    /// Its rules as they are written; a `RuleId` is an index here.
    pub rules: Vec<Written>,
    /// The file in which it stands.
    pub file: String,
}

impl Asked {
    fn of(held: &Held<'_>, segment: Segment) -> Self {
        let Held { file, reading, label } = held;
        let rules = reading.rules.iter().map(|rule| Written::of(rule, &file.file));
        Self {
            label: label.clone(),
            segment,
            dialect: reading.dialect,
            rules: rules.collect(),
            file: file.file.name().to_owned(),
        }
    }

    /// The same for answers.
    pub fn into_subject(self) -> Subject {
        let Self { label, segment, dialect, rules, file } = self;
        let outline = Outline::of(&segment.expr);
        Subject { label, file, dialect, segment, outline, rules }
    }
}

/// How many segments a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Exactly one.
    One,
    /// All that there are.
    All,
}

/// The criteria files of a run, each once.
pub struct Criteria {
    files: Vec<Checked>,
}

impl Criteria {
    /// Reads and checks all files; a file that is named twice is one.
    ///
    /// # Errors
    ///
    /// A file can't be read.
    pub fn read(paths: &[PathBuf], context: &Context<'_>) -> anyhow::Result<Self> {
        let mut known = Vec::new();
        let mut sources = Vec::new();
        for path in paths {
            let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
            if !known.contains(&whole) {
                known.push(whole);
                sources.push(read_source(path)?);
            }
        }
        let check = |file| {
            let reading = read_to_evaluate(&file, context);
            Checked { file, reading }
        };
        Ok(Self { files: sources.into_iter().map(check).collect() })
    }

    /// Says what is wrong with them, and whether they can be evaluated all the same.
    ///
    /// # Errors
    ///
    /// Standard error can't be written to.
    pub fn say(&self, output: &Output) -> anyhow::Result<bool> {
        let said = |finding: &&Finding| finding.severity >= Severity::Warning;
        let mut sound = true;
        for Checked { file, reading } in &self.files {
            let findings: Vec<Finding> = reading.findings.iter().filter(said).cloned().collect();
            if !findings.is_empty() {
                output.error(|out: &mut dyn Write| text_of(file, &findings, out))?;
            }
            sound &= !findings.iter().any(Finding::is_error);
        }
        Ok(sound)
    }

    /// The segments that are asked about, in the order of the files: the one wanted, or as many as
    /// the command takes.
    ///
    /// # Errors
    ///
    /// There is none, or not exactly one where one is wanted.
    pub fn segments(&self, wanted: Option<&str>, takes: Takes) -> anyhow::Result<Vec<Asked>> {
        let all = self.all()?;
        let chosen = match (wanted, takes, all.as_slice()) {
            (Some(wanted), _, _) => vec![self.wanted(wanted, &all)?],
            (None, Takes::One, [_, _, ..]) => bail!(
                "{}: holds {} segments; choose one with --segment: {}",
                self.name(),
                all.len(),
                self.names()
            ),
            (None, _, _) => all.iter().collect(),
        };
        let asked = chosen.into_iter().map(|one| match one.reading.segment.clone() {
            Some(segment) => Ok(Asked::of(one, segment)),
            None => bail!("{}: the segment can't be evaluated", one.file.file.name()),
        });
        asked.collect()
    }

    fn all(&self) -> anyhow::Result<Vec<Held<'_>>> {
        let mut sources = Vec::new();
        let mut held = Vec::new();
        for file in &self.files {
            let segments = &file.reading.segments;
            if segments.is_empty() {
                bail!("{}: holds no segment", file.file.name());
            }
            for (at, reading) in segments.iter().enumerate() {
                sources.push(Source {
                    name: reading.name.as_deref(),
                    file: file.file.name(),
                    number: at + 1,
                    among_others: segments.len() > 1,
                });
                held.push(Held { file, reading, label: String::new() });
            }
        }
        held.iter_mut().zip(labels(&sources)).for_each(|(held, label)| held.label = label);
        Ok(held)
    }

    fn wanted<'a>(&self, wanted: &str, all: &'a [Held<'a>]) -> anyhow::Result<&'a Held<'a>> {
        if let [file] = self.files.as_slice() {
            let number = segment_called(&file.reading.segments, wanted);
            return number.and_then(|at| all.get(at)).with_context(|| {
                format!("{}: holds no segment `{wanted}`; there are {}", self.name(), self.names())
            });
        }
        let mut named = all.iter().filter(|one| one.reading.name.as_deref() == Some(wanted));
        let first = named.next();
        // Of several files, a number would say too little.
        let labelled = || all.iter().find(|one| one.label == wanted);
        if first.is_some() && named.next().is_some() {
            let bearers = all.iter().filter(|one| one.reading.name.as_deref() == Some(wanted));
            let labels: Vec<_> = bearers.map(|one| format!("`{}`", one.label)).collect();
            bail!(
                "several segments are called `{wanted}`; --segment takes one of them: {}",
                labels.join(", ")
            );
        }
        first.or_else(labelled).with_context(|| {
            let labels: Vec<_> = all.iter().map(|one| format!("`{}`", one.label)).collect();
            format!(
                "the criteria files hold no segment `{wanted}`; there are {}",
                labels.join(", ")
            )
        })
    }

    /// What the segments of the file that is alone can be called.
    fn names(&self) -> String {
        self.files.first().map(|file| segment_names(&file.reading.segments)).unwrap_or_default()
    }

    /// The name of the file that is alone.
    fn name(&self) -> &str {
        self.files.first().map_or("", |file| file.file.name())
    }
}

/// A segment of a file.
struct Held<'a> {
    file: &'a Checked,
    reading: &'a SegmentReading,
    label: String,
}

/// How often standard input is among the files.
pub fn from_stdin<'a>(files: impl Iterator<Item = &'a Path>) -> usize {
    files.filter(|path| path.as_os_str() == "-").count()
}
