//! Generated segments over generated worlds have the same members on an engine as in the reference.

use super::driver::{Driver, is_slow};
use super::tables::{Tables, tables};
use crate::criteria::generate;
use crate::files::account;
use crate::random::Random;
use crate::{criteria_of, setting, switches, world};
use segkit::criteria::Segment;
use segkit::dialect::Dialect;
use segkit::engine::reference;
use segkit::engine::{MissingColumns, Options};
use segkit::output::Select;
use segkit::sql::{Asked, Engine, Moment, Request, compile};
use std::collections::BTreeMap;

/// Cases of a run.
const CASES: u64 = 300;
/// Those of a slow engine.
const SLOW_CASES: u64 = 50;

/// Compares the members of generated segments over generated worlds.
pub fn check(engine: Engine) {
    let Some(mut driver) = Driver::start(engine) else { return };
    let first = setting("SEGKIT_SEED", 1);
    let cases = match is_slow(engine) {
        true => setting("SEGKIT_SQL_SLOW_CASES", SLOW_CASES),
        false => setting("SEGKIT_SQL_CASES", CASES),
    };
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let options = switches::generate(&mut random);
        let world = world::generate(&mut random, dialect);
        let Tables { tables, schema, world } = tables(&mut random, dialect, world, &options);
        let mut account = account(dialect, &world);
        let count = if random.one_in(4) { 3 } else { 1 };
        let segments: Vec<Segment> = (0..count)
            .map(|_| generate(&mut random, dialect))
            .map(|text| criteria_of(&text, dialect, &account, &options, seed))
            .collect();
        if schema.campaigns.is_some() {
            account.campaigns = None;
        }
        let labels: Vec<String> = (0..count).map(|at| format!("it's \"{at}\"\\")).collect();
        let asked: Vec<Asked<'_>> = (labels.iter().zip(&segments))
            .map(|(label, segment)| Asked { label, segment })
            .collect();
        let (account, schema) = (&account, &schema);
        let select = Select::named(["source"].into_iter(), account);
        let moment = Moment::Fixed;
        let options = Options { missing_columns: MissingColumns::Blank, ..options };
        let request =
            Request { engine, schema, account, options: &options, moment, select: &select.columns };
        let sql = compile(&asked, &request).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let sql = sql.query;
        let rows = driver.run(&tables, &sql);
        let shown = || format!("seed {seed}\n{options:#?}\n{tables:#}\n{sql}");
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {}", shown()));
        let mut found = vec![Vec::new(); segments.len()];
        for row in rows {
            let texts: Vec<&str> = row.iter().map(|cell| cell.as_str().unwrap()).collect();
            let (at, member) = match texts.as_slice() {
                [member] => (0, member),
                [label, member] => (labels.iter().position(|l| l == label).unwrap(), member),
                _ => panic!("{texts:?}"),
            };
            found[at].push(member.parse::<usize>().unwrap());
        }
        for (segment, mut found) in segments.iter().zip(found) {
            found.sort_unstable();
            let expected = reference::members(segment, &world, &options);
            assert_eq!(found, expected, "{}: {}", segment.expr, shown());
            let some = !found.is_empty() && found.len() < world.contacts.len();
            *counts.entry(if some { "some" } else { "nobody or everybody" }).or_default() += 1;
        }
    }
    println!("{engine}: {cases} cases equal; members of segments: {counts:?}");
    assert!(cases < 100 || counts["some"] * 5 > cases, "too few tell members from others");
}
