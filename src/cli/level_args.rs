//! `--allow`, `--warn` and `--deny`: what becomes of warnings and notes.

use crate::finding::{LevelError, Levels, Setting};
use clap::Args;

/// The flags.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Warnings and notes")]
pub struct LevelArgs {
    /// Don't show these: names such as bare-date, or `warnings` or `notes` for all of them; may be
    /// given several times, like the next two
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub allow: Vec<String>,

    /// Show these as warnings
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub warn: Vec<String>,

    /// Show these as errors: they make the exit status 1
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub deny: Vec<String>,
}

impl LevelArgs {
    /// What the flags mean. Whatever their order, denying wins over warning, and that over
    /// allowing.
    ///
    /// # Errors
    ///
    /// A name that no finding has, or that of an error.
    pub fn levels(&self) -> Result<Levels, LevelError> {
        let mut levels = Levels::default();
        let all = [
            (&self.allow, Setting::Allow),
            (&self.warn, Setting::Warn),
            (&self.deny, Setting::Deny),
        ];
        for (names, setting) in all {
            names.iter().try_for_each(|name| levels.set(name, setting))?;
        }
        Ok(levels)
    }
}
