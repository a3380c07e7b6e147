//! The folder of a catalog: reading its entries, finding one by its id, putting and removing them.

use super::broken::Broken;
use super::entry::{ASIDE, Entry, Shape};
use super::error::CatalogError;
use super::file_name::{EXTENSION, file_name, id_in, safe_id};
use super::lock::{Lock, PRIVATE};
use super::object::Object;
use crate::account::same_id;
use crate::dialect::json_faults;
use crate::finding::{Finding, Kind};
use crate::output::sink::Sink;
use crate::source::json::{self, Value};
use crate::source::{SourceFile, Span};
use crate::value::folds_equal;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A folder of segments of one dialect.
#[derive(Debug, Clone)]
pub struct Catalog {
    folder: PathBuf,
    /// False for a folder that isn't there yet, and holds nothing.
    is_there: bool,
}

/// All that a folder holds.
#[derive(Debug, Default)]
pub struct Stored {
    /// The segments, in the order of their files' names.
    pub entries: Vec<Entry>,
    /// The files that can't be read as segments.
    pub broken: Vec<Broken>,
}

impl Stored {
    /// All ids that a new segment must not get: those of the segments, and those that names of files
    /// say, be it that the file has a fault or says another.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let named = self.entries.iter().filter_map(|entry| id_in(entry.file.as_deref()?));
        let of_broken = self.broken.iter().filter_map(|broken| broken.id.as_deref());
        self.entries.iter().map(Entry::id).chain(named).chain(of_broken)
    }
}

/// How often all files are read without the lock, before writers are asked to wait.
const FREE_TRIES: usize = 3;

/// How long a reader that can't go without waits for writers.
const STILL: Duration = Duration::from_secs(30);

/// A file, and the segment that it holds.
pub type Held = (SourceFile, Result<Entry, Box<Broken>>);

impl Catalog {
    /// A folder that is there.
    ///
    /// # Errors
    ///
    /// It isn't.
    pub fn open(folder: &Path) -> Result<Self, CatalogError> {
        match folder.is_dir() {
            true => Ok(Self { folder: folder.to_owned(), is_there: true }),
            false if folder.exists() => Err(CatalogError::NotAFolder(folder.to_owned())),
            false => Err(CatalogError::NoFolder(folder.to_owned())),
        }
    }

    /// A folder, or one that could be made and has nothing in it.
    ///
    /// # Errors
    ///
    /// Something else is there.
    pub fn planned(folder: &Path) -> Result<Self, CatalogError> {
        match Self::open(folder) {
            Err(CatalogError::NoFolder(folder)) => Ok(Self { folder, is_there: false }),
            opened => opened,
        }
    }

    /// A folder, which is made where it isn't there.
    ///
    /// # Errors
    ///
    /// It can't be made.
    pub fn make(folder: &Path) -> Result<Self, CatalogError> {
        Self::planned(folder)?;
        fs::create_dir_all(folder).map_err(CatalogError::io(folder))?;
        Ok(Self { folder: folder.to_owned(), is_there: true })
    }

