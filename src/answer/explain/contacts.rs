//! Why contacts are in segments, or not.

use super::evidence::{Evidence, RuleEvidence};
use super::fewest::fewest;
use super::key::Key;
use super::rows::{Columns, Row};
use crate::answer::subject::{Dumps, Subject, keys};
use crate::criteria::{Expr, RuleId, Segment, Test};
use crate::dump::ContactRow;
use crate::engine::looked_at::{limits, tells};
use crate::engine::{AskedSegment, EngineError, Outputs, Plan, Summary, Watched};

/// The contacts that were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Those that are in the dump, in its order.
    pub contacts: Vec<Key>,
    /// What was asked for and nobody has.
    pub missing: Vec<String>,
}

/// Whether a contact is looked at, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookedAt {
    /// It is.
    Yes,
    /// Its status is another.
    OtherStatus,
    /// It isn't on the list.
    OtherList,
    /// It was added after as-of.
    AddedLater,
}

/// Why a contact is in a segment, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The contact.
    pub contact: Key,
    /// Whether it is in the segment.
    pub member: bool,
    /// Whether the segment looks at it.
    pub looked_at: LookedAt,
    /// The verdict of each part of the outline, by its number.
    pub verdicts: Vec<bool>,
    /// What each rule saw, by its number.
    pub evidence: Vec<RuleEvidence>,
    /// The fewest rules whose verdicts would have to be others for it to be in, or for a member to be
    /// out; `None` where rules alone can't do that.
    pub fewest: Option<Vec<RuleId>>,
}

/// Finds contacts by id or address, case and outer blanks aside.
///
/// # Errors
/// The contacts can't be read.
pub fn find(dumps: &Dumps<'_>, asked: &[String]) -> Result<Found, EngineError> {
    let everyone = Segment::everyone();
    let mut watched = Watched::default();
    // Several keys may be those of one contact, so each is looked for by itself too.
    let each = asked.iter().enumerate().map(|(number, key)| {
        watched.enter(number, Some(key), Some(key));
        let mut only = Watched::default();
        only.enter(number, Some(key), Some(key));
        only
    });
    let each: Vec<Watched> = each.collect();
    let wanted = Outputs { columns: keys(), ..Outputs::default() };
    let plan = dumps.plan(&[AskedSegment::of(&everyone).among_everyone()], &wanted)?;
    let plan = plan.watching(watched.clone());
    let (mut contacts, mut met): (Vec<Key>, _) = (Vec::new(), vec![false; asked.len()]);
    dumps.evaluate(plan, &mut |plan, _, row| {
        let contact = key_of(plan, row);
        for (met, only) in met.iter_mut().zip(&each) {
            *met |= only.number(contact.contact_id.as_deref(), contact.email.as_deref()).is_some();
        }
        if !contacts.contains(&contact) {
            contacts.push(contact);
        }
        Ok(())
    })?;
    let missing = asked.iter().zip(met).filter(|(_, met)| !met).map(|(key, _)| key.clone());
    Ok(Found { contacts, missing: missing.collect() })
}

fn key_of(plan: &Plan, row: &ContactRow) -> Key {
    let text = |at| row.first(plan.output(at)).map(str::to_owned);
    Key { contact_id: text(0), email: text(1) }
}

/// What of a run is about one segment: where its own segments begin among those asked.
struct Slots {
    first: usize,
    parts: usize,
}

/// The segments that are asked for every subject, before its parts.
enum Slot {
    Whole,
    LookedAt,
    Status,
    List,
}

const BEFORE_PARTS: usize = 4;

impl Slots {
    fn of(&self, slot: Slot) -> usize {
        self.first + slot as usize
    }
}

