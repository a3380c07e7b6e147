//! One activity as it was read.

use super::activity_columns::ActivityField;
use super::events::{Event, EventWords, ShortWord, WordOf, event_of};
use crate::contact::{ActivityKind, SendStage};
use std::sync::Arc;

/// The values of one activity, as written; `None` means absent, null or empty. Values that stand as
/// they are in the text at hand, which holds the record and perhaps others, aren't copied.
#[derive(Debug, Clone, Default)]
pub struct ActivityRow<'a> {
    record: &'a str,
    /// Values that don't stand in the record.
    own: String,
    /// The fields that hold a value, bit by bit; those whose value stands among the row's own; and
    /// those that no further value replaces.
    held: u16,
    owned: u16,
    canonical: u16,
    /// Where values begin and end.
    places: [(u32, u32); ActivityField::COUNT],
    pub(crate) has_contact_id: bool,
    /// The kind of a row that doesn't say what it is, or of a file whose user does.
    pub(crate) given_kind: Option<ActivityKind>,
    pub(crate) given_campaign: Option<Arc<str>>,
    pub(crate) line: u64,
}

impl<'a> ActivityRow<'a> {
    /// An empty row whose values mostly stand in `record`.
    pub(crate) fn over(record: &'a str) -> Self {
        Self { record, ..Self::default() }
    }

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

    /// The bytes of [`ActivityRow::contact_id`].
    #[inline(always)]
    pub fn contact_id_bytes(&self) -> Option<&[u8]> {
        self.bytes(ActivityField::ContactId)
    }

    /// The bytes of [`ActivityRow::campaign_id`].
    #[inline(always)]
    pub fn campaign_id_bytes(&self) -> Option<&[u8]> {
        let given = || self.given_campaign.as_deref().map(str::as_bytes);
        self.bytes(ActivityField::CampaignId).or_else(given)
    }

    /// The bytes of [`ActivityRow::at`].
    #[inline(always)]
    pub fn at_bytes(&self) -> Option<&[u8]> {
        self.bytes(ActivityField::At)
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
        self.event_by(|| self.own_event())
    }

    /// The same, where the words of other rows are remembered.
    #[inline(always)]
    pub fn event_among(&self, words: &mut EventWords) -> Event {
        let short = self.short(ActivityField::Type).filter(|_| self.given_kind.is_none());
        let known = short.and_then(|word| words.known(word));
        self.event_by(|| {
            known.unwrap_or_else(|| {
                let event = self.own_event();
                short.inspect(|word| words.learn(*word, event));
                event
            })
        })
    }

    /// What the row itself says.
    fn own_event(&self) -> Event {
        (self.word()).map_or(Event::Unknown, |(word, column)| event_of(word, column))
    }

    #[inline(always)]
    fn event_by(&self, own: impl FnOnce() -> Event) -> Event {
        let event = match self.given_kind {
            Some(kind) => Event::Known(kind, SendStage::Sent),
            None => own(),
        };
        if !matches!(event, Event::Known(ActivityKind::Bounce, _)) {
            return event;
        }
        let code = self.get(ActivityField::BounceCode).map(str::trim);
        let is_delivered = code.is_some_and(|code| code.eq_ignore_ascii_case("V"));
        let delivered = Event::Known(ActivityKind::Send, SendStage::Delivered);
        if is_delivered { delivered } else { event }
    }

    /// The word of the type column; where there is none, the kind that stands for it.
    pub fn event_word(&self) -> &str {
        let word = self.word().map(|(word, _)| word);
        word.or(self.given_kind.map(ActivityKind::name)).unwrap_or("")
    }

    /// The line in which it begins.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The word that says what happened, and the column that holds it.
    #[inline(always)]
    fn word(&self) -> Option<(&str, WordOf)> {
        if let Some(word) = self.get(ActivityField::Type) {
            return Some((word, WordOf::Type));
        }
        let further = [
            (ActivityField::TrackType, WordOf::TrackType),
            (ActivityField::Status, WordOf::Status),
        ];
        further.into_iter().find_map(|(field, column)| Some((self.get(field)?, column)))
    }

