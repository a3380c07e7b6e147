//! One writer at a time. Whoever changes a catalog holds its lock from the first look to the last
//! write. Readers need none, since every file is replaced whole; only where names change under their
//! eyes again and again do they ask writers to wait.
//!
//! The lock is the operating system's, on a file in `.segkit/`, so that it goes with the process that
//! holds it, however that ends. The file tells who that is. `.segkit/` holds a `.gitignore` of its
//! own: what stands there is of this machine and this moment.

use super::error::CatalogError;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The folder of what git must not see.
pub const PRIVATE: &str = ".segkit";

/// The right to change a catalog, for as long as it is kept.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder, which must be there, for a verb; waits so long for whoever has it.
    ///
    /// # Errors
    ///
    /// Another process had it all the time, or the folder can't be written to.
    pub fn take(folder: &Path, verb: &str, wait: Duration) -> Result<Self, CatalogError> {
        let mut file = taken(folder, EXCLUSIVE, wait)?;
        // Who waits for it reads this; that it can't be written hinders nobody.
        let _ = file.rewind().and_then(|()| {
            file.set_len(0)?;
            write!(file, "process {} (segkit catalog {verb})", std::process::id())
        });
        Ok(Self { _file: file })
    }

    /// Keeps writers away while several readers may look.
    ///
    /// # Errors
    ///
    /// See [`Lock::take`].
    pub fn shared(folder: &Path, wait: Duration) -> Result<Self, CatalogError> {
        Ok(Self { _file: taken(folder, SHARED, wait)? })
    }
}

/// A way to take a lock: at once or not at all, and in the queue.
type Way = (fn(&File) -> Result<(), TryLockError>, fn(&File) -> std::io::Result<()>);

const EXCLUSIVE: Way = (File::try_lock, File::lock);
const SHARED: Way = (File::try_lock_shared, File::lock_shared);

/// The file of the lock, once it is taken.
fn taken(folder: &Path, (at_once, queued): Way, wait: Duration) -> Result<File, CatalogError> {
    let private = private_folder(folder)?;
    let path = private.join("lock");
    let failed = || CatalogError::io(path.clone());
    let open = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
    let file = open.map_err(failed())?;
    match at_once(&file) {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(failed()(error)),
    }
    match locked_within(file, queued, wait) {
        Some(locked) => locked.map_err(failed()),
        None => Err(CatalogError::Locked {
            folder: folder.to_owned(),
            holder: holder(&path),
            waited: wait.as_secs_f64(),
        }),
    }
}

/// Waits in the queue of the operating system, which is fair where asking again and again isn't. On
/// time out the thread is left behind; the process is about to end.
pub(super) fn locked_within(
    file: File,
    queued: fn(&File) -> std::io::Result<()>,
    wait: Duration,
) -> Option<std::io::Result<File>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let locked = queued(&file).map(|()| file);
        // Nobody waits any more: the lock is let go with the file.
        let _ = send.send(locked);
    });
    receive.recv_timeout(wait).ok()
}

/// Who has the lock, as far as the file tells.
fn holder(path: &Path) -> String {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(200).read_to_string(&mut text));
    match read {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        _ => "another process".to_owned(),
    }
}

/// The folder of what git must not see, made where it isn't there.
///
/// # Errors
///
/// It can't be made.
pub fn private_folder(folder: &Path) -> Result<PathBuf, CatalogError> {
    let private = folder.join(PRIVATE);
    let ignore = private.join(".gitignore");
    if !ignore.exists() {
        fs::create_dir_all(&private).map_err(CatalogError::io(&private))?;
        fs::write(&ignore, "*\n").map_err(CatalogError::io(&ignore))?;
    }
    Ok(private)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), "update", Duration::ZERO).unwrap();
        let error = Lock::take(folder.path(), "delete", Duration::from_millis(20)).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("(segkit catalog update); tried for 0.02 s"), "{error}");
        drop(first);
        drop(Lock::take(folder.path(), "delete", Duration::from_secs(5)).unwrap());
        let reader = Lock::shared(folder.path(), Duration::ZERO).unwrap();
        assert!(Lock::shared(folder.path(), Duration::ZERO).is_ok());
        assert!(Lock::take(folder.path(), "update", Duration::ZERO).is_err());
        drop(reader);
        assert_eq!(fs::read_to_string(folder.path().join(".segkit/.gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn who_waits_gets_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), "update", Duration::ZERO).unwrap();
        thread::scope(|scope| {
            let waiting =
                scope.spawn(|| Lock::take(folder.path(), "delete", Duration::from_secs(30)));
            thread::sleep(Duration::from_millis(20));
            drop(first);
            assert!(waiting.join().unwrap().is_ok());
        });
    }
}
