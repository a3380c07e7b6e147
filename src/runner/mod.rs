//! Segments on an engine of somebody else's (`docs/sql.md`, "Running it"): the [statement](crate::sql)
//! is given to the engine's own program, and its answer is read back row by row.
//!
//! | file | holds |
//! |---|---|
//! | `engine` | which program an engine has, what is fed to it, how it reads files: one small file each |
//! | `needs` | the columns of the contacts that segments ask for |
//! | `tables` | files as the tables `contacts` and `activities` of a statement |
//! | `paths` | paths that the engine opens by itself, as tables |
//! | `job` | the statement around all that |
//! | `program` | finding the program, and what to say where it isn't there |
//! | `process` | running it, and ending it |
//! | `connection` | connection strings, and the secrets in them |
//! | `answer` | the rows that come back |
//!
//! A file that the engine would read otherwise than the [readers](crate::dump) here do is refused: the
//! answer is the same as theirs, or there is none.

mod answer;
mod connection;
mod engine;
mod error;
mod job;
mod needs;
mod paths;
mod process;
mod program;
mod tables;

pub use answer::{Answer, Cells};
pub use engine::{Cell, Feed, Launch, Reads, Runner, runner_of};
pub use error::RunError;
pub use job::Job;
pub use needs::needs;
pub use paths::{EnginePath, path_tables};
pub use process::{Process, run};
pub use program::Program;
pub use tables::{Tables, tables};
