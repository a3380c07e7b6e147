//! Reading a test file: what stands above all cases is shared by them, and each case says the rest,
//! or says it anew. What a file can't say is refused with its place, as in a `segkit.toml`.

use super::expectations::{Expectation, Expectations, Expected, ExpectedKey};
use super::keys::{HowMany, MISSING_COLUMNS, NEGATIVES, Says, WINDOWS, Who, Words, keys};
use super::rows::{Row, rows, text_of};
use crate::catalog::reference;
use crate::config::{
    ConfigError, ConfigFile, Entry, Files, Layer, Settings, Sourced, TomlFile, entries,
};
use crate::criteria::{Negatives, WindowReading};
use crate::dump::{Input, InputPath};
use crate::engine::{MissingColumns, Options, StatusChoice};
use crate::source::Position;
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A test file.
#[derive(Debug, Clone)]
pub struct SuiteFile {
    /// Its path, as it is shown.
    pub path: PathBuf,
    /// Its cases, in the order of the file; at least one.
    pub cases: Vec<Case>,
}

/// A case: a segment, the contacts that it is put to, and what must come of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name, unlike any other of the file.
    pub name: String,
    /// Where it begins; of a file that is one case, the beginning of its expectations.
    pub place: Position,
    /// The criteria file.
    pub criteria: PathBuf,
    /// Where that is said.
    pub criteria_place: Position,
    /// Which of its segments: a name, or a number from 1.
    pub segment: Option<String>,
    /// What must come of it.
    pub expectations: Expectations,
    pub(super) settings: Settings,
    switches: Switches,
}

/// The switches, as far as they are said.
#[derive(Debug, Clone, Default)]
struct Switches {
    window: Option<WindowReading>,
    negatives: Option<Negatives>,
    status: Option<StatusChoice>,
    missing_columns: Option<MissingColumns>,
}

impl Case {
    /// The criteria file as it is shown: `segments/../a.json` is `a.json`.
    pub(super) fn shown_criteria(&self) -> String {
        let mut parts: Vec<Component<'_>> = Vec::new();
        for part in self.criteria.components() {
            match (part, parts.last()) {
                (Component::ParentDir, Some(Component::Normal(_))) => drop(parts.pop()),
                (Component::CurDir, _) => {}
                _ => parts.push(part),
            }
        }
        parts.into_iter().collect::<PathBuf>().display().to_string()
    }

    /// The files that it reads.
    pub fn reads(&self) -> Vec<PathBuf> {
        let file = |input: &Input| match &input.path {
            InputPath::File(path) => Some(path.clone()),
            InputPath::Stdin | InputPath::Text { .. } => None,
        };
        let inputs = self.settings.resolve();
        inputs.inputs().filter_map(file).chain([self.criteria.clone()]).collect()
    }

    /// The options of its run.
    pub fn options(&self) -> Options {
        let clock = self.settings.clock();
        Options {
            zone: clock.zone,
            window: self.switches.window.unwrap_or_default(),
            negatives: self.switches.negatives.unwrap_or_default(),
            status: self.switches.status.clone().unwrap_or_default(),
            list: self.settings.list().map(str::to_owned),
            missing_columns: self.switches.missing_columns.unwrap_or_default(),
            ..Options::at(clock.as_of)
        }
    }
}

impl SuiteFile {
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

    /// Reads the text of a file at `path`, to whose folder its paths are relative.
    ///
    /// # Errors
    ///
    /// Text that isn't TOML, or says what it can't.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let file = TomlFile::new(path, text);
        let table = file.parse(text)?;
        let table = table.get_ref();
        let said = table.iter().find(|(key, _)| &**key.get_ref() == "case").map(|(_, case)| case);
        let Some(said) = said else {
            let one = Draft::default().read(&file, table, false)?;
            let place = one.first_expected.clone().unwrap_or(0..0);
            let cases = vec![one.finish(&file, 0, place)?];
            return Ok(Self { path: path.to_owned(), cases });
        };
        let shared = Draft::default().read(&file, table, false)?;
        if let Some((name, span)) = &shared.of_a_case {
            let message = format!("`{name}` is said of one case: put it below a `[[case]]`");
            return Err(file.fault(span.clone(), message));
        }
        let wanted = "tables, each beginning with `[[case]]`";
        let array = said.get_ref().as_array();
        let array = array.ok_or_else(|| file.wrong_type("case", said, wanted))?;
        let mut cases: Vec<Case> = Vec::new();
        for (number, value) in array.iter().enumerate() {
            let table = value.get_ref().as_table();
            let table = table.ok_or_else(|| file.wrong_type("case", value, wanted))?;
            let one = shared.clone().read(&file, table, true)?;
            let named = one.name.as_ref().map_or_else(|| value.span(), |(_, span)| span.clone());
            let case = one.finish(&file, number, value.span())?;
            if let Some(other) = cases.iter().find(|other| other.name == case.name) {
                let message =
                    format!("the case of line {} is called `{}` too", other.place.line, case.name);
                return Err(file.fault(named, message));
            }
            cases.push(case);
        }
        if cases.is_empty() {
            return Err(file.fault(said.span(), "there is no case"));
        }
        Ok(Self { path: path.to_owned(), cases })
    }
}

