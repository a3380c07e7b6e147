//! Why a case can't be run.

use crate::config::Unmapped;
use crate::dump::DumpError;
use crate::engine::EngineError;
use crate::source::Position;
use std::io;
use thiserror::Error;

/// Why a case can't be run.
#[derive(Debug, Error)]
pub enum CaseError {
    /// A dump or a file of the account can't be read.
    #[error(transparent)]
    Dump(#[from] DumpError),
    /// A column is named by hand, and no file has it.
    #[error(transparent)]
    Unmapped(#[from] Unmapped),
    /// The segment can't be evaluated over the dumps.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The criteria file can't be read.
    #[error("{file} can't be read: {reason}")]
    Criteria {
        /// The file.
        file: String,
        /// Why.
        reason: io::Error,
    },
    /// The criteria file hasn't the segment.
    #[error("{file}: {message}")]
    NoSegment {
        /// The file.
        file: String,
        /// What it has.
        message: String,
    },
    /// Something is expected of somebody who isn't there.
    #[error("no contact has the id or address {}; whatever is expected of nobody says nothing", keys.join(", "))]
    UnknownKeys {
        /// The keys.
        keys: Vec<String>,
        /// Where the first of them stands.
        place: Position,
    },
}
