//! The titles that the account's stored segments have.

use crate::value::folds_equal;

/// A segment that the account holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredSegment {
    /// The vendor's id, where the file has it.
    pub id: Option<String>,
    /// The title or name.
    pub title: String,
    /// The id of the list that it belongs to, where the vendor keeps segments by list.
    pub list: Option<String>,
}

/// True when a vendor would take two titles for one: without regard to case, and to blanks around
/// them (`docs/semantics.md`, "Titles in use").
pub fn same_title(a: &str, b: &str) -> bool {
    folds_equal(a.trim(), b.trim())
}

/// True when both ids are known and the same, case and blanks around them aside.
pub fn same_id(a: Option<&str>, b: Option<&str>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if folds_equal(a.trim(), b.trim()))
}