/// What was said so far: above all cases, then in one.
#[derive(Debug, Clone, Default)]
struct Draft {
    layer: Layer,
    switches: Switches,
    criteria: Option<(String, Range<usize>)>,
    segment: Option<String>,
    rows: BTreeMap<Files, Vec<Row>>,
    name: Option<(String, Range<usize>)>,
    expectations: Expectations,
    /// The first key that is said of one case only, and its place.
    of_a_case: Option<(String, Range<usize>)>,
    first_expected: Option<Range<usize>>,
}

impl Draft {
    fn read(
        mut self,
        file: &TomlFile,
        table: &DeTable<'_>,
        in_case: bool,
    ) -> Result<Self, ConfigError> {
        let legal = keys(in_case);
        for entry in entries(table) {
            let (name, span, _) = &entry;
            let Some((_, says)) = legal.iter().find(|(key, _)| key == name) else {
                let legal = legal.iter().map(|(key, _)| key.as_str());
                return Err(file.unknown(span.clone(), "key", name, legal));
            };
            if says.is_of_a_case() && self.of_a_case.is_none() {
                self.of_a_case = Some(((*name).to_owned(), span.clone()));
            }
            self.take(file, *says, &entry)?;
        }
        Ok(self)
    }

    fn take(
        &mut self,
        file: &TomlFile,
        says: Says,
        entry: &Entry<'_, '_>,
    ) -> Result<(), ConfigError> {
        let (name, span, value) = entry;
        let text = || file.text(name, value).map(str::to_owned);
        match says {
            Says::Setting(key) => file.set(key, entry, &mut self.layer)?,
            Says::Criteria => self.criteria = Some((text()?, value.span())),
            Says::Segment => self.segment = Some(text()?),
            Says::Window => self.switches.window = Some(word(file, entry, WINDOWS)?),
            Says::Negatives => self.switches.negatives = Some(word(file, entry, NEGATIVES)?),
            Says::Status => self.switches.status = Some(StatusChoice::named(&text()?)),
            Says::MissingColumns => {
                self.switches.missing_columns = Some(word(file, entry, MISSING_COLUMNS)?);
            }
            Says::Rows(which) => {
                self.rows.entry(which).or_default().extend(rows(file, name, value)?);
            }
            Says::Name => self.name = Some((text()?, value.span())),
            Says::Who(who) => {
                let keys = self.keys(file, who, name, value)?;
                let what = match who {
                    Who::In => Expected::In(keys),
                    Who::Out => Expected::Out(keys),
                    Who::Members => Expected::Members(keys),
                };
                self.expect(file, span, what);
            }
            Says::HowMany(how_many) => {
                let number = number(file, name, value)?;
                let what = match how_many {
                    HowMany::Count => Expected::Count(number),
                    HowMany::AtLeast => Expected::AtLeast(number),
                    HowMany::AtMost => Expected::AtMost(number),
                };
                self.expect(file, span, what);
            }
            // They are read one by one.
            Says::Case => {}
        }
        Ok(())
    }

    fn expect(&mut self, file: &TomlFile, span: &Range<usize>, what: Expected) {
        self.first_expected.get_or_insert_with(|| span.clone());
        let place = file.position(span);
        self.expectations.all.push(Expectation { what, place });
    }

