//! Where a list goes: it appears whole or not at all.
//!
//! A run that fails half-way must leave nothing behind, so a file is written without a name, or
//! under a hidden one, beside its place and gets its name at the end; standard output gets nothing
//! before the run has succeeded. A [`Sink`] is one such place, a [`List`] one or, where a list is
//! split, several.

mod list;
mod packer;
mod pending;

pub use list::{List, is_part_of};

use crate::dump::Codec;
use packer::Packer;
use pending::Pending;
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::SpooledTempFile;

/// Bytes that are held in memory before standard output's share goes to a temporary file.
const IN_MEMORY: usize = 8 << 20;

/// The place of a list while it is being written.
#[derive(Debug)]
pub struct Sink {
    writer: Packer<Body>,
    place: Place,
}

/// Where a list ends up.
#[derive(Debug)]
enum Place {
    /// Standard output.
    Standard,
    /// Something that is no regular file: a pipe with a name, a device. It can't be replaced, so it
    /// is written to at the end.
    Special(PathBuf),
    /// A file.
    File(PathBuf),
}

/// What holds a list until then.
#[derive(Debug)]
enum Body {
    Spool(SpooledTempFile),
    Pending(Pending),
}

impl Sink {
    /// A place for standard output.
    pub fn standard() -> Self {
        let spool = Body::Spool(SpooledTempFile::new(IN_MEMORY));
        Self { writer: Packer::plain(spool), place: Place::Standard }
    }

    /// A place for a file, which is packed if its name ends with `.gz` or `.zst`. The names of
    /// standard output, `-` among them, mean that.
    ///
    /// # Errors
    /// The folder isn't there or can't be written to, or the target is a folder.
    pub fn file(target: &Path) -> io::Result<Self> {
        if is_standard(target) {
            return Ok(Self::standard());
        }
        if target.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory"));
        }
        let codec = packer::codec_of(target);
        if is_special(target) {
            return Self::spooled(codec, Place::Special(target.to_path_buf()));
        }
        // A link stays one: what it leads to is what is written.
        let target = target.canonicalize().unwrap_or_else(|_| target.to_path_buf());
        let body = Body::Pending(Pending::in_folder(folder_of(&target))?);
        Ok(Self { writer: Packer::new(codec, body)?, place: Place::File(target) })
    }

    fn spooled(codec: Option<Codec>, place: Place) -> io::Result<Self> {
        let spool = Body::Spool(SpooledTempFile::new(IN_MEMORY));
        Ok(Self { writer: Packer::new(codec, spool)?, place })
    }

    /// Makes the list appear.
    ///
    /// # Errors
    /// Writing the last of it, or giving it its name, failed.
    pub fn commit(self, standard_output: &mut dyn Write) -> io::Result<()> {
        match (self.writer.finish()?, self.place) {
            (Body::Pending(file), Place::File(target)) => file.settle()?.appear(&target),
            (Body::Spool(spool), Place::Special(target)) => {
                // Behind what is there: `-o /dev/fd/3` may be a file that others write to as well.
                let mut out = std::fs::OpenOptions::new().append(true).open(target)?;
                pour(spool, &mut out)
            }
            (Body::Spool(spool), _) => pour(spool, standard_output),
            (Body::Pending(file), _) => file.settle().map(drop),
        }
    }

    /// What a fault in writing is about.
    fn told(&self, error: io::Error) -> io::Error {
        let place = match &self.place {
            Place::File(target) => target.display().to_string(),
            Place::Standard | Place::Special(_) => {
                format!("a temporary file in {}", std::env::temp_dir().display())
            }
        };
        io::Error::new(error.kind(), format!("{place}: {error}"))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes).map_err(|error| self.told(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush().map_err(|error| self.told(error))
    }
}

impl Write for Body {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Spool(spool) => spool.write(bytes),
            Self::Pending(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Spool(spool) => spool.flush(),
            Self::Pending(file) => file.flush(),
        }
    }
}

/// True for the names of standard output. What a shell has sent it to must not be replaced by a
/// file of that name, nor be written to from its beginning.
fn is_standard(target: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
        .iter()
        .any(|name| target == Path::new(name))
}

/// True for what can't be replaced by a file: pipes, devices, and what the shell has opened, which is
/// where it has sent it, be that a file.
fn is_special(target: &Path) -> bool {
    let opened = ["/dev/fd", "/dev/stderr", "/proc"].iter().any(|name| target.starts_with(name));
    opened || std::fs::metadata(target).is_ok_and(|metadata| !metadata.is_file())
}

/// The folder that a file is in.
fn folder_of(target: &Path) -> &Path {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Hands on what a spool holds.
fn pour(mut spool: SpooledTempFile, out: &mut dyn Write) -> io::Result<()> {
    spool.seek(SeekFrom::Start(0))?;
    io::copy(&mut BufReader::with_capacity(64 << 10, spool), out)?;
    out.flush()
}

#[cfg(test)]
mod tests;
