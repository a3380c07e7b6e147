//! The campaigns of a file of activities: what happened in each, and when.

use crate::contact::ActivityKind;
use crate::dump::{
    Activities as Dump, ActivityRow, DumpError, Event, Input, MappedDump, Mappings, Reason,
};
use crate::output::Rejects;
use crate::value::{DayOrder, Instant, Stamp, Zone};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::slice;
use std::sync::{Arc, Mutex};

/// As many campaigns are told apart.
const CAMPAIGNS: usize = 10_000;

/// Counts what happened.
#[derive(Debug, Default)]
pub(super) struct Tally {
    kinds: BTreeMap<&'static str, u64>,
    unknown: BTreeMap<String, u64>,
    campaigns: HashMap<String, OfCampaign>,
    further_campaigns: bool,
    without_campaign: u64,
    without_contact: u64,
    without_time: u64,
    unreadable_times: u64,
    first: Option<Instant>,
    last: Option<Instant>,
}

#[derive(Debug, Default)]
struct OfCampaign {
    kinds: BTreeMap<&'static str, u64>,
    sent: Option<Instant>,
    first: Option<Instant>,
    last: Option<Instant>,
}

/// Different unknown words that are told.
const UNKNOWN: usize = 20;

impl Tally {
    /// Counts the activities of a file in which one record may hold several, as an evaluation would
    /// read them.
    pub fn of_file(input: &Input, map: &Mappings, zone: Zone) -> Result<Self, DumpError> {
        if input.is_stdin() {
            return Err(DumpError::file_wide(&input.name().into(), Reason::ReadTwice));
        }
        let mapping = map.of(MappedDump::Activities).cloned();
        let input = Input { mapping, ..input.clone() };
        let mut dump = Dump::open(slice::from_ref(&input), false)?;
        // The rows that can't be read have been counted.
        dump.skip_bad_rows(Arc::new(Mutex::new(Rejects::new(None))));
        let (mut tally, mut row) = (Self::default(), ActivityRow::default());
        let mut reader = dump.reader()?;
        while reader.next(&mut row)? {
            tally.add(&row, zone);
        }
        Ok(tally)
    }

    /// Takes an activity.
    pub fn add(&mut self, row: &ActivityRow, zone: Zone) {
        let kind = match row.event() {
            Event::Known(kind, _) => kind,
            Event::Unknown => {
                let word = row.event_word().to_owned();
                if self.unknown.len() < UNKNOWN || self.unknown.contains_key(&word) {
                    *self.unknown.entry(word).or_default() += 1;
                }
                return;
            }
        };
        *self.kinds.entry(kind.name()).or_default() += 1;
        self.without_contact += u64::from(row.contact_id().is_none() && row.email().is_none());
        let at = row.at().map(|text| Stamp::parse(text, DayOrder::default()));
        self.without_time += u64::from(at.is_none());
        self.unreadable_times += u64::from(at == Some(None));
        let at = at.flatten().map(|stamp| stamp.instant(zone));
        reach(&mut self.first, &mut self.last, at);
        let Some(id) = row.campaign_id() else {
            self.without_campaign += 1;
            return;
        };
        if self.campaigns.len() == CAMPAIGNS && !self.campaigns.contains_key(id) {
            self.further_campaigns = true;
            return;
        }
        let campaign = self.campaigns.entry(id.to_owned()).or_default();
        *campaign.kinds.entry(kind.name()).or_default() += 1;
        reach(&mut campaign.first, &mut campaign.last, at);
        if kind == ActivityKind::Send {
            campaign.sent = earlier(campaign.sent, at);
        }
    }

    /// What was found, the campaigns by their first activity, the latest first.
    pub fn finish(self) -> Activities {
        let shown = |instant: Option<Instant>| instant.map(|instant| instant.to_string());
        let mut campaigns: Vec<(String, OfCampaign)> = self.campaigns.into_iter().collect();
        campaigns.sort_by(|(a, one), (b, other)| other.first.cmp(&one.first).then(a.cmp(b)));
        let campaigns = campaigns.into_iter().map(|(id, campaign)| CampaignReport {
            id,
            kinds: campaign.kinds,
            sent: shown(campaign.sent),
            first: shown(campaign.first),
            last: shown(campaign.last),
        });
        Activities {
            kinds: self.kinds,
            unknown_kinds: self.unknown,
            first: shown(self.first),
            last: shown(self.last),
            without_campaign: self.without_campaign,
            without_contact: self.without_contact,
            without_time: self.without_time,
            unreadable_times: self.unreadable_times,
            campaigns: campaigns.collect(),
            further_campaigns: self.further_campaigns,
        }
    }
}

fn earlier(known: Option<Instant>, at: Option<Instant>) -> Option<Instant> {
    known.into_iter().chain(at).min()
}

fn reach(first: &mut Option<Instant>, last: &mut Option<Instant>, at: Option<Instant>) {
    *first = earlier(*first, at);
    *last = (*last).max(at);
}

/// What the activities of a file say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Activities {
    /// Rows by what happened.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Rows by words that nobody knows.
    pub unknown_kinds: BTreeMap<String, u64>,
    /// The first time.
    pub first: Option<String>,
    /// The last time.
    pub last: Option<String>,
    /// Rows that name no campaign.
    pub without_campaign: u64,
    /// Rows that name no contact.
    pub without_contact: u64,
    /// Rows without a time.
    pub without_time: u64,
    /// Rows whose time can't be read.
    pub unreadable_times: u64,
    /// The campaigns, the latest first.
    pub campaigns: Vec<CampaignReport>,
    /// True where there are more campaigns than were told apart.
    pub further_campaigns: bool,
}

/// What happened in one campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CampaignReport {
    /// The id as written.
    pub id: String,
    /// Rows by what happened.
    pub kinds: BTreeMap<&'static str, u64>,
    /// The earliest send row, which is the send time where no campaigns file says otherwise.
    pub sent: Option<String>,
    /// The first time.
    pub first: Option<String>,
    /// The last time.
    pub last: Option<String>,
}
