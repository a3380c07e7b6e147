//! Why a rule, or a whole segment, can't be said in another dialect.

use super::section::Section;
use crate::criteria::{RuleId, Test};
use crate::dialect::Dialect;
use thiserror::Error;

/// Why something can't be said.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Reason {
    /// The target has nothing by this name or id, and the map file doesn't say what stands for it.
    #[error("{to} has no {} `{from}`, and [{section}] of the map file no entry for it", section.noun())]
    Unmapped {
        /// The part of the map file that an entry is missing from.
        section: Section,
        /// What is to be mapped, as the criteria have it.
        from: String,
        /// The dialect that is written.
        to: Dialect,
    },
    /// The map file says what stands for it, but that can't be.
    #[error("the map file has `{target}` for the {} `{from}`, which is no id of {to}", section.noun())]
    Form {
        /// The part of the map file.
        section: Section,
        /// What is mapped.
        from: String,
        /// To what.
        target: String,
        /// The dialect that is written.
        to: Dialect,
    },
    /// A field of several options would be one of one value, or the other way round.
    #[error("`{field}` has one value in one of the accounts and several in the other ({to})")]
    Values {
        /// The field.
        field: String,
        /// The dialect that is written.
        to: Dialect,
    },
    /// The dialect has no words for the test.
    #[error("{to} {what}")]
    NoWords {
        /// The dialect that is written.
        to: Dialect,
        /// What it lacks.
        what: String,
        /// What would be legal.
        legal: Option<String>,
    },
    /// The dialect's own reader refuses the words.
    #[error("{to} would refuse {words}: {message}")]
    Illegal {
        /// The dialect that is written.
        to: Dialect,
        /// What would have been written.
        words: String,
        /// What is wrong with it.
        message: String,
        /// What would be legal.
        legal: Option<String>,
    },
    /// The nearest words mean something else.
    #[error("{words} would mean something else in {to}: {difference}")]
    Differs {
        /// The dialect that is written.
        to: Dialect,
        /// What would have been written.
        words: String,
        /// In what it differs.
        difference: String,
        /// What would make it the same.
        help: Option<String>,
    },
    /// Two names would become one.
    #[error("`{first}` and `{second}` would both become `{target}`")]
    Ambiguous {
        /// What came first.
        first: String,
        /// What came later.
        second: String,
        /// What both would be.
        target: String,
    },
    /// The dialect can't join rules so.
    #[error("{to} can't join these rules so: {rule}")]
    Joined {
        /// The dialect that is written.
        to: Dialect,
        /// The rule of the dialect that is in the way.
        rule: &'static str,
    },
    /// There would be more rules than the dialect, or anybody, takes.
    #[error("it would have too many rules: {0}")]
    TooMany(&'static str),
    /// The dialect looks at other contacts in the first place.
    #[error("{said}")]
    Scope {
        /// How they differ.
        said: &'static str,
        /// What would make them the same.
        help: &'static str,
    },
    /// The segment selects nobody, which no dialect has words for.
    #[error("it selects nobody, whoever the contacts are")]
    Nobody,
    /// All that it asks would be left out.
    #[error("nothing of what it asks would be left")]
    NothingLeft,
    /// Something of the whole is illegal, such as the name.
    #[error("{to} would refuse the segment: {message}")]
    Whole {
        /// The dialect that is written.
        to: Dialect,
        /// What is wrong with it.
        message: String,
        /// What would be legal.
        legal: Option<String>,
    },
    /// What was written was read as something else. This is a defect of segkit, and nothing is claimed.
    #[error("what was written reads as something else ({0}): this is a defect of segkit")]
    Unproved(String),
}

impl Reason {
    /// What would help, or would be legal.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoWords { legal, .. }
            | Self::Illegal { legal, .. }
            | Self::Whole { legal, .. } => legal.clone(),
            Self::Differs { help, .. } => help.clone(),
            Self::Ambiguous { .. } => Some("map one of them to another".to_owned()),
            Self::Scope { help, .. } => Some((*help).to_owned()),
            _ => None,
        }
    }
}

/// Something that keeps a segment from being converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The rules that it is about; none where it is about the segment as a whole.
    pub rules: Vec<RuleId>,
    /// Why.
    pub why: Reason,
}

/// In what a test that was read differs from the one that was meant.
pub(super) fn difference(meant: &Test, got: &Test) -> (String, Option<String>) {
    use crate::criteria::{Calendar, Case};
    match (meant, got) {
        (Test::Text(_, op, _, Case::Exact), Test::Text(_, other, _, Case::Ignored))
            if op == other =>
        {
            ("case would not count, and the rule heeds it".to_owned(), None)
        }
        (Test::Text(_, op, _, Case::Ignored), Test::Text(_, other, _, Case::Exact))
            if op == other =>
        {
            ("case would count, and the rule ignores it".to_owned(), None)
        }
        (Test::Date(_, a, meant), Test::Date(_, b, got))
            if a == b && meant.calendar != got.calendar =>
        {
            let clock = |calendar: Calendar| match calendar {
                Calendar::Run => "in the zone of the run".to_owned(),
                Calendar::Fixed(seconds) => {
                    format!("in UTC{}", crate::value::Zone::Fixed(seconds))
                }
            };
            let said = format!(
                "a stored time with an offset has its day {}, by the rule {}",
                clock(got.calendar),
                clock(meant.calendar)
            );
            (said, Some("with --timezone +08:00 both clocks are the same".to_owned()))
        }
        _ => (format!("`{got}` instead of `{meant}`"), None),
    }
}
