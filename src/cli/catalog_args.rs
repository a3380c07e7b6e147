//! The flag that names the catalog.

use crate::config::{Key, Layer, Sourced};
use clap::Args;
use std::path::PathBuf;

/// `--catalog`.
#[derive(Debug, Clone, Default, Args)]
pub struct CatalogDirArgs {
    /// The folder of the catalog [default: the one that segkit.toml names]
    #[arg(long, value_name = "DIR")]
    pub catalog: Option<PathBuf>,
}

impl CatalogDirArgs {
    /// Says what the flag says.
    pub fn give(&self, layer: &mut Layer) {
        layer.catalog = self.catalog.clone().map(|folder| Sourced::flag(folder, Key::Catalog));
    }
}
