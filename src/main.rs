//! The `segkit` program: see the library's `cli` room.

use clap::Parser;
use segkit::cli::{self, Cli, Status};
use std::process::ExitCode;

fn main() -> ExitCode {
    let status = cli::run(Cli::parse()).unwrap_or_else(|error| {
        if cli::closed_pipe(&error) {
            return Status::Fine;
        }
        cli::complain(&error);
        Status::Failed
    });
    status.into()
}
