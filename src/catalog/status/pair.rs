//! Which file of one moment holds the segment that a file of the other moment holds.
//!
//! A segment is told by its id, whatever its file is called. Where an id stands twice, or a file can't be
//! read, or a segment got another id, something else must tell: one mark after the other is tried on the
//! files that are left.

use super::held::Held;
use crate::catalog::file_name::{id_in, safe_id};
use crate::catalog::vendor::Vendor;
use crate::value::fold;
use hashbrown::{HashMap, HashSet};
use std::collections::VecDeque;

/// A segment then and now, by the numbers of its files.
pub type Pair = (Option<usize>, Option<usize>);

/// Something by which a segment is known again.
struct Mark {
    /// The mark of a file; `None` where it hasn't it.
    of: fn(&dyn Vendor, &Held) -> Option<String>,
    /// True where it tells something only of files that don't tell it themselves: one of the two can't be
    /// read.
    broken_only: bool,
}

/// The marks, the surest first.
const MARKS: &[Mark] = &[
    Mark { of: |_, held| Some(format!("{}\0{}", id(held)?, held.name)), broken_only: false },
    Mark { of: id_and_time, broken_only: false },
    Mark {
        of: |_, held| Some(format!("{}\0{}", id(held)?, held.entry()?.title())),
        broken_only: false,
    },
    Mark { of: |_, held| id(held), broken_only: false },
    Mark { of: |_, held| Some(held.name.clone()), broken_only: true },
    Mark { of: id_by_name, broken_only: true },
    Mark { of: all_but_id, broken_only: false },
];

fn id(held: &Held) -> Option<String> {
    Some(fold(held.entry()?.id().trim()))
}

fn id_and_time(vendor: &dyn Vendor, held: &Held) -> Option<String> {
    let created = vendor.created(held.entry()?)?;
    Some(format!("{}\0{created}", id(held)?))
}

/// The id as names of files say it.
fn id_by_name(_: &dyn Vendor, held: &Held) -> Option<String> {
    match held.entry() {
        Some(entry) => Some(safe_id(entry.id())),
        None => id_in(&held.name).map(str::to_owned),
    }
}

/// A segment that got another id is otherwise as it was.
fn all_but_id(vendor: &dyn Vendor, held: &Held) -> Option<String> {
    let mut object = held.entry()?.object.clone();
    object.remove(vendor.shape().id);
    object.arrange(vendor.shape().order, "");
    Some(object.to_json())
}

/// Pairs files: in the order of those of now, then those that are no more.
pub fn pairs(vendor: &dyn Vendor, then: &[Held], now: &[Held]) -> Vec<Pair> {
    let mut before: Vec<Option<usize>> = vec![None; now.len()];
    let mut gone: Vec<usize> = (0..then.len()).collect();
    for mark in MARKS {
        let mut known: HashMap<String, VecDeque<(usize, &Held)>> = HashMap::new();
        for at in &gone {
            let Some(held) = then.get(*at) else { continue };
            if let Some(key) = (mark.of)(vendor, held) {
                known.entry(key).or_default().push_back((*at, held));
            }
        }
        for (held, place) in now.iter().zip(&mut before).filter(|(_, place)| place.is_none()) {
            let queue = (mark.of)(vendor, held).and_then(|key| known.get_mut(&key));
            let Some(queue) = queue else { continue };
            let may_be = |(_, old): &(usize, &Held)| {
                !mark.broken_only || old.entry.is_err() || held.entry.is_err()
            };
            let found = queue.iter().position(may_be).and_then(|at| queue.remove(at));
            *place = found.map(|(at, _)| at);
        }
        let paired: HashSet<usize> = before.iter().flatten().copied().collect();
        gone.retain(|at| !paired.contains(at));
    }
    let kept = before.into_iter().enumerate().map(|(at, then)| (then, Some(at)));
    kept.chain(gone.into_iter().map(|at| (Some(at), None))).collect()
}
