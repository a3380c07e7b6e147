//! What patterns have in common among engines: white space, and groups rewritten for engines that take one
//! out of a text at a time.

use super::Spelling;

/// Unicode's white space as a class of RE2 and its kin.
pub const RE2_WHITE_SPACE: &str = r"[\p{Z}\t-\r\x{85}]";

/// Unicode's white space, each character by itself, as engines write it in a text with escapes.
pub const WHITE_SPACES: &str = r"\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

/// A pattern whose groups are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The pattern.
    pub pattern: &'static str,
    /// How many groups it has.
    pub groups: usize,
    /// What most texts look like, for engines that take long to find groups.
    pub common: &'static [Fixed],
}

/// Texts of a [`Shape`] whose groups stand at the same places always.
#[derive(Debug, Clone, Copy)]
pub struct Fixed {
    /// What matches them, and no others.
    pub pattern: &'static str,
    /// Where each group stands: its first character, from 1, and how many it has at most before the
    /// end of the text.
    pub places: &'static [(usize, usize)],
}

/// A pattern as a text of an engine whose patterns are RE2's or like them.
pub fn re2(sql: &dyn Spelling, pattern: &str) -> String {
    sql.text(&pattern.replace("{W}", RE2_WHITE_SPACE))
}

/// The pattern with the group of this number as its only one; the others hold parts together only.
pub fn only_group(pattern: &str, number: usize) -> String {
    let mut seen = 0;
    rewritten(pattern, |takes| {
        seen += usize::from(takes);
        if takes && seen == number { "(" } else { "(?:" }
    })
}

/// The pattern without groups that only hold parts together: all of them take something out. With it, the
/// numbers that the others have now.
pub fn all_groups(pattern: &str) -> (String, Vec<usize>) {
    let (mut seen, mut numbers) = (0, Vec::new());
    let pattern = rewritten(pattern, |takes| {
        seen += 1;
        numbers.extend(takes.then_some(seen));
        "("
    });
    (pattern, numbers)
}

/// The pattern with what begins its groups replaced, by whether a group takes something out.
fn rewritten(pattern: &str, mut beginning: impl FnMut(bool) -> &'static str) -> String {
    let mut rewritten = String::with_capacity(pattern.len() + 16);
    let (mut rest, mut in_class) = (pattern, false);
    while let Some(c) = rest.chars().next() {
        let (taken, written) = match c {
            '(' if in_class => ("(", "("),
            '(' if rest.starts_with("(?:") => ("(?:", beginning(false)),
            '(' => ("(", beginning(true)),
            _ => {
                let escaped = if c == '\\' { rest.chars().nth(1) } else { None };
                let length = c.len_utf8() + escaped.map_or(0, char::len_utf8);
                in_class = c == '[' || in_class && c != ']';
                let (one, _) = rest.split_at_checked(length).unwrap_or((rest, ""));
                (one, one)
            }
        };
        rewritten.push_str(written);
        rest = rest.strip_prefix(taken).unwrap_or_default();
    }
    rewritten
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_group_is_left() {
        let pattern = r"^(a)(?:b)[(\]]\((c(d))?$";
        for (number, rewritten) in [
            (1, r"^(a)(?:b)[(\]]\((?:c(?:d))?$"),
            (2, r"^(?:a)(?:b)[(\]]\((c(?:d))?$"),
            (3, r"^(?:a)(?:b)[(\]]\((?:c(d))?$"),
        ] {
            assert_eq!(only_group(pattern, number), rewritten);
        }
    }

    #[test]
    fn all_groups_are_counted() {
        let (pattern, numbers) = all_groups(r"^(a)(?:b(x)?)[(\]]\((c(d))?$");
        assert_eq!(pattern, r"^(a)(b(x)?)[(\]]\((c(d))?$");
        assert_eq!(numbers, [1, 3, 4, 5]);
    }
}
