//! `--allow`, `--warn` and `--deny`: what becomes of warnings and notes.

use crate::config::{Layer, LevelRow, Origin};
use crate::finding::Setting;
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
    /// Says what the flags say. Whatever their order, denying wins over warning, and that over
    /// allowing.
    pub fn give(&self, layer: &mut Layer) {
        let all = [
            (&self.allow, Setting::Allow, "--allow"),
            (&self.warn, Setting::Warn, "--warn"),
            (&self.deny, Setting::Deny, "--deny"),
        ];
        for (names, setting, flag) in all {
            let row = |name: &String| LevelRow {
                name: name.clone(),
                setting,
                origin: Origin::Flag(flag),
            };
            layer.levels.extend(names.iter().map(row));
        }
    }
}
