//! `segkit lsp`: the language server over standard input and output, with what flags and `segkit.toml`
//! say.

use super::{AccountArgs, ConfigArgs, DialectArgs, LevelArgs, Status, TimeArgs};
use crate::account::Account;
use crate::config::{self, Layer};
use crate::dump::InputPath;
use crate::lsp::{Ending, LoadError, Settings, SettingsSource, serve};
use anyhow::{Context as _, bail};
use clap::Args;
use std::collections::BTreeSet;
use std::io::{self, BufReader};
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Serve an editor: problems as they are typed, what words mean, what may come next, quick fixes

This is a language server. It speaks the Language Server Protocol 3.17 over standard input and output
and is started by the editor. JSON files that are no criteria it leaves alone, unless their names end
with .segment.json, .segments.json, .segment.jsonl or .segments.jsonl, or the editor calls their
language `segkit`.";

const EXAMPLES: &str = "\
Examples:
  segkit lsp
  segkit lsp --fields customfields.json --campaigns campaigns.json --timezone Europe/Berlin

The files are read again when they change.

Exit status: 0 when the editor says goodbye as the protocol wants it, 1 when it just leaves.";

/// The flags of `lsp`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct LspArgs {
    /// Speak over standard input and output; that is the only way there is, but some editors say so
    #[arg(long)]
    stdio: bool,

    #[command(flatten)]
    levels: LevelArgs,

    #[command(flatten)]
    dialect: DialectArgs,

    #[command(flatten)]
    time: TimeArgs,

    #[command(flatten)]
    account: AccountArgs,
}

/// Runs the command.
pub(super) fn run(args: &LspArgs, config: &ConfigArgs) -> anyhow::Result<Status> {
    let mut flags = Layer::default();
    args.levels.give(&mut flags);
    args.dialect.give(&mut flags);
    args.time.give(&mut flags);
    args.account.give(&mut flags);
    let flags_only = config::Settings::new(flags.clone(), None)?;
    if flags_only.account_inputs().any(|input| input.is_stdin()) {
        bail!("standard input is the editor's: no file can be read from it");
    }
    let mut source = FlagsAndFile { flags, flags_only, config, files: Vec::new() };
    let input = BufReader::new(io::stdin());
    let ending =
        serve(input, &mut io::stdout().lock(), &mut source).context("the editor is gone")?;
    // The protocol's own exit status.
    Ok(match ending {
        Ending::InOrder => Status::Fine,
        Ending::Abrupt => Status::Findings,
    })
}

/// The settings that the flags make, over those of a `segkit.toml`.
struct FlagsAndFile<'a> {
    flags: Layer,
    flags_only: config::Settings,
    config: &'a ConfigArgs,
    files: Vec<PathBuf>,
}

impl SettingsSource for FlagsAndFile<'_> {
    fn load(&mut self) -> Result<Settings, LoadError> {
        let config = self.config.settings(self.flags.clone())?;
        let resolved = config.resolve();
        // A folder changes when a file comes into it, so it is looked at with its files.
        let inputs = config.account_inputs().chain(resolved.account_inputs());
        let files = inputs.filter_map(|input| match &input.path {
            InputPath::File(path) => Some(path.clone()),
            InputPath::Stdin | InputPath::Text { .. } => None,
        });
        let files: BTreeSet<PathBuf> = files.chain(config.file().cloned()).collect();
        self.files = files.into_iter().collect();
        let account = resolved.account_with_dumps()?.account;
        Ok(Settings { account, config })
    }

    fn without_files(&self) -> Settings {
        Settings { account: Account::default(), config: self.flags_only.clone() }
    }

    fn files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }
}
