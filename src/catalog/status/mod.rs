//! What changed in a catalog between two moments, in words (`docs/catalog.md`, "Status"): segments added,
//! deleted, renamed, rules changed, files broken and mended, ids that stand twice.
//!
//! | module | holds |
//! |---|---|
//! | `held` | a file of one of the two moments, and what is read of it |
//! | `pair` | which file then held the segment that a file holds now |
//! | `criteria` | what changed between two criteria, rule by rule |
//! | `tree` | how rules are joined |
//! | `count` | members then and now, over dumps |
//! | `text`, `json` | all of it, for people and for programs |

mod count;
mod criteria;
mod held;
mod json;
mod pair;
#[cfg(test)]
mod tests;
mod text;
mod tree;

pub use count::count;
pub use criteria::{Rewritten, Rule};
pub use held::{Fault, Held, Reader};
pub use json::json;
pub use text::text;

use super::vendor::Vendor;
use crate::answer::equality::Comparison;
use crate::criteria::Segment;
use crate::english::Speaker;
use crate::value::fold;
use criteria::Side;
use hashbrown::HashMap;
use held::{Member, Read};
use pair::pairs;

/// What changed in a catalog.
#[derive(Debug, Default)]
pub struct Changes {
    /// The segments that changed, in the order of their files' names.
    pub changed: Vec<Changed>,
    /// Ids that stand in several files now, each with those files.
    pub clashes: Vec<Clash>,
    /// How many files are as they were.
    pub unchanged: usize,
}

/// An id that stands in several files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The id.
    pub id: String,
    /// The names of the files.
    pub files: Vec<String>,
}

/// A segment that changed.
#[derive(Debug)]
pub struct Changed {
    /// Its id now, else then; `None` where no file says it.
    pub id: Option<String>,
    /// Its title now, else then.
    pub title: Option<String>,
    /// Its file now, else then.
    pub file: String,
    /// What happened, in the order in which it is told.
    pub what: Vec<What>,
    /// Whom it selected and selects, where that may differ.
    pub asked: Option<Asked>,
    /// How many those are.
    pub members: Members,
}

/// A segment then and now; `None` where there was or is nobody to send to: before it was made, after it
/// was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Then.
    pub then: Option<Segment>,
    /// Now.
    pub now: Option<Segment>,
}

/// Members then and now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Members {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// They can't be counted, for this reason.
    Unknown(String),
    /// So many.
    Counted(Comparison),
}

/// Something that happened to a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// Its file is no more.
    Removed,
    /// It was deleted as the vendor does it, and is kept.
    Deleted,
    /// It was deleted, and no longer is.
    Restored,
    /// Another title.
    Renamed(String, String),
    /// Another id.
    Renumbered(String, String),
    /// Another name of the file.
    Moved(String, String),
    /// Errors where there were none, or others than before.
    Broken(Vec<Fault>),
    /// The errors that there were, and are no more.
    Mended(Vec<Fault>),
    /// The criteria ask something else.
    Criteria(Rewritten),
    /// The criteria are written otherwise, and ask the same.
    Reworded,
    /// What else the file says: key, value then, value now.
    Detail(String, Option<String>, Option<String>),
    /// The text is laid out otherwise, and says the same.
    Formatted,
}

/// Finds what changed between the files of two moments.
pub fn changes(
    vendor: &dyn Vendor,
    (then, now): (&[Held], &[Held]),
    reader: &Reader<'_>,
    speaker: Speaker<'_>,
) -> Changes {
    let comparing = Comparing { vendor, reader, speaker };
    let mut changes = Changes { clashes: clashes(now), ..Changes::default() };
    for (old, new) in pairs(vendor, then, now) {
        let old = old.and_then(|at| then.get(at));
        let new = new.and_then(|at| now.get(at));
        match comparing.changed(old, new) {
            Some(changed) => changes.changed.push(changed),
            None => changes.unchanged += 1,
        }
    }
    changes.changed.sort_by(|one, other| one.file.cmp(&other.file));
    changes
}

