//! What a file of activities says of all its rows: what the user gave with it, its name, and which of
//! the columns that matter it has. Reports of some vendors name in no row the campaign and what
//! happened; rows that leave either open are refused here.

use super::activity_columns::{ActivityField, Traits, field_of};
use super::csv_table::CsvHead;
use super::error::{DumpError, Place, Reason};
use super::events::{kind_of_file, kind_of_stream};
use super::input::Input;
use super::mapping::Mapping;
use crate::contact::ActivityKind;
use std::sync::Arc;

/// What is known of a file's rows before any is read.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub file: Arc<str>,
    /// The input as the user wrote it, without options.
    written: Arc<str>,
    pub campaign: Option<Arc<str>>,
    pub kind: Option<ActivityKind>,
    /// What the file's name says, or that of the stream at hand.
    named: Option<ActivityKind>,
    /// Whose activities they are, where they are one contact's.
    pub email: Option<String>,
    /// The columns named by hand.
    pub mapping: Option<Arc<Mapping>>,
}

impl Given {
    /// What the input `file` brings with it.
    pub fn new(input: &Input, file: &Arc<str>) -> Self {
        Self {
            file: Arc::clone(file),
            written: input.written().into(),
            campaign: input.campaign.as_deref().map(Arc::from),
            kind: input.kind,
            named: kind_of_file(&input.name()),
            email: input.email.clone().or_else(|| address_of_file(&input.name())),
            mapping: input.mapping.clone(),
        }
    }

    /// Turns to the records of a stream, whose name tells what a file's tells.
    pub fn turn_to(&mut self, stream: &str) {
        self.named = kind_of_stream(stream);
    }

    /// The reason to refuse a history that is nobody's.
    pub fn no_owner(&self) -> Reason {
        Reason::NoOwner(self.written.to_string())
    }

    /// The kind of rows that don't say what they are, by their columns.
    pub fn kind_by(&self, traits: Traits) -> Option<ActivityKind> {
        self.kind.or_else(|| traits.kind(self.named))
    }

    /// The reason to refuse rows without a kind.
    pub fn no_kind(&self) -> Reason {
        Reason::NoKind(self.written.to_string())
    }

    /// Refuses rows that leave the campaign or the kind open.
    pub fn check(&self, line: u64, present: &Present) -> Result<(), DumpError> {
        let reason = if !present.campaign && self.campaign.is_none() {
            Reason::NoCampaign(self.written.to_string())
        } else if !present.typed && self.kind_by(present.traits).is_none() {
            self.no_kind()
        } else {
            return Ok(());
        };
        Err(DumpError::at(&self.file, Place::line(line), reason))
    }
}

/// Which of the columns that matter a header or a record has.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Present {
    pub contact_id: bool,
    pub campaign: bool,
    pub typed: bool,
    pub traits: Traits,
}

impl Present {
    /// Takes note of a field.
    pub fn note(&mut self, field: ActivityField) {
        match field {
            ActivityField::ContactId => self.contact_id = true,
            ActivityField::CampaignId => self.campaign = true,
            ActivityField::Type | ActivityField::TrackType => self.typed = true,
            _ => {}
        }
    }

    /// What a header has.
    pub fn of(head: &CsvHead) -> Self {
        let mut present = Self::default();
        head.names.iter().for_each(|name| present.traits.note(name));
        for (field, _) in head.read_as.iter().filter_map(|name| field_of(name)) {
            present.note(field);
            present.typed |= field == ActivityField::Status && present.traits.logged();
        }
        present
    }
}

/// The address that a file is named after: `ann@example.com.json`, `history-ann@example.com.json`.
fn address_of_file(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let endings = [".gz", ".zst", ".json", ".jsonl", ".ndjson"];
    let stem = endings.iter().fold(file, |stem, ending| stem.strip_suffix(ending).unwrap_or(stem));
    let address = stem.strip_prefix("history-").unwrap_or(stem);
    let (local, domain) = address.split_once('@')?;
    let whole = !local.is_empty() && domain.contains('.') && !domain.contains('@');
    whole.then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_named_after_an_address() {
        for (name, expected) in [
            ("ann@example.com.json", Some("ann@example.com")),
            ("/x/history-ann.b+c@example.com.json.gz", Some("ann.b+c@example.com")),
            ("history.json", None),
            ("a@b/history.json", None),
            ("@example.com.json", None),
            ("ann@home", None),
        ] {
            assert_eq!(address_of_file(name).as_deref(), expected, "{name}");
        }
    }
}
