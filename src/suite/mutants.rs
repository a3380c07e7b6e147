//! The changes of a segment that its tests ought to notice: each rule dropped, turned into its
//! opposite, and changed by the smallest step; each group that asks for all of its parts asking for
//! one, and the other way round (`docs/tests.md`, "Coverage").

use super::bounds::{CHANGES, Change};
use crate::criteria::{Expr, Outline, Part, PartKind, RuleId};
use hashbrown::HashSet;

/// A segment changed in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The rules that the change concerns: one, or of a group all of its rules.
    pub rules: Vec<RuleId>,
    /// What was changed, in words: `dropped`, `500 → 501`.
    pub change: String,
    /// The condition after the change.
    pub expr: Expr,
}

/// All changes of a condition, in the order of its rules, a group before what is in it. Of several
/// that come to the same condition only the first is there.
pub fn mutants(expr: &Expr) -> Vec<Mutant> {
    let outline = Outline::of(expr);
    let mut all: Vec<Mutant> = Vec::new();
    let mut known: HashSet<Expr> = HashSet::new();
    known.insert(outline.root.expr.clone());
    for part in outline.parts() {
        let rules = rules_of(part);
        let changed = match part.kind {
            PartKind::Rule(_) => changes_of_rule(&outline, part),
            PartKind::All if part.parts.len() > 1 => {
                let any = with(&outline.root, part.number, &|part| Expr::Any(inner(part)));
                vec![("all of these → any of these".to_owned(), any)]
            }
            PartKind::Any if part.parts.len() > 1 => {
                let every = with(&outline.root, part.number, &|part| Expr::All(inner(part)));
                vec![("any of these → all of these".to_owned(), every)]
            }
            PartKind::All | PartKind::Any | PartKind::Not => Vec::new(),
        };
        for (change, expr) in changed {
            if known.insert(expr.clone()) {
                all.push(Mutant { rules: rules.clone(), change, expr });
            }
        }
    }
    all
}

fn changes_of_rule(outline: &Outline, rule: &Part) -> Vec<(String, Expr)> {
    let mut changed = vec![
        ("dropped".to_owned(), outline.without(rule.number)),
        ("negated".to_owned(), with(&outline.root, rule.number, &|part| opposite(&part.expr))),
    ];
    for &change in CHANGES {
        let mut said = None;
        let expr = change_tests(&rule.expr, change, &mut said);
        if let Some(said) = said {
            changed.push((said, with(&outline.root, rule.number, &|_| expr.clone())));
        }
    }
    changed
}

/// All rules of a part.
fn rules_of(part: &Part) -> Vec<RuleId> {
    let mut rules = Vec::new();
    part.visit(&mut |part| rules.extend(part.rule()));
    rules
}

fn opposite(expr: &Expr) -> Expr {
    match expr {
        Expr::Not(part) => (**part).clone(),
        expr => Expr::Not(Box::new(expr.clone())),
    }
}

/// The parts of a group as they are.
fn inner(part: &Part) -> Vec<Expr> {
    part.parts.iter().map(|part| part.expr.clone()).collect()
}

/// The condition with one of its parts made anew.
fn with(part: &Part, number: usize, make: &dyn Fn(&Part) -> Expr) -> Expr {
    if part.number == number {
        return make(part);
    }
    let inner = || part.parts.iter().map(|part| with(part, number, make)).collect();
    match part.kind {
        PartKind::Rule(_) => part.expr.clone(),
        PartKind::All => Expr::All(inner()),
        PartKind::Any => Expr::Any(inner()),
        PartKind::Not => match part.parts.first() {
            Some(only) => Expr::Not(Box::new(with(only, number, make))),
            None => part.expr.clone(),
        },
    }
}

/// A rule may take several tests; what holds for one of them holds for all, so all are changed.
fn change_tests(expr: &Expr, change: Change, said: &mut Option<String>) -> Expr {
    let mut all = |parts: &[Expr]| -> Vec<Expr> {
        parts.iter().map(|part| change_tests(part, change, said)).collect()
    };
    match expr {
        Expr::All(parts) => Expr::All(all(parts)),
        Expr::Any(parts) => Expr::Any(all(parts)),
        Expr::Not(part) => Expr::Not(Box::new(change_tests(part, change, said))),
        Expr::Test(rule, test) => match change.apply(test) {
            Some((changed, words)) => {
                said.get_or_insert(words);
                Expr::Test(*rule, changed)
            }
            None => expr.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactField;
    use crate::criteria::{Case, Field, Test, TextOp};

    fn rule(number: u32, text: &str) -> Expr {
        let field = Field::Contact(ContactField::State);
        Expr::Test(RuleId(number), Test::Text(field, TextOp::Equals, text.into(), Case::Ignored))
    }

    fn shown(expr: &Expr) -> Vec<String> {
        let line = |mutant: Mutant| {
            let rules: Vec<String> = mutant.rules.iter().map(|rule| rule.0.to_string()).collect();
            format!("{} {}: {}", rules.join(","), mutant.change, mutant.expr)
        };
        mutants(expr).into_iter().map(line).collect()
    }

    #[test]
    fn every_rule_and_group_is_changed() {
        let both = Expr::All(vec![
            rule(0, "a"),
            Expr::Any(vec![rule(1, "b"), Expr::Not(Box::new(rule(2, "c")))]),
        ]);
        assert_eq!(
            shown(&both),
            [
                r#"0,1,2 all of these → any of these: (state is "a" or (state is "b" or not state is "c"))"#,
                r#"0 dropped: ((state is "b" or not state is "c"))"#,
                r#"0 negated: (not state is "a" and (state is "b" or not state is "c"))"#,
                r#"0 "a" → "ax": (state is "ax" and (state is "b" or not state is "c"))"#,
                r#"1,2 any of these → all of these: (state is "a" and (state is "b" and not state is "c"))"#,
                r#"1 dropped: (state is "a" and (not state is "c"))"#,
                r#"1 negated: (state is "a" and (not state is "b" or not state is "c"))"#,
                r#"1 "b" → "bx": (state is "a" and (state is "bx" or not state is "c"))"#,
                r#"2 dropped: (state is "a" and (state is "b"))"#,
                r#"2 negated: (state is "a" and (state is "b" or state is "c"))"#,
                r#"2 "c" → "cx": (state is "a" and (state is "b" or not state is "cx"))"#,
            ]
        );
    }

    #[test]
    fn all_tests_of_a_rule_are_changed_alike() {
        let twice = Expr::All(vec![rule(0, "a"), Expr::Not(Box::new(rule(0, "a")))]);
        let changed = shown(&Expr::Any(vec![twice]));
        assert_eq!(
            changed,
            [
                "0 dropped: everyone",
                r#"0 negated: not (state is "a" and not state is "a")"#,
                r#"0 "a" → "ax": (state is "ax" and not state is "ax")"#,
            ]
        );
        assert!(shown(&Expr::All(vec![])).is_empty());
    }
}
