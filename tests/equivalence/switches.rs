//! Random switches around one pinned as-of.

use crate::random::Random;
use segkit::engine::{MissingColumns, Negatives, Options, StatusChoice, WindowReading};
use segkit::value::{DayOrder, Stamp, Zone};

/// The instant of every case.
pub const AS_OF: &str = "2024-03-01T12:00:00Z";

pub fn generate(random: &mut Random) -> Options {
    let as_of = Stamp::parse(AS_OF, DayOrder::MonthFirst).unwrap().instant(Zone::UTC);
    let zone = *random.pick(&["UTC", "America/New_York", "+08:00", "-03:30"]);
    Options {
        zone: zone.parse().unwrap(),
        window: *random.pick(&[WindowReading::Campaign, WindowReading::Activity]),
        negatives: *random.pick(&[Negatives::Any, Negatives::Literal]),
        status: match random.below(6) {
            0 => StatusChoice::All,
            1 => StatusChoice::Only(random.text(&["active", "Unsubscribed"])),
            _ => StatusChoice::OfSegment,
        },
        list: random.one_in(8).then(|| random.text(&["L1", "l2", "Friends"])),
        missing_columns: MissingColumns::Blank,
        ..Options::at(as_of)
    }
}
