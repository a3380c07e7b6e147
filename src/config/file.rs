//! `segkit.toml`: finding it, and reading it by the table of keys. What it can't say is refused with
//! its place, the keys that there are and the nearest of them.

use super::error::ConfigError;
use super::keys::{KEYS, LINTS, PER_FILE};
use super::layer::{Layer, LevelRow, levels_of};
use super::per_file::PerFile;
use super::toml_file::{Entry, TomlFile, entries};
use crate::finding::Setting;
use globset::GlobBuilder;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// What the file is called.
pub const NAME: &str = "segkit.toml";

/// The settings of a file.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    /// Its path, as it is shown.
    pub path: PathBuf,
    /// What holds for every criteria file.
    pub layer: Layer,
    /// What holds for some only, in the order of the file.
    pub per_file: Vec<PerFile>,
}

impl ConfigFile {
    /// The `segkit.toml` of the folder, or of the nearest folder above it that has one. An empty
    /// path is the working directory, and the file's path is then relative to it.
    ///
    /// # Errors
    ///
    /// A file that can't be read, or says what it can't.
    pub fn find(folder: &Path) -> Result<Option<Self>, ConfigError> {
        let absolute = std::path::absolute(if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        });
        let unreadable = |reason| ConfigError::Unreadable { path: folder.to_owned(), reason };
        let absolute = absolute.map_err(unreadable)?;
        let mut relative = PathBuf::new();
        for above in absolute.ancestors() {
            let shown = if folder.as_os_str().is_empty() { &relative } else { above };
            let path = shown.join(NAME);
            if path.is_file() {
                return Self::read(&path).map(Some);
            }
            relative.push("..");
        }
        Ok(None)
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// A file that can't be read, or says what it can't.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path);
        let text =
            text.map_err(|reason| ConfigError::Unreadable { path: path.to_owned(), reason })?;
        Self::parse(path, &text)
    }

    /// Reads the text of a file at `path`.
    ///
    /// # Errors
    ///
    /// Text that isn't TOML, or says what it can't.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let reader = TomlFile::new(path, text);
        let table = reader.parse(text)?;
        let mut file =
            Self { path: path.to_owned(), layer: Layer::default(), per_file: Vec::new() };
        for entry in entries(table.get_ref()) {
            reader.top(&entry, &mut file)?;
        }
        Ok(file)
    }

    /// The folder to which its paths are relative; empty for the working directory.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

impl TomlFile {
    /// Reads a key that stands before any section, or a section.
    fn top(&self, entry: &Entry<'_, '_>, file: &mut ConfigFile) -> Result<(), ConfigError> {
        let (name, span, value) = entry;
        match *name {
            LINTS => file.layer.levels = self.levels(self.table(name, value)?)?,
            PER_FILE => {
                for (pattern, span, value) in entries(self.table(name, value)?) {
                    let rows = self.levels(self.table(pattern, value)?)?;
                    file.per_file.push(self.per_file(pattern, span, rows)?);
                }
            }
            name if KEYS.iter().any(|row| row.section == name) => {
                for entry in entries(self.table(name, value)?) {
                    self.value(name, &entry, &mut file.layer)?;
                }
            }
            name if KEYS.iter().any(|row| row.section.is_empty() && row.name == name) => {
                self.value("", entry, &mut file.layer)?;
            }
            name => {
                let mut legal: Vec<&str> = Vec::new();
                for row in KEYS {
                    let word = if row.section.is_empty() { row.name } else { row.section };
                    if legal.last() != Some(&word) {
                        legal.push(word);
                    }
                }
                legal.extend([LINTS, PER_FILE]);
                return Err(self.unknown(span.clone(), "key", name, legal.into_iter()));
            }
        }
        Ok(())
    }

    /// Reads the value of a key of the table.
    fn value(
        &self,
        section: &str,
        entry: &Entry<'_, '_>,
        layer: &mut Layer,
    ) -> Result<(), ConfigError> {
        let (name, span, _) = entry;
        let of_section = KEYS.iter().filter(|row| row.section == section);
        match of_section.clone().find(|row| row.name == *name) {
            Some(row) => self.set(row.key, entry, layer),
            None => Err(self.unknown(span.clone(), "key", name, of_section.map(|row| row.name))),
        }
    }

    fn levels(&self, table: &DeTable<'_>) -> Result<Vec<LevelRow>, ConfigError> {
        let mut rows = Vec::new();
        for (name, span, value) in entries(table) {
            let text = value.get_ref().as_str();
            let text = text.ok_or_else(|| self.wrong_type(name, value, "a string"))?;
            let settings = [Setting::Allow, Setting::Warn, Setting::Deny];
            let Some(setting) = settings.into_iter().find(|setting| setting.name() == text) else {
                let legal = settings.into_iter().map(Setting::name);
                return Err(self.unknown(value.span(), "setting", text, legal));
            };
            let origin = self.origin(&span);
            rows.push(LevelRow { name: name.to_owned(), setting, origin });
            levels_of(&rows).map_err(|error| self.fault(span, error.to_string()))?;
        }
        Ok(rows)
    }

    fn per_file(
        &self,
        pattern: &str,
        span: Range<usize>,
        rows: Vec<LevelRow>,
    ) -> Result<PerFile, ConfigError> {
        let fault = |message: String| self.fault(span.clone(), message);
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        let glob = glob.map_err(|error| fault(error.to_string()))?.compile_matcher();
        let levels = levels_of(&rows).map_err(|error| fault(error.to_string()))?;
        Ok(PerFile { pattern: pattern.to_owned(), rows, glob, levels })
    }
}

#[cfg(test)]
mod tests;
