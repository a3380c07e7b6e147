//! `segkit man`: the manual pages, one a command. They carry no date, so that the same program
//! always writes the same pages.

use super::Status;
use anyhow::Context as _;
use clap::Args;
use std::path::{Path, PathBuf};
use std::{fs, io};

const EXAMPLES: &str = "\
Examples:
  segkit man ~/.local/share/man/man1";

/// The flags of `man`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ManArgs {
    /// Where to write segkit.1, segkit-validate.1, …; made where it isn't there
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &ManArgs) -> anyhow::Result<Status> {
    let mut segkit = super::command();
    segkit.build();
    let written =
        fs::create_dir_all(&args.directory).and_then(|()| pages(&segkit, &args.directory));
    written.with_context(|| format!("{} can't be written to", args.directory.display()))?;
    Ok(Status::Fine)
}

/// The page of a command, and those of its subcommands.
fn pages(command: &clap::Command, directory: &Path) -> io::Result<()> {
    command.get_subcommands().try_for_each(|command| pages(command, directory))?;
    page(command, directory)
}

fn page(command: &clap::Command, directory: &Path) -> io::Result<()> {
    let page = clap_mangen::Man::new(command.clone())
        .source(concat!("segkit ", env!("CARGO_PKG_VERSION")))
        .manual("Segkit Manual");
    page.generate_to(directory).map(drop)
}
