//! How long each hot loop takes alone: scanning of each kind of dump, hashes of ids and addresses,
//! reading of times, the passes over activities and over contacts, a hundred segments in one plan,
//! the check of a criteria file.
//!
//! `cargo bench --bench micro`; `cargo bench --bench micro -- scan` runs those whose names hold
//! `scan`. The data are made from a seed, so two measurements speak of the same input; one thread
//! does the work. `benches/compare` measures whole commands, `benches/instructions.rs` counts what
//! doesn't depend on what else the machine does.

#![allow(clippy::unwrap_used, reason = "a measurement fails by panicking")]

#[path = "validate/criteria.rs"]
#[allow(dead_code, reason = "shared with the bench that validates, which uses all of it")]
mod criteria;
mod work;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use work::checking::Files;
use work::evaluation::{A, Asked, B, hundred};
use work::generated::options::Format;
use work::generated::random;
use work::keys::{Like, Texts};
use work::world::{Size, World};
use work::{scan, times};

/// The rows of the dumps.
const SIZE: Size = Size { contacts: 20_000, activities: 200_000 };
/// Texts that are hashed or read at once.
const TEXTS: u64 = 10_000;

fn main() {
    divan::main();
}

/// From bytes to rows. Throughput in bytes of the file.
#[divan::bench_group(sample_count = 20, sample_size = 1)]
mod scanner {
    use super::*;

    fn activities(bencher: Bencher<'_, '_>, format: Format) {
        let world = World::new(format, SIZE);
        let bytes = BytesCount::new(world.activity_bytes);
        bencher.counter(bytes).bench_local(|| scan::activities(&world));
    }

    fn contacts(bencher: Bencher<'_, '_>, format: Format) {
        let world = World::new(format, Size { activities: 0, ..SIZE });
        let bytes = BytesCount::new(world.contact_bytes);
        bencher.counter(bytes).bench_local(|| scan::contacts(&world));
    }

    #[divan::bench]
    fn csv_activities(bencher: Bencher<'_, '_>) {
        activities(bencher, Format::Csv);
    }

    #[divan::bench]
    fn csv_contacts(bencher: Bencher<'_, '_>) {
        contacts(bencher, Format::Csv);
    }

    #[divan::bench]
    fn jsonl_activities(bencher: Bencher<'_, '_>) {
        activities(bencher, Format::Jsonl);
    }

    #[divan::bench]
    fn jsonl_contacts(bencher: Bencher<'_, '_>) {
        contacts(bencher, Format::Jsonl);
    }
}

/// Who is who.
#[divan::bench_group(sample_count = 50)]
mod keys {
    use super::*;

    #[divan::bench(args = [Like::Uuid, Like::Email, Like::NonAscii])]
    fn hash(bencher: Bencher<'_, '_>, like: Like) {
        let texts = Texts::new(like, TEXTS);
        bencher.counter(ItemsCount::new(TEXTS)).bench_local(|| texts.hash());
    }

    #[divan::bench(args = [Like::Uuid, Like::Email, Like::NonAscii])]
    fn key(bencher: Bencher<'_, '_>, like: Like) {
        let texts = Texts::new(like, TEXTS);
        bencher.counter(ItemsCount::new(TEXTS)).bench_local(|| texts.key());
    }
}

/// Reading of times.
#[divan::bench_group(sample_count = 50)]
mod stamps {
    use super::*;

    #[divan::bench]
    fn alone(bencher: Bencher<'_, '_>) {
        let stamps = times::usual(TEXTS, false);
        bencher.counter(ItemsCount::new(TEXTS)).bench_local(|| times::alone(&stamps));
    }

    #[divan::bench]
    fn with_memo_any_day(bencher: Bencher<'_, '_>) {
        let stamps = times::usual(TEXTS, false);
        bencher.counter(ItemsCount::new(TEXTS)).bench_local(|| times::with_memo(&stamps));
    }

    #[divan::bench]
    fn with_memo_same_day(bencher: Bencher<'_, '_>) {
        let stamps = times::usual(TEXTS, true);
        bencher.counter(ItemsCount::new(TEXTS)).bench_local(|| times::with_memo(&stamps));
    }
}

/// Whole evaluations: files to members. Throughput in rows.
#[divan::bench_group(sample_count = 20, sample_size = 1)]
mod evaluation {
    use super::*;

    fn evaluate(bencher: Bencher<'_, '_>, size: Size, texts: &[impl AsRef<str>]) {
        let asked = Asked::new(World::new(Format::Csv, size), texts);
        bencher
            .counter(ItemsCount::new(size.contacts + size.activities))
            .with_inputs(|| asked.plan())
            .bench_local_values(|plan| asked.members(plan));
    }

    /// Reads no activities.
    #[divan::bench]
    fn contact_pass(bencher: Bencher<'_, '_>) {
        evaluate(bencher, Size { activities: 0, ..SIZE }, &[A]);
    }

    /// Of its rows, ten in eleven are activities.
    #[divan::bench]
    fn activity_pass(bencher: Bencher<'_, '_>) {
        evaluate(bencher, SIZE, &[B]);
    }

    #[divan::bench]
    fn hundred_segments(bencher: Bencher<'_, '_>) {
        evaluate(bencher, SIZE, &hundred());
    }
}

/// The check of a criteria file of 20 rules, by dialect.
#[divan::bench_group(sample_count = 50)]
mod validation {
    use super::*;

    #[divan::bench]
    fn constant_contact(bencher: Bencher<'_, '_>) {
        let files = Files::new([3]);
        bencher.bench_local(|| files.check());
    }

    #[divan::bench]
    fn constant_contact_escaped(bencher: Bencher<'_, '_>) {
        let files = Files::new([0]);
        bencher.bench_local(|| files.check());
    }

    #[divan::bench]
    fn campaign_monitor(bencher: Bencher<'_, '_>) {
        let files = Files::new([1]);
        bencher.bench_local(|| files.check());
    }

    #[divan::bench]
    fn engagelab(bencher: Bencher<'_, '_>) {
        let files = Files::new([2]);
        bencher.bench_local(|| files.check());
    }
}
