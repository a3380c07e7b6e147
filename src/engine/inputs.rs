//! The dumps that a run reads, and with how much effort.

use crate::dump::{Activities, CHUNK, Contacts};
use std::num::NonZero;
use std::thread::available_parallelism;

/// The dumps of a run.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The contacts, opened so that they can be read twice if activities are asked about.
    pub contacts: &'a Contacts,
    /// The activities.
    pub activities: Option<&'a Activities>,
    /// With how much effort they are read.
    pub effort: Effort,
}

/// With how much effort a run reads its dumps; no answer depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Threads that decode rows and look at them.
    pub threads: NonZero<usize>,
    /// Bytes of a file that one of them takes at once.
    pub chunk: usize,
    /// Whether activities may be read twice, where less has to be kept of them then.
    pub twice: bool,
}

impl Default for Effort {
    /// A thread for each core that the machine gives.
    fn default() -> Self {
        Self {
            threads: available_parallelism().unwrap_or(NonZero::<usize>::MIN),
            chunk: CHUNK,
            twice: true,
        }
    }
}
