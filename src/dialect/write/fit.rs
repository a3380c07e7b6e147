//! Groups of rules as they are brought under what a dialect can join, and what gets lost on the way.

use super::Direction;
use super::normal::{Groups, Literal};
use super::reason::{Reason, Refusal};
use crate::criteria::RuleId;
use crate::dialect::Dialect;
use serde_json::Value;

/// A literal and its words in the target.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::dialect) struct Item {
    /// What is meant, in the names of the source.
    pub literal: Literal,
    /// How it is written.
    pub words: Value,
}

/// What a conversion changed about a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The rules that it is about; none where it is about the segment as a whole.
    pub rules: Vec<RuleId>,
    /// What became of them.
    pub how: How,
    /// Why.
    pub why: Reason,
}

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// It isn't there.
    LeftOut,
    /// Something near stands in its place.
    Replaced(String),
    /// Others are looked at in the first place.
    Scope,
}

/// Groups on their way into a dialect.
pub(in crate::dialect) struct Fit {
    /// The dialect.
    pub to: Dialect,
    /// The groups.
    pub groups: Groups<Item>,
    /// Whether the segment may grow or shrink; `None` for neither.
    pub direction: Option<Direction>,
    /// What was lost.
    pub losses: Vec<Loss>,
    /// Why it can't be.
    pub refusals: Vec<Refusal>,
}

impl Fit {
    /// True where there is no way on.
    pub fn is_refused(&self) -> bool {
        !self.refusals.is_empty()
    }

    /// Refuses the whole, of which nothing is left, with what was lost on the way.
    pub fn empty(&mut self, why: Reason) {
        let lost = self
            .losses
            .iter()
            .map(|loss| Refusal { rules: loss.rules.clone(), why: loss.why.clone() });
        self.refusals.extend(lost);
        self.refusals.push(Refusal { rules: Vec::new(), why });
    }

    fn joined(&self, rule: &'static str) -> Reason {
        Reason::Joined { to: self.to, rule }
    }

    /// Refuses a group.
    pub fn refuse(&mut self, at: usize, rule: &'static str) {
        let rules = rules_of(self.groups.get(at).into_iter().flatten());
        self.refusals.push(Refusal { rules, why: self.joined(rule) });
    }

    /// Leaves out a group of the and, which makes the segment wider.
    pub fn leave_out_group(&mut self, at: usize, rule: &'static str) {
        if self.direction != Some(Direction::Wider) || at >= self.groups.len() {
            return self.refuse(at, rule);
        }
        let group = self.groups.remove(at);
        self.lose(rules_of(&group), rule);
    }

    /// Leaves out rules of a group of the or, which makes the segment narrower.
    pub fn leave_out_items(
        &mut self,
        at: usize,
        rule: &'static str,
        mut out: impl FnMut(&Item) -> bool,
    ) {
        let narrower = self.direction == Some(Direction::Narrower);
        let Some(group) = self.groups.get_mut(at).filter(|_| narrower) else {
            return self.refuse(at, rule);
        };
        let (gone, kept): (Vec<_>, Vec<_>) = group.drain(..).partition(|item| out(item));
        let nothing = kept.is_empty();
        *group = kept;
        self.lose(rules_of(&gone), rule);
        if nothing {
            self.refuse(at, rule);
        }
    }

    /// Leaves out rules wherever they stand, where all groups are of one rule, or there is one group.
    pub fn leave_out_everywhere(
        &mut self,
        joined_by_or: bool,
        rule: &'static str,
        mut out: impl FnMut(&Item) -> bool,
    ) {
        if joined_by_or {
            return self.leave_out_items(0, rule, out);
        }
        let rules = rules_of(self.groups.iter().flatten());
        if self.direction != Some(Direction::Wider) {
            return self.refusals.push(Refusal { rules, why: self.joined(rule) });
        }
        let groups = std::mem::take(&mut self.groups);
        let (gone, kept): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.iter().any(&mut out));
        self.groups = kept;
        self.lose(rules_of(gone.iter().flatten()), rule);
    }

    fn lose(&mut self, rules: Vec<RuleId>, rule: &'static str) {
        let loss = Loss { rules, how: How::LeftOut, why: self.joined(rule) };
        if !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
    }
}

/// The rules of some items, each once, in file order.
pub(super) fn rules_of<'i>(items: impl IntoIterator<Item = &'i Item>) -> Vec<RuleId> {
    let mut rules: Vec<RuleId> = items.into_iter().map(|item| item.literal.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}
