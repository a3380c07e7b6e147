//! Small files as records of named values: the common ground of the files that say what an account
//! has. The vendors' own answers are understood as they come, and CSV or JSON Lines with the same
//! names.

use super::csv_table::{CsvHead, CsvTable};
use super::error::{DumpError, Place, Reason};
use super::input::Input;
use super::json_faults::Fault;
use super::json_keys::KeyCatalog;
use super::json_values::{Piece, Shape};
use super::objects::{Layout, Objects};
use super::open::Opened;
use crate::contact::normalise;
use std::sync::Arc;

/// One record: its values by normalised name.
pub(crate) struct Record {
    file: Arc<str>,
    line: u64,
    campaign: Option<Arc<str>>,
    values: Vec<(String, Value)>,
}

/// A value of a record.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Several(Vec<Self>),
    Object(Vec<(String, Self)>),
}

/// Takes a record's file, line and values.
type Take<'a> = dyn FnMut(Arc<str>, u64, Vec<(String, Value)>) -> Result<(), DumpError> + 'a;

/// Shapes nested deeper than this mean nothing in these files.
const DEPTH: usize = 4;

impl Record {
    /// All records of the files, CSV or JSON. `envelopes` are the keys under which the array of
    /// records may stand.
    pub fn read_all(
        inputs: &[Input],
        envelopes: &'static [&'static str],
    ) -> Result<Vec<Self>, DumpError> {
        let mut all = Vec::new();
        Self::for_each(inputs, envelopes, &mut |record| {
            all.push(record);
            Ok(())
        })?;
        Ok(all)
    }

    /// Hands over every record, one at a time, until `take` refuses one.
    pub fn for_each(
        inputs: &[Input],
        envelopes: &'static [&'static str],
        take: &mut dyn FnMut(Self) -> Result<(), DumpError>,
    ) -> Result<(), DumpError> {
        Opened::check_stdin(inputs)?;
        for input in inputs {
            let mut opened = Opened::open(input, false)?;
            let campaign = input.campaign.as_deref().map(Arc::from);
            let mut take =
                |file, line, values| take(Self { file, line, campaign: campaign.clone(), values });
            match Layout::of(&mut opened)? {
                Layout::Csv(head) => Self::read_csv(&opened, &head, &mut take)?,
                layout => Self::read_json(&opened, &layout, envelopes, &mut take)?,
            }
        }
        Ok(())
    }

    fn read_csv(opened: &Opened, head: &CsvHead, take: &mut Take<'_>) -> Result<(), DumpError> {
        let mut table = CsvTable::open(opened, head)?;
        while let Some(row) = table.next()? {
            let cells = head.names.iter().enumerate();
            let cells = cells.map(|(index, name)| (normalise(name), row.get(index)));
            let values = cells.filter(|(_, cell)| !cell.is_empty());
            let values = values.map(|(name, cell)| (name, Value::Text(cell.to_owned()))).collect();
            take(Arc::clone(&opened.name), row.line, values)?;
        }
        Ok(())
    }

    fn read_json(
        opened: &Opened,
        layout: &Layout,
        envelopes: &'static [&'static str],
        take: &mut Take<'_>,
    ) -> Result<(), DumpError> {
        let mut records = Objects::open(opened, layout, envelopes)?;
        let mut catalog = KeyCatalog::default();
        let mut marks = Vec::new();
        let mut values = Vec::new();
        while records.next_with(|text| {
            values.clear();
            catalog.mark(text, &mut marks, |_| Some(()))?;
            for mark in &marks {
                let raw = text.get(mark.start..mark.end).unwrap_or("");
                let value = value_of(Piece { raw, at: mark.start }, DEPTH)?;
                let (key, _) = catalog.get(mark.key);
                values.extend(value.map(|value| (normalise(key), value)));
            }
            Ok(())
        })? {
            let values = std::mem::take(&mut values);
            take(Arc::clone(&opened.name), records.line(), values)?;
        }
        Ok(())
    }

    /// The value under the first of these normalised names that has one.
    pub fn value(&self, names: &[&str]) -> Option<&Value> {
        get(&self.values, names)
    }

    /// The text under the first of these normalised names that has any.
    pub fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.value(&[name])?.text())
    }

    /// The campaign that was given with the file.
    pub fn campaign(&self) -> Option<&str> {
        self.campaign.as_deref()
    }

    /// An error of the record.
    pub fn error(&self, reason: Reason) -> DumpError {
        DumpError::at(&self.file, Place::line(self.line), reason)
    }
}

fn get<'a>(values: &'a [(String, Value)], names: &[&str]) -> Option<&'a Value> {
    let found = |name: &&str| values.iter().find(|(key, _)| key == name);
    names.iter().find_map(found).map(|(_, value)| value)
}

impl Value {
    /// The text that the value is.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text under the first of these normalised names of an object.
    pub fn text_of(&self, names: &[&str]) -> Option<&str> {
        match self {
            Self::Object(values) => get(values, names)?.text(),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::Several(items) => items,
            _ => &[],
        }
    }
}

fn value_of(piece: Piece<'_>, depth: usize) -> Result<Option<Value>, Fault> {
    Ok(match piece.shape()? {
        Shape::Missing => None,
        Shape::Text(text) => Some(Value::Text(text.into_owned())),
        _ if depth == 0 => None,
        Shape::Array => {
            let mut items = Vec::new();
            for item in piece.items()? {
                items.extend(value_of(item, depth - 1)?);
            }
            Some(Value::Several(items))
        }
        Shape::Object => {
            let mut values = Vec::new();
            for (key, value) in piece.entries()? {
                values.extend(value_of(value, depth - 1)?.map(|value| (normalise(&key), value)));
            }
            Some(Value::Object(values))
        }
    })
}

/// Reads files with these texts, each named with the suffix beside it.
#[cfg(test)]
pub(super) fn with_files<T>(files: &[(&str, &str)], read: impl FnOnce(&[Input]) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    let input = |(at, (text, suffix)): (usize, &(&str, &str))| {
        let path = folder.path().join(at.to_string());
        std::fs::write(&path, text).unwrap();
        format!("{}{suffix}", path.display()).parse().unwrap()
    };
    let inputs: Vec<Input> = files.iter().enumerate().map(input).collect();
    read(&inputs)
}

/// Reads a file with this text.
#[cfg(test)]
pub(super) fn with_file<T>(text: &str, read: impl FnOnce(&[Input]) -> T) -> T {
    with_files(&[(text, "")], read)
}
