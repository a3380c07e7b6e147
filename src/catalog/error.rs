//! Why a catalog can't be worked with. What a vendor would refuse is no such error; see `verdict`.

use super::broken::Broken;
use crate::dialect::Dialect;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why something could not be done.
#[derive(Debug, Error)]
pub enum CatalogError {
    /// A file or folder can't be read or written.
    #[error("{}: {reason}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// There is no such folder.
    #[error("{}: there is no such folder; `segkit catalog create` and `import` make it", .0.display())]
    NoFolder(PathBuf),
    /// Something else is there.
    #[error("{}: is no folder", .0.display())]
    NotAFolder(PathBuf),
    /// Another process writes.
    #[error(
        "{}: the catalog is being written to by {holder}; tried for {waited} s (--lock-wait takes a \
         longer time)",
        folder.display()
    )]
    Locked {
        /// The catalog.
        folder: PathBuf,
        /// Who does.
        holder: String,
        /// How long it was tried, in seconds.
        waited: f64,
    },
    /// Another process calculates the segment.
    #[error("{}: segment {id} is being calculated by another process", folder.display())]
    Calculating {
        /// The catalog.
        folder: PathBuf,
        /// The id.
        id: String,
    },
    /// What was calculated is no longer what the segment asks.
    #[error("segment {0} was changed while it was calculated: calculate it again")]
    Outdated(String),
    /// Several files say the same id.
    #[error(
        "{}: the id {id} stands in {}; `segkit catalog check --fix` gives the younger one another",
        folder.display(),
        files.join(" and ")
    )]
    TwoWithId {
        /// The catalog.
        folder: PathBuf,
        /// The id.
        id: String,
        /// The files.
        files: Vec<String>,
    },
    /// A new segment would get the name of a file that is there.
    #[error(
        "{}: is in the way, and isn't of a new segment; `segkit catalog check --fix` gives files names \
         that fit",
        .0.display()
    )]
    InTheWay(PathBuf),
    /// The file of the segment asked for can't be read as one.
    #[error("{}: has a fault", .0.file.name())]
    Broken(Box<Broken>),
    /// The vendor has no such verb.
    #[error("{dialect} has no `{verb}`{}", instead.map(|text| format!(": {text}")).unwrap_or_default())]
    NoVerb {
        /// The vendor.
        dialect: Dialect,
        /// The verb.
        verb: &'static str,
        /// What to do instead.
        instead: Option<&'static str>,
    },
    /// A flag says what it can't, or nothing to this vendor.
    #[error("{0}")]
    Usage(String),
}

impl CatalogError {
    /// What the system says of a path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |reason| Self::Io { path, reason }
    }
}
