//! The flags of every command that looks at time.

use super::AsOf;
use crate::value::{Instant, Zone};
use clap::Args;

/// `--as-of` and `--timezone`.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Time")]
pub struct TimeArgs {
    /// The instant at which segments are looked at: a date, or a date and time [default: now]
    #[arg(long, value_name = "INSTANT")]
    pub as_of: Option<AsOf>,

    /// The zone of times that name none: UTC, an offset such as +08:00, or a name such as
    /// America/New_York
    #[arg(long, value_name = "ZONE", default_value = "UTC", allow_hyphen_values = true)]
    pub timezone: Zone,
}

/// What the flags mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The instant at which segments are looked at.
    pub as_of: Instant,
    /// The zone of times that name none.
    pub zone: Zone,
}

impl TimeArgs {
    /// The instant and the zone; asks the clock where no instant was given, so ask once.
    pub fn clock(&self) -> Clock {
        let zone = self.timezone;
        Clock { as_of: self.as_of.map_or_else(Instant::now, |as_of| as_of.instant(zone)), zone }
    }
}
