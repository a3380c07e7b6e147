//! Which rules are responsible for a verdict, and for its change.

use crate::answer::bits::Bits;
use crate::criteria::{Part, PartKind};

/// What each rule of a segment comes to for a contact, by the numbers of the parts of its outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdicts(pub Bits);

impl Verdicts {
    fn holds(&self, part: &Part) -> bool {
        match part.kind {
            PartKind::Rule(_) => self.0.has(part.number),
            PartKind::All => part.parts.iter().all(|part| self.holds(part)),
            PartKind::Any => part.parts.iter().any(|part| self.holds(part)),
            PartKind::Not => part.parts.iter().all(|part| !self.holds(part)),
        }
    }
}

/// The rules whose verdict changed, and with it that of every group around them. A rule that changed in
/// a group that came out as before is no cause.
pub(super) fn changed(part: &Part, before: &Verdicts, after: &Verdicts, rules: &mut Vec<u32>) {
    if before.holds(part) == after.holds(part) {
        return;
    }
    match part.kind {
        PartKind::Rule(rule) => rules.push(rule.0 + 1),
        _ => part.parts.iter().for_each(|part| changed(part, before, after, rules)),
    }
}

/// The rules that make a part come out as it does: of an and that fails, those that fail it; of an or
/// that fails, all of them.
pub(super) fn responsible(part: &Part, verdicts: &Verdicts, rules: &mut Vec<u32>) {
    let verdict = verdicts.holds(part);
    match part.kind {
        PartKind::Rule(rule) => rules.push(rule.0 + 1),
        PartKind::Not => part.parts.iter().for_each(|part| responsible(part, verdicts, rules)),
        PartKind::All | PartKind::Any => {
            let as_group = part.parts.iter().filter(|part| verdicts.holds(part) == verdict);
            as_group.for_each(|part| responsible(part, verdicts, rules));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactField;
    use crate::criteria::{Expr, Field, Outline, RuleId, Test};

    fn rule(number: u32) -> Expr {
        let field = Field::Contact(ContactField::ALL[number as usize]);
        Expr::Test(RuleId(number), Test::Blank(field))
    }

    fn verdicts(outline: &Outline, holding: &[u32]) -> Verdicts {
        let parts = outline.parts();
        let mut bits = Bits::none_of(parts.len());
        for part in parts {
            if part.rule().is_some_and(|rule| holding.contains(&(rule.0 + 1))) {
                bits.put(part.number);
            }
        }
        Verdicts(bits)
    }

    #[test]
    fn causes() {
        // Rules 1 and (2 or (3 and 4)) and not 5.
        let both = Expr::All(vec![rule(2), rule(3)]);
        let expr = Expr::All(vec![
            rule(0),
            Expr::Any(vec![rule(1), both]),
            Expr::Not(Box::new(Expr::Any(vec![rule(4), rule(5)]))),
        ]);
        let outline = Outline::of(&expr);
        for (before, after, changes, keep_out) in [
            (&[1, 2][..], &[2][..], &[1][..], &[1][..]),
            (&[1, 2], &[], &[1, 2], &[1, 2, 3, 4]),
            // Rule 3 changed as well, in a group that failed before.
            (&[1, 2, 3], &[1], &[2], &[2, 3, 4]),
            (&[1, 3, 4], &[1, 3], &[4], &[2, 4]),
            (&[1, 2], &[1, 2, 6], &[6], &[6]),
        ] {
            let (then, now) = (verdicts(&outline, before), verdicts(&outline, after));
            assert!(then.holds(&outline.root) && !now.holds(&outline.root), "{before:?} {after:?}");
            let mut rules = Vec::new();
            changed(&outline.root, &then, &now, &mut rules);
            assert_eq!(rules, changes, "{before:?} {after:?}");
            rules.clear();
            changed(&outline.root, &now, &then, &mut rules);
            assert_eq!(rules, changes, "{after:?} {before:?}");
            rules.clear();
            responsible(&outline.root, &now, &mut rules);
            assert_eq!(rules, keep_out, "{after:?}");
        }
    }
}
