//! Random contacts, activities and campaigns: small alphabets, so that things coincide.

use crate::random::Random;
use segkit::dialect::Dialect;
use segkit::engine::reference::{Activity, Contact, World};

pub const TEXTS: &[&str] = &[
    "",
    "",
    " ",
    "MA",
    "ma",
    "RI",
    "Rhode",
    "rhode island",
    "É",
    "é",
    "İx",
    "ix",
    "Πάτρα",
    "ΠΆΤΡΑ",
    "Москва",
    "ΟΔΟΣ",
    "οδος Σ",
    "a,\"b",
    "x\ny",
];
pub const PARTS: &[&str] = &["MA", "ma", "RI", "Rhode", "É", "İx", "US", "МОСКВА", "πάτρα"];
pub const NUMBERS: &[&str] =
    &["", "13", "13.0", " 13 ", "-2", "+45", "abc", "1e3", ".5", "0.50", "45", "012", "1,000"];
pub const DATES: &[&str] = &[
    "",
    "2024-03-01",
    "2024-02-29 23:30:00",
    "2024-03-01T23:30:00Z",
    "2024-02-29T20:00:00-05:00",
    "03/01/2024",
    "2024/02/29",
    "soon",
    "1709251200",
    "1709251200000",
    "2024-03-01 04:00:00 +0800",
    "2023-12-31T16:00:00.500+0000",
];
pub const SLASHED: &[&str] = &["", "01/03/2024", "02/03/2024", "2024-03-01", "13/13/2024", "x"];
pub const BIRTHDAYS: &[&str] = &["", "03/30", "3/1", "02/29", "13/40", "1990-03-01", "x"];
pub const CLICKS: &[&str] = &["https://a.example/", "https://a.example/?q=1", "https://A.example/"];

/// Campaign ids as the dialect writes them.
pub fn campaigns(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::ConstantContact => &["k1", "K2", "k3", "k4", "k5"],
        Dialect::CampaignMonitor => &[
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA2",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa3",
            "aaaaaaaaaaaaaaa4",
        ],
        Dialect::EngageLab => &["1", "2", "33"],
    }
}

/// What the contacts of each dialect may have: canonical or custom name, values, most values.
pub fn fields(dialect: Dialect) -> &'static [(&'static str, &'static [&'static str], u64)] {
    const LISTS: &[&str] = &["L1", "l2", "Friends", "l3"];
    const TAGS: &[&str] = &["T1", "t2", "Gold", "gold", "Golden fleece"];
    match dialect {
        Dialect::ConstantContact => &[
            ("state", PARTS, 2),
            ("title", TEXTS, 1),
            ("city", PARTS, 1),
            ("birthday_month", NUMBERS, 1),
            ("date_added", DATES, 1),
            ("date_updated", DATES, 1),
            ("lists", LISTS, 3),
            ("tags", TAGS, 2),
            ("color", TEXTS, 1),
            ("status", &["active", "Unsubscribed", ""], 1),
        ],
        Dialect::CampaignMonitor => &[
            ("name", TEXTS, 1),
            ("date_added", DATES, 1),
            ("date_updated", DATES, 1),
            ("status", &["Active", "ACTIVE", "active", "Unsubscribed", ""], 1),
            ("lists", LISTS, 1),
            ("country", &["", "US", "Australia"], 1),
            ("age", NUMBERS, 1),
            ("since", DATES, 1),
            ("freq", &["Daily", "daily", "Weekly", "Never"], 3),
            ("color", TEXTS, 1),
        ],
        Dialect::EngageLab => &[
            ("name", TEXTS, 1),
            ("phone", &["123", "456"], 1),
            ("date_added", DATES, 1),
            ("unsubscribe_time", DATES, 1),
            ("tags", TAGS, 2),
            ("age", NUMBERS, 1),
            ("born", BIRTHDAYS, 1),
            ("since", SLASHED, 1),
            ("level", &["", "Low", "low", "High"], 1),
            ("color", TEXTS, 1),
        ],
    }
}

