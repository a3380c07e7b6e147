//! `segkit completions`: scripts that complete the commands in a shell.

use super::{Output, Status};
use clap::Args;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  segkit completions bash > ~/.local/share/bash-completion/completions/segkit
  segkit completions zsh > ~/.zfunc/_segkit
  segkit completions fish > ~/.config/fish/completions/segkit.fish";

/// The flags of `completions`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Runs the command.
pub(super) fn run(args: &CompletionsArgs, output: &Output) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    // Into memory first: the generator panics where it can't write.
    clap_complete::generate(args.shell, &mut super::command(), "segkit", &mut script);
    output.plain(|out| out.write_all(&script))?;
    Ok(Status::Fine)
}
