//! And, or, not.

use super::Test;
use std::fmt;

/// Which rule of the segment a test comes from: the rules numbered from 0 in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// A condition on one contact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    /// All hold; with no parts, everyone.
    All(Vec<Self>),
    /// At least one holds; with no parts, nobody.
    Any(Vec<Self>),
    /// The part doesn't hold.
    Not(Box<Self>),
    /// A test, and the rule that asks it.
    Test(RuleId, Test),
}

impl Expr {
    /// The same with its rules numbered on from `first`.
    pub fn numbered_from(self, first: u32) -> Self {
        self.renumbered(&|rule| RuleId(rule.0 + first))
    }

    /// The same with every rule numbered 0: two that ask the same are equal, wherever their rules stand.
    pub fn unnumbered(self) -> Self {
        self.renumbered(&|_| RuleId(0))
    }

    fn renumbered(self, number: &impl Fn(RuleId) -> RuleId) -> Self {
        let all = |parts: Vec<Self>| -> Vec<Self> {
            parts.into_iter().map(|part| part.renumbered(number)).collect()
        };
        match self {
            Self::All(parts) => Self::All(all(parts)),
            Self::Any(parts) => Self::Any(all(parts)),
            Self::Not(part) => Self::Not(Box::new(part.renumbered(number))),
            Self::Test(rule, test) => Self::Test(number(rule), test),
        }
    }

    /// Hands every test to `visit`, in file order.
    pub fn for_each_test<'a>(&'a self, visit: &mut impl FnMut(RuleId, &'a Test)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.for_each_test(visit));
            }
            Self::Not(part) => part.for_each_test(visit),
            Self::Test(rule, test) => visit(*rule, test),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |f: &mut fmt::Formatter<'_>, parts: &[Self], word: &str, none: &str| {
            if parts.is_empty() {
                return f.write_str(none);
            }
            f.write_str("(")?;
            for (at, part) in parts.iter().enumerate() {
                let between = if at == 0 { "" } else { word };
                write!(f, "{between}{part}")?;
            }
            f.write_str(")")
        };
        match self {
            Self::All(parts) => join(f, parts, " and ", "everyone"),
            Self::Any(parts) => join(f, parts, " or ", "nobody"),
            Self::Not(part) => write!(f, "not {part}"),
            Self::Test(_, test) => write!(f, "{test}"),
        }
    }
}
