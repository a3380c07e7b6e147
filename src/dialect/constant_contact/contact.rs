//! Which column a field of source `contact` means: a known field, a custom field of the account, or
//! a column that only the dump knows.

use super::fields::{CONTACT_FIELDS, CUSTOM_PREFIX, Class};
use crate::account::{Account, FieldDef};
use crate::criteria::Field;
use crate::dialect::collector::{Collector, Purpose};
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
    if name.is_empty() || (def.is_none() && !in_dump && is_unknown(account, collector.purpose)) {
        let message = match (&account.fields, &account.dump_columns) {
            (None, Some(_)) => format!("`{written}` is neither a contact field nor a column"),
            _ => format!("`{written}` is neither a contact field nor one of the account's"),
        };
        let standard = CONTACT_FIELDS.iter().map(|row| row.name);
        let columns = account.dump_columns.iter().flatten().map(String::as_str);
        let legal = standard.chain(custom::known_names(account)).chain(columns);
        let span = word.span();
        let finding = collector.not_among(Kind::FieldUnknown, span, message, written, legal);
        collector.report(finding);
        return None;
    }
    if def.is_none() && !in_dump && account.fields.is_none() {
        unverified(word, marked.is_some(), collector);
    }
    let may_be_alias = def.is_some() || marked.is_none();
    let field = Field::Custom(custom::column(name, def, may_be_alias));
    Some(Resolved { field, class: Class::Text, def })
}

/// True where a name that neither the account nor the dump has is certainly wrong. Without the
/// account's fields the dump's columns decide, unless its records may have more; who evaluates is
/// told by the run itself, which can also take the column as missing.
fn is_unknown(account: &Account, purpose: Purpose) -> bool {
    let by_dump = account.dump_columns.is_some() && !account.dump_may_hold_more;
    account.fields.is_some() || (by_dump && purpose == Purpose::Check)
}

fn unverified(word: &Word<'_>, marked: bool, collector: &mut Collector<'_>) {
    let written = word.as_str();
    let account = collector.context.account;
    let (checked_by, help) = match account.dump_columns {
        Some(_) if collector.purpose == Purpose::Evaluate => return,
        Some(_) => ("the first contacts don't have it", "give the account's custom fields"),
        None => (
            "nothing was given to check it",
            "give the account's custom fields or the contacts dump",
        ),
    };
    let message = format!("`{written}` is taken for a custom field; {checked_by}");
    let names = CONTACT_FIELDS.iter().map(|row| row.name);
    let help = match crate::finding::nearest(written, names) {
        Some(near) if !marked => format!("did you mean `{near}`?"),
        _ => help.to_owned(),
    };
    collector.report(Finding::new(Kind::FieldUnverified, word.span(), message).help(help));
}

/// The name of a custom field without the mark that it may have.
pub(super) fn custom_name(written: &str) -> &str {
    written.strip_prefix(CUSTOM_PREFIX).unwrap_or(written).trim()
}
