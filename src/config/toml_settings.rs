//! Reading one setting from a TOML file, whatever it is called there.

use super::error::ConfigError;
use super::keys::{Key, SqlKey};
use super::layer::Layer;
use super::sourced::{Origin, Sourced};
use super::sql::SqlSettings;
use super::threads::threads_named;
use super::toml_file::{Entry, TomlFile};
use crate::dump::{Input, InputPath, Mapped, Mappings, delimiter_named, encoding_named};
use std::str::FromStr;
use toml::Spanned;
use toml::de::DeValue;

impl TomlFile {
    /// Sets a key to what an entry says.
    ///
    /// # Errors
    ///
    /// A value that it can't have.
    pub fn set(
        &self,
        key: Key,
        (name, span, value): &Entry<'_, '_>,
        layer: &mut Layer,
    ) -> Result<(), ConfigError> {
        let origin = self.origin(span);
        match key {
            Key::Dialect => layer.dialect = Some(self.parsed((key, name), value, origin)?),
            Key::Timezone => layer.zone = Some(self.parsed((key, name), value, origin)?),
            Key::AsOf => layer.as_of = Some(self.parsed((key, name), value, origin)?),
            Key::Threads => {
                let number = value.get_ref().as_integer();
                let number =
                    number.ok_or_else(|| self.wrong_type(name, value, "a number of threads"))?;
                let threads = threads_named(&number.to_string());
                let threads = threads.map_err(|error| self.bad_value(name, value, &error))?;
                layer.threads = Some(Sourced::new(threads, origin));
            }
            Key::List => layer.list = Some(self.parsed((key, name), value, origin)?),
            Key::UserId => {
                layer.user_id = Some(self.number(name, value, origin, "the id of a user")?);
            }
            Key::Catalog => {
                let folder = self.folder().join(self.text(name, value)?);
                layer.catalog = Some(Sourced::new(folder, origin));
            }
            Key::CatalogLimit => {
                layer.catalog_limit =
                    Some(self.number(name, value, origin, "a number of segments")?);
            }
            Key::RuleLimit => {
                layer.rule_limit = Some(self.number(name, value, origin, "a number of rules")?);
            }
            Key::ReadDumps => {
                let flag = value.get_ref().as_bool();
                let flag = flag.ok_or_else(|| self.wrong_type(name, value, "true or false"))?;
                layer.read_dumps = Some(Sourced::new(flag, origin));
            }
            Key::Encoding => {
                layer.encoding = Some(self.read(name, value, origin, encoding_named)?);
            }
            Key::Delimiter => {
                layer.delimiter = Some(self.read(name, value, origin, delimiter_named)?);
            }
            Key::SkipLines => {
                layer.skip_lines = Some(self.number(name, value, origin, "a number of lines")?);
            }
            Key::Map => {
                let all = self.each::<Mapped>(name, value, origin)?;
                let map = Mappings::new(all.value);
                let map = map.map_err(|error| self.bad_value(name, value, &error))?;
                layer.map = Some(Sourced::new(map, all.origin));
            }
            Key::Sql(which) => self.sql((key, which), (name, value), origin, &mut layer.sql)?,
            Key::Files(which) => {
                layer.files.insert(which, Sourced::new(self.inputs(name, value)?, origin));
            }
        }
        Ok(())
    }

    fn sql(
        &self,
        (key, which): (Key, SqlKey),
        (name, value): (&str, &Spanned<DeValue<'_>>),
        origin: Origin,
        sql: &mut SqlSettings,
    ) -> Result<(), ConfigError> {
        let at = (key, name);
        match which {
            SqlKey::Engine => sql.engine = Some(self.parsed(at, value, origin)?),
            SqlKey::Layout => sql.layout = Some(self.parsed(at, value, origin)?),
            SqlKey::Schema => sql.within = Some(self.parsed(at, value, origin)?),
            SqlKey::Contacts => sql.contacts = Some(self.each(name, value, origin)?),
            SqlKey::Activities => sql.activities = Some(self.each(name, value, origin)?),
            SqlKey::Campaigns => sql.campaigns = Some(self.parsed(at, value, origin)?),
            SqlKey::Columns => sql.columns = Some(self.each(name, value, origin)?),
        }
        Ok(())
    }

    /// One string, or an array of them.
    fn each<T: FromStr<Err: ToString>>(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        origin: Origin,
    ) -> Result<Sourced<Vec<T>>, ConfigError> {
        let mut all = Vec::new();
        for element in self.several(name, value)? {
            let parsed = self.text(name, element)?.parse::<T>();
            all.push(parsed.map_err(|error| self.bad_value(name, element, &error))?);
        }
        Ok(Sourced::new(all, origin))
    }

    fn number(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        origin: Origin,
        what: &str,
    ) -> Result<Sourced<u64>, ConfigError> {
        let number = value.get_ref().as_integer();
        let number = number.and_then(|number| number.to_string().parse().ok());
        let number = number.ok_or_else(|| self.wrong_type(name, value, what))?;
        Ok(Sourced::new(number, origin))
    }

    fn parsed<T: FromStr<Err: ToString>>(
        &self,
        (key, name): (Key, &str),
        value: &Spanned<DeValue<'_>>,
        origin: Origin,
    ) -> Result<Sourced<T>, ConfigError> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            // TOML has dates of its own, and as-of may be one.
            DeValue::Datetime(time) if key == Key::AsOf => time.to_string(),
            _ => return Err(self.wrong_type(name, value, "a string")),
        };
        let parsed = text.parse::<T>().map_err(|error| self.bad_value(name, value, &error));
        Ok(Sourced::new(parsed?, origin))
    }

    /// The same, where the words are known to a function.
    fn read<T>(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        origin: Origin,
        read: fn(&str) -> Result<T, String>,
    ) -> Result<Sourced<T>, ConfigError> {
        let read =
            read(self.text(name, value)?).map_err(|error| self.bad_value(name, value, &error));
        Ok(Sourced::new(read?, origin))
    }

    fn inputs(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<Input>, ConfigError> {
        self.several(name, value)?.into_iter().map(|element| self.input(name, element)).collect()
    }

    fn input(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Input, ConfigError> {
        let text = self.text(name, value)?;
        let fault = |message: &str| self.bad_value(name, value, &message);
        let mut input = text.parse::<Input>().map_err(|message| fault(&message))?;
        match &mut input.path {
            InputPath::Stdin => return Err(fault("standard input is for flags only")),
            InputPath::File(path) => *path = self.folder().join(&*path),
            InputPath::Text { .. } => {}
        }
        Ok(input)
    }
}
