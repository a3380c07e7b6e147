//! A test, or its opposite, by what it is about; and which claims about one thing clash.

use super::fact::{Fact, has_one_value};
use super::{Grade, Setting, campaign, sets};
use crate::criteria::{Campaigns, Engagement, Field, MembershipKind, Test};
use crate::value::fold;
use std::sync::Arc;

/// What a claim is about. Claims about different things never clash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A field of the contact.
    Field(Field),
    /// Its lists, or its tags.
    Members(MembershipKind),
    /// Where it is.
    Place,
    /// What it did in the campaign with this folded id.
    Campaign(String),
    /// What it did in sets of campaigns.
    Sets,
}

impl Subject {
    fn of(test: &Test) -> Self {
        if let Some(field) = test.field() {
            return Self::Field(field.clone());
        }
        match test {
            Test::Member(kind, _) => Self::Members(*kind),
            Test::Location(_) => Self::Place,
            Test::Engaged(Engagement { campaigns: Campaigns::One(id), .. }) => {
                Self::Campaign(fold(id.trim()))
            }
            _ => Self::Sets,
        }
    }
}

/// A test, or its opposite, prepared to be held against others. Claims that mean the same by
/// themselves are equal: `eq MA` and `eq ma`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    subject: Subject,
    /// Whether the fact is claimed, or denied.
    positive: bool,
    fact: Arc<Fact>,
}

impl Claim {
    /// The claim that a test holds, or with `positive` false that it doesn't.
    pub fn new(test: &Test, positive: bool, setting: &Setting) -> Self {
        let denies = matches!(test, Test::Blank(_));
        Self {
            subject: Subject::of(test),
            positive: positive != denies,
            fact: Arc::new(Fact::of(test, setting)),
        }
    }

    /// What it is about.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// True when it asks for one value: two such claims about one thing never imply each other
    /// unless they are equal.
    pub fn is_point(&self) -> bool {
        self.positive && self.fact.is_point()
    }

    /// True when it denies one value.
    pub fn is_but_a_point(&self) -> bool {
        !self.positive && self.fact.is_point()
    }

    /// True when it says of a contact's own values that none is such: claims of this sort alone never
    /// clash, since who has no values at all passes them.
    pub(super) fn denies_a_value(&self) -> bool {
        !self.positive && !matches!(self.subject, Subject::Campaign(_) | Subject::Sets)
    }

    /// The opposite claim.
    pub fn opposite(&self) -> Self {
        Self { positive: !self.positive, ..self.clone() }
    }

    /// Whether it holds for nobody, whatever else is claimed.
    pub fn never_holds(&self) -> bool {
        clash(&[self]) == Some(Grade::Always)
    }

    /// Whether everybody for whom it holds is one for whom `other` holds.
    pub fn implies(&self, other: &Self) -> bool {
        self == other || clash(&[self, &other.opposite()]) == Some(Grade::Always)
    }

    /// Whether no contact can pass both.
    pub fn excludes(&self, other: &Self) -> Option<Grade> {
        clash(&[self, other])
    }

    /// Whether everybody passes one of the two.
    pub fn covers_with(&self, other: &Self) -> Option<Grade> {
        clash(&[&self.opposite(), &other.opposite()])
    }
}

/// Whether the last of some claims about one thing clashes with those before it, which don't clash
/// among themselves.
pub(super) fn clash(claims: &[&Claim]) -> Option<Grade> {
    let last = claims.last()?;
    match &last.subject {
        Subject::Field(field) => in_field(field, claims),
        Subject::Campaign(_) => {
            let asked: Vec<_> = about(claims, last)
                .filter_map(|claim| match &*claim.fact {
                    Fact::Done(what) => Some((what, claim.positive)),
                    _ => None,
                })
                .collect();
            campaign::clash(&asked).then_some(Grade::Always)
        }
        Subject::Sets => {
            let asked: Vec<_> = about(claims, last)
                .filter_map(|claim| match &*claim.fact {
                    Fact::DoneInSet(fact) => Some((fact, claim.positive)),
                    _ => None,
                })
                .collect();
            let of_sets = matches!(*last.fact, Fact::DoneInSet(_)) && sets::clash(&asked);
            (of_sets || denies(claims)).then_some(Grade::Always)
        }
        Subject::Members(_) | Subject::Place => denies(claims).then_some(Grade::Always),
    }
}

/// The claims about the same thing as the last.
fn about<'a>(claims: &'a [&'a Claim], last: &'a Claim) -> impl Iterator<Item = &'a Claim> {
    claims.iter().copied().filter(move |claim| claim.subject == last.subject)
}

/// True when the last claim and one before it say that some value passes, and that none passes a
/// fact in which it lies.
fn denies(claims: &[&Claim]) -> bool {
    let Some((last, before)) = claims.split_last() else { return false };
    before.iter().filter(|claim| claim.subject == last.subject).any(|claim| {
        match (claim.positive, last.positive) {
            (true, false) => claim.fact.within(&last.fact),
            (false, true) => last.fact.within(&claim.fact),
            _ => false,
        }
    })
}

fn in_field(field: &Field, claims: &[&Claim]) -> Option<Grade> {
    let last = claims.last()?;
    if (last.positive && last.fact.is_impossible()) || denies(claims) {
        return Some(Grade::Always);
    }
    let of = |positive: bool| -> Vec<&Fact> {
        let those = about(claims, last).filter(|claim| claim.positive == positive);
        those.map(|claim| &*claim.fact).collect()
    };
    let (positive, negative) = (of(true), of(false));
    // Each positive claim may have a value of its own.
    let alone = positive.iter().any(|&fact| Fact::none_passes(&[fact], &negative));
    if alone {
        return Some(Grade::Always);
    }
    if !Fact::none_passes(&positive, &negative) {
        return None;
    }
    let one = positive.iter().all(|fact| has_one_value(field, fact));
    Some(if one { Grade::Always } else { Grade::UnlessSeveral })
}
