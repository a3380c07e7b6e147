//! Changes to a text, put into effect together.

use super::Span;

/// Replaces the characters of each span by the text beside it; the text that comes of it, and how
/// many edits took effect.
///
/// Edits that overlap can't all be right about what they replace: of these the one that begins first
/// takes effect, and of those that begin together the shortest; the same edit twice is one. The others
/// are left out, and so is what lies outside the text or cuts a character. Two edits that insert at
/// one place overlap too: which comes first isn't said.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = (Span, &'e str)>) -> (String, usize) {
    let mut edits: Vec<(Span, &str)> = edits.into_iter().collect();
    edits.sort_by_key(|(span, _)| *span);
    edits.dedup();
    let (mut out, mut applied, mut done) = (String::with_capacity(text.len()), 0, 0);
    let mut last: Option<Span> = None;
    for (span, replacement) in edits {
        let apart = last.is_none_or(|last| span.start >= last.end && span.start > last.start);
        let untouched = text.get(done..span.start).filter(|_| apart);
        let (Some(untouched), Some(_)) = (untouched, text.get(span.start..span.end)) else {
            continue;
        };
        out.push_str(untouched);
        out.push_str(replacement);
        (applied, done, last) = (applied + 1, span.end, Some(span));
    }
    out.push_str(text.get(done..).unwrap_or(""));
    (out, applied)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn edits_that_overlap_wait() {
        for (edits, expected) in [
            (vec![(0, 1, "A"), (3, 4, "")], ("Aéc", 2)),
            (vec![(2, 4, "x"), (0, 3, "y")], ("ybc", 1)),
            (vec![(0, 3, "y"), (0, 1, "A")], ("Aébc", 1)),
            (vec![(1, 1, "1"), (1, 1, "2")], ("a1ébc", 1)),
            (vec![(1, 1, "1"), (1, 1, "1")], ("a1ébc", 1)),
            (vec![(0, 1, "A"), (1, 1, "!")], ("A!ébc", 2)),
            (vec![(2, 3, "x"), (9, 9, "x"), (4, 9, "x")], ("aébc", 0)),
        ] {
            let spans =
                edits.iter().map(|&(start, end, text): &(_, _, &str)| (Span { start, end }, text));
            let (text, applied) = apply("aébc", spans);
            assert_eq!((text.as_str(), applied), expected, "{edits:?}");
        }
    }

    proptest! {
        #[test]
        fn any_edits_end_in_a_text(
            text in "[aé\u{1F600}]{0,12}",
            edits in prop::collection::vec((0..60usize, 0..60usize, "[x-z]{0,3}"), 0..6),
        ) {
            let spans = || edits.iter().map(|(start, end, new)| {
                (Span { start: *start, end: *end }, new.as_str())
            });
            let (out, applied) = apply(&text, spans());
            prop_assert!(applied <= edits.len());
            prop_assert!(applied > 0 || out == text);
            // What takes effect first keeps nothing of itself to be done again.
            let one = spans().next().map(|edit| apply(&text, [edit]));
            if let Some((out, 1)) = one {
                let (span, new) = spans().next().unwrap();
                let expected = format!("{}{new}{}", &text[..span.start], &text[span.end..]);
                prop_assert_eq!(out, expected);
            }
        }
    }
}
