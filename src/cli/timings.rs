//! Where the time of an evaluation went, on standard error.

use super::status::say;
use crate::engine::{Effort, Spent, Stage};
use clap::Args;
use std::time::Duration;

/// `--timings`.
#[derive(Debug, Clone, Args)]
pub struct TimingArgs {
    /// Say on standard error where the time went, pass by pass; also with --quiet
    #[arg(long)]
    pub timings: bool,
}

/// Where the time went.
pub struct Timings<'a> {
    /// Reading criteria and account, opening the dumps.
    pub opening: Duration,
    /// The passes over the dumps.
    pub passes: &'a [(Stage, Spent)],
    /// Putting members in form while the contacts were read.
    pub forming: Duration,
    /// Bringing the lists to their place.
    pub writing: Duration,
    /// Everything.
    pub total: Duration,
    /// With how many threads.
    pub effort: Effort,
}

/// The columns behind the first.
const COLUMNS: [&str; 7] =
    ["wall s", "MB", "MB/s", "reading s", "evaluating s", "gathering s", "listing s"];

impl Timings<'_> {
    /// Says it as a table.
    pub fn say(&self) {
        self.lines().iter().for_each(|line| say("timings", line));
    }

    fn lines(&self) -> Vec<String> {
        let mut rows = vec![("", COLUMNS.map(str::to_owned))];
        rows.push(("opening", only(self.opening)));
        for (stage, spent) in self.passes {
            let (name, forming) = match stage {
                Stage::Activities => ("activities", Duration::ZERO),
                Stage::Keys => ("contact keys", Duration::ZERO),
                Stage::Campaigns => ("send times", Duration::ZERO),
                Stage::Contacts => ("contacts", self.forming),
            };
            rows.push((name, pass(spent, forming)));
        }
        rows.push(("writing", only(self.writing)));
        rows.push(("total", only(self.total)));
        let width = |at: usize| {
            let cells = rows.iter().filter_map(|(_, cells)| cells.get(at));
            cells.map(String::len).max().unwrap_or(0)
        };
        let widths: [usize; COLUMNS.len()] = std::array::from_fn(width);
        let mut lines: Vec<String> = rows
            .iter()
            .map(|(name, cells)| {
                let cells = cells.iter().zip(widths);
                let cells: String =
                    cells.map(|(cell, width)| format!("  {cell:>width$}")).collect();
                format!("{name:12}{cells}").trim_end().to_owned()
            })
            .collect();
        let threads = self.effort.threads.get();
        let noun = if threads == 1 { "thread" } else { "threads" };
        lines.push(format!("{threads} {noun}; the last four columns are sums over them"));
        lines
    }
}

/// The cells of what has only a duration.
fn only(wall: Duration) -> [String; COLUMNS.len()] {
    let mut cells = [const { String::new() }; COLUMNS.len()];
    if let Some(cell) = cells.first_mut() {
        *cell = seconds(wall);
    }
    cells
}

/// The cells of a pass over a dump, of which `forming` went into the lists.
fn pass(spent: &Spent, forming: Duration) -> [String; COLUMNS.len()] {
    let Spent { wall, read, work, take, bytes } = *spent;
    let megabytes = bytes as f64 / 1e6;
    let rate = megabytes / wall.as_secs_f64().max(1e-9);
    [
        seconds(wall),
        format!("{megabytes:.1}"),
        format!("{rate:.0}"),
        seconds(read),
        seconds(work),
        seconds(take.saturating_sub(forming)),
        seconds(forming),
    ]
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZero;

    #[test]
    fn a_table() {
        let ms = Duration::from_millis;
        let spent =
            Spent { wall: ms(500), read: ms(100), work: ms(800), take: ms(50), bytes: 250_000_000 };
        let timings = Timings {
            opening: ms(7),
            passes: &[(Stage::Activities, spent), (Stage::Contacts, spent)],
            forming: ms(20),
            writing: ms(1),
            total: ms(12_345),
            effort: Effort { threads: NonZero::new(2).unwrap(), ..Effort::default() },
        };
        let expected =
            "              wall s     MB  MB/s  reading s  evaluating s  gathering s  listing s
opening        0.007
activities     0.500  250.0   500      0.100         0.800        0.050      0.000
contacts       0.500  250.0   500      0.100         0.800        0.030      0.020
writing        0.001
total         12.345
2 threads; the last four columns are sums over them";
        assert_eq!(timings.lines().join("\n"), expected);
    }
}
