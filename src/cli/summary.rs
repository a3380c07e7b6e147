//! The summary of an evaluation, on standard error.

use super::asked::Asked;
use super::status::say;
use crate::engine::{Summary, Tally};
use crate::output::Rejects;
use crate::output::shown::grouped;
use crate::value::Instant;
use anyhow::Context as _;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Rows that could not be read.
pub struct LeftOut {
    counts: Vec<(u64, &'static str)>,
    first: Vec<String>,
    files: Vec<PathBuf>,
}

impl LeftOut {
    /// What was left out, and makes the files of it appear.
    ///
    /// # Errors
    ///
    /// A file can't be written.
    pub fn of(rejects: &Mutex<Rejects>) -> anyhow::Result<Self> {
        let rejects = std::mem::take(&mut *rejects.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(Self {
            counts: rejects.counts().map(|(what, count)| (count, what)).collect(),
            first: rejects.first().to_vec(),
            files: rejects.finish().context("the rejects can't be written")?,
        })
    }

    /// How many rows were left out, and why and where the first of them; nothing where none were.
    pub fn lines(&self) -> Vec<String> {
        let counts = counted("rows that can't be read were left out:", &self.counts);
        let Some(line) = counts else { return Vec::new() };
        let mut lines = vec![line];
        lines.extend(self.first.iter().map(|row| format!("left out: {row}")));
        let total: u64 = self.counts.iter().map(|(count, _)| count).sum();
        let more = total.saturating_sub(self.first.len() as u64);
        if more > 0 {
            lines.push(format!("left out: {} more", grouped(more)));
        }
        let kept = |file: &PathBuf| format!("rows left out are kept in {}", file.display());
        lines.extend(self.files.iter().map(kept));
        lines
    }

    /// Says that.
    pub fn say(&self) {
        self.lines().iter().for_each(|line| say("warning", line));
    }
}

/// A finished evaluation, ready to be told.
pub struct Told<'a> {
    /// The rows that could not be read, where they were left out.
    pub left_out: Option<&'a LeftOut>,
    /// The counts.
    pub summary: &'a Summary,
    /// The segments.
    pub segments: &'a [Asked],
    /// When it was evaluated for.
    pub as_of: Instant,
    /// How long it took.
    pub elapsed: Duration,
}

impl Told<'_> {
    /// Says the warnings, and unless `quiet` the summary.
    pub fn say(&self, quiet: bool) {
        if let Some(left_out) = self.left_out {
            left_out.say();
        }
        for warning in &self.summary.warnings {
            say("warning", warning);
        }
        if !quiet {
            self.lines().iter().for_each(|line| say("summary", line));
        }
    }

    /// The members of a segment among all contacts.
    fn share(&self, tally: &Tally) -> String {
        let (members, contacts) = (tally.members, self.summary.contacts);
        let share = members as f64 * 100.0 / contacts.max(1) as f64;
        format!("{} of {} contacts ({share:.1} %)", grouped(members), grouped(contacts))
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = match self.segments {
            [one] => {
                let tally = self.summary.only();
                let name = one.segment.name.as_ref();
                let name = name.map(|name| format!(" of \"{name}\"")).unwrap_or_default();
                let share = self.share(&tally);
                let mut lines = vec![format!("{share} are members{name} as of {}", self.as_of)];
                lines.extend(not_looked_at(&tally));
                lines
            }
            several => {
                let tallies = several.iter().zip(&self.summary.segments);
                let line = |(one, tally): (&Asked, &Tally)| {
                    let left_out = not_looked_at(tally).map(|line| format!("; {line}"));
                    let (share, left_out) = (self.share(tally), left_out.unwrap_or_default());
                    format!("{share} are members of \"{}\"{left_out}", one.label)
                };
                let mut lines: Vec<String> = tallies.map(line).collect();
                lines.push(format!("{} segments as of {}", several.len(), self.as_of));
                lines
            }
        };
        if self.summary.activities > 0 {
            let mut line = format!(
                "activities: {} read, {} counted",
                grouped(self.summary.activities),
                grouped(self.summary.activities_counted)
            );
            let among = match self.summary.repeats_all_compared {
                true => "read before",
                false => "read before, among those compared",
            };
            let ignored = [
                (self.summary.repeated_activities, among),
                (self.summary.unknown_contact, "of contacts not in the contacts"),
                (self.summary.after_as_of, "after as-of"),
                (self.summary.unknown_kind, "of unknown kind"),
                (self.summary.no_campaign, "without a campaign"),
                (self.summary.no_key, "without a contact"),
            ];
            if let Some(ignored) = counted("; ignored:", &ignored) {
                line.push_str(&ignored);
            }
            lines.push(line);
        }
        let unreadable = [
            (self.summary.not_numbers, "in number fields are no numbers"),
            (self.summary.not_dates, "in date fields are no dates"),
        ];
        lines.extend(counted("values:", &unreadable));
        lines.push(format!("{:.2} s", self.elapsed.as_secs_f64()));
        lines
    }
}

/// Who was not looked at for a segment.
fn not_looked_at(tally: &Tally) -> Option<String> {
    let left_out = [
        (tally.other_list, "on another list"),
        (tally.other_status, "with another status"),
        (tally.added_later, "added after as-of"),
    ];
    counted("not looked at:", &left_out)
}

/// The counts that aren't zero, in a list.
fn counted(before: &str, counts: &[(u64, &str)]) -> Option<String> {
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        counts.map(|(count, what)| format!("{} {what}", grouped(*count))).collect();
    (!parts.is_empty()).then(|| format!("{before} {}", parts.join(", ")))
}
