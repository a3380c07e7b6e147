//! What a run has to say beside the members.

use super::pipeline::Spent;
use super::progress::Stage;
use super::watched::Evidence;
use crate::criteria::Engagement;
use std::fmt;

/// Counts of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Contacts read.
    pub contacts: u64,
    /// What was found for each segment, in their order.
    pub segments: Vec<Tally>,
    /// Activities read.
    pub activities: u64,
    /// Activities of known contacts that count; 0 where that wasn't asked for
    /// ([`Plan::uncounted`](super::Plan::uncounted)).
    pub activities_counted: u64,
    /// Activities of contacts that the contacts dump hasn't; 0 where that wasn't asked for.
    pub unknown_contact: u64,
    /// Activities of a kind that isn't known.
    pub unknown_kind: u64,
    /// Activities without a campaign id.
    pub no_campaign: u64,
    /// Activities without a contact id or address.
    pub no_key: u64,
    /// Activities after as-of.
    pub after_as_of: u64,
    /// Activities that were read before; they aren't among those counted. Looked for where there are
    /// several files.
    pub repeated_activities: u64,
    /// False when only the first activities were compared.
    pub repeats_all_compared: bool,
    /// Values in number fields that are no numbers.
    pub not_numbers: u64,
    /// Values in date fields that are no dates.
    pub not_dates: u64,
    /// What deserves a word of its own.
    pub warnings: Vec<Warning>,
    /// Where the time went, pass by pass.
    pub spent: Vec<(Stage, Spent)>,
    /// What verdicts rest on, where contacts are watched.
    pub evidence: Evidence,
}

impl Summary {
    /// The counts of the first segment, of those that are alone.
    pub fn only(&self) -> Tally {
        self.segments.first().copied().unwrap_or_default()
    }
}

/// Counts of one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Contacts that are in the segment.
    pub members: u64,
    /// Contacts not looked at: not on the list asked for.
    pub other_list: u64,
    /// Contacts not looked at: another status.
    pub other_status: u64,
    /// Contacts not looked at: added after as-of.
    pub added_later: u64,
    /// Contacts on the list that the segment looks at, where it looks at one.
    pub on_list: u64,
}

impl Tally {
    /// Adds the counts of other contacts.
    pub(super) fn add(&mut self, other: &Self) {
        self.members += other.members;
        self.other_list += other.other_list;
        self.other_status += other.other_status;
        self.added_later += other.added_later;
        self.on_list += other.on_list;
    }
}

/// Something that may change how the answer is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Several contact rows have one key.
    RepeatedContacts {
        /// Rows beyond the first of each key.
        rows: u64,
        /// False when only the first contacts were compared.
        all_compared: bool,
    },
    /// A campaign id stands twice in the campaigns dump.
    RepeatedCampaigns(u64),
    /// A test is about an empty set of campaigns.
    EmptySet,
    /// `campaigns` without a count chose more than the vendor evaluates.
    ManyCampaigns(usize),
    /// Send times were taken from rows that aren't sends.
    SendTimeGuessed(Vec<String>),
    /// Times of activities that can't be read: how many, and where the first stand.
    UnreadableTimes(u64, Vec<String>),
    /// Activities without a time, where a rule asks about a window.
    Undated(u64),
    /// No contact is on the list that the segment looks at.
    NobodyOnList(String),
    /// No contact is on a list, or bears a tag, that some rule asks about.
    NobodyHas {
        /// `list` or `tag`.
        what: &'static str,
        /// Its id or name.
        id: String,
    },
    /// A rule asks about a campaign, and no activity in the dump is of it.
    CampaignUnseen(String),
    /// No activity was read.
    NoActivities,
    /// The answers of a dump speak of pages or records that it hasn't.
    PagesMissing {
        /// `contacts` or `activities`.
        dump: &'static str,
        /// What there is of what, in words.
        found: String,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RepeatedContacts { rows, all_compared } => {
                let rows = *rows;
                let among = if *all_compared { "" } else { " among the contacts compared" };
                let (noun, verb) = if rows == 1 { ("row", "has") } else { ("rows", "have") };
                write!(f, "{rows} contact {noun}{among} {verb} the key of an earlier one; each row was evaluated")
            }
            Self::RepeatedCampaigns(count) => {
                write!(f, "campaign ids that stand more than once in the campaigns: {count}; the last row of each counts")
            }
            Self::EmptySet => f.write_str(
                "a rule asks about a set of campaigns that is empty: no campaign was sent inside its window",
            ),
            Self::ManyCampaigns(count) => write!(
                f,
                "a rule asks about {count} campaigns; the vendor refuses more than {}, here all were evaluated",
                Engagement::MOST_CAMPAIGNS
            ),
            Self::SendTimeGuessed(ids) => write!(
                f,
                "no send time or send row tells when these campaigns were sent, so their earliest activity does: {}",
                ids.join(", ")
            ),
            Self::UnreadableTimes(count, places) => write!(
                f,
                "activity times that can't be read, so that those rows count for no window: {count}; the first: {}",
                places.join(", ")
            ),
            Self::Undated(count) => write!(
                f,
                "activities without a time, which count for no rule with a window: {count}"
            ),
            Self::NobodyOnList(list) => write!(f, "no contact in the dump is on list {list}"),
            Self::NobodyHas { what, id } => write!(
                f,
                "no contact in the dump has the {what} {id} that a rule asks about; where the dump holds names and the rule an id, or the other way round, give --{what}s"
            ),
            Self::CampaignUnseen(id) => {
                write!(f, "no activity in the dump is of the campaign {id} that a rule asks about")
            }
            Self::PagesMissing { dump, found } => {
                write!(f, "the {dump} are not complete: {found}")
            }
            Self::NoActivities => f.write_str("the activities dump holds no rows"),
        }
    }
}
