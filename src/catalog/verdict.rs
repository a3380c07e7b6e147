//! What came of a verb: a change with the vendor's answer, or the vendor's refusal.

use super::entry::Entry;
use super::error::CatalogError;
use crate::dialect::{Dialect, error_body_of};
use crate::finding::{Finding, Kind};
use crate::source::Span;
use thiserror::Error;

/// What came of a verb.
pub type Verdict = Result<Done, Stop>;

/// A verb that was done, once the change is made.
#[derive(Debug)]
pub struct Done {
    /// What becomes of the catalog.
    pub change: Change,
    /// What the vendor answers, as JSON; `None` where it answers nothing.
    pub answer: Option<String>,
}

/// What becomes of the catalog.
#[derive(Debug)]
pub enum Change {
    /// Nothing.
    None,
    /// An entry is written, anew or over its older self.
    Put(Box<Entry>),
    /// An entry goes.
    Remove(Box<Entry>),
}

impl Done {
    /// An answer that changes nothing.
    pub fn answered(answer: impl Into<String>) -> Self {
        Self { change: Change::None, answer: Some(answer.into()) }
    }

    /// Nothing becomes of it, and nothing is answered.
    pub fn nothing() -> Self {
        Self { change: Change::None, answer: None }
    }

    /// True where something becomes of the catalog.
    pub fn changes(&self) -> bool {
        !matches!(self.change, Change::None)
    }

    /// An entry is written.
    pub fn put(entry: Entry, answer: Option<String>) -> Self {
        Self { change: Change::Put(Box::new(entry)), answer }
    }

    /// An entry goes.
    pub fn removed(entry: Entry, answer: Option<String>) -> Self {
        Self { change: Change::Remove(Box::new(entry)), answer }
    }
}

/// Why a verb wasn't done.
#[derive(Debug, Error)]
pub enum Stop {
    /// The vendor refuses.
    #[error("{}", .0.reason)]
    Refused(Box<Refusal>),
    /// It could not be tried.
    #[error(transparent)]
    Failed(#[from] CatalogError),
}

/// A vendor's refusal.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The error body, as JSON.
    pub body: String,
    /// Why, in a line for people; empty where findings of the request have said it.
    pub reason: String,
}

impl Refusal {
    /// A refusal with the vendor's usual body for a kind of finding: the reason is the message, where
    /// the vendor's body has room for one.
    pub fn of(dialect: Dialect, kind: Kind, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        let finding = Finding::new(kind, Span::default(), reason.clone());
        Self { body: error_body_of(dialect, &finding).to_string(), reason }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}