const TIMES: &[&str] = &[
    "2024-02-29T12:00:00Z",
    "2024-02-20 10:00:00",
    "2024-02-01T00:00:00+0800",
    "2024-01-15",
    "2024-03-01T12:00:00Z",
    "2024-03-01T12:00:01Z",
    "2023-06-01T08:00:00.250-05:00",
    "2018-01-01T00:00:00Z",
    "1709251200",
    "",
    "never",
];

pub fn generate(random: &mut Random, dialect: Dialect) -> World {
    let people = random.between(1, 7);
    let contacts = (0..people).map(|at| contact(random, dialect, at)).collect();
    let mut world = World { contacts, ..World::default() };
    let ids = campaigns(dialect);
    for _ in 0..random.below(40) {
        let activity = activity(random, ids, people);
        world.activities.push(activity);
    }
    if !random.one_in(3) {
        for id in ids {
            if !random.one_in(6) {
                world.campaigns.push(((*id).to_owned(), random.text(TIMES)));
            }
        }
        if random.one_in(5) {
            world.campaigns.push((ids[0].to_uppercase(), random.text(TIMES)));
        }
    }
    let names: &[(&str, &str)] =
        if random.one_in(2) { &[("l2", "Friends"), ("l4", "X")] } else { &[] };
    world.lists = names.iter().map(|(id, name)| (id.to_string(), name.to_string())).collect();
    let names: &[(&str, &str)] =
        if random.one_in(2) { &[("t2", "Gold"), ("t9", "X")] } else { &[] };
    world.tags = names.iter().map(|(id, name)| (id.to_string(), name.to_string())).collect();
    world
}

fn contact(random: &mut Random, dialect: Dialect, at: u64) -> Contact {
    let mut contact = Contact::default();
    let mut put = |name: &str, values: Vec<String>| contact.0.insert(name.to_owned(), values);
    let person = if random.one_in(9) { 0 } else { at };
    let known =
        |random: &mut Random, text: String| if random.one_in(10) { Vec::new() } else { vec![text] };
    put("contact_id", known(random, format!("C{person}")));
    put("email", known(random, format!("P{person}@{}", random_domain(person))));
    put("source", vec![at.to_string()]);
    for (name, values, most) in fields(dialect) {
        let count = random.below(most + 1).max(u64::from(*most == 1));
        let values = (0..count).map(|_| random.text(values)).filter(|value| !value.is_empty());
        put(name, values.collect());
    }
    contact
}

fn random_domain(person: u64) -> &'static str {
    ["Example.com", "example.com", "a@b.org"][(person % 3) as usize]
}

fn activity(random: &mut Random, ids: &[&str], people: u64) -> Activity {
    let person = random.below(people + 2);
    let kind = random.text(&[
        "send", "send", "send", "open", "open", "click", "bounce", "optout", "forward", "spam",
        "other",
    ]);
    let mut campaign_id = random.text(ids);
    if random.one_in(4) {
        campaign_id = format!(" {} ", campaign_id.to_uppercase());
    }
    if random.one_in(15) {
        campaign_id = String::new();
    }
    let folded = |random: &mut Random, text: String| match random.below(8) {
        0 => text.to_lowercase(),
        1 => format!(" {text}"),
        2 => String::new(),
        _ => text,
    };
    let place = if random.one_in(3) {
        [&["", "Australia", "US"][..], &["", "AU"], &["", "MA"], &["", "Sydney"]]
            .map(|names| random.text(names))
            .to_vec()
    } else {
        vec![String::new(); 4]
    };
    Activity {
        contact_id: folded(random, format!("C{person}")),
        email: folded(random, format!("P{person}@{}", random_domain(person))),
        campaign_id,
        stage: if kind == "send" {
            random.text(&["requested", "sent", "sent", "sent", "delivered"])
        } else {
            String::new()
        },
        url: if kind == "click" { random.text(CLICKS) } else { String::new() },
        kind,
        at: random.text(TIMES),
        place,
    }
}
