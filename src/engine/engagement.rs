//! Tests of tracked activity, bound to the campaigns of a run and answered from the index.

use super::Options;
use super::campaigns::{CampaignIndex, Registry, set_bounds};
use super::index::{Facts, Firsts, Topic};
use crate::criteria::{Campaigns, Choice, Engagement, Negatives, Quantifier, What, WindowReading};
use crate::value::Instant;

/// An inclusive stretch of instants.
pub type Bounds = (Instant, Instant);

/// A link that some test asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Of this campaign.
    pub campaign: CampaignIndex,
    /// Exactly this URL.
    pub url: String,
}

/// The window of a test over a set.
#[derive(Debug, Clone, Copy)]
struct Asked {
    bounds: Bounds,
    /// Its number among the windows of the run.
    number: u16,
    /// False where none was asked for and only the default bounds the set: then rows without a time
    /// count too.
    dated_rows_only: bool,
}

#[derive(Debug)]
enum Over {
    One { campaign: CampaignIndex, link: Option<u32> },
    Set { quantifier: Quantifier, choice: Choice, asked: Asked },
}

#[derive(Debug)]
struct Bound {
    what: What,
    over: Over,
}

/// Every test of tracked activity of a run, and what it wants kept of the activities.
#[derive(Debug)]
pub struct Engagements {
    tests: Vec<Bound>,
    links: Vec<Link>,
    windows: Vec<Bounds>,
    reading: WindowReading,
    negatives: Negatives,
    as_of: Instant,
}

/// What is known of one contact.
pub type ContactFacts = [(Topic, Facts, Firsts)];

impl Engagements {
    /// Binds the tests; campaigns they name are entered in `registry`.
    pub fn bind(tests: &[&Engagement], registry: &mut Registry, options: &Options) -> Self {
        let mut plan = Self {
            tests: Vec::new(),
            links: Vec::new(),
            windows: Vec::new(),
            reading: options.window,
            negatives: options.negatives,
            as_of: options.as_of,
        };
        for test in tests {
            let over = match &test.campaigns {
                Campaigns::One(id) => {
                    let campaign = registry.intern(id);
                    Over::One { campaign, link: plan.link(campaign, &test.what) }
                }
                Campaigns::Set { quantifier, choice, window } => {
                    let bounds = set_bounds(window.as_ref(), options);
                    let asked = Asked {
                        bounds,
                        number: number(&mut plan.windows, bounds) as u16,
                        dated_rows_only: window.is_some()
                            || options.window == WindowReading::Activity,
                    };
                    Over::Set { quantifier: *quantifier, choice: *choice, asked }
                }
            };
            plan.tests.push(Bound { what: test.what.clone(), over });
        }
        plan
    }

    fn link(&mut self, campaign: CampaignIndex, what: &What) -> Option<u32> {
        let (What::ClickedLink(url) | What::NotClickedLink(url)) = what else {
            return None;
        };
        Some(number(&mut self.links, Link { campaign, url: url.clone() }))
    }

    /// The links asked about; the index of each is its number.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The windows in which activities must lie, when the activity reading asks that; the index
    /// of each is its number.
    pub fn windows(&self) -> &[Bounds] {
        match self.reading {
            WindowReading::Campaign => &[],
            WindowReading::Activity => &self.windows,
        }
    }

    /// True when some test asks about a set of campaigns, so that send times matter.
    pub fn asks_sets(&self) -> bool {
        self.tests.iter().any(|test| matches!(test.over, Over::Set { .. }))
    }

    /// True when some test asks when the first row of a campaign was.
    pub fn asks_firsts(&self) -> bool {
        self.reading == WindowReading::Activity && self.asks_sets()
    }

    /// True when some test leaves out rows without a time.
    pub fn asks_windows(&self) -> bool {
        let asks =
            |test: &Bound| matches!(test.over, Over::Set { asked, .. } if asked.dated_rows_only);
        self.tests.iter().any(asks)
    }

