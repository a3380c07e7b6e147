//! Values, and where they came from.

use super::keys::Key;
use std::fmt;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    /// Nobody said anything.
    #[default]
    Default,
    /// A flag, with its hyphens.
    Flag(&'static str),
    /// A line of a file.
    File {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Flag(flag) => f.write_str(flag),
            Self::File { file, line } => write!(f, "{file}:{line}"),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    /// A value from somewhere.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// The value of a key, from its flag.
    pub fn flag(value: T, key: Key) -> Self {
        Self::new(value, Origin::Flag(key.row().map_or("", |row| row.flag)))
    }
}
