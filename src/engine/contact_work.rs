//! The first half of the contact pass: contacts put to the plan. Many threads do that at once; what
//! they find is put together in the order of the dump (`contact_pass`).

use super::engagement::Chosen;
use super::index::{Facts, Firsts, Index, Place, Slot, Topic};
use super::pipeline::Worker;
use super::plan::{BoundExpr, BoundSegment, Plan};
use super::summary::Tally;
use super::test::{BoundTest, Typed};
use super::{Among, Members, hash_of};
use crate::dump::{ContactBatch, ContactDecoder, ContactRow, Decoded};
use crate::value::{DayOrder, Stamp};
use std::sync::atomic::{AtomicBool, Ordering};

/// What came of some contacts.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    pub read: u64,
    /// Counts of each segment.
    pub tallies: Vec<Tally>,
    /// For each contact the hashes of its own key and of the keys under which its activities may
    /// stand, those that there are.
    pub keys: Vec<Keys>,
    /// Contacts that are in some segment.
    pub rows: Vec<ContactRow>,
    /// Members: which of the rows is in which segment.
    pub members: Vec<(u32, u32)>,
    pub not_numbers: u64,
    pub not_dates: u64,
    /// The lists and tags asked about that some contact has.
    pub met: Vec<usize>,
    /// The projected columns that were there.
    pub seen: Vec<usize>,
}

/// Hashes of the keys of a contact.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Keys {
    pub own: Option<u64>,
    pub others: [Option<u64>; 2],
}

/// Puts contacts to the plan.
pub(super) struct ContactWorker<'a> {
    decoder: ContactDecoder,
    asker: Asker<'a>,
}

/// What has to be known to answer.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub plan: &'a Plan,
    /// The set of campaigns of each engagement.
    pub chosen: &'a [Chosen],
    pub index: &'a Index,
    /// The lists and tags asked about that some contact is known to have.
    pub met: &'a [AtomicBool],
}

struct Asker<'a> {
    asked: Asked<'a>,
    /// What each test came to for the contact at hand.
    answers: Vec<Option<bool>>,
    facts: Vec<(Topic, Facts, Firsts)>,
    /// The slots of the contact at hand, once they were looked for.
    slots: Option<[Option<Slot>; 2]>,
}

impl<'a> ContactWorker<'a> {
    pub(super) fn new(decoder: ContactDecoder, asked: Asked<'a>) -> Self {
        let answers = vec![None; asked.plan.tests.len()];
        Self { decoder, asker: Asker { asked, answers, facts: Vec::new(), slots: None } }
    }
}

impl Worker for ContactWorker<'_> {
    type Row = ContactRow;
    type Came = Contacts;

    fn work(&mut self, batch: &mut ContactBatch) -> (Decoded, Contacts) {
        let tallies = vec![Tally::default(); self.asker.asked.plan.segments.len()];
        let mut came = Contacts { tallies, ..Contacts::default() };
        let Self { decoder, asker } = self;
        let decoded = decoder.decode(batch, |row| asker.row(row, &mut came));
        came.seen = decoder.seen().collect();
        let name = decoder.name_of(batch);
        came.rows.iter_mut().for_each(|row| row.set_file(&name));
        (decoded, came)
    }
}

