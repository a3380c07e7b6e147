//! Where a list goes, from `--output` and `--split` to a place that can be written to.

use super::{Output, TargetArgs};
use crate::output::sink::{List, Settled, folder_of, is_part_of};
use crate::output::{Form, Split};
use anyhow::{Context as _, bail};
use std::io;
use std::path::{Path, PathBuf};

impl TargetArgs {
    /// Opens the place of the list, which is one of so many.
    ///
    /// # Errors
    ///
    /// It can't be written to, or can't be split.
    pub fn list(&self, lists: usize) -> anyhow::Result<List> {
        let Some(target) = self.output.as_deref() else {
            return match self.split {
                Some(_) => bail!("--split wants --output FILE: its files are named like that one"),
                None => Ok(List::whole(None)?),
            };
        };
        let list = List::one_of(lists, target, self.split.is_some());
        list.with_context(|| format!("{} can't be written", target.display()))
    }

    /// Writes the list to its end, without making it appear.
    ///
    /// # Errors
    ///
    /// It can't be.
    pub fn settle(&self, list: List) -> anyhow::Result<Settled> {
        list.settle().with_context(|| self.failed())
    }

    /// Makes the list appear, and gives the names of its parts where it is split.
    ///
    /// # Errors
    ///
    /// It can't be given its name, or standard output can't be written to.
    pub fn appear(&self, list: Settled, output: &Output) -> anyhow::Result<Vec<PathBuf>> {
        if list.is_standard() {
            output.plain(|out| list.appear(out).map(drop))?;
            return Ok(Vec::new());
        }
        list.appear(&mut io::sink()).with_context(|| self.failed())
    }

    fn failed(&self) -> String {
        let target = self.output.as_deref().map(|target| target.display().to_string());
        format!("{} can't be written", target.as_deref().unwrap_or("the list"))
    }

    /// Which files there are now, where the list was split.
    pub fn told(&self, parts: &[PathBuf]) -> Option<String> {
        let [first, .., last] = parts else { return None };
        Some(format!("{} files: {} to {}", parts.len(), first.display(), last.display()))
    }

    /// The form, cut into parts where `--split` asks for them.
    pub fn cut(&self, form: Box<dyn Form>) -> Box<dyn Form> {
        match self.split {
            Some(most) => Box::new(Split::new(form, most)),
            None => form,
        }
    }

    /// Refuses a target that is one of the files read.
    ///
    /// # Errors
    ///
    /// It is.
    pub fn refuse_inputs<'a>(&self, files: impl Iterator<Item = &'a Path>) -> anyhow::Result<()> {
        let Some(target) = self.output.as_deref() else { return Ok(()) };
        for file in files {
            if same_file(file, target) {
                bail!("{}: is an input; it can't be written to as well", target.display());
            }
            if self.split.is_some() && is_part_of(target, file) {
                bail!(
                    "{}: is an input, and is called like a part of {}; it can't be written to as well",
                    file.display(),
                    target.display()
                );
            }
        }
        Ok(())
    }

    /// True for a file that the list, or a part of it, is or may be written to.
    pub fn writes(&self, path: &Path) -> bool {
        let Some(target) = self.output.as_deref() else { return false };
        let part = self.split.is_some() && is_part_of(target, path);
        part || target == path || same_place(target, path) || same_file(target, path)
    }
}

/// True for two names of one place, whether there is a file or not.
fn same_place(a: &Path, b: &Path) -> bool {
    let folder = |path: &Path| folder_of(path).canonicalize().ok();
    a.file_name() == b.file_name() && folder(a).is_some() && folder(a) == folder(b)
}

/// True for two names of one file. A second (hard) link to an input counts: replacing it wouldn't
/// harm the input, but who asks for it takes the two for different files.
pub(super) fn same_file(a: &Path, b: &Path) -> bool {
    let same_path = matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
    same_path || same_inode(a, b)
}

#[cfg(unix)]
fn same_inode(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    // Of devices and pipes there is nothing to lose.
    let inode = |path: &Path| {
        let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        Some((metadata.dev(), metadata.ino()))
    };
    inode(a).is_some_and(|found| inode(b) == Some(found))
}

#[cfg(not(unix))]
fn same_inode(_: &Path, _: &Path) -> bool {
    false
}
