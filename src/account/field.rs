//! Custom fields as the account defines them.

use crate::contact::normalise;
use crate::value::{DayOrder, folds_equal};
use std::fmt;

/// The type of a custom field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Free text.
    Text,
    /// A decimal number.
    Number,
    /// A calendar date, or a date with a time.
    Date,
    /// A day of the year.
    MonthDay,
    /// One of the options.
    OneOption,
    /// Any number of the options.
    ManyOptions,
    /// A country.
    Country,
    /// A state of the USA.
    UsState,
}

impl FieldKind {
    /// The kind that a vendor's word for it, or its [name](Self::name), means; blanks, case, `_` and
    /// `-` aside.
    pub fn named(word: &str) -> Option<Self> {
        let word = normalise(word);
        let known = FIELD_TYPES.iter().find(|(known, _)| normalise(known) == word);
        known.map(|(_, kind)| *kind)
    }

    /// The words for the kinds, as the vendors' files have them.
    pub fn words() -> impl Iterator<Item = &'static str> {
        FIELD_TYPES.iter().map(|(word, _)| *word)
    }

    /// The kind in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::MonthDay => "birthday",
            Self::OneOption => "single-select",
            Self::ManyOptions => "multi-select",
            Self::Country => "country",
            Self::UsState => "US state",
        }
    }
}

/// The vendors' words for types of fields.
const FIELD_TYPES: &[(&str, FieldKind)] = &[
    ("Text", FieldKind::Text),
    ("string", FieldKind::Text),
    ("text_area", FieldKind::Text),
    ("Number", FieldKind::Number),
    ("currency", FieldKind::Number),
    ("Date", FieldKind::Date),
    ("datetime", FieldKind::Date),
    ("birthday", FieldKind::MonthDay),
    ("MultiSelectOne", FieldKind::OneOption),
    ("single_select", FieldKind::OneOption),
    ("dropdown", FieldKind::OneOption),
    ("boolean", FieldKind::OneOption),
    ("MultiSelectMany", FieldKind::ManyOptions),
    ("multi_select", FieldKind::ManyOptions),
    ("Country", FieldKind::Country),
    ("USState", FieldKind::UsState),
];

impl fmt::Display for FieldKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A custom field of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDef {
    /// The name or label that people see.
    pub name: String,
    /// The personalisation tag or key, without brackets; `None` where the file has none or an
    /// empty one.
    pub key: Option<String>,
    /// The vendor's id of the field.
    pub id: Option<String>,
    /// The type.
    pub kind: FieldKind,
    /// The options, in file order; empty where the type has none or the file names none.
    pub options: Vec<String>,
    /// The vendor's ids of the options, one each, where it gives them; else empty. Dumps may carry
    /// them in the options' stead.
    pub option_ids: Vec<String>,
    /// How the field writes its dates.
    pub date_order: DayOrder,
}

impl FieldDef {
    /// The option that an id stands for, case aside.
    pub fn option_of(&self, id: &str) -> Option<&str> {
        let at = self.option_ids.iter().position(|known| folds_equal(known.trim(), id.trim()))?;
        self.options.get(at).map(String::as_str)
    }

    /// The names under which criteria and dumps may speak of the field: key, name, id.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        (self.key.as_deref().into_iter()).chain([self.name.as_str()]).chain(self.id.as_deref())
    }
}
