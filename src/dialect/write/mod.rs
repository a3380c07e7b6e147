//! Writes a segment in a dialect: the same audience in another vendor's words, where it has words for
//! it (`docs/convert.md`).
//!
//! Each rule is put into words by the dialect's `write`, and what it wrote is read back by the
//! dialect's own reader, as every criteria file is: what the reader refuses is refused, with its words
//! for what would be legal, and what it reads otherwise than it was meant is no translation. So there
//! is one table of what is legal, and one account of what words mean.
//!
//! | module | holds |
//! |---|---|
//! | `attempt` | one way to convert: rule by rule, then the whole |
//! | `normal` | the form that all dialects share: ands of ors |
//! | `canonical` | tests that mean the same in one form |
//! | `rewrite` | other ways to ask the same, or a little more or less |
//! | `names`, `map_file` | what fields, campaigns, lists and tags are called there, and back |
//! | `tidy` | groups without what says nothing in them |
//! | `fit` | groups on their way into what a dialect can join |
//! | `reason` | why something can't be said |
//! | `scope` | which contacts are looked at in the first place |

mod attempt;
mod canonical;
mod fit;
mod map_file;
mod names;
mod normal;
mod reason;
mod rewrite;
mod scope;
mod section;
#[cfg(test)]
mod tests;
mod tidy;

pub use fit::{How, Loss};
pub use map_file::{MapError, Mapping, Target, template};
pub use reason::{Reason, Refusal};
pub use scope::Looking;
pub use section::Section;

pub(super) use fit::{Fit, Item};
pub(super) use names::Names;
pub(super) use normal::Literal;

use super::Dialect;
use crate::account::Account;
use crate::criteria::{RuleId, Segment};
use crate::value::{Instant, Zone};
use attempt::Attempt;

/// Where a segment may go that can't be said exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To more contacts: everybody who was in it is, and others are too.
    Wider,
    /// To fewer contacts: nobody is in it who wasn't.
    Narrower,
}

impl Direction {
    /// The other one.
    pub fn opposite(self) -> Self {
        match self {
            Self::Wider => Self::Narrower,
            Self::Narrower => Self::Wider,
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wider => "wider",
            Self::Narrower => "narrower",
        }
    }
}

/// How exact a conversion must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Exactness {
    /// The same contacts.
    #[default]
    Exact,
    /// The same, else the direction in which less gets lost; of two alike the narrower, so that nobody
    /// gets mail who wasn't meant to.
    Nearest,
    /// The same, else this.
    Towards(Direction),
}

/// What a conversion is made with.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The dialect of the segment.
    pub from: Dialect,
    /// The dialect to write.
    pub to: Dialect,
    /// What is known of the segment's account.
    pub account: &'a Account,
    /// What is called how in the other account.
    pub mapping: &'a Mapping,
    /// The instant of rules about time.
    pub as_of: Instant,
    /// The zone of times that name none.
    pub zone: Zone,
    /// Which contacts both are put to.
    pub looking: Looking,
    /// How exact it must be.
    pub exactness: Exactness,
    /// The name to write in the segment's stead.
    pub name: Option<&'a str>,
}

/// A segment in another dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The criteria in canonical form, with a line break at the end.
    pub text: String,
    /// Where it went; `None` where it selects the same contacts.
    pub direction: Option<Direction>,
    /// What was lost.
    pub losses: Vec<Loss>,
    /// Rules that are gone with others, to which they were joined by or.
    pub gone_with: Vec<RuleId>,
    /// What it selects, in the names of the account that it was converted from.
    pub segment: Segment,
    /// What is taken for known of the other account.
    pub account: Account,
    /// What the dialect's reader warns of.
    pub warnings: Vec<String>,
    /// What the map file lacks.
    pub missing: Vec<(Section, String)>,
}

/// Why a segment isn't converted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refused {
    /// Why, rule by rule.
    pub refusals: Vec<Refusal>,
    /// What the map file lacks.
    pub missing: Vec<(Section, String)>,
}

/// Converts a segment.
///
/// # Errors
///
/// It can't be said there, not even nearly where that would do; each rule that is in the way is named.
pub fn convert(segment: &Segment, request: &Request<'_>) -> Result<Conversion, Refused> {
    let attempt = |direction| Attempt::new(segment, request, direction).run(segment);
    let exact = attempt(None);
    if exact.is_ok() {
        return exact;
    }
    match request.exactness {
        Exactness::Exact => exact,
        Exactness::Towards(direction) => attempt(Some(direction)),
        Exactness::Nearest => {
            let narrower = attempt(Some(Direction::Narrower));
            let wider = attempt(Some(Direction::Wider));
            let lost = |made: &Conversion| made.losses.len() + made.gone_with.len();
            match (narrower, wider) {
                (Ok(narrower), Ok(wider)) if lost(&wider) < lost(&narrower) => Ok(wider),
                (Ok(narrower), _) => Ok(narrower),
                (Err(_), Ok(wider)) => Ok(wider),
                (Err(_), Err(_)) => exact,
            }
        }
    }
}
