//! What is converted selects the contacts that it says: generated criteria of each dialect, to each
//! other, exactly where that can be and otherwise wider and narrower, on generated worlds; by the
//! engine, in one scan, and by the slow reference. What is written validates.
//!
//! `SEGKIT_CONVERSIONS`, else `SEGKIT_CASES`, sets how many segments are converted, each to three
//! dialects; `SEGKIT_SEED` where they begin.

use crate::criteria::generate;
use crate::files::{self, Files};
use crate::random::Random;
use crate::{Case, criteria_of, effort, setting, switches, world};
use segkit::account::FieldKind;
use segkit::dialect::write::{
    Conversion, Direction, Exactness, How, Looking, Mapping, Request, Section, convert,
};
use segkit::dialect::{Context, Dialect, read};
use segkit::engine::{Options, StatusChoice, reference};
use segkit::source::SourceFile;
use std::collections::{BTreeMap, BTreeSet};

/// Segments of one run; each is converted to three dialects.
const SEGMENTS: u64 = 900;

/// What came of conversions from one dialect to another.
#[derive(Default)]
struct Counts {
    /// Segments tried, and those of them that are put to contacts of any status by switch.
    tried: [u64; 2],
    /// Converted exactly.
    exact: [u64; 2],
    /// Not exactly, but wider or narrower.
    nearly: [u64; 2],
    wider: u64,
    narrower: u64,
}

#[test]
fn conversions_select_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let first = setting("SEGKIT_SEED", 1);
    let cases = setting("SEGKIT_CONVERSIONS", setting("SEGKIT_CASES", SEGMENTS));
    let mut counts: BTreeMap<(Dialect, Dialect), Counts> = BTreeMap::new();
    let mut reached: BTreeMap<String, u64> = BTreeMap::new();
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let from = Dialect::ALL[(seed % 3) as usize];
        let mut options = switches::generate(&mut random);
        if random.one_in(2) {
            options.status = StatusChoice::All;
        }
        let world = world::generate(&mut random, from);
        let files = files::write(&mut random, from, world, folder.path(), 1);
        let text = generate(&mut random, from);
        let segment = criteria_of(&text, from, &files.account, &options, seed);
        // Contacts that don't say on which lists they are can't be asked for one: a rule on it is
        // refused unless columns may be missing, and a segment's own list is not looked at.
        if segment.scope.list.is_some() && !files.world.columns.contains("lists") {
            continue;
        }
        let mut segments = vec![segment];
        let mut claims: Vec<(Dialect, Option<Direction>)> = Vec::new();
        for to in Dialect::ALL {
            let counts = counts.entry((from, to)).or_default();
            let at = usize::from(options.status != StatusChoice::OfSegment);
            counts.tried[at] += 1;
            let mut nearly = false;
            for (exactness, wanted) in [
                (Exactness::Exact, None),
                (Exactness::Towards(Direction::Wider), Some(Direction::Wider)),
                (Exactness::Towards(Direction::Narrower), Some(Direction::Narrower)),
            ] {
                let mapping = if from == to { Mapping::default() } else { mapping(from, to) };
                let request = request((from, to), &files, &options, &mapping, exactness);
                let Ok(made) = convert(&segments[0], &request) else { continue };
                check_written(&made, to, &options, &format!("seed {seed}, {from} to {to}\n{text}"));
                note(&made, &mut reached);
                match (wanted, made.direction) {
                    (None, direction) => {
                        assert_eq!(direction, None, "seed {seed}");
                        counts.exact[at] += 1;
                    }
                    // What can be said exactly is the same in every direction.
                    (Some(_), None) => continue,
                    (Some(wanted), Some(direction)) => {
                        assert_eq!(wanted, direction, "seed {seed}");
                        nearly = true;
                        match direction {
                            Direction::Wider => counts.wider += 1,
                            Direction::Narrower => counts.narrower += 1,
                        }
                    }
                }
                claims.push((to, made.direction));
                segments.push(made.segment);
            }
            counts.nearly[at] += u64::from(nearly);
        }
        let case = Case { segments: &segments, files: &files, options: &options, seed };
        let (members, _) = case.run(effort::PLAIN);
        let sets: Vec<BTreeSet<usize>> =
            members.iter().map(|members| members.iter().copied().collect()).collect();
        for ((converted, set), (to, direction)) in segments.iter().zip(&sets).skip(1).zip(&claims) {
            let shown = || format!("{from} to {to}: {direction:?}\n{}", case.shown());
            let by_reference = reference::members(converted, &files.world, &options);
            let by_reference: BTreeSet<usize> = by_reference.into_iter().collect();
            assert_eq!(*set, by_reference, "engine and reference: {}", shown());
            match direction {
                None => assert_eq!(sets[0], *set, "{}", shown()),
                Some(Direction::Wider) => assert!(sets[0].is_subset(set), "{}", shown()),
                Some(Direction::Narrower) => assert!(sets[0].is_superset(set), "{}", shown()),
            }
            let same = if sets[0] == *set { "the same members" } else { "other members" };
            *reached.entry(format!("{} {same}", word(*direction))).or_default() += 1;
        }
    }
    print(&counts);
    for (what, times) in &reached {
        println!("{times:>7}  {what}");
    }
    if cases >= SEGMENTS {
        for (pair, counts) in &counts {
            assert!(counts.exact[1] > 0, "never exact: {pair:?}");
            let same = pair.0 == pair.1;
            assert!(same || (counts.wider > 0 && counts.narrower > 0), "never near: {pair:?}");
            let all = counts.exact.iter().sum::<u64>() == counts.tried.iter().sum::<u64>();
            assert_eq!(all, same, "a dialect says what it said itself, and only that: {pair:?}");
        }
        for what in ["wider other members", "narrower other members", "replaced", "left out"] {
            assert!(reached.contains_key(what), "never reached: {what}");
        }
    }
}

