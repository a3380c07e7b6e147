//! Decimal numbers compared exactly, never as floats (`docs/semantics.md`, "Numbers").
//!
//! Blanks around a number are ignored; a sign, digits and a fraction are read, also `.5` and `5.`;
//! there are no exponents and no grouping marks.

use std::cmp::Ordering;
use std::fmt;

/// A number as it stands in some text: borrowed, in canonical parts, ready to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DecimalText<'a> {
    negative: bool,
    /// Digits before the point, without leading zeros.
    whole: &'a str,
    /// Digits after the point, without trailing zeros.
    fraction: &'a str,
}

impl<'a> DecimalText<'a> {
    /// Reads a number; `None` when the text isn't one.
    pub fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !zero, whole, fraction })
    }

    fn magnitude(&self, other: &DecimalText<'_>) -> Ordering {
        (self.whole.len().cmp(&other.whole.len()))
            .then_with(|| self.whole.cmp(other.whole))
            .then_with(|| self.fraction.cmp(other.fraction))
    }

    fn compare(&self, other: &DecimalText<'_>) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl Ord for DecimalText<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other)
    }
}

impl PartialOrd for DecimalText<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A number that owns its digits, as criteria hold it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Decimal {
    /// Reads a number; `None` when the text isn't one.
    pub fn parse(text: &str) -> Option<Self> {
        DecimalText::parse(text).map(|number| Self {
            negative: number.negative,
            whole: number.whole.to_owned(),
            fraction: number.fraction.to_owned(),
        })
    }

    /// The number as borrowed parts.
    pub fn as_text(&self) -> DecimalText<'_> {
        DecimalText { negative: self.negative, whole: &self.whole, fraction: &self.fraction }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_text().cmp(&other.as_text())
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let whole = if self.whole.is_empty() { "0" } else { &self.whole };
        let point = if self.fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{}", self.fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_number() {
        for text in ["0", "-1", "+1", ".5", "5.", " 12.50 ", "-.0", "00012"] {
            assert!(DecimalText::parse(text).is_some(), "{text}");
        }
        for text in ["", " ", ".", "-", "1e3", "1,000", "1 000", "0x1", "--1", "1.2.3", "٣", "NaN"]
        {
            assert!(DecimalText::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn comparison_is_exact() {
        use Ordering::{Equal, Greater, Less};
        for (a, b, expected) in [
            ("1", "1.0", Equal),
            ("-0", "0", Equal),
            ("007", "7.", Equal),
            ("0.1", "0.10000000000000000001", Less),
            ("10", "9.99", Greater),
            ("-10", "-9", Less),
            ("-1", "1", Less),
            ("123456789012345678901234567890", "123456789012345678901234567891", Less),
            (".05", ".5", Less),
        ] {
            let parsed = Decimal::parse(a).zip(Decimal::parse(b));
            assert_eq!(parsed.map(|(a, b)| a.cmp(&b)), Some(expected), "{a} {b}");
        }
    }

    #[test]
    fn prints_canonically() {
        for (text, printed) in [("-007.50", "-7.5"), (".5", "0.5"), ("5.", "5"), ("-0.0", "0")] {
            assert_eq!(Decimal::parse(text).map(|n| n.to_string()).as_deref(), Some(printed));
        }
    }
}
