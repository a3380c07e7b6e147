//! The readings that `docs/semantics.md` has chosen although the vendor's words allow another: each
//! with the rules it concerns, and how the other reading is had. What of it shows without dumps, as
//! notes, is said here; on how many contacts the two differ, `data` counts.

use super::outline::{Item, Outline};
use crate::criteria::{
    Campaigns, Case, Choice, Comparison, Engagement, Expr, Membership, Negatives, Quantifier,
    RuleId, Test, What, Window, WindowReading,
};
use crate::engine::Options;
use crate::finding::{Finding, Kind, Severity};

/// A chosen reading.
pub(super) struct Reading {
    pub kind: Kind,
    /// The rules it concerns.
    pub applies: fn(&Test) -> bool,
    /// The rules of which it is noted where nothing can be counted; fewer, since a note that stands
    /// beside every right rule is read by nobody.
    pub noted: fn(&Test) -> bool,
    /// How the other reading is had.
    pub other: Other,
    /// The words of a rule that bring it.
    pub words: &'static [&'static str],
    /// What the rule is read as.
    pub chosen: &'static str,
    /// The other reading, behind "if".
    pub alternative: &'static str,
    /// The switch that chooses it, for people.
    pub switch: Option<&'static str>,
}

/// How a reading is changed to its other.
pub(super) enum Other {
    /// By a switch of the run.
    Switched(fn(&mut Options)),
    /// By other tests in the place of a test: the test as it is read, and the other reading of it.
    Rewritten(fn(RuleId, &Test) -> Option<(Expr, Expr)>),
}

/// Longer than any campaign was sent ago.
const FOR_EVER: u32 = 100_000;

/// Every chosen reading that has another.
pub(super) const READINGS: &[Reading] = &[
    Reading {
        kind: Kind::ReadingWindow,
        applies: has_window,
        noted: has_window,
        other: Other::Switched(|options| options.window = WindowReading::Activity),
        words: &["last-n-days", "in-range"],
        chosen: "the window picks campaigns by when they were sent; what was done counts at any time",
        alternative: "what was done must lie in the window",
        switch: Some("--window activity"),
    },
    Reading {
        kind: Kind::ReadingNegatives,
        applies: is_negative_over_set,
        noted: is_negative_over_set,
        other: Other::Switched(|options| options.negatives = Negatives::Literal),
        words: &["contains-any"],
        chosen: "a negative over several campaigns means none of them",
        alternative: "one of the campaigns is enough",
        switch: Some("--negatives literal"),
    },
    Reading {
        kind: Kind::ReadingSince,
        applies: is_every_campaign,
        noted: is_every_campaign,
        other: Other::Rewritten(since_ever),
        words: &["campaigns"],
        chosen: "`campaigns` without a date filter means those of the last five years",
        alternative: "it means all that were ever sent",
        switch: None,
    },
    Reading {
        kind: Kind::ReadingClicks,
        applies: |test| is_asked(test, &[What::Opened, What::NotOpened, What::DeliveredNotOpened]),
        noted: |test| is_asked(test, &[What::NotOpened, What::DeliveredNotOpened]),
        other: Other::Rewritten(clicks_as_opens),
        words: &["not_opened", "opened", "CampaignNotOpened", "CampaignOpened", "unopen", "open"],
        chosen: "who clicked, but was never reported to have opened, has not opened",
        alternative: "a click is an open",
        switch: None,
    },
    Reading {
        kind: Kind::ReadingBounces,
        applies: |test| is_asked(test, &[What::DeliveredNotOpened]),
        noted: |test| is_asked(test, &[What::DeliveredNotOpened]),
        other: Other::Rewritten(bounces_as_sent),
        words: &["unopen"],
        chosen: "`unopen` leaves out who never got the mail since it bounced",
        alternative: "a bounced mail is unopened as well",
        switch: None,
    },
    Reading {
        kind: Kind::ReadingEnds,
        applies: is_between,
        noted: is_between,
        other: Other::Rewritten(without_ends),
        words: &["BETWEEN"],
        chosen: "BETWEEN includes both its ends",
        alternative: "BETWEEN leaves out its ends",
        switch: None,
    },
    Reading {
        kind: Kind::ReadingCase,
        applies: is_to_the_letter,
        noted: is_to_the_letter,
        other: Other::Rewritten(case_ignored),
        words: &["==", "!="],
        chosen: "`==` and `!=` compare to the letter, `contain` ignores case",
        alternative: "case is ignored",
        switch: None,
    },
];

