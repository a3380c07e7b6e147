//! What a segment *is*, whichever vendor's words it was written in: rules joined by and, or and not
//! over typed tests. It is comparable and printable; where each rule stands in a file is kept
//! beside it, by [`RuleId`]. What the tests mean is `docs/semantics.md`; the engine evaluates them.

mod engagement;
mod expr;
mod outline;
mod readings;
mod test;

pub use engagement::{Campaigns, Choice, Engagement, Quantifier, What, Window};
pub use expr::{Expr, RuleId};
pub use outline::{Outline, Part, PartKind};
pub use readings::{Negatives, WindowReading};
pub use test::{
    Calendar, Case, Comparison, Field, Membership, MembershipKind, StoredDates, Test, TextOp,
};

/// A segment ready to evaluate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its name or title, where the file has one.
    pub name: Option<String>,
    /// Who is in it.
    pub expr: Expr,
    /// Which contacts are looked at in the first place.
    pub scope: Scope,
}

impl Segment {
    /// The segment that everyone is in.
    pub fn everyone() -> Self {
        Self { name: None, expr: Expr::All(Vec::new()), scope: Scope::default() }
    }
}

/// Which contacts a segment looks at, unless switches say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Only contacts on this list, where the dump says which lists they are on.
    pub list: Option<String>,
    /// Only contacts whose status is `active`, where the dump has a status.
    pub active_only: bool,
}
