//! The fast engine and the slow reference answer alike, on generated worlds and criteria of all
//! three dialects, read from real files through the real readers.
//!
//! `SEGKIT_CASES` sets how many cases are run, `SEGKIT_SEED` where they begin; a failure prints the
//! seed of its case, and `SEGKIT_SEED=n SEGKIT_CASES=1` runs just that one again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::print_stdout, reason = "the numbers of a run tell how much it tested")]

mod criteria;
mod files;
mod logic;
mod random;
mod switches;
mod world;

use criteria::generate;
use files::Files;
use random::Random;
use segkit::account::Account;
use segkit::contact::{Column, ContactField};
use segkit::criteria::{Campaigns, Choice, Expr, Membership, Quantifier, Segment, Test, Window};
use segkit::dialect::{Context, Dialect, read};
use segkit::dump::{Activities, ContactOptions, Contacts, Input};
use segkit::engine::reference;
use segkit::engine::{Effort, Inputs, Options, Outputs, Plan, Progress, Stage, evaluate};
use segkit::source::SourceFile;
use std::collections::BTreeMap;

/// Cases of one run.
const CASES: u64 = 6_000;

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn at(&self, _: u64) {}
    fn end(&self) {}
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn fast_equals_reference() {
    let folder = tempfile::tempdir().unwrap();
    let mut reached: BTreeMap<String, u64> = BTreeMap::new();
    let (mut some, mut all, mut none) = (0, 0, 0);
    let first = setting("SEGKIT_SEED", 1);
    let cases = setting("SEGKIT_CASES", CASES);
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let options = switches::generate(&mut random);
        let world = world::generate(&mut random, dialect);
        let text = generate(&mut random, dialect);
        let files = files::write(&mut random, dialect, world, folder.path());
        let segment = criteria_of(&text, dialect, &files.account, &options, seed);
        let expected = reference::members(&segment, &files.world, &options);
        let found = fast(&segment, &files, &options, seed);
        assert_eq!(
            found,
            expected,
            "seed {seed}\n{text}\n{}\n{options:#?}\n{}",
            segment.expr,
            files.shown()
        );
        match found.len() {
            0 => none += 1,
            n if n == files.world.contacts.len() => all += 1,
            _ => some += 1,
        }
        note(&segment, dialect, &options, &mut reached);
    }
    println!("{cases} cases: nobody {none}, everybody {all}, some {some}");
    for (construct, times) in &reached {
        println!("{times:>7}  {construct}");
    }
    if cases >= CASES {
        assert!(some * 4 > cases, "too few cases tell members from others: {some}");
        for construct in criteria::CONSTRUCTS {
            assert!(reached.contains_key(*construct), "never reached: {construct}");
        }
    }
}

fn criteria_of(
    text: &str,
    dialect: Dialect,
    account: &Account,
    options: &Options,
    seed: u64,
) -> Segment {
    let file = SourceFile::new("criteria.json", text.as_bytes().to_vec());
    let context = Context { account, as_of: options.as_of, zone: options.zone, dialect: None };
    let mut reading = read(&file, &context);
    let errors: Vec<_> = reading.findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "seed {seed}: {errors:#?}\n{text}");
    assert_eq!(reading.segments.len(), 1, "seed {seed}\n{text}");
    let segment = reading.segments.remove(0);
    assert_eq!(segment.dialect, dialect, "seed {seed}\n{text}");
    segment.segment.unwrap()
}

/// The members that the engine finds, as indices into the world's contacts: every contact carries
/// its index in a column of its own.
fn fast(segment: &Segment, files: &Files, options: &Options, seed: u64) -> Vec<usize> {
    let options_of_dumps = ContactOptions { account: &files.account, rereadable: true };
    let inputs = |paths: &[String]| -> Vec<Input> {
        paths.iter().map(|path| path.parse().unwrap()).collect()
    };
    let context =
        |error: &dyn std::fmt::Display| format!("seed {seed}: {error}\n{}", files.shown());
    let contacts = Contacts::open(&inputs(&files.contacts), &options_of_dumps)
        .unwrap_or_else(|error| panic!("{}", context(&error)));
    let activities = Activities::open(&inputs(&files.activities), true)
        .unwrap_or_else(|error| panic!("{}", context(&error)));
    let columns = vec![Column::Contact(ContactField::Source)];
    let outputs = Outputs { columns, required: true, ..Outputs::default() };
    let plan = Plan::new(segment, &contacts, Some(&activities), &files.account, options, &outputs)
        .unwrap_or_else(|error| panic!("{}", context(&error)));
    let mut members = Vec::new();
    let inputs =
        Inputs { contacts: &contacts, activities: Some(&activities), effort: Effort::default() };
    evaluate(plan, inputs, &Silent, &mut |plan, _, row| {
        members.push(row.first(plan.output(0)).unwrap().parse().unwrap());
        Ok(())
    })
    .unwrap_or_else(|error| panic!("{}", context(&error)));
    members
}

/// Counts the constructs of a segment.
fn note(
    segment: &Segment,
    dialect: Dialect,
    options: &Options,
    reached: &mut BTreeMap<String, u64>,
) {
    let mut names = Vec::new();
    segment.expr.for_each_test(&mut |_, test| names.push(construct(test, options)));
    fn negated(expr: &Expr) -> bool {
        match expr {
            Expr::Not(_) => true,
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(negated),
            Expr::Test(..) => false,
        }
    }
    if negated(&segment.expr) {
        names.push("negated".to_owned());
    }
    for name in names {
        *reached.entry(format!("{} {name}", dialect.short_name())).or_default() += 1;
    }
}

fn construct(test: &Test, options: &Options) -> String {
    match test {
        Test::Text(_, op, _, case) => format!("text {op:?} {case:?}"),
        Test::Blank(_) => "blank".to_owned(),
        Test::Number(_, comparison) => format!("number {}", word(&format!("{comparison:?}"))),
        Test::Date(_, comparison, _) => format!("date {}", word(&format!("{comparison:?}"))),
        Test::MonthDay(_, comparison, _) => format!("day {}", word(&format!("{comparison:?}"))),
        Test::Within(_, Window::Range(..)) => "within range".to_owned(),
        Test::Within(_, Window::LastDays(_)) => "within last days".to_owned(),
        Test::Member(kind, membership) => match membership {
            Membership::Some => format!("{kind:?} some"),
            Membership::Id(_) => format!("{kind:?} id"),
            Membership::Name(op, ..) => format!("{kind:?} name {op:?}"),
        },
        Test::Location(_) => "location".to_owned(),
        Test::Engaged(engagement) => {
            let what = word(&format!("{:?}", engagement.what)).to_owned();
            match &engagement.campaigns {
                Campaigns::One(_) => format!("engaged {what} one"),
                Campaigns::Set { quantifier, choice, window } => {
                    let quantifier = match quantifier {
                        Quantifier::Any => "any",
                        Quantifier::All => "all",
                    };
                    let choice = match choice {
                        Choice::Last(_) => "last",
                        Choice::Every => "every",
                    };
                    let window = match window {
                        None => "default",
                        Some(Window::Range(..)) => "range",
                        Some(Window::LastDays(_)) => "days",
                    };
                    let (reading, negatives) = (options.window, options.negatives);
                    format!(
                        "engaged {what} {quantifier} {choice} {window} {reading:?} {negatives:?}"
                    )
                }
            }
        }
    }
}

fn word(text: &str) -> &str {
    text.split('(').next().unwrap_or(text)
}
