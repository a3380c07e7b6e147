//! The campaigns: what was sent when, and the few that wait.

use std::io::{self, Write};

use super::options::{Format, Options};
use super::random::Random;
use super::row::Row;
use super::words;

/// Campaigns are spread over this many days before the as-of day: three years.
pub const SPAN_DAYS: i64 = 1095;

/// Sixteen decimal digits are a campaign id in every dialect: an integer for EngageLab, sixteen
/// hexadecimal digits for Campaign Monitor, and any text will do for Constant Contact.
const FIRST_ID: u64 = 4_100_000_000_000_001;

pub struct Campaign {
    pub id: u64,
    /// Seconds since 1970; `None` as long as it isn't sent.
    pub sent_at: Option<i64>,
    name: String,
    subject: String,
}

pub fn plan(options: &Options) -> Vec<Campaign> {
    let unsent = options.campaigns / 50;
    let sent = options.campaigns - unsent;
    (0..options.campaigns)
        .map(|number| {
            let mut random = Random::of(options.seed, 3, number);
            let theme = random.pick(words::THEMES);
            let sent_at = (number < sent).then(|| {
                let spacing = SPAN_DAYS * 86_400 / sent as i64;
                let back = spacing * (sent - number) as i64;
                options.as_of - back + random.below((spacing / 2).max(1) as u64) as i64
            });
            Campaign {
                id: FIRST_ID + number * 37,
                sent_at,
                name: format!("{theme} {:03}", number + 1),
                subject: format!("{}, {theme}", random.pick(words::GREETINGS)),
            }
        })
        .collect()
}

pub fn write(campaigns: &[Campaign], to: &mut impl Write) -> io::Result<()> {
    let mut row = Row::new(Format::Csv);
    to.write_all(row.header(&["id", "name", "subject", "status", "sent_at"]))?;
    for campaign in campaigns {
        row.begin();
        row.number("id", campaign.id);
        row.text("name", &campaign.name);
        row.text("subject", &campaign.subject);
        row.text("status", if campaign.sent_at.is_some() { "Sent" } else { "Draft" });
        match campaign.sent_at {
            Some(at) => row.instant("sent_at", at),
            None => row.missing(),
        }
        to.write_all(row.end())?;
    }
    Ok(())
}
