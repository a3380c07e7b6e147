//! What is proved of segments, each with whom it looks at, no contact contradicts: random segments of
//! all three dialects in one run, over random worlds of which some tell no status or no lists, held to
//! the engine's slow reference.
//!
//! `SEGKIT_OVERLAP_CASES` sets how many worlds are made, `SEGKIT_SEED` where they begin. Every sort of
//! proof must have occurred, between dialects too, and not about nobody only.

use crate::criteria::generate;
use crate::files::account;
use crate::logic::{has_one_value, populated};
use crate::random::Random;
use crate::{criteria_of, setting, switches};
use segkit::answer::overlap::{Kind, Relation, Relations};
use segkit::contact::ContactField;
use segkit::criteria::{Expr, MembershipKind, Scope, Segment, Test};
use segkit::dialect::Dialect;
use segkit::engine::reference::{self, World};
use segkit::engine::{MissingColumns, Options, StatusChoice};
use segkit::logic::Grade;
use std::collections::{BTreeMap, BTreeSet};

/// Worlds of one run.
const CASES: u64 = 1_500;
/// Segments in each.
const SEGMENTS: usize = 4;

/// What must have been proved of contacts that there are.
const SORTS: &[&str] = &[
    "everybody, one dialect",
    "nobody, one dialect",
    "same, one dialect",
    "same, two dialects",
    "inside, one dialect",
    "inside, two dialects",
    "apart, one dialect",
    "apart, two dialects",
    "inside, without knowing the dump",
    "apart, without knowing the dump",
];

#[test]
fn no_contact_contradicts_what_is_proved_of_segments() {
    let first = setting("SEGKIT_SEED", 1);
    let cases = setting("SEGKIT_OVERLAP_CASES", CASES);
    let mut proofs: BTreeMap<String, u64> = BTreeMap::new();
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let mut options = switches::generate(&mut random);
        if random.one_in(2) {
            options.missing_columns = MissingColumns::Refuse;
        }
        let dialect = *random.pick(&Dialect::ALL);
        let mut world = populated(&mut random, dialect);
        for column in ["status", "lists"] {
            if random.one_in(4) {
                world.columns.remove(column);
                world.contacts.iter_mut().for_each(|contact| drop(contact.0.remove(column)));
            }
        }
        let segments = segments(&mut random, &world, &options, seed);
        let case = Case { seed, segments: &segments, world: &world, options: &options };
        // What would be refused is asked of missing columns instead.
        let blank = Options { missing_columns: MissingColumns::Blank, ..options.clone() };
        let options = if case.is_refused() { &blank } else { &options };
        Case { options, ..case }.check(&mut proofs);
    }
    for (sort, times) in &proofs {
        println!("{times:>7}  {sort}");
    }
    if cases >= CASES {
        for sort in SORTS {
            assert!(proofs.contains_key(*sort), "never occurred: {sort}");
        }
    }
}

/// Segments that have something to do with each other: generated ones, and such that were made of two
/// of these.
fn segments(
    random: &mut Random,
    world: &World,
    options: &Options,
    seed: u64,
) -> Vec<(Dialect, Segment)> {
    let mut segments: Vec<(Dialect, Segment)> = Vec::new();
    while segments.len() < SEGMENTS {
        let dialect = *random.pick(&Dialect::ALL);
        let text = generate(random, dialect);
        let mut segment = criteria_of(&text, dialect, &account(dialect, world), options, seed);
        if let Some((_, other)) = segments.last().filter(|_| random.one_in(2)) {
            let (this, other) = (segment.expr.clone(), other.expr.clone());
            segment.expr = match random.below(5) {
                0 => other,
                1 => Expr::Not(Box::new(other)),
                2 => Expr::Any(vec![other, this]),
                3 => Expr::All(vec![Expr::Not(Box::new(other)), this]),
                _ => Expr::All(vec![other, this]),
            };
        }
        let is_scoped = dialect == Dialect::CampaignMonitor;
        let list = (is_scoped && random.one_in(2)).then(|| random.text(&["L1", "l1", "l2"]));
        segment.scope = Scope { list, active_only: is_scoped };
        segments.push((dialect, segment));
    }
    segments
}

struct Case<'a> {
    seed: u64,
    segments: &'a [(Dialect, Segment)],
    world: &'a World,
    options: &'a Options,
}

