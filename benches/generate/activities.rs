//! The activities file: campaign after campaign, each to a part of the contacts.
//!
//! A campaign visits the contacts in an order of its own, since no real report is sorted by the
//! contact file, and a reader must not profit from such an order.

use std::io::{self, Write};

use super::campaigns::Campaign;
use super::options::Options;
use super::people::{Person, Zeal};
use super::random::Random;
use super::row::Row;
use super::words;

const COLUMNS: [&str; 7] = ["contact_id", "email", "campaign_id", "type", "at", "url", "device"];

/// What a first campaign is taken to need for each contact it is sent to, before there is a
/// campaign to measure.
const ROWS_A_RECIPIENT: f64 = 1.6;

pub fn write(options: &Options, campaigns: &[Campaign], to: &mut impl Write) -> io::Result<()> {
    let mut writer = Writer {
        options,
        to,
        row: Row::new(options.format),
        email: String::new(),
        left: options.activities,
        recipients: 0,
    };
    let header = writer.row.header(&COLUMNS);
    writer.to.write_all(header)?;
    let crowd = Crowd::draw(options);
    let sent: Vec<(u64, i64)> =
        campaigns.iter().filter_map(|campaign| Some((campaign.id, campaign.sent_at?))).collect();
    for (number, &(id, sent_at)) in sent.iter().enumerate() {
        writer.campaign(&crowd, id, sent_at, (sent.len() - number) as u64)?;
    }
    writer.late_opens(&crowd, &sent)
}

/// What choosing recipients needs to know of every contact: five bytes each.
struct Crowd {
    zeal: Vec<Zeal>,
    /// Days since 1970.
    added: Vec<i32>,
}

impl Crowd {
    fn draw(options: &Options) -> Self {
        let mut email = String::new();
        Self {
            zeal: (0..options.contacts).map(|number| Zeal::draw(options, number)).collect(),
            added: (0..options.contacts)
                .map(|number| (Person::draw(options, number, &mut email).added / 86_400) as i32)
                .collect(),
        }
    }

    /// How the contacts who were there on a day share a campaign's sendings.
    fn weight(&self, day: i32) -> f64 {
        let there = self.zeal.iter().zip(&self.added).filter(|(_, added)| **added < day);
        there.map(|(zeal, _)| zeal.sends()).sum()
    }
}

struct Writer<'a, W> {
    options: &'a Options,
    to: &'a mut W,
    row: Row,
    email: String,
    /// Rows still to write.
    left: u64,
    /// Sendings so far, to know how many rows one leads to.
    recipients: u64,
}

impl<W: Write> Writer<'_, W> {
    /// Writes one campaign, taking its share of the rows that are left.
    fn campaign(&mut self, crowd: &Crowd, id: u64, sent_at: i64, campaigns: u64) -> io::Result<()> {
        let day = (sent_at / 86_400) as i32;
        let written = self.options.activities - self.left;
        let rows_a_recipient = if self.recipients == 0 {
            ROWS_A_RECIPIENT
        } else {
            written as f64 / self.recipients as f64
        };
        let share = self.left as f64 / campaigns as f64 / rows_a_recipient / crowd.weight(day);
        let contacts = self.options.contacts;
        let mut random = Random::of(self.options.seed, 5, id);
        let mut number = random.below(contacts);
        let step = coprime(random.below(contacts), contacts);
        for _ in 0..contacts {
            number = (number + step) % contacts;
            let at = number as usize;
            if crowd.added[at] < day && random.unit() < share * crowd.zeal[at].sends() {
                // One in a thousand has left the account since: its rows name a contact that the
                // contacts file doesn't hold.
                let gone = random.permille(1);
                let number = if gone { contacts + number } else { number };
                self.recipient(crowd.zeal[at], number, id, sent_at, &mut random)?;
            }
        }
        Ok(())
    }

    /// All that one sending to one contact leads to, in the order of time.
    fn recipient(
        &mut self,
        zeal: Zeal,
        number: u64,
        campaign: u64,
        sent_at: i64,
        random: &mut Random,
    ) -> io::Result<()> {
        let person = Person::draw(self.options, number, &mut self.email);
        self.recipients += 1;
        let sent_at = sent_at + random.below(1800) as i64;
        let mut act = |kind: &str, at: i64, url: &str, device: &str| {
            self.act(person.id, campaign, kind, at, url, device)
        };
        let opened = random.permille(zeal.opens());
        // A twentieth of the send rows got lost, as in dumps put together from reports; only where
        // a later row still tells of the sending.
        if !(opened && random.permille(50)) {
            act("send", sent_at, "", "")?;
        }
        if random.permille(12) && !opened {
            return act("bounce", sent_at + random.delay(30.0), "", "");
        }
        if !opened {
            return Ok(());
        }
        let device = *random.pick(words::DEVICES);
        let mut at = sent_at + random.delay(40_000.0);
        act("open", at, "", device)?;
        if random.permille(220) {
            let url = *random.pick(words::LINKS);
            act("click", at + random.delay(60.0), url, device)?;
        }
        while random.permille(zeal.opens_again()) {
            at += random.delay(90_000.0);
            act("open", at, "", device)?;
        }
        if random.permille(8) {
            act("optout", at + random.delay(120.0), "", "")?;
        }
        Ok(())
    }

    /// Opens of old mail by devoted readers, until the count of rows is what was asked for.
    fn late_opens(&mut self, crowd: &Crowd, sent: &[(u64, i64)]) -> io::Result<()> {
        let mut random = Random::of(self.options.seed, 6, 0);
        let mut tries = 0u64;
        while self.left > 0 {
            let number = random.below(self.options.contacts);
            let &(campaign, sent_at) = random.pick(sent);
            let reader = matches!(crowd.zeal[number as usize], Zeal::Devoted);
            tries += 1;
            // A tiny world may have no devoted reader at all; then anyone will do.
            if reader || tries > 100 {
                tries = 0;
                let person = Person::draw(self.options, number, &mut self.email);
                let device = *random.pick(words::DEVICES);
                // A send first: nobody opens what wasn't sent. It may be a repeated one.
                self.act(person.id, campaign, "send", sent_at, "", "")?;
                let at = sent_at + random.delay(400_000.0);
                self.act(person.id, campaign, "open", at, "", device)?;
            }
        }
        Ok(())
    }

    fn act(
        &mut self,
        contact: u128,
        campaign: u64,
        kind: &str,
        at: i64,
        url: &str,
        device: &str,
    ) -> io::Result<()> {
        if self.left == 0 {
            return Ok(());
        }
        self.left -= 1;
        self.row.begin();
        self.row.uuid("contact_id", contact);
        self.row.text("email", &self.email);
        self.row.number("campaign_id", campaign);
        self.row.text("type", kind);
        self.row.instant("at", at);
        if url.is_empty() {
            self.row.missing();
        } else {
            self.row.text("url", url);
        }
        if device.is_empty() {
            self.row.missing();
        } else {
            self.row.text("device", device);
        }
        self.to.write_all(self.row.end())
    }
}

/// The next number from `wish` on that has no factor in common with `of`: walking by it visits
/// every contact once.
fn coprime(wish: u64, of: u64) -> u64 {
    let mut step = wish.max(1);
    while divisor(step, of) != 1 {
        step += 1;
    }
    step
}

fn divisor(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}
