//! "Did you mean …?"

use crate::value::fold;

/// The candidate nearest to `word` by edit distance, case aside, if it is near enough to be meant:
/// a third of the word's length, at least one edit, swapped neighbours counting as one.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(word, candidates, (word.chars().count() / 3).max(1))
}

/// The candidate nearest to `word`, case aside, that is at most `limit` edits away.
pub fn nearest_within<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
    limit: usize,
) -> Option<&'a str> {
    let word: Vec<char> = fold(word).chars().collect();
    if word.is_empty() {
        return None;
    }
    candidates
        .map(|candidate| (fold(candidate).chars().collect::<Vec<char>>(), candidate))
        // Each letter too many or too few is an edit, so the rest needn't be measured.
        .filter(|(letters, _)| letters.len().abs_diff(word.len()) <= limit)
        .map(|(letters, candidate)| (distance(&word, &letters), candidate))
        .filter(|&(edits, _)| edits <= limit)
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, candidate)| candidate)
}

/// Edits (insert, delete, replace, swap of neighbours) that lead from one word to the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let cost = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = (cost(&last, j) + usize::from(x != y))
                .min(cost(&last, j + 1) + 1)
                .min(cost(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(cost(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_near_to_nothing() {
        assert_eq!(nearest("", ["<", ">"].into_iter()), None);
    }

    #[test]
    fn near_words_are_found() {
        let words = ["EQUALS", "NOT_EQUALS", "CONTAINS", "state"];
        for (word, expected) in [
            ("equals", Some("EQUALS")),
            ("EQAULS", Some("EQUALS")),
            ("CONTAIN", Some("CONTAINS")),
            ("stat", Some("state")),
            ("XYZ", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words.iter().copied()), expected, "{word}");
        }
    }
}
