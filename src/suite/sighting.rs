//! What a case needs to know of the members of a segment, counted while the contacts go by: how many
//! there are, and which of the contacts that are expected are among them. Several segments are
//! looked at in one scan.

use super::expectations::{Expectations, Expected};
use super::seen::{Sighting, Sightings};
use crate::answer::subject::Dumps;
use crate::contact::{Column, ContactField};
use crate::criteria::Segment;
use crate::dump::ContactRow;
use crate::engine::key::{Key, Namespace};
use crate::engine::{AskedSegment, EngineError, Outputs, Plan};
use hashbrown::HashMap;

/// How many members beside those expected are named.
const NAMED: usize = 10;

/// Looks at some segments in one scan.
///
/// # Errors
///
/// A rule asks for what the dumps haven't, or a dump can't be read to its end.
pub fn sight(
    segments: &[AskedSegment<'_>],
    expectations: &Expectations,
    dumps: &Dumps<'_>,
) -> Result<Sightings, EngineError> {
    // Everybody's stands before all others, so that each contact is met before its segments.
    let everyone = Segment::everyone();
    let mut asked = vec![AskedSegment::of(&everyone).among_everyone()];
    asked.extend_from_slice(segments);
    let columns = [ContactField::ContactId, ContactField::Email].map(Column::Contact).to_vec();
    let outputs = Outputs { columns, ..Outputs::default() };
    let plan = dumps.plan(&asked, &outputs)?;
    let mut lookout = Lookout::new(expectations, segments.len());
    let summary = dumps.evaluate(plan, &mut |plan, segment, row| {
        lookout.member(plan, segment, row);
        Ok(())
    })?;
    let Lookout { everyone, segments, .. } = lookout;
    Ok(Sightings { everyone, segments, summary })
}

/// Watches contacts go by.
struct Lookout {
    numbers: HashMap<Key, Vec<usize>>,
    /// Of each key, whether `members` expects it; `None` where nothing is said of all members.
    expected: Option<Vec<bool>>,
    /// The keys that the contact at hand has.
    at_hand: Vec<usize>,
    /// Whether it is one that `members` expects.
    is_expected: bool,
    everyone: Sighting,
    segments: Vec<Sighting>,
}

impl Lookout {
    fn new(expectations: &Expectations, segments: usize) -> Self {
        let mut numbers: HashMap<Key, Vec<usize>> = HashMap::new();
        for (number, key) in expectations.keys.iter().enumerate() {
            let keys = [Namespace::ContactId, Namespace::Email]
                .map(|namespace| Key::new(&key.text, namespace));
            for key in keys.into_iter().flatten() {
                numbers.entry(key).or_default().push(number);
            }
        }
        let mut expected: Option<Vec<bool>> = None;
        for one in &expectations.all {
            if let Expected::Members(keys) = &one.what {
                let all = expected.get_or_insert_with(|| vec![false; expectations.keys.len()]);
                for (key, is_expected) in all.iter_mut().enumerate() {
                    *is_expected |= keys.contains(&key);
                }
            }
        }
        let none = Sighting { hits: vec![0; expectations.keys.len()], ..Sighting::default() };
        Self {
            numbers,
            expected,
            at_hand: Vec::new(),
            is_expected: false,
            everyone: none.clone(),
            segments: vec![none; segments],
        }
    }

    fn member(&mut self, plan: &Plan, segment: usize, row: &ContactRow) {
        let Some(segment) = segment.checked_sub(1) else {
            return self.meet(plan, row);
        };
        let Some(seen) = self.segments.get_mut(segment) else { return };
        seen.count(&self.at_hand);
        if self.expected.is_some() && !self.is_expected {
            seen.strangers += 1;
            if seen.first_strangers.len() < NAMED {
                seen.first_strangers.push(label(plan, row));
            }
        }
    }

    /// Takes note of who goes by.
    fn meet(&mut self, plan: &Plan, row: &ContactRow) {
        self.at_hand.clear();
        for (at, namespace) in [(0, Namespace::ContactId), (1, Namespace::Email)] {
            let key = row.first(plan.output(at)).and_then(|text| Key::new(text, namespace));
            let numbers = key.and_then(|key| self.numbers.get(&key));
            for &number in numbers.into_iter().flatten() {
                if !self.at_hand.contains(&number) {
                    self.at_hand.push(number);
                }
            }
        }
        self.everyone.count(&self.at_hand);
        let expected = self.expected.as_deref().unwrap_or_default();
        self.is_expected =
            self.at_hand.iter().any(|&key| expected.get(key).copied().unwrap_or(false));
    }
}

impl Sighting {
    fn count(&mut self, keys: &[usize]) {
        self.members += 1;
        for &key in keys {
            if let Some(hits) = self.hits.get_mut(key) {
                *hits += 1;
            }
        }
    }
}

/// What a contact is called.
fn label(plan: &Plan, row: &ContactRow) -> String {
    let text = |at: usize| row.first(plan.output(at)).map(str::to_owned);
    let place = || format!("the contact of {}:{}", row.file(), row.line());
    text(1).or_else(|| text(0)).unwrap_or_else(place)
}
