//! A segment as the lints see it: groups joined by and, of rules joined by or. Every dialect's
//! criteria have this shape; with it stands where each rule says what it says.

use crate::criteria::{Expr, Test};
use crate::dialect::{Rule, SegmentReading};
use crate::finding::{Finding, Kind, Target};
use crate::logic::{Claim, Setting};
use crate::source::{SourceFile, Span};

/// A rule of a group.
pub(super) struct Item<'a> {
    /// Its index in the segment.
    pub rule: usize,
    /// What it asks, without a negation around it.
    pub test: &'a Test,
    /// Whether it is asked as it is, or negated.
    pub positive: bool,
    /// The same, ready to be held against others.
    pub claim: Claim,
    /// True when nobody can pass it, whatever else is asked: then it is no use to compare it.
    pub hopeless: bool,
}

/// Rules joined by or.
pub(super) type Group<'a> = Vec<Item<'a>>;

/// A segment that has no errors.
pub(super) struct Outline<'a> {
    pub file: &'a SourceFile,
    pub index: usize,
    pub reading: &'a SegmentReading,
    pub setting: Setting,
    /// The groups, joined by and.
    pub groups: Vec<Group<'a>>,
}

impl<'a> Outline<'a> {
    /// The outline of the segment with this index; `None` where an error stands against it.
    pub fn new(
        file: &'a SourceFile,
        index: usize,
        reading: &'a SegmentReading,
        setting: Setting,
    ) -> Option<Self> {
        let expr = &reading.segment.as_ref()?.expr;
        let mut groups = Vec::new();
        join_by_and(expr, true, &setting, &mut groups);
        Some(Self { file, index, reading, setting, groups })
    }

    /// All rules.
    pub fn items(&self) -> impl Iterator<Item = &Item<'a>> {
        self.groups.iter().flatten()
    }

    /// The rules that stand alone, so that everybody must pass them.
    pub fn demanded(&self) -> impl Iterator<Item = &Item<'a>> {
        self.groups.iter().filter_map(|group| match group.as_slice() {
            [only] => Some(only),
            _ => None,
        })
    }

    /// A finding about a rule, at the characters that say what it asks.
    pub fn finding(&self, kind: Kind, rule: usize, message: String) -> Finding {
        self.finding_at(kind, rule, self.said(rule), message)
    }

    /// A finding about a rule, at characters of it.
    pub fn finding_at(&self, kind: Kind, rule: usize, span: Span, message: String) -> Finding {
        let target = Target { segment: Some(self.index), rule: Some(rule) };
        Finding { target, ..Finding::new(kind, span, message) }
    }

    fn rule(&self, rule: usize) -> Option<&'a Rule> {
        self.reading.rules.get(rule)
    }

    /// What a rule says, for messages; with what it is about, where `beside` is about something else.
    pub fn words(&self, rule: usize, beside: usize) -> String {
        let Some(Rule { subject, clause, .. }) = self.rule(rule) else { return String::new() };
        let same = self.rule(beside).is_some_and(|other| other.subject == *subject);
        if same { format!("`{clause}`") } else { format!("`{subject} {clause}`") }
    }

    /// The whole place of a rule.
    pub fn whole(&self, rule: usize) -> Span {
        self.rule(rule).map(|rule| rule.span).unwrap_or_default()
    }

    /// The characters in which a rule says what it asks: its clause, else what it compares with;
    /// the whole rule where they can't be told for sure.
    pub fn said(&self, rule: usize) -> Span {
        let Some(Rule { clause, .. }) = self.rule(rule) else { return Span::default() };
        let operand = clause.split_once(' ').map_or("", |(_, operand)| operand);
        self.place(rule, &[clause, operand])
    }

    /// The first of these words that stands in the rule just once, by itself; else the whole rule.
    /// Words are looked for as they are written, so one that is spelled with escapes isn't found.
    pub fn place(&self, rule: usize, words: &[&str]) -> Span {
        let whole = self.whole(rule);
        let text = self.file.slice(whole);
        let stands_alone = |at: usize, word: &str| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|text| text.chars().next());
            matches!(before, Some('"' | ' ')) && matches!(after, Some('"' | '\\' | ' '))
        };
        let once = |word: &&str| {
            let mut found = text.match_indices(*word).filter(|(at, _)| stands_alone(*at, word));
            let (at, _) = found.next().filter(|_| !word.is_empty())?;
            let start = whole.start + at;
            found.next().is_none().then(|| Span::new(start, start + word.len()))
        };
        words.iter().find_map(once).unwrap_or(whole)
    }
}

/// Collects what everybody must pass.
fn join_by_and<'a>(expr: &'a Expr, positive: bool, setting: &Setting, groups: &mut Vec<Group<'a>>) {
    match (expr, positive) {
        (Expr::All(parts), true) | (Expr::Any(parts), false) if parts.len() != 1 => {
            parts.iter().for_each(|part| join_by_and(part, positive, setting, groups));
        }
        (Expr::All(parts) | Expr::Any(parts), _) if parts.len() == 1 => {
            parts.iter().for_each(|part| join_by_and(part, positive, setting, groups));
        }
        (Expr::Not(part), _) => join_by_and(part, !positive, setting, groups),
        _ => {
            let mut group = Vec::new();
            // An and inside an or has no place here; no dialect has it.
            if join_by_or(expr, positive, setting, &mut group) && !group.is_empty() {
                groups.push(group);
            }
        }
    }
}

/// Collects the rules of an or; false where something else stands in it.
fn join_by_or<'a>(
    expr: &'a Expr,
    positive: bool,
    setting: &Setting,
    group: &mut Group<'a>,
) -> bool {
    match (expr, positive) {
        (Expr::Test(rule, test), _) => {
            let claim = Claim::new(test, positive, setting);
            let hopeless = claim.never_holds();
            group.push(Item { rule: rule.0 as usize, test, positive, claim, hopeless });
            true
        }
        (Expr::Not(part), _) => join_by_or(part, !positive, setting, group),
        (Expr::Any(parts), true) | (Expr::All(parts), false) => {
            parts.iter().all(|part| join_by_or(part, positive, setting, group))
        }
        (Expr::All(_) | Expr::Any(_), _) => false,
    }
}
