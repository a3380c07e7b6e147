//! The one table of what can be set. Reading a `segkit.toml`, laying flags over it and showing what
//! is in force all go by it.

/// The files that settings name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Files {
    /// Custom fields.
    Fields,
    /// Campaigns.
    Campaigns,
    /// Links of campaigns.
    Links,
    /// Lists.
    Lists,
    /// Tags.
    Tags,
    /// Segments that the account holds.
    Segments,
    /// Contacts.
    Contacts,
    /// Activities.
    Tracking,
}

impl Files {
    /// What they are called: the key of a `segkit.toml` that names them.
    pub fn name(self) -> &'static str {
        KEYS.iter().find(|row| row.key == Key::Files(self)).map_or("", |row| row.name)
    }
}

/// Something that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The dialect of criteria.
    Dialect,
    /// The zone of times that name none.
    Timezone,
    /// The instant at which segments are looked at.
    AsOf,
    /// Threads that evaluate.
    Threads,
    /// The list of segments that don't name theirs.
    List,
    /// The id of the account's user, which EngageLab's answers name.
    UserId,
    /// The folder of the catalog.
    Catalog,
    /// The most segments that a list, or an account, may have.
    CatalogLimit,
    /// The most rules that a segment may have.
    RuleLimit,
    /// Files.
    Files(Files),
    /// Whether validation reads the dumps, or no more than their columns.
    ReadDumps,
    /// The encoding of files.
    Encoding,
    /// What parts the fields of CSV files.
    Delimiter,
    /// Lines above the header of CSV files.
    SkipLines,
    /// Columns of the dumps named by hand.
    Map,
    /// Something about the database that statements are for.
    Sql(SqlKey),
}

/// What can be set about the database that statements are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SqlKey {
    /// The engine.
    Engine,
    /// How tables are laid out.
    Layout,
    /// The schema that the tables of the layout are in.
    Schema,
    /// The tables of contacts.
    Contacts,
    /// The tables of activities.
    Activities,
    /// The table of campaigns.
    Campaigns,
    /// Columns.
    Columns,
}

/// A row of [`KEYS`].
#[derive(Debug, Clone, Copy)]
pub struct KeyRow {
    /// What is set.
    pub key: Key,
    /// The section of `segkit.toml`; empty for the keys before any section.
    pub section: &'static str,
    /// The key within the section.
    pub name: &'static str,
    /// The flag that sets it; empty where there is none.
    pub flag: &'static str,
}

impl KeyRow {
    /// The key with its section, as TOML writes it in one.
    pub fn path(&self) -> String {
        match self.section {
            "" => self.name.to_owned(),
            section => format!("{section}.{}", self.name),
        }
    }
}

impl Key {
    /// The row of the table.
    pub fn row(self) -> Option<&'static KeyRow> {
        KEYS.iter().find(|row| row.key == self)
    }
}

const fn row(key: Key, section: &'static str, name: &'static str, flag: &'static str) -> KeyRow {
    KeyRow { key, section, name, flag }
}

/// All that can be set, the weights of findings apart.
pub const KEYS: &[KeyRow] = &[
    row(Key::Dialect, "", "dialect", "--dialect"),
    row(Key::Timezone, "", "timezone", "--timezone"),
    row(Key::AsOf, "", "as-of", "--as-of"),
    row(Key::Threads, "", "threads", "--threads"),
    row(Key::Files(Files::Fields), "account", "fields", "--fields"),
    row(Key::Files(Files::Campaigns), "account", "campaigns", "--campaigns"),
    row(Key::Files(Files::Links), "account", "links", "--links"),
    row(Key::Files(Files::Lists), "account", "lists", "--lists"),
    row(Key::Files(Files::Tags), "account", "tags", "--tags"),
    row(Key::Files(Files::Segments), "account", "segments", "--segments"),
    row(Key::List, "account", "list", "--list"),
    row(Key::UserId, "account", "user-id", ""),
    row(Key::Catalog, "catalog", "dir", "--catalog"),
    row(Key::CatalogLimit, "catalog", "limit", ""),
    row(Key::RuleLimit, "catalog", "rule-limit", ""),
    row(Key::Files(Files::Contacts), "dumps", "contacts", "--contacts"),
    row(Key::Files(Files::Tracking), "dumps", "tracking", "--tracking"),
    row(Key::Encoding, "reading", "encoding", "--encoding"),
    row(Key::Delimiter, "reading", "delimiter", "--delimiter"),
    row(Key::SkipLines, "reading", "skip-lines", "--skip-lines"),
    row(Key::Map, "reading", "map", "--map"),
    row(Key::Sql(SqlKey::Engine), "sql", "engine", "--engine"),
    row(Key::Sql(SqlKey::Layout), "sql", "layout", "--layout"),
    row(Key::Sql(SqlKey::Schema), "sql", "schema", "--schema"),
    row(Key::Sql(SqlKey::Contacts), "sql", "contacts", "--contacts-table"),
    row(Key::Sql(SqlKey::Activities), "sql", "activities", "--activities-table"),
    row(Key::Sql(SqlKey::Campaigns), "sql", "campaigns", "--campaigns-table"),
    row(Key::Sql(SqlKey::Columns), "sql", "columns", "--column"),
    row(Key::ReadDumps, "validate", "dumps", ""),
];

/// The section of the weights of findings.
pub(super) const LINTS: &str = "lints";
/// The section of what holds for some criteria files only.
pub(super) const PER_FILE: &str = "per-file";
