//! Whether pairs of segments select the same contacts of one run: how many each does, how many only
//! one of the two does, and the first of those.

use crate::contact::{Column, ContactField};
use crate::dump::ContactRow;
use crate::engine::{Outputs, Plan};
use serde::Serialize;

/// How many contacts that differ are kept to be shown.
const EXAMPLES: usize = 5;

/// What a run shows of a pair of segments, the one before and the one after.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Comparison {
    /// Members of the one before.
    pub before: u64,
    /// Members of the one after.
    pub after: u64,
    /// Members of the one before only.
    pub only_before: u64,
    /// Members of the one after only.
    pub only_after: u64,
    /// The first of those in the one before only, by contact id, else by e-mail address.
    pub examples_before: Vec<String>,
    /// The first of those in the one after only.
    pub examples_after: Vec<String>,
}

/// Compares the members of pairs of segments as they are handed over: the segments of a plan two by
/// two, each the one before and the one after.
#[derive(Debug, Default)]
pub struct Pairs {
    pairs: Vec<Comparison>,
    /// The contact at hand: its file and number, and what it is called.
    contact: Option<(String, u64, String)>,
    /// For each pair, whether it is in either.
    sides: Vec<[bool; 2]>,
}

impl Pairs {
    /// So many pairs.
    pub fn new(count: usize) -> Self {
        let pairs = vec![Comparison::default(); count];
        Self { pairs, contact: None, sides: vec![[false; 2]; count] }
    }

    /// What is wanted of each member.
    pub fn wanted() -> Outputs {
        let columns = [ContactField::ContactId, ContactField::Email].map(Column::Contact);
        Outputs { columns: columns.to_vec(), ..Outputs::default() }
    }

    /// Takes a member of a segment of the plan.
    pub fn member(&mut self, plan: &Plan, segment: usize, row: &ContactRow) {
        let is_next = self
            .contact
            .as_ref()
            .is_none_or(|(file, number, _)| *number != row.number() || file != row.file());
        if is_next {
            self.close();
            let called = [0, 1].into_iter().find_map(|at| row.first(plan.output(at)));
            let called = match called {
                Some(called) => called.to_owned(),
                None => format!("{}:{}", row.file(), row.line()),
            };
            self.contact = Some((row.file().to_owned(), row.number(), called));
        }
        if let Some(side) = self.sides.get_mut(segment / 2).and_then(|of| of.get_mut(segment % 2)) {
            *side = true;
        }
    }

    /// What there is to say, when all members have been handed over.
    pub fn finish(mut self) -> Vec<Comparison> {
        self.close();
        self.pairs
    }

    fn close(&mut self) {
        let Some((.., called)) = self.contact.take() else { return };
        for (pair, sides) in self.pairs.iter_mut().zip(&mut self.sides) {
            pair.contact(std::mem::take(sides), &called);
        }
    }
}

impl Comparison {
    fn contact(&mut self, [before, after]: [bool; 2], called: &str) {
        self.before += u64::from(before);
        self.after += u64::from(after);
        let (count, examples) = match (before, after) {
            (true, false) => (&mut self.only_before, &mut self.examples_before),
            (false, true) => (&mut self.only_after, &mut self.examples_after),
            _ => return,
        };
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(called.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_on_one_side_only() {
        let mut seen = Comparison::default();
        for (at, sides) in
            [[true, true], [true, false], [false, false], [false, true], [true, true]]
                .into_iter()
                .enumerate()
        {
            seen.contact(sides, &at.to_string());
        }
        (0..9).for_each(|_| seen.contact([true, false], "x"));
        let counts = (seen.before, seen.after, seen.only_before, seen.only_after);
        assert_eq!(counts, (12, 3, 10, 1));
        assert_eq!(seen.examples_before, ["1", "x", "x", "x", "x"]);
        assert_eq!(seen.examples_after, ["3"]);
    }
}
