//! Explanations and funnels say what the engine's slow reference says, on generated worlds and
//! criteria of all three dialects.
//!
//! `SEGKIT_ANSWER_CASES` sets how many cases are run, `SEGKIT_SEED` where they begin.

use crate::criteria::generate;
use crate::random::Random;
use crate::{Silent, criteria_of, effort, files, setting, switches, world};
use segkit::answer::explain::{LookedAt, comes_to, explain, find};
use segkit::answer::funnel::funnels;
use segkit::answer::subject::{Dumps, Subject};
use segkit::criteria::{Expr, Outline, RuleId, Segment};
use segkit::dialect::Dialect;
use segkit::dump::{Activities, ContactOptions, Contacts, Input};
use segkit::engine::Options;
use segkit::engine::reference::{self, World};

const CASES: u64 = 250;

/// Segments of one run.
const SEGMENTS: u64 = 2;

fn subject(segment: Segment, dialect: Dialect) -> Subject {
    let outline = Outline::of(&segment.expr);
    let (label, file, rules) = (String::new(), String::new(), Vec::new());
    Subject { label, file, dialect, segment, outline, rules }
}

/// The contacts who can be asked for: those with an id or an address.
fn with_keys(world: &World) -> Vec<usize> {
    let has = |at: &usize, column| {
        let values = world.contacts[*at].values(column);
        values.first().is_some_and(|key| !key.trim().is_empty())
    };
    let all = 0..world.contacts.len();
    all.filter(|at| has(at, "contact_id") || has(at, "email")).collect()
}

#[test]
fn answers_agree_with_the_reference() {
    let folder = tempfile::tempdir().unwrap();
    let first = setting("SEGKIT_SEED", 1);
    let (mut members, mut outside, mut turned, mut unlooked) = (0, 0, 0, 0);
    for seed in first..first + setting("SEGKIT_ANSWER_CASES", CASES) {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let options = switches::generate(&mut random);
        let world = world::generate(&mut random, dialect);
        let files = files::write(&mut random, dialect, world, folder.path(), files::NAMES.len());
        let effort = effort::generate(&mut random);
        let subjects: Vec<Subject> = (0..SEGMENTS)
            .map(|_| generate(&mut random, dialect))
            .map(|text| criteria_of(&text, dialect, &files.account, &options, seed))
            .map(|segment| subject(segment, dialect))
            .collect();
        let inputs = |paths: &[String]| -> Vec<Input> {
            paths.iter().map(|path| path.parse().unwrap()).collect()
        };
        let opening = ContactOptions { account: &files.account, rereadable: true };
        let contacts = Contacts::open(&inputs(&files.contacts), &opening).unwrap();
        let activities = Activities::open(&inputs(&files.activities), true).unwrap();
        let dumps = Dumps {
            contacts: &contacts,
            activities: Some(&activities),
            account: &files.account,
            options: &options,
            effort,
            progress: &Silent,
        };
        let with_keys = with_keys(&files.world);
        let keys: Vec<String> = with_keys
            .iter()
            .flat_map(|&at| {
                let contact = &files.world.contacts[at];
                let mut keys = contact.values("contact_id");
                keys.extend(contact.values("email"));
                keys
            })
            .collect();
        let found = find(&dumps, &keys).unwrap();
        let shown = || format!("seed {seed}\n{options:#?}\n{}", files.shown());
        let (explained, _) = explain(&dumps, &subjects, &found.contacts)
            .unwrap_or_else(|error| panic!("{error}: {}", shown()));
        for (subject, explained) in subjects.iter().zip(&explained) {
            let of = |expr: &Expr| members_of(subject, expr, &files.world, &options);
            let expected = reference::members(&subject.segment, &files.world, &options);
            let parts: Vec<_> = subject.outline.parts();
            let expected_parts: Vec<_> = parts.iter().map(|part| of(&part.expr)).collect();
            assert_eq!(explained.len(), with_keys.len(), "{}", shown());
            for (one, at) in explained.iter().zip(&with_keys) {
                assert_eq!(one.member, expected.contains(at), "{at}: {}", shown());
                let looked_at = one.looked_at == LookedAt::Yes;
                assert_eq!(one.member, one.verdicts[0] && looked_at, "{at}: {}", shown());
                for (part, expected) in parts.iter().zip(&expected_parts).filter(|_| looked_at) {
                    let verdict = one.verdicts[part.number];
                    assert_eq!(verdict, expected.contains(at), "{at}, {part:?}: {}", shown());
                }
                let rule = |rule: RuleId| {
                    let part = parts.iter().find(|part| part.rule() == Some(rule));
                    one.verdicts[part.unwrap().number]
                };
                let root = &subject.outline.root;
                assert_eq!(comes_to(root, &rule), one.verdicts[0], "{at}: {}", shown());
                if let Some(fewest) = &one.fewest {
                    let turns = comes_to(root, &|asked| rule(asked) != fewest.contains(&asked));
                    assert_ne!(turns, one.verdicts[0], "{at}, {fewest:?}: {}", shown());
                    turned += 1;
                }
                members += u64::from(one.member);
                outside += u64::from(!one.member);
                unlooked += u64::from(!looked_at);
            }
        }
        let (funnels, _) = funnels(&dumps, &subjects).unwrap();
        for (subject, funnel) in subjects.iter().zip(&funnels) {
            let count =
                |expr: &Expr| members_of(subject, expr, &files.world, &options).len() as u64;
            assert_eq!(funnel.looked_at, count(&Expr::All(Vec::new())), "{}", shown());
            assert_eq!(funnel.members, count(&subject.segment.expr), "{}", shown());
            let parts = subject.outline.parts();
            for step in &funnel.steps {
                assert_eq!(step.alone, count(&parts[step.part].expr), "{step:?}: {}", shown());
                let without = subject.outline.without(step.part);
                assert_eq!(step.without, count(&without), "{step:?}: {}", shown());
            }
            let last = funnel.steps.iter().filter_map(|step| step.left).next_back();
            assert_eq!(last.unwrap_or(funnel.looked_at), funnel.members, "{}", shown());
        }
    }
    println!(
        "explained: {members} in, {outside} out, {unlooked} not looked at; {turned} could turn"
    );
    assert!(members > 0 && outside > 0 && unlooked > 0 && turned > 0);
}

/// The members of a part of a segment, among those that the segment looks at.
fn members_of(subject: &Subject, expr: &Expr, world: &World, options: &Options) -> Vec<usize> {
    reference::members(&subject.part(expr.clone()), world, options)
}