    /// A value, where it is short and stands in the text at hand, not at its end.
    #[inline(always)]
    fn short(&self, field: ActivityField) -> Option<ShortWord> {
        if !is_set(self.held & !self.owned, field) {
            return None;
        }
        let (start, end) = *self.places.get(field.index())?;
        let bytes = self.record.as_bytes().get(start as usize..)?.first_chunk::<8>()?;
        let length = end - start;
        let unused = 8_u32.checked_sub(length)?;
        Some(ShortWord { bytes: u64::from_le_bytes(*bytes) << (unused * 8), length })
    }

    /// A value as bytes, sooner had than as text.
    #[inline(always)]
    fn bytes(&self, field: ActivityField) -> Option<&[u8]> {
        if !is_set(self.held, field) {
            return None;
        }
        let (start, end) = *self.places.get(field.index())?;
        let text = if is_set(self.owned, field) { &self.own } else { self.record };
        text.as_bytes().get(start as usize..end as usize)
    }

    #[inline(always)]
    pub(crate) fn get(&self, field: ActivityField) -> Option<&str> {
        if !is_set(self.held, field) {
            return None;
        }
        let (start, end) = *self.places.get(field.index())?;
        let text = if is_set(self.owned, field) { &self.own } else { self.record };
        text.get(start as usize..end as usize)
    }

    #[inline(always)]
    pub(crate) fn clear(&mut self) {
        if self.owned != 0 {
            self.own.clear();
        }
        (self.held, self.owned, self.canonical) = (0, 0, 0);
    }

    /// Puts a value in place of whatever is held; none takes it away.
    pub(crate) fn put(&mut self, field: ActivityField, value: Option<&str>) {
        self.held &= !bit(field);
        self.set(field, true, value.unwrap_or(""));
    }

    /// Keeps a value. The canonical name wins over others, the first value over later ones.
    #[inline]
    pub(crate) fn set(&mut self, field: ActivityField, canonical: bool, value: &str) {
        let keeps = is_set(self.held, field) && (is_set(self.canonical, field) || !canonical);
        if value.is_empty() || keeps {
            return;
        }
        let at = (value.as_ptr() as usize).wrapping_sub(self.record.as_ptr() as usize);
        let owned = at >= self.record.len() || value.len() > self.record.len() - at;
        let start = if owned { self.own.len() } else { at };
        if owned {
            self.own.push_str(value);
        }
        if let Some(place) = self.places.get_mut(field.index()) {
            // Records are far shorter than that.
            *place = (start as u32, (start + value.len()) as u32);
        }
        let with = |bits: u16, on: bool| bits & !bit(field) | (u16::from(on) << field.index());
        (self.held, self.owned) = (with(self.held, true), with(self.owned, owned));
        self.canonical = with(self.canonical, canonical);
    }

    /// Keeps the value that stands between two bytes of the text at hand, as [`ActivityRow::set`]
    /// does.
    #[inline(always)]
    pub(crate) fn set_between(
        &mut self,
        field: ActivityField,
        canonical: bool,
        (start, end): (usize, usize),
    ) {
        let keeps = is_set(self.held, field) && (is_set(self.canonical, field) || !canonical);
        if start == end || keeps {
            return;
        }
        // Chunks are far shorter than that.
        self.set_at(field, (start as u32, end as u32));
        self.owned &= !bit(field);
        self.canonical = self.canonical & !bit(field) | (u16::from(canonical) << field.index());
    }

    /// Keeps the value that stands between two bytes of the text at hand, where no other can be for
    /// the field.
    #[inline(always)]
    pub(crate) fn set_at(&mut self, field: ActivityField, (start, end): (u32, u32)) {
        if let Some(place) = self.places.get_mut(field.index()) {
            *place = (start, end);
            self.held |= u16::from(start != end) << field.index();
        }
    }
}

#[inline(always)]
fn bit(field: ActivityField) -> u16 {
    1 << field.index()
}

#[inline(always)]
fn is_set(bits: u16, field: ActivityField) -> bool {
    bits & bit(field) != 0
}

/// `joesmith@example.com` of `Joe Smith <joesmith@example.com>`.
fn bare_address(text: &str) -> &str {
    let inner = text.trim_end().strip_suffix('>').and_then(|text| text.rsplit_once('<'));
    inner.map_or(text, |(_, address)| address)
}
