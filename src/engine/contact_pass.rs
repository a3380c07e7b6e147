//! The contact pass: every contact is read once, put to the plan, and handed on if it is a member.

use super::bind::missing_column;
use super::engagement::{Chosen, ContactFacts};
use super::index::{Facts, Firsts, Index, Place, Slot, Topic};
use super::inputs::Inputs;
use super::join::Repeated;
use super::plan::{Asked, BoundExpr, Plan};
use super::progress::{Progress, REPORT_EVERY, Stage};
use super::test::{BoundTest, Typed};
use super::{EngineError, Summary, Warning};
use crate::contact::{Column, ContactField};
use crate::dump::{ContactReader, ContactRow};
use crate::value::{DayOrder, Stamp};

pub(super) struct ContactPass<'a> {
    pub(super) plan: &'a Plan,
    pub(super) chosen: &'a [Chosen],
    pub(super) index: &'a mut Index,
    pub(super) summary: &'a mut Summary,
}

impl ContactPass<'_> {
    pub(super) fn run(
        mut self,
        inputs: Inputs<'_>,
        progress: &dyn Progress,
        member: &mut dyn FnMut(&Plan, &ContactRow) -> std::io::Result<()>,
    ) -> Result<(), EngineError> {
        progress.begin(Stage::Contacts, inputs.contacts.total_bytes());
        let mut reader = inputs.contacts.reader(self.plan.projection.clone())?;
        let mut row = ContactRow::default();
        let mut repeated = Repeated::default();
        let mut facts = Vec::new();
        let mut on_list = 0u64;
        let mut unmet = self.plan.memberships();
        while reader.next(&mut row)? {
            self.summary.contacts += 1;
            if self.summary.contacts.is_multiple_of(REPORT_EVERY) {
                progress.at(reader.bytes_read());
            }
            repeated.note(self.plan.join, &row);
            let slots =
                self.plan.join.contact(&row).map(|key| key.and_then(|key| self.index.slot(key)));
            slots.into_iter().flatten().for_each(|slot| self.index.mark_known(slot));
            unmet.retain(|membership| !membership.test.holds(&row, || None));
            if !self.is_looked_at(&row, &mut on_list) {
                continue;
            }
            self.count_unreadable(&row);
            gather(self.index, slots, &mut facts);
            if self.holds(&self.plan.root, &row, slots, &facts) {
                self.summary.members += 1;
                member(self.plan, &row).map_err(EngineError::Output)?;
            }
        }
        for Asked { what, id, .. } in unmet {
            let (what, id) = (what.name(), id.clone());
            self.summary.warnings.push(Warning::NobodyHas { what, id });
        }
        self.finish(inputs, &reader, &repeated, on_list)
    }

    fn finish(
        self,
        inputs: Inputs<'_>,
        reader: &ContactReader,
        repeated: &Repeated,
        on_list: u64,
    ) -> Result<(), EngineError> {
        if self.summary.contacts == 0 {
            return Err(EngineError::NoContacts { files: inputs.contacts.files().join(", ") });
        }
        if let Some(late) = self.plan.taken_absent.iter().find(|column| reader.seen(**column))
            && let Some(column) = self.plan.projection.columns.get(*late)
        {
            let switch = match column {
                Column::Contact(ContactField::Status) => Some("--status"),
                Column::Contact(ContactField::Lists) => Some("--list"),
                _ => None,
            };
            let column = column.to_string();
            return Err(EngineError::LateColumn { dump: "contacts", column, switch });
        }
        for (column, rules) in &self.plan.unvouched {
            if !reader.seen(*column)
                && let Some(wanted) = self.plan.projection.columns.get(*column)
            {
                let known = inputs.contacts.columns();
                return Err(missing_column(wanted, rules, Vec::new(), known));
            }
        }
        for found in reader.missing_pages() {
            self.summary.warnings.push(Warning::PagesMissing { dump: "contacts", found });
        }
        let (known, unknown) = self.index.row_counts();
        self.summary.activities_counted = known;
        self.summary.unknown_contact = unknown;
        if repeated.rows > 0 {
            let warning =
                Warning::RepeatedContacts { rows: repeated.rows, all_compared: !repeated.full };
            self.summary.warnings.push(warning);
        }
        if let Some((_, list)) = &self.plan.scope.list
            && on_list == 0
        {
            self.summary.warnings.push(Warning::NobodyOnList(list.clone()));
        }
        Ok(())
    }

    fn is_looked_at(&mut self, row: &ContactRow, on_list: &mut u64) -> bool {
        let scope = &self.plan.scope;
        if let Some((list, _)) = &scope.list {
            if !list.holds(row, || None) {
                self.summary.other_list += 1;
                return false;
            }
            *on_list += 1;
        }
        if let Some((_, status)) = &scope.status
            && !status.holds(row, || None)
        {
            self.summary.other_status += 1;
            return false;
        }
        let added = scope.added.and_then(|column| row.first(column));
        let stamp = added.and_then(|text| Stamp::parse(text, DayOrder::MonthFirst));
        let options = &self.plan.options;
        if stamp.is_some_and(|stamp| stamp.instant(options.zone) > options.as_of) {
            self.summary.added_later += 1;
            return false;
        }
        true
    }

    fn count_unreadable(&mut self, row: &ContactRow) {
        for &(column, typed) in &self.plan.typed {
            let unreadable = row.values(column).filter(|value| !typed.reads(value)).count() as u64;
            match typed {
                Typed::Number => self.summary.not_numbers += unreadable,
                Typed::Date(_) | Typed::MonthDay(_) => self.summary.not_dates += unreadable,
            }
        }
    }

    fn holds(
        &self,
        expr: &BoundExpr,
        row: &ContactRow,
        slots: [Option<Slot>; 2],
        facts: &ContactFacts,
    ) -> bool {
        match expr {
            BoundExpr::All(parts) => parts.iter().all(|part| self.holds(part, row, slots, facts)),
            BoundExpr::Any(parts) => parts.iter().any(|part| self.holds(part, row, slots, facts)),
            BoundExpr::Not(part) => !self.holds(part, row, slots, facts),
            BoundExpr::Test(test) => match self.plan.tests.get(*test) {
                Some(BoundTest::Engaged(test)) => {
                    self.plan.engagements.holds(*test, self.chosen, facts)
                }
                Some(test) => test.holds(row, || self.latest_place(slots)),
                None => false,
            },
        }
    }

    fn latest_place(&self, slots: [Option<Slot>; 2]) -> Option<Place> {
        let places = slots.into_iter().flatten().filter_map(|slot| self.index.place(slot));
        places.max_by_key(|place| place.at).cloned()
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
