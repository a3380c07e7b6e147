//! `segkit catalog calculate`: how many are in a segment, from dumps into the segment's file. While it
//! runs, other processes see how far it is; the catalog isn't locked meanwhile.

use super::args::{Format, LockArgs};
use super::session::{At, Session};
use crate::catalog::{Calculation, Done, reference};
use crate::cli::Status;
use crate::cli::asked::Takes;
use crate::cli::audience::{AudienceArgs, Passes, Reads};
use crate::cli::progress::Bar;
use crate::engine::{AskedSegment, Outputs, Progress, Stage};
use clap::Args;
use std::cell::Cell;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  segkit catalog calculate 6566f6392c16e71300b1b1e9 -c members.jsonl
  segkit catalog calculate 6566f6392c16e71300b1b1e9 -c members.csv -t webhooks.jsonl --as-of 2024-06-01

Exit status: 0 calculated, 1 refused or the criteria are invalid, 2 could not be done: a dump is missing, or
a column that a rule asks for.";

/// The flags of `calculate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CalculateArgs {
    /// The id of the segment
    #[arg(value_name = "ID")]
    id: String,

    /// How to write the answer; errors are the vendor's JSON always
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = Format::Json, hide_default_value = true)]
    format: Format,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    audience: AudienceArgs,
}

/// Runs the verb.
pub(super) fn run(args: &CalculateArgs, at: At<'_>) -> anyhow::Result<Status> {
    let settings = args.audience.settings_before(at.before, at.config)?;
    let session = Session::of(settings, args.format, at)?;
    let lock = ("calculate", &args.lock);
    let mut begun = None;
    let status = session.record(lock, |state| {
        let entry = state.vendor.begin_calculation(state, &args.id)?;
        let calculation = Calculation::begin(state.catalog.folder(), entry.id())?;
        begun = Some((entry.clone(), calculation));
        Ok(Done::put(entry, None))
    })?;
    let Some((entry, calculation)) = begun else { return Ok(status) };
    let members = count(args, session.folder(), &calculation, at);
    let counted = members.as_ref().ok().copied().flatten();
    // Also where it failed, which the segment's file tells then.
    let ended =
        session.record(lock, |state| state.vendor.end_calculation(state, &entry, counted))?;
    drop(calculation);
    Ok(if members?.is_some() { ended } else { Status::Findings })
}

/// How many are in the segment; `None` where its criteria are invalid, which has been said by then.
fn count(
    args: &CalculateArgs,
    folder: &Path,
    calculation: &Calculation,
    at: At<'_>,
) -> anyhow::Result<Option<u64>> {
    let criteria = [reference::resolve(Some(folder), Path::new(&format!("@{}", args.id)))?];
    let reads = Reads {
        criteria: &criteria,
        takes: Takes::One,
        further: None,
        target: None,
        passes: Passes::One,
    };
    let Some((segments, audience)) = args.audience.open(reads, at.config, at.output)? else {
        return Ok(None);
    };
    let asked = segments.iter().map(|one| AskedSegment::of(&one.segment).counted());
    let asked: Vec<AskedSegment<'_>> = asked.collect();
    let shown = Shown::new(calculation);
    let dumps = audience.dumps(&shown);
    let plan = dumps.plan(&asked, &Outputs::default())?;
    let summary = dumps.evaluate(plan, &mut |_, _, _| Ok(()))?;
    audience.warn(&summary)?;
    Ok(Some(summary.only().members))
}

/// Shows how far an evaluation is: to who sits at the terminal, and to other processes.
struct Shown<'a> {
    bar: Bar,
    calculation: &'a Calculation,
    /// Where of a hundred the pass begins and ends.
    pass: Cell<(u8, u8)>,
    /// How many bytes it reads, where that is known.
    bytes: Cell<Option<u64>>,
}

impl<'a> Shown<'a> {
    fn new(calculation: &'a Calculation) -> Self {
        // The dumps are opened by then, which is the first part of the work.
        let (pass, bytes) = (Cell::new((1, 1)), Cell::new(None));
        Self { bar: Bar::new(), calculation, pass, bytes }
    }
}

impl Progress for Shown<'_> {
    fn begin(&self, stage: Stage, bytes: Option<u64>) {
        let begins = self.pass.get().1;
        // What is done is shown when it stands in the segment's file, and not before.
        let ends = match stage {
            Stage::Campaigns => 33,
            Stage::Activities => 60,
            Stage::Keys => begins + 5,
            Stage::Contacts => 99,
        };
        self.pass.set((begins, ends.max(begins)));
        self.bytes.set(bytes);
        self.calculation.at(begins);
        self.bar.begin(stage, bytes);
    }

    fn at(&self, bytes: u64) {
        self.calculation.at(percent(self.pass.get(), bytes, self.bytes.get()));
        self.bar.at(bytes);
    }

    fn end(&self) {
        self.calculation.at(self.pass.get().1);
        self.bar.end();
    }
}

/// How much of a hundred is done, so many bytes into a pass.
fn percent((begins, ends): (u8, u8), read: u64, of: Option<u64>) -> u8 {
    let Some(of) = of.filter(|of| *of > 0) else { return begins };
    let length = u128::from(ends.saturating_sub(begins));
    let part = length * u128::from(read.min(of)) / u128::from(of);
    begins.saturating_add(u8::try_from(part).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn of_a_hundred() {
        for (pass, read, of, shown) in [
            ((0, 99), 0, Some(10), 0),
            ((0, 99), 5, Some(10), 49),
            ((0, 99), 11, Some(10), 99),
            ((60, 99), 5, Some(10), 79),
            ((60, 99), 5, None, 60),
            ((60, 99), 5, Some(0), 60),
            ((0, 60), u64::MAX, Some(u64::MAX), 60),
        ] {
            assert_eq!(percent(pass, read, of), shown, "{pass:?} {read} {of:?}");
        }
    }
}
