//! Findings: what a check has to say, where, how badly, and what would have been right.
//!
//! One table, in `kinds.rs`, holds every code with its stable name, severity and message; nothing
//! else in the crate knows what a code means. How findings arise is the dialects' affair, how they
//! are shown the reports'.

mod kinds;
mod levels;
mod nearest;

pub use kinds::{Kind, Level, Severity};
pub use levels::{LevelError, Levels, Setting};
pub use nearest::{nearest, nearest_within};

use crate::source::Span;

/// One thing found in a criteria file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The row of the table of codes.
    pub kind: Kind,
    /// How much it weighs in this run: the kind's own weight, unless [`Levels`] or the finder say
    /// otherwise.
    pub severity: Severity,
    /// What is wrong here, with the words of the file.
    pub message: String,
    /// The characters it is about.
    pub span: Span,
    /// Other places that belong to it.
    pub related: Vec<(Span, String)>,
    /// What would have been legal.
    pub help: Option<String>,
    /// A change that certainly mends it.
    pub fix: Option<Fix>,
    /// Which segment and rule it concerns.
    pub target: Target,
    /// True where it is about something that isn't read though rules may stand in it.
    pub hides_rules: bool,
}

/// A replacement of some characters of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what, ready to stand in the file: escaped where the place is inside a string.
    pub replacement: String,
}

/// What a finding concerns, as indices into the reading; both `None` for the whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Target {
    /// Index of the segment in the file.
    pub segment: Option<usize>,
    /// Index of the rule in the segment.
    pub rule: Option<usize>,
}

impl Finding {
    /// A finding about a span, of the whole file until told otherwise.
    pub fn new(kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            severity: kind.severity(),
            message: message.into(),
            span,
            related: Vec::new(),
            help: None,
            fix: None,
            target: Target::default(),
            hides_rules: false,
        }
    }

    /// The same with another weight.
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same about something that isn't read, in which rules may stand.
    pub fn hiding_rules(mut self, hides_rules: bool) -> Self {
        self.hides_rules = hides_rules;
        self
    }

    /// Adds what would have been legal.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Adds a certain fix.
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// Adds the nearest of the legal words, and the legal words themselves, as help.
    pub fn legal<'a>(self, found: &str, legal: impl Iterator<Item = &'a str> + Clone) -> Self {
        let list = legal.clone().collect::<Vec<_>>().join(", ");
        let help = match nearest(found, legal) {
            Some(word) => format!("did you mean `{word}`? Legal here: {list}"),
            None => format!("legal here: {list}"),
        };
        self.help(help)
    }

    /// True when the finding makes its file invalid: the vendor would refuse it. What a run merely
    /// denies is no such error.
    pub fn is_error(&self) -> bool {
        self.kind.severity() == Severity::Error
    }
}
