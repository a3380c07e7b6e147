//! The first half of the activity pass: what rows of activity say, told as shortly as can be. Many
//! threads do that at once; what they find goes into the index in the order of the dump
//! (`activity_pass`).

use super::campaigns::{CampaignIndex, Registry};
use super::finder::Finder;
use super::index::{Facts, Firsts, Place, Topic};
use super::pipeline::Worker;
use super::plan::Plan;
use super::watched::WatchedActivity;
use super::{Key, hash_of};
use crate::contact::{ActivityKind, SendStage};
use crate::dump::{ActivityBatch, ActivityDecoder, ActivityRow, Decoded, Event, EventWords};
use crate::value::{DayMemo, DayOrder, Instant};
use foldhash::fast::{FixedState, RandomState};
use hashbrown::HashMap;
use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

/// Unreadable times whose places are named.
pub(super) const PLACES_NAMED: usize = 3;

/// What a campaign's rows are kept for.
#[derive(Debug, Clone, Default)]
pub(super) struct Interest {
    /// The rows that matter.
    pub rows: Facts,
    pub sends: bool,
    pub links: Vec<u32>,
}

/// What came of some activities.
#[derive(Debug, Default)]
pub(super) struct Activities {
    pub read: u64,
    pub unknown_kind: u64,
    pub no_campaign: u64,
    pub no_key: u64,
    pub after_as_of: u64,
    /// The campaigns that rows are of.
    pub campaigns: Vec<CampaignIndex>,
    /// A hash of the contact of each row that counts.
    pub contacts: Vec<u64>,
    /// Beside those, where rows are compared, what each was.
    pub events: Vec<Happened>,
    /// What some test asks about.
    pub kept: Vec<Kept>,
    /// Where that is looked for, earlier times of campaigns than were known before.
    pub earlier: Vec<(CampaignIndex, Firsts)>,
    pub places: Vec<(Key, Place)>,
    /// Rows without a time, of campaigns that matter, where rows aren't compared.
    pub undated: u64,
    pub unreadable: u64,
    /// Where the first times that can't be read stand: file, line, and the text.
    pub unreadable_at: Vec<(String, u64, String)>,
    /// Whether a row has a contact id although no row before it had.
    pub late_ids: bool,
    /// What watched contacts did, and in which campaign.
    pub watched: Vec<(WatchedActivity, CampaignIndex)>,
}

/// One activity as it is told from others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Happened {
    pub hash: u64,
    /// Whether its campaign matters and it has no time.
    pub undated: bool,
}

/// A fact about a contact.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    pub key: Key,
    pub topic: Topic,
    pub facts: Facts,
    /// Where times may be asked for.
    pub firsts: Option<Firsts>,
    /// Where it matters whether the campaign was sent again: how far this sending got, and when.
    pub sending: Option<(SendStage, Option<Instant>)>,
}

/// Looks at activities.
pub(super) struct ActivityWorker<'a> {
    decoder: ActivityDecoder,
    looker: Looker<'a>,
}

struct Looker<'a> {
    plan: &'a Plan,
    registry: &'a Mutex<Registry>,
    interests: &'a [Interest],
    /// What campaigns are kept for that turn up in the rows only.
    others: Interest,
    /// Whether rows tell when campaigns were sent that aren't listed.
    tells_times: bool,
    /// Where nothing is kept yet, who finds when campaigns were sent.
    finder: Option<Finder<'a>>,
    /// Whether rows are compared with each other.
    compares: bool,
    /// Whether each row is told by its contact.
    counts: bool,
    /// Whether times are asked for of campaigns whatever is known of them.
    keeps_firsts: bool,
    asks_sets: bool,
    words: EventWords,
    days: DayMemo,
    campaigns: HashMap<Box<str>, usize, RandomState>,
    known: Vec<KnownCampaign>,
    /// The campaign of the row before, among those known.
    last: usize,
    /// The number of the batch at hand.
    batch: u64,
}

/// A campaign that rows were of.
struct KnownCampaign {
    /// As the rows spell it.
    id: Box<str>,
    index: CampaignIndex,
    listed: Option<Instant>,
    /// The last batch in which it was met.
    batch: u64,
}

/// What activities are looked at for.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub plan: &'a Plan,
    pub registry: &'a Mutex<Registry>,
    pub interests: &'a [Interest],
    /// Whether rows tell when campaigns were sent that aren't listed.
    pub tells_times: bool,
    /// Whether rows are compared with each other.
    pub compares: bool,
}

