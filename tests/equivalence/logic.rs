//! What the room of logic proves, no contact contradicts: random worlds and random pairs of
//! conditions that are near to each other (the same field, nearby values), held to the engine's
//! slow reference.
//!
//! `SEGKIT_LOGIC_CASES` sets how many worlds are made, `SEGKIT_SEED` where they begin. Every sort of
//! proof must have occurred, and not about nobody only.

use crate::random::Random;
use crate::world::{CLICKS, campaigns, fields};
use crate::{setting, switches, world};
use segkit::contact::{Alias, ContactField, CustomColumn};
use segkit::criteria::{
    Calendar, Campaigns, Case, Choice, Comparison, Engagement, Expr, Field, Membership,
    MembershipKind, Quantifier, RuleId, Scope, Segment, StoredDates, Test, TextOp, What, Window,
};
use segkit::dialect::Dialect;
use segkit::engine::reference::{self, Contact, World};
use segkit::engine::{Options, StatusChoice};
use segkit::logic::{self, Grade, Setting};
use segkit::value::{DayOrder, Decimal, MonthDay, Stamp};
use std::collections::{BTreeMap, BTreeSet};

/// Worlds of one run, and pairs tried in each.
const CASES: u64 = 900;
const PAIRS: u64 = 60;

/// What pairs are about.
const FAMILIES: &[&str] = &[
    "text of several values",
    "text of one value",
    "custom text",
    "text to the letter",
    "number",
    "date",
    "day of the year",
    "instant",
    "list",
    "tag name",
    "place",
    "campaign",
    "set",
];

/// The sorts of proof that must occur with every family, and those that some families can't have.
const SORTS: &[(&str, &[&str])] = &[
    ("implies", &[]),
    ("implies over groups", &[]),
    ("excludes always", &[]),
    (
        "excludes unless several",
        &[
            "text of one value",
            "text to the letter",
            "number",
            "date",
            "day of the year",
            "instant",
            "list",
            "tag name",
            "place",
            "campaign",
            "set",
        ],
    ),
    ("holds always", &[]),
    ("holds never", &[]),
];

#[test]
fn no_contact_contradicts_a_proof() {
    let first = setting("SEGKIT_SEED", 1);
    let cases = setting("SEGKIT_LOGIC_CASES", CASES);
    let mut proofs: BTreeMap<String, u64> = BTreeMap::new();
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let options =
            Options { status: StatusChoice::All, list: None, ..switches::generate(&mut random) };
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let world = populated(&mut random, dialect);
        for pair in 0..PAIRS {
            // Sets have the most to prove and the least that is near by chance.
            let family = if random.one_in(4) { "set" } else { *random.pick(FAMILIES) };
            let mut condition = || condition(&mut random, family, dialect);
            let (a, b) = (condition(), condition());
            let case = Trial { seed, pair, family, world: &world, options: &options };
            case.check(&a, &b, &mut proofs);
        }
    }
    for (sort, times) in &proofs {
        println!("{times:>7}  {sort}");
    }
    if cases >= CASES {
        for (sort, impossible) in SORTS {
            for family in FAMILIES.iter().filter(|family| !impossible.contains(family)) {
                let sort = format!("{family}: {sort}");
                assert!(proofs.contains_key(&sort), "never occurred: {sort}");
            }
        }
    }
}

/// One pair of conditions in one world.
struct Trial<'a> {
    seed: u64,
    pair: u64,
    family: &'a str,
    world: &'a World,
    options: &'a Options,
}

