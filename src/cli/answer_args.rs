//! Where an answer goes: the flags of commands that write one text, not a list of members.

use super::{Output, TargetArgs};
use crate::output::sink::List;
use anstream::StripStream;
use anyhow::Context as _;
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;

/// `--output` and `--quiet`.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct AnswerArgs {
    /// Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst
    #[arg(long, short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// No summary on standard error; warnings stay
    #[arg(long, short = 'q')]
    pub quiet: bool,
}

/// The place of an answer, opened before the work begins.
pub struct Answer {
    list: List,
    target: TargetArgs,
}

impl AnswerArgs {
    /// The same as the flags of lists have it.
    pub fn target(&self) -> TargetArgs {
        TargetArgs { output: self.output.clone(), split: None, quiet: self.quiet }
    }

    /// True when people read the answer as it is written.
    pub fn is_terminal(&self, output: &Output) -> bool {
        self.output.is_none() && output.is_terminal()
    }
}

impl Answer {
    /// Opens the place.
    ///
    /// # Errors
    ///
    /// It can't be written to.
    pub fn open(args: &AnswerArgs) -> anyhow::Result<Self> {
        let target = args.target();
        Ok(Self { list: target.list(1)?, target })
    }

    /// Like [`Answer::write`] for text with styles, which go to who wants them on standard output and
    /// never into a file.
    ///
    /// # Errors
    ///
    /// Writing failed.
    pub fn write_styled(
        self,
        output: &Output,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        if self.target.output.is_none() {
            return output.styled(write);
        }
        self.write(output, |out| {
            let mut plain = StripStream::new(Vec::new());
            write(&mut plain)?;
            out.write_all(&plain.into_inner())
        })
    }

    /// Writes the answer and makes it appear.
    ///
    /// # Errors
    ///
    /// That failed.
    pub fn write(
        mut self,
        output: &Output,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        write(&mut self.list).context("the answer can't be written")?;
        let settled = self.target.settle(self.list)?;
        self.target.appear(settled, output)?;
        Ok(())
    }
}
