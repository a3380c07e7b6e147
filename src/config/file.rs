//! `segkit.toml`: finding it, and reading it by the table of keys. What it can't say is refused with
//! its place, the keys that there are and the nearest of them.

use super::error::ConfigError;
use super::keys::{KEYS, Key, KeyRow, LINTS, PER_FILE};
use super::layer::{Layer, LevelRow, Origin, Sourced, levels_of};
use super::per_file::PerFile;
use super::threads::threads_named;
use crate::dump::{Input, InputPath, Mapped, Mappings, delimiter_named, encoding_named};
use crate::finding::{Setting, nearest};
use crate::source::SourceFile;
use globset::GlobBuilder;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

type Entry<'t, 'i> = (&'t str, Range<usize>, &'t Spanned<DeValue<'i>>);

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
        let source = SourceFile::new(path.display().to_string(), text.into());
        let reader = Reader { path, source };
        let table = DeTable::parse(text)
            .map_err(|error| reader.fault(error.span().unwrap_or(0..0), error.message()))?;
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

/// The entries of a table in the order of the file.
fn entries<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let entry = |(key, value): (&'t Spanned<_>, _)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        (&**name, key.span(), value)
    };
    let mut entries: Vec<Entry<'t, 'i>> = table.iter().map(entry).collect();
    entries.sort_by_key(|(_, span, _)| span.start);
    entries
}

struct Reader<'f> {
    path: &'f Path,
    source: SourceFile,
}

