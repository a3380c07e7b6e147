//! Groups without what says nothing in them, and the rules that are no longer there.

use super::fit::{Item, Loss, rules_of};
use super::normal::{Groups, Literal, plain};
use crate::criteria::{Expr, RuleId, Test};

/// Groups without what is there twice, and without those that always hold.
pub(super) fn tidied(groups: Groups<Item>) -> Groups<Item> {
    let mut tidy: Groups<Item> = Vec::new();
    let says = |group: &[Item], item: &Item| {
        group.iter().any(|known| {
            known.literal.positive == item.literal.positive
                && known.literal.test == item.literal.test
        })
    };
    for group in groups {
        let mut items: Vec<Item> = Vec::new();
        for item in group {
            if !says(&items, &item) {
                items.push(item);
            }
        }
        let always = items.iter().enumerate().any(|(at, item)| {
            items.iter().skip(at + 1).any(|other| item.literal.is_opposite(&other.literal))
        });
        let known = tidy
            .iter()
            .any(|known| known.len() == items.len() && items.iter().all(|item| says(known, item)));
        if !always && !known {
            tidy.push(items);
        }
    }
    tidy
}

/// True for a condition that everyone passes by its form alone.
pub(super) fn plain_everyone(expr: &Expr) -> bool {
    let always = |group: &Vec<Literal>| {
        group.iter().any(|literal| group.iter().any(|other| literal.is_opposite(other)))
    };
    plain(expr).is_some_and(|groups| groups.iter().all(always))
}

/// The rules of which something was lost.
fn lost_rules(losses: &[Loss]) -> Vec<RuleId> {
    let mut rules: Vec<RuleId> = losses.iter().flat_map(|loss| loss.rules.clone()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// The rules that don't stand in the groups any more, though nothing is said against them.
pub(super) fn gone_with(expr: &Expr, groups: &Groups<Item>, losses: &[Loss]) -> Vec<RuleId> {
    let kept = rules_of(groups.iter().flatten());
    let lost = lost_rules(losses);
    let mut gone = Vec::new();
    let said = |test: &Test| groups.iter().flatten().any(|item| item.literal.test == *test);
    expr.for_each_test(&mut |rule, test| {
        if !losses.is_empty()
            && !kept.contains(&rule)
            && !said(test)
            && !lost.contains(&rule)
            && !gone.contains(&rule)
        {
            gone.push(rule);
        }
    });
    gone
}
