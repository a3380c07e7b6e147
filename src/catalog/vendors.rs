//! The vendors that have a catalog: the table of those that there are, and how a folder, a file or an
//! answer tells whose it is.

use super::campaign_monitor::CampaignMonitor;
use super::constant_contact::ConstantContact;
use super::engagelab::EngageLab;
use super::entry::Shape;
use super::error::CatalogError;
use super::folder::Catalog;
use super::object::Object;
use super::vendor::Vendor;
use crate::dialect::Dialect;
use crate::source::{SourceFile, json};

/// The vendors that have a catalog.
const VENDORS: &[&dyn Vendor] = &[&ConstantContact, &CampaignMonitor, &EngageLab];

/// The vendor of a dialect.
///
/// # Errors
///
/// It has no catalog.
pub fn of(dialect: Dialect) -> Result<&'static dyn Vendor, CatalogError> {
    let vendor = VENDORS.iter().find(|vendor| vendor.dialect() == dialect);
    vendor.copied().ok_or_else(|| CatalogError::Usage(format!("{dialect} has no catalog")))
}

/// The dialect of a segment as a catalog keeps it, or of a vendor's answer that tells of one segment:
/// it has the keys of its id and its title.
pub fn told(object: &Object) -> Option<Dialect> {
    let is = |shape: &Shape| object.has(shape.id) && object.has(shape.title);
    VENDORS.iter().find(|vendor| is(vendor.shape())).map(|vendor| vendor.dialect())
}

/// The dialect of the segment that a file holds; `None` where it doesn't tell.
pub fn told_by(file: &SourceFile) -> Option<Dialect> {
    let document = json::read(file.text());
    told(&Object::of(file, document.values.first()?)?)
}

/// The dialect of a catalog, by the first of its files that tells; `None` where none does.
///
/// # Errors
///
/// The folder can't be read.
pub fn dialect_of(catalog: &Catalog) -> Result<Option<Dialect>, CatalogError> {
    for name in catalog.names()? {
        let Ok(Some(file)) = catalog.source(&name) else { continue };
        if let Some(dialect) = told_by(&file) {
            return Ok(Some(dialect));
        }
    }
    Ok(None)
}
