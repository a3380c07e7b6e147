//! Why an engine has no answer.

use crate::dump::PlainError;
use crate::sql::SqlError;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Nothing came of a run on an engine.
#[derive(Debug, Error)]
pub enum RunError {
    /// A file can't be left to an engine.
    #[error(transparent)]
    Plain(#[from] PlainError),
    /// The statement can't be written.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The program isn't there.
    #[error(
        "the program `{program}` isn't there, and --engine {engine} needs it: {install}; or name another with --engine-program PATH or in {variable}"
    )]
    NoProgram {
        /// What it is called, or where it was said to be.
        program: String,
        /// The engine.
        engine: &'static str,
        /// What to install.
        install: &'static str,
        /// The environment variable that names it.
        variable: String,
    },
    /// The program can't be run.
    #[error("{program} can't be run: {error}")]
    Spawn {
        /// Where it is.
        program: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The program ended with an error.
    #[error("{engine} says: {message}")]
    Engine {
        /// The engine.
        engine: &'static str,
        /// What it wrote to standard error, or how it ended.
        message: String,
    },
    /// What the program wrote can't be read.
    #[error("the answer of {engine} can't be read: {what}")]
    Answer {
        /// The engine.
        engine: &'static str,
        /// What is wrong.
        what: String,
    },
    /// A place on the way can't be read or written.
    #[error("{what}: {error}")]
    Io {
        /// Of what.
        what: &'static str,
        /// Why.
        error: io::Error,
    },
    /// The order of activities decides, and tables have none.
    #[error(
        "a rule asks for `Location`: of activities at one time the first in the files counts, and an engine knows no order; segkit's own engine does: leave --engine out"
    )]
    Location,
    /// Ids in some files only.
    #[error(
        "some of the files of activities have contact ids and some haven't, so that some are joined by id and some by address; segkit's own engine does that: leave --engine out"
    )]
    MixedKeys,
    /// Sendings without a time that the file of campaigns tells.
    #[error(
        "{0}: a sending in it without a time would be of the time of its campaign, which an engine can't be told; segkit's own engine does that: leave --engine out"
    )]
    UndatedSendings(String),
    /// Two columns that a mapping can't tell apart.
    #[error(
        "the custom fields `{0}` and `{1}` are alike, and are in different columns; segkit's own engine tells them apart: leave --engine out"
    )]
    Alike(String, String),
    /// A path that an engine would take otherwise.
    #[error(
        "{0}: an engine can't be told of a file whose name isn't UTF-8 or holds a control character or one of `*?[]{{}}`"
    )]
    Path(String),
    /// A path that an engine isn't to open by itself.
    #[error(
        "{path}: {engine} isn't left paths like this one; by itself it opens Parquet files, --engine spark CSV, JSON Lines and folders too, wherever they are"
    )]
    NotOpened {
        /// The path.
        path: String,
        /// The engine.
        engine: &'static str,
    },
    /// Activities that nobody named.
    #[error(
        "a rule asks for tracked activity, or for places, which activities tell: give the dump with --tracking"
    )]
    NoActivities,
    /// A packed file.
    #[error(
        "{0}: by its name Spark takes it for packed otherwise than it is (it reads gzip in files named .gz); unpack it, or leave --engine out"
    )]
    Packed(String),
    /// A connection string with a secret that can't be hidden.
    #[error("--connect: {0}")]
    Connect(String),
}