fn word(direction: Option<Direction>) -> &'static str {
    direction.map_or("exact", Direction::name)
}

fn note(made: &Conversion, reached: &mut BTreeMap<String, u64>) {
    let losses = made.losses.iter().map(|loss| match loss.how {
        How::LeftOut => "left out",
        How::Replaced(_) => "replaced",
        How::Scope => "scope",
    });
    let gone = (!made.gone_with.is_empty()).then_some("gone with others");
    for what in losses.chain(gone) {
        *reached.entry(what.to_owned()).or_default() += 1;
    }
}

/// What is written validates, with the same knowledge of the account.
fn check_written(made: &Conversion, to: Dialect, options: &Options, shown: &str) {
    let file = SourceFile::new("written.json", made.text.as_bytes().to_vec());
    let context =
        Context { account: &made.account, as_of: options.as_of, zone: options.zone, dialect: None };
    let reading = read(&file, &context);
    let errors: Vec<_> = reading.findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{shown}\n{}", made.text);
    let dialects: Vec<_> = reading.segments.iter().map(|segment| segment.dialect).collect();
    assert_eq!(dialects, [to], "{shown}\n{}", made.text);
    let formatted = segkit::dialect::format(&file, Some(to)).unwrap();
    assert_eq!(formatted, made.text, "{shown}");
}

fn request<'a>(
    (from, to): (Dialect, Dialect),
    files: &'a Files,
    options: &Options,
    mapping: &'a Mapping,
    exactness: Exactness,
) -> Request<'a> {
    let looking = Looking {
        one_status: options.status != StatusChoice::OfSegment,
        one_list: options.list.is_some(),
    };
    Request {
        from,
        to,
        account: &files.account,
        mapping,
        as_of: options.as_of,
        zone: options.zone,
        looking,
        exactness,
        name: None,
    }
}

/// What the worlds' campaigns, lists, tags and fields are called in another dialect.
fn mapping(from: Dialect, to: Dialect) -> Mapping {
    let id = |number: usize| match to {
        Dialect::ConstantContact => format!("00000000-0000-4000-8000-{number:012}"),
        Dialect::CampaignMonitor => format!("{number:032x}"),
        Dialect::EngageLab => number.to_string(),
    };
    let mut pairs: Vec<(Section, &str, String)> = Vec::new();
    for (at, campaign) in world::campaigns(from).iter().enumerate() {
        pairs.push((Section::Campaigns, campaign, id(100 + at)));
    }
    for (at, list) in ["L1", "l2", "l3", "friends"].into_iter().enumerate() {
        pairs.push((Section::Lists, list, id(200 + at)));
    }
    for (at, tag) in ["T1", "t2", "gold", "t7", "Gold", "fleece"].into_iter().enumerate() {
        let tag_there = if to == Dialect::EngageLab { format!("Tag {at}") } else { id(300 + at) };
        pairs.push((Section::Tags, tag, tag_there));
    }
    let fields: &[(&str, &str)] = match (from, to) {
        (Dialect::ConstantContact, Dialect::CampaignMonitor) => &[
            ("state", "State"),
            ("title", "Job"),
            ("city", "[City]"),
            ("birthday_month", "Month"),
            ("date_added", "DateSubscribed"),
        ],
        (Dialect::ConstantContact, _) => {
            &[("state", "State"), ("title", "Job"), ("birthday_month", "Month")]
        }
        (Dialect::CampaignMonitor, Dialect::ConstantContact) => {
            &[("Name", "cf:full_name"), ("DateSubscribed", "date_added"), ("age", "years")]
        }
        (Dialect::CampaignMonitor, _) => &[("DateSubscribed", "createTime"), ("age", "years")],
        (Dialect::EngageLab, Dialect::ConstantContact) => &[("Name", "cf:full_name")],
        (Dialect::EngageLab, _) => &[("Phone", "[Phone]"), ("createTime", "DateSubscribed")],
    };
    pairs.extend(fields.iter().map(|(here, there)| (Section::Fields, *here, (*there).to_owned())));
    let mapping = Mapping::of(pairs.iter().map(|(section, a, b)| (*section, *a, b.as_str())));
    mapping.typed("age", FieldKind::Number)
}

/// The shares of segments that can be converted, by pair of dialects.
fn print(counts: &BTreeMap<(Dialect, Dialect), Counts>) {
    for (at, title) in [(0, "each looking at its own contacts"), (1, "put to the same contacts")] {
        println!("{title}: exactly (and wider or narrower)");
        for from in Dialect::ALL {
            let cells = Dialect::ALL.map(|to| {
                let Some(counts) = counts.get(&(from, to)) else { return String::new() };
                let share = |of: u64| 100.0 * of as f64 / counts.tried[at].max(1) as f64;
                format!("{:5.1} % ({:4.1} %)", share(counts.exact[at]), share(counts.nearly[at]))
            });
            println!("  {:>2} to cc, cm, el: {}", from.short_name(), cells.join("  "));
        }
    }
}
