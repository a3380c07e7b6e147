//! The contact pass: every contact is read once, put to the plan, and handed on if it is a member.
//! Many threads put contacts to the plan (`contact_work`); members come here, in the order of the
//! dump.

use super::bind::missing_column;
use super::contact_work::{Asked, ContactWorker, Contacts as Came, Keys};
use super::engagement::Chosen;
use super::index::Index;
use super::inputs::Inputs;
use super::pipeline::{Spent, Taken, in_order};
use super::plan::Plan;
use super::progress::{Progress, Stage};
use super::roll::{GROUP, Met, Roll};
use super::summary::Tally;
use super::{EngineError, Summary, Warning};
use crate::contact::{Column, ContactField};
use crate::dump::{ContactRow, Contacts};
use std::sync::atomic::{AtomicBool, Ordering};

/// Contacts compared with each other: the bound keeps memory from growing with the file.
const COMPARED: usize = 2_000_000;

/// Takes a member of the segment with this number.
pub(super) type TakeMember<'a> =
    &'a mut dyn FnMut(&Plan, usize, &ContactRow) -> std::io::Result<()>;

pub(super) struct ContactPass<'a> {
    pub(super) plan: &'a Plan,
    pub(super) chosen: &'a [Chosen],
    pub(super) index: &'a Index,
    pub(super) roll: Roll,
    pub(super) summary: &'a mut Summary,
}

/// The results of all threads, put together.
struct Pass<'a> {
    plan: &'a Plan,
    roll: Roll,
    summary: &'a mut Summary,
    met: &'a [AtomicBool],
    seen: Vec<bool>,
    /// Contacts whose key stood in an earlier row, and whether all were compared.
    repeated: u64,
    all_compared: bool,
    /// Contacts entered into the roll that weren't known from activities.
    entered: usize,
    /// Bytes of the dump, where they are known.
    total: Option<u64>,
}

impl ContactPass<'_> {
    pub(super) fn run(
        self,
        inputs: Inputs<'_>,
        progress: &dyn Progress,
        member: TakeMember<'_>,
    ) -> Result<Spent, EngineError> {
        let Self { plan, chosen, index, roll, summary } = self;
        progress.begin(Stage::Contacts, inputs.contacts.total_bytes());
        let met: Vec<_> = plan.asked.iter().map(|_| AtomicBool::new(false)).collect();
        summary.segments = vec![Tally::default(); plan.segments.len()];
        let asked = Asked { plan, chosen, index, met: &met };
        let workers = (0..inputs.effort.threads.get())
            .map(|_| ContactWorker::new(inputs.contacts.decoder(&plan.projection), asked));
        let source = inputs.contacts.source(&plan.projection, inputs.effort.chunk);
        let seen = vec![false; plan.projection.columns.len()];
        let mut pass = Pass {
            plan,
            roll,
            summary,
            met: &met,
            seen,
            repeated: 0,
            all_compared: true,
            entered: 0,
            total: inputs.contacts.total_bytes(),
        };
        let (workers, settle) = (workers.collect(), inputs.contacts.settle());
        let (source, spent) = in_order(source, workers, settle, |taken| {
            progress.at(taken.bytes);
            pass.take(taken, member)
        })?;
        for (seen, &in_source) in pass.seen.iter_mut().zip(source.seen()) {
            *seen |= in_source;
        }
        pass.finish(inputs.contacts, &source.missing_pages())?;
        Ok(spent)
    }
}

impl Pass<'_> {
    fn take(&mut self, taken: Taken<Came>, member: TakeMember<'_>) -> Result<(), EngineError> {
        let Taken { mut came, lines, bytes } = taken;
        let before = self.summary.contacts;
        if before == 0 {
            self.reserve(came.read, bytes);
        }
        self.summary.contacts += came.read;
        for (all, tally) in self.summary.segments.iter_mut().zip(&came.tallies) {
            all.add(tally);
        }
        self.summary.not_numbers += came.not_numbers;
        self.summary.not_dates += came.not_dates;
        for met in came.met.iter().filter_map(|&at| self.met.get(at)) {
            met.store(true, Ordering::Relaxed);
        }
        for &column in &came.seen {
            if let Some(seen) = self.seen.get_mut(column) {
                *seen = true;
            }
        }
        for group in came.keys.chunks(GROUP) {
            self.roll.fetch(group.iter().filter_map(|keys| keys.own));
            group.iter().for_each(|keys| self.meet(*keys));
        }
        came.rows.iter_mut().for_each(|row| row.move_down(lines, before));
        for (row, segment) in came.members {
            if let Some(row) = came.rows.get(row as usize) {
                member(self.plan, segment as usize, row).map_err(EngineError::Output)?;
            }
        }
        Ok(())
    }

    /// Makes room for the contacts that there may be, by how many the first bytes hold.
    fn reserve(&mut self, read: u64, bytes: u64) {
        let all = self.total.unwrap_or(0).saturating_mul(read).checked_div(bytes).unwrap_or(0);
        self.roll.reserve(usize::try_from(all).unwrap_or(COMPARED).min(COMPARED));
    }

    /// Takes note of a contact.
    #[inline]
    fn meet(&mut self, keys: Keys) {
        if let Some(own) = keys.own {
            match self.roll.meet(own, self.entered < COMPARED) {
                Met::Again => self.repeated += 1,
                Met::Known => {}
                Met::Entered => self.entered += 1,
                Met::Refused => self.all_compared = false,
            }
        }
        for key in keys.others.into_iter().flatten() {
            self.roll.recognise(key);
        }
    }

    fn finish(self, contacts: &Contacts, missing_pages: &[String]) -> Result<(), EngineError> {
        let Self { plan, summary, seen, .. } = self;
        let was_seen = |column: usize| seen.get(column).copied().unwrap_or(false);
        if summary.contacts == 0 {
            return Err(EngineError::NoContacts { files: contacts.files().join(", ") });
        }
        if let Some(late) = plan.taken_absent.iter().find(|column| was_seen(**column))
            && let Some(column) = plan.projection.columns.get(*late)
        {
            let switch = match column {
                Column::Contact(ContactField::Status) => Some("--status"),
                Column::Contact(ContactField::Lists) => Some("--list"),
                _ => None,
            };
            let column = column.to_string();
            return Err(EngineError::LateColumn { dump: "contacts", column, switch });
        }
        for (column, rules) in &plan.unvouched {
            if !was_seen(*column)
                && let Some(wanted) = plan.projection.columns.get(*column)
            {
                return Err(missing_column(wanted, rules, Vec::new(), contacts.columns()));
            }
        }
        let unmet = plan.asked.iter().zip(self.met).filter(|(_, met)| !met.load(Ordering::Relaxed));
        for (asked, _) in unmet {
            let (what, id) = (asked.what.name(), asked.id.clone());
            summary.warnings.push(Warning::NobodyHas { what, id });
        }
        for found in missing_pages {
            let found = found.clone();
            summary.warnings.push(Warning::PagesMissing { dump: "contacts", found });
        }
        (summary.activities_counted, summary.unknown_contact) = self.roll.row_counts();
        if self.repeated > 0 {
            let (rows, all_compared) = (self.repeated, self.all_compared);
            summary.warnings.push(Warning::RepeatedContacts { rows, all_compared });
        }
        for (segment, tally) in plan.segments.iter().zip(&summary.segments) {
            if let Some((_, list)) = &segment.list
                && tally.on_list == 0
            {
                let warning = Warning::NobodyOnList(list.clone());
                if !summary.warnings.contains(&warning) {
                    summary.warnings.push(warning);
                }
            }
        }
        Ok(())
    }
}
