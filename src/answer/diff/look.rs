//! What one side says of the contacts that changed: whether they are there, whether they are looked at,
//! and what each rule comes to.

use super::Cause;
use super::causes::Verdicts;
use super::roster::{Told, keys_of, wanted};
use super::side::Side;
use crate::answer::bits::Bits;
use crate::answer::subject::Dumps;
use crate::criteria::{Expr, MembershipKind, Outline, RuleId, Scope, Segment, Test};
use crate::engine::key::Key;
use crate::engine::looked_at::{limits, tells};
use crate::engine::{AskedSegment, EngineError, MissingColumns, Options, Watched};
use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// One contact as one side sees it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub key: Key,
    /// Its id, else its address.
    pub name: String,
    pub standing: Standing,
    pub verdicts: Verdicts,
}

/// How a contact stands to the segment; of several rows of one contact the one that stands nearest
/// counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    Member,
    LookedAt,
    /// Not looked at, and why.
    NotLookedAt(Cause),
}

/// The contacts that a side has, in the order of its dump.
#[derive(Debug, Default)]
pub(super) struct Sight {
    pub seen: Vec<Seen>,
    by_key: HashMap<Key, usize, RandomState>,
}

impl Sight {
    pub fn of(&self, key: &Key) -> Option<&Seen> {
        self.seen.get(*self.by_key.get(key)?)
    }

    fn enter(&mut self, seen: Seen) {
        let next = self.seen.len();
        match self.seen.get_mut(*self.by_key.entry(seen.key).or_insert(next)) {
            None => self.seen.push(seen),
            Some(known) if known.standing.nearness() < seen.standing.nearness() => *known = seen,
            Some(_) => {}
        }
    }
}

impl Standing {
    fn nearness(&self) -> u8 {
        match self {
            Self::Member => 2,
            Self::LookedAt => 1,
            Self::NotLookedAt(_) => 0,
        }
    }
}

/// What a part of the question is about.
enum Asks {
    Member,
    Everyone,
    LookedAt,
    /// One of the limits on who is looked at, and what failing it means.
    Limit(Cause),
    /// The part of the outline with this number.
    Rule(usize),
}

/// The segments that are asked in one run, and what each is about.
struct Question {
    asked: Vec<(Asks, Segment)>,
}

impl Question {
    fn of(side: &Side<'_>, outline: &Outline) -> Self {
        let Segment { scope, .. } = side.segment;
        let alone = |expr| Segment { name: None, expr, scope: Scope::default() };
        let mut asked = vec![
            (Asks::Member, side.segment.clone()),
            (Asks::Everyone, Segment::everyone()),
            (Asks::LookedAt, Segment { scope: scope.clone(), ..Segment::everyone() }),
        ];
        for limit in limits(scope, side.dumps.options, tells(side.dumps.contacts)) {
            let cause = match &limit.test {
                Test::Member(MembershipKind::List, _) => Cause::OtherList,
                _ => Cause::OtherStatus,
            };
            // No rule asks for it, and no message names one: what is missing counts as blank here.
            asked.push((Asks::Limit(cause), alone(Expr::Test(RuleId(0), limit.test))));
        }
        let rules = outline.parts().into_iter().filter(|part| part.rule().is_some());
        asked.extend(rules.map(|part| (Asks::Rule(part.number), alone(part.expr.clone()))));
        Self { asked }
    }

    fn segments(&self) -> Vec<AskedSegment<'_>> {
        self.asked
            .iter()
            .map(|(asks, segment)| match asks {
                Asks::Member | Asks::LookedAt => AskedSegment::of(segment),
                Asks::Everyone | Asks::Limit(_) | Asks::Rule(_) => {
                    AskedSegment::of(segment).among_everyone()
                }
            })
            .collect()
    }

    /// What the answers for one contact say.
    fn seen(&self, key: Key, name: String, answers: &Bits, parts: usize) -> Seen {
        let (mut is_member, mut is_looked_at, mut out_of) = (false, false, None);
        let mut verdicts = Bits::none_of(parts);
        for (at, (asks, _)) in self.asked.iter().enumerate() {
            match (asks, answers.has(at)) {
                (Asks::Member, is) => is_member = is,
                (Asks::LookedAt, is) => is_looked_at = is,
                (Asks::Limit(cause), false) if out_of.is_none() => out_of = Some(cause.clone()),
                (Asks::Rule(part), true) => verdicts.put(*part),
                (Asks::Everyone | Asks::Limit(_) | Asks::Rule(_), _) => {}
            }
        }
        let standing = match (is_member, is_looked_at) {
            (true, _) => Standing::Member,
            (false, true) => Standing::LookedAt,
            // Who passes all limits and isn't looked at was added later.
            (false, false) => Standing::NotLookedAt(out_of.unwrap_or(Cause::AddedLater)),
        };
        Seen { key, name, standing, verdicts: Verdicts(verdicts) }
    }
}

/// Looks at the contacts with these keys, as far as a side has them.
pub(super) fn look(
    side: &Side<'_>,
    outline: &Outline,
    told: Told,
    keys: impl Iterator<Item = Key>,
) -> Result<Sight, EngineError> {
    let question = Question::of(side, outline);
    let mut watched = Watched::default();
    let mut wanted_keys = hashbrown::HashSet::<Key, RandomState>::default();
    for (number, key) in keys.enumerate() {
        watched.enter_key(number, key);
        wanted_keys.insert(key);
    }
    // Whatever is missing would have ended the scan for members; a list that only some files tell
    // limits who is looked at all the same.
    let options = Options { missing_columns: MissingColumns::Blank, ..side.dumps.options.clone() };
    let dumps = Dumps { options: &options, ..side.dumps };
    let plan = dumps.plan(&question.segments(), &wanted())?.only(watched);
    let places = [plan.output(0), plan.output(1)];
    let parts = outline.parts().len();
    let mut sight = Sight::default();
    // All answers for one contact come in a row; everybody is in the second segment.
    let mut at_hand: Option<(u64, Option<Key>, String)> = None;
    let mut answers = Bits::none_of(question.asked.len());
    let mut finish = |at_hand: &mut Option<(u64, Option<Key>, String)>, answers: &mut Bits| {
        if let Some((_, Some(key), name)) = at_hand.take() {
            sight.enter(question.seen(key, name, answers, parts));
        }
        answers.clear();
    };
    dumps.evaluate(plan, &mut |_, segment, row| {
        if at_hand.as_ref().is_none_or(|(number, ..)| *number != row.number()) {
            finish(&mut at_hand, &mut answers);
            let (id, address) = keys_of(row, places);
            let key = told.key(id, address).filter(|key| wanted_keys.contains(key));
            let name = id.or(address).unwrap_or_default().to_owned();
            at_hand = Some((row.number(), key, name));
        }
        answers.put(segment);
        Ok(())
    })?;
    finish(&mut at_hand, &mut answers);
    Ok(sight)
}
