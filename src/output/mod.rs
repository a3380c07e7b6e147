//! Member lists: one small file a form, all behind [`Form`]. A form says which columns it wants of
//! each member, takes members one by one, and finishes what it writes. Where the writing goes, and
//! that it appears whole or not at all, is [`sink`]'s affair. [`Rejects`] keeps what could not be read.

mod cm_subscribers;
mod contacts_csv;
mod count;
mod csv;
mod el_members;
mod ids;
mod json;
mod member;
mod rejects;
mod select;
pub mod shown;
pub mod sink;
mod table;

pub use cm_subscribers::{CmSubscribers, OrderDirection, OrderField, Page, PageError};
pub use contacts_csv::{ContactsCsv, UnknownColumn};
pub use count::Count;
pub use csv::Csv;
pub use el_members::{ElMembers, Slice, SliceError};
pub use ids::Ids;
pub use json::{Json, JsonLines};
pub use member::Member;
pub use rejects::Rejects;
pub use select::{Select, Selected};
pub use table::Table;

use crate::engine::Outputs;
use std::io::{self, Write};

/// A form of member list.
pub trait Form {
    /// The columns that [`Form::member`] will ask of a member.
    fn wanted(&self) -> Outputs;

    /// Takes one member.
    ///
    /// # Errors
    /// Writing failed, or the member can't be put in this form.
    fn member(&mut self, member: &Member<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what is left.
    ///
    /// # Errors
    /// Writing failed.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()>;
}
