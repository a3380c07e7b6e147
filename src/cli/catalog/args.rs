//! The flags of every verb.

use crate::cli::SettingsArgs;
use crate::cli::catalog_args::CatalogDirArgs;
use clap::{Args, ValueEnum};
use std::time::Duration;

/// Where the catalog is, and what is known of the account.
#[derive(Debug, Clone, Args)]
pub struct PlaceArgs {
    #[command(flatten)]
    pub folder: CatalogDirArgs,

    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// The same, and how the answer is written.
#[derive(Debug, Clone, Args)]
pub struct CatalogArgs {
    #[command(flatten)]
    pub place: PlaceArgs,

    /// How to write the answer; errors are the vendor's JSON always
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value_t = Format::Json, hide_default_value = true)]
    pub format: Format,
}

/// How to write an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The vendor's JSON
    Json,
    /// A table for people
    Table,
}

/// The flag of the verbs that write.
#[derive(Debug, Clone, Args)]
pub struct LockArgs {
    /// How long to wait while another process writes to the catalog, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub lock_wait: Duration,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("`{text}` is no time; write seconds, 0 to 86400"))
}
