//! How a command ends.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ended; of two, the greater counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Status {
    /// Done, and nothing is wrong.
    #[default]
    Fine,
    /// Done, and something is wrong with what was looked at.
    Findings,
    /// Not done, or not all of it.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Writes an error with its causes to standard error, as every command does.
pub fn complain(error: &anyhow::Error) {
    say("error", format_args!("{error:#}"));
}

/// Writes a line to standard error. Where that can't be written to there is nobody left to tell.
pub(super) fn say(word: &str, message: impl Display) {
    let line = format!("segkit: {word}: {message}\n");
    // What a file is called, or holds, must not steer the terminal.
    let line: String = line
        .chars()
        .map(|c| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// True when the reader of standard output went away, which is its good right (`| head`).
pub fn closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
