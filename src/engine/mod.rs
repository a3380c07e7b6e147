//! Evaluation: who is in a segment, from dumps (`docs/semantics.md`).
//!
//! The way of the data: a [`Plan`] binds the criteria to columns once and says what is wanted of
//! the activities; the activity pass (`index`) keeps of every activity only what some test asks
//! about, as bits per contact and campaign; the contact pass ([`evaluate`]) streams the contacts past
//! the plan and hands on the members. Memory grows with the contacts that have activities, never
//! with a file.
//!
//! [`mod@reference`] answers the same question slowly and obviously, sharing nothing with the plan but
//! the criteria; a property test holds the two equal.

mod activity_pass;
mod bind;
mod campaigns;
mod contact_pass;
mod engagement;
mod error;
mod index;
mod inputs;
mod join;
mod key;
mod options;
mod plan;
mod progress;
pub mod reference;
mod run;
mod send_times;
mod summary;
mod test;

pub use crate::criteria::{Negatives, WindowReading};
pub use error::{Asker, EngineError};
pub use inputs::Inputs;
pub use options::{MissingColumns, Options, StatusChoice};
pub use plan::{Outputs, Plan};
pub use progress::{Progress, Stage};
pub use run::evaluate;
pub use summary::{Summary, Warning};

use key::{Key, Namespace};
