//! The plan of a run: criteria bound once to columns, campaigns and comparisons.

use super::bind::Binder;
use super::campaigns::Registry;
use super::engagement::Engagements;
use super::join::Join;
use super::test::{BoundTest, Typed};
use super::{EngineError, Options};
use crate::account::Account;
use crate::contact::Column;
use crate::criteria::Segment;
use crate::dump::{Activities, Contacts, Projection};

/// A bound condition; tests are indices into [`Plan::tests`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BoundExpr {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Test(usize),
}

/// Which contacts are looked at.
#[derive(Debug, Default)]
pub(super) struct BoundScope {
    /// Column and folded status.
    pub status: Option<(usize, BoundTest)>,
    /// Column, test and id of the list.
    pub list: Option<(BoundTest, String)>,
    /// Column of when the contact was added.
    pub added: Option<usize>,
}

/// What a segment asks, bound to the dumps of one run.
#[derive(Debug)]
pub struct Plan {
    pub(super) projection: Projection,
    pub(super) outputs: Vec<usize>,
    pub(super) tests: Vec<BoundTest>,
    pub(super) root: BoundExpr,
    pub(super) scope: BoundScope,
    pub(super) join: Join,
    pub(super) typed: Vec<(usize, Typed)>,
    pub(super) engagements: Engagements,
    pub(super) registry: Registry,
    pub(super) repeated_campaigns: u64,
    /// Columns that no header could vouch for, with the rules that ask for them.
    pub(super) unvouched: Vec<(usize, Vec<u32>)>,
    pub(super) needs_places: bool,
    pub(super) options: Options,
}

impl Plan {
    /// Binds a segment. `outputs` are further columns wanted of every member.
    ///
    /// # Errors
    /// A rule names a column that the dump hasn't, or needs activities where there are none.
    pub fn new(
        segment: &Segment,
        contacts: &Contacts,
        activities: Option<&Activities>,
        account: &Account,
        options: &Options,
        outputs: &[Column],
        all_custom: bool,
    ) -> Result<Self, EngineError> {
        Binder::new(contacts, activities, account, options).bind(segment, outputs, all_custom)
    }

    /// Where the `at`th output column stands in a row.
    pub fn output(&self, at: usize) -> usize {
        self.outputs.get(at).copied().unwrap_or(usize::MAX)
    }

    /// True when activities are read at all.
    pub fn needs_activities(&self) -> bool {
        self.needs_places || self.tests.iter().any(|test| matches!(test, BoundTest::Engaged(_)))
    }
}
