//! A catalog: a folder of segments, and the vendors' life cycle of segments on it
//! (`docs/catalog.md`).
//!
//! A catalog is one account's segments in one dialect, one pretty-printed JSON file a segment. There
//! is no index, no counter and no server: whatever git merges is a catalog again. The core here knows
//! files, names, locks and the order of things (read, check, write, answer); what a verb does and
//! answers is a vendor's affair, behind [`Vendor`].
//!
//! | module | holds |
//! |---|---|
//! | `object` | a JSON object as text: keys in order, values as they were written |
//! | `entry` | a segment of the catalog, and the file that holds it |
//! | `file_name` | names of files, made from titles |
//! | `broken` | files that can't be read as segments |
//! | `folder` | the folder: reading entries, finding one, putting and removing them |
//! | `lock` | one writer at a time |
//! | `calculation` | how far a calculation is, for other processes to see |
//! | `hex_id` | ids of hexadecimal digits |
//! | `request` | what a vendor's endpoint is sent, and the full check of it |
//! | `state` | what a verb may know: the entries, the account, the instant |
//! | `verdict` | what came of a verb: a change with an answer, or a vendor's refusal |
//! | `vendor` | what a vendor says to each verb |
//! | `vendors` | the table of those that there are, and whose a folder is |
//! | `check` | what is wrong with a catalog, and mending it |
//! | `import` | a vendor's answers, put into the catalog |
//! | `revision` | the folder as it was at a revision of git |
//! | `status` | what changed in a catalog between two moments, in words |
//! | `reference` | `@name` and `@id` for other commands |
//!
//! One folder a vendor holds its verbs. The next vendor implements [`Vendor`] in a folder of its own,
//! gets its row in [`vendors`], and the flags that only it takes in `cli/catalog`.

mod broken;
mod calculation;
mod campaign_monitor;
pub mod check;
mod constant_contact;
mod engagelab;
mod entry;
mod error;
mod file_name;
mod folder;
mod hex_id;
pub mod import;
mod lock;
mod object;
pub mod reference;
mod request;
pub mod revision;
pub mod state;
pub mod status;
#[cfg(test)]
mod testing;
pub mod vendor;
pub mod vendors;
mod verdict;

pub use broken::Broken;
pub use calculation::Calculation;
pub use entry::{Entry, Shape};
pub use error::CatalogError;
pub use folder::{Catalog, Stored};
pub use lock::Lock;
pub use object::Object;
pub use request::Request;
pub use state::State;
pub use vendor::{ListQuery, Vendor};
pub use verdict::{Change, Done, Refusal, Stop, Verdict};
