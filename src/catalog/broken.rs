//! Files of a catalog that can't be read as segments.

use crate::finding::Finding;
use crate::source::SourceFile;

/// A file that can't be read as a segment.
#[derive(Debug, Clone)]
pub struct Broken {
    /// The file.
    pub file: SourceFile,
    /// Why, with places.
    pub findings: Vec<Finding>,
    /// The id that its name says.
    pub id: Option<String>,
}
