//! Tests of tracked activity, looked up anew for every question.

use super::fields::in_window;
use super::values::{lower, time};
use super::{Activity, Contact, World};
use crate::contact::ActivityKind;
use crate::criteria::{
    Campaigns, Choice, Engagement, Negatives, Quantifier, What, Window, WindowReading,
};
use crate::engine::Options;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a contact's activities answer the question with yes.
pub fn holds(engagement: &Engagement, contact: &Contact, world: &World, options: &Options) -> bool {
    let rows: Vec<&Activity> = counting(contact, world, options).collect();
    let ask = |campaign: &str, window: Option<&Window>, dated_only: bool| Asked {
        rows: (rows.iter().copied())
            .filter(|row| id(&row.campaign_id) == campaign)
            .filter(|row| !dated_only || time_of(row, options).is_some())
            .collect(),
        window: window.filter(|_| options.window == WindowReading::Activity).cloned(),
        options,
    };
    let what = &engagement.what;
    match &engagement.campaigns {
        Campaigns::One(campaign) => ask(&id(campaign), None, false).answers(what),
        Campaigns::Set { quantifier, choice, window } => {
            // A row without a time counts for no test with a window.
            let dated_only = window.is_some() || options.window == WindowReading::Activity;
            let window = window.clone().unwrap_or(Window::LastDays(Engagement::DEFAULT_DAYS));
            let set = chosen(*choice, &window, world, options);
            if set.is_empty() {
                return *what == What::NotSent;
            }
            let asked: Vec<Asked<'_>> =
                set.iter().map(|k| ask(k, Some(&window), dated_only)).collect();
            let literal = options.negatives == Negatives::Literal;
            let some = |what: &What| asked.iter().any(|k| k.answers(what));
            match (what, quantifier) {
                (What::NotSent, Quantifier::Any) if literal => some(&What::NotSent),
                (What::NotSent, _) => !some(&What::Sent),
                (What::NotOpened, Quantifier::Any) if !literal => {
                    some(&What::Sent) && !asked.iter().any(|k| k.ever(ActivityKind::Open))
                }
                (What::NotClicked, Quantifier::Any) if !literal => {
                    some(&What::Sent) && !asked.iter().any(|k| k.ever(ActivityKind::Click))
                }
                (_, Quantifier::Any) => some(what),
                (_, Quantifier::All) => asked.iter().all(|k| k.answers(what)),
            }
        }
    }
}

/// A contact's activities that count: of a known kind and a campaign, not after as-of.
pub fn counting<'a>(
    contact: &'a Contact,
    world: &'a World,
    options: &'a Options,
) -> impl Iterator<Item = &'a Activity> {
    let is_mine = move |activity: &&Activity| belongs(activity, contact, world);
    world.activities.iter().filter(is_mine).filter(move |activity| {
        ActivityKind::ALL.iter().any(|kind| kind.name() == activity.kind)
            && !id(&activity.campaign_id).is_empty()
            && time_of(activity, options).is_none_or(|at| at <= options.as_of.0)
    })
}

/// When an activity was, in microseconds; `None` where that can't be read.
pub fn time_of(activity: &Activity, options: &Options) -> Option<i64> {
    time(&activity.at, false).map(|time| time.instant(options.zone))
}

fn belongs(activity: &Activity, contact: &Contact, world: &World) -> bool {
    let (theirs, mine) = if world.by_id {
        (id(&activity.contact_id), contact.values("contact_id"))
    } else {
        (id(&activity.email), contact.values("email"))
    };
    !theirs.is_empty() && mine.first().is_some_and(|mine| id(mine) == theirs)
}

fn id(text: &str) -> String {
    lower(text.trim())
}

/// The campaigns of a set, by folded id.
fn chosen(choice: Choice, window: &Window, world: &World, options: &Options) -> Vec<String> {
    let mut sent: Vec<(String, i64)> = send_times(world, options)
        .into_iter()
        .filter(|(_, at)| match options.window {
            WindowReading::Campaign => *at <= options.as_of.0 && in_window(window, *at, options),
            WindowReading::Activity => *at <= options.as_of.0,
        })
        .collect();
    sent.sort_by_key(|(id, at)| (std::cmp::Reverse(*at), id.clone()));
    if let Choice::Last(count) = choice {
        sent.truncate(count as usize);
    }
    sent.into_iter().map(|(id, _)| id).collect()
}

