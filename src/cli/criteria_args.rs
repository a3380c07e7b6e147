//! The flags and the reading of criteria files.

use super::Clock;
use crate::account::Account;
use crate::dialect::{Context, Dialect};
use crate::finding::Levels;
use crate::lint;
use crate::report::Checked;
use crate::source::SourceFile;
use anyhow::{Context as _, bail};
use clap::Args;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Criteria are written by people and small; a larger file is another one by mistake, and would be
/// held in memory several times over.
const LARGEST: u64 = 64 << 20;

/// `--dialect`.
#[derive(Debug, Clone, Args)]
pub struct DialectArgs {
    /// The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el)
    /// [default: told by their shape]
    #[arg(long, value_name = "NAME")]
    pub dialect: Option<Dialect>,
}

impl DialectArgs {
    /// Reads a criteria file; `-` is standard input. What is wrong with the criteria is in the
    /// reading.
    ///
    /// # Errors
    ///
    /// See [`read_source`].
    pub fn read(&self, path: &Path, account: &Account, clock: Clock) -> anyhow::Result<Checked> {
        let file = read_source(path)?;
        let reading = crate::dialect::read(&file, &self.context(account, clock));
        Ok(Checked { file, reading })
    }

    /// Like [`DialectArgs::read`], and says as well what is probably not meant.
    ///
    /// # Errors
    ///
    /// See [`read_source`].
    pub fn check(
        &self,
        path: &Path,
        account: &Account,
        clock: Clock,
        levels: &Levels,
    ) -> anyhow::Result<Checked> {
        let file = read_source(path)?;
        let reading = lint::check(&file, &self.context(account, clock), levels);
        Ok(Checked { file, reading })
    }

    /// What a reader may know besides the file.
    pub fn context<'a>(&self, account: &'a Account, clock: Clock) -> Context<'a> {
        Context { account, as_of: clock.as_of, zone: clock.zone, dialect: self.dialect }
    }
}

/// Reads a text file whole; `-` is standard input.
///
/// # Errors
///
/// A file that can't be read, a directory, or more than 64 MiB.
pub fn read_source(path: &Path) -> anyhow::Result<SourceFile> {
    if path.as_os_str() == "-" {
        let bytes = read_all(io::stdin().lock()).context("standard input can't be read")?;
        return Ok(SourceFile::new("<stdin>", bytes));
    }
    let name = path.display().to_string();
    let bytes = read_file(path).with_context(|| format!("{name} can't be read"))?;
    Ok(SourceFile::new(name, bytes))
}

fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        bail!("it is a directory");
    }
    refuse_larger(metadata.len())?;
    read_all(file)
}

fn read_all(from: impl Read) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than is allowed tells a file that is too large from one that just fits.
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    refuse_larger(bytes.len() as u64)?;
    Ok(bytes)
}

fn refuse_larger(length: u64) -> anyhow::Result<()> {
    if length > LARGEST {
        bail!("it is larger than 64 MiB; criteria files are far smaller, is this a dump?");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_refused_without_being_held() {
        let error = read_all(io::repeat(b' ')).unwrap_err();
        assert!(error.to_string().contains("64 MiB"));
        assert_eq!(read_all(&b"{}"[..]).unwrap(), b"{}");
    }
}
