//! What changed between two criteria, rule by rule and in English.
//!
//! Rules that ask the same are the same rule, wherever they stand. Of those that are left, one of each
//! moment about the same subject is a rule that was changed; the others were removed or added. How rules
//! are joined is compared apart, without the order of what is joined, which means nothing.

use super::held::Read;
use super::tree::Tree;
use crate::answer::subject::Written;
use crate::criteria::{Expr, Outline, Part, PartKind, RuleId, Segment};
use crate::english::Speaker;
use crate::source::{SourceFile, Span};
use hashbrown::{HashMap, HashSet};
use std::collections::VecDeque;

/// What changed in criteria that ask something else now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// Rules that are new.
    pub added: Vec<Rule>,
    /// Rules that are no more.
    pub removed: Vec<Rule>,
    /// Rules that ask something else of the same, then and now.
    pub changed: Vec<(Rule, Rule)>,
    /// Contacts who are kept out now, whatever the criteria say: a rule each.
    pub kept_out: Vec<Rule>,
    /// Contacts who were kept out, and no longer are.
    pub let_in: Vec<Rule>,
    /// How the rules are joined, where all stand side by side at both moments and are joined alike.
    pub joined: Option<PartKind>,
    /// The whole then and now, where what was added, removed or changed doesn't tell all.
    pub whole: Option<[String; 2]>,
    /// The list that is looked at, where it is another one.
    pub list: Option<[Option<String>; 2]>,
}

/// A rule as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its number, from 1.
    pub number: u32,
    /// In English.
    pub says: String,
    /// In the dialect's own words.
    pub written: String,
    /// The line in its file, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What it is about, in the dialect's own words.
    pub subject: String,
    asks: Expr,
    /// It stands aside: it keeps somebody out.
    aside: bool,
}

impl Rewritten {
    /// What changed; `None` where both ask the same in the same order.
    pub fn of(then: &Side<'_>, now: &Side<'_>) -> Option<Self> {
        let (old, new) = (then.segment, now.segment);
        let same = old.scope == new.scope
            && old.expr.clone().unnumbered() == new.expr.clone().unnumbered();
        (!same).then(|| Self::between(then, now))
    }

    fn between(then: &Side<'_>, now: &Side<'_>) -> Self {
        let (old, new) = (then.rules(), now.rules());
        let Matched { kept, removed, added } = matched(&old, &new);
        let (let_in, removed) = removed.into_iter().partition(|rule| rule.aside);
        let (kept_out, added) = added.into_iter().partition(|rule| rule.aside);
        let Subjects { changed, removed, added } = same_subject(removed, added);
        let (before, after) = (then.tree(&old), now.tree(&new));
        // A rule then is called as it is now; one that isn't there at both moments has no name.
        let names: HashMap<u32, u32> = kept
            .into_iter()
            .chain(changed.iter().map(|(old, new)| (old.number, new.number)))
            .collect();
        let both: HashSet<u32> = names.values().copied().collect();
        let shape_before = before.shape(&|number| names.get(&number).copied());
        let shape_after = after.shape(&|number| both.contains(&number).then_some(number));
        let joined = match (before.side_by_side(), after.side_by_side()) {
            (Some(one), Some(other)) if one.is_none() || other.is_none() || one == other => {
                Some(one.or(other))
            }
            _ => None,
        };
        let same_rules = added.is_empty() && removed.is_empty();
        let plain = shape_before == shape_after && (same_rules || joined.is_some());
        let whole = (!plain).then(|| [sentence(&before, &old), sentence(&after, &new)]);
        let [one, other] = [then, now].map(|side| side.segment.scope.list.clone());
        let list = (one != other).then_some([one, other]);
        Self { added, removed, changed, kept_out, let_in, joined: joined.flatten(), whole, list }
    }

