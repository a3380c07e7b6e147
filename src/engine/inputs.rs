//! The dumps that a run reads.

use crate::dump::{Activities, Contacts};

/// The dumps of a run.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The contacts, opened so that they can be read twice if activities are asked about.
    pub contacts: &'a Contacts,
    /// The activities.
    pub activities: Option<&'a Activities>,
}
