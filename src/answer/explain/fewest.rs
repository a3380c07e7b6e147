//! The fewest rules whose verdicts would have to be others for the segment's to be another.

use crate::criteria::{Part, PartKind, RuleId};

/// The fewest rules that have to turn for a part to come out as `wanted`, in file order; none where
/// it does already. `None` where no rules can bring that about. Of several such sets, that with the
/// earlier rules.
pub fn fewest(part: &Part, wanted: bool, holds: &dyn Fn(RuleId) -> bool) -> Option<Vec<RuleId>> {
    let all = |part: &Part, wanted| -> Option<Vec<RuleId>> {
        let sets = part.parts.iter().map(|part| fewest(part, wanted, holds));
        sets.collect::<Option<Vec<_>>>().map(|sets| sets.concat())
    };
    let any = |part: &Part, wanted| {
        let sets = part.parts.iter().filter_map(|part| fewest(part, wanted, holds));
        sets.min_by_key(Vec::len)
    };
    match part.kind {
        PartKind::Rule(rule) if holds(rule) == wanted => Some(Vec::new()),
        PartKind::Rule(rule) => Some(vec![rule]),
        PartKind::Not => part.parts.first().and_then(|part| fewest(part, !wanted, holds)),
        PartKind::All if wanted => all(part, true),
        PartKind::All => any(part, false),
        PartKind::Any if wanted => any(part, true),
        PartKind::Any => all(part, false),
    }
}

/// What a part comes to, by the verdicts of its rules.
pub fn comes_to(part: &Part, holds: &dyn Fn(RuleId) -> bool) -> bool {
    match part.kind {
        PartKind::Rule(rule) => holds(rule),
        PartKind::All => part.parts.iter().all(|part| comes_to(part, holds)),
        PartKind::Any => part.parts.iter().any(|part| comes_to(part, holds)),
        PartKind::Not => !part.parts.iter().any(|part| comes_to(part, holds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactField;
    use crate::criteria::{Expr, Field, Outline, Test};
    use proptest::prelude::*;

    fn rule(number: u32) -> Expr {
        Expr::Test(RuleId(number), Test::Blank(Field::Contact(ContactField::Email)))
    }

    /// Trees in which each rule stands once.
    fn trees() -> impl Strategy<Value = Expr> {
        let leaf = Just(rule(0));
        let tree = leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Expr::All),
                prop::collection::vec(inner, 0..4).prop_map(Expr::Any),
            ]
        });
        tree.prop_map(|tree| {
            let mut next = 0;
            number(tree, &mut next)
        })
    }

    fn number(expr: Expr, next: &mut u32) -> Expr {
        match expr {
            Expr::All(parts) => Expr::All(parts.into_iter().map(|p| number(p, next)).collect()),
            Expr::Any(parts) => Expr::Any(parts.into_iter().map(|p| number(p, next)).collect()),
            Expr::Not(part) => Expr::Not(Box::new(number(*part, next))),
            Expr::Test(..) => {
                *next += 1;
                rule(*next - 1)
            }
        }
    }

    proptest! {
        /// No smaller set of rules does it: all sets are tried.
        #[test]
        fn the_fewest_turn_it_and_fewer_do_not(tree in trees(), verdicts in any::<u16>()) {
            let outline = Outline::of(&tree);
            let mut rules = 0;
            tree.for_each_test(&mut |_, _| rules += 1);
            prop_assume!(rules <= 10);
            let comes = |verdicts: u16| {
                comes_to(&outline.root, &|rule| verdicts >> rule.0 & 1 == 1)
            };
            for wanted in [true, false] {
                let found = fewest(&outline.root, wanted, &|rule| verdicts >> rule.0 & 1 == 1);
                let turning = (0..1_u16 << rules).filter(|turned| comes(verdicts ^ turned) == wanted);
                let least = turning.map(u16::count_ones).min();
                prop_assert_eq!(found.as_ref().map(|found| found.len() as u32), least);
                if let Some(found) = found {
                    let turned = found.iter().fold(0, |bits, rule| bits | 1 << rule.0);
                    prop_assert_eq!(comes(verdicts ^ turned), wanted);
                }
            }
        }
    }
}
