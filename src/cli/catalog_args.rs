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
    /// This one, or the other where this says nothing.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        Self { catalog: self.catalog.clone().or_else(|| other.catalog.clone()) }
    }

    /// Says what the flag says.
    pub fn give(&self, layer: &mut Layer) {
        layer.catalog = self.catalog.clone().map(|folder| Sourced::flag(folder, Key::Catalog));
    }
}
