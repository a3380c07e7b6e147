//! The summary of an evaluation, on standard error.

use super::status::say;
use crate::engine::Summary;
use crate::value::Instant;
use std::time::Duration;

/// A finished evaluation, ready to be told.
pub struct Told<'a> {
    /// The counts.
    pub summary: &'a Summary,
    /// The segment's name.
    pub name: Option<&'a str>,
    /// When it was evaluated for.
    pub as_of: Instant,
    /// How long it took.
    pub elapsed: Duration,
}

impl Told<'_> {
    /// Says the warnings, and unless `quiet` the summary.
    pub fn say(&self, quiet: bool) {
        for warning in &self.summary.warnings {
            say("warning", warning);
        }
        if !quiet {
            self.lines().iter().for_each(|line| say("summary", line));
        }
    }

    fn lines(&self) -> Vec<String> {
        let Summary { contacts, members, .. } = *self.summary;
        let share = members as f64 * 100.0 / contacts.max(1) as f64;
        let name = self.name.map(|name| format!(" of \"{name}\"")).unwrap_or_default();
        let mut lines = vec![format!(
            "{} of {} contacts ({share:.1} %) are members{name} as of {}",
            grouped(members),
            grouped(contacts),
            self.as_of
        )];
        let left_out = [
            (self.summary.other_list, "on another list"),
            (self.summary.other_status, "with another status"),
            (self.summary.added_later, "added after as-of"),
        ];
        lines.extend(counted("not looked at:", &left_out));
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

/// The counts that aren't zero, in a list.
fn counted(before: &str, counts: &[(u64, &str)]) -> Option<String> {
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        counts.map(|(count, what)| format!("{} {what}", grouped(*count))).collect();
    (!parts.is_empty()).then(|| format!("{before} {}", parts.join(", ")))
}

/// A number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
