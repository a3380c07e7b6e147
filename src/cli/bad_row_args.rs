//! The flags that say what becomes of rows that can't be read.

use super::TargetArgs;
use super::target::same_file;
use crate::output::Rejects;
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// `--on-bad-row` and `--rejects`.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Dumps")]
pub struct BadRowArgs {
    /// What to do at a row that can't be read
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnBadRow::Stop)]
    pub on_bad_row: OnBadRow,

    /// Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the
    /// reason; mended, it can be read like any other dump
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
}

/// What to do at a row that can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnBadRow {
    /// Say where it is and why, and answer nothing
    Stop,
    /// Go on without it; the summary counts such rows
    Skip,
}

impl BadRowArgs {
    /// Refuses to keep rows in an input, or where the list goes.
    ///
    /// # Errors
    ///
    /// It would be.
    pub fn refuse(&self, inputs: &[&Path], target: Option<&TargetArgs>) -> anyhow::Result<()> {
        let Some(rejects) = self.rejects.as_deref() else { return Ok(()) };
        if inputs.iter().any(|input| same_file(input, rejects)) {
            bail!("{}: is an input; it can't be written to as well", rejects.display());
        }
        if rejects.as_os_str() == "-" {
            bail!("--rejects wants a file: standard output is the list's");
        }
        if target.is_some_and(|target| target.writes(rejects)) {
            bail!("{}: can't be both the list and the rejects", rejects.display());
        }
        Ok(())
    }

    /// Who takes bad rows; `None` where the first of them ends the run.
    ///
    /// # Errors
    ///
    /// Rows are to be kept and not to be left out.
    pub fn rejects(&self) -> anyhow::Result<Option<Rejects>> {
        match (self.on_bad_row, &self.rejects) {
            (OnBadRow::Skip, target) => Ok(Some(Rejects::new(target.clone()))),
            (OnBadRow::Stop, None) => Ok(None),
            (OnBadRow::Stop, Some(_)) => {
                bail!("--rejects keeps the rows that --on-bad-row skip leaves out; give both")
            }
        }
    }
}
