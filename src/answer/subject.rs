//! A segment that an answer is about, and the dumps that it is asked of.

use crate::account::Account;
use crate::contact::{Column, ContactField};
use crate::criteria::{Expr, Outline, RuleId, Segment};
use crate::dialect::{Dialect, Rule};
use crate::dump::{Activities, ContactRow, Contacts};
use crate::engine::{
    AskedSegment, Effort, EngineError, Inputs, Options, Outputs, Plan, Progress, Summary, evaluate,
};
use crate::source::{Position, SourceFile};

/// A segment with its words.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What it is called, unlike any other of the run.
    pub label: String,
    /// The file in which it stands.
    pub file: String,
    /// Whose words it is written in.
    pub dialect: Dialect,
    /// What it asks.
    pub segment: Segment,
    /// The same as a tree of rules.
    pub outline: Outline,
    /// Its rules as they are written; a [`RuleId`] is an index here.
    pub rules: Vec<Written>,
}

/// A rule as it is written, in the dialect's own words.
#[derive(Debug, Clone)]
pub struct Written {
    /// What it is about and what it asks of that.
    pub words: String,
    /// Where it stands in the file.
    pub position: Position,
}

impl Written {
    /// A rule of a file.
    pub fn of(rule: &Rule, file: &SourceFile) -> Self {
        let words = format!("{} {}", rule.subject, rule.clause).trim().to_owned();
        Self { words, position: file.position(rule.span.start) }
    }
}

impl Subject {
    /// A rule as it is written.
    pub fn written(&self, rule: RuleId) -> Option<&Written> {
        self.rules.get(rule.0 as usize)
    }

    /// A part of the segment as a segment of its own, which looks at the same contacts.
    pub fn part(&self, expr: Expr) -> Segment {
        Segment { name: None, expr, scope: self.segment.scope.clone() }
    }
}

/// Opened dumps, and how they are to be read.
#[derive(Clone, Copy)]
pub struct Dumps<'a> {
    /// The contacts.
    pub contacts: &'a Contacts,
    /// The tracked activities, where some were given.
    pub activities: Option<&'a Activities>,
    /// What is known of the account.
    pub account: &'a Account,
    /// The instant, the zone and the switches.
    pub options: &'a Options,
    /// With how much effort.
    pub effort: Effort,
    /// Who is told how far it is.
    pub progress: &'a dyn Progress,
}

impl Dumps<'_> {
    /// The plan of a run.
    ///
    /// # Errors
    /// A rule names a column that the dumps haven't, or needs activities where there are none.
    pub fn plan(&self, asked: &[AskedSegment<'_>], wanted: &Outputs) -> Result<Plan, EngineError> {
        let Self { contacts, activities, account, options, .. } = self;
        Plan::of_all(asked, contacts, *activities, account, options, wanted)
    }

    /// Evaluates a plan, and hands over members as [`evaluate`] does.
    ///
    /// # Errors
    /// A dump can't be read to its end, or `member` fails.
    pub fn evaluate(
        &self,
        plan: Plan,
        member: &mut dyn FnMut(&Plan, usize, &ContactRow) -> std::io::Result<()>,
    ) -> Result<Summary, EngineError> {
        let Self { contacts, activities, effort, .. } = *self;
        evaluate(plan, Inputs { contacts, activities, effort }, self.progress, member)
    }
}

/// The columns by which contacts are told: id and address.
pub(super) fn keys() -> Vec<Column> {
    [ContactField::ContactId, ContactField::Email].map(Column::Contact).to_vec()
}
