//! What was wrong with the JSON, and where.

use crate::source::Span;

/// One departure from the JSON grammar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it shows.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// Another place that explains it: the bracket left open, the first of two equal keys.
    pub related: Option<(Span, String)>,
    /// What would have been legal.
    pub help: Option<String>,
    /// True where taking out what the span holds certainly mends it.
    pub superfluous: bool,
}
