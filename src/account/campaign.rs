//! Campaigns of the account, and where they were sent.

use crate::value::{DayOrder, Instant, Stamp, Zone, folds_equal};

/// A campaign of the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Campaign {
    /// The id as written.
    pub id: String,
    /// The internal name.
    pub name: Option<String>,
    /// The subject line.
    pub subject: Option<String>,
    /// The vendor's word for its state.
    pub status: Option<String>,
    /// When it was sent, as written.
    pub sent_at: Option<String>,
    /// Where it was sent; `None` where no file says.
    pub sent_to: Option<SentTo>,
}

/// The lists and segments that a campaign was sent to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SentTo {
    /// Lists, by id or name as written.
    pub lists: Vec<String>,
    /// Segments.
    pub segments: Vec<SentSegment>,
}

/// A segment that a campaign was sent to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SentSegment {
    /// The id or title, as written.
    pub id: String,
    /// The id of the list that it is a segment of, where the file says.
    pub list: Option<String>,
}

impl Campaign {
    /// True when this is the campaign's id, blanks around it and case aside.
    pub fn is_called(&self, id: &str) -> bool {
        folds_equal(self.id.trim(), id.trim())
    }

    /// The instant at which it was sent; a time without an offset is one of `zone`. `None` where
    /// the file has no time, or one that can't be read.
    pub fn sent_instant(&self, zone: Zone) -> Option<Instant> {
        let stamp = Stamp::parse(self.sent_at.as_deref()?, DayOrder::MonthFirst)?;
        Some(stamp.instant(zone))
    }
}
