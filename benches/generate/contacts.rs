//! The contacts file: seventeen columns, as full of gaps and oddities as a real one.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::options::Options;
use super::people::Person;
use super::random::Random;
use super::row::Row;
use super::words;

const COLUMNS: [&str; 17] = [
    "contact_id",
    "email",
    "first_name",
    "last_name",
    "company_name",
    "title",
    "phone",
    "street",
    "city",
    "state",
    "postal_code",
    "country",
    "birthday_month",
    "lists",
    "tags",
    "date_added",
    "date_updated",
];

pub fn write(options: &Options, to: &mut impl Write) -> io::Result<()> {
    let mut row = Row::new(options.format);
    let (mut email, mut text) = (String::new(), String::new());
    to.write_all(row.header(&COLUMNS))?;
    for number in 0..options.contacts {
        let person = Person::draw(options, number, &mut email);
        let mut random = Random::of(options.seed, 4, number);
        row.begin();
        who(&mut row, &mut random, &person, &mut email);
        work(&mut row, &mut random);
        place(&mut row, &mut random, &mut text);
        marks(&mut row, &mut random);
        row.instant("date_added", person.added);
        let since = (options.as_of - person.added).max(0);
        row.instant("date_updated", person.added + random.below(since as u64 + 1) as i64);
        to.write_all(row.end())?;
    }
    Ok(())
}

fn who(row: &mut Row, random: &mut Random, person: &Person, email: &mut str) {
    row.uuid("contact_id", person.id);
    // Some addresses were typed with a capital; the activities have them folded.
    if random.permille(20)
        && let Some(first) = email.get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    row.text("email", email);
    given(row, random, "first_name", person.first_name, 40);
    given(row, random, "last_name", person.last_name, 60);
}

fn work(row: &mut Row, random: &mut Random) {
    let company = *random.pick(words::COMPANIES);
    // One in two hundred companies has quotes in its name.
    let company = if random.permille(5) { random.pick(words::QUOTED_COMPANIES) } else { company };
    given(row, random, "company_name", company, 250);
    let title = *random.pick(words::TITLES);
    given(row, random, "title", title, 180);
}

fn place(row: &mut Row, random: &mut Random, text: &mut String) {
    text.clear();
    let (area, line) = (200 + random.below(700), random.below(10_000));
    let _ = write!(text, "+1-{area}-555-{line:04}");
    given(row, random, "phone", text, 300);

    text.clear();
    let _ = write!(text, "{} {}", 1 + random.below(9800), random.pick(words::STREETS));
    if random.permille(60) {
        let between = if random.permille(80) { "\n" } else { ", " };
        let _ = write!(text, "{between}Apt {}", 1 + random.below(90));
    }
    given(row, random, "street", text, 120);

    let region = random.pick(words::REGIONS);
    let city = spelling(random, region.city, 10, text);
    given(row, random, "city", city, 80);
    let state = if random.permille(450) { region.name } else { region.code };
    let state = spelling(random, state, 60, text);
    given(row, random, "state", state, 90);
    text.clear();
    let _ = write!(text, "{}{:03}", region.postal, random.below(1000));
    given(row, random, "postal_code", text, 90);
    let country = *random.pick(region.countries);
    let country = spelling(random, country, 40, text);
    given(row, random, "country", country, 70);
}

/// The word as it is, or in `parts` of a thousand in small letters or in capitals.
fn spelling<'a>(random: &mut Random, word: &'a str, parts: u64, text: &'a mut String) -> &'a str {
    if !random.permille(parts) {
        return word;
    }
    text.clear();
    if random.permille(500) {
        text.extend(word.chars().flat_map(char::to_lowercase));
    } else {
        text.extend(word.chars().flat_map(char::to_uppercase));
    }
    text
}

fn marks(row: &mut Row, random: &mut Random) {
    if random.permille(550) {
        row.missing();
    } else {
        row.number("birthday_month", 1 + random.below(12));
    }
    sublist(row, random, "lists", words::LIST_IDS, [80, 800, 100]);
    sublist(row, random, "tags", words::TAG_NAMES, [520, 320, 120]);
}

/// Several neighbours of a fixed list: none, one or two in so many of a thousand, otherwise three.
fn sublist(row: &mut Row, random: &mut Random, key: &str, of: &[&str], shares: [u64; 3]) {
    let draw = random.below(1000);
    let taken = match draw {
        _ if draw < shares[0] => 0,
        _ if draw < shares[0] + shares[1] => 1,
        _ if draw < shares.iter().sum() => 2,
        _ => 3,
    };
    // The square makes the first names of the list the popular ones.
    let unit = random.unit();
    let first = (unit * unit * of.len() as f64) as usize;
    if taken == 0 {
        row.missing();
    } else {
        row.several(key, of.iter().copied().cycle().skip(first).take(taken));
    }
}

/// A value that isn't always there: missing in `parts` of a thousand, and in one of a hundred of
/// those only white space.
fn given(row: &mut Row, random: &mut Random, key: &str, value: &str, parts: u64) {
    if !random.permille(parts) {
        row.text(key, value);
    } else if random.permille(10) {
        row.text(key, "  ");
    } else {
        row.missing();
    }
}
