//! What was seen of the members of segments.

use crate::engine::Summary;

/// What was seen of a segment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sighting {
    /// Its members.
    pub members: u64,
    /// Of each key of the case, how many members have it.
    pub hits: Vec<u64>,
    /// Members that none of the keys tells that `members` expects.
    pub strangers: u64,
    /// The first of these: by address, else by id, else by where they stand.
    pub first_strangers: Vec<String>,
}

/// What was seen of all segments of a scan.
#[derive(Debug, Clone, Default)]
pub struct Sightings {
    /// Of all contacts.
    pub everyone: Sighting,
    /// Of each segment, in their order.
    pub segments: Vec<Sighting>,
    /// The summary of the scan; its first segment is that of everyone.
    pub summary: Summary,
}
