//! Why: a segment in plain English, and why a contact is in it or not.
//!
//! The verdicts of rules and groups are asked of the engine as segments of their own, in the run that
//! asks the segment itself; what they rest on comes from the same run.

mod contacts;
mod evidence;
mod fewest;
mod json;
mod text;

pub use contacts::{Explained, Found, Key, LookedAt, explain, find};
pub use evidence::{Done, SetOf, Value};
pub use fewest::{comes_to, fewest};
pub use json::json;
pub use text::Text;
