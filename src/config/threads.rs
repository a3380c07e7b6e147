//! How many threads may be asked for.

use std::num::NonZero;

/// More than any machine has use for; systems refuse to begin very many.
const MOST: usize = 1024;

/// The number of threads that a text says.
///
/// # Errors
///
/// It says none, or too many.
pub fn threads_named(text: &str) -> Result<NonZero<usize>, String> {
    let number = text.trim().parse::<NonZero<usize>>().ok();
    number
        .filter(|number| number.get() <= MOST)
        .ok_or_else(|| format!("`{text}` is no number of threads; write one from 1 to {MOST}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_least_and_not_too_many() {
        for (text, expected) in [
            ("1", Some(1)),
            ("1024", Some(1024)),
            ("0", None),
            ("1025", None),
            ("-1", None),
            ("all", None),
            ("", None),
        ] {
            let named = threads_named(text).ok().map(NonZero::get);
            assert_eq!(named, expected, "{text}");
        }
    }
}
