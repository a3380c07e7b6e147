//! Who a contact is, from its number alone.
//!
//! Both files name the same people without either being held in memory: a person is drawn anew from
//! the seed and its number wherever a row speaks of it.

use std::fmt::Write;

use super::options::Options;
use super::random::Random;
use super::words;

/// The part of a person that both files show.
pub struct Person {
    pub id: u128,
    pub first_name: &'static str,
    pub last_name: &'static str,
    /// Seconds since 1970.
    pub added: i64,
}

impl Person {
    /// Draws person `number` and writes its address into `email`.
    pub fn draw(options: &Options, number: u64, email: &mut String) -> Self {
        let mut random = Random::of(options.seed, 1, number);
        let high = random.next();
        let low = random.next();
        // Version 4, variant 1, as the vendors' ids are.
        let id = (u128::from(high) << 64 | u128::from(low)) & !(0xF << 76 | 0x3 << 62)
            | (0x4 << 76 | 0x2 << 62);
        let (first_name, mailbox) = *random.pick(words::FIRST_NAMES);
        let last_name = *random.pick(words::LAST_NAMES);
        email.clear();
        // Writing into a String can't fail.
        let _ = write!(email, "{mailbox}{number}@{}", random.pick(words::MAIL_HOSTS));
        let added = added(options, &mut random);
        Self { id, first_name, last_name, added }
    }
}

/// Six years of growth, and three in a thousand who came after the as-of day.
fn added(options: &Options, random: &mut Random) -> i64 {
    if random.permille(3) {
        options.as_of + random.below(14 * 86_400) as i64 + 1
    } else {
        options.as_of - random.below(6 * 365 * 86_400) as i64
    }
}

/// How much a person cares. Most never open; a few open everything, more than once.
#[derive(Clone, Copy)]
pub enum Zeal {
    Dormant,
    Light,
    Regular,
    Devoted,
}

impl Zeal {
    pub fn draw(options: &Options, number: u64) -> Self {
        match Random::of(options.seed, 2, number).below(100) {
            0..45 => Self::Dormant,
            45..80 => Self::Light,
            80..95 => Self::Regular,
            _ => Self::Devoted,
        }
    }

    /// How often this person is written to, beside a light reader. Senders write more to those who
    /// answer.
    pub fn sends(self) -> f64 {
        match self {
            Self::Dormant => 0.7,
            Self::Light => 1.0,
            Self::Regular => 1.5,
            Self::Devoted => 2.5,
        }
    }

    /// Chance in a thousand that a sending is opened.
    pub fn opens(self) -> u64 {
        match self {
            Self::Dormant => 0,
            Self::Light => 180,
            Self::Regular => 500,
            Self::Devoted => 880,
        }
    }

    /// Chance in a thousand that an opened sending is opened once more, asked again after each.
    pub fn opens_again(self) -> u64 {
        match self {
            Self::Dormant | Self::Light => 80,
            Self::Regular => 250,
            Self::Devoted => 600,
        }
    }
}
