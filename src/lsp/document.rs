//! The open documents: their texts as the client changes them, and what was found in each.

use super::lines::{Encoding, Lines};
use super::settings::Settings;
use crate::dialect::is_criteria;
use crate::finding::Finding;
use crate::source::SourceFile;
use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};
use percent_encoding::percent_decode_str;

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
        let name = file_name(item.uri.as_str());
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

/// The path of a document that is a file, by which the settings may know it; of any other what
/// stands behind its last slash.
fn file_name(uri: &str) -> String {
    let Some(path) = uri.strip_prefix("file://") else {
        return uri.rsplit('/').next().unwrap_or("").to_owned();
    };
    let path = percent_decode_str(path).decode_utf8_lossy();
    // On Windows a drive stands behind the first slash.
    let drive = path.strip_prefix('/').filter(|rest| rest.get(1..2) == Some(":"));
    drive.unwrap_or(&path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_types::{Position, Range};
    use proptest::prelude::*;

    fn opened(text: &str) -> Document {
        let uri = "file:///a.json".parse().unwrap();
        let item = TextDocumentItem::new(uri, "json".to_owned(), 1, text.to_owned());
        Document::open(item, Encoding::Utf16)
    }

    /// The text's lines in UTF-16 units, with what ends each.
    fn lines(text: &str) -> Vec<Vec<u16>> {
        let mut lines: Vec<Vec<u16>> =
            text.split_inclusive('\n').map(|line| line.encode_utf16().collect()).collect();
        if text.is_empty() || text.ends_with('\n') {
            lines.push(Vec::new());
        }
        lines
    }

    /// The position of a character, counted the slow way.
    fn position(text: &str, index: usize) -> Position {
        let before: String = text.chars().take(index).collect();
        let line = before.matches('\n').count();
        let character = lines(&before).last().map_or(0, Vec::len);
        Position::new(u32::try_from(line).unwrap(), u32::try_from(character).unwrap())
    }

    proptest! {
        #[test]
        fn changes_change_what_they_name(
            text in "[a\u{e9}\u{1F600}\n\"]{0,30}",
            changes in prop::collection::vec(
                (any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[x\u{20ac}\n]{0,3}"),
                1..5,
            ),
        ) {
            let mut expected = text.clone();
            let mut events = Vec::new();
            for (one, other, new) in &changes {
                let characters: Vec<char> = expected.chars().collect();
                let (one, other) = (one.index(characters.len() + 1), other.index(characters.len() + 1));
                let (start, end) = (one.min(other), one.max(other));
                let range = Range::new(position(&expected, start), position(&expected, end));
                events.push(TextDocumentContentChangeEvent {
                    range: Some(range),
                    range_length: None,
                    text: new.clone(),
                });
                let mut changed: String = characters[..start].iter().collect();
                changed.push_str(new);
                changed.extend(&characters[end..]);
                expected = changed;
            }
            let mut document = opened(&text);
            document.change(2, events, Encoding::Utf16);
            prop_assert_eq!(document.text(), expected);
        }

        #[test]
        fn no_range_is_a_danger(text in "[a\u{1F600}\r\n]{0,9}", at in any::<[u32; 4]>(), small in any::<bool>()) {
            let at = at.map(|at| if small { at % 8 } else { at });
            let range = Range::new(Position::new(at[0], at[1]), Position::new(at[2], at[3]));
            let change =
                TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: "é".into() };
            let mut document = opened(&text);
            document.change(2, vec![change], Encoding::Utf16);
            prop_assert!(document.text().contains('é'));
        }
    }

    #[test]
    fn files_are_known_by_their_paths() {
        for (uri, name) in [
            ("file:///a%20b/%C3%A9.json", "/a b/é.json"),
            ("file:///C%3A/x.json", "C:/x.json"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
            ("git:/x/y.json", "y.json"),
        ] {
            assert_eq!(file_name(uri), name);
        }
    }

    #[test]
    fn too_large_is_not_looked_at() {
        let rule = "{\"RuleType\":\"Name\",\"Clause\":\"x\"}\n";
        let settings = Settings {
            account: crate::account::Account::default(),
            config: crate::config::Settings::new(Default::default(), None).unwrap(),
        };
        let mut document = opened(rule);
        assert!(document.check(&settings) && !document.findings().is_empty());
        assert!(!document.check(&settings), "once is enough");
        let mut large = opened(&format!("{rule}{}", " ".repeat(LARGEST)));
        assert!(large.check(&settings) && large.findings().is_empty());
    }
}
