//! `segkit lsp`: the language server over standard input and output, with what the flags say of the
//! account.

use super::{AccountArgs, DialectArgs, LevelArgs, LookupArgs, Status, TimeArgs};
use crate::account::Account;
use crate::dump::InputPath;
use crate::finding::Levels;
use crate::lsp::{Ending, LoadError, Settings, SettingsSource, serve};
use anyhow::{Context as _, bail};
use clap::Args;
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

    #[command(flatten)]
    lookups: LookupArgs,
}

/// Runs the command.
pub(super) fn run(args: &LspArgs) -> anyhow::Result<Status> {
    let inputs = args.account.inputs().chain(args.lookups.inputs());
    if inputs.clone().any(|input| input.is_stdin()) {
        bail!("standard input is the editor's: no file can be read from it");
    }
    let files = inputs.filter_map(|input| match &input.path {
        InputPath::File(path) => Some(path.clone()),
        InputPath::Stdin => None,
    });
    let mut flags = Flags { args, levels: args.levels.levels()?, files: files.collect() };
    let input = BufReader::new(io::stdin());
    let ending =
        serve(input, &mut io::stdout().lock(), &mut flags).context("the editor is gone")?;
    // The protocol's own exit status.
    Ok(match ending {
        Ending::InOrder => Status::Fine,
        Ending::Abrupt => Status::Findings,
    })
}

/// The settings that the flags make.
struct Flags<'a> {
    args: &'a LspArgs,
    levels: Levels,
    files: Vec<PathBuf>,
}

impl SettingsSource for Flags<'_> {
    fn load(&mut self) -> Result<Settings, LoadError> {
        let mut account = self.args.account.read()?;
        self.args.lookups.read_into(&mut account)?;
        Ok(Settings { account, ..self.without_files() })
    }

    fn without_files(&self) -> Settings {
        let zone = self.args.time.timezone;
        Settings {
            account: Account::default(),
            as_of: self.args.time.as_of.map(|as_of| as_of.instant(zone)),
            zone,
            dialect: self.args.dialect.dialect,
            levels: self.levels.clone(),
        }
    }

    fn files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }
}
