//! Where a list goes: it appears whole or not at all.
//!
//! A run that fails half-way must leave nothing behind, so a file is written without a name, or
//! under a hidden one, beside its place and gets its name at the end; standard output gets nothing
//! before the run has succeeded. A [`Sink`] is one such place, a [`List`] one or, where a list is
//! split, several.

mod list;
mod packer;
mod pending;

pub use list::{List, Settled, is_part_of};

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
        Self::file_of(target, Means::ALONE)
    }

    /// The same, for one of several.
    fn file_of(target: &Path, means: Means) -> io::Result<Self> {
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
        let body = Body::Pending(means.pending(folder_of(&target))?);
        let writer = Packer::new(codec, means.gathered, body)?;
        Ok(Self { writer, place: Place::File(target) })
    }

    fn spooled(codec: Option<Codec>, place: Place) -> io::Result<Self> {
        let spool = Body::Spool(SpooledTempFile::new(IN_MEMORY));
        Ok(Self { writer: Packer::new(codec, packer::GATHERED, spool)?, place })
    }

    /// Makes the list appear.
    ///
    /// # Errors
    /// Writing the last of it, or giving it its name, failed.
    pub fn commit(self, standard_output: &mut dyn Write) -> io::Result<()> {
        self.settle()?.appear(standard_output)
    }

    /// Brings the last of it to the disk.
    fn settle(self) -> io::Result<SettledSink> {
        let body = match self.writer.finish()? {
            Body::Pending(file) => SettledBody::File(file.settle()?),
            Body::Spool(spool) => SettledBody::Spool(spool),
        };
        Ok(SettledSink { body, place: self.place })
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

/// A sink that only has to appear.
#[derive(Debug)]
struct SettledSink {
    body: SettledBody,
    place: Place,
}

#[derive(Debug)]
enum SettledBody {
    Spool(SpooledTempFile),
    File(pending::Settled),
}

impl SettledSink {
    fn appear(self, standard_output: &mut dyn Write) -> io::Result<()> {
        match (self.body, self.place) {
            (SettledBody::File(file), Place::File(target)) => file.appear(&target),
            (SettledBody::Spool(spool), Place::Special(target)) => {
                // Behind what is there: `-o /dev/fd/3` may be a file that others write to as well.
                let mut out = std::fs::OpenOptions::new().append(true).open(target)?;
                pour(spool, &mut out)
            }
            (SettledBody::Spool(spool), _) => pour(spool, standard_output),
            (SettledBody::File(_), _) => Ok(()),
        }
    }
}

/// What a list may take while it is written.
#[derive(Debug, Clone, Copy)]
struct Means {
    /// Files that it may keep open. Beyond, they get hidden names while they wait: a program may have
    /// no more than about a thousand files open.
    open: usize,
    /// Bytes that it gathers before it writes them.
    gathered: usize,
}

impl Means {
    /// Those of a list that is alone.
    const ALONE: Self = Self { open: 200, gathered: packer::GATHERED };

    /// Those of one of so many lists that are written at the same time.
    fn of_one_of(lists: usize) -> Self {
        let share = |all: usize| all / lists.max(1);
        Self {
            open: share(Self::ALONE.open),
            gathered: share(64 << 20).clamp(8 << 10, packer::GATHERED),
        }
    }

    /// The first file of a list.
    fn pending(self, folder: &Path) -> io::Result<Pending> {
        if self.open > 0 { Pending::in_folder(folder) } else { Pending::shut(folder) }
    }

    /// One more, where so many were finished.
    fn next(self, folder: &Path, finished: usize) -> io::Result<Pending> {
        match finished + 1 {
            more if more < self.open => Pending::in_folder(folder),
            _ if self.open > 0 => Pending::hidden(folder),
            _ => Pending::shut(folder),
        }
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
pub fn folder_of(target: &Path) -> &Path {
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