impl<'a> ActivityWorker<'a> {
    /// One who keeps what tests ask about.
    pub(super) fn new(decoder: ActivityDecoder, task: Task<'a>) -> Self {
        let Task { plan, registry, interests, tells_times, compares } = task;
        let rows = if tells_times { Facts::ALL } else { Facts::default() };
        let looker = Looker {
            plan,
            registry,
            interests,
            others: Interest { rows, ..Interest::default() },
            tells_times,
            finder: None,
            compares,
            counts: compares || plan.counts,
            keeps_firsts: plan.engagements.asks_firsts(),
            asks_sets: plan.engagements.asks_sets(),
            words: EventWords::default(),
            days: DayMemo::default(),
            campaigns: HashMap::default(),
            known: Vec::new(),
            last: 0,
            batch: 0,
        };
        Self { decoder, looker }
    }

    /// One who finds when campaigns were sent, and keeps nothing else.
    pub(super) fn finding(decoder: ActivityDecoder, task: Task<'a>, finder: Finder<'a>) -> Self {
        let Self { decoder, looker } = Self::new(decoder, task);
        Self { decoder, looker: Looker { finder: Some(finder), counts: false, ..looker } }
    }
}

impl Worker for ActivityWorker<'_> {
    type Row = ActivityRow<'static>;
    type Came = Activities;

    fn work(&mut self, batch: &mut ActivityBatch) -> (Decoded, Activities) {
        // Most rows are longer than that.
        let rows = if self.looker.counts { batch.bytes() as usize / 80 } else { 0 };
        let contacts = Vec::with_capacity(rows);
        let mut came = Activities { contacts, ..Activities::default() };
        let Self { decoder, looker } = self;
        looker.batch += 1;
        if let Some(finder) = &mut looker.finder {
            finder.begin();
        }
        let decoded = decoder.decode(batch, |row| looker.row(row, &mut came));
        let name = decoder.name_of(batch);
        came.unreadable_at.iter_mut().for_each(|(file, ..)| name.clone_into(file));
        (decoded, came)
    }
}

impl Looker<'_> {
    #[inline]
    fn row(&mut self, row: &ActivityRow<'_>, came: &mut Activities) {
        came.read += 1;
        let Event::Known(kind, stage) = row.event_among(&mut self.words) else {
            came.unknown_kind += 1;
            return;
        };
        let campaign = row.campaign_id_bytes().and_then(|id| self.campaign(id, row, came));
        let Some((campaign, listed)) = campaign else {
            came.no_campaign += 1;
            return;
        };
        if self.plan.join.misses_ids(row) {
            came.late_ids = true;
            return;
        }
        let told = self.plan.join.activity_bytes(row);
        let hash = told.and_then(|(text, namespace)| match (self.counts, text.first()) {
            (false, Some(first)) if *first > b' ' => Some(0),
            _ => hash_of(text, namespace),
        });
        let Some(hash) = hash else {
            came.no_key += 1;
            return;
        };
        let at = self.time(row, listed, came);
        if at.is_some_and(|at| at > self.plan.options.as_of) {
            came.after_as_of += 1;
            return;
        }
        if let Some(finder) = &mut self.finder {
            let told = self.plan.join.activity(row);
            let key = || told.and_then(|(text, namespace)| Key::new(text, namespace));
            came.earlier.extend(finder.note(campaign, (kind, at), key));
            return;
        }
        if self.counts {
            came.contacts.push(hash);
        }
        if let Some(watched) = self.plan.evidence_of()
            && let Some((text, namespace)) = self.plan.join.activity(row)
            && let Some(contact) = watched.told(text, namespace)
        {
            let url = row.url().map(str::to_owned);
            let campaign_id = String::new();
            let seen = WatchedActivity { contact, campaign: campaign_id, kind, stage, at, url };
            came.watched.push((seen, campaign));
        }
        let interest = self.interests.get(campaign as usize).unwrap_or(&self.others);
        // Of campaigns that aren't listed a time might have been told.
        let might = self.asks_sets && listed.is_none();
        let matters = interest.rows != Facts::default() || might;
        let undated = matters && at.is_none() && row.at().is_none_or(|text| text.trim().is_empty());
        if self.compares {
            let url = row.url().unwrap_or("");
            let event = (hash, campaign, kind, stage, at, url);
            let hash = FixedState::with_seed(0).hash_one(event);
            came.events.push(Happened { hash, undated });
        } else {
            came.undated += u64::from(undated);
        }
        let asked = interest.rows.any(Facts::of(kind));
        if !asked && !self.plan.needs_places {
            return;
        }
        let told = self.plan.join.activity(row);
        let Some(key) = told.and_then(|(text, namespace)| Key::new(text, namespace)) else {
            return;
        };
        if self.plan.needs_places {
            came.places.extend(place(at, row).map(|place| (key, place)));
        }
        if asked {
            let what = (key, campaign, kind, stage, at);
            // When a campaign was sent that isn't listed, its rows tell.
            let keeps_firsts = self.keeps_firsts || (listed.is_none() && self.tells_times);
            keep(self.plan, interest, keeps_firsts, what, row, came);
        }
    }

    /// The number of the campaign, and when it was sent as far as that is listed. `None` for a blank
    /// id.
    #[inline]
    fn campaign(
        &mut self,
        id: &[u8],
        row: &ActivityRow<'_>,
        came: &mut Activities,
    ) -> Option<(CampaignIndex, Option<Instant>)> {
        let is_last = |known: &KnownCampaign| same(known.id.as_bytes(), id);
        if !self.known.get(self.last).is_some_and(is_last) {
            let id = row.campaign_id()?;
            self.last = match self.campaigns.get(id) {
                Some(&known) => known,
                None => self.meet(id)?,
            };
        }
        let known = self.known.get_mut(self.last)?;
        if known.batch != self.batch {
            known.batch = self.batch;
            came.campaigns.push(known.index);
        }
        Some((known.index, known.listed))
    }

    #[cold]
    fn meet(&mut self, id: &str) -> Option<usize> {
        if id.trim().is_empty() {
            return None;
        }
        let mut registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        let index = registry.intern(id);
        let listed = registry.listed(index);
        self.campaigns.insert(id.into(), self.known.len());
        self.known.push(KnownCampaign { id: id.into(), index, listed, batch: 0 });
        Some(self.known.len() - 1)
    }

    /// When it was. Reports of recipients have no times: they were sent their campaign when it was
    /// sent.
    #[inline]
    fn time(
        &mut self,
        row: &ActivityRow<'_>,
        listed: Option<Instant>,
        came: &mut Activities,
    ) -> Option<Instant> {
        let at = row.at_bytes().and_then(|text| self.days.utc_instant(text));
        if at.is_some() { at } else { self.other_time(row, listed, came) }
    }

    /// The same of a time of any form.
    #[inline(never)]
    fn other_time(
        &mut self,
        row: &ActivityRow<'_>,
        listed: Option<Instant>,
        came: &mut Activities,
    ) -> Option<Instant> {
        let Some(text) = row.at() else {
            return if row.is_undated_recipient() { listed } else { None };
        };
        let at = self.days.instant_of(text, DayOrder::MonthFirst, self.plan.options.zone);
        if at.is_some() {
            return at;
        }
        if row.is_undated_recipient() {
            return listed;
        }
        if !text.trim().is_empty() {
            came.unreadable += 1;
            if came.unreadable_at.len() < PLACES_NAMED {
                came.unreadable_at.push((String::new(), row.line(), text.to_owned()));
            }
        }
        None
    }
}