fn send_times(world: &World, options: &Options) -> BTreeMap<String, i64> {
    let listed = world.campaigns.iter().map(|(campaign, at)| (id(campaign), at.as_str()));
    let mut times: BTreeMap<String, i64> = BTreeMap::new();
    // Later rows of the campaigns dump replace earlier ones, also by nothing.
    let last: BTreeMap<String, &str> = listed.collect();
    for (campaign, at) in &last {
        if let Some(at) = time(at, false) {
            times.insert(campaign.clone(), at.instant(options.zone));
        }
    }
    let mut rows: Vec<&Activity> = Vec::new();
    for contact in &world.contacts {
        rows.extend(counting(contact, world, options));
    }
    let campaigns: BTreeSet<String> = rows.iter().map(|row| id(&row.campaign_id)).collect();
    for campaign in campaigns {
        let of_it = rows.iter().filter(|row| id(&row.campaign_id) == campaign);
        let timed: Vec<(&str, i64)> = of_it
            .filter_map(|row| time_of(row, options).map(|at| (row.kind.as_str(), at)))
            .collect();
        let sends = timed.iter().filter(|(kind, _)| *kind == "send").map(|(_, at)| *at).min();
        let any = timed.iter().map(|(_, at)| *at).min();
        if let Some(at) = sends.or(any) {
            times.entry(campaign).or_insert(at);
        }
    }
    times
}

/// A contact's rows of one campaign, and the window in which activity must lie.
struct Asked<'a> {
    rows: Vec<&'a Activity>,
    window: Option<Window>,
    options: &'a Options,
}

impl Asked<'_> {
    fn answers(&self, what: &What) -> bool {
        use ActivityKind::{Bounce, Click, Open};
        match what {
            What::Sent => self.sent(),
            What::NotSent => !self.sent(),
            What::Opened => self.inside(Open),
            What::NotOpened => self.sent() && !self.ever(Open),
            What::Clicked => self.inside(Click),
            What::NotClicked => self.sent() && !self.ever(Click),
            What::OpenedNotClicked => self.inside(Open) && !self.ever(Click),
            What::OpenedOrClicked => self.inside(Open) || self.inside(Click),
            What::ClickedLink(url) => self.clicked_link(url),
            What::NotClickedLink(url) => self.sent() && !self.clicked_link(url),
            What::DeliveredNotOpened => {
                let bounced = self.ever(Bounce) && self.sendings() <= 1;
                self.sent() && !self.ever(Open) && !bounced
            }
        }
    }

    fn of(&self, kind: ActivityKind) -> impl Iterator<Item = &&Activity> {
        self.rows.iter().filter(move |row| row.kind == kind.name())
    }

    fn implied(&self) -> impl Iterator<Item = &&Activity> {
        let kinds = [ActivityKind::Open, ActivityKind::Click, ActivityKind::Bounce];
        kinds.into_iter().flat_map(|kind| self.of(kind))
    }

    fn in_time(&self, at: Option<i64>) -> bool {
        match &self.window {
            None => true,
            Some(window) => at.is_some_and(|at| in_window(window, at, self.options)),
        }
    }

    fn inside(&self, kind: ActivityKind) -> bool {
        self.of(kind).any(|row| self.in_time(time_of(row, self.options)))
    }

    fn ever(&self, kind: ActivityKind) -> bool {
        self.of(kind).next().is_some()
    }

    fn sent(&self) -> bool {
        if self.ever(ActivityKind::Send) {
            return self.inside(ActivityKind::Send);
        }
        let earliest = self.implied().filter_map(|row| time_of(row, self.options)).min();
        self.implied().next().is_some() && self.in_time(earliest)
    }

    fn clicked_link(&self, url: &str) -> bool {
        self.of(ActivityKind::Click).any(|row| row.url == url)
    }

    /// How often it was sent: rows of one stage at one time are one sending, and so are rows of
    /// different stages, and rows without a time.
    fn sendings(&self) -> usize {
        let mut most = 0;
        for stage in ["requested", "sent", "delivered"] {
            let rows: Vec<_> = self.of(ActivityKind::Send).filter(|r| r.stage == stage).collect();
            let times = rows.iter().map(|row| time_of(row, self.options));
            let untimed = times.clone().filter(Option::is_none).count();
            let timed: BTreeSet<i64> = times.flatten().collect();
            most = most.max(usize::from(untimed > 0) + timed.len());
        }
        most
    }
}