    /// The campaigns that tests ask about by id, and which rows of theirs matter.
    pub fn named(&self) -> impl Iterator<Item = (CampaignIndex, Facts)> + '_ {
        self.tests.iter().filter_map(|test| match test.over {
            Over::One { campaign, .. } => Some((campaign, rows_asked(&test.what))),
            Over::Set { .. } => None,
        })
    }

    /// Which rows matter of the campaigns of a set; none where the test isn't about one.
    pub fn rows_asked(&self, test: usize) -> Facts {
        match self.tests.get(test) {
            Some(Bound { over: Over::One { .. }, .. }) | None => Facts::default(),
            // Which row was the first of its kind may decide whether a send lies in the window.
            Some(_) if self.reading == WindowReading::Activity => Facts::ALL,
            Some(test) => rows_asked(&test.what),
        }
    }

    /// The campaigns of which it matters how often they were sent.
    pub fn counts_sends(&self) -> impl Iterator<Item = CampaignIndex> + '_ {
        let counts = |test: &&Bound| test.what == What::DeliveredNotOpened;
        self.tests.iter().filter(counts).filter_map(|test| match test.over {
            Over::One { campaign, .. } => Some(campaign),
            Over::Set { .. } => None,
        })
    }

    /// The set of campaigns that each test is about, once it is known when they were sent; empty
    /// for tests of one campaign.
    pub fn choose(
        &self,
        registry: &Registry,
        sent_at: impl Fn(CampaignIndex) -> Option<Instant> + Copy,
    ) -> Vec<Chosen> {
        let chosen = |test: &Bound| match test.over {
            Over::One { .. } => Chosen::default(),
            Over::Set { choice, asked, .. } => {
                let bounds = match self.reading {
                    WindowReading::Campaign => asked.bounds,
                    WindowReading::Activity => (Instant(i64::MIN), self.as_of),
                };
                Chosen::new(registry.choose(choice, bounds, sent_at), registry.len())
            }
        };
        self.tests.iter().map(chosen).collect()
    }

    /// The tests over sets: their index and whether they ask for every campaign of a window.
    pub fn sets(&self) -> impl Iterator<Item = (usize, bool)> + '_ {
        self.tests.iter().enumerate().filter_map(|(at, test)| match test.over {
            Over::One { .. } => None,
            Over::Set { choice, .. } => Some((at, choice == Choice::Every)),
        })
    }

    /// Whether a test holds for a contact.
    pub fn holds(&self, test: usize, chosen: &[Chosen], facts: &ContactFacts) -> bool {
        let (Some(bound), Some(chosen)) = (self.tests.get(test), chosen.get(test)) else {
            return false;
        };
        match bound.over {
            Over::One { campaign, link } => {
                let base = about(facts, Topic::Campaign(campaign));
                let linked = link.map(|link| about(facts, Topic::Link(link))).unwrap_or_default();
                let seen = Seen {
                    sent: base.sent(),
                    opened: base.any(Facts::OPEN),
                    clicked: base.any(Facts::CLICK),
                    opened_ever: base.any(Facts::OPEN),
                    clicked_ever: base.any(Facts::CLICK),
                };
                one(&bound.what, seen, base, linked)
            }
            Over::Set { quantifier, asked, .. } => {
                self.set(&bound.what, quantifier, asked, chosen, facts)
            }
        }
    }

    fn set(
        &self,
        what: &What,
        quantifier: Quantifier,
        asked: Asked,
        chosen: &Chosen,
        facts: &ContactFacts,
    ) -> bool {
        let size = chosen.campaigns.len();
        if size == 0 {
            return *what == What::NotSent;
        }
        let (mut sent, mut opened_ever, mut clicked_ever, mut holding) = (0, 0, 0, 0);
        for &(topic, base, firsts) in facts {
            let Topic::Campaign(campaign) = topic else { continue };
            if !chosen.has(campaign) {
                continue;
            }
            let base = if asked.dated_rows_only { base.dated() } else { base };
            let seen = self.seen(campaign, asked, base, firsts, facts);
            sent += usize::from(seen.sent);
            opened_ever += usize::from(seen.opened_ever);
            clicked_ever += usize::from(seen.clicked_ever);
            holding += usize::from(one(what, seen, base, Facts::default()));
        }
        match (what, quantifier, self.negatives) {
            (What::NotSent, Quantifier::Any, Negatives::Literal) => sent < size,
            (What::NotSent, ..) => sent == 0,
            (What::NotOpened, Quantifier::Any, Negatives::Any) => sent > 0 && opened_ever == 0,
            (What::NotClicked, Quantifier::Any, Negatives::Any) => sent > 0 && clicked_ever == 0,
            (_, Quantifier::Any, _) => holding > 0,
            (_, Quantifier::All, _) => holding == size,
        }
    }

    fn seen(
        &self,
        campaign: CampaignIndex,
        asked: Asked,
        base: Facts,
        firsts: Firsts,
        facts: &ContactFacts,
    ) -> Seen {
        let (opened_ever, clicked_ever) = (base.any(Facts::OPEN), base.any(Facts::CLICK));
        match self.reading {
            WindowReading::Campaign => Seen {
                sent: base.sent(),
                opened: opened_ever,
                clicked: clicked_ever,
                opened_ever,
                clicked_ever,
            },
            WindowReading::Activity => {
                let inside = about(facts, Topic::Window(campaign, asked.number));
                let (from, to) = asked.bounds;
                let implied = firsts.implied.is_some_and(|at| from <= at && at <= to);
                Seen {
                    sent: inside.any(Facts::SEND) || (!base.any(Facts::SEND) && implied),
                    opened: inside.any(Facts::OPEN),
                    clicked: inside.any(Facts::CLICK),
                    opened_ever,
                    clicked_ever,
                }
            }
        }
    }
}