impl Trial<'_> {
    fn check(&self, a: &Expr, b: &Expr, proofs: &mut BTreeMap<String, u64>) {
        let Options { as_of, zone, window, negatives, .. } = *self.options;
        let setting = Setting { as_of, zone, window, negatives };
        let implied = a != b && logic::implies(a, b, &setting);
        let excluded = logic::excludes(a, b, &setting);
        let either = Expr::Any(vec![a.clone(), b.clone()]);
        let (always, never) = (logic::always(&either, &setting), logic::never(a, &setting));
        if !implied && [excluded, always, never].iter().all(Option::is_none) {
            return;
        }
        let everybody = self.members(&Expr::All(Vec::new()));
        let contacts = &self.world.contacts;
        let single = everybody.iter().copied().filter(|at| has_one_value(&contacts[*at]));
        let single: BTreeSet<usize> = single.collect();
        let who = |grade| if grade == Grade::Always { &everybody } else { &single };
        let (in_a, in_b) = (self.members(a), self.members(b));
        let shown = || self.shown(a, b, &in_a, &in_b);
        let mut proved = |sort: &str, telling: bool| {
            if telling {
                *proofs.entry(format!("{}: {sort}", self.family)).or_default() += 1;
            }
        };
        if implied {
            assert!(in_a.is_subset(&in_b), "a implies b? {}", shown());
            let groups = [a, b].iter().any(|expr| matches!(expr, Expr::All(_) | Expr::Any(_)));
            let sort = if groups { "implies over groups" } else { "implies" };
            proved(sort, !in_a.is_empty() && in_b.len() < everybody.len());
        }
        if let Some(grade) = excluded {
            let mut both = in_a.intersection(&in_b);
            assert!(!both.any(|at| who(grade).contains(at)), "a excludes b? {}", shown());
            proved(&format!("excludes {}", name(grade)), !in_a.is_empty() && !in_b.is_empty());
        }
        if let Some(grade) = always {
            let is_in = |at: &usize| in_a.contains(at) || in_b.contains(at);
            assert!(who(grade).iter().all(is_in), "always a or b? {}", shown());
            proved("holds always", in_a.len() < everybody.len() && in_b.len() < everybody.len());
        }
        if let Some(grade) = never {
            assert!(in_a.is_disjoint(who(grade)), "never a? {}", shown());
            proved("holds never", !everybody.is_empty());
        }
    }

    fn members(&self, expr: &Expr) -> BTreeSet<usize> {
        let segment = Segment { name: None, expr: expr.clone(), scope: Scope::default() };
        reference::members(&segment, self.world, self.options).into_iter().collect()
    }

    fn shown(&self, a: &Expr, b: &Expr, in_a: &BTreeSet<usize>, in_b: &BTreeSet<usize>) -> String {
        format!(
            "seed {} pair {}\na: {a}\nb: {b}\nin a {in_a:?}, in b {in_b:?}\n{:#?}\n{:#?}",
            self.seed, self.pair, self.options, self.world
        )
    }
}

fn name(grade: Grade) -> &'static str {
    match grade {
        Grade::Always => "always",
        Grade::UnlessSeveral => "unless several",
    }
}

pub fn has_one_value(contact: &Contact) -> bool {
    contact.0.keys().all(|name| contact.values(name).len() <= 1)
}

/// A world in which contacts have the fields of all dialects, and several values where they may.
pub fn populated(random: &mut Random, dialect: Dialect) -> World {
    let mut world = world::generate(random, dialect);
    for contact in &mut world.contacts {
        for other in Dialect::ALL {
            for (name, values, most) in fields(other) {
                let several = ["state", "city", "color", "freq", "tags"].contains(name);
                let most = if several { *most + 1 } else { *most };
                let some = (0..random.below(most + 1)).map(|_| random.text(values));
                contact.0.entry((*name).to_owned()).or_insert_with(|| some.collect());
            }
        }
        if random.one_in(2) {
            contact.0.values_mut().for_each(|values| values.truncate(1));
        }
    }
    world.columns = world.contacts.iter().flat_map(|contact| contact.0.keys().cloned()).collect();
    world.by_id = random.one_in(2);
    world
}

/// A test, its opposite, or a few of them joined.
fn condition(random: &mut Random, family: &str, dialect: Dialect) -> Expr {
    let claim = |random: &mut Random| {
        let test = Expr::Test(RuleId(0), test(random, family, dialect));
        if random.one_in(3) { Expr::Not(Box::new(test)) } else { test }
    };
    match random.below(6) {
        0 => Expr::Any((0..random.between(1, 3)).map(|_| claim(random)).collect()),
        1 => Expr::All((0..random.between(1, 3)).map(|_| claim(random)).collect()),
        2 => {
            let inner = Expr::Any((0..2).map(|_| claim(random)).collect());
            Expr::All(vec![claim(random), inner])
        }
        _ => claim(random),
    }
}

const WORDS: &[&str] = &["MA", "ma", "RI", "rhode", "rhode island", "r", "x", "é", "İX", "ix", "i"];
const NUMBERS: &[&str] = &["13", "13.00", "45", "0.5", "-2", "12.9"];

