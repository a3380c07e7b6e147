//! How segments stand to each other: proved from their rules, or so in the contacts at hand.

use super::Counts;
use crate::contact::ContactField;
use crate::criteria::Segment;
use crate::engine::looked_at::limits;
use crate::engine::{MissingColumns, Options};
use crate::logic::{Comparer, Grade, Limited, Setting};

/// How two segments stand to each other, or one to all contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Nobody is in it.
    Nobody,
    /// Everybody whom it looks at is in it.
    Everybody,
    /// Both have the same members.
    Same,
    /// All members of the first are members of the second.
    Inside,
    /// No contact is in both.
    Apart,
}

impl Kind {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Everybody => "everybody",
            Self::Same => "same",
            Self::Inside => "inside",
            Self::Apart => "apart",
        }
    }
}

/// Something that is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// What.
    pub kind: Kind,
    /// The number of the segment that it is about.
    pub a: usize,
    /// The number of the other, where it is about two.
    pub b: Option<usize>,
    /// Whether the rules prove it, and how far the proof reaches.
    pub proof: Option<Grade>,
    /// Whether it is so among the contacts, where there were some. Only a proof that doesn't reach
    /// contacts with several values can be of something that isn't.
    pub in_data: Option<bool>,
}

/// All that was found.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// What is so: what is about one segment, then by pairs, in the order of the segments.
    pub found: Vec<Relation>,
    /// True when some proofs weren't looked for, since there was too much to compare.
    pub given_up: bool,
}

impl Relations {
    /// Looks for proofs, and for what is so by the counts where there are some. `tells` says whether
    /// the contacts have a field; without contacts it doesn't know.
    pub fn of(
        segments: &[&Segment],
        options: &Options,
        counts: Option<&Counts>,
        tells: impl Fn(ContactField) -> Option<bool>,
    ) -> Self {
        let limited = segments.iter().map(|segment| Limited {
            expr: &segment.expr,
            limits: limits(&segment.scope, options, &tells),
        });
        let limited: Vec<_> = limited.collect();
        let refuses = options.missing_columns == MissingColumns::Refuse;
        let comparer = Comparer::new(&limited, refuses, &Setting::from(options));
        let mut search = Search { comparer, counts, found: Vec::new() };
        let is_empty: Vec<bool> = (0..segments.len()).map(|a| search.of_one(a)).collect();
        let left: Vec<usize> =
            is_empty.iter().enumerate().filter(|(_, empty)| !**empty).map(|(a, _)| a).collect();
        for (at, &a) in left.iter().enumerate() {
            left.iter().skip(at + 1).for_each(|&b| search.of_two(a, b));
        }
        Self { given_up: search.comparer.has_given_up(), found: search.found }
    }
}

struct Search<'a> {
    comparer: Comparer,
    counts: Option<&'a Counts>,
    found: Vec<Relation>,
}

impl Search<'_> {
    fn note(
        &mut self,
        kind: Kind,
        a: usize,
        b: Option<usize>,
        proof: Option<Grade>,
        in_data: Option<bool>,
    ) {
        if proof.is_some() || in_data == Some(true) {
            self.found.push(Relation { kind, a, b, proof, in_data });
        }
    }

    /// Looks at one segment; true when nobody is in it, so that there is nothing to say of it and
    /// others.
    fn of_one(&mut self, a: usize) -> bool {
        let members = self.counts.map(|counts| counts.members(a));
        let nobody = self.comparer.nobody(a);
        self.note(Kind::Nobody, a, None, nobody, members.map(|members| members == 0));
        let everybody = self.comparer.everybody(a);
        let looked_at = self.counts.and_then(|counts| counts.looked_at.get(a).copied());
        let all = looked_at.zip(members).map(|(all, members)| all == members);
        let says = everybody.is_some() || members != Some(0);
        self.note(Kind::Everybody, a, None, everybody, all.filter(|_| says));
        nobody == Some(Grade::Always) || members == Some(0)
    }

    fn of_two(&mut self, a: usize, b: usize) {
        let both = self.counts.map(|counts| counts.both(a, b));
        let all_of =
            |one: usize| self.counts.zip(both).map(|(counts, both)| counts.members(one) == both);
        let (a_in_data, b_in_data) = (all_of(a), all_of(b));
        let (a_in_b, b_in_a) = (self.comparer.inside(a, b), self.comparer.inside(b, a));
        let same = a_in_b.zip(b_in_a).map(|(one, other)| one.max(other));
        let same_in_data = a_in_data.zip(b_in_data).map(|(one, other)| one && other);
        self.note(Kind::Same, a, Some(b), same, same_in_data);
        // What being the same says already isn't said again.
        let news = |proof: Option<Grade>, in_data: Option<bool>| {
            (proof.filter(|_| same.is_none()), in_data.filter(|_| same_in_data != Some(true)))
        };
        for (one, other, proof, in_data) in [(a, b, a_in_b, a_in_data), (b, a, b_in_a, b_in_data)] {
            let is_news = news(proof, in_data) != (None, None);
            if is_news && !(same.is_some() && proof.is_some()) {
                self.note(Kind::Inside, one, Some(other), proof, in_data);
            }
        }
        let apart = self.comparer.apart(a, b);
        self.note(Kind::Apart, a, Some(b), apart, both.map(|both| both == 0));
    }
}
