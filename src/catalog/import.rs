//! A vendor's answers, put into the catalog: details of segments, alone, in lists, or line by line.
//! What the catalog has already is replaced, but for what stands aside and for keys of its own.

use super::entry::Entry;
use super::folder::Catalog;
use super::lock::Lock;
use super::object::Object;
use super::state::State;
use super::verdict::Stop;
use crate::account::Account;
use crate::dialect::json_faults;
use crate::finding::{Finding, Kind};
use crate::lint;
use crate::source::json::{self, Kind as JsonKind, Value};
use crate::source::{SourceFile, Span};
use crate::value::fold;
use hashbrown::HashMap;

/// What became of the segments of some answers, by their ids.
#[derive(Debug, Default)]
pub struct Imported {
    /// They are new.
    pub added: Vec<String>,
    /// They were there, and are another now.
    pub changed: Vec<String>,
    /// They were there as they are.
    pub unchanged: Vec<String>,
    /// They were not taken. The findings say why.
    pub refused: Vec<String>,
    /// What was found, with the file.
    pub said: Vec<(SourceFile, Vec<Finding>)>,
}

/// The entries of a catalog by id and by title.
struct Index {
    by_id: HashMap<String, Entry>,
    by_title: HashMap<(String, String), String>,
}

impl Index {
    fn title(entry: &Entry) -> (String, String) {
        (fold(entry.list().unwrap_or_default().trim()), fold(entry.title().trim()))
    }

    fn new(entries: &[Entry]) -> Self {
        let mut index = Self { by_id: HashMap::new(), by_title: HashMap::new() };
        entries.iter().for_each(|entry| index.put(entry.clone()));
        index
    }

    fn put(&mut self, entry: Entry) {
        let id = fold(entry.id().trim());
        if let Some(before) = self.by_id.get(&id) {
            self.by_title.remove(&Self::title(before));
        }
        self.by_title.insert(Self::title(&entry), id.clone());
        self.by_id.insert(id, entry);
    }

    fn get(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(&fold(id.trim()))
    }

    /// The id of another segment of this title.
    fn clash(&self, entry: &Entry) -> Option<&str> {
        let id = self.by_title.get(&Self::title(entry))?;
        (*id != fold(entry.id().trim())).then_some(id)
    }
}

/// Imports the answers of some files.
///
/// # Errors
///
/// The catalog can't be read or written. What an answer lacks, or has wrong, is among the findings.
pub fn import(
    (catalog, lock): (&Catalog, &Lock),
    state: &State<'_>,
    files: Vec<SourceFile>,
) -> Result<Imported, Stop> {
    let mut imported = Imported::default();
    let mut index = Index::new(&state.stored()?.entries);
    for file in files {
        let findings = one((catalog, lock), state, &file, &mut index, &mut imported)?;
        imported.said.push((file, findings));
    }
    Ok(imported)
}

fn one(
    (catalog, lock): (&Catalog, &Lock),
    state: &State<'_>,
    file: &SourceFile,
    index: &mut Index,
    imported: &mut Imported,
) -> Result<Vec<Finding>, Stop> {
    let document = json::read(file.text());
    let faults = json_faults(file, &document);
    if !faults.is_empty() {
        return Ok(faults);
    }
    // Titles are the index's affair.
    let account = Account { segments: None, ..state.account.clone() };
    let found = lint::check(file, &state.context(&account), state.levels).findings;
    let mut said = Vec::new();
    for value in document.values.iter().flat_map(segments) {
        let Some(answer) = Object::of(file, value) else {
            let message = format!("expected a segment, found {}", value.type_name());
            said.push(Finding::new(Kind::NoDialect, opening(value), message));
            continue;
        };
        let shape = state.vendor.shape();
        let Some(entry) = Entry::new(shape, answer) else {
            let message = format!("the answer has no `{}` or no `{}`", shape.id, shape.title);
            said.push(Finding::new(Kind::NoDialect, opening(value), message));
            continue;
        };
        let id = entry.id().to_owned();
        let Some(entry) =
            state.vendor.imported(entry.object.clone()).and_then(|o| Entry::new(shape, o))
        else {
            if index.get(&id).is_some_and(|known| is_told(known, &entry)) {
                imported.unchanged.push(id);
                continue;
            }
            let message = format!("the answer says nothing of the criteria of segment {id}");
            let finding = Finding::new(Kind::NoDialect, opening(value), message);
            said.push(finding.help("import the details of the segment, which have them"));
            imported.refused.push(id);
            continue;
        };
        let inside = |finding: &&Finding| {
            value.span.start <= finding.span.start && finding.span.end <= value.span.end
        };
        let of_it: Vec<Finding> = found.iter().filter(inside).cloned().collect();
        let mut refused = of_it.iter().any(Finding::is_error);
        said.extend(of_it);
        if let Some(other) = index.clash(&entry) {
            refused = true;
            let message = format!("`{}` is the title of another segment, {other}", entry.title());
            let place =
                value.member(shape.title).map_or(opening(value), |member| member.value.span);
            said.push(Finding::new(Kind::TitleInUse, place, message));
        }
        if refused {
            imported.refused.push(id);
            continue;
        }
        let known = index.get(&id);
        let entry = known.map_or_else(|| entry.clone(), |known| known.overlaid(&entry));
        match known {
            Some(known) if known.text() == entry.text() => imported.unchanged.push(id),
            known => {
                let list =
                    if known.is_some() { &mut imported.changed } else { &mut imported.added };
                list.push(id);
                let file = catalog.put(lock, &entry)?;
                index.put(entry.in_file(&file));
            }
        }
    }
    Ok(said)
}

/// True where the catalog has all that a row of a list tells.
fn is_told(known: &Entry, row: &Entry) -> bool {
    row.object.keys().all(|key| known.object.word(key) == row.object.word(key))
}

/// The segments of an answer: itself, or what it wraps.
fn segments(value: &Value) -> Vec<&Value> {
    if let JsonKind::Array(elements) = &value.kind {
        return elements.iter().flat_map(segments).collect();
    }
    match ["segments", "result"].into_iter().find_map(|key| value.get(key)) {
        Some(inner) => segments(inner),
        None => vec![value],
    }
}

/// The first character of a value.
fn opening(value: &Value) -> Span {
    Span::new(value.span.start, value.span.start + 1)
}