/// A set of campaigns.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// Its members.
    pub campaigns: Vec<CampaignIndex>,
    members: Vec<bool>,
}

impl Chosen {
    fn new(campaigns: Vec<CampaignIndex>, universe: usize) -> Self {
        let mut members = vec![false; universe];
        for &campaign in &campaigns {
            if let Some(member) = members.get_mut(campaign as usize) {
                *member = true;
            }
        }
        Self { campaigns, members }
    }

    fn has(&self, campaign: CampaignIndex) -> bool {
        self.members.get(campaign as usize) == Some(&true)
    }
}

/// What happened to a contact in one campaign: inside the window where one is asked of
/// activities, and at any time.
#[derive(Clone, Copy)]
struct Seen {
    sent: bool,
    opened: bool,
    clicked: bool,
    opened_ever: bool,
    clicked_ever: bool,
}

fn one(what: &What, seen: Seen, base: Facts, link: Facts) -> bool {
    let clicked_link = link.any(Facts::CLICK);
    match what {
        What::Sent => seen.sent,
        What::NotSent => !seen.sent,
        What::Opened => seen.opened,
        What::NotOpened => seen.sent && !seen.opened_ever,
        What::Clicked => seen.clicked,
        What::NotClicked => seen.sent && !seen.clicked_ever,
        What::OpenedNotClicked => seen.opened && !seen.clicked_ever,
        What::OpenedOrClicked => seen.opened || seen.clicked,
        What::ClickedLink(_) => clicked_link,
        What::NotClickedLink(_) => seen.sent && !clicked_link,
        What::DeliveredNotOpened => {
            let bounced_for_good = base.any(Facts::BOUNCE) && !base.any(Facts::SENT_AGAIN);
            seen.sent && !seen.opened_ever && !bounced_for_good
        }
    }
}

/// The rows of a campaign that decide a test.
fn rows_asked(what: &What) -> Facts {
    match what {
        What::Opened => Facts::OPEN,
        What::Clicked | What::ClickedLink(_) => Facts::CLICK,
        What::OpenedNotClicked | What::OpenedOrClicked => Facts::OPEN.with(Facts::CLICK),
        What::Sent
        | What::NotSent
        | What::NotOpened
        | What::NotClicked
        | What::NotClickedLink(_)
        | What::DeliveredNotOpened => Facts::ANY_SENT,
    }
}

fn about(facts: &ContactFacts, topic: Topic) -> Facts {
    facts.iter().find(|(about, ..)| *about == topic).map(|&(_, facts, _)| facts).unwrap_or_default()
}

/// The place of `item` in `all`, where it is put if it isn't there.
fn number<T: PartialEq>(all: &mut Vec<T>, item: T) -> u32 {
    let found = all.iter().position(|known| *known == item);
    found.unwrap_or_else(|| {
        all.push(item);
        all.len() - 1
    }) as u32
}
