//! What a field name means: a field that every list has, or a custom field of the account.

use super::fields::{Class, FIELDS};
use crate::account::{Account, FieldDef};
use crate::criteria::Field;
use crate::dialect::collector::Collector;
use crate::dialect::custom;
use crate::dialect::given::Word;
use crate::finding::{Finding, Kind};
use crate::value::folds_equal;

/// A field as it was resolved.
pub(super) struct Resolved<'a> {
    pub class: Class,
    /// What to look at; tags and campaigns look at no field.
    pub field: Option<Field>,
    /// The account's definition of a custom field.
    pub def: Option<&'a FieldDef>,
}

/// Resolves a field name, or reports that nobody knows it.
pub(super) fn resolve<'a>(word: &Word<'_>, collector: &mut Collector<'a>) -> Option<Resolved<'a>> {
    let (written, name) = (word.as_str(), word.trimmed());
    let account = collector.context.account;
    if let Some(resolved) = known(written, account) {
        return Some(resolved);
    }
    let is_built_in = FIELDS.iter().any(|row| folds_equal(row.name, name));
    let is_nowhere = !custom::in_dump(account, name);
    if is_nowhere && (account.fields.is_some() || is_built_in) {
        let message = format!("`{written}` is not one of the list's fields");
        let legal = FIELDS.iter().map(|row| row.name).chain(custom::known_names(account));
        let span = word.span();
        let finding = collector.not_among(Kind::FieldUnknown, span, message, written, legal);
        collector.report(finding);
        return None;
    }
    let message = format!("the type of `{written}` is not known; it is guessed from the item");
    let finding = Finding::new(Kind::FieldUntyped, word.span(), message);
    let finding = custom::lacking(finding, name, account);
    collector.report(finding.help("give the account's fields"));
    let field = Field::Custom(custom::column(name, None, true));
    Some(Resolved { class: Class::Untyped, field: Some(field), def: None })
}

/// What a field name means that every list has or that the account defines.
pub(super) fn known<'a>(written: &str, account: &'a Account) -> Option<Resolved<'a>> {
    if let Some(row) = FIELDS.iter().find(|row| row.name == written) {
        return Some(Resolved { class: row.class, field: row.field.clone(), def: None });
    }
    let name = written.trim();
    let def = custom::by_any_name(account, name)?;
    let field = Field::Custom(custom::column(name, Some(def), true));
    Some(Resolved { class: Class::of(def.kind), field: Some(field), def: Some(def) })
}
