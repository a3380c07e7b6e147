//! Criteria in plain English: what each rule asks, nothing left out ([`Speaker::rule`]), and the
//! readings that were chosen where the vendors leave the meaning open ([`Speaker::readings`]).
//!
//! The sentences say what the engine does (`docs/semantics.md`), not what a dialect's words suggest:
//! that a negative rule holds for a missing value, which campaigns a set holds, where a window ends.

mod engagement;
mod field;
mod readings;

pub use readings::Reading;

use crate::account::{Account, Names};
use crate::criteria::{Expr, Membership, MembershipKind, Part, PartKind, Test, TextOp};
use crate::engine::Options;
use crate::value::Instant;

/// Says criteria in English, for a run with these options.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'a> {
    /// Knows names for ids.
    pub account: &'a Account,
    /// The instant, the zone and the switches.
    pub options: &'a Options,
}

/// A text between quotes, which may hold quotes itself.
fn quoted(text: &str) -> String {
    format!("{text:?}")
}

impl Speaker<'_> {
    /// What a rule asks of a contact, as the rest of a sentence: `country is "US"`, `opened …`.
    pub fn rule(&self, expr: &Expr) -> String {
        let join = |parts: &[Expr], word: &str| {
            let parts: Vec<_> = parts.iter().map(|part| self.rule(part)).collect();
            parts.join(word)
        };
        match expr {
            Expr::All(parts) if parts.is_empty() => "anything: every contact passes".to_owned(),
            Expr::Any(parts) if parts.is_empty() => "what nobody is: no contact passes".to_owned(),
            Expr::All(parts) => join(parts, ", and "),
            Expr::Any(parts) => join(parts, ", or "),
            Expr::Not(part) => match &**part {
                Expr::Test(_, test) => self.test(test, false),
                part => format!("not: {}", self.rule(part)),
            },
            Expr::Test(_, test) => self.test(test, true),
        }
    }

    /// A part of a segment in a line: a rule behind its number, or how a group joins its parts.
    pub fn part(&self, part: &Part) -> String {
        match part.kind {
            PartKind::Rule(rule) => format!("{}. {}", rule.0 + 1, self.rule(&part.expr)),
            kind => Self::group(kind).to_owned(),
        }
    }

    /// How the parts of a group are joined.
    pub fn group(kind: PartKind) -> &'static str {
        match kind {
            PartKind::All => "all of these hold",
            PartKind::Any => "at least one of these holds",
            PartKind::Not => "this does not hold",
            PartKind::Rule(_) => "this holds",
        }
    }

    fn test(&self, test: &Test, positive: bool) -> String {
        match test {
            Test::Member(kind, membership) => self.member(*kind, membership, positive),
            Test::Location(place) => {
                let is = if positive { "is" } else { "is not" };
                format!(
                    "{is} in {}, by country, country code, state or city, else by the place of the latest activity",
                    quoted(place)
                )
            }
            Test::Engaged(engagement) => self.engaged(engagement, positive),
            _ => self.field_test(test, positive),
        }
    }

    fn member(&self, kind: MembershipKind, membership: &Membership, positive: bool) -> String {
        let (noun, names) = match kind {
            MembershipKind::List => ("list", self.account.list_names()),
            MembershipKind::Tag => ("tag", self.account.tag_names()),
        };
        let has = match (kind, positive) {
            (MembershipKind::List, true) => "is on",
            (MembershipKind::List, false) => "is not on",
            (MembershipKind::Tag, true) => "has",
            (MembershipKind::Tag, false) => "does not have",
        };
        match membership {
            Membership::Some if positive => format!("{has} some {noun}"),
            Membership::Some => format!("{has} any {noun}"),
            Membership::Id(id) => format!("{has} the {noun} {}", called(id, names)),
            Membership::Name(op, name, _) => {
                let article = if positive { "a" } else { "any" };
                let so = match op {
                    TextOp::Equals => "called",
                    TextOp::StartsWith => "whose name starts with",
                    TextOp::Contains => "whose name contains",
                };
                format!("{has} {article} {noun} {so} {}", quoted(name))
            }
        }
    }

    /// An instant as the run's zone writes it: a date alone where it is midnight.
    fn instant(&self, instant: Instant) -> String {
        let local = self.options.zone.local(instant);
        let midnight = local.time() == chrono::NaiveTime::MIN;
        local.format(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
    }
}

/// What is called so, with its id where the account knows a name for that.
fn called(id: &str, names: &Names) -> String {
    let id = id.trim();
    match names.name_of(id).filter(|name| *name != id) {
        Some(name) => format!("{} ({id})", quoted(name)),
        None => quoted(id),
    }
}