fn clashes(now: &[Held]) -> Vec<Clash> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut clashes: Vec<Clash> = Vec::new();
    for held in now {
        let Some(entry) = held.entry() else { continue };
        let at = *places.entry(fold(entry.id().trim())).or_insert(clashes.len());
        match clashes.get_mut(at) {
            Some(clash) => clash.files.push(held.name.clone()),
            None => {
                clashes.push(Clash { id: entry.id().to_owned(), files: vec![held.name.clone()] })
            }
        }
    }
    clashes.retain(|clash| clash.files.len() > 1);
    clashes
}

struct Comparing<'a> {
    vendor: &'a dyn Vendor,
    reader: &'a Reader<'a>,
    speaker: Speaker<'a>,
}

impl Comparing<'_> {
    fn changed(&self, then: Option<&Held>, now: Option<&Held>) -> Option<Changed> {
        let what = match (then, now) {
            (Some(old), Some(new)) if old.text() == new.text() => {
                let moved = (old.name != new.name).then(|| moved(old, new))?;
                return self.told(then, now, vec![moved], None);
            }
            (None, None) => return None,
            (None, Some(new)) => self.one_sided(What::Added, new),
            (Some(old), None) => self.one_sided(What::Removed, old),
            (Some(old), Some(new)) => self.both(old, new),
        };
        self.told(then, now, what.0, what.1)
    }

    fn told(
        &self,
        then: Option<&Held>,
        now: Option<&Held>,
        what: Vec<What>,
        asked: Option<Asked>,
    ) -> Option<Changed> {
        let file = now.or(then)?.name.clone();
        let entry = now.and_then(Held::entry).or_else(|| then.and_then(Held::entry));
        let id = entry.map(|entry| entry.id().to_owned());
        let broken = || now.or(then)?.entry.as_ref().err()?.id.clone();
        let (id, title) = (id.or_else(broken), entry.map(|entry| entry.title().to_owned()));
        Some(Changed { id, title, file, what, asked, members: Members::NotAsked })
    }

    /// True where mail can be sent to it.
    fn is_live(&self, held: &Held) -> bool {
        held.entry().is_some_and(|entry| !self.vendor.is_deleted(entry))
    }

    fn is_deleted(&self, held: &Held) -> bool {
        held.entry().is_some_and(|entry| self.vendor.is_deleted(entry))
    }

    fn one_sided(&self, first: What, held: &Held) -> (Vec<What>, Option<Asked>) {
        let Read { segment, faults, .. } = self.reader.read(held);
        let added = first == What::Added;
        let mut what = vec![first];
        if self.is_deleted(held) && added {
            what.push(What::Deleted);
        }
        if !faults.is_empty() && added {
            what.push(What::Broken(faults));
        }
        let segment = segment.filter(|_| self.is_live(held));
        let asked = segment.map(|segment| match added {
            true => Asked { then: None, now: Some(segment) },
            false => Asked { then: Some(segment), now: None },
        });
        (what, asked)
    }

    fn both(&self, old: &Held, new: &Held) -> (Vec<What>, Option<Asked>) {
        let (then, now) = (self.reader.read(old), self.reader.read(new));
        let mut what = Vec::new();
        if let (Some(one), Some(other)) = (old.entry(), new.entry()) {
            let pair =
                |one: &str, other: &str| (one != other).then(|| (one.to_owned(), other.to_owned()));
            what.extend(match (self.is_deleted(old), self.is_deleted(new)) {
                (false, true) => Some(What::Deleted),
                (true, false) => Some(What::Restored),
                _ => None,
            });
            let renamed = pair(one.title(), other.title());
            what.extend(renamed.map(|(one, other)| What::Renamed(one, other)));
            what.extend(
                pair(one.id(), other.id()).map(|(one, other)| What::Renumbered(one, other)),
            );
        }
        if old.name != new.name {
            what.push(moved(old, new));
        }
        let messages = |faults: &[Fault]| -> Vec<String> {
            faults.iter().map(|fault| fault.message.clone()).collect()
        };
        if now.faults.is_empty() && !then.faults.is_empty() {
            what.push(What::Mended(then.faults.clone()));
        } else if messages(&then.faults) != messages(&now.faults) {
            what.push(What::Broken(now.faults.clone()));
        }
        let rewritten = self.rewritten((old, &then), (new, &now));
        let is_rewritten = rewritten.is_some();
        what.extend(rewritten);
        if old.entry().is_some() && new.entry().is_some() {
            what.extend(self.details(&then, &now, is_rewritten));
        }
        if what.is_empty() {
            what.push(What::Formatted);
        }
        let live = |held: &Held, read: Read| read.segment.filter(|_| self.is_live(held));
        // Of what can't be read now nobody can say whom it selects.
        let sound = now.faults.is_empty() || self.is_deleted(new);
        let asked = Asked { then: live(old, then), now: live(new, now) };
        let differ = match (&asked.then, &asked.now) {
            (Some(one), Some(other)) => {
                one.scope != other.scope
                    || one.expr.clone().unnumbered() != other.expr.clone().unnumbered()
            }
            (None, None) => false,
            _ => true,
        };
        (what, Some(asked).filter(|_| differ && sound))
    }

    /// What changed in the criteria, where both can be read.
    fn rewritten(&self, (old, then): (&Held, &Read), (new, now): (&Held, &Read)) -> Option<What> {
        let side = |held, read| side(held, read, self.speaker);
        let rewritten = Rewritten::of(&side(old, then)?, &side(new, now)?)?;
        Some(match rewritten.is_order_only() {
            true => What::Reworded,
            false => What::Criteria(rewritten),
        })
    }

    /// What else the files say otherwise. What holds criteria has been told in English, unless one of them
    /// can't be read.
    fn details(&self, then: &Read, now: &Read, told: bool) -> Vec<What> {
        let shape = self.vendor.shape();
        let both = then.segment.is_some() && now.segment.is_some();
        let is_criteria = |key: &str| [then, now].iter().any(|read| holds_rules(read, key));
        let mut keys: Vec<&str> = Vec::new();
        for member in now.members.iter().chain(&then.members) {
            if !keys.contains(&member.key.as_str())
                && ![shape.id, shape.title].contains(&member.key.as_str())
            {
                keys.push(&member.key);
            }
        }
        let mut details = Vec::new();
        for key in keys {
            let [old, new] = [then, now].map(|read| value(&read.members, key));
            if old == new {
                continue;
            }
            match (is_criteria(key), both) {
                (true, true) if told => {}
                (true, true) => details.push(What::Reworded),
                _ => details.push(What::Detail(key.to_owned(), old, new)),
            }
        }
        // Several members may be written otherwise; that is one thing to say.
        let mut reworded = false;
        details.retain(|what| *what != What::Reworded || !std::mem::replace(&mut reworded, true));
        details
    }
}

fn moved(old: &Held, new: &Held) -> What {
    What::Moved(old.name.clone(), new.name.clone())
}

fn side<'a>(held: &'a Held, read: &'a Read, speaker: Speaker<'a>) -> Option<Side<'a>> {
    Some(Side { segment: read.segment.as_ref()?, file: &held.file, read, speaker })
}

fn value(members: &[Member], key: &str) -> Option<String> {
    members.iter().find(|member| member.key == key).map(|member| member.value.clone())
}

/// True for a member in which a rule stands.
fn holds_rules(read: &Read, key: &str) -> bool {
    let mut members = read.members.iter().filter(|member| member.key == key);
    members.any(|member| {
        let within = |rule: &crate::dialect::Rule| {
            member.span.start <= rule.span.start && rule.span.end <= member.span.end
        };
        read.rules.iter().any(within)
    })
}
