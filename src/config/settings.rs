//! The settings in force: flags over a file over defaults, each value with where it came from.

use super::file::ConfigFile;
use super::keys::{Files, KEYS, Key, LINTS, PER_FILE};
use super::layer::{Layer, LevelRow, levels_of};
use super::reading::Reading;
use super::sourced::{Origin, Sourced};
use super::sql::SqlSettings;
use crate::account::Account;
use crate::dialect::{Context, Dialect};
use crate::dump::{Input, Mapped, Mappings, delimiter_name};
use crate::finding::{LevelError, Levels};
use crate::value::{AsOf, Instant, Zone};
use encoding_rs::Encoding;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// The instant and zone of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The instant at which segments are looked at.
    pub as_of: Instant,
    /// The zone of times that name none.
    pub zone: Zone,
}

/// The settings of a run.
#[derive(Debug, Clone)]
pub struct Settings {
    file: Option<ConfigFile>,
    dialect: Sourced<Option<Dialect>>,
    zone: Sourced<Zone>,
    as_of: Sourced<Option<AsOf>>,
    threads: Sourced<Option<NonZero<usize>>>,
    list: Sourced<Option<String>>,
    user_id: Sourced<Option<u64>>,
    catalog: Sourced<Option<PathBuf>>,
    catalog_limit: Sourced<Option<u64>>,
    rule_limit: Sourced<Option<u64>>,
    read_dumps: Sourced<bool>,
    encoding: Sourced<Option<&'static Encoding>>,
    delimiter: Sourced<Option<u8>>,
    skip_lines: Sourced<Option<u64>>,
    map: Sourced<Mappings>,
    files: BTreeMap<Files, Sourced<Vec<Input>>>,
    sql: SqlSettings,
    given: Vec<LevelRow>,
    file_levels: Levels,
    given_levels: Levels,
}

/// A setting as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key as `segkit.toml` would have it, with its section.
    pub key: String,
    /// The values; none where nothing is set, one for all but files.
    pub values: Vec<String>,
    /// Where it came from.
    pub origin: Origin,
}

/// The first of two that is there, else the default.
fn first<T, U: From<T>>(
    flag: Option<Sourced<T>>,
    file: Option<Sourced<T>>,
    default: U,
) -> Sourced<U> {
    match flag.or(file) {
        Some(Sourced { value, origin }) => Sourced::new(value.into(), origin),
        None => Sourced::new(default, Origin::Default),
    }
}

impl Settings {
    /// Lays flags over a file. Each flag replaces what the file says under its key; of the weights
    /// of findings, what is said of the same name.
    ///
    /// # Errors
    ///
    /// A flag sets a name that no finding has, or that of an error.
    pub fn new(flags: Layer, file: Option<ConfigFile>) -> Result<Self, LevelError> {
        let below = file.as_ref().map(|file| file.layer.clone()).unwrap_or_default();
        let mut files = below.files;
        files.extend(flags.files);
        Ok(Self {
            dialect: first(flags.dialect, below.dialect, None),
            zone: first(flags.zone, below.zone, Zone::UTC),
            as_of: first(flags.as_of, below.as_of, None),
            threads: first(flags.threads, below.threads, None),
            list: first(flags.list, below.list, None),
            user_id: first(flags.user_id, below.user_id, None),
            catalog: first(flags.catalog, below.catalog, None),
            catalog_limit: first(flags.catalog_limit, below.catalog_limit, None),
            rule_limit: first(flags.rule_limit, below.rule_limit, None),
            read_dumps: first(flags.read_dumps, below.read_dumps, false),
            encoding: first(flags.encoding, below.encoding, None),
            delimiter: first(flags.delimiter, below.delimiter, None),
            skip_lines: first(flags.skip_lines, below.skip_lines, None),
            map: first(flags.map, below.map, Mappings::default()),
            files,
            sql: flags.sql.over(below.sql),
            file_levels: levels_of(&below.levels)?,
            given_levels: levels_of(&flags.levels)?,
            given: flags.levels,
            file,
        })
    }

