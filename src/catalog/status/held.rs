//! A file of the catalog at one of two moments, and what is read of it where it changed.

use crate::catalog::broken::Broken;
use crate::catalog::entry::{ASIDE, Entry, Shape};
use crate::catalog::folder::entry_of;
use crate::criteria::Segment;
use crate::dialect::{Context, Rule};
use crate::finding::{Finding, Levels};
use crate::lint;
use crate::source::json;
use crate::source::{SourceFile, Span};
use std::path::Path;

/// A file.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its name within the folder.
    pub name: String,
    /// Its text.
    pub file: SourceFile,
    /// The segment that it holds.
    pub entry: Result<Entry, Box<Broken>>,
}

impl Held {
    /// A file of this name and text.
    pub fn new(shape: &'static Shape, name: String, file: SourceFile) -> Self {
        let entry = entry_of(shape, &name, &file);
        Self { name, file, entry }
    }

    /// The same of a file that a catalog has read.
    pub fn of(file: SourceFile, entry: Result<Entry, Box<Broken>>) -> Self {
        let read = entry.as_ref().ok().and_then(|entry| entry.file.clone());
        let by_path = || {
            Path::new(file.name()).file_name().unwrap_or_default().to_string_lossy().into_owned()
        };
        Self { name: read.unwrap_or_else(by_path), file, entry }
    }

    /// The segment, where the file can be read as one.
    pub fn entry(&self) -> Option<&Entry> {
        self.entry.as_ref().ok()
    }

    /// The text with line breaks of one kind: which kind a work tree has is git's affair.
    pub fn text(&self) -> String {
        self.file.text().replace("\r\n", "\n")
    }
}

/// What is known for reading criteria, the same at both moments.
pub struct Reader<'a> {
    /// What the dialect's reader is told.
    pub context: Context<'a>,
    /// The weights of findings in a file.
    pub levels: &'a dyn Fn(&Path) -> Levels,
}

/// What a file that changed says.
#[derive(Debug, Default)]
pub struct Read {
    /// What the segment asks; `None` where an error stands against it.
    pub segment: Option<Segment>,
    /// Its rules as they are written; a `RuleId` is an index here.
    pub rules: Vec<Rule>,
    /// The members of its JSON, each with its place; of what stands aside, the members of that.
    pub members: Vec<Member>,
    /// Where what stands aside begins and ends.
    pub aside: Option<Span>,
    /// The errors.
    pub faults: Vec<Fault>,
}

/// A member of a segment's JSON.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its key; behind `segkit.` for what stands aside.
    pub key: String,
    /// Its value on one line.
    pub value: String,
    /// The place of the value.
    pub span: Span,
}

/// An error in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The name of the kind of finding.
    pub name: &'static str,
    /// What is wrong.
    pub message: String,
}

impl Reader<'_> {
    /// Reads and checks a file in full, as `check` does.
    pub fn read(&self, held: &Held) -> Read {
        let file = &held.file;
        let checked = lint::check(file, &self.context, &(self.levels)(Path::new(file.name())));
        let mut faults = faults(file, &checked.findings);
        if let Err(broken) = &held.entry {
            if faults.is_empty() {
                faults = self::faults(file, &broken.findings);
            }
            return Read { faults, ..Read::default() };
        }
        let (members, aside) = members(file);
        let reading = checked.segments.into_iter().next();
        let (segment, rules) =
            reading.map(|reading| (reading.segment, reading.rules)).unwrap_or_default();
        let segment = segment.filter(|_| faults.is_empty());
        Read { segment, rules, members, aside, faults }
    }
}

fn faults(file: &SourceFile, findings: &[Finding]) -> Vec<Fault> {
    let errors = findings.iter().filter(|finding| finding.is_error());
    errors
        .map(|finding| {
            let place = file.position(finding.span.start);
            let (name, message) = (finding.kind.name(), finding.message.clone());
            Fault { line: place.line, column: place.column, name, message }
        })
        .collect()
}

fn members(file: &SourceFile) -> (Vec<Member>, Option<Span>) {
    let document = json::read(file.text());
    let of = |value: &json::Value, before: &str| -> Vec<Member> {
        let members = value.members().unwrap_or_default().iter();
        let member = |member: &json::Member| Member {
            key: format!("{before}{}", member.key.value),
            value: crate::source::escape::minify(file.slice(member.value.span)),
            span: member.value.span,
        };
        members.map(member).collect()
    };
    let Some(value) = document.values.first() else { return Default::default() };
    let mut all = of(value, "");
    let aside = value.member(ASIDE).filter(|aside| aside.value.members().is_some());
    if let Some(aside) = aside {
        all.retain(|member| member.key != ASIDE);
        all.extend(of(&aside.value, &format!("{ASIDE}.")));
    }
    (all, aside.map(|aside| aside.value.span))
}
