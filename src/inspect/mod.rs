//! What a file is taken for, and what is in it: the first look at a new file.
//!
//! Nothing is judged here: a file is read as far as it can be, and what it holds is told. What rules
//! make of it is the engine's affair.

mod campaigns;
mod distinct;
mod json;
mod profile;
mod role;
mod table;

pub use campaigns::{Activities, CampaignReport};
pub use json::json;
pub use profile::{Frequent, Profile, ValueKind};
pub use role::Role;
pub use table::table;

use crate::dump::{
    ActivityView, ContactMeaning, DumpError, FlatRow, FlatRows, Input, Mappings, contact_meanings,
    streams_of,
};
use crate::output::Rejects;
use crate::value::Zone;
use campaigns::Tally;
use profile::Profiler;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// The file as the user named it.
    pub file: String,
    /// The stream of its records that was looked at, where they are of several.
    pub stream: Option<String>,
    /// How its records are laid out, in words.
    pub format: String,
    /// `gzip`, `zstd`, or nothing.
    pub compression: Option<&'static str>,
    /// The encoding.
    pub encoding: &'static str,
    /// What it is taken for.
    pub role: Role,
    /// Bytes of its text.
    pub bytes: u64,
    /// Rows that could be read.
    pub rows: u64,
    /// Rows that could not, by what is wrong with them.
    pub bad_rows: Vec<BadRows>,
    /// The first of these: place and reason.
    pub first_bad_rows: Vec<String>,
    /// What is missing where the file is an answer that came in pages.
    pub missing_pages: Vec<String>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// What its activities say, where it holds such.
    pub activities: Option<Activities>,
    /// Why its activities can't be told, where a record holds several of them.
    pub untold: Option<String>,
}

/// Rows that could not be read, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadRows {
    /// What is wrong with them.
    pub reason: &'static str,
    /// How many there are.
    pub count: u64,
}

/// A column and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The name as written; of nested JSON the path.
    pub name: String,
    /// The canonical columns that it fills in this file's role; `cf:NAME` for a custom field.
    pub becomes: Vec<String>,
    /// What its cells hold.
    #[serde(flatten)]
    pub profile: Profile,
}

/// How a file is looked at.
#[derive(Debug, Clone)]
pub struct Look {
    /// What it holds; told by its columns where that is `None`.
    pub role: Option<Role>,
    /// The zone of times without an offset.
    pub zone: Zone,
    /// Columns named by hand.
    pub map: Mappings,
}

/// Looks at a file; at one that holds several streams of records, at each of them.
///
/// # Errors
///
/// When the file can't be opened, is empty, or can't be read on.
pub fn inspect(input: &Input, look: &Look) -> Result<Vec<Inspection>, DumpError> {
    // Standard input and pipes give their bytes once, so their streams can't be listed first.
    let once = input.stream.is_some() || !input.is_regular_file();
    let streams = if once { Vec::new() } else { streams_of(input)? };
    if streams.is_empty() {
        return Ok(vec![inspect_one(input, look)?]);
    }
    let of = |stream| Input { stream: Some(stream), ..input.clone() };
    streams.into_iter().map(|stream| inspect_one(&of(stream), look)).collect()
}

fn inspect_one(input: &Input, look: &Look) -> Result<Inspection, DumpError> {
    let zone = look.zone;
    let rejects = Arc::new(Mutex::new(Rejects::new(None)));
    let mut file = FlatRows::open(input, rejects.clone())?;
    let mut view = ActivityView::new(input, &look.map);
    let mut tally = Tally::default();
    let mut profilers: Vec<Profiler> = Vec::new();
    let mut row = FlatRow::default();
    let mut rows = 0_u64;
    let mut last_seen: Vec<u64> = Vec::new();
    while file.next(&mut row)? {
        rows += 1;
        tally.add(view.read(file.columns(), file.stream(), &row), zone);
        profilers.resize_with(file.columns().len(), Profiler::default);
        last_seen.resize(file.columns().len(), 0);
        for (column, cell) in row.cells() {
            let (Some(profiler), Some(seen)) =
                (profilers.get_mut(column), last_seen.get_mut(column))
            else {
                continue;
            };
            profiler.add(cell, *seen != rows, zone);
            *seen = rows;
        }
    }
    profilers.resize_with(file.columns().len(), Profiler::default);
    let names = file.columns();
    let contact = contact_meanings(names, &look.map);
    let tells_events =
        view.tells_contacts() && view.tells_kinds() && (view.tells_campaigns() || view.is_report());
    let role = look.role.unwrap_or_else(|| role::role_of(names, &contact, tells_events));
    let meanings =
        names.iter().zip(contact).zip(view.meanings().into_iter().chain(std::iter::repeat(None)));
    let columns = meanings.zip(profilers).map(|(((name, contact), activity), profiler)| Column {
        name: name.clone(),
        becomes: match role {
            Role::Activities => activity.iter().map(|field| (*field).to_owned()).collect(),
            Role::Contacts => in_contacts(contact),
            _ => Vec::new(),
        },
        profile: profiler.finish(rows),
    });
    let tally = match role {
        Role::Activities if view.is_bundled() => Tally::of_file(input, &look.map, zone).map(Some),
        Role::Activities => Ok(Some(tally)),
        _ => Ok(None),
    };
    let (tally, untold) = match tally {
        Ok(tally) => (tally, None),
        Err(error) => (None, Some(error.to_string())),
    };
    let rejects = rejects.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Inspection {
        file: input.name(),
        stream: input.stream.clone(),
        format: file.format().to_string(),
        compression: file.packing().codec.map(|codec| codec.name()),
        encoding: file.packing().encoding.name(),
        role,
        bytes: file.bytes_read(),
        rows,
        bad_rows: rejects.counts().map(|(reason, count)| BadRows { reason, count }).collect(),
        first_bad_rows: rejects.first().to_vec(),
        missing_pages: file.missing_pages(),
        columns: columns.collect(),
        activities: tally.map(Tally::finish),
        untold,
    })
}

fn in_contacts(meaning: ContactMeaning) -> Vec<String> {
    match meaning {
        ContactMeaning::Fields(fields) => {
            fields.into_iter().map(|field| field.name().to_owned()).collect()
        }
        ContactMeaning::Custom(name) => vec![format!("cf:{name}")],
        ContactMeaning::Nothing => Vec::new(),
    }
}
