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
//! | `csv_records`, `csv_fields`, `csv_table`, `csv_titles` | CSV: records, then fields, then rows under a header; titles above it |
//! | `json_scan`, `json_records`, `json_lex`, `json_keys`, `json_values` | JSON: records, then passing over values, then keys, then values |
//! | `chunks`, `marks`, `csv_chunk`, `json_chunk`, `decoded` | CSV and JSON Lines by chunks of whole lines, which several threads decode at once, and what came of a chunk |
//! | `batch` | what goes from the one who reads a dump to those who decode it, and what only the order of the file can settle |
//! | `bad_rows`, `rejects` | rows that can't be read, where a run goes on without them; files of such rows |
//! | `streams`, `objects` | records of several streams, in the messages of extract-load tools |
//! | `pages` | answers that come in pages, and which of them are missing |
//! | `columns`, `mapping`, `distinct`, `projection` | whose column is what, by name and by hand, and what is asked for |
//! | `contacts` and `contact_*`, `gather` | contacts; `contact_source` batch by batch |
//! | `activities` and `activity_*`, `events` | activities; `activity_source` batch by batch |
//! | `account_records` and `*_files` | campaigns, custom fields, links, names of lists and tags, titles of segments |
//! | `plain` and `plain_*` | which files other programs can read as they stand, and where their cells are |
//! | `survey` | what contacts and activities show of an account |
//! | `flat_rows`, `meaning` | files of which nothing is known yet |
//!
//! Nothing here knows criteria or vendors' dialects; times stay text. `csv_records` and `csv_fields`
//! are public for the test that holds them to what the `csv` crate reads.

mod account_records;
mod activities;
mod activity_bundles;
mod activity_columns;
mod activity_csv;
mod activity_file;
mod activity_json;
mod activity_report;
mod activity_row;
mod activity_source;
mod bad_rows;
mod batch;
mod bytes;
mod campaign_files;
mod chunks;
mod columns;
mod contact_csv;
mod contact_file;
mod contact_json;
mod contact_row;
mod contact_source;
mod contacts;
mod csv_chunk;
pub mod csv_fields;
pub mod csv_records;
mod csv_table;
mod csv_titles;
mod decode;
mod decoded;
mod distinct;
mod error;
mod events;
mod field_files;
mod flat_rows;
mod format;
mod gather;
mod input;
mod inputs;
mod json_chunk;
mod json_faults;
mod json_keys;
mod json_lex;
mod json_records;
mod json_scan;
mod json_values;
mod lines;
mod link_files;
mod mapping;
mod marks;
mod meaning;
mod name_files;
mod objects;
mod open;
mod pages;
mod plain;
mod plain_activities;
mod plain_contacts;
mod projection;
pub mod rejects;
mod segment_files;
mod split;
mod streams;
mod survey;
mod unpack;
mod window;

pub use activities::{Activities, ActivityReader};
pub(crate) use activity_columns::CANONICAL as ACTIVITY_FIELDS;
pub use activity_row::ActivityRow;
pub use activity_source::{ActivityBatch, ActivityDecoder, ActivitySource};
pub use bad_rows::{BadRow, BadRows, RawRow, SharedBadRows};
pub use batch::{Batch, Settle, Tail};
pub use campaign_files::read_campaigns;
pub use chunks::CHUNK;
pub use columns::{tag_ids, tag_names};
pub use contact_row::{ContactRow, Part, RowCells};
pub use contact_source::{ContactBatch, ContactDecoder, ContactSource};
pub use contacts::{ContactOptions, ContactReader, Contacts, Presence};
pub use decoded::Decoded;
pub use error::{DumpError, Place, Reason};
pub use events::{Event, EventWords, type_words};
pub use field_files::read_fields;
pub use flat_rows::{FlatRow, FlatRows, streams_of};
pub use format::FileFormat;
pub use input::{Input, InputPath, delimiter_name, delimiter_named};
pub use lines::read_lines;
pub use link_files::read_links;
pub use mapping::{Mapped, MappedDump, Mapping, Mappings};
pub use meaning::{ActivityView, ContactMeaning, contact_meanings};
pub use name_files::read_names;
pub use plain::{
    Holds, NotPlain, PlainActivities, PlainCell, PlainContacts, PlainError, PlainFile, PlainForm,
};
pub use projection::Projection;
pub use segment_files::read_segments;
pub use survey::survey;
pub use unpack::{Codec, Packing, encoding_named};
