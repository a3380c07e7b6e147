//! Generated segments over generated worlds have the same members on an engine as in the reference.

use super::case::Case;
use super::driver::{Driver, is_slow};
use crate::setting;
use segkit::sql::Engine;
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
        let case = Case::generate(seed);
        let sql = case.statement(engine).query;
        let rows = driver.run(&case.tables.tables, &sql);
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {}", case.shown(&sql)));
        let found = case.members(&rows);
        assert_eq!(found, case.expected(), "{}", case.shown(&sql));
        for members in found {
            let some = !members.is_empty() && members.len() < case.tables.world.contacts.len();
            *counts.entry(if some { "some" } else { "nobody or everybody" }).or_default() += 1;
        }
    }
    println!("{engine}: {cases} cases equal; members of segments: {counts:?}");
    assert!(cases < 100 || counts["some"] * 5 > cases, "too few tell members from others");
}
