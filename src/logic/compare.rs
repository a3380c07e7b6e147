//! Segments of one run held against each other: not their conditions alone, but who is looked at for
//! each (`docs/overlap.md`, "What is proved").
//!
//! Whom a segment looks at are tests like any other, joined to its condition by and: a status, a list.
//! Some of them come to something only where the dump tells a status or lists; a proof that must hold
//! whatever dump there is has to hold with them and without.

use super::refute::{self, Node};
use super::{Grade, Setting};
use crate::contact::ContactField;
use crate::criteria::{Expr, Field, MembershipKind, RuleId, Test};

/// Whether a limit comes to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Told {
    /// It does.
    Yes,
    /// Only where the dump tells the status, or the lists, of contacts; whether it does isn't known.
    Perhaps,
}

/// A limit on who is looked at for a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What a contact must pass: a test of the status, or of a list.
    pub test: Test,
    /// Whether it comes to something.
    pub told: Told,
}

/// A segment, and who is looked at for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited<'a> {
    /// Who of those is in it.
    pub expr: &'a Expr,
    /// Who is looked at; being added after as-of, which is one thing for all segments of a run, apart.
    pub limits: Vec<Limit>,
}

/// What a dump may tell or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    Status,
    Lists,
}

impl Tells {
    const ALL: [Self; 2] = [Self::Status, Self::Lists];

    /// What a test needs to be told.
    fn of(test: &Test) -> Option<Self> {
        match test {
            Test::Member(MembershipKind::List, _) => Some(Self::Lists),
            Test::Text(field, ..)
            | Test::Blank(field)
            | Test::Number(field, _)
            | Test::Date(field, ..)
            | Test::MonthDay(field, ..)
            | Test::Within(field, _) => {
                (*field == Field::Contact(ContactField::Status)).then_some(Self::Status)
            }
            Test::Member(MembershipKind::Tag, _) | Test::Location(_) | Test::Engaged(_) => None,
        }
    }

    fn bit(self) -> usize {
        1 << self as usize
    }
}

/// Dumps, by what they tell: every set of [`Tells`].
const DUMPS: usize = 1 << Tells::ALL.len();

/// A segment as it is in one sort of dump.
#[derive(Debug)]
struct Prepared {
    /// Being in it.
    within: Node,
    /// Not being in it.
    without: Node,
    /// Being looked at, and not being in it.
    left_out: Node,
}

/// Which condition of a segment is meant.
type Which = fn(&Prepared) -> &Node;

/// One of the segments.
#[derive(Debug)]
struct One {
    /// By the sort of dump; those that can't be told apart have one.
    prepared: Vec<Prepared>,
    /// Which of [`One::prepared`] is that of each sort of dump.
    of_dump: [usize; DUMPS],
    /// What the dump must tell, since a rule that asks for what it doesn't is refused.
    must_tell: usize,
}

/// Segments of one run, ready to be compared with each other.
#[derive(Debug)]
pub struct Comparer {
    segments: Vec<One>,
    left: usize,
    given_up: bool,
}

impl Comparer {
    /// Comparisons of two claims that all proofs together may take: some seconds.
    const STEPS: usize = 100_000_000;

