//! One activity as it was read.

use super::activity_columns::ActivityField;
use super::events::{Event, WordOf, event_of};
use crate::contact::{ActivityKind, SendStage};
use std::sync::Arc;

/// The values of one activity, held in one buffer that the next one reuses. Values are as written;
/// `None` means absent, null or empty.
#[derive(Debug, Clone, Default)]
pub struct ActivityRow {
    text: String,
    fields: [Option<Held>; ActivityField::COUNT],
    pub(crate) has_contact_id: bool,
    /// The kind of a row that doesn't say what it is, or of a file whose user does.
    pub(crate) given_kind: Option<ActivityKind>,
    pub(crate) given_campaign: Option<Arc<str>>,
    pub(crate) file: Option<Arc<str>>,
    pub(crate) line: u64,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    start: usize,
    end: usize,
    canonical: bool,
}

impl ActivityRow {
    /// True when the file's header names a contact id (CSV), or the record has the key (JSON).
    pub fn has_contact_id_column(&self) -> bool {
        self.has_contact_id
    }

    /// The contact's id.
    pub fn contact_id(&self) -> Option<&str> {
        self.get(ActivityField::ContactId)
    }

    /// The contact's address, without a name before it; where there is none, what follows the `$` of
    /// an `email_id`.
    pub fn email(&self) -> Option<&str> {
        self.get(ActivityField::Email).map(bare_address).or_else(|| {
            let (_, address) = self.get(ActivityField::EmailId)?.split_once('$')?;
            Some(address).filter(|address| !address.is_empty())
        })
    }

    /// The campaign's id; where the row has none, the one given with the file.
    pub fn campaign_id(&self) -> Option<&str> {
        self.get(ActivityField::CampaignId).or(self.given_campaign.as_deref())
    }

    /// The time, as text.
    pub fn at(&self) -> Option<&str> {
        self.get(ActivityField::At)
    }

    /// True for a row of a report of recipients without a time: neither the row nor a type column
    /// says what happened.
    pub fn is_undated_recipient(&self) -> bool {
        self.given_kind == Some(ActivityKind::Send)
            && self.at().is_none_or(|text| text.trim().is_empty())
            && self.word().is_none()
    }

    /// The link that was clicked.
    pub fn url(&self) -> Option<&str> {
        self.get(ActivityField::Url)
    }

    /// The country's name.
    pub fn country(&self) -> Option<&str> {
        self.get(ActivityField::Country)
    }

    /// The country's code.
    pub fn country_code(&self) -> Option<&str> {
        self.get(ActivityField::CountryCode)
    }

    /// The region or state.
    pub fn region(&self) -> Option<&str> {
        self.get(ActivityField::Region)
    }

    /// The city.
    pub fn city(&self) -> Option<&str> {
        self.get(ActivityField::City)
    }

    /// What happened. A bounce with the code `V` was delivered: an absence note came back.
    pub fn event(&self) -> Event {
        let event = match self.given_kind {
            Some(kind) => Event::Known(kind, SendStage::Sent),
            None => (self.word()).map_or(Event::Unknown, |(word, column)| event_of(word, column)),
        };
        let code = self.get(ActivityField::BounceCode).map(str::trim);
        match event {
            Event::Known(ActivityKind::Bounce, _)
                if code.is_some_and(|code| code.eq_ignore_ascii_case("V")) =>
            {
                Event::Known(ActivityKind::Send, SendStage::Delivered)
            }
            event => event,
        }
    }

    /// The word of the type column; where there is none, the kind that stands for it.
    pub fn event_word(&self) -> &str {
        let word = self.word().map(|(word, _)| word);
        word.or(self.given_kind.map(ActivityKind::name)).unwrap_or("")
    }

    /// The file of the activity.
    pub fn file(&self) -> &str {
        self.file.as_deref().unwrap_or("")
    }

    /// The line in which it begins.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The word that says what happened, and the column that holds it.
    fn word(&self) -> Option<(&str, WordOf)> {
        let columns = [
            (ActivityField::Type, WordOf::Type),
            (ActivityField::TrackType, WordOf::TrackType),
            (ActivityField::Status, WordOf::Status),
        ];
        columns.into_iter().find_map(|(field, column)| Some((self.get(field)?, column)))
    }

    pub(crate) fn get(&self, field: ActivityField) -> Option<&str> {
        let held = self.fields.get(field.index()).copied().flatten()?;
        self.text.get(held.start..held.end)
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.fields = [None; ActivityField::COUNT];
    }

    /// Puts a value in place of whatever is held; none takes it away.
    pub(crate) fn put(&mut self, field: ActivityField, value: Option<&str>) {
        if let Some(held) = self.fields.get_mut(field.index()) {
            *held = None;
        }
        self.set(field, true, value.unwrap_or(""));
    }

    /// Keeps a value. The canonical name wins over others, the first value over later ones.
    pub(crate) fn set(&mut self, field: ActivityField, canonical: bool, value: &str) {
        let Some(held) = self.fields.get_mut(field.index()) else { return };
        if value.is_empty() || held.is_some_and(|held| held.canonical || !canonical) {
            return;
        }
        let start = self.text.len();
        self.text.push_str(value);
        *held = Some(Held { start, end: self.text.len(), canonical });
    }
}

/// `joesmith@example.com` of `Joe Smith <joesmith@example.com>`.
fn bare_address(text: &str) -> &str {
    let inner = text.trim_end().strip_suffix('>').and_then(|text| text.rsplit_once('<'));
    inner.map_or(text, |(_, address)| address)
}
