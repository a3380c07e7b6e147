//! The map file: what campaigns, lists, tags and fields of one account are called in another
//! (`docs/convert.md`, "The map file").

use super::section::Section;
use crate::account::FieldKind;
use crate::finding::nearest;
use crate::source::SourceFile;
use crate::source::escape::quote;
use crate::value::folds_equal;
use std::fmt::Write as _;
use std::ops::Range;
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is called how in the other account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    section: Section,
    from: String,
    target: Target,
}

/// What stands for something in the other account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its id, or name, there.
    pub to: String,
    /// Of a field, its type there, where the file says.
    pub kind: Option<FieldKind>,
    /// Of a field, its options there.
    pub options: Vec<String>,
}

/// What is wrong with a map file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct MapError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// The keys of a field that says more than its name.
const FIELD_KEYS: &[&str] = &["to", "type", "options"];

impl Mapping {
    /// Reads a map file.
    ///
    /// # Errors
    ///
    /// Text that isn't TOML, a section or key that there isn't, an entry without a target, or two
    /// entries of one section with the same target: what is one there can't be told apart.
    pub fn read(file: &SourceFile) -> Result<Self, MapError> {
        let reader = Reader { file };
        let table = DeTable::parse(file.text())
            .map_err(|error| reader.fault(error.span().unwrap_or(0..0), error.message()))?;
        let mut mapping = Self::default();
        for (name, section) in table.get_ref().iter() {
            let known = Section::ALL.into_iter().find(|known| known.name() == &**name.get_ref());
            let Some(known) = known else {
                let names = Section::ALL.map(Section::name);
                let what = format!("there is no section `{}`", name.get_ref());
                return Err(reader.unknown(name.span(), what, name.get_ref(), &names));
            };
            let DeValue::Table(entries) = section.get_ref() else {
                let message = format!("`{known}` is a table: names here, names there");
                return Err(reader.fault(section.span(), message));
            };
            for (from, value) in entries.iter() {
                let target = reader.target(known, value)?;
                let taken = |entry: &&Entry| {
                    entry.section == known && folds_equal(&entry.target.to, &target.to)
                };
                if let Some(other) = mapping.entries.iter().find(taken) {
                    let message = format!(
                        "`{}` and `{}` would both be `{}`",
                        other.from,
                        from.get_ref(),
                        target.to
                    );
                    return Err(reader.fault(value.span(), message));
                }
                let from = from.get_ref().clone().into_owned();
                mapping.entries.push(Entry { section: known, from, target });
            }
        }
        Ok(mapping)
    }

    /// A mapping of these pairs.
    pub fn of<'p>(pairs: impl IntoIterator<Item = (Section, &'p str, &'p str)>) -> Self {
        let entry = |(section, from, to): (Section, &str, &str)| Entry {
            section,
            from: from.to_owned(),
            target: Target { to: to.to_owned(), kind: None, options: Vec::new() },
        };
        Self { entries: pairs.into_iter().map(entry).collect() }
    }

    /// The same, with the type of a field there.
    #[must_use]
    pub fn typed(mut self, from: &str, kind: FieldKind) -> Self {
        for entry in &mut self.entries {
            if entry.section == Section::Fields && entry.from == from {
                entry.target.kind = Some(kind);
            }
        }
        self
    }

    /// What stands for this: an entry that is spelled so, else one that differs only in case or in
    /// blanks around it.
    pub fn target(&self, section: Section, from: &str) -> Option<&Target> {
        let of_section = || self.entries.iter().filter(move |entry| entry.section == section);
        let exact = of_section().find(|entry| entry.from == from);
        let alike = || of_section().find(|entry| folds_equal(entry.from.trim(), from.trim()));
        exact.or_else(alike).map(|entry| &entry.target)
    }

    /// True where some field's type is given.
    pub fn has_types(&self) -> bool {
        self.entries.iter().any(|entry| entry.target.kind.is_some())
    }
}

/// A map file to fill in: an entry for each name, with what is known of it behind.
pub fn template(missing: &[(Section, String, String)]) -> String {
    let mut text = String::new();
    for section in Section::ALL {
        let mut those = missing.iter().filter(|(of, ..)| *of == section).peekable();
        if those.peek().is_none() {
            continue;
        }
        let between = if text.is_empty() { "" } else { "\n" };
        // Writing to a String does not fail.
        let _ = writeln!(text, "{between}[{section}]");
        for (_, from, about) in those {
            let about = if about.is_empty() { String::new() } else { format!("  # {about}") };
            let _ = writeln!(text, "{} = \"\"{about}", Section::key(from));
        }
    }
    text
}

impl Section {
    /// A name as a key of the file.
    pub fn key(name: &str) -> String {
        let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quote(name) }
    }
}

struct Reader<'f> {
    file: &'f SourceFile,
}