    /// Segments that are evaluated in one run with this setting. With `refuses` a rule that asks for
    /// what the dump doesn't tell ends the run, else it counts as missing in every row.
    pub fn new(segments: &[Limited<'_>], refuses: bool, setting: &Setting) -> Self {
        let one = |segment: &Limited<'_>| One::new(segment, refuses, setting);
        let segments = segments.iter().map(one).collect();
        Self { segments, left: Self::STEPS, given_up: false }
    }

    /// Whether every member of `a` is one of `b`.
    pub fn inside(&mut self, a: usize, b: usize) -> Option<Grade> {
        self.in_every_dump(&[(a, |one| &one.within), (b, |one| &one.without)])
    }

    /// Whether no contact is a member of both.
    pub fn apart(&mut self, a: usize, b: usize) -> Option<Grade> {
        self.in_every_dump(&[(a, |one| &one.within), (b, |one| &one.within)])
    }

    /// Whether everybody who is looked at is a member.
    pub fn everybody(&mut self, a: usize) -> Option<Grade> {
        self.in_every_dump(&[(a, |one| &one.left_out)])
    }

    /// Whether nobody is a member.
    pub fn nobody(&mut self, a: usize) -> Option<Grade> {
        self.in_every_dump(&[(a, |one| &one.within)])
    }

    /// True when some proof was no longer looked for, since too much had been compared.
    pub fn has_given_up(&self) -> bool {
        self.given_up
    }

    fn in_every_dump(&mut self, asked: &[(usize, Which)]) -> Option<Grade> {
        if self.left == 0 {
            self.given_up = true;
            return None;
        }
        let parts: Vec<_> = (asked.iter())
            .filter_map(|&(at, which)| Some((self.segments.get(at)?, which)))
            .collect();
        let must = parts.iter().fold(0, |must, (one, _)| must | one.must_tell);
        let mut looked_at: Vec<Vec<usize>> = Vec::new();
        let mut grade = Grade::Always;
        for dump in (0..DUMPS).filter(|dump| dump & must == must) {
            let shapes: Vec<usize> =
                parts.iter().filter_map(|(one, _)| one.of_dump.get(dump).copied()).collect();
            if looked_at.contains(&shapes) {
                continue;
            }
            let nodes: Vec<&Node> = (parts.iter().zip(&shapes))
                .filter_map(|((one, which), &shape)| one.prepared.get(shape).map(which))
                .collect();
            grade = grade.max(refute::refuted(&nodes, &mut self.left)?);
            looked_at.push(shapes);
        }
        Some(grade)
    }
}

impl One {
    fn new(segment: &Limited<'_>, refuses: bool, setting: &Setting) -> Self {
        let mut must_tell = 0;
        if refuses {
            segment.expr.for_each_test(&mut |_, test| {
                must_tell |= Tells::of(test).map_or(0, Tells::bit);
            });
        }
        let (mut prepared, mut shapes, mut of_dump) = (Vec::new(), Vec::new(), [0; DUMPS]);
        for (dump, shape) in of_dump.iter_mut().enumerate() {
            let limits: Vec<&Limit> =
                segment.limits.iter().filter(|limit| limit.counts_in(dump)).collect();
            *shape = shapes.iter().position(|known| *known == limits).unwrap_or_else(|| {
                prepared.push(Prepared::new(segment.expr, &limits, setting));
                shapes.push(limits);
                shapes.len() - 1
            });
        }
        Self { prepared, of_dump, must_tell }
    }
}

impl Limit {
    fn counts_in(&self, dump: usize) -> bool {
        match self.told {
            Told::Yes => true,
            Told::Perhaps => Tells::of(&self.test).is_none_or(|tells| dump & tells.bit() != 0),
        }
    }
}

impl Prepared {
    fn new(expr: &Expr, limits: &[&Limit], setting: &Setting) -> Self {
        // Which rule a test is of makes no difference here.
        let limits = limits.iter().map(|limit| Expr::Test(RuleId(0), limit.test.clone()));
        let limits = Expr::All(limits.collect());
        let both = |expr: Expr| Expr::All(vec![limits.clone(), expr]);
        let within = both(expr.clone());
        Self {
            without: Node::new(&within, false, setting),
            within: Node::new(&within, true, setting),
            left_out: Node::new(&both(Expr::Not(Box::new(expr.clone()))), true, setting),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::{Case, Membership, TextOp};
    use crate::value::{Instant, Zone};

    fn status(word: &str) -> Test {
        let field = Field::Contact(ContactField::Status);
        Test::Text(field, TextOp::Equals, word.to_owned(), Case::Ignored)
    }

    fn list(id: &str) -> Test {
        Test::Member(MembershipKind::List, Membership::Id(id.to_owned()))
    }

    #[test]
    fn who_is_looked_at_counts() {
        let title = |word: &str| {
            let field = Field::Contact(ContactField::Title);
            let test = Test::Text(field, TextOp::Equals, word.to_owned(), Case::Ignored);
            Expr::Test(RuleId(0), test)
        };
        let (ceo, boss) = (title("CEO"), title("Boss"));
        let on_list = Expr::Test(RuleId(0), list("L1"));
        let everyone = Expr::All(Vec::new());
        let of = |expr, limits: &[(Test, Told)]| Limited {
            expr,
            limits: (limits.iter().cloned()).map(|(test, told)| Limit { test, told }).collect(),
        };
        use Told::{Perhaps, Yes};
        let segments = [
            of(&ceo, &[]),
            of(&ceo, &[(status("active"), Perhaps)]),
            of(&ceo, &[(status("active"), Yes)]),
            of(&boss, &[(status("active"), Yes)]),
            of(&ceo, &[(status("gone"), Yes)]),
            of(&everyone, &[(list("L1"), Perhaps)]),
            of(&on_list, &[]),
            of(&everyone, &[(status("active"), Perhaps), (list("l1 "), Perhaps)]),
        ];
        let setting = Setting::at(Instant(0), Zone::UTC);
        let mut refusing = Comparer::new(&segments, true, &setting);
        for (a, b, inside) in [
            (1, 0, true),
            (0, 1, false),
            (2, 1, true),
            (1, 2, false),
            (1, 1, true),
            (7, 5, true),
            (5, 7, false),
            // Who asks for a list has a dump that tells lists.
            (5, 6, true),
            (6, 5, true),
        ] {
            assert_eq!(refusing.inside(a, b).is_some(), inside, "{a} in {b}");
        }
        for (a, b, apart) in
            [(2, 4, true), (1, 4, false), (2, 3, true), (0, 3, true), (0, 2, false)]
        {
            assert_eq!(refusing.apart(a, b).is_some(), apart, "{a} / {b}");
            assert_eq!(refusing.apart(b, a).is_some(), apart, "{b} / {a}");
        }
        assert_eq!(refusing.everybody(5), Some(Grade::Always));
        assert_eq!((refusing.everybody(0), refusing.nobody(0)), (None, None));
        let mut blank = Comparer::new(&segments, false, &setting);
        assert_eq!((blank.inside(5, 6), blank.inside(6, 5)), (None, Some(Grade::Always)));
        assert!(!blank.has_given_up());
    }
}
