//! Which column a field of source `contact` means: a known field, a custom field of the account, or
//! a column that only the dump knows.

use super::fields::{CONTACT_FIELDS, CUSTOM_PREFIX, Class};
use crate::account::FieldDef;
use crate::criteria::Field;
use crate::dialect::collector::Collector;
use crate::dialect::custom;
use crate::dialect::given::Word;
use crate::finding::{Finding, Kind};

/// A field of source `contact` as it was resolved.
pub(super) struct Resolved<'a> {
    pub field: Field,
    pub class: Class,
    /// The account's definition of a custom field.
    pub def: Option<&'a FieldDef>,
}

/// Resolves a field's name, or reports that nobody knows it.
pub(super) fn resolve<'a>(word: &Word<'_>, collector: &mut Collector<'a>) -> Option<Resolved<'a>> {
    let written = word.as_str();
    if let Some(row) = CONTACT_FIELDS.iter().find(|row| row.name == written) {
        let field = Field::Contact(row.field);
        return Some(Resolved { field, class: row.class, def: None });
    }
    let marked = written.strip_prefix(CUSTOM_PREFIX);
    let name = custom_name(written);
    let account = collector.context.account;
    let def = custom::by_any_name(account, name);
    let in_dump = custom::in_dump(account, name);
    if name.is_empty() || (def.is_none() && !in_dump && account.fields.is_some()) {
        let message = format!("`{written}` is neither a contact field nor one of the account's");
        let standard = CONTACT_FIELDS.iter().map(|row| row.name);
        let legal = standard.chain(custom::known_names(account));
        let span = word.span();
        let finding = collector.not_among(Kind::FieldUnknown, span, message, written, legal);
        collector.report(finding);
        return None;
    }
    if def.is_none() && account.fields.is_none() && account.dump_columns.is_none() {
        let message =
            format!("`{written}` is taken for a custom field; nothing was given to check it");
        let names = CONTACT_FIELDS.iter().map(|row| row.name);
        let help = match crate::finding::nearest(written, names) {
            Some(near) if marked.is_none() => format!("did you mean `{near}`?"),
            _ => "give the account's custom fields or the contacts dump".to_owned(),
        };
        collector.report(Finding::new(Kind::FieldUnverified, word.span(), message).help(help));
    }
    let may_be_alias = def.is_some() || marked.is_none();
    let field = Field::Custom(custom::column(name, def, may_be_alias));
    Some(Resolved { field, class: Class::Text, def })
}

/// The name of a custom field without the mark that it may have.
pub(super) fn custom_name(written: &str) -> &str {
    written.strip_prefix(CUSTOM_PREFIX).unwrap_or(written).trim()
}
