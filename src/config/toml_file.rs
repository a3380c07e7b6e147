//! A TOML file with the places of what it says: what the reader of settings and that of tests share.
//! What a file can't say is refused with its line and column, what there is and the nearest of it.

use super::error::ConfigError;
use super::sourced::Origin;
use crate::finding::nearest;
use crate::source::{Position, SourceFile};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A key, its place and its value.
pub type Entry<'t, 'i> = (&'t str, Range<usize>, &'t Spanned<DeValue<'i>>);

/// A TOML file that is being read.
#[derive(Debug)]
pub struct TomlFile {
    path: PathBuf,
    source: SourceFile,
}

/// The entries of a table in the order of the file.
pub fn entries<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let entry = |(key, value): (&'t Spanned<_>, _)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        (&**name, key.span(), value)
    };
    let mut entries: Vec<Entry<'t, 'i>> = table.iter().map(entry).collect();
    entries.sort_by_key(|(_, span, _)| span.start);
    entries
}

impl TomlFile {
    /// A file of this text, at `path`.
    pub fn new(path: &Path, text: &str) -> Self {
        let source = SourceFile::new(path.display().to_string(), text.into());
        Self { path: path.to_owned(), source }
    }

    /// Its path, as it is shown.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder to which its paths are relative; empty for the working directory.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// Reads the text as TOML.
    ///
    /// # Errors
    ///
    /// Text that isn't.
    pub fn parse<'t>(&self, text: &'t str) -> Result<Spanned<DeTable<'t>>, ConfigError> {
        DeTable::parse(text)
            .map_err(|error| self.fault(error.span().unwrap_or(0..0), error.message()))
    }

    /// Where a place is.
    pub fn position(&self, span: &Range<usize>) -> Position {
        self.source.position(span.start)
    }

    /// Something wrong at a place.
    pub fn fault(&self, span: Range<usize>, message: impl Into<String>) -> ConfigError {
        let position = self.source.position(span.start);
        let (line, column) = (position.line, position.column);
        ConfigError::Invalid { path: self.path.clone(), line, column, message: message.into() }
    }

    /// What is said there, as a source of settings.
    pub fn origin(&self, span: &Range<usize>) -> Origin {
        let line = self.source.position(span.start).line;
        Origin::File { file: self.source.name().to_owned(), line }
    }

    /// A word that there isn't, with those that there are.
    pub fn unknown<'w>(
        &self,
        span: Range<usize>,
        what: &str,
        found: &str,
        legal: impl Iterator<Item = &'w str> + Clone,
    ) -> ConfigError {
        let list = legal.clone().collect::<Vec<_>>().join(", ");
        let help = match nearest(found, legal) {
            Some(word) => format!("did you mean `{word}`? Legal here: {list}"),
            None => format!("legal here: {list}"),
        };
        self.fault(span, format!("unknown {what} `{found}`; {help}"))
    }

    /// The value as a table.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn table<'t, 'i>(
        &self,
        name: &str,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Result<&'t DeTable<'i>, ConfigError> {
        value.get_ref().as_table().ok_or_else(|| self.wrong_type(name, value, "a table"))
    }

    /// A value of another type than is wanted.
    pub fn wrong_type(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
    ) -> ConfigError {
        let found = value.get_ref().type_str();
        self.fault(value.span(), format!("`{name}` must be {wanted}, found {found}"))
    }

    /// A value that says what it can't.
    pub fn bad_value(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        said: &impl ToString,
    ) -> ConfigError {
        self.fault(value.span(), format!("`{name}`: {}", said.to_string()))
    }

    /// The value as a text.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn text<'t>(
        &self,
        name: &str,
        value: &'t Spanned<DeValue<'_>>,
    ) -> Result<&'t str, ConfigError> {
        value.get_ref().as_str().ok_or_else(|| self.wrong_type(name, value, "a string"))
    }

    /// A string, or an array of strings.
    ///
    /// # Errors
    ///
    /// It is neither; whether the elements of an array are strings isn't looked at.
    pub fn several<'t, 'i>(
        &self,
        name: &str,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Result<Vec<&'t Spanned<DeValue<'i>>>, ConfigError> {
        match value.get_ref() {
            DeValue::String(_) => Ok(vec![value]),
            DeValue::Array(elements) => Ok(elements.iter().collect()),
            _ => Err(self.wrong_type(name, value, "a string or an array of strings")),
        }
    }
}
