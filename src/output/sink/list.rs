//! The file of a list, or its files.

use super::{Body, Means, Place, SettledSink, Sink, folder_of, packer, pending};
use crate::output::Out;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where a list goes: one sink, or numbered files that appear together at the end.
#[derive(Debug)]
pub struct List {
    pub(super) sink: Sink,
    /// The parts that are full, where the list is split.
    full: Option<Vec<pending::Settled>>,
    means: Means,
}

/// A list that is written to its end and only has to appear.
#[derive(Debug)]
pub struct Settled(Ready);

#[derive(Debug)]
enum Ready {
    Whole(SettledSink),
    Parts(Vec<(pending::Settled, PathBuf)>),
}

impl List {
    /// A list in one place; standard output where no target is named.
    ///
    /// # Errors
    /// See [`Sink::file`].
    pub fn whole(target: Option<&Path>) -> io::Result<Self> {
        let sink = target.map_or_else(|| Ok(Sink::standard()), Sink::file)?;
        Ok(Self { sink, full: None, means: Means::ALONE })
    }

    /// A list in numbered files: `members-001.csv`, `members-002.csv` … for `members.csv`. There
    /// are as many digits as the last number needs, at least three.
    ///
    /// # Errors
    /// See [`Sink::file`]; standard output, pipes and devices can't be numbered.
    pub fn split(target: &Path) -> io::Result<Self> {
        Self::split_with(target, Means::ALONE)
    }

    /// One of so many lists that are written at the same time, whole or split: together they keep no
    /// more files open, and hold no more in memory, than a program may.
    ///
    /// # Errors
    /// See [`List::whole`] and [`List::split`].
    pub fn one_of(lists: usize, target: &Path, split: bool) -> io::Result<Self> {
        let means = Means::of_one_of(lists);
        match split {
            true => Self::split_with(target, means),
            false => Ok(Self { sink: Sink::file_of(target, means)?, full: None, means }),
        }
    }

    fn split_with(target: &Path, means: Means) -> io::Result<Self> {
        let sink = Sink::file_of(target, means)?;
        match sink.place {
            Place::File(_) => Ok(Self { sink, full: Some(Vec::new()), means }),
            Place::Standard | Place::Special(_) => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "is no file that could be numbered",
            )),
        }
    }

    /// Makes the list appear, and tells the files' names where it is split.
    ///
    /// # Errors
    /// See [`List::settle`] and [`Settled::appear`].
    pub fn commit(self, standard_output: &mut dyn Write) -> io::Result<Vec<PathBuf>> {
        self.settle()?.appear(standard_output)
    }

    /// Brings the last of the list to the disk, without making it appear.
    ///
    /// # Errors
    /// That failed, or a file of another list stands where it would pass for a part of this one.
    pub fn settle(self) -> io::Result<Settled> {
        let Some(mut parts) = self.full else {
            return Ok(Settled(Ready::Whole(self.sink.settle()?)));
        };
        let Place::File(target) = self.sink.place else {
            return Ok(Settled(Ready::Parts(Vec::new())));
        };
        if let Body::Pending(last) = self.sink.writer.finish()? {
            parts.push(last.settle()?);
        }
        let width = parts.len().to_string().len().max(LEAST_DIGITS);
        let names: Vec<_> = (1..=parts.len()).map(|number| named(&target, number, width)).collect();
        if let Some(stray) = stray_part(&target, &names)? {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!(
                    "{} would pass for a part of this list, which has {}; remove it first",
                    stray.display(),
                    parts.len()
                ),
            ));
        }
        Ok(Settled(Ready::Parts(parts.into_iter().zip(names).collect())))
    }
}

impl Settled {
    /// True when it goes to standard output.
    pub fn is_standard(&self) -> bool {
        matches!(&self.0, Ready::Whole(sink) if matches!(sink.place, Place::Standard))
    }

    /// Makes the list appear, and tells the files' names where it is split.
    ///
    /// # Errors
    /// Giving it its name failed, or standard output can't be written to.
    pub fn appear(self, standard_output: &mut dyn Write) -> io::Result<Vec<PathBuf>> {
        match self.0 {
            Ready::Whole(sink) => sink.appear(standard_output).map(|()| Vec::new()),
            Ready::Parts(parts) => {
                let appear = |(part, name): (pending::Settled, PathBuf)| {
                    part.appear(&name)?;
                    Ok(name)
                };
                parts.into_iter().map(appear).collect()
            }
        }
    }
}

impl Out for List {
    fn cut(&mut self) -> io::Result<bool> {
        let Some(full) = &mut self.full else { return Ok(false) };
        let Place::File(target) = &self.sink.place else { return Ok(false) };
        let folder = folder_of(target);
        let next = Body::Pending(self.means.next(folder, full.len())?);
        let next = packer::Packer::new(packer::codec_of(target), self.means.gathered, next)?;
        let written = std::mem::replace(&mut self.sink.writer, next);
        let settled = match written.finish() {
            Ok(Body::Pending(file)) => file.settle(),
            Ok(Body::Spool(_)) => return Ok(false),
            Err(error) => Err(error),
        };
        full.push(settled.map_err(|error| self.sink.told(error))?);
        Ok(true)
    }
}

impl Write for List {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Digits of a part's number at the least.
const LEAST_DIGITS: usize = 3;

/// What stands before and behind the number: `members` and `.csv.gz`.
fn around_number(target: &Path) -> (String, String) {
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let mut stem = text(target.file_stem());
    let mut end = target.extension().map(|end| format!(".{}", end.to_string_lossy()));
    if packer::codec_of(target).is_some() {
        let inner = PathBuf::from(&stem);
        if let Some(extension) = inner.extension() {
            end = Some(format!(".{}{}", extension.to_string_lossy(), end.unwrap_or_default()));
            stem = text(inner.file_stem());
        }
    }
    (stem, end.unwrap_or_default())
}

fn named(target: &Path, number: usize, width: usize) -> PathBuf {
    let (stem, end) = around_number(target);
    target.with_file_name(format!("{stem}-{number:0width$}{end}"))
}

/// Whether a file of this name would be a part of the list.
fn is_numbered(target: &Path, name: &OsStr) -> bool {
    let (stem, end) = around_number(target);
    let name = name.to_string_lossy();
    let number = name.strip_prefix(&format!("{stem}-")).and_then(|rest| rest.strip_suffix(&end));
    number.is_some_and(|number| {
        number.len() >= LEAST_DIGITS && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether `path` is what a part of the list in `target` may be called.
pub fn is_part_of(target: &Path, path: &Path) -> bool {
    let folder = |path: &Path| folder_of(path).canonicalize().ok();
    path.file_name().is_some_and(|name| is_numbered(target, name))
        && folder(target).is_some_and(|of_list| folder(path) == Some(of_list))
}

/// A file that is there, is called like a part, and is none.
fn stray_part(target: &Path, names: &[PathBuf]) -> io::Result<Option<PathBuf>> {
    let mut strays = Vec::new();
    for entry in std::fs::read_dir(folder_of(target))? {
        let name = entry?.file_name();
        if is_numbered(target, &name) && !names.iter().any(|own| own.file_name() == Some(&name)) {
            strays.push(target.with_file_name(name));
        }
    }
    Ok(strays.into_iter().min())
}
