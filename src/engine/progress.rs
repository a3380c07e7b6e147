//! How a run says how far it has got.

/// Which pass is running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading activities.
    Activities,
    /// Looking up which contacts there are.
    Keys,
    /// Looking through activities for when campaigns were sent.
    Campaigns,
    /// Evaluating contacts.
    Contacts,
}

/// Watches a run.
pub trait Progress {
    /// A pass begins over so many bytes, where that is known.
    fn begin(&self, stage: Stage, bytes: Option<u64>);
    /// So many bytes of the pass have been read.
    fn at(&self, bytes: u64);
    /// Everything has been read.
    fn end(&self);
}
