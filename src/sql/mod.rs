//! Criteria as a statement for a database: one `SELECT` that gives the same members as the
//! [engine](crate::engine) over the same data (`docs/sql.md`).
//!
//! The statement is a chain of named steps, and each step has a file here that writes it:
//!
//! | step | what it does | file |
//! |---|---|---|
//! | `contact…` | reads of each contact what rules ask for: text, numbers, times | `contact` |
//! | `activity…` | reads activities: who, which campaign, what, when | `activity` |
//! | `touched` | one row for a contact and a campaign: what was ever done | `facts` |
//! | `campaign_…` | when campaigns were sent, and which are in the sets that rules choose | `campaigns` |
//! | `engaged` | one row for a contact: the answers to questions about activity | `engagement` |
//! | `latest_place` | where a contact's latest activity came from | `place` |
//! | the end | and, or, not over all that | `condition`, `statement` |
//!
//! A `chain` is a table read in several steps, of which `stamp` and `number` write those that make
//! times and numbers of text. What databases spell differently is a [`Spelling`], one file an
//! [`Engine`]. Every test is true or false, never null, so that "not" means what it says.
//!
//! Criteria are text of others: nothing of them gets into a statement but through
//! [`Spelling::text`], [`Spelling::identifier`] and the `comment` of `quote`.

mod activity;
mod asked;
mod campaigns;
mod chain;
mod condition;
mod contact;
mod engagement;
mod engine;
mod error;
mod facts;
mod form;
mod moment;
mod names;
mod number;
mod place;
mod quote;
mod stamp;
mod statement;
mod values;

pub use crate::database::Engine;
pub use asked::Asked;
pub use engine::Spelling;
use engine::{Fixed, Shape};
pub use error::SqlError;
pub use form::{Form, dbt_properties, statement_as};
pub use moment::Moment;
pub use statement::{Compiled, Request, compile};
