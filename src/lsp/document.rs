//! The open documents: their texts as the client changes them, and what was found in each.

use super::lines::{Encoding, Lines};
use super::settings::Settings;
use crate::dialect::is_criteria;
use crate::finding::Finding;
use crate::source::SourceFile;
use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

/// A larger document is another one by mistake: criteria are written by people.
const LARGEST: usize = 8 << 20;

/// The language that a client may give to documents that are criteria whatever they look like.
const LANGUAGE: &str = "segkit";

/// What the names of such documents end with.
const NAMES: &[&str] = &[".segment.json", ".segments.json", ".segment.jsonl", ".segments.jsonl"];

/// An open document.
#[derive(Debug)]
pub(super) struct Document {
    pub uri: Uri,
    pub version: i32,
    /// True where the client or the name says that it is criteria.
    declared: bool,
    file: SourceFile,
    lines: Lines,
    /// What was found; `None` until this version has been checked.
    findings: Option<Vec<Finding>>,
}

impl Document {
    pub fn open(item: TextDocumentItem, encoding: Encoding) -> Self {
        let name = item.uri.as_str().rsplit('/').next().unwrap_or("").to_owned();
        let ends = |end: &&str| name.to_ascii_lowercase().ends_with(*end);
        let declared = item.language_id == LANGUAGE || NAMES.iter().any(ends);
        let lines = Lines::new(&item.text, encoding);
        let file = SourceFile::new(name, item.text.into_bytes());
        Self { uri: item.uri, version: item.version, declared, file, lines, findings: None }
    }

    /// Makes changes one after the other; each counts in the text that the one before left.
    pub fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        self.version = version;
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let mut text = self.file.text().to_owned();
                    let start = self.lines.offset(&text, range.start);
                    let end = self.lines.offset(&text, range.end).max(start);
                    text.replace_range(start..end, &change.text);
                    text
                }
            };
            self.lines = Lines::new(&text, encoding);
            self.file = SourceFile::new(self.file.name().to_owned(), text.into_bytes());
        }
        self.forget();
    }

    /// Says that the document wants to be checked again.
    pub fn forget(&mut self) {
        self.findings = None;
    }

    /// Checks the document unless this version has been; true if it was checked now.
    pub fn check(&mut self, settings: &Settings) -> bool {
        if self.findings.is_some() {
            return false;
        }
        // A file of JSON that is no criteria is none of our business, however broken it is.
        let ours = self.is_looked_at() && (self.declared || is_criteria(&self.file));
        let found = ours.then(|| settings.check(&self.file).findings);
        self.findings = Some(found.unwrap_or_default());
        true
    }

    /// True unless the document is too large to be criteria.
    pub fn is_looked_at(&self) -> bool {
        self.file.text().len() <= LARGEST
    }

    /// What was found in this version, once it has been checked.
    pub fn findings(&self) -> &[Finding] {
        self.findings.as_deref().unwrap_or(&[])
    }

    pub fn file(&self) -> &SourceFile {
        &self.file
    }

    pub fn text(&self) -> &str {
        self.file.text()
    }

    pub fn lines(&self) -> &Lines {
        &self.lines
    }
}
