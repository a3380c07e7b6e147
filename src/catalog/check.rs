//! What is wrong with a catalog: files with faults, invalid criteria, ids and titles that stand twice,
//! names that don't fit; and mending what can be mended without a choice.

use super::entry::Entry;
use super::error::CatalogError;
use super::file_name::file_name;
use super::folder::{Catalog, is_left_over};
use super::lock::Lock;
use super::state::State;
use super::verdict::Stop;
use crate::account::Account;
use crate::finding::{Finding, Levels};
use crate::lint;
use crate::report::Checked;
use crate::value::fold;
use hashbrown::HashMap;
use std::path::Path;

/// What is wrong with a catalog.
#[derive(Debug, Default)]
pub struct Report {
    /// The files with something wrong in themselves.
    pub checked: Vec<Checked>,
    /// What is wrong with files among each other.
    pub problems: Vec<Problem>,
    /// How many files there are.
    pub files: usize,
}

/// Something wrong with a file among the others.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The name of the file within the folder.
    pub file: String,
    /// What is wrong, in a line.
    pub message: String,
    /// False for what hurts nobody: a name that doesn't fit, a file left over.
    pub is_error: bool,
    /// What mends it, where that needs no choice.
    pub mend: Option<Mend>,
}

/// What mends a problem.
#[derive(Debug, Clone)]
pub enum Mend {
    /// The entry gets another id.
    Renumber(Box<Entry>),
    /// The entry's file gets the name that its title asks for.
    Rename(Box<Entry>),
    /// The file goes.
    Remove,
}

/// Checks all files of a catalog.
///
/// # Errors
///
/// The folder or a file can't be read.
pub fn check(state: &State<'_>, levels: &dyn Fn(&Path) -> Levels) -> Result<Report, CatalogError> {
    let mut report = Report::default();
    let mut entries = Vec::new();
    // Titles in use are looked for below: among all at once, and not by each anew.
    let account = Account { segments: None, ..state.account.clone() };
    let context = state.context(&account);
    for (file, read) in state.catalog.held(state.vendor.shape())? {
        report.files += 1;
        let mut reading = lint::check(&file, &context, &levels(Path::new(file.name())));
        match read {
            Ok(entry) => entries.push(entry),
            // Of an empty text the check knows less than who tried to read the file.
            Err(broken) if file.text().is_empty() => reading.findings = broken.findings,
            Err(broken) if !reading.findings.iter().any(Finding::is_error) => {
                reading.findings.extend(broken.findings);
            }
            Err(_) => {}
        }
        if !reading.findings.is_empty() {
            report.checked.push(Checked { file, reading });
        }
    }
    let problems = &mut report.problems;
    twice(problems, state, &entries, |entry| fold(entry.id().trim()), id_twice);
    let title = |entry: &Entry| {
        let list = entry.list().unwrap_or_default();
        format!("{}\0{}", fold(list.trim()), fold(entry.title().trim()))
    };
    twice(problems, state, &entries, title, title_twice);
    for entry in &entries {
        let (Some(file), name) = (&entry.file, file_name(entry.title(), entry.id())) else {
            continue;
        };
        let renumbered = |problem: &Problem| {
            matches!(problem.mend, Some(Mend::Renumber(_))) && problem.file == *file
        };
        if *file != name && !problems.iter().any(renumbered) {
            problems.push(Problem {
                file: file.clone(),
                message: format!("the name doesn't fit the title and the id; `{name}` does"),
                is_error: false,
                mend: Some(Mend::Rename(Box::new(entry.clone()))),
            });
        }
    }
    for file in state.catalog.strange_names()? {
        let message = "the name isn't Unicode, so nobody sees the file: give it another".to_owned();
        problems.push(Problem { file, message, is_error: true, mend: None });
    }
    for file in state.catalog.hidden()?.into_iter().filter(|name| is_left_over(name)) {
        let message = "was left over when a process was killed, and says nothing".to_owned();
        problems.push(Problem { file, message, is_error: false, mend: Some(Mend::Remove) });
    }
    Ok(report)
}

/// Finds what stands in several entries; `say` gets them oldest first.
fn twice(
    problems: &mut Vec<Problem>,
    state: &State<'_>,
    entries: &[Entry],
    key: impl Fn(&Entry) -> String,
    say: impl Fn(&mut Vec<Problem>, &[&Entry]),
) {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<&Entry>> = Vec::new();
    for entry in entries {
        let at = *places.entry(key(entry)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(entry),
            None => groups.push(vec![entry]),
        }
    }
    for group in groups.iter_mut().filter(|group| group.len() > 1) {
        // Entries are in the order of their files' names, which decides where times don't.
        group.sort_by_key(|entry| state.vendor.created(entry));
        say(problems, group);
    }
}

fn id_twice(problems: &mut Vec<Problem>, group: &[&Entry]) {
    let [oldest, younger @ ..] = group else { return };
    for entry in younger {
        problems.push(Problem {
            file: name_of(entry),
            message: format!("the id {} stands in `{}` as well", entry.id(), name_of(oldest)),
            is_error: true,
            mend: Some(Mend::Renumber(Box::new((*entry).clone()))),
        });
    }
}

fn title_twice(problems: &mut Vec<Problem>, group: &[&Entry]) {
    let [oldest, younger @ ..] = group else { return };
    for entry in younger {
        let title = entry.title();
        problems.push(Problem {
            file: name_of(entry),
            message: format!("the title `{title}` stands in `{}` as well", name_of(oldest)),
            is_error: true,
            mend: None,
        });
    }
}

fn name_of(entry: &Entry) -> String {
    entry.file.clone().unwrap_or_default()
}

/// Mends a problem, and says what was done; `None` where it can't be. The entries of the state must
/// have been read after the last mend.
///
/// # Errors
///
/// A file can't be read or written, or there is no further id.
pub fn mend(
    (catalog, lock): (&Catalog, &Lock),
    state: &State<'_>,
    problem: &Problem,
) -> Result<Option<String>, Stop> {
    Ok(match &problem.mend {
        None => None,
        Some(Mend::Renumber(entry)) => {
            let id = state.vendor.new_id(state, entry.title())?;
            catalog.put(lock, &entry.with_id(&id))?;
            Some(format!(
                "had the id {} and has {id} now; what names it by its id must follow",
                entry.id()
            ))
        }
        Some(Mend::Rename(entry)) => {
            let name = catalog.fit(lock, entry)?;
            name.map(|name| format!("is called `{name}` now"))
        }
        Some(Mend::Remove) => {
            catalog.discard(lock, &problem.file)?;
            Some("was removed".to_owned())
        }
    })
}
