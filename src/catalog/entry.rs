//! A segment of a catalog, and what every vendor's shape has in common.

use super::object::Object;
use crate::account::StoredSegment;

/// The key under which stands what a vendor's shape has no place for. It is [`Entry::aside`].
pub const ASIDE: &str = "segkit";

/// Where things stand in a vendor's details of a segment.
#[derive(Debug)]
pub struct Shape {
    /// The key of the id.
    pub id: &'static str,
    /// The key of the title or name.
    pub title: &'static str,
    /// The key of the list, where the vendor keeps segments by list.
    pub list: Option<&'static str>,
    /// The order of the keys in a file; others follow, and what stands aside is last.
    pub order: &'static [&'static str],
}

/// A segment of a catalog.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name of its file within the folder; `None` before it has one.
    pub file: Option<String>,
    /// The vendor's details, with what stands aside.
    pub object: Object,
    shape: &'static Shape,
    id: String,
    title: String,
}

impl Entry {
    /// An entry that no file holds yet. `None` without an id or a title.
    pub fn new(shape: &'static Shape, object: Object) -> Option<Self> {
        let id = object.word(shape.id).filter(|id| !id.trim().is_empty())?;
        let title = object.text(shape.title)?;
        Some(Self { file: None, object, shape, id, title })
    }

    /// The same entry in a file of this name.
    #[must_use]
    pub fn in_file(self, name: &str) -> Self {
        Self { file: Some(name.to_owned()), ..self }
    }

    /// The id, as its file has it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title or name, whole.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The list, where there is one.
    pub fn list(&self) -> Option<String> {
        self.object.word(self.shape.list?)
    }

    /// Changes the details; the id and the title are read anew. The keys are put in the order of the
    /// shape.
    #[must_use]
    pub fn changed(&self, change: impl FnOnce(&mut Object)) -> Self {
        let mut changed = self.clone();
        change(&mut changed.object);
        if let Some(id) = changed.object.word(self.shape.id) {
            changed.id = id;
        }
        if let Some(title) = changed.object.text(self.shape.title) {
            changed.title = title;
        }
        changed
    }

    /// The same entry with another id, of the JSON type of the one that it has.
    #[must_use]
    pub fn with_id(&self, id: &str) -> Self {
        let text = self.object.text(self.shape.id).is_some();
        self.changed(|object| match text {
            true => object.set_text(self.shape.id, id),
            false => object.set(self.shape.id, id),
        })
    }

    /// This entry with all that another says; what only this one has stays.
    #[must_use]
    pub fn overlaid(&self, other: &Self) -> Self {
        self.changed(|object| {
            for key in other.object.keys().filter(|key| *key != ASIDE) {
                object.set(key, other.object.raw(key).unwrap_or("null"));
            }
        })
    }

    /// What the vendor's shape has no place for; empty where nothing is kept.
    pub fn aside(&self) -> Object {
        self.object.object(ASIDE).unwrap_or_default()
    }

    /// The same entry with something else aside.
    #[must_use]
    pub fn with_aside(&self, aside: &Object) -> Self {
        self.changed(|object| match aside.is_empty() {
            true => object.remove(ASIDE),
            false => object.set(ASIDE, aside.to_json()),
        })
    }

    /// What validation wants to know of it.
    pub fn stored(&self) -> StoredSegment {
        StoredSegment { id: Some(self.id.clone()), title: self.title.clone(), list: self.list() }
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let mut object = self.object.clone();
        object.arrange(self.shape.order, ASIDE);
        object.to_pretty()
    }
}
