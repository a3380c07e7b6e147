//! Rules that can't hold together, and rules of which one always holds.

use super::outline::{Group, Item, Outline};
use super::pairs::{Budget, Kin};
use crate::criteria::Field;
use crate::finding::{Finding, Kind};
use crate::logic::{self, Grade, Subject};
use hashbrown::{HashMap, HashSet};

/// More groups than this aren't searched for a contradiction of three or more.
const MOST_GROUPS: usize = 60;

/// Says which rules can't hold together; gives the rules it has spoken of.
pub(super) fn contradictions(
    outline: &Outline<'_>,
    budget: &Budget,
    findings: &mut Vec<Finding>,
) -> HashSet<usize> {
    let mut spoken = HashSet::new();
    let mut by_subject: HashMap<&Subject, Vec<&Group<'_>>> = HashMap::new();
    let mut order = Vec::new();
    for group in &outline.groups {
        let Some(subject) = only_subject(group) else { continue };
        if group.iter().any(|item| item.hopeless) {
            continue;
        }
        let kin = by_subject.entry(subject).or_default();
        if kin.is_empty() {
            order.push(subject);
        }
        kin.push(group);
    }
    for subject in order {
        let kin = by_subject.get(subject).map_or(&[][..], Vec::as_slice);
        for (at, group) in kin.iter().enumerate() {
            let before = kin.get(..at).unwrap_or(&[]);
            // Values that are denied never contradict each other.
            let denies = |group: &Group<'_>| group.iter().all(|item| item.claim.is_but_a_point());
            let denied = denies(group);
            let clash =
                before.iter().filter(|other| !(denied && denies(other))).find_map(|other| {
                    if !budget.spend(group.len() * other.len()) {
                        return None;
                    }
                    let grade = every_pair_excludes(other, group)?;
                    tells(subject, grade).then_some((*other, grade))
                });
            if let Some((other, grade)) = clash {
                findings.extend(contradiction(outline, group, other, grade));
                spoken.extend(group.iter().chain(other).map(|item| item.rule));
            }
        }
    }
    if spoken.is_empty() {
        findings.extend(of_several(outline, &mut spoken));
    }
    spoken
}

fn only_subject<'g>(group: &'g Group<'_>) -> Option<&'g Subject> {
    let subject = group.first()?.claim.subject();
    group.iter().all(|item| item.claim.subject() == subject).then_some(subject)
}

/// Whether a proof is worth telling. To ask for two of the options of a field that has several by its
/// type is right.
fn tells(subject: &Subject, grade: Grade) -> bool {
    let several = matches!(subject, Subject::Field(Field::Custom(column)) if column.several);
    grade == Grade::Always || !several
}

fn every_pair_excludes(a: &Group<'_>, b: &Group<'_>) -> Option<Grade> {
    let mut worst = Grade::Always;
    for item in a {
        for other in b {
            worst = worst.max(item.claim.excludes(&other.claim)?);
        }
    }
    Some(worst)
}

fn contradiction(
    outline: &Outline<'_>,
    group: &Group<'_>,
    other: &Group<'_>,
    grade: Grade,
) -> Option<Finding> {
    let (rule, before) = (group.first()?.rule, other.first()?.rule);
    let (this, that) = (all_words(outline, group, before), all_words(outline, other, rule));
    let message = match grade {
        Grade::Always => format!("{this} and {that} exclude each other: nobody passes both"),
        Grade::UnlessSeveral => {
            format!(
                "{this} and {that} exclude each other: only a contact with several values passes both"
            )
        }
    };
    let finding = outline.finding(Kind::RulesContradict, rule, message);
    Some(finding.related(outline.said(before), "the other rule").help("did you mean `or`?"))
}

/// What the rules of a group say.
fn all_words(outline: &Outline<'_>, group: &Group<'_>, beside: usize) -> String {
    let mut words: Vec<String> =
        group.iter().take(3).map(|item| outline.words(item.rule, beside)).collect();
    if group.len() > 3 {
        words.push("…".to_owned());
    }
    words.join(" or ")
}

/// A contradiction of three groups or more, of which no two alone exclude each other.
fn of_several(outline: &Outline<'_>, spoken: &mut HashSet<usize>) -> Option<Finding> {
    let expr = &outline.reading.segment.as_ref()?.expr;
    let few = (3..=MOST_GROUPS).contains(&outline.groups.len());
    if !few || outline.items().any(|item| item.hopeless) {
        return None;
    }
    let grade = logic::never(expr, &outline.setting).filter(|grade| *grade == Grade::Always)?;
    // What can be left out without losing the proof has no part in it.
    let mut needed: Vec<&Group<'_>> = outline.groups.iter().collect();
    let mut at = 0;
    while at < needed.len() {
        let left = needed.remove(at);
        if logic::never(&joined(&needed), &outline.setting) != Some(grade) {
            needed.insert(at, left);
            at += 1;
        }
    }
    let rules: Vec<usize> = needed.iter().flat_map(|group| group.iter().map(|i| i.rule)).collect();
    spoken.extend(&rules);
    let (first, others) = rules.split_first()?;
    let message = format!("these {} rules exclude each other: nobody passes all", rules.len());
    let finding = outline.finding(Kind::RulesContradict, *first, message);
    Some(others.iter().fold(finding, |finding, rule| {
        finding.related(outline.said(*rule), "together with this one")
    }))
}

fn joined(groups: &[&Group<'_>]) -> crate::criteria::Expr {
    use crate::criteria::{Expr, RuleId};
    let rule = |item: &Item<'_>| {
        let test = Expr::Test(RuleId(item.rule as u32), item.test.clone());
        if item.positive { test } else { Expr::Not(Box::new(test)) }
    };
    Expr::All(groups.iter().map(|group| Expr::Any(group.iter().map(rule).collect())).collect())
}

/// Says which groups everybody passes; gives the rules it has spoken of.
pub(super) fn always_true(
    outline: &Outline<'_>,
    budget: &Budget,
    findings: &mut Vec<Finding>,
) -> HashSet<usize> {
    let mut spoken = HashSet::new();
    for group in outline.groups.iter().filter(|group| group.len() > 1) {
        let found = Kin::of(group.iter()).iter().find_map(|kin| covering_pair(kin, budget));
        let Some((one, other, grade)) = found else { continue };
        let (first, second) =
            if one.rule < other.rule { (one.rule, other.rule) } else { (other.rule, one.rule) };
        let who = match grade {
            Grade::Always => "everybody passes one of the two",
            Grade::UnlessSeveral => "only a contact with several values passes neither",
        };
        let (this, that) = (outline.words(second, first), outline.words(first, second));
        let message = format!("{this} or {that} leaves nobody out: {who}");
        let finding = outline.finding(Kind::AlwaysHolds, second, message);
        findings.push(
            finding.related(outline.said(first), "the other rule").help("did you mean `and`?"),
        );
        spoken.extend(group.iter().map(|item| item.rule));
    }
    spoken
}

fn covering_pair<'i, 'a>(
    kin: &Kin<'i, 'a>,
    budget: &Budget,
) -> Option<(&'i Item<'a>, &'i Item<'a>, Grade)> {
    // Of two values that are denied one is always right.
    let denied = kin.but_points.split_first().into_iter();
    let denied = denied.flat_map(|(first, rest)| rest.iter().map(|other| (*first, *other)));
    denied.chain(kin.pairs()).take_while(|_| budget.spend(1)).find_map(|(one, other)| {
        let grade = one.claim.covers_with(&other.claim)?;
        tells(one.claim.subject(), grade).then_some((one, other, grade))
    })
}
