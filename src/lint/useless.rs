//! Rules that stand there already, and rules that change nothing beside others.

use super::outline::{Group, Item, Outline};
use super::pairs::{Budget, Kin};
use super::removal;
use crate::finding::{Finding, Kind};
use crate::logic::{Claim, Grade, Subject};
use hashbrown::{HashMap, HashSet};

/// Collects what changes nothing, and says it once for each rule.
pub(super) struct Useless<'o, 'a> {
    outline: &'o Outline<'a>,
    budget: &'o Budget,
    /// Rules of which something was said already.
    spoken: HashSet<usize>,
    findings: Vec<Finding>,
}

/// Says which rules change nothing, but for those of which something has been `spoken`.
pub(super) fn useless(
    outline: &Outline<'_>,
    budget: &Budget,
    spoken: HashSet<usize>,
) -> Vec<Finding> {
    let mut pass = Useless { outline, budget, spoken, findings: Vec::new() };
    for group in outline.groups.iter().filter(|group| group.len() > 1) {
        pass.repeated(group.iter());
        pass.beside_wider(group);
    }
    let demanded: Vec<&Item<'_>> = outline.demanded().collect();
    pass.repeated(demanded.iter().copied());
    pass.beside_narrower(&demanded);
    pass.groups_beside(&demanded);
    pass.findings
}

impl<'a> Useless<'_, 'a> {
    fn say(&mut self, finding: Finding) {
        if let Some(rule) = finding.target.rule
            && self.spoken.insert(rule)
        {
            self.findings.push(finding);
        }
    }

    /// Rules that are joined alike and say the same.
    fn repeated<'i>(&mut self, items: impl Iterator<Item = &'i Item<'a>>)
    where
        'a: 'i,
    {
        let mut known: HashMap<&Claim, usize> = HashMap::new();
        for item in items {
            let first = *known.entry(&item.claim).or_insert(item.rule);
            if first == item.rule {
                continue;
            }
            let outline = self.outline;
            let (this, that) = (outline.words(item.rule, first), outline.words(first, item.rule));
            let message = if this == that {
                format!("{this} stands there already")
            } else {
                format!("{this} says the same as {that}")
            };
            let finding = outline
                .finding(Kind::RuleRepeated, item.rule, message)
                .related(outline.said(first), "the first time");
            self.say(removal::with_fix(outline, item.rule, finding));
        }
    }

    /// In an or: a rule that lets in nobody whom another doesn't let in.
    fn beside_wider(&mut self, group: &Group<'a>) {
        for kin in Kin::of(group.iter()) {
            for (one, other) in kin.pairs() {
                if !self.budget.spend(2) {
                    return;
                }
                let found = if one.claim.implies(&other.claim) {
                    (one, other)
                } else if other.claim.implies(&one.claim) {
                    (other, one)
                } else {
                    continue;
                };
                self.beside(found.0, found.1, "lets in everybody whom it lets in");
            }
        }
    }

    /// In an and: a rule that leaves out nobody whom another doesn't leave out.
    fn beside_narrower(&mut self, demanded: &[&Item<'a>]) {
        for kin in Kin::of(demanded.iter().copied()) {
            for (one, other) in kin.pairs() {
                if !self.budget.spend(2) {
                    return;
                }
                let found = if other.claim.implies(&one.claim) {
                    (one, other)
                } else if one.claim.implies(&other.claim) {
                    (other, one)
                } else {
                    continue;
                };
                self.beside(found.0, found.1, "leaves out everybody whom it leaves out");
            }
        }
    }

    fn beside(&mut self, useless: &Item<'a>, other: &Item<'a>, why: &str) {
        let outline = self.outline;
        let this = outline.words(useless.rule, other.rule);
        let that = outline.words(other.rule, useless.rule);
        let message = format!("{this} changes nothing: {that} {why}");
        let finding = outline.finding(Kind::RuleUseless, useless.rule, message);
        self.say(finding.related(outline.said(other.rule), "beside this one"));
    }

    /// Rules of an or beside one that everybody must pass: the whole or changes nothing where that
    /// one implies a rule of it, and a rule that it excludes lets in nobody.
    fn groups_beside(&mut self, demanded: &[&Item<'a>]) {
        let mut by_subject: HashMap<&Subject, Vec<&Item<'a>>> = HashMap::new();
        for item in demanded.iter().filter(|item| !item.hopeless) {
            by_subject.entry(item.claim.subject()).or_default().push(item);
        }
        let outline = self.outline;
        for group in outline.groups.iter().filter(|group| group.len() > 1) {
            let mut dead = Vec::new();
            let mut covered = None;
            for item in group.iter().filter(|item| !item.hopeless) {
                for other in by_subject.get(item.claim.subject()).into_iter().flatten() {
                    if !self.budget.spend(2) {
                        return;
                    }
                    if covered.is_none() && other.claim.implies(&item.claim) {
                        covered = Some((item, *other));
                    }
                    if other.claim.excludes(&item.claim) == Some(Grade::Always) {
                        dead.push((item, *other));
                    }
                }
            }
            match covered {
                Some((item, other)) => self.group_beside(group, item, other),
                None => dead.into_iter().for_each(|(item, other)| self.dead_beside(item, other)),
            }
        }
    }

    fn group_beside(&mut self, group: &Group<'a>, item: &Item<'a>, other: &Item<'a>) {
        if group.iter().any(|item| self.spoken.contains(&item.rule)) {
            return;
        }
        let outline = self.outline;
        let this = outline.words(item.rule, other.rule);
        let that = outline.words(other.rule, item.rule);
        let message = format!(
            "the `or` around {this} changes nothing: {that} must hold as well, and so it does"
        );
        let finding = outline.finding(Kind::RuleUseless, item.rule, message);
        self.say(finding.related(outline.said(other.rule), "beside this one"));
    }

    fn dead_beside(&mut self, item: &Item<'a>, other: &Item<'a>) {
        let outline = self.outline;
        let this = outline.words(item.rule, other.rule);
        let that = outline.words(other.rule, item.rule);
        let message = format!("{this} lets in nobody: {that} must hold as well");
        let finding = outline.finding(Kind::RuleUseless, item.rule, message);
        self.say(finding.related(outline.said(other.rule), "beside this one"));
    }
}
