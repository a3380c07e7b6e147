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

mod answers;
mod convert;
mod coverage;
mod criteria;
mod diff;
mod effort;
mod files;
mod logic;
mod on_engine;
mod overlap;
mod random;
mod sql;
mod switches;
mod world;

use criteria::generate;
use files::Files;
use random::Random;
use segkit::account::Account;
use segkit::answer::overlap::{Counter, Counts};
use segkit::contact::{Column, ContactField};
use segkit::criteria::{Campaigns, Choice, Expr, Membership, Quantifier, Segment, Test, Window};
use segkit::dialect::{Context, Dialect, read};
use segkit::dump::{Activities, ContactOptions, Contacts, Input};
use segkit::engine::reference;
use segkit::engine::{
    AskedSegment, Effort, Inputs, Options, Outputs, Plan, Progress, Stage, Summary, evaluate,
};
use segkit::source::SourceFile;
use std::collections::BTreeMap;

/// Cases of one run.
const CASES: u64 = 6_000;

/// Segments of one run.
const MOST_SEGMENTS: u64 = 5;

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
        let files = files::write(&mut random, dialect, world, folder.path(), files::NAMES.len());
        let effort = effort::generate(&mut random);
        let count = if random.one_in(8) { random.between(2, MOST_SEGMENTS) } else { 1 };
        let texts: Vec<String> = (0..count).map(|_| generate(&mut random, dialect)).collect();
        let segments: Vec<Segment> = (texts.iter())
            .map(|text| criteria_of(text, dialect, &files.account, &options, seed))
            .collect();
        let case = Case { segments: &segments, files: &files, options: &options, seed };
        let (found, mut summary) = case.run(effort);
        for (at, segment) in segments.iter().enumerate() {
            let expected = reference::members(segment, &files.world, &options);
            let found = &found[at];
            assert_eq!(*found, expected, "{at}, {effort:?}: {}", case.shown());
            match found.len() {
                0 => none += 1,
                n if n == files.world.contacts.len() => all += 1,
                _ => some += 1,
            }
            note(segment, dialect, &options, &mut reached);
            if count > 1 {
                let alone = Case { segments: std::slice::from_ref(segment), ..case };
                let (_, summary_alone) = alone.run(effort);
                let (among, alone) = (summary.segments[at], summary_alone.only());
                assert_eq!(among, alone, "{at} of several, {effort:?}: {}", case.shown());
            }
        }
        if random.one_in(4) {
            let plain = case.run(effort::PLAIN);
            assert_eq!((&found, &summary), (&plain.0, &plain.1), "{effort:?}: {}", case.shown());
        }
        if random.one_in(2) {
            let uncounted = case.run_plan(effort, Plan::uncounted);
            // Where repeated activities are looked for, all are counted anyway.
            if uncounted.1.activities_counted + uncounted.1.unknown_contact == 0 {
                (summary.activities_counted, summary.unknown_contact) = (0, 0);
            }
            assert_eq!((found, summary), uncounted, "uncounted, {effort:?}: {}", case.shown());
        }
        for (dump, shapes) in ["contacts", "activities"].into_iter().zip(&files.shapes) {
            for shape in shapes {
                *reached.entry(format!("{dump}: {shape}")).or_default() += 1;
            }
        }
        for effort in effort::names(effort) {
            *reached.entry(effort).or_default() += 1;
        }
        *reached.entry(format!("segments: {count}")).or_default() += 1;
    }
    println!("{cases} cases: nobody {none}, everybody {all}, some {some}");
    for (construct, times) in &reached {
        println!("{times:>7}  {construct}");
    }
    if cases >= CASES {
        assert!(some * 4 > cases, "too few cases tell members from others: {some}");
        let shapes = files::SHAPES.iter();
        let shapes = shapes.flat_map(|s| ["contacts", "activities"].map(|of| format!("{of}: {s}")));
        let segments = (1..=MOST_SEGMENTS).map(|count| format!("segments: {count}"));
        let constructs = criteria::CONSTRUCTS.iter().map(|construct| construct.to_string());
        for path in constructs.chain(shapes).chain(segments).chain(effort::all()) {
            assert!(reached.contains_key(&path), "never reached: {path}");
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

/// Segments that are put to the engine.
#[derive(Clone, Copy)]
struct Case<'a> {
    segments: &'a [Segment],
    files: &'a Files,
    options: &'a Options,
    seed: u64,
}

impl Case<'_> {
    /// All there is to it, for a failure's message.
    fn shown(&self) -> String {
        let Self { segments, files, options, seed } = self;
        let segments: Vec<String> = segments.iter().map(|s| s.expr.to_string()).collect();
        format!("seed {seed}\n{}\n{options:#?}\n{}", segments.join("\n"), files.shown())
    }

    /// The members of each segment that the engine finds, as indices into the world's contacts:
    /// every contact carries its index in a column of its own. With them the summary, as far as it
    /// is not about time.
    fn run(&self, effort: Effort) -> (Vec<Vec<usize>>, Summary) {
        self.run_plan(effort, |plan| plan)
    }

    /// The same, by a changed plan.
    fn run_plan(
        &self,
        effort: Effort,
        change: impl FnOnce(Plan) -> Plan,
    ) -> (Vec<Vec<usize>>, Summary) {
        let Self { segments, files, options, .. } = self;
        let options_of_dumps = ContactOptions { account: &files.account, rereadable: true };
        let inputs = |paths: &[String]| -> Vec<Input> {
            paths.iter().map(|path| path.parse().unwrap()).collect()
        };
        let fail = |error: &dyn std::fmt::Display| -> ! {
            panic!("{error}, {effort:?}: {}", self.shown())
        };
        let contacts = Contacts::open(&inputs(&files.contacts), &options_of_dumps)
            .unwrap_or_else(|error| fail(&error));
        let activities =
            Activities::open(&inputs(&files.activities), true).unwrap_or_else(|error| fail(&error));
        let columns = vec![Column::Contact(ContactField::Source)];
        let outputs = Outputs { columns, required: true, ..Outputs::default() };
        let asked: Vec<_> = segments.iter().map(AskedSegment::of).collect();
        let plan =
            Plan::of_all(&asked, &contacts, Some(&activities), &files.account, options, &outputs)
                .map_or_else(|error| fail(&error), change);
        let mut members = vec![Vec::new(); segments.len()];
        let mut counter = Counter::new(segments.len());
        let mut last = None;
        let inputs = Inputs { contacts: &contacts, activities: Some(&activities), effort };
        let summary = evaluate(plan, inputs, &Silent, &mut |plan, segment, row| {
            let member: usize = row.first(plan.output(0)).unwrap().parse().unwrap();
            assert!(last < Some((member, segment)), "out of order: {}", self.shown());
            last = Some((member, segment));
            members[segment].push(member);
            counter.member(segment, row);
            Ok(())
        });
        let summary = summary.unwrap_or_else(|error| fail(&error));
        self.check_counts(&members, &counter.finish(&summary));
        (members, Summary { spent: Vec::new(), ..summary })
    }
}

impl Case<'_> {
    /// What is counted of overlaps is what the lists of members say.
    fn check_counts(&self, members: &[Vec<usize>], counts: &Counts) {
        let is_in = |contact: &usize| -> Vec<usize> {
            (0..members.len()).filter(|&at| members[at].contains(contact)).collect()
        };
        for (a, of_a) in members.iter().enumerate() {
            for (b, of_b) in members.iter().enumerate() {
                let both = of_a.iter().filter(|contact| of_b.contains(contact)).count();
                assert_eq!(counts.both(a, b), both as u64, "{a} {b}: {}", self.shown());
            }
        }
        let contacts = 0..self.files.world.contacts.len();
        let in_some = contacts.clone().filter(|contact| !is_in(contact).is_empty()).count();
        assert_eq!(counts.in_some, in_some as u64, "{}", self.shown());
        for region in &counts.regions {
            let there =
                contacts.clone().filter(|contact| is_in(contact) == region.segments).count();
            assert_eq!(region.contacts, there as u64, "{region:?}: {}", self.shown());
        }
    }
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
