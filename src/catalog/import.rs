//! A vendor's answers, put into the catalog: details of segments, alone, in lists, or line by line.
//! What the catalog has already is replaced, but for what stands aside and for keys of its own.

use super::entry::Entry;
use super::error::CatalogError;
use super::file_name::safe_id;
use super::object::Object;
use super::state::State;
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
    /// What is to be written: those that are new or changed.
    pub entries: Vec<Entry>,
}

/// The entries of a catalog by id and by title, and which of them are to be written.
struct Index {
    by_id: HashMap<String, Entry>,
    by_title: HashMap<(String, String), String>,
    to_write: Vec<String>,
}

impl Index {
    fn title(entry: &Entry) -> (String, String) {
        (fold(entry.list().unwrap_or_default().trim()), fold(entry.title().trim()))
    }

    fn new(entries: &[Entry]) -> Self {
        let (by_id, by_title) = (HashMap::new(), HashMap::new());
        let mut index = Self { by_id, by_title, to_write: Vec::new() };
        entries.iter().for_each(|entry| index.put(entry.clone()));
        index
    }

    /// An entry that is to be written, over its older self.
    fn write(&mut self, entry: Entry) {
        self.to_write.push(fold(entry.id().trim()));
        self.put(entry);
    }

    /// What is to be written, each once, as the last answer has it.
    fn written(mut self) -> Vec<Entry> {
        self.to_write.iter().filter_map(|id| self.by_id.remove(id)).collect()
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

/// Takes the segments from the answers of some files. Nothing is written here.
///
/// # Errors
///
/// The catalog can't be read. What an answer lacks, or has wrong, is among the findings.
pub fn import(state: &State<'_>, files: &[SourceFile]) -> Result<Imported, CatalogError> {
    let mut imported = Imported::default();
    let mut index = Index::new(&state.stored()?.entries);
    for file in files {
        let findings = one(state, file, &mut index, &mut imported)?;
        imported.said.push((file.clone(), findings));
    }
    imported.entries = index.written();
    Ok(imported)
}

fn one(
    state: &State<'_>,
    file: &SourceFile,
    index: &mut Index,
    imported: &mut Imported,
) -> Result<Vec<Finding>, CatalogError> {
    let document = json::read(file.text());
    let faults = json_faults(file, &document);
    if !faults.is_empty() {
        return Ok(faults);
    }
    if document.values.is_empty() {
        // A request that failed leaves nothing in a pipe, and must not pass for an account without
        // segments.
        let message = "expected a vendor's answer, found an empty file";
        return Ok(vec![Finding::new(Kind::NoDialect, Span::default(), message)]);
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
        let known = index.get(&id);
        if known.is_none()
            && let Some(message) = hindrance(state, &entry)?
        {
            refused = true;
            said.push(Finding::new(Kind::NoDialect, opening(value), message));
        }
        if refused {
            imported.refused.push(id);
            continue;
        }
        let entry = known.map_or_else(|| entry.clone(), |known| known.overlaid(&entry));
        match known {
            Some(known) if known.text() == entry.text() => imported.unchanged.push(id),
            known => {
                let list =
                    if known.is_some() { &mut imported.changed } else { &mut imported.added };
                list.push(id);
                index.write(entry);
            }
        }
    }
    Ok(said)
}

/// What keeps a segment that no file holds from getting a file: another one is in its place.
fn hindrance(state: &State<'_>, entry: &Entry) -> Result<Option<String>, CatalogError> {
    let said = safe_id(entry.id());
    let mut broken = state.stored()?.broken.iter();
    if let Some(broken) = broken.find(|broken| broken.id.as_deref() == Some(said.as_str())) {
        let name = broken.file.name();
        return Ok(Some(format!(
            "`{name}` may be segment {}, but has a fault: mend it first",
            entry.id()
        )));
    }
    let in_the_way = state.catalog.is_in_the_way(entry);
    let message = || {
        format!(
            "the name of the file of segment {} is another's; `segkit catalog check --fix` gives files \
             names that fit",
            entry.id()
        )
    };
    Ok(in_the_way.then(message))
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