impl Asker<'_> {
    fn row(&mut self, row: &ContactRow, came: &mut Contacts) {
        came.read += 1;
        self.answers.fill(None);
        self.slots = None;
        let Asked { plan, met, .. } = self.asked;
        let own = plan.join.own(row);
        let others = plan.join.contact(row).map(|told| {
            let hash = told.and_then(|(text, namespace)| hash_of(text.as_bytes(), namespace));
            hash.filter(|hash| Some(*hash) != own)
        });
        came.keys.push(Keys { own, others });
        for (at, asked) in plan.asked.iter().enumerate() {
            let unmet = met.get(at).is_some_and(|met| !met.load(Ordering::Relaxed));
            if unmet && !came.met.contains(&at) && asked.test.holds(row, || None) {
                came.met.push(at);
            }
        }
        if plan.watched.as_ref().is_some_and(|watched| !watched.has(row, plan.join)) {
            return;
        }
        let mut is_later = None;
        let mut is_counted = false;
        let mut kept = None;
        for (number, segment) in plan.segments.iter().enumerate() {
            let mut tally = Tally::default();
            if self.is_looked_at(segment, row, &mut tally, &mut is_later) {
                if !is_counted {
                    count_unreadable(plan, row, came);
                    is_counted = true;
                }
                if self.holds(&segment.root, row) {
                    tally.members += 1;
                    if segment.members == Members::HandedOver {
                        let kept = *kept.get_or_insert_with(|| {
                            let mut row = row.clone();
                            row.set_number(came.read);
                            came.rows.push(row);
                            came.rows.len() as u32 - 1
                        });
                        came.members.push((kept, number as u32));
                    }
                }
            }
            if let Some(all) = came.tallies.get_mut(number) {
                all.add(&tally);
            }
        }
    }

    fn is_looked_at(
        &mut self,
        segment: &BoundSegment,
        row: &ContactRow,
        tally: &mut Tally,
        is_later: &mut Option<bool>,
    ) -> bool {
        let plan = self.asked.plan;
        if segment.among == Among::Everyone {
            return true;
        }
        if let Some((list, _)) = segment.list {
            if !self.answer(list, row) {
                tally.other_list += 1;
                return false;
            }
            tally.on_list += 1;
        }
        if let Some(status) = segment.status
            && !self.answer(status, row)
        {
            tally.other_status += 1;
            return false;
        }
        let is_later = *is_later.get_or_insert_with(|| {
            let added = plan.added.and_then(|column| row.first(column));
            let at = added
                .and_then(|text| Stamp::instant_of(text, DayOrder::MonthFirst, plan.options.zone));
            at.is_some_and(|at| at > plan.options.as_of)
        });
        tally.added_later += u64::from(is_later);
        !is_later
    }

    fn holds(&mut self, expr: &BoundExpr, row: &ContactRow) -> bool {
        match expr {
            BoundExpr::All(parts) => parts.iter().all(|part| self.holds(part, row)),
            BoundExpr::Any(parts) => parts.iter().any(|part| self.holds(part, row)),
            BoundExpr::Not(part) => !self.holds(part, row),
            BoundExpr::Test(test) => self.answer(*test, row),
        }
    }

    /// What a test comes to; it is asked once of each contact.
    fn answer(&mut self, test: usize, row: &ContactRow) -> bool {
        if let Some(Some(answer)) = self.answers.get(test) {
            return *answer;
        }
        let plan = self.asked.plan;
        let answer = match plan.tests.get(test) {
            Some(BoundTest::Engaged(engaged)) => {
                self.look_up(row);
                plan.engagements.holds(*engaged, self.asked.chosen, &self.facts)
            }
            Some(BoundTest::Location { .. }) if plan.needs_places => {
                let slots = self.look_up(row);
                let place = || latest_place(self.asked.index, slots);
                plan.tests.get(test).is_some_and(|test| test.holds(row, place))
            }
            Some(test) => test.holds(row, || None),
            None => false,
        };
        if let Some(known) = self.answers.get_mut(test) {
            *known = Some(answer);
        }
        answer
    }

    /// Looks up what is known of the contact's activities.
    fn look_up(&mut self, row: &ContactRow) -> [Option<Slot>; 2] {
        if let Some(slots) = self.slots {
            return slots;
        }
        let index = self.asked.index;
        let keys = self.asked.plan.join.keys(row);
        let slots = keys.map(|key| key.and_then(|key| index.slot(key)));
        gather(index, slots, &mut self.facts);
        self.slots = Some(slots);
        slots
    }
}

fn latest_place(index: &Index, slots: [Option<Slot>; 2]) -> Option<Place> {
    let places = slots.into_iter().flatten().filter_map(|slot| index.place(slot));
    places.max_by_key(|place| place.at).cloned()
}

fn count_unreadable(plan: &Plan, row: &ContactRow, came: &mut Contacts) {
    for &(column, typed) in &plan.typed {
        let unreadable = row.values(column).filter(|value| !typed.reads(value)).count() as u64;
        match typed {
            Typed::Number => came.not_numbers += unreadable,
            Typed::Date(_) | Typed::MonthDay(_) => came.not_dates += unreadable,
        }
    }
}

/// All facts about a contact, whichever key they came under.
fn gather(index: &Index, slots: [Option<Slot>; 2], facts: &mut Vec<(Topic, Facts, Firsts)>) {
    facts.clear();
    for slot in slots.into_iter().flatten() {
        let first = facts.is_empty();
        for (topic, more, firsts) in index.facts(slot) {
            let known = if first { None } else { facts.iter_mut().find(|(t, ..)| *t == topic) };
            match known {
                Some((_, kept, kept_firsts)) => {
                    *kept = kept.with(more);
                    *kept_firsts = kept_firsts.merge(firsts);
                }
                None => facts.push((topic, more, firsts)),
            }
        }
    }
}
