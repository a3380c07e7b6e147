//! Faults of JSON records, and where in the record they are.

use super::error::Reason;
use memchr::memchr;

/// What is wrong with a record.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The decoder can't read it.
    Syntax(serde_json::Error),
    /// The byte of the record, and the reason.
    At(usize, Reason),
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Syntax(error)
    }
}

/// The byte of `text` that an error of the decoder means. It counts lines from 1, and bytes of the
/// line up to and with the byte it stumbled at.
pub(crate) fn offset(text: &[u8], error: &serde_json::Error) -> usize {
    let mut start = 0;
    for _ in 1..error.line() {
        match memchr(b'\n', text.get(start..).unwrap_or(&[])) {
            Some(skip) => start += skip + 1,
            None => break,
        }
    }
    (start + error.column().saturating_sub(1)).min(text.len())
}

/// The decoder's message without its own idea of the place.
pub(crate) fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text.get(..end).unwrap_or("").to_owned(),
        None => text,
    }
}

/// The first `\u` escape of half a UTF-16 pair. Escapes occur in strings only, so `record`, which
/// is JSON, needn't be taken apart; values that nobody asks for are held to be text in this way.
pub(crate) fn lone_surrogate(record: &str) -> Option<usize> {
    let bytes = record.as_bytes();
    let unit = |at: usize| {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut at = 0;
    while let Some(skip) = memchr(b'\\', bytes.get(at..)?) {
        at += skip;
        match unit(at) {
            None => at += 2,
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => return Some(at),
            Some(_) => at += 6,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surrogates_come_in_pairs() {
        for (text, expected) in [
            (r#""plain""#, None),
            (r#""\u00e9 \n \\ud800""#, None),
            (r#""\ud83d\ude00""#, None),
            (r#""x\ud83d""#, Some(2)),
            (r#""\ud83d\n""#, Some(1)),
            (r#""\ude00""#, Some(1)),
            (r#""\\\ud83d\ud83d\ude00""#, Some(3)),
        ] {
            assert_eq!(lone_surrogate(text), expected, "{text}");
        }
    }
}
