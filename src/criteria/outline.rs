//! A segment as a tree of rules: what people see of it, and what can be taken away part by part.
//!
//! An [`Expr`] says how rules are tested, which may take several tests for one rule. In an outline each
//! rule is one leaf, whatever it takes, and a group of a single part is that part.

use super::{Expr, RuleId};

/// The rules of a segment and how they are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The whole.
    pub root: Part,
}

/// A rule or a group of the segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its number: all parts are counted from 0, a group before what is in it.
    pub number: usize,
    /// What it asks by itself.
    pub expr: Expr,
    /// What kind of part it is.
    pub kind: PartKind,
    /// Of a group, its parts in file order.
    pub parts: Vec<Self>,
}

/// What a part of a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// All parts hold; without any, everyone passes.
    All,
    /// At least one part holds; without any, nobody passes.
    Any,
    /// The only part doesn't hold.
    Not,
    /// A rule.
    Rule(RuleId),
}

impl Outline {
    /// The outline of a condition.
    pub fn of(expr: &Expr) -> Self {
        let mut count = 0;
        Self { root: Part::of(expr, &mut count) }
    }

    /// All parts, each group before what is in it: the whole comes first.
    pub fn parts(&self) -> Vec<&Part> {
        let mut parts = Vec::new();
        self.root.visit(&mut |part| parts.push(part));
        parts
    }

    /// The condition without one of its parts. What stands beside it is left as it is; a group that
    /// would be empty goes with it, and without the whole everyone passes.
    pub fn without(&self, number: usize) -> Expr {
        self.root.without(number).unwrap_or(Expr::All(Vec::new()))
    }
}

impl Part {
    fn of(expr: &Expr, count: &mut usize) -> Self {
        // A group of one is no group of its own.
        let mut whole = expr;
        while let Expr::All(parts) | Expr::Any(parts) = whole
            && let [only] = parts.as_slice()
        {
            whole = only;
        }
        let number = *count;
        *count += 1;
        let (kind, inner): (_, &[Expr]) = match (rule_of(whole), whole) {
            (Some(rule), _) => (PartKind::Rule(rule), &[]),
            (None, Expr::All(parts)) => (PartKind::All, parts),
            (None, Expr::Any(parts)) => (PartKind::Any, parts),
            (None, Expr::Not(part)) => (PartKind::Not, std::slice::from_ref(&**part)),
            (None, Expr::Test(rule, _)) => (PartKind::Rule(*rule), &[]),
        };
        let parts = inner.iter().map(|part| Self::of(part, count)).collect();
        Self { number, expr: whole.clone(), kind, parts }
    }

    /// The rule that it is, if it is one.
    pub fn rule(&self) -> Option<RuleId> {
        match self.kind {
            PartKind::Rule(rule) => Some(rule),
            _ => None,
        }
    }

    /// Hands over this part and all within it.
    pub fn visit<'a>(&'a self, take: &mut impl FnMut(&'a Self)) {
        take(self);
        self.parts.iter().for_each(|part| part.visit(take));
    }

    fn without(&self, number: usize) -> Option<Expr> {
        if self.number == number {
            return None;
        }
        let inner =
            || -> Vec<Expr> { self.parts.iter().filter_map(|part| part.without(number)).collect() };
        let emptied = |parts: &[Expr]| parts.is_empty() && !self.parts.is_empty();
        match self.kind {
            PartKind::Rule(_) => Some(self.expr.clone()),
            PartKind::All => Some(inner()).filter(|parts| !emptied(parts)).map(Expr::All),
            PartKind::Any => Some(inner()).filter(|parts| !emptied(parts)).map(Expr::Any),
            PartKind::Not => inner().pop().map(|part| Expr::Not(Box::new(part))),
        }
    }
}

/// The rule that all tests of a condition come from, if there is just one.
fn rule_of(expr: &Expr) -> Option<RuleId> {
    let (mut first, mut several) = (None, false);
    expr.for_each_test(&mut |rule, _| several |= *first.get_or_insert(rule) != rule);
    first.filter(|_| !several)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactField;
    use crate::criteria::{Field, Test};

    fn rule(number: u32) -> Expr {
        Expr::Test(RuleId(number), Test::Blank(Field::Contact(ContactField::ALL[number as usize])))
    }

    #[test]
    fn parts_can_be_taken_away() {
        let twice = Expr::All(vec![rule(3), Expr::Not(Box::new(rule(3)))]);
        let expr = Expr::All(vec![
            Expr::Any(vec![rule(0)]),
            Expr::Any(vec![rule(1), rule(2)]),
            Expr::Any(vec![twice.clone()]),
        ]);
        let outline = Outline::of(&expr);
        let kinds: Vec<_> = outline.parts().iter().map(|part| part.kind).collect();
        let of = |number| PartKind::Rule(RuleId(number));
        assert_eq!(kinds, [PartKind::All, of(0), PartKind::Any, of(1), of(2), of(3)]);
        for (number, expected) in [
            (0, Expr::All(vec![])),
            (1, Expr::All(vec![Expr::Any(vec![rule(1), rule(2)]), twice.clone()])),
            (2, Expr::All(vec![rule(0), twice.clone()])),
            (3, Expr::All(vec![rule(0), Expr::Any(vec![rule(2)]), twice])),
        ] {
            assert_eq!(outline.without(number), expected, "{number}");
        }
        let one = Outline::of(&Expr::All(vec![rule(0)]));
        assert_eq!(one.root.kind, of(0));
        assert_eq!(one.without(0), Expr::All(vec![]));
        let none = Outline::of(&Expr::All(vec![]));
        assert_eq!((none.root.kind, none.without(7)), (PartKind::All, Expr::All(vec![])));
    }
}
