//! Text without regard to case, and what counts as blank (`docs/semantics.md`, "Text").
//!
//! Folding is Unicode simple lower-casing, character by character: no locale, no final sigma, no
//! normalisation. `U+0130` (İ), whose full lower case is two characters, folds to `i`.

/// The simple lower case of one character.
pub fn fold_char(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        _ if c.is_ascii() => c,
        '\u{130}' => 'i',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The folded form of a text.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// True for empty text and for text of nothing but Unicode white space.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// True when both texts fold to the same.
pub fn folds_equal(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().map(fold_char).eq(b.chars().map(fold_char))
}

/// True when `text` begins with `folded`, which is folded already.
pub fn starts_with_folded(text: &str, folded: &str) -> bool {
    let mut rest = text.chars().map(fold_char);
    folded.chars().all(|c| rest.next() == Some(c))
}

/// True when `folded`, which is folded already, occurs in `text` at any place.
fn contains_folded(text: &str, folded: &str) -> bool {
    let Some(first) = folded.chars().next() else {
        return true;
    };
    text.char_indices()
        .filter(|&(_, c)| fold_char(c) == first)
        .any(|(at, _)| starts_with_folded(text.get(at..).unwrap_or(""), folded))
}

/// A text kept in its folded form, so that each comparison folds one side only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Folded(String);

impl Folded {
    /// Folds `text` once.
    pub fn new(text: &str) -> Self {
        Self(fold(text))
    }

    /// True when `text` folds to this.
    pub fn equals(&self, text: &str) -> bool {
        if text.len() == self.0.len() && text.is_ascii() && self.0.is_ascii() {
            return text.eq_ignore_ascii_case(&self.0);
        }
        text.chars().map(fold_char).eq(self.0.chars())
    }

    /// True when `text` begins with this, case aside.
    pub fn begins(&self, text: &str) -> bool {
        starts_with_folded(text, &self.0)
    }

    /// True when this occurs in `text`, case aside.
    pub fn occurs_in(&self, text: &str) -> bool {
        contains_folded(text, &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_simple_lower_casing() {
        for (text, folded) in [
            ("MA", "ma"),
            ("ÉCOLE", "école"),
            ("İstanbul", "istanbul"),
            ("ΟΔΟΣ", "οδοσ"),
            ("straße", "straße"),
        ] {
            assert_eq!(fold(text), folded);
            assert!(folds_equal(text, folded), "{text}");
            assert!(Folded::new(text).equals(text), "{text}");
        }
        assert!(!folds_equal("ß", "ss"));
    }

    #[test]
    fn containment_finds_every_place() {
        for (text, part, expected) in [
            ("Director", "dir", true),
            ("aab", "ab", true),
            ("Éa École", "éc", true),
            ("abc", "", true),
            ("", "a", false),
            ("xİy", "iy", true),
        ] {
            assert_eq!(contains_folded(text, part), expected, "{text} / {part}");
        }
    }

    #[test]
    fn blank_is_unicode_white_space() {
        assert!(is_blank("") && is_blank(" \t\u{a0}\u{2003}"));
        assert!(!is_blank(" x ") && !is_blank("\u{200b}"));
    }
}
