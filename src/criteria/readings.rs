//! The two readings that a switch chooses, for tests over sets of campaigns (`docs/semantics.md`,
//! "Sets of campaigns").

/// What `--window` says of tests over a set of campaigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WindowReading {
    /// The window picks campaigns by when they were sent.
    #[default]
    Campaign,
    /// Every campaign counts, and the activity itself must lie in the window.
    Activity,
}

/// What `--negatives` says of negative tests over a set of campaigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Negatives {
    /// Not any of them: was sent at least one and opened none.
    #[default]
    Any,
    /// Word by word: some campaign was sent and not opened.
    Literal,
}