    /// The path of the `segkit.toml` that was read.
    pub fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref().map(|file| &file.path)
    }

    /// The dialect that criteria are said to be in; `None` where their shape tells.
    pub fn dialect(&self) -> Option<Dialect> {
        self.dialect.value
    }

    /// The instant and the zone; asks the clock where no instant was set, so ask once.
    pub fn clock(&self) -> Clock {
        let zone = self.zone.value;
        let as_of = self.as_of.value.map_or_else(Instant::now, |as_of| as_of.instant(zone));
        Clock { as_of, zone }
    }

    /// The instant that was set, a time without an offset being one of `zone`; `None` where none was.
    pub fn as_of(&self, zone: Zone) -> Option<Instant> {
        self.as_of.value.map(|as_of| as_of.instant(zone))
    }

    /// What a reader of criteria is told.
    pub fn context<'a>(&self, account: &'a Account, clock: Clock) -> Context<'a> {
        Context { account, as_of: clock.as_of, zone: clock.zone, dialect: self.dialect() }
    }

    /// Threads that evaluate; `None` for as many as the machine has cores.
    pub fn threads(&self) -> Option<NonZero<usize>> {
        self.threads.value
    }

    /// The list of segments that don't name theirs.
    pub fn list(&self) -> Option<&str> {
        self.list.value.as_deref()
    }

    /// The id of the account's user, where it is set.
    pub fn user_id(&self) -> Option<u64> {
        self.user_id.value
    }

    /// The folder of the catalog, where one is set.
    pub fn catalog(&self) -> Option<&Path> {
        self.catalog.value.as_deref()
    }

    /// The most segments that a list (Campaign Monitor) or an account may have, where that is set.
    pub fn catalog_limit(&self) -> Option<u64> {
        self.catalog_limit.value
    }

    /// The most rules that a segment may have (Campaign Monitor), where that is set.
    pub fn rule_limit(&self) -> Option<u64> {
        self.rule_limit.value
    }

    /// The database that statements are for.
    pub fn sql(&self) -> &SqlSettings {
        &self.sql
    }

    /// How files are read that say nothing themselves.
    pub fn reading(&self) -> Reading {
        Reading {
            encoding: self.encoding.value,
            delimiter: self.delimiter.value,
            skip_lines: self.skip_lines.value,
            map: self.map.value.clone(),
        }
    }

    /// The files of one kind as they are named, folders and patterns among them; none where none
    /// were named. [`Settings::resolve`] has those to be read.
    pub fn files(&self, which: Files) -> &[Input] {
        self.files.get(&which).map_or(&[], |files| &files.value)
    }

    /// All files as they are named, of every kind but the dumps.
    pub fn account_inputs(&self) -> impl Iterator<Item = &Input> + Clone {
        let dumps = [Files::Contacts, Files::Tracking];
        let account = self.files.iter().filter(move |(which, _)| !dumps.contains(which));
        account.flat_map(|(_, files)| &files.value)
    }

    /// Whether validation reads the dump: it was named by a flag, or the settings say so. Of any
    /// other it looks at the columns only.
    pub fn reads(&self, dump: Files) -> bool {
        let by_flag = |files: &Sourced<_>| matches!(files.origin, Origin::Flag(_));
        self.read_dumps.value || self.files.get(&dump).is_some_and(by_flag)
    }

    /// The weights of findings in a criteria file: the file's, over them those of its patterns that
    /// match, over them the flags'.
    pub fn levels(&self, criteria: &Path) -> Levels {
        let mut levels = self.file_levels.clone();
        if let Some(file) = &self.file {
            let matching = file.per_file.iter().filter(|one| one.matches(file.folder(), criteria));
            matching.for_each(|one| levels = levels.with(&one.levels));
        }
        levels.with(&self.given_levels)
    }

    /// Every setting in force, in the order of the table of keys; then the weights.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = KEYS
            .iter()
            .map(|row| {
                let (values, origin) = self.value(row.key);
                Row { key: row.path(), values, origin }
            })
            .collect();
        let of_file = self.file.iter().flat_map(|file| &file.layer.levels);
        rows.extend(in_force(of_file.chain(&self.given), LINTS));
        for one in self.file.iter().flat_map(|file| &file.per_file) {
            let section = format!("{PER_FILE}.\"{}\"", one.pattern);
            rows.extend(in_force(one.rows.iter(), &section));
        }
        rows
    }

    fn value(&self, key: Key) -> (Vec<String>, Origin) {
        fn shown<T: ToString>(setting: &Sourced<Option<T>>) -> (Vec<String>, Origin) {
            (setting.value.iter().map(T::to_string).collect(), setting.origin.clone())
        }
        fn told<T>(setting: &Sourced<Option<T>>, say: fn(&T) -> String) -> (Vec<String>, Origin) {
            (setting.value.iter().map(say).collect(), setting.origin.clone())
        }
        match key {
            Key::Dialect => shown(&self.dialect),
            Key::Timezone => (vec![self.zone.value.to_string()], self.zone.origin.clone()),
            Key::AsOf => shown(&self.as_of),
            Key::Threads => shown(&self.threads),
            Key::List => shown(&self.list),
            Key::UserId => shown(&self.user_id),
            Key::Catalog => told(&self.catalog, |folder| folder.display().to_string()),
            Key::CatalogLimit => shown(&self.catalog_limit),
            Key::RuleLimit => shown(&self.rule_limit),
            Key::ReadDumps => {
                (vec![self.read_dumps.value.to_string()], self.read_dumps.origin.clone())
            }
            Key::Encoding => told(&self.encoding, |encoding| encoding.name().to_lowercase()),
            Key::Delimiter => told(&self.delimiter, |delimiter| delimiter_name(*delimiter)),
            Key::SkipLines => shown(&self.skip_lines),
            Key::Map => {
                let all = self.map.value.all().iter().map(Mapped::to_string);
                (all.collect(), self.map.origin.clone())
            }
            Key::Sql(key) => self.sql.shown(key),
            Key::Files(which) => {
                let origin = self.files.get(&which).map(|files| files.origin.clone());
                let files = self.files(which).iter().map(Input::to_string).collect();
                (files, origin.unwrap_or_default())
            }
        }
    }
}

/// The weights that count, of each name the last one.
fn in_force<'r>(rows: impl Iterator<Item = &'r LevelRow>, section: &str) -> Vec<Row> {
    let mut shown: Vec<Row> = Vec::new();
    for row in rows {
        let key = format!("{section}.{}", row.name);
        shown.retain(|row| row.key != key);
        let values = vec![row.setting.name().to_owned()];
        shown.push(Row { key, values, origin: row.origin.clone() });
    }
    shown
}
