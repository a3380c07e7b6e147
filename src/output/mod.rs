//! Member lists: one small file a form, all behind [`Form`]. A form says which columns it wants of
//! each member, takes members one by one, and finishes what it writes. Where the writing goes, and
//! that it appears whole or not at all, is [`sink`]'s affair. [`Rejects`] keeps what could not be read.

mod address;
mod cc_add_list_memberships;
mod cc_contact_exports;
mod cc_contact_list;
mod cc_contacts;
mod cc_email_activity;
mod cc_file_import;
mod cc_json_import;
mod cm_subscribers;
mod contacts_csv;
mod count;
mod counts;
mod csv;
mod el_members;
mod ids;
mod import_fields;
mod json;
mod labels;
mod member;
mod rejects;
mod remarks;
mod select;
pub mod shown;
pub mod sink;
mod split;
mod table;
mod vendor_names;

pub use address::Address;
pub use cc_add_list_memberships::{CcAddListMemberships, MembershipsError};
pub use cc_contact_exports::{CcContactExports, ExportError, SegmentIdError};
pub use cc_contact_list::{CcContactList, ListNameError};
pub use cc_contacts::{CcContacts, Limit, LimitError};
pub use cc_email_activity::{ActivityError, CcEmailActivity};
pub use cc_file_import::CcFileImport;
pub use cc_json_import::CcJsonImport;
pub use cm_subscribers::{CmSubscribers, OrderDirection, OrderField, Page, PageError};
pub use contacts_csv::{ContactsCsv, UnknownColumn};
pub use count::Count;
pub use counts::Counts;
pub use csv::Csv;
pub use el_members::{ElMembers, Slice, SliceError};
pub use ids::Ids;
pub use import_fields::ImportError;
pub use json::{Json, JsonLines};
pub use labels::{Source, file_names, labels};
pub use member::Member;
pub use rejects::Rejects;
pub use select::{Select, Selected};
pub use split::Split;
pub use table::{Table, empty_grid};
pub use vendor_names::id_of;

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
    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()>;

    /// Writes what is left. The next member, should there be one, begins another list.
    ///
    /// # Errors
    /// Writing failed.
    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()>;

    /// What the list doesn't show by itself: what the form could not take, or the vendor won't.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
}

/// What a form writes to: one file, or several.
pub trait Out: Write {
    /// Ends the file at hand, so that what follows is in the next one. False where everything goes
    /// into one file; then what follows goes there too.
    ///
    /// # Errors
    /// Writing the last of the file failed, or no other can be opened.
    fn cut(&mut self) -> io::Result<bool>;
}
