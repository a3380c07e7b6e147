//! Ranges of an ordered kind of value: numbers, days, days of the year, instants.
//!
//! Ends are kept as cuts between values, so that open and closed ends need no cases: a range holds
//! what lies between its two cuts. For what comes in steps, the cut behind one day is the cut before
//! the next; between two decimal numbers there is always a third.

use crate::criteria::Comparison;

/// What lies between two cuts; without one, there is no end on that side.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Range<C> {
    pub from: Option<C>,
    pub to: Option<C>,
}

impl<C: Ord + Clone> Range<C> {
    /// The values that pass a comparison; `before` and `after` give the cuts around a value.
    pub fn of<T>(
        comparison: &Comparison<T>,
        before: impl Fn(&T) -> C,
        after: impl Fn(&T) -> C,
    ) -> Self {
        let (from, to) = match comparison {
            Comparison::Equal(at) => (Some(before(at)), Some(after(at))),
            Comparison::Less(end) => (None, Some(before(end))),
            Comparison::LessOrEqual(end) => (None, Some(after(end))),
            Comparison::Greater(start) => (Some(after(start)), None),
            Comparison::GreaterOrEqual(start) => (Some(before(start)), None),
            Comparison::Between(start, end) => (Some(before(start)), Some(after(end))),
        };
        Self { from, to }
    }

    /// The part inside two cuts.
    pub fn clamped(self, from: C, to: C) -> Self {
        self.and(&Self { from: Some(from), to: Some(to) })
    }

    /// True when nothing lies between the cuts.
    pub fn is_empty(&self) -> bool {
        matches!((&self.from, &self.to), (Some(from), Some(to)) if from >= to)
    }

    /// True when all of it lies in `other`.
    pub fn within(&self, other: &Self) -> bool {
        self.is_empty() || (begins_by(&other.from, &self.from) && ends_by(&self.to, &other.to))
    }

    /// What lies in both.
    pub fn and(&self, other: &Self) -> Self {
        let from = if begins_by(&self.from, &other.from) { &other.from } else { &self.from };
        let to = if ends_by(&self.to, &other.to) { &self.to } else { &other.to };
        Self { from: from.clone(), to: to.clone() }
    }

    /// True when every value of it lies in one of `others` at least.
    pub fn covered_by<'a>(&self, others: impl Iterator<Item = &'a Self>) -> bool
    where
        C: 'a,
    {
        if self.is_empty() {
            return true;
        }
        let mut others: Vec<&Self> = others.filter(|other| !other.is_empty()).collect();
        others.sort_by(|a, b| a.from.cmp(&b.from));
        // `None` is the least of the options, as an open beginning should be.
        let mut covered_to = self.from.clone();
        for other in others {
            if !begins_by(&other.from, &covered_to) {
                return false;
            }
            if other.to.is_none() {
                return true;
            }
            covered_to = covered_to.max(other.to.clone());
            if ends_by(&self.to, &covered_to) {
                return true;
            }
        }
        false
    }
}

/// Whether a range that begins at `a` has begun where one begins at `b`.
fn begins_by<C: Ord>(a: &Option<C>, b: &Option<C>) -> bool {
    match (a, b) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(a), Some(b)) => a <= b,
    }
}

/// Whether a range that ends at `a` has ended where one ends at `b`.
fn ends_by<C: Ord>(a: &Option<C>, b: &Option<C>) -> bool {
    match (a, b) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(a), Some(b)) => a <= b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: Option<i64>, to: Option<i64>) -> Range<i64> {
        Range { from, to }
    }

    #[test]
    fn inclusion() {
        for (a, b, within) in [
            (range(Some(1), Some(3)), range(Some(1), Some(3)), true),
            (range(Some(1), Some(3)), range(None, Some(3)), true),
            (range(None, Some(3)), range(Some(1), Some(3)), false),
            (range(Some(1), None), range(Some(1), Some(9)), false),
            (range(Some(5), Some(2)), range(Some(8), Some(9)), true),
            (range(None, None), range(None, None), true),
        ] {
            assert_eq!(a.within(&b), within, "{a:?} {b:?}");
        }
    }

    #[test]
    fn covering_by_several() {
        let parts = [range(Some(4), None), range(None, Some(2)), range(Some(1), Some(4))];
        let all = range(None, None);
        assert!(all.covered_by(parts.iter()));
        assert!(!all.covered_by(parts.iter().take(2)));
        assert!(range(Some(1), Some(3)).covered_by(parts.iter().skip(1)));
        assert!(!range(Some(1), Some(5)).covered_by(parts.iter().skip(1)));
        assert!(!range(Some(1), Some(5)).covered_by(std::iter::empty()));
        // An open beginning isn't covered by what ends before it could matter.
        assert!(!range(None, Some(0)).covered_by([range(Some(-5), Some(0))].iter()));
    }
}
