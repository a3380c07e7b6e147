//! Where a list goes: it appears whole or not at all.
//!
//! A run that fails half-way must leave nothing behind, so a file is written beside its place and
//! renamed at the end, and standard output gets nothing before the run has succeeded.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, SpooledTempFile};

/// Bytes that are held in memory before standard output's share goes to a temporary file.
const IN_MEMORY: usize = 8 << 20;

/// The place of a list while it is being written.
#[derive(Debug)]
pub enum Sink {
    /// For standard output.
    Standard(BufWriter<SpooledTempFile>),
    /// For something that is no regular file: a pipe with a name, a device. It can't be renamed
    /// into place, so it is written to at the end.
    Special {
        /// Holds the list until then.
        spool: BufWriter<SpooledTempFile>,
        /// Where it goes.
        target: PathBuf,
    },
    /// For a file.
    File {
        /// Where it is being written.
        writer: BufWriter<NamedTempFile>,
        /// Where it will be.
        target: PathBuf,
    },
}

impl Sink {
    /// A place for standard output.
    pub fn standard() -> Self {
        Self::Standard(BufWriter::new(SpooledTempFile::new(IN_MEMORY)))
    }

    /// A place for a file.
    ///
    /// # Errors
    /// The folder isn't there or can't be written to, or the target is a folder.
    pub fn file(target: &Path) -> io::Result<Self> {
        if target.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory"));
        }
        // A link stays one: what it leads to is what is written.
        let target = &target.canonicalize().unwrap_or_else(|_| target.to_path_buf());
        if std::fs::metadata(target).is_ok_and(|metadata| !metadata.is_file()) {
            let spool = BufWriter::new(SpooledTempFile::new(IN_MEMORY));
            return Ok(Self::Special { spool, target: target.clone() });
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        // Said of the folder, not of the temporary file, whose name nobody knows.
        std::fs::metadata(folder)?;
        let file = tempfile::Builder::new().prefix(".segkit-").tempfile_in(folder)?;
        Ok(Self::File { writer: BufWriter::new(file), target: target.to_path_buf() })
    }

    /// Makes the list appear.
    ///
    /// # Errors
    /// Writing the last of it, or renaming, failed.
    pub fn commit(self, standard_output: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Standard(spool) => pour(spool, standard_output),
            Self::Special { spool, target } => {
                let mut out = std::fs::OpenOptions::new().write(true).open(target)?;
                pour(spool, &mut out)
            }
            Self::File { writer, target } => {
                let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
                share_as_usual(file.path(), &target)?;
                file.as_file().sync_all()?;
                file.persist(&target).map_err(|error| error.error)?;
                Ok(())
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(writer) | Self::Special { spool: writer, .. } => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(writer) | Self::Special { spool: writer, .. } => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

/// Hands on what a spool holds.
fn pour(spool: BufWriter<SpooledTempFile>, out: &mut dyn Write) -> io::Result<()> {
    let mut spool = spool.into_inner().map_err(io::IntoInnerError::into_error)?;
    spool.seek(SeekFrom::Start(0))?;
    io::copy(&mut spool, out)?;
    out.flush()
}

/// Gives a temporary file, which is private, the permissions of the file it replaces, or those of
/// any new file.
#[cfg(unix)]
fn share_as_usual(temporary: &Path, target: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = match std::fs::metadata(target) {
        Ok(metadata) => metadata.permissions(),
        Err(_) => {
            // The umask can be read only by setting it; a new file shows it without that.
            let folder = temporary.parent().unwrap_or(Path::new("."));
            let probe = tempfile::Builder::new().prefix(".segkit-").make_in(folder, |path| {
                std::fs::OpenOptions::new().write(true).create_new(true).open(path)
            })?;
            probe.as_file().metadata()?.permissions()
        }
    };
    let mode = std::fs::Permissions::from_mode(permissions.mode() & 0o777);
    std::fs::set_permissions(temporary, mode)
}

#[cfg(not(unix))]
fn share_as_usual(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_only_when_committed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("list.csv");
        let mut sink = Sink::file(&target).unwrap();
        writeln!(sink, "email").unwrap();
        assert!(!target.exists());
        sink.commit(&mut io::sink()).unwrap();
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "email\n");
        let dropped = Sink::file(&folder.path().join("other.csv")).unwrap();
        drop(dropped);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
        std::fs::write(&file, "before").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        for target in [link.as_path(), Path::new("/dev/null")] {
            let mut sink = Sink::file(target).unwrap();
            writeln!(sink, "after").unwrap();
            sink.commit(&mut io::sink()).unwrap();
            let kind = std::fs::symlink_metadata(target).unwrap().file_type();
            assert!(!kind.is_file(), "{}", target.display());
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "after\n");
    }

    #[test]
    fn standard_output_waits() {
        let mut sink = Sink::standard();
        writeln!(sink, "1").unwrap();
        let mut out = Vec::new();
        sink.commit(&mut out).unwrap();
        assert_eq!(out, b"1\n");
    }
}
