//! Taking a rule out of its file, where that is certain to leave the rest as it was.

use super::outline::Outline;
use crate::finding::Finding;
use crate::source::Span;

/// Adds the fix that removes a rule, where it can be removed for sure: it is an element of an array
/// and not the first, so that another stays, and the comma before it goes with it.
pub(super) fn with_fix(outline: &Outline<'_>, rule: usize, finding: Finding) -> Finding {
    let span = outline.whole(rule);
    // The clauses of an older rule of Campaign Monitor share its place.
    let shared = outline.reading.rules.iter().filter(|other| other.span == span).count() > 1;
    match comma_before(outline.file.text(), span.start) {
        Some(comma) if !shared => finding.fix(Span::new(comma, span.end), ""),
        _ => finding,
    }
}

/// Blanks between tokens, as they are written in a file, and in a string inside it.
const BLANKS: &[&str] = &["\\n", "\\r", "\\t", "\n", "\r", "\t", " "];

/// Where the comma stands that nothing but blanks part from `end`.
fn comma_before(text: &str, end: usize) -> Option<usize> {
    let mut before = text.get(..end)?;
    while let Some(rest) = BLANKS.iter().find_map(|blank| before.strip_suffix(blank)) {
        before = rest;
    }
    before.strip_suffix(',').map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blanks_may_stand_between() {
        for (text, comma) in [
            ("[{},{", Some(3)),
            ("[{} ,\r\n\t {", Some(4)),
            (r"[{},\n  {", Some(3)),
            ("[{", None),
            (r"[{},\\n{", None),
            ("", None),
        ] {
            assert_eq!(comma_before(text, text.len().saturating_sub(1)), comma, "{text}");
        }
    }
}
