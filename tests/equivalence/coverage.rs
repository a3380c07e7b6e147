//! What coverage says of a change is so when the changed segment is evaluated alone: on random worlds
//! and criteria, with expectations that hold for the criteria as they are. Whether an expectation
//! holds is found here by another way than the suite's, from the members of the slow reference; some
//! changes are put to the engine alone as well, as `eval` would.
//!
//! `SEGKIT_COVERAGE_CASES` sets how many worlds are made, `SEGKIT_SEED` where they begin.

use crate::criteria::generate;
use crate::random::Random;
use crate::{Case, Silent, criteria_of, effort, files, setting, switches, world};
use segkit::answer::subject::Dumps;
use segkit::criteria::Segment;
use segkit::dialect::Dialect;
use segkit::dump::{Activities, ContactOptions, Contacts, Input};
use segkit::engine::AskedSegment;
use segkit::engine::reference::{self, Contact};
use segkit::source::Position;
use segkit::suite::{Expectation, Expectations, Expected, ExpectedKey, Fate, measure, sight};
use segkit::value::fold;
use std::collections::BTreeMap;

/// Worlds of one run.
const CASES: u64 = 200;

/// The keys of a contact: its id and its address.
fn keys(contact: &Contact) -> Vec<String> {
    let first = |name: &str| contact.values(name).into_iter().next();
    let keys = ["contact_id", "email"].into_iter().filter_map(first);
    keys.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect()
}

/// The contacts that a key tells.
fn told(contacts: &[Contact], key: &str) -> Vec<usize> {
    let has = |contact: &Contact| keys(contact).iter().any(|own| fold(own) == fold(key));
    (0..contacts.len()).filter(|&at| has(&contacts[at])).collect()
}

/// Whether an expectation holds for these members.
fn holds(expected: &Expected, all: &Expectations, contacts: &[Contact], members: &[usize]) -> bool {
    let of = |keys: &[usize]| -> Vec<usize> {
        keys.iter().flat_map(|&key| told(contacts, &all.keys[key].text)).collect()
    };
    let count = members.len() as u64;
    match expected {
        Expected::In(keys) => of(keys).iter().all(|one| members.contains(one)),
        Expected::Out(keys) => of(keys).iter().all(|one| !members.contains(one)),
        Expected::Members(keys) => {
            let expected = of(keys);
            expected.iter().all(|one| members.contains(one))
                && members.iter().all(|one| expected.contains(one))
        }
        Expected::Count(number) => count == *number,
        Expected::AtLeast(least) => count >= *least,
        Expected::AtMost(most) => count <= *most,
    }
}

/// Expectations that hold for these members; `None` where nothing came of it.
fn expectations(
    random: &mut Random,
    contacts: &[Contact],
    members: &[usize],
) -> Option<Expectations> {
    let place = Position { line: 1, column: 1 };
    let mut all = Expectations::default();
    let mut some = |random: &mut Random, wanted: &dyn Fn(&[usize]) -> bool, most: u64| {
        let mut numbers = Vec::new();
        for key in contacts.iter().flat_map(keys).collect::<Vec<_>>() {
            if wanted(&told(contacts, &key)) && random.one_in(most) {
                numbers.push(all.keys.len());
                all.keys.push(ExpectedKey { text: key, place });
            }
        }
        numbers
    };
    let is_in = |who: &[usize]| who.iter().all(|one| members.contains(one));
    let is_out = |who: &[usize]| who.iter().all(|one| !members.contains(one));
    let count = members.len() as u64;
    let mut expected = Vec::new();
    if random.one_in(2) {
        expected.push(Expected::In(some(random, &is_in, 3)));
        expected.push(Expected::Out(some(random, &is_out, 3)));
    }
    match random.between(0, 4) {
        0 => expected.push(Expected::Count(count)),
        1 => expected.push(Expected::AtLeast(count)),
        2 => expected.push(Expected::AtMost(count)),
        3 => expected.push(Expected::Members(some(random, &is_in, 1))),
        _ => {}
    }
    let place_of = |what| Expectation { what, place };
    all.all = expected.into_iter().map(place_of).collect();
    let hold = all.all.iter().all(|one| holds(&one.what, &all, contacts, members));
    (hold && !all.all.is_empty()).then_some(all)
}

#[test]
fn what_is_noticed_is_noticed_alone() {
    let folder = tempfile::tempdir().unwrap();
    let first = setting("SEGKIT_SEED", 1);
    let cases = setting("SEGKIT_COVERAGE_CASES", CASES);
    let mut fates: BTreeMap<String, u64> = BTreeMap::new();
    let mut alone_too = 0;
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let options = switches::generate(&mut random);
        let world = world::generate(&mut random, dialect);
        let files = files::write(&mut random, dialect, world, folder.path(), files::NAMES.len());
        let effort = effort::generate(&mut random);
        let text = generate(&mut random, dialect);
        let segment = criteria_of(&text, dialect, &files.account, &options, seed);
        let contacts = &files.world.contacts;
        let members = reference::members(&segment, &files.world, &options);
        let Some(expected) = expectations(&mut random, contacts, &members) else {
            *fates.entry("no expectations".to_owned()).or_default() += 1;
            continue;
        };
        let opened = |paths: &[String]| -> Vec<Input> {
            paths.iter().map(|path| path.parse().unwrap()).collect()
        };
        let contact_options = ContactOptions { account: &files.account, rereadable: true };
        let dump = Contacts::open(&opened(&files.contacts), &contact_options).unwrap();
        let activities = Activities::open(&opened(&files.activities), true).unwrap();
        let dumps = Dumps {
            contacts: &dump,
            activities: Some(&activities),
            account: &files.account,
            options: &options,
            effort,
            progress: &Silent,
        };
        let case = Case {
            segments: std::slice::from_ref(&segment),
            files: &files,
            options: &options,
            seed,
        };
        let known = sight(&[AskedSegment::of(&segment)], &expected, &dumps).unwrap();
        assert_eq!(known.segments[0].members, members.len() as u64, "{}", case.shown());
        assert!(expected.hold(&known, &known.segments[0]), "{expected:?}\n{}", case.shown());
        for (mutant, fate) in measure(&segment, &expected, &dumps).unwrap() {
            let changed = [Segment { expr: mutant.expr.clone(), ..segment.clone() }];
            let case = Case { segments: &changed, files: &files, options: &options, seed };
            let found = reference::members(&changed[0], &files.world, &options);
            let hold = |members: &[usize]| {
                let each = expected.all.iter();
                each.clone().all(|one| holds(&one.what, &expected, contacts, members))
            };
            let said = || format!("{mutant:?} {expected:?}\nof {}\n{}", segment.expr, case.shown());
            match fate {
                Fate::Equivalent => assert_eq!(found, members, "{}", said()),
                Fate::Survived => assert!(hold(&found), "{}", said()),
                Fate::Noticed => assert!(!hold(&found), "{}", said()),
            }
            if random.one_in(8) {
                let (alone, _) = case.run(effort);
                assert_eq!(alone[0], found, "{}", said());
                alone_too += 1;
            }
            *fates.entry(fate.name().to_owned()).or_default() += 1;
        }
    }
    println!("{cases} cases, {alone_too} changes evaluated alone: {fates:?}");
    if cases >= CASES {
        for fate in [Fate::Equivalent, Fate::Survived, Fate::Noticed] {
            let times = fates.get(fate.name()).copied().unwrap_or(0);
            assert!(times > 50, "{} hardly occurs: {times}", fate.name());
        }
    }
}
