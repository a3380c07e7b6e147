//! Ids that the vendor goes by, for what dumps may carry by name.

use crate::account::{Account, FieldDef, FieldKind, Names};
use crate::value::folds_equal;
use hashbrown::HashMap;

/// The id of a list or tag that is known by this name; anything else as it stands.
pub fn id_of<'a>(names: &'a Names, text: &'a str) -> &'a str {
    let known = names.0.iter().find(|entry| folds_equal(&entry.name, text));
    known.map_or(text, |entry| entry.id.as_str())
}

/// The account's fields by the names that a dump has for them, looked up once a name.
#[derive(Debug)]
pub(super) struct FieldNames {
    account: Account,
    found: HashMap<String, Option<FieldDef>, foldhash::fast::RandomState>,
}

impl FieldNames {
    pub fn new(account: &Account) -> Self {
        let account = Account { fields: account.fields.clone(), ..Account::default() };
        Self { account, found: HashMap::default() }
    }

    /// The field that a dump calls by this name.
    pub fn def(&mut self, name: &str) -> Option<&FieldDef> {
        if !self.found.contains_key(name) {
            let def = self.account.field_named(name).cloned();
            self.found.insert(name.to_owned(), def);
        }
        self.found.get(name).and_then(Option::as_ref)
    }
}

/// The id of a field's option; anything else as it stands.
pub(super) fn choice_id<'a>(def: &'a FieldDef, option: &'a str) -> &'a str {
    let at = def.options.iter().position(|known| folds_equal(known.trim(), option.trim()));
    at.and_then(|at| def.option_ids.get(at)).map_or(option, String::as_str)
}

/// Whether the vendor keeps a field's values as ids of options.
pub(super) fn has_choices(def: &FieldDef) -> bool {
    matches!(def.kind, FieldKind::OneOption | FieldKind::ManyOptions) && !def.option_ids.is_empty()
}

/// Custom fields that come several times under one name, taken together, in order.
pub(super) fn gathered<'a>(
    custom: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, value) in custom {
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => all.push((name, vec![value])),
        }
    }
    all
}