impl Reading {
    /// The rules of a segment that it concerns.
    pub fn rules(&self, outline: &Outline<'_>, concerns: fn(&Test) -> bool) -> Vec<usize> {
        outline
            .items()
            .filter(|item: &&Item<'_>| concerns(item.test))
            .map(|item| item.rule)
            .collect()
    }

    /// A finding at the first of the rules, with the others beside it.
    pub fn finding(
        &self,
        outline: &Outline<'_>,
        rules: &[usize],
        message: String,
    ) -> Option<Finding> {
        let (first, others) = rules.split_first()?;
        let span = outline.place(*first, self.words);
        let finding = outline.finding_at(self.kind, *first, span, message);
        Some(and_here(outline, finding, others.iter().copied()))
    }

    /// The note of a segment, where it concerns one of its rules.
    pub fn note(&self, outline: &Outline<'_>) -> Option<Finding> {
        let rules = self.rules(outline, self.noted);
        let finding = self.finding(outline, &rules, self.chosen.to_owned())?;
        let switch = self.switch.map(|switch| format!(", with {switch}")).unwrap_or_default();
        let help = format!("it could also be read so that {}{switch}", self.alternative);
        Some(finding.weighing(Severity::Note).help(help))
    }
}

/// More places than this are not shown with one finding.
const MOST_PLACES: usize = 4;

/// Adds further rules that a finding is about, if they aren't many.
pub(super) fn and_here(
    outline: &Outline<'_>,
    finding: Finding,
    rules: impl Iterator<Item = usize>,
) -> Finding {
    rules
        .take(MOST_PLACES)
        .fold(finding, |finding, rule| finding.related(outline.said(rule), "here too"))
}

fn engagement(test: &Test) -> Option<&Engagement> {
    if let Test::Engaged(engagement) = test { Some(engagement) } else { None }
}

fn is_asked(test: &Test, whats: &[What]) -> bool {
    engagement(test).is_some_and(|engagement| whats.contains(&engagement.what))
}

fn has_window(test: &Test) -> bool {
    let set = engagement(test).map(|engagement| &engagement.campaigns);
    matches!(set, Some(Campaigns::Set { window: Some(_), .. }))
}

fn is_negative_over_set(test: &Test) -> bool {
    let set = engagement(test).map(|engagement| &engagement.campaigns);
    matches!(set, Some(Campaigns::Set { quantifier: Quantifier::Any, .. }))
        && is_asked(test, &[What::NotSent, What::NotOpened, What::NotClicked])
}

fn is_every_campaign(test: &Test) -> bool {
    let set = engagement(test).map(|engagement| &engagement.campaigns);
    matches!(set, Some(Campaigns::Set { choice: Choice::Every, window: None, .. }))
}

fn is_between(test: &Test) -> bool {
    matches!(
        test,
        Test::Number(_, Comparison::Between(..)) | Test::Date(_, Comparison::Between(..), _)
    )
}

fn is_to_the_letter(test: &Test) -> bool {
    match test {
        Test::Text(_, _, text, Case::Exact)
        | Test::Member(_, Membership::Name(_, text, Case::Exact)) => has_case(text),
        _ => false,
    }
}

/// True where another text differs in case alone.
fn has_case(text: &str) -> bool {
    text.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}

fn asked(rule: RuleId, what: What, campaigns: &Campaigns) -> Expr {
    Expr::Test(rule, Test::Engaged(Engagement { what, campaigns: campaigns.clone() }))
}

fn rewritten(rule: RuleId, test: &Test, other: Expr) -> Option<(Expr, Expr)> {
    Some((Expr::Test(rule, test.clone()), other))
}

/// The default window against one that holds all. Both are given, since a window that is given also
/// leaves out rows without a time: the two shall differ in nothing but its length.
fn since_ever(rule: RuleId, test: &Test) -> Option<(Expr, Expr)> {
    let Engagement { what, campaigns: Campaigns::Set { quantifier, choice, window: None } } =
        engagement(test)?
    else {
        return None;
    };
    let over = |days| {
        let window = Some(Window::LastDays(days));
        let campaigns = Campaigns::Set { quantifier: *quantifier, choice: *choice, window };
        asked(rule, what.clone(), &campaigns)
    };
    Some((over(Engagement::DEFAULT_DAYS), over(FOR_EVER)))
}

/// Who clicked none as well, where it is asked who opened none: both say "sent", and that one of it,
/// or every one of it, is such.
fn clicks_as_opens(rule: RuleId, test: &Test) -> Option<(Expr, Expr)> {
    let Engagement { what, campaigns } = engagement(test)?;
    let other = match what {
        What::Opened => asked(rule, What::OpenedOrClicked, campaigns),
        _ => Expr::All(vec![
            Expr::Test(rule, test.clone()),
            asked(rule, What::NotClicked, campaigns),
        ]),
    };
    rewritten(rule, test, other)
}

fn bounces_as_sent(rule: RuleId, test: &Test) -> Option<(Expr, Expr)> {
    let campaigns = &engagement(test)?.campaigns;
    rewritten(rule, test, asked(rule, What::NotOpened, campaigns))
}

fn without_ends(rule: RuleId, test: &Test) -> Option<(Expr, Expr)> {
    fn inside<T: Clone>(
        comparison: &Comparison<T>,
        test: impl Fn(Comparison<T>) -> Test,
    ) -> Option<[Test; 2]> {
        let Comparison::Between(from, to) = comparison else { return None };
        Some([test(Comparison::Greater(from.clone())), test(Comparison::Less(to.clone()))])
    }
    let parts = match test {
        Test::Number(field, range) => inside(range, |part| Test::Number(field.clone(), part)),
        Test::Date(field, range, stored) => {
            inside(range, |part| Test::Date(field.clone(), part, *stored))
        }
        _ => None,
    }?;
    rewritten(rule, test, Expr::All(parts.map(|part| Expr::Test(rule, part)).to_vec()))
}

fn case_ignored(rule: RuleId, test: &Test) -> Option<(Expr, Expr)> {
    let other = match test {
        Test::Text(field, op, text, Case::Exact) => {
            Test::Text(field.clone(), *op, text.clone(), Case::Ignored)
        }
        Test::Member(kind, Membership::Name(op, name, Case::Exact)) => {
            Test::Member(*kind, Membership::Name(*op, name.clone(), Case::Ignored))
        }
        _ => return None,
    };
    rewritten(rule, test, Expr::Test(rule, other))
}