impl Reader<'_> {
    fn fault(&self, span: Range<usize>, message: impl Into<String>) -> ConfigError {
        let position = self.source.position(span.start);
        let (line, column) = (position.line, position.column);
        ConfigError::Invalid { path: self.path.to_owned(), line, column, message: message.into() }
    }

    fn origin(&self, span: &Range<usize>) -> Origin {
        let line = self.source.position(span.start).line;
        Origin::File { file: self.source.name().to_owned(), line }
    }

    fn unknown<'w>(
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

    fn table<'t, 'i>(
        &self,
        name: &str,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Result<&'t DeTable<'i>, ConfigError> {
        value.get_ref().as_table().ok_or_else(|| self.wrong_type(name, value, "a table"))
    }

    fn wrong_type(&self, name: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> ConfigError {
        let found = value.get_ref().type_str();
        self.fault(value.span(), format!("`{name}` must be {wanted}, found {found}"))
    }

    /// Reads the value of a key of the table.
    fn value(
        &self,
        section: &str,
        (name, span, value): &Entry<'_, '_>,
        layer: &mut Layer,
    ) -> Result<(), ConfigError> {
        let of_section = KEYS.iter().filter(|row| row.section == section);
        let Some(row) = of_section.clone().find(|row| row.name == *name) else {
            return Err(self.unknown(span.clone(), "key", name, of_section.map(|row| row.name)));
        };
        let origin = self.origin(span);
        match row.key {
            Key::Dialect => layer.dialect = Some(self.parsed(row, value, origin)?),
            Key::Timezone => layer.zone = Some(self.parsed(row, value, origin)?),
            Key::AsOf => layer.as_of = Some(self.parsed(row, value, origin)?),
            Key::Threads => {
                let number = value.get_ref().as_integer();
                let number =
                    number.ok_or_else(|| self.wrong_type(name, value, "a number of threads"))?;
                let threads = threads_named(&number.to_string());
                let threads = threads.map_err(|error| self.bad_value(row, value, &error))?;
                layer.threads = Some(Sourced::new(threads, origin));
            }
            Key::List => layer.list = Some(self.parsed(row, value, origin)?),
            Key::ReadDumps => {
                let flag = value.get_ref().as_bool();
                let flag = flag.ok_or_else(|| self.wrong_type(name, value, "true or false"))?;
                layer.read_dumps = Some(Sourced::new(flag, origin));
            }
            Key::Encoding => {
                layer.encoding = Some(self.read(row, value, origin, encoding_named)?);
            }
            Key::Delimiter => {
                layer.delimiter = Some(self.read(row, value, origin, delimiter_named)?);
            }
            Key::SkipLines => {
                let lines = value.get_ref().as_integer();
                let lines = lines.and_then(|lines| lines.to_string().parse().ok());
                let lines =
                    lines.ok_or_else(|| self.wrong_type(name, value, "a number of lines"))?;
                layer.skip_lines = Some(Sourced::new(lines, origin));
            }
            Key::Map => layer.map = Some(Sourced::new(self.mappings(row, value)?, origin)),
            Key::Files(which) => {
                layer.files.insert(which, Sourced::new(self.inputs(row, value)?, origin));
            }
        }
        Ok(())
    }

    fn parsed<T: FromStr<Err: ToString>>(
        &self,
        row: &KeyRow,
        value: &Spanned<DeValue<'_>>,
        origin: Origin,
    ) -> Result<Sourced<T>, ConfigError> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            // TOML has dates of its own, and as-of may be one.
            DeValue::Datetime(time) if row.key == Key::AsOf => time.to_string(),
            _ => return Err(self.wrong_type(row.name, value, "a string")),
        };
        let parsed = text.parse::<T>().map_err(|error| self.bad_value(row, value, &error));
        Ok(Sourced::new(parsed?, origin))
    }

    /// The same, where the words are known to a function.
    fn read<T>(
        &self,
        row: &KeyRow,
        value: &Spanned<DeValue<'_>>,
        origin: Origin,
        read: fn(&str) -> Result<T, String>,
    ) -> Result<Sourced<T>, ConfigError> {
        let read = read(self.text(row, value)?).map_err(|error| self.bad_value(row, value, &error));
        Ok(Sourced::new(read?, origin))
    }

    fn text<'t>(
        &self,
        row: &KeyRow,
        value: &'t Spanned<DeValue<'_>>,
    ) -> Result<&'t str, ConfigError> {
        let text = value.get_ref().as_str();
        text.ok_or_else(|| self.wrong_type(row.name, value, "a string"))
    }

    fn bad_value(
        &self,
        row: &KeyRow,
        value: &Spanned<DeValue<'_>>,
        said: &impl ToString,
    ) -> ConfigError {
        self.fault(value.span(), format!("`{}`: {}", row.name, said.to_string()))
    }

    /// A string, or an array of strings.
    fn several<'t, 'i>(
        &self,
        row: &KeyRow,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Result<Vec<&'t Spanned<DeValue<'i>>>, ConfigError> {
        match value.get_ref() {
            DeValue::String(_) => Ok(vec![value]),
            DeValue::Array(elements) => Ok(elements.iter().collect()),
            _ => Err(self.wrong_type(row.name, value, "a string or an array of strings")),
        }
    }

    fn inputs(
        &self,
        row: &KeyRow,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Vec<Input>, ConfigError> {
        self.several(row, value)?.into_iter().map(|element| self.input(row, element)).collect()
    }

    fn mappings(
        &self,
        row: &KeyRow,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Mappings, ConfigError> {
        let mut all = Vec::new();
        for element in self.several(row, value)? {
            let mapped = self.text(row, element)?.parse::<Mapped>();
            all.push(mapped.map_err(|error| self.bad_value(row, element, &error))?);
        }
        Mappings::new(all).map_err(|error| self.bad_value(row, value, &error))
    }

    fn input(&self, row: &KeyRow, value: &Spanned<DeValue<'_>>) -> Result<Input, ConfigError> {
        let text = self.text(row, value)?;
        let fault = |message: &str| self.bad_value(row, value, &message);
        let mut input = text.parse::<Input>().map_err(|message| fault(&message))?;
        let folder = self.path.parent().unwrap_or(Path::new(""));
        match &mut input.path {
            InputPath::Stdin => return Err(fault("standard input is for flags only")),
            InputPath::File(path) => *path = folder.join(&*path),
        }
        Ok(input)
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
