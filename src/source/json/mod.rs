//! JSON with the place of every key and value, read to the end in spite of faults.
//!
//! Numbers stay as written, duplicate keys are kept and reported, strings keep a map from their
//! decoded text to the escapes in the file. The reader never panics and never recurses deeper than
//! [`MAX_DEPTH`], whatever it is fed.

mod faults;
mod place;
mod reader;
mod value;

pub use faults::Fault;
pub use place::{Holder, Place, Slot};
pub use reader::{Document, MAX_DEPTH, read, read_embedded, read_lines};
pub use value::{Kind, Member, Text, Value};
