//! The words that several renderings share: how a kind of finding is called, what a fix does, and
//! words of a file as they may be shown, not too many of them and none that steers what shows them.

use crate::finding::{Fix, Kind};
use crate::source::SourceFile;

/// Words of the file, and labels, are cut behind this many characters…
pub(crate) const LONGEST_WORDS: usize = 80;
/// …and messages, which may quote such words, behind this many.
pub(crate) const LONGEST_MESSAGE: usize = 600;

/// `2712 illegal-verb-name`, or the name alone where there is no code.
pub(super) fn id(kind: Kind) -> String {
    match kind.code() {
        0 => kind.name().to_owned(),
        code => format!("{code} {}", kind.name()),
    }
}

/// What a fix does: ``replace `equals` by `EQUALS` ``.
pub(super) fn fix_in_words(file: &SourceFile, fix: &Fix) -> String {
    let old = cropped(file.slice(fix.span), LONGEST_WORDS);
    let new = cropped(&fix.replacement, LONGEST_WORDS);
    match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("insert `{new}`"),
        (false, true) => format!("remove `{old}`"),
        (false, false) => format!("replace `{old}` by `{new}`"),
    }
}

/// The words without blanks around them, cut behind `longest` characters.
pub(crate) fn cropped(words: &str, longest: usize) -> String {
    let words = words.trim();
    match words.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or("")),
        None => words.to_owned(),
    }
}

/// The words as one line that is safe wherever it is shown: what would end the line, steer a
/// terminal, turn the direction of the text or break an XML file is written as an escape.
pub(crate) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for c in words.chars() {
        if unsafe_to_show(c) { line.extend(c.escape_default()) } else { line.push(c) }
    }
    line
}

fn unsafe_to_show(c: char) -> bool {
    let breaks = matches!(c, '\u{2028}' | '\u{2029}');
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // The two that XML 1.0 has no way to write, besides control characters.
    let forbidden = matches!(c, '\u{fffe}' | '\u{ffff}');
    c.is_control() || breaks || turns || forbidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_one_line() {
        for (words, line) in [
            ("plain é 🎉 \\n", "plain é 🎉 \\n"),
            ("a\r\nb\tc", "a\\r\\nb\\tc"),
            ("\u{1b}]0;boo\u{7}\0", "\\u{1b}]0;boo\\u{7}\\u{0}"),
            ("x\u{2028}y\u{85}z", "x\\u{2028}y\\u{85}z"),
            ("\u{202e}gnj.\u{2066}", "\\u{202e}gnj.\\u{2066}"),
            ("\u{fffe}\u{ffff}\u{fffd}", "\\u{fffe}\\u{ffff}\u{fffd}"),
        ] {
            assert_eq!(one_line(words), line, "{words:?}");
        }
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(cropped(" ééé ", 3), "ééé");
        assert_eq!(cropped(" éééé", 3), "ééé…");
    }
}
