//! Paths that an engine opens by itself: in a store that only it reaches, or of a format that no
//! [reader](crate::dump) here has. Nobody looks into them before; their columns are what is said of them, as
//! those of tables are.

use super::tables::absolute_path;
use super::{Reads, RunError, Tables};
use crate::contact::ActivityKind;
use crate::criteria::{Segment, Test};
use crate::database::{ActivityTable, Role, Schema};
use crate::dump::{Input, InputPath};
use crate::sql::{Engine, Spelling};

/// How rows are written behind a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathForm {
    /// CSV behind a header.
    Csv,
    /// JSON Lines.
    Json,
    /// Parquet.
    Parquet,
}

/// A path that an engine opens by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnginePath {
    /// The path or the address, as it was given.
    pub text: String,
    /// How its rows are written.
    pub form: PathForm,
    /// What parts the cells of CSV.
    pub delimiter: u8,
    /// What all rows are.
    pub kind: Option<ActivityKind>,
}

/// The endings of names, and what they say.
const ENDINGS: &[(&str, PathForm)] = &[
    (".csv", PathForm::Csv),
    (".json", PathForm::Json),
    (".jsonl", PathForm::Json),
    (".ndjson", PathForm::Json),
];

/// The endings of packed files.
const PACKED: &[&str] = &[".gz", ".zst", ".bz2"];

impl EnginePath {
    /// The path, if it is one for an engine: with a scheme, a Parquet file, or a folder that ends with `/`.
    pub fn of(input: &Input) -> Option<Self> {
        let InputPath::File(path) = &input.path else { return None };
        let text = path.to_str()?;
        let is_own = has_scheme(text) || text.ends_with('/') || text.ends_with(".parquet");
        is_own.then(|| Self {
            text: text.to_owned(),
            form: form_of(text),
            delimiter: input.delimiter.unwrap_or(b','),
            kind: input.kind,
        })
    }

    /// Whether it is an address, and not a path of this machine.
    pub fn is_address(&self) -> bool {
        has_scheme(&self.text)
    }

    /// The path from the root, or the address. It may have wildcards.
    ///
    /// # Errors
    ///
    /// The folder at hand isn't known, or its name would be a pattern.
    pub fn whole(&self) -> Result<String, RunError> {
        if self.is_address() || self.text.starts_with('/') {
            return Ok(self.text.clone());
        }
        Ok(format!("{}/{}", absolute_path(".".as_ref())?, self.text))
    }
}

/// The form that a name ends with; of a folder, and of any other name, Parquet.
fn form_of(text: &str) -> PathForm {
    let lower = text.to_lowercase();
    let bare = PACKED.iter().find_map(|packed| lower.strip_suffix(packed)).unwrap_or(&lower);
    let known = ENDINGS.iter().find(|(ending, _)| bare.ends_with(ending));
    known.map_or(PathForm::Parquet, |(_, form)| *form)
}

/// Whether a text begins like `s3a://`.
fn has_scheme(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        let is_of_one = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_of_one)
    })
}

/// Paths as tables; their columns are those of `schema`.
///
/// # Errors
///
/// The engine doesn't open such a path by itself, or a rule asks for activities and there are none.
pub fn path_tables<'a>(
    (engine, reads): (Engine, &dyn Reads),
    (contacts, activities): (&[EnginePath], &[EnginePath]),
    schema: Schema,
    segments: impl Iterator<Item = &'a Segment>,
) -> Result<Tables, RunError> {
    let mut by_activity = false;
    for segment in segments {
        segment.expr.for_each_test(&mut |_, test| {
            by_activity |= matches!(test, Test::Engaged(_) | Test::Location(_));
        });
    }
    if by_activity && activities.is_empty() {
        return Err(RunError::NoActivities);
    }
    let mut maker =
        Maker { sql: engine.spelling(), reads, statements: Vec::new(), paths: Vec::new() };
    let mut schema = Schema { campaigns: None, ..schema };
    schema.contacts = Vec::new();
    for path in contacts {
        schema.contacts.push(maker.view(Role::Contacts, path)?);
    }
    schema.activities = Vec::new();
    for path in activities {
        let name = maker.view(Role::Activities, path)?;
        let word = path.kind.map(ActivityKind::name);
        schema.activities.push(ActivityTable { word, name });
    }
    Ok(Tables { statements: maker.statements, schema, files: Vec::new(), paths: maker.paths })
}

struct Maker<'a> {
    sql: &'static dyn Spelling,
    reads: &'a dyn Reads,
    statements: Vec<String>,
    paths: Vec<EnginePath>,
}

impl Maker<'_> {
    /// Makes a view of a path, and gives its name.
    fn view(&mut self, role: Role, path: &EnginePath) -> Result<String, RunError> {
        let at = self.paths.len();
        let name = format!("{}_{}", role.name(), at + 1);
        let rows = self.reads.path(self.sql, path, at)?;
        let create = self.reads.create_table(&self.sql.identifier(&name));
        self.statements.push(format!("{create}\nSELECT *\nFROM {rows}"));
        self.paths.push(path.clone());
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_paths_are_the_engines() {
        for (text, form) in [
            ("s3a://crm/contacts.csv", Some(PathForm::Csv)),
            ("hdfs://name:9000/crm/opens.JSONL.gz", Some(PathForm::Json)),
            ("file:///crm/contacts", Some(PathForm::Parquet)),
            ("crm/contacts/", Some(PathForm::Parquet)),
            ("crm/part-*.parquet", Some(PathForm::Parquet)),
            ("crm/contacts.csv", None),
            ("a b://x", None),
            ("-", None),
        ] {
            let input: Input = text.parse().unwrap();
            assert_eq!(EnginePath::of(&input).map(|path| path.form), form, "{text}");
        }
        let input: Input = "s3://crm/x.csv:type=open,delimiter=;".parse().unwrap();
        let path = EnginePath::of(&input).unwrap();
        assert_eq!((path.text.as_str(), path.delimiter), ("s3://crm/x.csv", b';'));
        assert_eq!(path.kind, Some(ActivityKind::Open));
    }
}