    /// True where nobody has ever taken the lock: what is refused there must leave no trace.
    pub fn is_new(&self) -> bool {
        !self.folder.join(PRIVATE).exists()
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of one of its files.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The names of its files, in order: what ends with `.json`, hidden files apart.
    ///
    /// # Errors
    ///
    /// The folder can't be read.
    pub fn names(&self) -> Result<Vec<String>, CatalogError> {
        self.names_where(is_segment_file)
    }

    fn names_where(&self, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>, CatalogError> {
        let failed = || CatalogError::io(&self.folder);
        let mut names = Vec::new();
        if !self.is_there {
            return Ok(names);
        }
        for entry in fs::read_dir(&self.folder).map_err(failed())? {
            let entry = entry.map_err(failed())?;
            // A name that isn't Unicode is none of ours; `check` tells of it.
            let Ok(name) = entry.file_name().into_string() else { continue };
            if wanted(&name) && may_be_file(&entry) {
                names.push(name);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The names that aren't Unicode and end as those of its files, as far as they can be shown.
    ///
    /// # Errors
    ///
    /// The folder can't be read.
    pub fn strange_names(&self) -> Result<Vec<String>, CatalogError> {
        let failed = || CatalogError::io(&self.folder);
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed())? {
            let name = entry.map_err(failed())?.file_name();
            let is_json = Path::new(&name).extension().is_some_and(|end| end == EXTENSION);
            if is_json && name.to_str().is_none() {
                names.push(name.to_string_lossy().into_owned());
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Reads all files.
    ///
    /// # Errors
    ///
    /// See [`Catalog::held`]. A file with a fault is no error: it is among the broken.
    pub fn read(&self, shape: &'static Shape) -> Result<Stored, CatalogError> {
        let mut stored = Stored::default();
        for (_, read) in self.held(shape)? {
            match read {
                Ok(entry) => stored.entries.push(entry),
                Err(broken) => stored.broken.push(*broken),
            }
        }
        Ok(stored)
    }

    /// All files, each with what it holds, as they were at one moment so far as their names go: a
    /// segment that a writer gives another name meanwhile is neither missed nor seen twice.
    ///
    /// # Errors
    ///
    /// The folder or a file can't be read, or names go on changing though no writer has the lock.
    pub fn held(&self, shape: &'static Shape) -> Result<Vec<Held>, CatalogError> {
        for _ in 0..FREE_TRIES {
            if let Some(held) = self.held_if_still(shape)? {
                return Ok(held);
            }
        }
        let _still = Lock::shared(&self.folder, STILL)?;
        let unsteady =
            || CatalogError::Usage(format!("{}: names keep changing", self.folder.display()));
        self.held_if_still(shape)?.ok_or_else(unsteady)
    }

    /// The same; `None` where names changed meanwhile.
    fn held_if_still(&self, shape: &'static Shape) -> Result<Option<Vec<Held>>, CatalogError> {
        let names = self.names()?;
        let mut held = Vec::with_capacity(names.len());
        for name in &names {
            match self.entry(shape, name) {
                Some(one) => held.push(one),
                None => return Ok(None),
            }
        }
        Ok((self.names()? == names).then_some(held))
    }

    /// The names of hidden files.
    ///
    /// # Errors
    ///
    /// The folder can't be read.
    pub fn hidden(&self) -> Result<Vec<String>, CatalogError> {
        self.names_where(|name| name.starts_with('.'))
    }

    /// The segment with an id; `None` where there is none. Its file is found by its name; only where
    /// none of such a name says the id, be it that names were changed by hand, are all files read.
    ///
    /// # Errors
    ///
    /// A file can't be read, the segment's file has a fault, or several files say the id.
    pub fn find(&self, shape: &'static Shape, id: &str) -> Result<Option<Entry>, CatalogError> {
        let wanted = safe_id(id);
        let mut found = Vec::new();
        let mut broken = None;
        for name in self.names()?.iter().filter(|name| id_in(name) == Some(wanted.as_str())) {
            match self.entry(shape, name) {
                Some((_, Ok(entry))) if same_id(Some(entry.id()), Some(id)) => found.push(entry),
                Some((_, Err(fault))) => broken = Some(fault),
                Some((_, Ok(_))) | None => {}
            }
        }
        if found.is_empty() {
            let stored = self.read(shape)?;
            found.extend(
                stored.entries.into_iter().filter(|entry| same_id(Some(entry.id()), Some(id))),
            );
        }
        match (found.pop(), broken) {
            (Some(entry), _) if found.is_empty() => Ok(Some(entry)),
            (Some(entry), _) => {
                found.push(entry);
                let files = found.into_iter().filter_map(|entry| entry.file).collect();
                let (folder, id) = (self.folder.clone(), id.to_owned());
                Err(CatalogError::TwoWithId { folder, id, files })
            }
            (None, Some(broken)) => Err(CatalogError::Broken(broken)),
            (None, None) => Ok(None),
        }
    }

    /// Puts an entry into its file, whole or not at all; then gives the file the name that the title
    /// asks for. A process that ends between the two leaves a whole file under its old name. Tells the
    /// name.
    ///
    /// # Errors
    ///
    /// The file can't be written, or a new entry would get the name of a file that is there.
    pub fn put(&self, lock: &Lock, entry: &Entry) -> Result<String, CatalogError> {
        let name = file_name(entry.title(), entry.id());
        let file = entry.file.as_ref().unwrap_or(&name);
        let path = self.path(file);
        if self.is_in_the_way(entry) {
            return Err(CatalogError::InTheWay(path));
        }
        let failed = || CatalogError::io(&path);
        let mut sink = Sink::file(&path).map_err(failed())?;
        sink.write_all(entry.text().as_bytes()).map_err(failed())?;
        sink.commit(&mut io::sink()).map_err(failed())?;
        Ok(self.fit(lock, entry)?.unwrap_or_else(|| file.clone()))
    }

    /// True where an entry that has no file yet would get the name of one that is there: that one is of
    /// another segment, by a name that doesn't fit.
    pub fn is_in_the_way(&self, entry: &Entry) -> bool {
        let path = || self.path(&file_name(entry.title(), entry.id()));
        entry.file.is_none() && path().symlink_metadata().is_ok()
    }

    /// Gives the file of an entry the name that its title asks for, and tells it. `None` where it has
    /// that name, or another file has: that one's content is worth more than a name that fits.
    ///
    /// # Errors
    ///
    /// The file can't be renamed.
    pub fn fit(&self, _: &Lock, entry: &Entry) -> Result<Option<String>, CatalogError> {
        let name = file_name(entry.title(), entry.id());
        let Some(file) = entry.file.as_ref().filter(|file| **file != name) else { return Ok(None) };
        let (from, to) = (self.path(file), self.path(&name));
        // A name that differs in case only is the same file to some file systems.
        if to.exists() && !folds_equal(file, &name) {
            return Ok(None);
        }
        fs::rename(&from, &to).map_err(CatalogError::io(from))?;
        Ok(Some(name))
    }

    /// Removes one of its files.
    ///
    /// # Errors
    ///
    /// It can't be removed.
    pub fn discard(&self, _: &Lock, file: &str) -> Result<(), CatalogError> {
        let path = self.path(file);
        fs::remove_file(&path).map_err(CatalogError::io(path))
    }

    /// Removes the file of an entry.
    ///
    /// # Errors
    ///
    /// It can't be removed.
    pub fn remove(&self, lock: &Lock, entry: &Entry) -> Result<(), CatalogError> {
        entry.file.as_deref().map_or(Ok(()), |file| self.discard(lock, file))
    }

    /// One of its files; `None` where a writer has just given it another name.
    pub(super) fn source(&self, name: &str) -> io::Result<Option<SourceFile>> {
        let path = self.path(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(SourceFile::new(path.display().to_string(), bytes))),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            // A link that leads nowhere is there.
            Err(error) if path.symlink_metadata().is_ok() => Err(error),
            Err(_) => Ok(None),
        }
    }

    fn entry(&self, shape: &'static Shape, name: &str) -> Option<Held> {
        let file = match self.source(name) {
            Ok(file) => file?,
            Err(error) => {
                let file = SourceFile::new(self.path(name).display().to_string(), Vec::new());
                let message = format!("the file can't be read: {error}");
                let findings = vec![Finding::new(Kind::NoDialect, Span::default(), message)];
                return Some((file.clone(), Err(broken(name, &file, findings))));
            }
        };
        let entry = entry_of(shape, name, &file);
        Some((file, entry))
    }
}

/// False for what is no file for certain: a folder, a pipe, which who reads it would wait for, or a
/// link to one. A link that leads nowhere may have been one.
fn may_be_file(entry: &fs::DirEntry) -> bool {
    match entry.file_type() {
        Ok(kind) if kind.is_symlink() => {
            fs::metadata(entry.path()).map_or(true, |target| target.is_file())
        }
        Ok(kind) => kind.is_file(),
        Err(_) => true,
    }
}

/// True for the name of a file that holds a segment: it ends with `.json` and isn't hidden.
pub fn is_segment_file(name: &str) -> bool {
    !name.starts_with('.') && Path::new(name).extension().is_some_and(|end| end == EXTENSION)
}

/// True for the name of a file that a killed process left behind (`output::sink`).
pub fn is_left_over(name: &str) -> bool {
    name.strip_prefix(PRIVATE).is_some_and(|rest| rest.starts_with('-'))
}

/// The entry that a file of this name holds.
///
/// # Errors
///
/// It has a fault.
pub fn entry_of(
    shape: &'static Shape,
    name: &str,
    file: &SourceFile,
) -> Result<Entry, Box<Broken>> {
    let entry = entry_in(shape, file).map(|entry| entry.in_file(name));
    entry.map_err(|findings| broken(name, file, findings))
}

fn broken(name: &str, file: &SourceFile, findings: Vec<Finding>) -> Box<Broken> {
    let id = id_in(name).map(str::to_owned);
    Box::new(Broken { file: file.clone(), findings, id })
}

fn entry_in(shape: &'static Shape, file: &SourceFile) -> Result<Entry, Vec<Finding>> {
    let document = json::read(file.text());
    let faults = json_faults(file, &document);
    if !faults.is_empty() {
        return Err(faults);
    }
    let wrong = |span: Span, message: String| {
        let help = format!(
            "a file of the catalog holds one segment, with its `{}` and `{}`",
            shape.title, shape.id
        );
        vec![Finding::new(Kind::NoDialect, span, message).help(help)]
    };
    let [value] = document.values.as_slice() else {
        let message = format!("expected one segment, found {} values", document.values.len());
        let span = document.values.get(1).map_or(Span::new(0, 0), opening);
        return Err(wrong(span, message));
    };
    let Some(object) = Object::of(file, value) else {
        return Err(wrong(
            opening(value),
            format!("expected a segment, found {}", value.type_name()),
        ));
    };
    if let Some(aside) = value.member(ASIDE).filter(|_| object.raw(ASIDE).is_some())
        && aside.value.members().is_none()
    {
        let message = format!("`{ASIDE}` must be an object, found {}", aside.value.type_name());
        return Err(vec![Finding::new(Kind::WrongType, aside.value.span, message)]);
    }
    let lacking = [shape.id, shape.title].into_iter().find(|key| object.word(key).is_none());
    Entry::new(shape, object).ok_or_else(|| {
        let key = lacking.unwrap_or(shape.id);
        let place = value.member(key).map_or(opening(value), |member| member.value.span);
        wrong(place, format!("the segment has no `{key}`"))
    })
}

/// The first character of a value.
fn opening(value: &Value) -> Span {
    Span::new(value.span.start, value.span.start + 1)
}
