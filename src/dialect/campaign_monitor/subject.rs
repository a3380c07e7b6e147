//! What a RuleType means: a built-in, a custom field of the account, or, without an account, a custom
//! field of unknown type.

use super::rule_types::{Class, RULE_TYPES};
use crate::account::{Account, FieldDef, FieldKind};
use crate::contact::ContactField;
use crate::criteria::Field;
use crate::dialect::collector::Collector;
use crate::dialect::custom;
use crate::dialect::given::Word;
use crate::finding::{Finding, Kind, nearest};
use crate::value::{fold, folds_equal};

/// A RuleType as it was resolved.
pub(super) struct Resolved<'a> {
    pub class: Class,
    /// The field to look at; campaign and location rules look at none.
    pub field: Option<Field>,
    /// The account's definition of a custom field.
    pub def: Option<&'a FieldDef>,
}

/// Resolves a RuleType, or reports that there is none such.
pub(super) fn resolve<'a>(word: &Word<'_>, collector: &mut Collector<'a>) -> Option<Resolved<'a>> {
    let account = collector.context.account;
    if let Some(resolved) = known(word.as_str(), account) {
        return Some(resolved);
    }
    let fields = account.fields.as_deref();
    let trimmed = word.trimmed();
    let (tag, bracketed) = tag(trimmed);
    let is_built_in = |name: &str| RULE_TYPES.iter().any(|row| folds_equal(row.name, name));
    if fields.is_some() || tag.is_empty() || (!bracketed && is_built_in(trimmed)) {
        unknown(word, collector);
        return None;
    }
    let message = format!("`{tag}` is taken for a custom field; its type is guessed");
    let finding = Finding::new(Kind::FieldUntyped, word.span(), message);
    let finding = custom::lacking(finding, tag, account);
    let near = nearest(tag, RULE_TYPES.iter().map(|row| row.name)).filter(|_| !bracketed);
    collector.report(match near {
        Some(near) => finding.help(format!("did you mean `{near}`? Else give the custom fields")),
        None => finding.help("give the account's custom fields"),
    });
    // In brackets a built-in's name is never the built-in, nor the column that it looks at.
    let may_be_alias = !is_built_in(tag);
    let field = Field::Custom(custom::column(tag, None, may_be_alias));
    Some(Resolved { class: Class::Untyped, field: Some(field), def: None })
}

/// What a RuleType means that is built in or that the account defines.
pub(super) fn known<'a>(written: &str, account: &'a Account) -> Option<Resolved<'a>> {
    if let Some(row) = RULE_TYPES.iter().find(|row| row.name == written) {
        return Some(Resolved { class: row.class, field: built_in_field(row.class), def: None });
    }
    let (tag, _) = tag(written.trim());
    let def = defined(account.fields.as_deref()?, tag)?;
    let field = Field::Custom(custom::column(tag, Some(def), true));
    Some(Resolved { class: class_of(def.kind), field: Some(field), def: Some(def) })
}

/// The name of a custom field without the brackets that it may stand in, and whether it does.
fn tag(trimmed: &str) -> (&str, bool) {
    let bracketed = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    (bracketed.unwrap_or(trimmed).trim(), bracketed.is_some())
}

/// What a built-in RuleType of a class looks at.
pub(super) fn built_in_field(class: Class) -> Option<Field> {
    match class {
        Class::Name => Some(Field::Contact(ContactField::Name)),
        Class::Email => Some(Field::Contact(ContactField::Email)),
        Class::DateSubscribed => Some(Field::Subscribed),
        _ => None,
    }
}

fn class_of(kind: FieldKind) -> Class {
    match kind {
        FieldKind::Text | FieldKind::MonthDay => Class::Text,
        FieldKind::Number => Class::Number,
        FieldKind::Date => Class::Date,
        FieldKind::OneOption | FieldKind::ManyOptions | FieldKind::Country | FieldKind::UsState => {
            Class::Option
        }
    }
}

/// The field that a tag means: the exact key, the key case aside, the field name, the field name
/// without regard to case and blanks; in this order.
fn defined<'a>(fields: &'a [FieldDef], tag: &str) -> Option<&'a FieldDef> {
    let key_is = |def: &&FieldDef| def.key.as_deref() == Some(tag);
    let key_folds = |def: &&FieldDef| def.key.as_deref().is_some_and(|key| folds_equal(key, tag));
    let name_is = |def: &&FieldDef| def.name == tag;
    let bare = |text: &str| fold(text).split_whitespace().collect::<String>();
    let wanted = bare(tag);
    let name_folds = |def: &&FieldDef| !wanted.is_empty() && bare(&def.name) == wanted;
    (fields.iter().find(key_is))
        .or_else(|| fields.iter().find(key_folds))
        .or_else(|| fields.iter().find(name_is))
        .or_else(|| fields.iter().find(name_folds))
}

fn unknown(word: &Word<'_>, collector: &mut Collector<'_>) {
    let written = word.as_str();
    let built_in = RULE_TYPES.iter().map(|row| row.name);
    let message = format!("`{written}` is neither a built-in RuleType nor a custom field");
    let legal = built_in.chain(custom::known_names(collector.context.account));
    let finding = collector.not_among(Kind::RuleTypeUnknown, word.span(), message, written, legal);
    collector.report(finding);
}
