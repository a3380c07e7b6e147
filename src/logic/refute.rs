//! The search for a way in which conditions can all hold. Where there is none, that is a proof.
//!
//! Claims that must hold are collected by what they are about; a claim that clashes with them closes
//! a way. Of an `or` each part is tried in turn, after those that are closed at once have been left
//! out. The search gives up after [`STEPS`]: then nothing is proved.

use super::claim::{Claim, Subject, clash};
use super::{Grade, Setting};
use crate::contact::ContactField;
use crate::criteria::{Expr, Field, Test, TextOp};
use hashbrown::{HashMap, HashSet};

/// How many comparisons of two claims a search may take.
pub(super) const STEPS: usize = 200_000;

/// A condition with its negations moved down to the tests.
#[derive(Debug)]
pub(super) enum Node {
    Claim(Claim),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Node {
    fn new_claim(test: &Test, setting: &Setting) -> Self {
        Self::Claim(Claim::new(test, true, setting))
    }

    pub fn new(expr: &Expr, positive: bool, setting: &Setting) -> Self {
        let parts = |parts: &[Expr]| -> Vec<Self> {
            parts.iter().map(|part| Self::new(part, positive, setting)).collect()
        };
        match expr {
            Expr::Test(_, test) => {
                let claim = Self::Claim(Claim::new(test, positive, setting));
                match address(test).filter(|_| positive) {
                    Some(test) => Self::All(vec![claim, Self::new_claim(&test, setting)]),
                    None => claim,
                }
            }
            Expr::Not(part) => Self::new(part, !positive, setting),
            Expr::All(all) if positive => Self::All(parts(all)),
            Expr::Any(all) if !positive => Self::All(parts(all)),
            Expr::All(all) | Expr::Any(all) => {
                let mut parts = parts(all);
                match parts.pop() {
                    Some(only) if parts.is_empty() => only,
                    Some(last) => {
                        parts.push(last);
                        Self::Any(parts)
                    }
                    None => Self::Any(parts),
                }
            }
        }
    }
}

/// What a test of the e-mail address says of its domain, and the other way round: a domain stands
/// behind the last `@`.
fn address(test: &Test) -> Option<Test> {
    use TextOp::{Contains, Equals, StartsWith};
    let Test::Text(field, op, operand, case) = test else { return None };
    let email = Field::Contact(ContactField::Email);
    let (field, op, operand) = match (field, op) {
        (Field::EmailDomain, Equals | StartsWith) => (email, Contains, format!("@{operand}")),
        (Field::EmailDomain, Contains) => (email, Contains, operand.clone()),
        (field, Equals) if *field == email => {
            (Field::EmailDomain, Equals, operand.rsplit_once('@')?.1.to_owned())
        }
        _ => return None,
    };
    Some(Test::Text(field, op, operand, *case))
}

/// Whether conditions, each as it is or negated, can't hold together.
pub(super) fn together(conditions: &[(&Expr, bool)], setting: &Setting) -> Option<Grade> {
    let nodes: Vec<Node> =
        conditions.iter().map(|(expr, positive)| Node::new(expr, *positive, setting)).collect();
    // Each of the two searches has its own steps.
    refuted(&nodes.iter().collect::<Vec<_>>(), &mut (2 * STEPS))
}

/// Whether conditions can't hold together, in no more than so many steps, of which those that were
/// taken are taken off.
pub(super) fn refuted(nodes: &[&Node], left: &mut usize) -> Option<Grade> {
    [Grade::Always, Grade::UnlessSeveral].into_iter().find(|&grade| {
        let steps = STEPS.min(*left);
        let mut search = Search::new(grade, steps);
        let closes = search.closes(nodes, &[]);
        *left -= steps - search.steps;
        closes
    })
}

struct Search<'n> {
    /// The proof may reach as far as this.
    grade: Grade,
    steps: usize,
    /// What must hold on the way that is being tried, by what it is about.
    claims: HashMap<&'n Subject, Vec<&'n Claim>>,
    /// The same, to find the opposite of a claim at once.
    known: HashSet<&'n Claim>,
    /// In which order it came; claims that were known already are left out.
    trail: Vec<&'n Claim>,
}

