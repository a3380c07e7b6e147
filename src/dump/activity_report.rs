//! What a file of activities says of all its rows: what the user gave with it, its name, and which of
//! the columns that matter it has. Reports of some vendors name in no row the campaign and what
//! happened; rows that leave either open are refused here.

use super::activity_columns::{ActivityField, Traits, field_of};
use super::error::{DumpError, Place, Reason};
use super::events::kind_of_file;
use super::input::Input;
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
    /// What the file's name says.
    named: Option<ActivityKind>,
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
        }
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
    pub fn of(names: &[String]) -> Self {
        let mut present = Self::default();
        for name in names {
            present.traits.note(name);
            if let Some((field, _)) = field_of(name) {
                present.note(field);
            }
        }
        present
    }
}
