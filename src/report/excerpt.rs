//! The part of a file that is shown beside a finding: some whole lines, or what stands around the
//! place in a line too long to show. Criteria in the escaped form often are one line of many
//! kilobytes, so nothing here looks further than a window around the place.

use crate::source::{SourceFile, Span};

/// A line of more bytes than this is shown in part.
const LONGEST: usize = 120;
/// In part means this many bytes before the place…
const BEFORE: usize = 40;
/// …and this many from its beginning on.
const AFTER: usize = 80;
/// Lines that stand nearer to each other than this, in bytes, are shown as one part of the file.
const NEAR: usize = 2_000;

/// What stands at the cut ends of a line.
const CUT: &str = "…";

/// A line, or a part of it, and a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// Byte offset in the file of the first character shown.
    start: usize,
    /// One past the last.
    end: usize,
    cut_before: bool,
    cut_after: bool,
}

impl Excerpt {
    /// What to show of the line in which `span` begins.
    pub(super) fn around(file: &SourceFile, span: Span) -> Self {
        let text = file.text();
        let at = text.floor_char_boundary(span.start);
        let floor = at.saturating_sub(LONGEST);
        let head = text.as_bytes().get(floor..at).unwrap_or(&[]);
        let line_start = memchr::memrchr(b'\n', head).map(|newline| floor + newline + 1);
        let line_start = line_start.or((floor == 0).then_some(0));
        let ceiling = text.len().min(at.saturating_add(LONGEST));
        let tail = text.as_bytes().get(at..ceiling).unwrap_or(&[]);
        let line_end = memchr::memchr(b'\n', tail).map(|newline| at + newline);
        let line_end = line_end.or((ceiling == text.len()).then_some(ceiling));
        if let (Some(start), Some(end)) = (line_start, line_end)
            && end - start <= LONGEST
        {
            return Self { start, end, cut_before: false, cut_after: false };
        }
        let start = text.ceil_char_boundary(at.saturating_sub(BEFORE)).min(at);
        let start = line_start.map_or(start, |line| start.max(line));
        let end = text.floor_char_boundary(at.saturating_add(AFTER));
        let end = line_end.map_or(end, |line| end.min(line));
        Self { start, end, cut_before: line_start != Some(start), cut_after: line_end != Some(end) }
    }

    /// The characters to show, with a mark at each cut end.
    pub(super) fn source(&self, file: &SourceFile) -> String {
        let shown = file.slice(Span::new(self.start, self.end));
        let mark = |cut: bool| if cut { CUT } else { "" };
        format!("{}{}{}", mark(self.cut_before), shown.trim_end_matches('\r'), mark(self.cut_after))
    }

    /// True where the place begins in what is shown.
    pub(super) fn shows(&self, span: Span) -> bool {
        (self.start..=self.end).contains(&span.start)
    }

    /// True where the excerpt begins in the midst of a line.
    pub(super) fn cut_before(&self) -> bool {
        self.cut_before
    }

    /// Byte offset in the file of the first character shown.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// This excerpt and another with all between them, where both hold whole lines near each other.
    pub(super) fn joined(&self, other: &Self) -> Option<Self> {
        let whole = |one: &Self| !one.cut_before && !one.cut_after;
        let (first, last) = if self.start <= other.start { (self, other) } else { (other, self) };
        let near = last.start.saturating_sub(first.end) <= NEAR;
        (whole(self) && whole(other) && near)
            .then(|| Self { end: last.end.max(first.end), ..first.clone() })
    }

    /// The place's range in [`Excerpt::source`], as much of it as is shown.
    pub(super) fn range(&self, file: &SourceFile, span: Span) -> std::ops::Range<usize> {
        let shift = if self.cut_before { CUT.len() } else { 0 };
        let shown = file.slice(Span::new(self.start, self.end)).trim_end_matches('\r').len();
        let within = |offset: usize| {
            let offset = file.text().floor_char_boundary(offset);
            offset.saturating_sub(self.start).min(shown) + shift
        };
        within(span.start)..within(span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, span: Span) -> (String, String) {
        let file = SourceFile::new("f", text.as_bytes().to_vec());
        let excerpt = Excerpt::around(&file, span);
        let source = excerpt.source(&file);
        let marked = source[excerpt.range(&file, span)].to_owned();
        (source, marked)
    }

    #[test]
    fn whole_lines() {
        let text = "first\r\nsécond line\nthird";
        for (start, end, source, marked) in [
            (0, 2, "first", "fi"),
            (4, 12, "first", "t"),
            (7, 14, "sécond line", "sécond"),
            (21, 25, "third", "hird"),
            (25, 25, "third", ""),
            (99, 120, "third", ""),
            // A span that cuts a character in two.
            (9, 10, "sécond line", "é"),
        ] {
            let (a, b) = shown(text, Span::new(start, end));
            assert_eq!((a.as_str(), b.as_str()), (source, marked), "{start}..{end}");
        }
        assert_eq!(shown("", Span::new(0, 0)), (String::new(), String::new()));
    }

    #[test]
    fn near_lines_are_joined() {
        let text = format!("one\ntwo\nthree\n{}\nfar", "\n".repeat(3_000));
        let file = SourceFile::new("f", text.into_bytes());
        let around = |at| Excerpt::around(&file, Span::new(at, at));
        for (a, b, source) in [
            (9, 0, Some("one\ntwo\nthree")),
            (0, 4, Some("one\ntwo")),
            (0, 1, Some("one")),
            (0, file.text().len(), None),
        ] {
            let joined = around(a).joined(&around(b)).map(|both| both.source(&file));
            assert_eq!(joined.as_deref(), source, "{a} and {b}");
        }
    }

    #[test]
    fn long_lines_are_cut() {
        let long = "é".repeat(500_000);
        for start in [0, 10, 300, 999_900, 999_998, 1_000_000] {
            let (source, marked) = shown(&long, Span::new(start, start + 700));
            assert!(source.len() < 200, "{start}: {} bytes", source.len());
            assert!(marked.chars().all(|c| c == 'é'), "{start}: {marked}");
            assert_eq!(source.starts_with(CUT), start > BEFORE, "{start}");
            assert_eq!(source.ends_with(CUT), start < 999_910, "{start}");
        }
    }
}
