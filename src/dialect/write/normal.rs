//! The form that all dialects share: rules or their opposites, joined by or, and such groups joined
//! by and.

use crate::criteria::{Expr, RuleId, Test};

/// The most rules that a segment in normal form may have. What needs more is refused: no vendor would
/// take it, and nobody could read it.
pub(super) const MOST: usize = 2_000;

/// A test or its opposite, and the rule that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::dialect) struct Literal {
    /// The rule of the segment that is written.
    pub rule: RuleId,
    /// Whether the test holds, or doesn't.
    pub positive: bool,
    /// What is asked.
    pub test: Test,
}

impl Literal {
    /// The condition that it is.
    pub fn expr(&self) -> Expr {
        let test = Expr::Test(self.rule, self.test.clone());
        if self.positive { test } else { Expr::Not(Box::new(test)) }
    }

    /// True for two that say the opposite of each other.
    pub fn is_opposite(&self, other: &Self) -> bool {
        self.positive != other.positive && self.test == other.test
    }
}

/// Groups joined by and, in each of them parts joined by or. Without a group everyone passes, with
/// a group without parts nobody.
pub(in crate::dialect) type Groups<T> = Vec<Vec<T>>;

/// The condition, or its opposite where `positive` is false, in normal form; `take` says what stands
/// for each literal. `None` where it would have more than [`MOST`] rules.
pub(super) fn groups<T: Clone>(
    expr: &Expr,
    positive: bool,
    take: &mut impl FnMut(Literal) -> Groups<T>,
) -> Option<Groups<T>> {
    let (parts, all) = match expr {
        Expr::Test(rule, test) => {
            return Some(take(Literal { rule: *rule, positive, test: test.clone() }));
        }
        Expr::Not(part) => return groups(part, !positive, take),
        Expr::All(parts) => (parts, positive),
        Expr::Any(parts) => (parts, !positive),
    };
    // Every part is looked at, also where the answer is clear, since each has something to say.
    let parts: Vec<_> = parts.iter().map(|part| groups(part, positive, take)).collect();
    let parts: Vec<Groups<T>> = parts.into_iter().collect::<Option<_>>()?;
    if all {
        let joined: Groups<T> = parts.into_iter().flatten().collect();
        return (size(&joined) <= MOST).then_some(joined);
    }
    let mut product: Groups<T> = vec![Vec::new()];
    for part in parts {
        let pairs = product.iter().flat_map(|left| part.iter().map(move |right| (left, right)));
        let mut joined = Vec::new();
        let mut count = 0;
        for (left, right) in pairs {
            count += left.len() + right.len();
            if count > MOST {
                return None;
            }
            joined.push(left.iter().chain(right).cloned().collect());
        }
        product = joined;
    }
    Some(product)
}

/// How many rules there are in all.
pub(super) fn size<T>(groups: &Groups<T>) -> usize {
    groups.iter().map(Vec::len).sum()
}

/// The literals of a condition in normal form, as they stand.
pub(super) fn plain(expr: &Expr) -> Option<Groups<Literal>> {
    groups(expr, true, &mut |literal| vec![vec![literal]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactField;
    use crate::criteria::Field;

    fn rule(number: u32) -> Expr {
        Expr::Test(RuleId(number), Test::Blank(Field::Contact(ContactField::Email)))
    }

    fn shown(expr: &Expr) -> Option<String> {
        let said = |literal: &Literal| {
            format!("{}{}", if literal.positive { "" } else { "-" }, literal.rule.0)
        };
        let groups = plain(expr)?;
        let groups = groups.iter().map(|group| group.iter().map(said).collect::<Vec<_>>());
        Some(groups.map(|group| group.join("|")).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn ands_of_ors() {
        use Expr::{All, Any};
        let not = |expr| Expr::Not(Box::new(expr));
        for (expr, expected) in [
            (rule(1), "1"),
            (All(vec![]), ""),
            (not(rule(1)), "-1"),
            (All(vec![rule(1), All(vec![rule(2), Any(vec![rule(3), rule(4)])])]), "1 2 3|4"),
            (Any(vec![rule(1), All(vec![rule(2), rule(3)])]), "1|2 1|3"),
            (not(Any(vec![rule(1), not(All(vec![rule(2), rule(3)]))])), "-1 2 3"),
            (Any(vec![rule(1), All(vec![])]), ""),
            (Any(vec![rule(1), Any(vec![])]), "1"),
        ] {
            assert_eq!(shown(&expr).as_deref(), Some(expected), "{expr}");
        }
        let pair = |at| All(vec![rule(at), rule(at + 1)]);
        let wide = Any((0..20).map(|at| pair(2 * at)).collect());
        assert_eq!(plain(&wide), None);
    }
}
