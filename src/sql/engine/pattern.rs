//! Patterns rewritten for engines that take one group out of a text at a time.

/// The pattern with the group of this number as its only one; the others hold parts together only.
pub fn only_group(pattern: &str, number: usize) -> String {
    let mut rewritten = String::with_capacity(pattern.len() + 16);
    let (mut seen, mut in_class) = (0, false);
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        rewritten.push(c);
        match c {
            '\\' => rewritten.extend(chars.next()),
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class && chars.peek() != Some(&'?') => {
                seen += 1;
                if seen != number {
                    rewritten.push_str("?:");
                }
            }
            _ => {}
        }
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
}
