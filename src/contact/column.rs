//! What one can ask of a contacts dump: a canonical field, or a custom field by its names.

use super::ContactField;
use crate::value::fold_char;
use std::fmt;

/// One column that a plan or an output wants.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Column {
    /// A canonical field.
    Contact(ContactField),
    /// A custom field.
    Custom(CustomColumn),
}

/// A custom field as a dump may name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CustomColumn {
    /// The names under which a dump may carry the field (tag or key, label, id), the one that the
    /// user wrote first; without brackets and without `cf:`. Never empty.
    pub names: Vec<String>,
    /// Whether a column that is also a canonical field (`Birthday`, `Country`) may be meant.
    pub alias: Alias,
    /// True when cells hold several options, split at `;` and `|`.
    pub several: bool,
}

/// Whether a custom field may be a column that is also a canonical field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alias {
    /// Never: `cf:state` isn't the state of the address.
    Never,
    /// Where the file doesn't set custom fields apart in nested shapes; where it does, a record that
    /// lacks the field lacks it, whatever else bears the name.
    UnlessNested,
    /// Always: the column is asked for by its own name.
    Always,
}

impl CustomColumn {
    /// The name as the user wrote it.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// The name of a column or field as such names are compared (`docs/data.md`, "Names of columns"):
/// trimmed and folded, without blanks, `_`, `-` and `.`.
pub fn normalise(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}');
    let kept = name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.'));
    kept.map(fold_char).collect()
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contact(field) => f.write_str(field.name()),
            Self::Custom(custom) => f.write_str(custom.name()),
        }
    }
}
