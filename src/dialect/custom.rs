//! Custom fields: finding the account's definition of a field that criteria name, and the column
//! that a dump may carry it in. How a vendor marks a name as custom is its own folder's affair.

use crate::account::{Account, FieldDef, FieldKind};
use crate::contact::{Alias, CustomColumn};
use crate::value::{fold, folds_equal};

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

/// True when the dump has been looked at and bears a column of this name, or `cf:` and the name.
pub(super) fn in_dump(account: &Account, written: &str) -> bool {
    let wanted = column_key(written);
    let columns = account.dump_columns.as_deref().unwrap_or(&[]);
    columns.iter().map(|column| column_key(column)).any(|column| {
        column == wanted || column.strip_prefix("cf:").is_some_and(|name| name == wanted)
    })
}

/// Column names compare after this: no case, no blanks, no `_`, `-` and `.`.
fn column_key(name: &str) -> String {
    fold(name.trim()).chars().filter(|c| !c.is_whitespace() && !"_-.".contains(*c)).collect()
}

/// The names of the account's fields, for "did you mean".
pub(super) fn known_names(account: &Account) -> impl Iterator<Item = &str> + Clone {
    let fields = account.fields.as_deref().unwrap_or(&[]);
    fields.iter().map(|def| def.key.as_deref().unwrap_or(def.name.as_str()))
}
