//! Criteria files of 20 rules, and the whole check of them.

use crate::criteria;
use segkit::account::Account;
use segkit::dialect::Context;
use segkit::finding::Levels;
use segkit::lint;
use segkit::source::SourceFile;
use segkit::value::{DayOrder, Instant, Stamp, Zone};
use std::hint::black_box;

const SEED: u64 = 20_240_601;
const AS_OF: &str = "2024-06-01T00:00:00Z";

pub fn as_of() -> Instant {
    Stamp::parse(AS_OF, DayOrder::MonthFirst).unwrap().instant(Zone::UTC)
}

/// Criteria files, read already.
pub struct Files {
    account: Account,
    files: Vec<SourceFile>,
}

impl Files {
    /// The files of some numbers; the dialect follows from the number.
    pub fn new(numbers: impl IntoIterator<Item = u64>) -> Self {
        let file = |number| {
            let text = criteria::file(SEED, number);
            SourceFile::new("criteria.json", text.into_bytes())
        };
        Self { account: Account::default(), files: numbers.into_iter().map(file).collect() }
    }

    pub fn check(&self) {
        let (account, as_of) = (&self.account, as_of());
        let context = Context { account, as_of, zone: Zone::UTC, dialect: None };
        for file in &self.files {
            black_box(lint::check(black_box(file), &context, &Levels::default()));
        }
    }
}
