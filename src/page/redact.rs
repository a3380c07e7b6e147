//! Hiding e-mail addresses.

/// Whether e-mail addresses are hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redact {
    /// They are shown.
    Nothing,
    /// Of each, only the first character and the domain are shown.
    Addresses,
}

impl Redact {
    /// A text with addresses hidden wherever they stand in it, if they are to be.
    pub fn text(self, text: &str) -> String {
        match self {
            Self::Nothing => text.to_owned(),
            Self::Addresses => hidden(text),
        }
    }
}

/// Whether a character can stand in the part of an address before its `@`.
fn is_local(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

fn hidden(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('@') {
        let kept = before.trim_end_matches(is_local);
        let local = before.get(kept.len()..).unwrap_or("");
        out.push_str(kept);
        if let Some(first) = local.chars().next() {
            out.push(first);
            out.push('…');
        }
        out.push('@');
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_hidden_wherever_they_stand() {
        for (text, expected) in [
            ("", ""),
            ("ann@example.com", "a…@example.com"),
            ("email is \"Bob.O'Neil+x@example.com\", or", "email is \"B…@example.com\", or"),
            ("{\\\"value\\\":\\\"ann@example.com\\\"}", "{\\\"value\\\":\\\"a…@example.com\\\"}"),
            ("contains \"@example.com\"", "contains \"@example.com\""),
            ("Ann <ann@example.com>, jürgen@example.com", "Ann <a…@example.com>, j…@example.com"),
            ("no address", "no address"),
            ("a@b@c", "a…@b…@c"),
        ] {
            assert_eq!(Redact::Addresses.text(text), expected);
            assert_eq!(Redact::Nothing.text(text), text);
        }
    }
}
