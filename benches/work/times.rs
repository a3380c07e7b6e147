//! Stamps, and reading them.

use super::generated::random::Random;
use super::generated::row::push_instant;
use segkit::value::{DayMemo, DayOrder, Stamp, Zone};
use std::hint::black_box;

/// 2020-09-14, in seconds since 1970.
const MIDNIGHT: i64 = 18_519 * 86_400;
/// What the stream of stamps is kept apart by.
const STREAM: u64 = 22;

/// Stamps as most dumps have them, `2024-05-31T23:59:59Z`; of one day, or each of any day of
/// three years.
pub fn usual(count: u64, one_day: bool) -> Vec<String> {
    let within = if one_day { 86_400 } else { 3 * 365 * 86_400 };
    let stamp = |number| {
        let mut text = Vec::new();
        let after = Random::of(1, STREAM, number).below(within);
        push_instant(&mut text, MIDNIGHT + after as i64);
        String::from_utf8(text).unwrap()
    };
    (0..count).map(stamp).collect()
}

/// Reads them one by one.
pub fn alone(stamps: &[String]) {
    for stamp in stamps {
        black_box(Stamp::instant_of(black_box(stamp), DayOrder::MonthFirst, Zone::UTC));
    }
}

/// Reads them with the last day in mind.
pub fn with_memo(stamps: &[String]) {
    let mut memo = DayMemo::default();
    for stamp in stamps {
        black_box(memo.instant_of(black_box(stamp), DayOrder::MonthFirst, Zone::UTC));
    }
}
