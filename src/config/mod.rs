//! Settings: what a run knows of the account, the clock and the weights of findings, from flags, from
//! a `segkit.toml`, or by default (`docs/config.md`).
//!
//! A [`Layer`] holds what one of these says; [`ConfigFile`] is the layer of a file, with what it says
//! of some criteria files only. [`Settings`] lays the flags over the file and remembers where each
//! value came from; [`Resolved`] has the files that they name, and `load` reads them. How flags are spelled is the command
//! line's affair; what an editor or another program wants is here.

mod error;
mod file;
mod keys;
mod layer;
mod load;
mod per_file;
mod reading;
mod resolve;
mod settings;
mod sourced;
mod sql;
mod threads;
mod toml_file;
mod toml_settings;

pub use error::ConfigError;
pub use file::{ConfigFile, NAME};
pub use keys::{Files, KEYS, Key, KeyRow, SqlKey};
pub use layer::{Layer, LevelRow};
pub use load::{LoadError, Loaded};
pub use per_file::PerFile;
pub use reading::{Reading, Unmapped};
pub use resolve::Resolved;
pub use settings::{Clock, Row, Settings};
pub use sourced::{Origin, Sourced};
pub use sql::SqlSettings;
pub use threads::threads_named;
pub use toml_file::{Entry, TomlFile, entries};
