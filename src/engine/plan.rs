//! The plan of a run: criteria bound once to columns, campaigns and comparisons. How they are bound
//! is `bind`'s affair, and [`Plan::new`] stands there.

use super::campaigns::Registry;
use super::engagement::Engagements;
use super::join::Join;
use super::test::{BoundTest, Typed};
use super::watched::Watched;
use super::{Among, Asker, Members, Options};
use crate::contact::Column;
use crate::criteria::{Engagement, MembershipKind};
use crate::dump::Projection;

/// A bound condition; tests are indices into [`Plan::tests`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BoundExpr {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Test(usize),
}

/// A segment, and which contacts are looked at for it.
#[derive(Debug)]
pub(super) struct BoundSegment {
    pub root: BoundExpr,
    pub among: Among,
    pub members: Members,
    /// Test of the status.
    pub status: Option<usize>,
    /// Test and id of the list.
    pub list: Option<(usize, String)>,
}

/// A list or tag that a rule asks about by id.
#[derive(Debug)]
pub(super) struct Asked {
    pub what: MembershipKind,
    pub id: String,
    pub test: BoundTest,
}

/// What is wanted of every member besides.
#[derive(Debug, Clone, Default)]
pub struct Outputs {
    /// Columns, in the order of who wants them.
    pub columns: Vec<Column>,
    /// All custom fields as well.
    pub all_custom: bool,
    /// Telephones and addresses with their kinds as well.
    pub kinds: bool,
    /// True when a column that the dump hasn't is an error.
    pub required: bool,
    /// Columns that must be there as well, though they aren't wanted as such.
    pub asked_for: Vec<Column>,
}

/// What segments ask, bound to the dumps of one run.
#[derive(Debug)]
pub struct Plan {
    pub(super) projection: Projection,
    pub(super) outputs: Vec<usize>,
    pub(super) tests: Vec<BoundTest>,
    pub(super) segments: Vec<BoundSegment>,
    /// Column of when the contact was added.
    pub(super) added: Option<usize>,
    pub(super) join: Join,
    pub(super) typed: Vec<(usize, Typed)>,
    pub(super) engagements: Engagements,
    pub(super) registry: Registry,
    pub(super) repeated_campaigns: u64,
    /// Columns that no header could vouch for, with those who ask for them.
    pub(super) unvouched: Vec<(usize, Vec<Asker>)>,
    /// Columns that the plan takes not to be there, although rows might still bring them.
    pub(super) taken_absent: Vec<usize>,
    /// The lists and tags that rules ask about by id.
    pub(super) asked: Vec<Asked>,
    pub(super) needs_places: bool,
    /// The only contacts that are put to the segments, where there are some.
    pub(super) watched: Option<Watched>,
    /// Whether what those did is kept.
    pub(super) keeps_evidence: bool,
    /// Whether it is counted how many activities are of contacts in the dump.
    pub(super) counts: bool,
    /// The tests of tracked activity, in the order of [`Plan::engagements`].
    pub(super) asked_engagements: Vec<Engagement>,
    pub(super) options: Options,
}

impl Plan {
    /// Puts only these contacts to the segments, and keeps what they did ([`Summary::evidence`]).
    /// What sets of campaigns are, is told by all activities as ever.
    ///
    /// [`Summary::evidence`]: super::Summary::evidence
    #[must_use]
    pub fn watching(self, watched: Watched) -> Self {
        Self { watched: Some(watched), keeps_evidence: true, ..self }
    }

    /// Puts only these contacts to the segments. What sets of campaigns are, is told by all activities
    /// as ever.
    #[must_use]
    pub fn only(self, contacts: Watched) -> Self {
        Self { watched: Some(contacts), keeps_evidence: false, ..self }
    }

    /// Leaves uncounted how many activities are of contacts in the dump
    /// ([`Summary::activities_counted`]), which no answer depends on, and most rows of activity are
    /// read for.
    ///
    /// [`Summary::activities_counted`]: super::Summary::activities_counted
    #[must_use]
    pub fn uncounted(self) -> Self {
        Self { counts: false, ..self }
    }

    /// The contacts of whom it is kept what they did.
    pub(super) fn evidence_of(&self) -> Option<&Watched> {
        self.watched.as_ref().filter(|_| self.keeps_evidence)
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
