//! Dumps: files of contacts, activities, campaigns, fields, lists and tags, as vendors and people
//! write them, brought to the canonical names of [`crate::contact`] and [`crate::account`].
//!
//! The layers, from the bytes up; each knows only those before it:
//!
//! | module | holds |
//! |---|---|
//! | `input`, `inputs`, `open`, `format` | files as users name them, patterns and folders; paths, standard input, heads; CSV or JSON |
//! | `unpack`, `decode` | packed files and other encodings as UTF-8 text |
//! | `window` | the bytes at hand, and their places |
//! | `csv_records`, `csv_fields`, `csv_table` | CSV: records, then fields, then rows under a header |
//! | `json_scan`, `json_records`, `json_keys`, `json_values` | JSON: records, then keys, then values |
//! | `pages` | answers that come in pages, and which of them are missing |
//! | `columns`, `distinct`, `projection` | whose column is what, and what is asked for |
//! | `contacts` and `contact_*`, `gather` | contacts |
//! | `activities` and `activity_*`, `events` | activities |
//! | `account_records`, `account_files` | campaigns, custom fields, names of lists and tags |
//!
//! Nothing here knows criteria or vendors' dialects; times stay text. `csv_records` and `csv_fields`
//! are public for the test that holds them to what the `csv` crate reads.

mod account_files;
mod account_records;
mod activities;
mod activity_columns;
mod activity_csv;
mod activity_json;
mod activity_report;
mod activity_row;
mod columns;
mod contact_csv;
mod contact_json;
mod contact_row;
mod contacts;
pub mod csv_fields;
pub mod csv_records;
mod csv_table;
mod decode;
mod distinct;
mod error;
mod events;
mod format;
mod gather;
mod input;
mod inputs;
mod json_faults;
mod json_keys;
mod json_records;
mod json_scan;
mod json_values;
mod open;
mod pages;
mod projection;
mod split;
mod unpack;
mod window;

pub use account_files::{read_campaigns, read_fields, read_names};
pub use activities::{Activities, ActivityReader};
pub use activity_row::ActivityRow;
pub use columns::{tag_ids, tag_names};
pub use contact_row::{ContactRow, Part};
pub use contacts::{ContactOptions, ContactReader, Contacts, Presence};
pub use error::{DumpError, Place, Reason};
pub use events::Event;
pub use input::{Input, InputPath};
pub use projection::Projection;
pub use unpack::{Codec, Packing, encoding_named};