/// Explains why contacts are in segments, or not: for each segment, each contact row in the order of
/// the dump. Gives the summary of the run too.
///
/// # Errors
/// A dump can't be read, or hasn't what a rule asks for.
pub fn explain(
    dumps: &Dumps<'_>,
    subjects: &[Subject],
    contacts: &[Key],
) -> Result<(Vec<Vec<Explained>>, Summary), EngineError> {
    let mut watched = Watched::default();
    for (number, contact) in contacts.iter().enumerate() {
        watched.enter(number, contact.contact_id.as_deref(), contact.email.as_deref());
    }
    let (segments, slots) = segments(dumps, subjects);
    let asked = segments.iter().map(|(segment, among_everyone)| {
        let asked = AskedSegment::of(segment);
        if *among_everyone { asked.among_everyone() } else { asked }
    });
    let asked: Vec<_> = asked.collect();
    let columns = Columns::of(dumps, subjects);
    let plan = dumps.plan(&asked, &columns.wanted())?.watching(watched.clone());
    let mut rows: Vec<Row> = Vec::new();
    let summary = dumps.evaluate(plan, &mut |plan, segment, row| {
        // Everyone is in the first segment, so that with it a contact begins.
        if segment == 0 {
            let contact = key_of(plan, row);
            let number = watched.number(contact.contact_id.as_deref(), contact.email.as_deref());
            let values = |at| row.values(plan.output(at)).map(str::to_owned).collect();
            let values = (0..columns.0.len()).map(values).collect();
            rows.push(Row { contact, number, values, holds: vec![false; asked.len()] });
        }
        if let Some(holds) = rows.last_mut().and_then(|row| row.holds.get_mut(segment)) {
            *holds = true;
        }
        Ok(())
    })?;
    let evidence = Evidence { dumps, found: &summary.evidence };
    let explained = subjects.iter().zip(&slots).map(|(subject, slots)| {
        rows.iter().map(|row| explained(row, subject, slots, &columns, &evidence)).collect()
    });
    let explained = explained.collect();
    Ok((explained, summary))
}

/// The segments of a run, each with whether it is asked among everyone, and where those of each
/// subject begin.
fn segments(dumps: &Dumps<'_>, subjects: &[Subject]) -> (Vec<(Segment, bool)>, Vec<Slots>) {
    let mut segments = vec![(Segment::everyone(), true)];
    let mut slots = Vec::new();
    for subject in subjects {
        let parts = subject.outline.parts();
        slots.push(Slots { first: segments.len(), parts: parts.len() });
        let looked_at = subject.part(Expr::All(Vec::new()));
        segments.push((subject.segment.clone(), false));
        segments.push((looked_at, false));
        let [status, list] = scope_tests(dumps, &subject.segment);
        segments.push((subject.part(status), true));
        segments.push((subject.part(list), true));
        segments.extend(parts.iter().map(|part| (subject.part(part.expr.clone()), true)));
    }
    (segments, slots)
}

/// What is asked of the status and the lists of contacts that a segment looks at.
fn scope_tests(dumps: &Dumps<'_>, segment: &Segment) -> [Expr; 2] {
    let limits = limits(&segment.scope, dumps.options, tells(dumps.contacts));
    let part = |of_lists: bool| {
        let limits = limits.iter().map(|limit| &limit.test);
        let limits = limits.filter(|test| matches!(test, Test::Member(..)) == of_lists);
        Expr::All(limits.map(|test| Expr::Test(RuleId(0), test.clone())).collect())
    };
    [part(false), part(true)]
}

/// Why the contact of a row is in a segment, or not.
fn explained(
    row: &Row,
    subject: &Subject,
    slots: &Slots,
    columns: &Columns,
    evidence: &Evidence<'_>,
) -> Explained {
    let first = slots.first + BEFORE_PARTS;
    let verdicts: Vec<bool> =
        (first..first + slots.parts).map(|segment| row.is_in(segment)).collect();
    let member = row.is_in(slots.of(Slot::Whole));
    let looked_at = match () {
        () if row.is_in(slots.of(Slot::LookedAt)) => LookedAt::Yes,
        () if !row.is_in(slots.of(Slot::List)) => LookedAt::OtherList,
        () if !row.is_in(slots.of(Slot::Status)) => LookedAt::OtherStatus,
        () => LookedAt::AddedLater,
    };
    let parts = subject.outline.parts();
    let rules = |rule: RuleId| {
        let part = parts.iter().find(|part| part.rule() == Some(rule));
        part.and_then(|part| verdicts.get(part.number)).copied().unwrap_or(false)
    };
    let whole = verdicts.first().copied().unwrap_or(false);
    let seen = parts.iter().filter_map(|part| Some((part.rule()?, part)));
    let mut rules_seen = vec![RuleEvidence::default(); subject.rules.len()];
    for (rule, part) in seen {
        if let Some(place) = rules_seen.get_mut(rule.0 as usize) {
            *place = evidence.of(&part.expr, row, columns);
        }
    }
    Explained {
        contact: row.contact.clone(),
        member,
        looked_at,
        fewest: fewest(&subject.outline.root, !whole, &rules),
        verdicts,
        evidence: rules_seen,
    }
}