/// Keeps what a row says that some test asks about.
fn keep(
    plan: &Plan,
    interest: &Interest,
    keeps_firsts: bool,
    (key, campaign, kind, stage, at): (
        Key,
        CampaignIndex,
        ActivityKind,
        SendStage,
        Option<Instant>,
    ),
    row: &ActivityRow<'_>,
    came: &mut Activities,
) {
    let mut facts = Facts::of(kind);
    if at.is_some() {
        facts = facts.at_known_time();
    }
    let mut fact = |topic, facts, firsts, sending| {
        came.kept.push(Kept { key, topic, facts, firsts, sending });
    };
    if kind == ActivityKind::Click && !interest.links.is_empty() {
        let links = plan.engagements.links();
        for &link in &interest.links {
            if links.get(link as usize).map(|link| link.url.as_str()) == row.url() {
                fact(Topic::Link(link), Facts::CLICK, None, None);
            }
        }
    }
    let sending = (kind == ActivityKind::Send && interest.sends).then_some((stage, at));
    let firsts = keeps_firsts.then(|| Firsts {
        send: at.filter(|_| kind == ActivityKind::Send),
        implied: at.filter(|_| kind.implies_send() && kind != ActivityKind::Send),
        any: at,
    });
    fact(Topic::Campaign(campaign), facts, firsts, sending);
    if kind.implies_send()
        && let Some(at) = at
    {
        for (window, bounds) in plan.engagements.windows().iter().enumerate() {
            if bounds.0 <= at && at <= bounds.1 {
                fact(Topic::Window(campaign, window as u16), facts, None, None);
            }
        }
    }
}

/// The place that an activity carries.
fn place(at: Option<Instant>, row: &ActivityRow<'_>) -> Option<Place> {
    let names = [row.country(), row.country_code(), row.region(), row.city()];
    let names: Vec<Box<str>> =
        names.into_iter().flatten().filter(|name| !name.trim().is_empty()).map(Box::from).collect();
    (!names.is_empty()).then_some(Place { at, names })
}

/// Whether two short texts are the same: sooner than by a call that is made for long ones.
#[inline(always)]
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let ((one, one_rest), (other, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let eight = |bytes: &[u8; 8]| u64::from_ne_bytes(*bytes);
    one.iter().zip(other).all(|(one, other)| eight(one) == eight(other))
        && one_rest.iter().zip(other_rest).all(|(one, other)| one == other)
}
