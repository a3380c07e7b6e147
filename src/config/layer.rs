//! What flags say, or a file: any part of the settings, each with where it stands.

use super::keys::{Files, Key};
use super::sourced::{Origin, Sourced};
use super::sql::SqlSettings;
use crate::dialect::Dialect;
use crate::dump::{Input, Mappings};
use crate::finding::{LevelError, Levels, Setting};
use crate::value::{AsOf, Zone};
use encoding_rs::Encoding;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;

/// The weight of one kind of finding, or of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelRow {
    /// The name of the finding or group.
    pub name: String,
    /// What becomes of it.
    pub setting: Setting,
    /// Where that is said.
    pub origin: Origin,
}

/// What one source of settings says; `None`, or an absent key, where it says nothing.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// The dialect.
    pub dialect: Option<Sourced<Dialect>>,
    /// The zone.
    pub zone: Option<Sourced<Zone>>,
    /// The instant.
    pub as_of: Option<Sourced<AsOf>>,
    /// Threads that evaluate.
    pub threads: Option<Sourced<NonZero<usize>>>,
    /// The list of segments that don't name theirs.
    pub list: Option<Sourced<String>>,
    /// The id of the account's user.
    pub user_id: Option<Sourced<u64>>,
    /// The folder of the catalog.
    pub catalog: Option<Sourced<PathBuf>>,
    /// The most segments that a list, or an account, may have.
    pub catalog_limit: Option<Sourced<u64>>,
    /// The most rules that a segment may have.
    pub rule_limit: Option<Sourced<u64>>,
    /// Whether validation reads the dumps.
    pub read_dumps: Option<Sourced<bool>>,
    /// The encoding of files that don't name theirs.
    pub encoding: Option<Sourced<&'static Encoding>>,
    /// What parts the fields of CSV files that don't say it.
    pub delimiter: Option<Sourced<u8>>,
    /// Lines above the header of CSV files that don't say it.
    pub skip_lines: Option<Sourced<u64>>,
    /// Columns of the dumps named by hand.
    pub map: Option<Sourced<Mappings>>,
    /// Files.
    pub files: BTreeMap<Files, Sourced<Vec<Input>>>,
    /// The database that statements are for.
    pub sql: SqlSettings,
    /// Weights of findings; of two with one name the later counts.
    pub levels: Vec<LevelRow>,
}

impl Layer {
    /// Takes the files that a flag names, if it was given.
    pub fn give_files(&mut self, which: Files, inputs: &[Input]) {
        if !inputs.is_empty() {
            self.files.insert(which, Sourced::flag(inputs.to_vec(), Key::Files(which)));
        }
    }
}

/// The weights that rows set, one after another.
///
/// # Errors
///
/// A name that no finding has, or that of an error.
pub(super) fn levels_of(rows: &[LevelRow]) -> Result<Levels, LevelError> {
    let mut levels = Levels::default();
    rows.iter().try_for_each(|row| levels.set(&row.name, row.setting))?;
    Ok(levels)
}