impl Case<'_> {
    fn tells(&self, field: ContactField) -> bool {
        self.world.columns.contains(field.name())
    }

    /// Whether the engine would refuse the run for want of a status, for which no rule of a dialect
    /// asks, or of lists. Where other columns
    /// are missing makes no difference to these proofs.
    fn is_refused(&self) -> bool {
        if self.options.missing_columns == MissingColumns::Blank {
            return false;
        }
        let asks = |wanted: fn(&Test) -> bool| {
            self.segments.iter().any(|(_, segment)| {
                let mut asks = false;
                segment.expr.for_each_test(&mut |_, test| asks |= wanted(test));
                asks
            })
        };
        let lists = |test: &Test| matches!(test, Test::Member(MembershipKind::List, _));
        let by_switch = matches!(self.options.status, StatusChoice::Only(_));
        let no_lists = !self.tells(ContactField::Lists);
        let no_status = !self.tells(ContactField::Status);
        no_lists && (asks(lists) || self.options.list.is_some()) || no_status && by_switch
    }

    fn members(&self, segment: &Segment) -> BTreeSet<usize> {
        reference::members(segment, self.world, self.options).into_iter().collect()
    }

    fn check(&self, proofs: &mut BTreeMap<String, u64>) {
        let segments: Vec<&Segment> = self.segments.iter().map(|(_, segment)| segment).collect();
        let members: Vec<BTreeSet<usize>> = segments.iter().map(|one| self.members(one)).collect();
        let looked_at: Vec<BTreeSet<usize>> = (segments.iter())
            .map(|one| self.members(&Segment { expr: Expr::All(Vec::new()), ..(*one).clone() }))
            .collect();
        let knowing = Relations::of(&segments, self.options, None, |field| Some(self.tells(field)));
        let unknowing = Relations::of(&segments, self.options, None, |_| None);
        for (relations, knows) in [(knowing, true), (unknowing, false)] {
            assert!(!relations.given_up);
            for relation in &relations.found {
                self.hold(relation, &members, &looked_at, knows, proofs);
            }
        }
    }

    fn hold(
        &self,
        relation: &Relation,
        members: &[BTreeSet<usize>],
        looked_at: &[BTreeSet<usize>],
        knows: bool,
        proofs: &mut BTreeMap<String, u64>,
    ) {
        let Relation { kind, a, b, proof, .. } = *relation;
        let grade = proof.expect("nothing is told but proofs");
        let counts =
            |at: &usize| grade == Grade::Always || has_one_value(&self.world.contacts[*at]);
        let only = |of: &BTreeSet<usize>| of.iter().copied().filter(counts).collect();
        let (in_a, looked_at): (BTreeSet<usize>, BTreeSet<usize>) =
            (only(&members[a]), only(&looked_at[a]));
        let in_b: BTreeSet<usize> = b.map(|b| only(&members[b])).unwrap_or_default();
        let (holds, telling) = match kind {
            Kind::Nobody => (in_a.is_empty(), !looked_at.is_empty()),
            Kind::Everybody => (in_a == looked_at, !looked_at.is_empty()),
            Kind::Same => (in_a == in_b, !in_a.is_empty()),
            Kind::Inside => (in_a.is_subset(&in_b), !in_a.is_empty()),
            Kind::Apart => (in_a.is_disjoint(&in_b), !in_a.is_empty() && !in_b.is_empty()),
        };
        assert!(
            holds,
            "{relation:?} ({knows})? seed {}\n{:#?}\n{}\n{:#?}\n{:#?}",
            self.seed,
            members,
            (self.segments.iter())
                .map(|(_, segment)| format!("{} {:?}", segment.expr, segment.scope))
                .collect::<Vec<_>>()
                .join("\n"),
            self.options,
            self.world
        );
        if !telling {
            return;
        }
        let dialects = match b {
            Some(b) if self.segments[a].0 != self.segments[b].0 => "two dialects",
            _ => "one dialect",
        };
        let several = if grade == Grade::Always { "" } else { " unless several" };
        let name = kind.name();
        *proofs.entry(format!("{name}{several}, {dialects}")).or_default() += 1;
        if !knows {
            *proofs.entry(format!("{name}, without knowing the dump")).or_default() += 1;
        }
    }
}
