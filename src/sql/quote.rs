//! Text of others in statements: comments, and what no engine can write.

use super::{Engine, SqlError};

/// The longest comment made of foreign text, in characters.
const LONGEST: usize = 160;

/// A text as it may stand in a comment that ends with its line: letters, digits, marks of ASCII and
/// blanks stay, whatever else there is becomes a question mark, so that nothing in it ends the line
/// for any engine. So do the sign of `${`, by which Spark knows variables also in comments, and a
/// backslash at the end, by which its comments go on.
pub fn comment(text: &str) -> String {
    let plain = |c: char| match c {
        _ if c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ' => c,
        _ => '?',
    };
    let mut shown: String = text.chars().take(LONGEST).map(plain).collect();
    shown = shown.replace("${", "?{");
    if shown.ends_with('\\') {
        shown.pop();
        shown.push('?');
    }
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

/// Refuses a name that the engine can't write.
///
/// # Errors
///
/// The name holds NUL, or what no name of the engine can.
pub fn check_name(name: &str, what: &str, engine: Engine) -> Result<(), SqlError> {
    check(name, what, engine)?;
    match engine.spelling().refused_in_names().filter(|held| name.contains(held)) {
        Some(held) => Err(SqlError::Name { engine: engine.name(), what: what.to_owned(), held }),
        None => Ok(()),
    }
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
            ("costs $5, ${env:HOME}", "costs $5, ?{env:HOME}"),
            (r"C:\temp\", r"C:\temp?"),
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