impl Reader<'_> {
    fn fault(&self, span: Range<usize>, message: impl Into<String>) -> MapError {
        let position = self.file.position(span.start);
        let (line, column) = (position.line, position.column);
        MapError { file: self.file.name().to_owned(), line, column, message: message.into() }
    }

    fn unknown(&self, span: Range<usize>, what: String, found: &str, legal: &[&str]) -> MapError {
        let list = legal.join(", ");
        let help = match nearest(found, legal.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? There are {list}"),
            None => format!("there are {list}"),
        };
        self.fault(span, format!("{what}; {help}"))
    }

    fn target(&self, section: Section, value: &Spanned<DeValue<'_>>) -> Result<Target, MapError> {
        match value.get_ref() {
            DeValue::Table(table) if section == Section::Fields => self.field(value, table),
            _ => Ok(Target { to: self.text(value)?, kind: None, options: Vec::new() }),
        }
    }

    fn field(&self, whole: &Spanned<DeValue<'_>>, table: &DeTable<'_>) -> Result<Target, MapError> {
        let mut target = Target { to: String::new(), kind: None, options: Vec::new() };
        for (key, value) in table.iter() {
            match &**key.get_ref() {
                "to" => target.to = self.text(value)?,
                "type" => {
                    let word = self.text(value)?;
                    let kind = FieldKind::named(&word);
                    let said = || self.fault(value.span(), format!("`{word}` is no type of field"));
                    target.kind = Some(kind.ok_or_else(said)?);
                }
                "options" => {
                    let DeValue::Array(options) = value.get_ref() else {
                        return Err(self.fault(value.span(), "options are an array of texts"));
                    };
                    let options = options.iter().map(|option| self.text(option));
                    target.options = options.collect::<Result<_, _>>()?;
                }
                other => {
                    let what = format!("a field has no `{other}`");
                    return Err(self.unknown(key.span(), what, other, FIELD_KEYS));
                }
            }
        }
        if target.to.is_empty() {
            return Err(self.fault(whole.span(), "the field lacks its name there, in `to`"));
        }
        Ok(target)
    }

    fn text(&self, value: &Spanned<DeValue<'_>>) -> Result<String, MapError> {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                Err(self.fault(value.span(), "the entry is empty: what stands for it there?"))
            }
            DeValue::String(text) => Ok(text.trim().to_owned()),
            // The ids of one vendor are integers.
            DeValue::Integer(number) => Ok(number.to_string()),
            _ => Err(self.fault(value.span(), "this is a text: the name or id there")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Mapping, String> {
        Mapping::read(&SourceFile::new("map.toml", text.into())).map_err(|error| error.to_string())
    }

    #[test]
    fn what_stands_for_what() {
        let text = "[campaigns]\n\"K 1\" = 33\n[fields]\nstate = \"State\"\n\
            points = {to = \"[Points]\", type = \"number\"}\n\
            level = {to = \"Level\", type = \"Dropdown\", options = [\"a\", \"b\"]}\n";
        let mapping = read(text).unwrap();
        let to = |section, from| mapping.target(section, from).map(|target| target.to.as_str());
        assert_eq!(to(Section::Campaigns, "k 1 "), Some("33"));
        assert_eq!(to(Section::Campaigns, "k"), None);
        assert_eq!(to(Section::Lists, "K 1"), None);
        assert_eq!(to(Section::Fields, "state"), Some("State"));
        let level = mapping.target(Section::Fields, "level").unwrap();
        assert_eq!((level.kind, level.options.len()), (Some(FieldKind::OneOption), 2));
        assert!(mapping.has_types());
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (text, expected) in [
            (
                "[campaign]\n",
                "map.toml:1:2: there is no section `campaign`; did you mean `campaigns`? There are campaigns, lists, tags, fields",
            ),
            ("lists = 1", "map.toml:1:9: `lists` is a table: names here, names there"),
            ("[lists]\na = \"\"", "map.toml:2:5: the entry is empty: what stands for it there?"),
            ("[lists]\na = true", "map.toml:2:5: this is a text: the name or id there"),
            ("[lists]\na = \"x\"\nb = \"X\"", "map.toml:3:5: `a` and `b` would both be `X`"),
            (
                "[fields]\na = {typ = \"x\"}",
                "map.toml:2:6: a field has no `typ`; did you mean `type`? There are to, type, options",
            ),
            ("[fields]\na = {type = \"x\", to = \"b\"}", "map.toml:2:13: `x` is no type of field"),
            (
                "[fields]\na = {type = \"text\"}",
                "map.toml:2:5: the field lacks its name there, in `to`",
            ),
            ("[lists", "map.toml:1:7: unclosed table, expected `]`"),
        ] {
            assert_eq!(read(text).unwrap_err(), expected, "{text}");
        }
    }

    #[test]
    fn templates_are_files() {
        let missing = [
            (Section::Tags, "A \"b\"".to_owned(), String::new()),
            (Section::Campaigns, "e45d".to_owned(), "Poetry".to_owned()),
        ];
        let text = template(&missing);
        assert_eq!(text, "[campaigns]\ne45d = \"\"  # Poetry\n\n[tags]\n\"A \\\"b\\\"\" = \"\"\n");
        assert_eq!(
            read(&text).unwrap_err(),
            "map.toml:2:8: the entry is empty: what stands for it there?"
        );
        assert!(read(&text.replace("\"\"", "\"x\"")).is_ok());
    }
}
