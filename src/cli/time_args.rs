//! The flags of every command that looks at time.

use crate::config::{Key, Layer, Sourced};
use crate::value::{AsOf, Zone};
use clap::Args;

/// `--as-of` and `--timezone`.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Time")]
pub struct TimeArgs {
    /// The instant at which segments are looked at: a date, or a date and time [default: now]
    #[arg(long, value_name = "INSTANT")]
    pub as_of: Option<AsOf>,

    /// The zone of times that name none: UTC, an offset such as +08:00, or a name such as
    /// America/New_York [default: UTC]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub timezone: Option<Zone>,
}

impl TimeArgs {
    /// Says what the flags say.
    pub fn give(&self, layer: &mut Layer) {
        layer.as_of = self.as_of.map(|as_of| Sourced::flag(as_of, Key::AsOf));
        layer.zone = self.timezone.map(|zone| Sourced::flag(zone, Key::Timezone));
    }
}
