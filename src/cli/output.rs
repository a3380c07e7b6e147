//! Where results go.

use super::ColorWhen;
use anstream::AutoStream;
use anyhow::Context as _;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Standard output and standard error as `--color` wants them.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    color: ColorWhen,
}

impl Output {
    /// Output coloured as asked for.
    pub fn new(color: ColorWhen) -> Self {
        Self { color }
    }

    /// True when people read standard output as it is written.
    pub fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Hands standard output to `write` and flushes it, so that what could not be written is an
    /// error here and not lost. Styles are taken out unless they are wanted.
    ///
    /// # Errors
    ///
    /// Whatever `write` or standard output say.
    pub fn styled(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let stream = AutoStream::new(io::stdout().lock(), self.color.into());
        through(stream, write).context("standard output can't be written to")
    }

    /// Like [`Output::styled`] for data, which is written as it is.
    ///
    /// # Errors
    ///
    /// Whatever `write` or standard output say.
    pub fn plain(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        through(io::stdout().lock(), write).context("standard output can't be written to")
    }

    /// Like [`Output::styled`], to standard error. Where nobody reads that, the command goes on: its
    /// exit status still has something to say.
    ///
    /// # Errors
    ///
    /// Whatever `write` or standard error say, a closed pipe apart.
    pub fn error(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let stream = AutoStream::new(io::stderr().lock(), self.color.into());
        match through(stream, write) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.context("standard error can't be written to"),
        }
    }
}

fn through(
    stream: impl Write,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(64 * 1024, stream);
    write(&mut buffered)?;
    buffered.flush()
}
