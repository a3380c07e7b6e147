//! How far the calculation of a segment is, for other processes to see while it runs.
//!
//! In `.segkit/` each segment that is ever calculated has a file whose lock, the operating system's, is
//! held as long as a process calculates it, however that ends; beside it, one that says how many of a
//! hundred parts are done. What stands in that is worth something only while the other is locked.

use super::error::CatalogError;
use super::file_name::safe_id;
use super::lock::{PRIVATE, locked_within, private_folder};
use std::cell::{Cell, RefCell};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Who looks whether a segment is being calculated holds its lock for a moment.
const MOMENT: Duration = Duration::from_secs(1);

/// A calculation that is running.
#[derive(Debug)]
pub struct Calculation {
    running: File,
    percent: RefCell<File>,
    shown: Cell<u8>,
}

impl Calculation {
    /// Begins the calculation of a segment.
    ///
    /// # Errors
    ///
    /// Another process is at it, or the folder can't be written to.
    pub fn begin(folder: &Path, id: &str) -> Result<Self, CatalogError> {
        private_folder(folder)?;
        let [running, percent] = paths(folder, id);
        let open = |path: &PathBuf| {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
            file.map_err(CatalogError::io(path))
        };
        let file = open(&running)?;
        let file = match file.try_lock() {
            Ok(()) => file,
            Err(TryLockError::WouldBlock) => match locked_within(file, File::lock, MOMENT) {
                Some(locked) => locked.map_err(CatalogError::io(running))?,
                None => {
                    let (folder, id) = (folder.to_owned(), id.to_owned());
                    return Err(CatalogError::Calculating { folder, id });
                }
            },
            Err(TryLockError::Error(error)) => return Err(CatalogError::io(running)(error)),
        };
        let percent = RefCell::new(open(&percent)?);
        let calculation = Self { running: file, percent, shown: Cell::new(u8::MAX) };
        calculation.at(0);
        Ok(calculation)
    }

    /// So much of a hundred is done. That it can't be written down doesn't hinder the calculation.
    pub fn at(&self, percent: u8) {
        if self.shown.replace(percent) == percent {
            return;
        }
        let mut file = self.percent.borrow_mut();
        // The same length always, so that no reader finds a part of a number.
        let _ = file.rewind().and_then(|()| write!(file, "{percent:3}"));
    }
}

impl Drop for Calculation {
    /// Closing the file isn't enough where a program is just being started: it has the file too, until
    /// it is another program.
    fn drop(&mut self) {
        let _ = self.running.unlock();
    }
}

/// How much of a hundred is done of a segment's calculation; `None` where no process is at it.
pub fn percent(folder: &Path, id: &str) -> Option<u8> {
    let [running, percent] = paths(folder, id);
    let file = File::open(running).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {
            let text = fs::read_to_string(percent).unwrap_or_default();
            Some(text.trim().parse().unwrap_or(0))
        }
        Ok(()) | Err(TryLockError::Error(_)) => None,
    }
}

fn paths(folder: &Path, id: &str) -> [PathBuf; 2] {
    let file = |end: &str| folder.join(PRIVATE).join(format!("{}.{end}", safe_id(id)));
    [file("calculating"), file("percent")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seen_while_it_runs_and_no_longer() {
        let folder = tempfile::tempdir().unwrap();
        let at = |id: &str| percent(folder.path(), id);
        assert_eq!(at("a"), None);
        let running = Calculation::begin(folder.path(), "a").unwrap();
        assert_eq!((at("a"), at("b")), (Some(0), None));
        for percent in [7, 100, 68] {
            running.at(percent);
            assert_eq!(at("a"), Some(percent));
        }
        let second = Calculation::begin(folder.path(), "a").unwrap_err().to_string();
        assert!(second.contains("a is being calculated by another process"), "{second}");
        drop(running);
        assert_eq!(at("a"), None);
        Calculation::begin(folder.path(), "a").unwrap();
    }
}
