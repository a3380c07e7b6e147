//! How many instructions each hot loop takes, counted by callgrind: a figure that doesn't depend on
//! what else the machine does, so that small losses show. `benches/micro.rs` measures times.
//!
//! `.ci/instructions` runs it, and holds what it counts to `benches/instructions.toml`. Only what
//! happens within the functions below is counted, not what their arguments take to make; one thread
//! does the work.

#![allow(clippy::unwrap_used, reason = "a measurement fails by panicking")]
#![allow(missing_docs, unused_qualifications, reason = "of what the macros make")]

#[path = "validate/criteria.rs"]
#[allow(dead_code, reason = "shared with the bench that validates, which uses all of it")]
mod criteria;
#[allow(dead_code, reason = "shared with the bench of times, which uses all of it")]
mod work;

use gungraun::Callgrind;
use gungraun::prelude::*;
use segkit::engine::Plan;
use std::hint::black_box;
use work::checking::Files;
use work::evaluation::{A, Asked, B};
use work::generated::options::Format;
use work::generated::random;
use work::keys::{Like, Texts};
use work::world::{Size, World};
use work::{scan, times};

/// Rows of the dump that is read, or texts.
const ROWS: u64 = 20_000;
/// Contacts, where it is activities that count.
const FEW: u64 = 2_000;
/// Criteria files, of 20 rules each; of three dialects, a few with faults.
const FILES: u64 = 24;

fn active(format: Format) -> World {
    World::new(format, Size { contacts: FEW, activities: ROWS })
}

fn passive() -> World {
    World::new(Format::Csv, Size { contacts: ROWS, activities: 0 })
}

fn texts(like: Like) -> Texts {
    Texts::new(like, ROWS)
}

fn ask(world: World, question: &str) -> (Asked, Plan) {
    let asked = Asked::new(world, &[question]);
    let plan = asked.plan();
    (asked, plan)
}

// What is given is given back, so that dropping it isn't counted.

#[library_benchmark]
#[bench::csv(active(Format::Csv))]
#[bench::jsonl(active(Format::Jsonl))]
fn decode_activities(world: World) -> World {
    assert_eq!(black_box(scan::activities(&world)), ROWS);
    world
}

#[library_benchmark]
#[bench::csv(passive())]
fn decode_contacts(world: World) -> World {
    assert_eq!(black_box(scan::contacts(&world)), ROWS);
    world
}

#[library_benchmark]
#[bench::uuid(texts(Like::Uuid))]
#[bench::email(texts(Like::Email))]
#[bench::non_ascii(texts(Like::NonAscii))]
fn hash(texts: Texts) -> Texts {
    texts.hash();
    texts
}

#[library_benchmark]
#[bench::any_day(times::usual(ROWS, false))]
fn read_times(stamps: Vec<String>) -> Vec<String> {
    times::with_memo(&stamps);
    stamps
}

#[library_benchmark]
#[bench::activities(ask(active(Format::Csv), B))]
#[bench::contacts(ask(passive(), A))]
fn pass(given: (Asked, Plan)) -> Asked {
    let (asked, plan) = given;
    assert!(black_box(asked.members(plan)) > 0);
    asked
}

#[library_benchmark]
#[bench::files(Files::new(0..FILES))]
fn check(files: Files) -> Files {
    files.check();
    files
}

library_benchmark_group!(
    name = hot,
    benchmarks = [decode_activities, decode_contacts, hash, read_times, pass, check]
);

main!(
    config = LibraryBenchmarkConfig::default().tool(Callgrind::with_args(["--cache-sim=no"])),
    library_benchmark_groups = hot
);