impl<'n> Search<'n> {
    fn new(grade: Grade, steps: usize) -> Self {
        let (claims, known) = (HashMap::new(), HashSet::new());
        Self { grade, steps, claims, known, trail: Vec::new() }
    }

    /// Whether no way is left when `nodes` and one part of each of `open` must hold too.
    fn closes(&mut self, nodes: &[&'n Node], open: &[&'n [Node]]) -> bool {
        let before = self.trail.len();
        let mut open = open.to_vec();
        let closed = self.claim_all(nodes, &mut open) || self.branches(open);
        while self.trail.len() > before {
            let Some(claim) = self.trail.pop() else { break };
            self.known.remove(claim);
            if let Some(claims) = self.claims.get_mut(claim.subject()) {
                claims.pop();
            }
        }
        closed
    }

    /// Takes in what must hold; `or`s go to `open`. True when it clashes.
    fn claim_all(&mut self, nodes: &[&'n Node], open: &mut Vec<&'n [Node]>) -> bool {
        nodes.iter().any(|node| match node {
            Node::Claim(claim) => self.claim(claim),
            Node::All(parts) => self.claim_all(&parts.iter().collect::<Vec<_>>(), open),
            Node::Any(parts) => {
                open.push(parts);
                false
            }
        })
    }

    fn claim(&mut self, claim: &'n Claim) -> bool {
        if self.known.contains(claim) {
            return false;
        }
        let clashes = self.clashes(claim);
        self.claims.entry(claim.subject()).or_default().push(claim);
        self.known.insert(claim);
        self.trail.push(claim);
        clashes
    }

    fn clashes(&mut self, claim: &'n Claim) -> bool {
        let Some(left) = self.steps.checked_sub(1) else { return false };
        self.steps = left;
        if self.known.contains(&claim.opposite()) {
            return true;
        }
        let known = self.claims.get(claim.subject()).map_or(&[][..], Vec::as_slice);
        if claim.denies_a_value() && known.iter().all(|known| known.denies_a_value()) {
            return false;
        }
        self.steps = self.steps.saturating_sub(known.len());
        let mut claims = known.to_vec();
        claims.push(claim);
        clash(&claims).is_some_and(|grade| grade <= self.grade)
    }

    /// Whether a part is closed at once.
    fn is_closed(&mut self, node: &'n Node) -> bool {
        match node {
            Node::Claim(claim) => self.clashes(claim),
            Node::All(parts) => parts.iter().any(|part| match part {
                Node::Claim(claim) => self.clashes(claim),
                Node::Any(parts) => parts.is_empty(),
                Node::All(_) => false,
            }),
            Node::Any(parts) => parts.is_empty(),
        }
    }

    /// Whether every choice among the `or`s closes.
    fn branches(&mut self, open: Vec<&'n [Node]>) -> bool {
        let mut fewest: Option<(usize, Vec<&'n Node>)> = None;
        for (at, parts) in open.iter().enumerate() {
            let left: Vec<&Node> = parts.iter().filter(|part| !self.is_closed(part)).collect();
            if left.is_empty() {
                return true;
            }
            if fewest.as_ref().is_none_or(|(_, few)| left.len() < few.len()) {
                let settled = left.len() == 1;
                fewest = Some((at, left));
                if settled {
                    break;
                }
            }
        }
        let Some((chosen, parts)) = fewest else { return false };
        if self.steps == 0 {
            return false;
        }
        let rest: Vec<&[Node]> = (open.iter().enumerate())
            .filter(|(at, _)| *at != chosen)
            .map(|(_, parts)| *parts)
            .collect();
        parts.iter().all(|part| self.closes(&[part], &rest))
    }
}
