//! Evaluation: who is in a segment, from dumps (`docs/semantics.md`).
//!
//! The way of the data: a [`Plan`] binds the criteria of one segment or many to columns once and says
//! what is wanted of the activities; the activity pass keeps of every activity only what some test
//! asks about, as bits per contact and campaign (`index`); the contact pass streams the contacts past
//! the plan and hands on the members. Memory grows with the contacts that have activities, never
//! with a file.
//!
//! Each pass has two halves: many threads decode rows and look at them (`activity_work`,
//! `contact_work`), and what they find is put together in the order of the dump (`activity_pass`,
//! `contact_pass`), so that the number of threads changes no answer. `pipeline` brings the two
//! together.
//!
//! `key` is public for the benches; [`looked_at`] says who is looked at in the first place.
//!
//! [`mod@reference`] answers the same question slowly and obviously, sharing nothing with the plan but
//! the criteria; a property test holds the two equal.

mod activity_pass;
mod activity_work;
mod asked;
mod bind;
mod campaigns;
mod columns;
mod contact_pass;
mod contact_work;
mod engagement;
mod error;
mod finder;
mod first_seen;
mod index;
mod inputs;
mod join;
pub mod key;
pub mod looked_at;
mod options;
mod pipeline;
mod plan;
mod progress;
pub mod reference;
mod roll;
mod run;
mod send_times;
mod summary;
mod test;
mod watched;

pub use crate::criteria::{Negatives, WindowReading};
pub use asked::{Among, AskedSegment, Members};
pub use columns::columns_of;
pub use error::{Asker, EngineError};
pub use inputs::{Effort, Inputs};
pub use options::{MissingColumns, Options, StatusChoice};
pub use pipeline::Spent;
pub use plan::{Outputs, Plan};
pub use progress::{Progress, Stage};
pub use run::evaluate;
pub use summary::{Summary, Tally, Warning};
pub use test::TextMatch;
pub use watched::{Evidence, SetCampaign, Watched, WatchedActivity};

use key::{Key, Namespace, hash_of};
