//! The flag that says how many threads a command may use.

use crate::config::{Key, Layer, Settings, Sourced, threads_named};
use crate::engine::Effort;
use clap::Args;
use std::num::NonZero;

/// `--threads`.
#[derive(Debug, Clone, Args)]
pub struct EffortArgs {
    /// Threads that read and evaluate the dumps; no answer depends on it [default: the cores that
    /// the machine gives]
    #[arg(long, short = 'j', value_name = "N", value_parser = threads_named, help_heading = "Dumps")]
    pub threads: Option<NonZero<usize>>,
}

impl EffortArgs {
    /// Says what the flag says.
    pub fn give(&self, layer: &mut Layer) {
        layer.threads = self.threads.map(|threads| Sourced::flag(threads, Key::Threads));
    }
}

/// With how much effort dumps are read.
pub(super) fn effort_of(settings: &Settings) -> Effort {
    let effort = Effort::default();
    Effort { threads: settings.threads().unwrap_or(effort.threads), ..effort }
}