    /// The contacts of an expectation, as numbers of the keys by which all are told.
    fn keys(
        &mut self,
        file: &TomlFile,
        who: Who,
        name: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Vec<usize>, ConfigError> {
        let several = file.several(name, value)?;
        // Nobody has to be in, or out: that would pass whatever the segment does.
        if several.is_empty() && who != Who::Members {
            return Err(file.bad_value(name, value, &"names nobody"));
        }
        let mut keys = Vec::new();
        for one in several {
            let text = file.text(name, one)?.trim().to_owned();
            if text.is_empty() {
                return Err(file.bad_value(
                    name,
                    one,
                    &"a contact id or an e-mail address is missing",
                ));
            }
            keys.push(self.expectations.keys.len());
            self.expectations.keys.push(ExpectedKey { text, place: file.position(&one.span()) });
        }
        Ok(keys)
    }

    /// The case that was said.
    fn finish(
        self,
        file: &TomlFile,
        number: usize,
        span: Range<usize>,
    ) -> Result<Case, ConfigError> {
        let missing = |what: &str| file.fault(span.clone(), what);
        let Some((criteria, criteria_span)) = &self.criteria else {
            return Err(missing("`criteria` is missing: the file of the segment that is tested"));
        };
        if self.layer.as_of.is_none() {
            return Err(missing(
                "`as_of` is missing: a test without a pinned clock would pass today and fail tomorrow; \
                 write as_of = 2024-06-01",
            ));
        }
        if self.expectations.all.is_empty() {
            return Err(missing(
                "nothing is expected: give `in`, `out`, `members`, `count`, `at_least` or `at_most`",
            ));
        }
        if let Some((place, message)) = self.expectations.contradiction() {
            return Err(ConfigError::Invalid {
                path: file.path().to_owned(),
                line: place.line,
                column: place.column,
                message,
            });
        }
        let mut layer = self.layer;
        for (which, rows) in self.rows {
            let mut inputs =
                layer.files.remove(&which).map(|files| files.value).unwrap_or_default();
            // No rows beside files say nothing; alone they say that there are none.
            if !rows.is_empty() || inputs.is_empty() {
                let name = file.path().display().to_string();
                inputs.push(Input::text(name, text_of(rows)));
            }
            let origin = file.origin(&span);
            layer.files.insert(which, Sourced::new(inputs, origin));
        }
        if !layer.files.contains_key(&Files::Contacts) {
            return Err(missing(
                "there are no contacts: name their dump with `contacts`, or write them as [[contact]]",
            ));
        }
        let path = file.path().to_owned();
        let said = ConfigFile { path, layer, per_file: Vec::new() };
        let settings = Settings::new(Layer::default(), Some(said));
        let name = match self.name {
            Some((name, span)) if name.trim().is_empty() => {
                return Err(file.fault(span, "`name` is blank"));
            }
            Some((name, _)) => name.trim().to_owned(),
            None => format!("case {}", number + 1),
        };
        let settings = settings.map_err(|error| file.fault(span.clone(), error.to_string()))?;
        let criteria = match criteria.starts_with('@') {
            true => reference::resolve(settings.catalog(), Path::new(criteria))
                .map_err(|error| file.fault(criteria_span.clone(), error.to_string()))?,
            false => file.folder().join(criteria),
        };
        Ok(Case {
            name,
            place: file.position(&span),
            criteria,
            criteria_place: file.position(criteria_span),
            segment: self.segment,
            expectations: self.expectations,
            settings,
            switches: self.switches,
        })
    }
}

fn word<T: Copy>(
    file: &TomlFile,
    (name, _, value): &Entry<'_, '_>,
    words: Words<T>,
) -> Result<T, ConfigError> {
    let text = file.text(name, value)?;
    let known = words.iter().find(|(word, _)| *word == text).map(|(_, means)| *means);
    let legal = words.iter().map(|(word, _)| *word);
    known.ok_or_else(|| file.unknown(value.span(), &format!("{name} reading"), text, legal))
}

fn number(file: &TomlFile, name: &str, value: &Spanned<DeValue<'_>>) -> Result<u64, ConfigError> {
    let number = value.get_ref().as_integer();
    let number =
        number.and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok());
    number.ok_or_else(|| file.wrong_type(name, value, "a number of contacts"))
}

#[cfg(test)]
mod tests;
