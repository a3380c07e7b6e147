//! A file that isn't there yet.
//!
//! On Linux it has no name while it is being written, so that nothing at all is left of it when the
//! program is killed, whichever signal does it. Elsewhere, on file systems that don't know such
//! files, and where more of them would have to be open than a program may have, it has a hidden
//! name beside its place, `.segkit-…`, which goes with it unless the program is killed.

use super::folder_of;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use tempfile::{NamedTempFile, TempPath};

/// A file while it is being written.
#[derive(Debug)]
pub(super) enum Pending {
    #[cfg(target_os = "linux")]
    Unnamed(File),
    Hidden(NamedTempFile),
    /// A hidden one that is open only while something is added to it.
    Shut(TempPath),
}

/// A file that is written to its end, but not there yet.
#[derive(Debug)]
pub(super) enum Settled {
    #[cfg(target_os = "linux")]
    Unnamed(File),
    /// Closed.
    Hidden(TempPath),
}

/// What hidden names begin with.
const HIDDEN: &str = ".segkit-";

impl Pending {
    /// A file without a name, for a place in `folder`.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        // Said of the folder, not of the temporary file, whose name nobody knows.
        std::fs::metadata(folder)?;
        #[cfg(target_os = "linux")]
        if let Some(file) = unnamed::open(folder) {
            return Ok(Self::Unnamed(file));
        }
        Self::hidden(folder)
    }

    /// A file with a hidden name. Once it is settled it keeps nothing open.
    pub fn hidden(folder: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(HIDDEN);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self::Hidden(builder.tempfile_in(folder)?))
    }

    /// A file with a hidden name that is never kept open.
    pub fn shut(folder: &Path) -> io::Result<Self> {
        match Self::hidden(folder)? {
            Self::Hidden(file) => Ok(Self::Shut(file.into_temp_path())),
            other => Ok(other),
        }
    }

    /// Brings what was written to the disk.
    pub fn settle(self) -> io::Result<Settled> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) => {
                file.sync_all()?;
                Ok(Settled::Unnamed(file))
            }
            Self::Hidden(file) => {
                file.as_file().sync_all()?;
                Ok(Settled::Hidden(file.into_temp_path()))
            }
            Self::Shut(path) => {
                appended(&path)?.sync_all()?;
                Ok(Settled::Hidden(path))
            }
        }
    }
}

/// Opens a file to write behind what it holds.
fn appended(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(path)
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) => file.write(bytes),
            Self::Hidden(file) => file.write(bytes),
            Self::Shut(path) => appended(path)?.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Settled {
    /// Puts the file in its place, with the permissions of the one it replaces.
    pub fn appear(self, target: &Path) -> io::Result<()> {
        let permissions = std::fs::metadata(target).ok().map(|metadata| metadata.permissions());
        match self {
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) => {
                permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
                unnamed::appear(&file, target)
            }
            Self::Hidden(path) => {
                permissions
                    .map_or(Ok(()), |permissions| std::fs::set_permissions(&path, permissions))?;
                path.persist(target).map_err(|error| error.error)
            }
        }
    }
}

/// Files without a name.
#[cfg(target_os = "linux")]
mod unnamed {
    use super::{HIDDEN, folder_of};
    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open as open_at};
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::{Path, PathBuf};

    /// The name under which a file without one can be found by its own process.
    fn found_at(file: &File) -> PathBuf {
        PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()))
    }

    /// A file without a name, where the file system knows such files and they can be named later.
    pub fn open(folder: &Path) -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let file = File::from(open_at(folder, flags, Mode::from_raw_mode(0o666)).ok()?);
        found_at(&file).exists().then_some(file)
    }

    /// Gives the file its name. A file that is there already can only be replaced by one that has a
    /// name, so there it gets a hidden one first.
    pub fn appear(file: &File, target: &Path) -> io::Result<()> {
        let link = |path: &Path| {
            linkat(CWD, found_at(file), CWD, path, AtFlags::SYMLINK_FOLLOW).map_err(io::Error::from)
        };
        match link(target) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let mut builder = tempfile::Builder::new();
                let hidden = builder.prefix(HIDDEN).make_in(folder_of(target), link)?;
                hidden.into_temp_path().persist(target).map_err(|error| error.error)
            }
            linked => linked,
        }
    }
}