    /// True where the same rules, joined in the same way, stand in another order or other groups.
    pub fn is_order_only(&self) -> bool {
        let Self { added, removed, changed, kept_out, let_in, whole, list, .. } = self;
        [added, removed, kept_out, let_in].iter().all(|rules| rules.is_empty())
            && changed.is_empty()
            && whole.is_none()
            && list.is_none()
    }
}

/// Criteria at one of the two moments.
pub struct Side<'a> {
    /// What they ask.
    pub segment: &'a Segment,
    /// The file.
    pub file: &'a SourceFile,
    /// What was read of it.
    pub read: &'a Read,
    /// Says rules in English.
    pub speaker: Speaker<'a>,
}

impl Side<'_> {
    fn rules(&self) -> Vec<Rule> {
        let outline = Outline::of(&self.segment.expr);
        let within =
            |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
        let rule = |part: &Part| {
            let id = part.rule()?;
            let written = self.read.rules.get(id.0 as usize)?;
            let Written { words, position } = Written::of(written, self.file);
            Some(Rule {
                number: id.0 + 1,
                says: self.speaker.rule(&part.expr),
                written: words,
                line: position.line,
                column: position.column,
                subject: written.subject.clone(),
                asks: part.expr.clone().unnumbered(),
                aside: self.read.aside.is_some_and(|aside| within(written.span, aside)),
            })
        };
        outline.parts().into_iter().filter_map(rule).collect()
    }

    fn tree(&self, rules: &[Rule]) -> Tree {
        let named: HashSet<u32> =
            rules.iter().filter(|rule| !rule.aside).map(|rule| rule.number).collect();
        let number = |rule: RuleId| Some(rule.0 + 1).filter(|number| named.contains(number));
        Tree::of(&Outline::of(&self.segment.expr).root, &number)
    }
}

fn sentence(tree: &Tree, rules: &[Rule]) -> String {
    tree.sentence(&|number| {
        let rule = rules.iter().find(|rule| rule.number == number);
        rule.map(|rule| rule.says.clone()).unwrap_or_default()
    })
}

/// Rules of both moments.
struct Matched {
    /// The numbers, then and now, of those that ask the same.
    kept: Vec<(u32, u32)>,
    removed: Vec<Rule>,
    added: Vec<Rule>,
}

fn matched(old: &[Rule], new: &[Rule]) -> Matched {
    let mut known: HashMap<(&Expr, bool), VecDeque<&Rule>> = HashMap::new();
    for rule in old {
        known.entry((&rule.asks, rule.aside)).or_default().push_back(rule);
    }
    let (mut kept, mut added) = (Vec::new(), Vec::new());
    for rule in new {
        match known.get_mut(&(&rule.asks, rule.aside)).and_then(VecDeque::pop_front) {
            Some(same) => kept.push((same.number, rule.number)),
            None => added.push(rule.clone()),
        }
    }
    let kept_then: HashSet<u32> = kept.iter().map(|(then, _)| *then).collect();
    let removed = old.iter().filter(|rule| !kept_then.contains(&rule.number)).cloned().collect();
    Matched { kept, removed, added }
}

/// Rules that aren't there at both moments.
struct Subjects {
    changed: Vec<(Rule, Rule)>,
    removed: Vec<Rule>,
    added: Vec<Rule>,
}

/// Takes rules about one subject for one that changed, the first for the first.
fn same_subject(removed: Vec<Rule>, new: Vec<Rule>) -> Subjects {
    let mut left: Vec<Option<Rule>> = removed.into_iter().map(Some).collect();
    let (mut changed, mut added) = (Vec::new(), Vec::new());
    for rule in new {
        let is_it =
            |old: &&mut Option<Rule>| old.as_ref().is_some_and(|old| old.subject == rule.subject);
        match left.iter_mut().find(is_it).and_then(Option::take) {
            Some(old) => changed.push((old, rule)),
            None => added.push(rule),
        }
    }
    Subjects { changed, removed: left.into_iter().flatten().collect(), added }
}
