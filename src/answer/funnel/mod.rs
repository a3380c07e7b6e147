//! What each rule costs: how many contacts pass it alone, how many pass everything but it, and how
//! many are left after each step.
//!
//! Every such number is the count of a segment of its own, asked in the run that asks the segment
//! itself; their tests are the same, so each is asked once of each contact.

mod json;
mod text;

pub use json::json;
pub use text::Text;

use crate::answer::subject::{Dumps, Subject};
use crate::criteria::{Expr, Outline, Part, PartKind, Segment};
use crate::engine::{AskedSegment, EngineError, Outputs, Summary, Tally};
use std::sync::Arc;

/// The funnel of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    /// Contacts that the segment looks at.
    pub looked_at: u64,
    /// Those of them that are in it.
    pub members: u64,
    /// Its rules and groups, each group before what is in it; the whole only where it is one rule.
    pub steps: Vec<Step>,
}

/// A rule or group of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number in the outline.
    pub part: usize,
    /// How many groups it stands in, the whole apart.
    pub depth: usize,
    /// Contacts that pass it, whatever else is asked.
    pub alone: u64,
    /// Contacts that would be members without it.
    pub without: u64,
    /// Of the outermost parts: contacts that pass it and all before it; where the parts are joined by
    /// or, that pass it or one before it.
    pub left: Option<u64>,
}

impl Step {
    /// What sentences call it: `rule 2`, `the group of rules 3, 4`.
    pub fn name(&self, subject: &Subject) -> String {
        let parts = subject.outline.parts();
        let mut rules = Vec::new();
        if let Some(part) = parts.get(self.part) {
            part.visit(&mut |part| rules.extend(part.rule().map(|rule| (rule.0 + 1).to_string())));
        }
        match rules.as_slice() {
            [only] => format!("rule {only}"),
            rules => format!("the group of rules {}", rules.join(", ")),
        }
    }
}

impl Funnel {
    /// The step without which most contacts would be in, or would be out where the parts are joined by
    /// or; none where no single one makes a difference. Of several, the first; a rule before its group.
    pub fn costs_most(&self) -> Option<&Step> {
        let most = self.steps.iter().map(|step| self.cost(step)).max().filter(|most| *most > 0);
        let best = self.steps.iter().filter(|step| Some(self.cost(step)) == most);
        best.fold(None, |best: Option<&Step>, step| match best {
            Some(best) if step.depth <= best.depth => Some(best),
            _ => Some(step),
        })
    }

    /// The contacts that it makes a difference to.
    pub fn cost(&self, step: &Step) -> u64 {
        step.without.abs_diff(self.members)
    }
}

/// The segments whose counts make a funnel.
#[derive(Default)]
struct Asked {
    /// Each of them once.
    segments: Vec<Segment>,
    /// Which of them each count of the funnel is that of.
    counts: Vec<usize>,
    /// For each step: its part, its depth, and whether it is an outermost one.
    steps: Vec<(usize, usize, bool)>,
}

impl Asked {
    fn of(subject: &Subject) -> Self {
        let outline = &subject.outline;
        let mut asked = Self::default();
        asked.count(subject.part(Expr::All(Vec::new())));
        asked.count(subject.part(subject.segment.expr.clone()));
        let root = &outline.root;
        if root.parts.is_empty() {
            if root.rule().is_some() {
                asked.step(subject, root, 0, Some(root.expr.clone()));
            }
            return asked;
        }
        let mut before = Vec::new();
        for part in &root.parts {
            before.push(part.expr.clone());
            let so_far = match root.kind {
                PartKind::Any => Expr::Any(before.clone()),
                _ => Expr::All(before.clone()),
            };
            asked.step(subject, part, 0, Some(so_far));
            part.parts.iter().for_each(|part| asked.within(subject, part, 1));
        }
        asked
    }

    fn within(&mut self, subject: &Subject, part: &Part, depth: usize) {
        self.step(subject, part, depth, None);
        part.parts.iter().for_each(|part| self.within(subject, part, depth + 1));
    }

    fn step(&mut self, subject: &Subject, part: &Part, depth: usize, so_far: Option<Expr>) {
        self.steps.push((part.number, depth, so_far.is_some()));
        self.count(subject.part(part.expr.clone()));
        self.count(subject.part(subject.outline.without(part.number)));
        so_far.into_iter().for_each(|so_far| self.count(subject.part(so_far)));
    }

    /// Asks for the members of a segment. Several numbers of a funnel may be those of one.
    fn count(&mut self, segment: Segment) {
        // A group of one is asked as that one.
        let segment = Segment { expr: Outline::of(&segment.expr).root.expr, ..segment };
        let known = self.segments.iter().position(|known| *known == segment);
        self.counts.push(known.unwrap_or(self.segments.len()));
        if known.is_none() {
            self.segments.push(segment);
        }
    }

    fn funnel(&self, tallies: &[Tally]) -> Funnel {
        let mut counts =
            self.counts.iter().filter_map(|&at| tallies.get(at)).map(|tally| tally.members);
        let mut next = || counts.next().unwrap_or_default();
        let (looked_at, members) = (next(), next());
        let steps = self.steps.iter().map(|&(part, depth, outermost)| {
            let (alone, without) = (next(), next());
            Step { part, depth, alone, without, left: outermost.then(&mut next) }
        });
        Funnel { looked_at, members, steps: steps.collect() }
    }
}

/// The funnels of segments, from one scan. Gives the summary of the run too, in which only what is
/// said of the dumps is of use.
///
/// # Errors
/// A dump can't be read, or hasn't what a rule asks for.
pub fn funnels(
    dumps: &Dumps<'_>,
    subjects: &[Subject],
) -> Result<(Vec<Funnel>, Summary), EngineError> {
    let asked: Vec<Asked> = subjects.iter().map(Asked::of).collect();
    let mut segments = Vec::new();
    for (subject, asked) in subjects.iter().zip(&asked) {
        let name = (subjects.len() > 1).then(|| Arc::from(subject.label.as_str()));
        let of = |segment| AskedSegment::of(segment).named(name.clone()).counted();
        segments.extend(asked.segments.iter().map(of));
    }
    let plan = dumps.plan(&segments, &Outputs::default())?;
    let summary = dumps.evaluate(plan, &mut |_, _, _| Ok(()))?;
    let mut rest = summary.segments.as_slice();
    let mut funnels = Vec::with_capacity(asked.len());
    for asked in &asked {
        let (own, others) = rest.split_at_checked(asked.segments.len()).unwrap_or((rest, &[]));
        rest = others;
        funnels.push(asked.funnel(own));
    }
    Ok((funnels, summary))
}
