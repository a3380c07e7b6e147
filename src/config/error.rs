//! What can be wrong with a `segkit.toml`, or with another TOML file, and where.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why settings, or tests, can't be read.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// The file says something that it can't. Displayed as `file:line:column: message`.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The column in characters, counted from 1.
        column: usize,
        /// What is wrong, and what would have been right.
        message: String,
    },
}
