//! `@name` and `@id`: segments of the catalog where other commands want a criteria file
//! (`docs/catalog.md`, "Segments of the catalog elsewhere").

use super::error::CatalogError;
use super::folder::Catalog;
use super::vendors;
use crate::account::same_title;
use crate::finding::nearest;
use std::path::{Path, PathBuf};

/// The mark of a reference. A file whose name begins so is written `./@…`.
const MARK: char = '@';

/// The file that is meant where criteria are asked for: that of the segment for a reference, any other
/// path as it stands. An id goes before a name. A deleted segment has no name here, but its id.
///
/// # Errors
///
/// There is no such segment, or several have the name; no catalog is named, or it can't be read.
pub fn resolve(folder: Option<&Path>, criteria: &Path) -> Result<PathBuf, CatalogError> {
    let Some(wanted) = criteria.to_str().and_then(|path| path.strip_prefix(MARK)) else {
        return Ok(criteria.to_owned());
    };
    let Some(folder) = folder else {
        return Err(CatalogError::Usage(format!(
            "@{wanted} is a segment of a catalog, and none is named: give --catalog DIR, or say dir \
             under [catalog] in a segkit.toml"
        )));
    };
    let catalog = Catalog::open(folder)?;
    let wrong = |message: String| CatalogError::Usage(format!("{}: {message}", folder.display()));
    let Some(dialect) = vendors::dialect_of(&catalog)? else {
        return Err(wrong("the catalog holds no segment".to_owned()));
    };
    let vendor = vendors::of(dialect)?;
    let path = |file: &Option<String>| file.as_deref().map(|file| catalog.path(file));
    if let Some(entry) = catalog.find(vendor.shape(), wanted)? {
        return path(&entry.file).ok_or_else(|| wrong(format!("there is no segment {wanted}")));
    }
    let stored = catalog.read(vendor.shape())?;
    let named: Vec<_> =
        stored.entries.iter().filter(|entry| same_title(entry.title(), wanted)).collect();
    let live: Vec<_> = named.iter().filter(|entry| !vendor.is_deleted(entry)).collect();
    match (live.as_slice(), named.first()) {
        ([one], _) => path(&one.file).ok_or_else(|| wrong(format!("there is no segment {wanted}"))),
        ([], Some(deleted)) => Err(wrong(format!(
            "`{wanted}` is deleted; @{} is that segment all the same",
            deleted.id()
        ))),
        ([], None) => {
            let live = stored.entries.iter().filter(|entry| !vendor.is_deleted(entry));
            let near = nearest(wanted, live.map(super::entry::Entry::title));
            let near = near.map(|name| format!("; did you mean @{name}?")).unwrap_or_default();
            Err(wrong(format!("there is no segment with the id or name `{wanted}`{near}")))
        }
        (several, _) => {
            let ids: Vec<String> = several.iter().map(|entry| format!("@{}", entry.id())).collect();
            Err(wrong(format!("several segments are called `{wanted}`: {}", ids.join(", "))))
        }
    }
}
