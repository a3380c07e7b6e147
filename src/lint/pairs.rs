//! Which rules are worth comparing: those about the same thing, and no more of them than a check that
//! must feel instant can afford.

use super::outline::Item;
use crate::logic::{Claim, Subject};
use hashbrown::HashMap;
use std::cell::Cell;

/// How many pairs of rules are compared in one segment. Beyond that only rules that say the same are
/// found: criteria of that size are made by programs.
const MOST: usize = 20_000;

/// What is left of the pairs that may be compared.
pub(super) struct Budget(Cell<usize>);

impl Budget {
    pub fn new() -> Self {
        Self(Cell::new(MOST))
    }

    /// Takes some; false when there aren't so many left.
    pub fn spend(&self, pairs: usize) -> bool {
        let left = self.0.get().checked_sub(pairs);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// Rules about one thing. Of the rules that ask for one value each no two imply each other, nor do
/// two of those that deny one: so in a long row of `eq` nothing need be compared.
#[derive(Default)]
pub(super) struct Kin<'i, 'a> {
    pub points: Vec<&'i Item<'a>>,
    pub but_points: Vec<&'i Item<'a>>,
    pub others: Vec<&'i Item<'a>>,
}

impl<'i, 'a> Kin<'i, 'a> {
    /// The rules by what they are about; of those that say the same only the first, and none that
    /// nobody can pass.
    pub fn of(items: impl Iterator<Item = &'i Item<'a>>) -> Vec<Self>
    where
        'a: 'i,
    {
        let mut kin: Vec<Self> = Vec::new();
        let mut places: HashMap<&Subject, usize> = HashMap::new();
        let mut known: HashMap<&Claim, usize> = HashMap::new();
        for item in items.filter(|item| !item.hopeless) {
            if known.insert(&item.claim, item.rule).is_some() {
                continue;
            }
            let at = *places.entry(item.claim.subject()).or_insert_with(|| {
                kin.push(Self::default());
                kin.len() - 1
            });
            let Some(kin) = kin.get_mut(at) else { continue };
            if item.claim.is_point() {
                kin.points.push(item);
            } else if item.claim.is_but_a_point() {
                kin.but_points.push(item);
            } else {
                kin.others.push(item);
            }
        }
        kin
    }

    /// The pairs of which one rule can imply the other: all but two points, or two denied ones.
    pub fn pairs(&self) -> impl Iterator<Item = (&'i Item<'a>, &'i Item<'a>)> {
        let others = self.others.iter().enumerate().flat_map(|(at, item)| {
            let rest = self.others.get(at + 1..).unwrap_or(&[]).iter();
            rest.chain(&self.points).chain(&self.but_points).map(move |other| (*item, *other))
        });
        let points = self.points.iter();
        let across = points.flat_map(|item| self.but_points.iter().map(|other| (*item, *other)));
        others.chain(across)
    }
}
