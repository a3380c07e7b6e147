//! The switches of a run: every chosen reading that has another.

use crate::criteria::{Negatives, WindowReading};
use crate::logic::Setting;
use crate::value::{Instant, Zone};

/// What `--status` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StatusChoice {
    /// What the segment's own scope says.
    #[default]
    OfSegment,
    /// Everyone.
    All,
    /// Contacts with this status, case aside.
    Only(String),
}

impl StatusChoice {
    /// What a word means: `all`, or a status.
    pub fn named(word: &str) -> Self {
        match word.trim() {
            word if word.eq_ignore_ascii_case("all") => Self::All,
            word => Self::Only(word.to_owned()),
        }
    }
}

/// What `--missing-columns` says of a rule that names a column no dump has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissingColumns {
    /// Refuse to answer.
    #[default]
    Refuse,
    /// Take it as missing in every row.
    Blank,
}

/// All switches of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The instant at which segments are evaluated.
    pub as_of: Instant,
    /// The zone of stamps without an offset, and of calendar dates.
    pub zone: Zone,
    /// What windows pick.
    pub window: WindowReading,
    /// How negatives over sets read.
    pub negatives: Negatives,
    /// Whose status counts.
    pub status: StatusChoice,
    /// Only contacts on this list.
    pub list: Option<String>,
    /// What a missing column does.
    pub missing_columns: MissingColumns,
}

impl From<&Options> for Setting {
    /// What conditions are read against in such a run, to be compared without contacts.
    fn from(options: &Options) -> Self {
        let Options { as_of, zone, window, negatives, .. } = *options;
        Self { as_of, zone, window, negatives }
    }
}

impl Options {
    /// The default switches at an instant.
    pub fn at(as_of: Instant) -> Self {
        Self {
            as_of,
            zone: Zone::UTC,
            window: WindowReading::default(),
            negatives: Negatives::default(),
            status: StatusChoice::default(),
            list: None,
            missing_columns: MissingColumns::default(),
        }
    }
}