fn test(random: &mut Random, family: &str, dialect: Dialect) -> Test {
    match family {
        "text of several values" => text(random, Field::Contact(ContactField::State)),
        "text of one value" => text(random, Field::Contact(ContactField::Title)),
        "custom text" => {
            let (name, several) = *random.pick(&[("color", false), ("freq", true)]);
            text(random, custom(name, several))
        }
        "text to the letter" => {
            let field = *random.pick(&[ContactField::Name, ContactField::Email]);
            let field = if random.one_in(3) { Field::EmailDomain } else { Field::Contact(field) };
            let words = [
                "Ix",
                "ix",
                "İx",
                "MA",
                "example.com",
                "Example.com",
                "m",
                "b.org",
                "@",
                "@example.com",
                "a@b.org",
                "p1@example.com",
                "P0@Example.com",
            ];
            let word = random.text(&words);
            match random.below(5) {
                0 => Test::Text(field, TextOp::Contains, word, Case::Ignored),
                1 => Test::Blank(field),
                _ => Test::Text(field, TextOp::Equals, word, Case::Exact),
            }
        }
        "number" => match random.below(8) {
            0 => Test::Blank(custom("age", false)),
            _ => {
                let number = |random: &mut Random| Decimal::parse(&random.text(NUMBERS)).unwrap();
                Test::Number(custom("age", false), comparison(random, number))
            }
        },
        "date" => match random.below(8) {
            0 => Test::Blank(custom("since", false)),
            _ => {
                let days = ["2024-02-29", "2024-03-01", "2024-03-02", "2023-12-31"];
                let day = |random: &mut Random| Stamp::parse_iso_date(&random.text(&days)).unwrap();
                let stored = StoredDates { calendar: Calendar::Run, order: DayOrder::DayFirst };
                let field = *random.pick(&[true, false]);
                let field = if field { Field::Subscribed } else { custom("since", false) };
                Test::Date(field, comparison(random, day), stored)
            }
        },
        "day of the year" => {
            let day = |random: &mut Random| {
                let (month, day) =
                    *random.pick(&[(3, 1), (3, 30), (2, 29), (2, 28), (12, 31), (1, 1)]);
                MonthDay::new(month, day).unwrap()
            };
            Test::MonthDay(custom("born", false), comparison(random, day), DayOrder::MonthFirst)
        }
        "instant" => Test::Within(Field::Contact(ContactField::DateUpdated), window(random)),
        "list" => {
            let membership = match random.below(4) {
                0 => Membership::Some,
                _ => Membership::Id(random.text(&["L1", "l1 ", "l2", "Friends"])),
            };
            let kind =
                *random.pick(&[MembershipKind::List, MembershipKind::List, MembershipKind::Tag]);
            Test::Member(kind, membership)
        }
        "tag name" => {
            let name = random.text(&["Gold", "gold", "GOLD", "fleece", "old", "T1"]);
            let (op, case) =
                *random.pick(&[(TextOp::Equals, Case::Exact), (TextOp::Contains, Case::Ignored)]);
            Test::Member(MembershipKind::Tag, Membership::Name(op, name, case))
        }
        "place" => Test::Location(random.text(&["us", "US", "Australia", "MA", "Sydney"])),
        "campaign" => {
            let id = random.text(&campaigns(dialect)[..2]);
            let id = if random.one_in(3) { format!(" {}", id.to_uppercase()) } else { id };
            Test::Engaged(Engagement { what: what(random, true), campaigns: Campaigns::One(id) })
        }
        _ => {
            let quantifier = *random.pick(&[Quantifier::Any, Quantifier::All]);
            let choice = match random.below(3) {
                0 => Choice::Every,
                _ => Choice::Last(random.between(1, 3) as u32),
            };
            let window = (!random.one_in(3)).then(|| window(random));
            let campaigns = Campaigns::Set { quantifier, choice, window };
            Test::Engaged(Engagement { what: what(random, false), campaigns })
        }
    }
}

fn text(random: &mut Random, field: Field) -> Test {
    let op = *random.pick(&[TextOp::Equals, TextOp::Equals, TextOp::StartsWith, TextOp::Contains]);
    match random.below(6) {
        0 => Test::Blank(field),
        _ => Test::Text(field, op, random.text(WORDS), Case::Ignored),
    }
}

fn custom(name: &str, several: bool) -> Field {
    let names = vec![name.to_owned()];
    Field::Custom(CustomColumn { names, alias: Alias::UnlessNested, several })
}

fn comparison<T: Ord + Clone>(
    random: &mut Random,
    bound: impl Fn(&mut Random) -> T,
) -> Comparison<T> {
    let one = bound(random);
    match random.below(7) {
        0 => Comparison::Equal(one),
        1 => Comparison::Less(one),
        2 => Comparison::LessOrEqual(one),
        3 => Comparison::Greater(one),
        4 => Comparison::GreaterOrEqual(one),
        _ => Comparison::Between(one, bound(random)),
    }
}

fn window(random: &mut Random) -> Window {
    if random.one_in(2) {
        return Window::LastDays(*random.pick(&[1, 2, 15, 30, 400, 1825, 3000]));
    }
    let stamp = |random: &mut Random, all: &[&str]| {
        Stamp::parse(&random.text(all), DayOrder::MonthFirst).unwrap()
    };
    let from = stamp(
        random,
        &["2024-02-01T00:00:00Z", "2023-06-01T08:00:00-05:00", "2024-01-15", "2024-02-29"],
    );
    let to = ["2024-02-10T00:00:00Z", "2024-02-25", "2024-02-29T12:00:00Z", "2024-03-01T12:00:00Z"];
    Window::Range(from, stamp(random, &to))
}

fn what(random: &mut Random, of_one: bool) -> What {
    let link = random.text(CLICKS);
    match random.below(if of_one { 11 } else { 8 }) {
        0 => What::Sent,
        1 => What::NotSent,
        2 => What::Opened,
        3 => What::NotOpened,
        4 => What::Clicked,
        5 => What::NotClicked,
        6 => What::OpenedNotClicked,
        7 => What::OpenedOrClicked,
        8 => What::ClickedLink(link),
        9 => What::NotClickedLink(link),
        _ => What::DeliveredNotOpened,
    }
}
