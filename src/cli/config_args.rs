//! The flags of every command that has settings: which `segkit.toml` holds.

use crate::config::{ConfigFile, Layer, Settings};
use clap::Args;
use std::path::{Path, PathBuf};

/// `--config` and `--no-config`.
#[derive(Debug, Clone, Default, Args)]
pub struct ConfigArgs {
    /// Take the settings from this file [default: the segkit.toml of this folder, or of the nearest
    /// one above it]
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Take no settings from a file
    #[arg(long, global = true)]
    pub no_config: bool,
}

impl ConfigArgs {
    /// The settings: these flags over the file.
    ///
    /// # Errors
    ///
    /// A file that can't be read or says what it can't, or a flag that does.
    pub fn settings(&self, flags: Layer) -> anyhow::Result<Settings> {
        let file = match &self.config {
            _ if self.no_config => None,
            Some(path) => Some(ConfigFile::read(path)?),
            None => ConfigFile::find(Path::new(""))?,
        };
        Ok(Settings::new(flags, file)?)
    }
}
