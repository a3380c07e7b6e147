//! Custom fields: finding the account's definition of a field that criteria name, the column that a
//! dump may carry it in, and whether an operand is one of its options. How a vendor marks a name as
//! custom is its own folder's affair.

use super::collector::Collector;
use crate::account::{Account, FieldDef, FieldKind};
use crate::contact::{Alias, CustomColumn, normalise};
use crate::finding::{Finding, Kind, Severity};
use crate::source::Span;
use crate::value::folds_equal;

/// The column for a field written `written`, without the vendor's marks, that `def` defines.
pub(super) fn column(written: &str, def: Option<&FieldDef>, may_be_alias: bool) -> CustomColumn {
    let alias = if may_be_alias { Alias::UnlessNested } else { Alias::Never };
    let mut names = vec![written.to_owned()];
    for name in def.into_iter().flat_map(FieldDef::names) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let several = def.is_some_and(|def| def.kind == FieldKind::ManyOptions);
    CustomColumn { names, alias, several }
}

/// The field of the account with this key, name or id: as written, else case aside.
pub(super) fn by_any_name<'a>(account: &'a Account, written: &str) -> Option<&'a FieldDef> {
    let fields = account.fields.as_deref()?;
    let exact = fields.iter().find(|def| def.names().any(|name| name == written));
    exact.or_else(|| {
        fields.iter().find(|def| def.names().any(|name| folds_equal(name.trim(), written.trim())))
    })
}

/// Reports a text that isn't among the options of a field that has some; `is_option` says whether
/// an option is the one meant.
pub(super) fn check_option(
    def: Option<&FieldDef>,
    (found, span): (&str, Span),
    is_option: impl Fn(&str) -> bool,
    collector: &mut Collector<'_>,
) -> Option<()> {
    let Some(def) = def.filter(|def| !def.options.is_empty()) else {
        return Some(());
    };
    if def.options.iter().any(|option| is_option(option)) {
        return Some(());
    }
    let message = format!("`{found}` is no option of `{}`", def.name);
    let finding = Finding::new(Kind::OptionUnknown, span, message);
    collector.report(finding.legal(found, def.options.iter().map(String::as_str)));
    None
}

/// True when the dump has been looked at and bears a column of this name, or `cf:` and the name.
pub(super) fn in_dump(account: &Account, written: &str) -> bool {
    let wanted = normalise(written);
    let columns = account.dump_columns.as_deref().unwrap_or(&[]);
    columns.iter().map(|column| normalise(column)).any(|column| {
        column == wanted || column.strip_prefix("cf:").is_some_and(|name| name == wanted)
    })
}

/// The finding about a field of unknown type, as a warning where the contacts were looked at and have
/// no such column.
pub(super) fn lacking(finding: Finding, written: &str, account: &Account) -> Finding {
    let looked_at = account.dump_columns.is_some() && !account.dump_may_hold_more;
    if !looked_at || in_dump(account, written) {
        return finding;
    }
    let message = format!("the contacts have no column `{written}`, and no file knows its type");
    Finding { message, ..finding.weighing(Severity::Warning) }
}

/// The names of the account's fields, for "did you mean".
pub(super) fn known_names(account: &Account) -> impl Iterator<Item = &str> + Clone {
    let fields = account.fields.as_deref().unwrap_or(&[]);
    fields.iter().map(|def| def.key.as_deref().unwrap_or(def.name.as_str()))
}
