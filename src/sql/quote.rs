//! Text of others in statements: comments, and what no engine can write.

use super::{Engine, SqlError};

/// The longest comment made of foreign text, in characters.
const LONGEST: usize = 160;

/// A text as it may stand in a comment that ends with its line: letters, digits, marks of ASCII and
/// blanks stay, whatever else there is becomes a question mark, so that nothing in it ends the line
/// for any engine.
pub fn comment(text: &str) -> String {
    let plain = |c: char| match c {
        _ if c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ' => c,
        _ => '?',
    };
    let mut shown: String = text.chars().take(LONGEST).map(plain).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push_str(" ...");
    }
    shown
}

/// Refuses a text that the engine can't write.
///
/// # Errors
///
/// The text holds NUL, and the engine has no way to write that.
pub fn check(text: &str, what: &str, engine: Engine) -> Result<(), SqlError> {
    if text.contains('\0') && !engine.spelling().writes_nul() {
        return Err(SqlError::Nul { engine: engine.name(), what: what.to_owned() });
    }
    Ok(())
}

/// A text between marks, each of which is doubled where it stands in the text.
pub fn doubled(text: &str, mark: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(mark);
    for c in text.chars() {
        if c == mark {
            quoted.push(mark);
        }
        quoted.push(c);
    }
    quoted.push(mark);
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_stay_on_their_line() {
        for (text, shown) in [
            ("state is \"MA\"", "state is \"MA\""),
            ("a\nDROP TABLE x;\r--", "a?DROP TABLE x;?--"),
            ("a\u{2028}b\u{85}c\u{b}d", "a?b?c?d"),
            ("\u{ff07}; \u{202e}x", "?; ?x"),
            ("École", "École"),
        ] {
            assert_eq!(comment(text), shown);
        }
        assert_eq!(comment(&"x".repeat(500)).chars().count(), LONGEST + 4);
    }

    #[test]
    fn marks_are_doubled() {
        assert_eq!(doubled("a'b''c", '\''), "'a''b''''c'");
        assert_eq!(doubled("", '"'), "\"\"");
    }
}
