//! The texts that pass a comparison (`docs/semantics.md`, "Text").

use crate::criteria::{Case, TextOp};
use crate::value::{fold, is_blank};

/// A set of texts: those that pass one comparison.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Pattern {
    op: TextOp,
    /// The operand without case.
    folded: String,
    /// The operand as written, where case counts.
    exact: Option<String>,
}

impl Pattern {
    pub fn new(op: TextOp, operand: &str, case: Case) -> Self {
        let exact = (case == Case::Exact).then(|| operand.to_owned());
        Self { op, folded: fold(operand), exact }
    }

    /// True when only one text passes, case aside.
    pub fn is_point(&self) -> bool {
        self.op == TextOp::Equals
    }

    /// True when every text passes.
    pub fn is_everything(&self) -> bool {
        self.op != TextOp::Equals && self.folded.is_empty()
    }

    /// True when no blank text passes: only white space folds to white space.
    pub fn wants_text(&self) -> bool {
        !is_blank(&self.folded)
    }

    /// True when every text that passes this passes `other`. Folding goes character by character, so
    /// what begins with, contains or equals a text does so without case as well.
    pub fn within(&self, other: &Self) -> bool {
        match (&self.exact, &other.exact) {
            (Some(this), Some(other_text)) => inside(self.op, this, other.op, other_text),
            (_, None) => inside(self.op, &self.folded, other.op, &other.folded),
            (None, Some(_)) => false,
        }
    }

    /// True when no text passes both.
    pub fn excludes(&self, other: &Self) -> bool {
        let both = self.exact.as_deref().zip(other.exact.as_deref());
        both.is_some_and(|(this, that)| apart(self.op, this, other.op, that))
            || apart(self.op, &self.folded, other.op, &other.folded)
    }
}

fn inside(op: TextOp, text: &str, other_op: TextOp, other: &str) -> bool {
    use TextOp::{Contains, Equals, StartsWith};
    match (op, other_op) {
        (Equals, Equals) => text == other,
        (Equals | StartsWith, StartsWith) => text.starts_with(other),
        (_, Contains) => text.contains(other),
        (Contains, StartsWith) => other.is_empty(),
        (StartsWith | Contains, Equals) => false,
    }
}

fn apart(op: TextOp, text: &str, other_op: TextOp, other: &str) -> bool {
    use TextOp::{Contains, Equals, StartsWith};
    match (op, other_op) {
        (Equals, _) => !inside(Equals, text, other_op, other),
        (_, Equals) => !inside(Equals, other, op, text),
        (StartsWith, StartsWith) => !text.starts_with(other) && !other.starts_with(text),
        (Contains, _) | (_, Contains) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TextOp::{Contains, Equals, StartsWith};

    #[test]
    fn inclusion_and_exclusion() {
        let folded = |op, text| Pattern::new(op, text, Case::Ignored);
        let exact = |op, text| Pattern::new(op, text, Case::Exact);
        for (a, b, within, excludes) in [
            (folded(Equals, "MA"), folded(Equals, "ma"), true, false),
            (folded(Equals, "MA"), folded(Equals, "RI"), false, true),
            (folded(Equals, "Director"), folded(StartsWith, "dir"), true, false),
            (folded(Equals, "Director"), folded(Contains, "RECT"), true, false),
            (folded(Equals, "Director"), folded(Contains, "vice"), false, true),
            (folded(StartsWith, "direct"), folded(StartsWith, "dir"), true, false),
            (folded(StartsWith, "dir"), folded(StartsWith, "direct"), false, false),
            (folded(StartsWith, "dir"), folded(StartsWith, "vice"), false, true),
            (folded(StartsWith, "dir"), folded(Contains, "ir"), true, false),
            (folded(StartsWith, "dir"), folded(Contains, "vice"), false, false),
            (folded(Contains, "director"), folded(Contains, "rect"), true, false),
            (folded(Contains, "a"), folded(StartsWith, "a"), false, false),
            (folded(Contains, "a"), folded(StartsWith, ""), true, false),
            (folded(StartsWith, "a"), folded(Equals, "a"), false, false),
            (exact(Equals, "Lei"), exact(Equals, "lei"), false, true),
            (exact(Equals, "Lei"), folded(Contains, "LE"), true, false),
            (exact(Equals, "Lei"), folded(Contains, "x"), false, true),
            (folded(Equals, "Lei"), exact(Equals, "Lei"), false, false),
            (folded(Equals, "İX"), folded(Equals, "ix"), true, false),
        ] {
            assert_eq!(a.within(&b), within, "{a:?} within {b:?}");
            assert_eq!(a.excludes(&b), excludes, "{a:?} / {b:?}");
            assert_eq!(b.excludes(&a), excludes, "{b:?} / {a:?}");
        }
    }
}
