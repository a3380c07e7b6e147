//! What is known of people: the fields of a contact, the kinds of activity, and the columns that
//! a reader of dumps can be asked for. Vendor spellings of them live with the readers.

mod activity;
mod column;
mod field;
mod kind;

pub use activity::{ActivityKind, SendStage};
pub use column::{Alias, Column, CustomColumn, normalise};
pub use field::ContactField;
pub use kind::Kind;
