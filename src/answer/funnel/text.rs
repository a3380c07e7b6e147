//! A funnel for people, with bars.

use super::{Funnel, Step};
use crate::answer::subject::Subject;
use crate::criteria::PartKind;
use crate::english::Speaker;
use crate::output::shown::{grouped, visible};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

/// Characters of the longest bar.
const WIDTH: u64 = 24;
/// What a bar ends with, by eighths of a character.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

const BAR: Style = AnsiColor::Blue.on_default();
const BOLD: Style = Style::new().bold();

/// Writes the funnel of a segment.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// The segment.
    pub subject: &'a Subject,
    /// Says rules in English.
    pub speaker: Speaker<'a>,
}

impl Text<'_> {
    /// Writes it.
    ///
    /// # Errors
    /// Writing failed.
    pub fn write(&self, funnel: &Funnel, out: &mut dyn Write) -> io::Result<()> {
        let Funnel { looked_at, members, steps } = funnel;
        let share = *members as f64 * 100.0 / (*looked_at).max(1) as f64;
        let label = visible(&self.subject.label);
        let (shown, of) = (grouped(*members), grouped(*looked_at));
        writeln!(out, "{BOLD}{label}{BOLD:#}: {shown} of {of} contacts looked at ({share:.1} %)")?;
        let joined_by_or = self.subject.outline.root.kind == PartKind::Any;
        let left = if joined_by_or { "so far" } else { "left" };
        writeln!(out, "{:>13} {:>13} {left:>13}", "alone", "all but it")?;
        let (begins, words) =
            if joined_by_or { (0, "before any rule") } else { (*looked_at, "contacts looked at") };
        self.line(out, ["", "", &grouped(begins)], funnel, Some(begins), words)?;
        for step in steps {
            let left = step.left.map(grouped).unwrap_or_default();
            let numbers = [&grouped(step.alone), &grouped(step.without), &left];
            let words = format!("{}{}", "  ".repeat(step.depth), self.words(step));
            self.line(out, numbers.map(String::as_str), funnel, step.left, &words)?;
        }
        let Some(step) = funnel.costs_most() else { return Ok(()) };
        let cost = grouped(funnel.cost(step));
        let difference = if step.without > *members { "more would be in" } else { "would be out" };
        writeln!(out, "costs most: without {}, {cost} {difference}", step.name(self.subject))
    }

    fn line(
        &self,
        out: &mut dyn Write,
        [alone, without, left]: [&str; 3],
        funnel: &Funnel,
        filled: Option<u64>,
        words: &str,
    ) -> io::Result<()> {
        let bar = filled.map(|filled| bar(filled, funnel.looked_at)).unwrap_or_default();
        let blank = " ".repeat((WIDTH as usize).saturating_sub(bar.chars().count()));
        writeln!(out, "{alone:>13} {without:>13} {left:>13}  {BAR}{bar}{BAR:#}{blank}  {words}")
    }

    fn words(&self, step: &Step) -> String {
        let parts = self.subject.outline.parts();
        parts.get(step.part).map(|part| visible(&self.speaker.part(part))).unwrap_or_default()
    }
}

fn bar(filled: u64, whole: u64) -> String {
    let eighths = (u128::from(filled) * u128::from(WIDTH) * 8).div_ceil(u128::from(whole.max(1)));
    let eighths = usize::try_from(eighths).unwrap_or(usize::MAX).min(WIDTH as usize * 8);
    let end = EIGHTHS.get(eighths % 8).copied().unwrap_or("");
    format!("{}{end}", "█".repeat(eighths / 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars() {
        for (filled, whole, expected) in [
            (0, 0, String::new()),
            (0, 10, String::new()),
            (10, 10, "█".repeat(24)),
            (5, 10, "█".repeat(12)),
            // Who is there at all shows.
            (1, 1_000_000, "▏".to_owned()),
            (u64::MAX, u64::MAX, "█".repeat(24)),
        ] {
            assert_eq!(bar(filled, whole), expected, "{filled} of {whole}");
        }
    }
}
