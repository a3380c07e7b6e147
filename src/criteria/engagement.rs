//! Tests of tracked activity: what was done, in which campaigns, within which window.

use crate::value::{Instant, Stamp, Zone};
use std::fmt;

/// What is asked about a contact and a campaign k (`docs/semantics.md`, "Activities").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    /// k was sent to the contact: a send, open, click or bounce row.
    Sent,
    /// Not sent.
    NotSent,
    /// An open row.
    Opened,
    /// Sent and not opened.
    NotOpened,
    /// A click row.
    Clicked,
    /// Sent and not clicked.
    NotClicked,
    /// Opened, and no click row.
    OpenedNotClicked,
    /// A click on exactly this URL.
    ClickedLink(String),
    /// Sent, and no click on exactly this URL.
    NotClickedLink(String),
    /// Sent and not opened, unless the only send bounced.
    DeliveredNotOpened,
    /// An open or a click row. No dialect asks this; it is the other reading of [`What::Opened`].
    OpenedOrClicked,
}

/// Whether one campaign of the set is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// Some campaign of the set.
    Any,
    /// Every campaign of the set.
    All,
}

/// How the set is taken from the campaigns inside the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choice {
    /// The N sent last.
    Last(u32),
    /// All of them.
    Every,
}

/// A stretch of time, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Window {
    /// From one stamp to another; a stamp without an offset is read in the zone of the run.
    Range(Stamp, Stamp),
    /// The N × 24 hours before as-of.
    LastDays(u32),
}

/// The campaigns a test is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Campaigns {
    /// The one with this id, case aside.
    One(String),
    /// A set that depends on when campaigns were sent.
    Set {
        /// Any or all of them.
        quantifier: Quantifier,
        /// Which of those inside the window.
        choice: Choice,
        /// `None` for the default of [`Engagement::DEFAULT_DAYS`].
        window: Option<Window>,
    },
}

/// A test of tracked activity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Engagement {
    /// What is asked.
    pub what: What,
    /// Of which campaigns. The link and bounce questions are asked of one campaign only.
    pub campaigns: Campaigns,
}

impl Engagement {
    /// Days that a set looks back when no window is given: five years.
    pub const DEFAULT_DAYS: u32 = 1825;
    /// The most campaigns that a set of [`Choice::Every`] is taken to mean
    /// (`docs/semantics.md`, "More than 500"). A larger one is evaluated all the same.
    pub const MOST_CAMPAIGNS: usize = 500;

    /// The window of a set of campaigns: the default one where none is asked for, and never beyond
    /// as-of, since what came later doesn't count.
    pub fn set_bounds(window: Option<&Window>, as_of: Instant, zone: Zone) -> (Instant, Instant) {
        let default = Window::LastDays(Self::DEFAULT_DAYS);
        let (from, to) = window.unwrap_or(&default).bounds(as_of, zone);
        (from, to.min(as_of))
    }
}

impl Window {
    /// The instants between which it lies; a stamp without an offset is one of `zone`.
    pub fn bounds(&self, as_of: Instant, zone: Zone) -> (Instant, Instant) {
        match self {
            Self::LastDays(days) => (as_of.minus_days(*days), as_of),
            Self::Range(from, to) => (from.instant(zone), to.instant(zone)),
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range(from, to) => write!(f, "from {from} to {to}"),
            Self::LastDays(days) => write!(f, "in the last {days} days"),
        }
    }
}

impl fmt::Display for Engagement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Sent => f.write_str("was sent"),
            What::NotSent => f.write_str("was not sent"),
            What::Opened => f.write_str("opened"),
            What::NotOpened => f.write_str("was sent but did not open"),
            What::Clicked => f.write_str("clicked"),
            What::NotClicked => f.write_str("was sent but did not click"),
            What::OpenedNotClicked => f.write_str("opened but did not click"),
            What::ClickedLink(url) => write!(f, "clicked {url} in"),
            What::NotClickedLink(url) => write!(f, "was sent but did not click {url} in"),
            What::DeliveredNotOpened => f.write_str("was delivered but did not open"),
            What::OpenedOrClicked => f.write_str("opened or clicked"),
        }?;
        match &self.campaigns {
            Campaigns::One(id) => write!(f, " campaign {id}"),
            Campaigns::Set { quantifier, choice, window } => {
                let quantifier = match quantifier {
                    Quantifier::Any => "any",
                    Quantifier::All => "all",
                };
                match choice {
                    Choice::Last(count) => write!(f, " {quantifier} of the last {count} campaigns"),
                    Choice::Every => write!(f, " {quantifier} campaign"),
                }?;
                match window {
                    Some(window) => write!(f, " sent {window}"),
                    None => write!(f, " sent in the last {} days", Self::DEFAULT_DAYS),
                }
            }
        }
    }
}
