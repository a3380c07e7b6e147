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
    /// The campaign that the file's name says, for files whose rows name none.
    named_campaign: Option<Arc<str>>,
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
        let name = input.telling_name();
        Self {
            file: Arc::clone(file),
            written: input.written().into(),
            campaign: input.campaign.as_deref().map(Arc::from),
            named_campaign: campaign_of_file(&name).map(Arc::from),
            kind: input.kind,
            named: kind_of_file(&name),
            email: input.email.clone().or_else(|| address_of_file(&name)),
            mapping: input.mapping.clone(),
        }
    }

    /// Settles the campaign of rows that name none, by what the head of the file has.
    pub fn settle(&mut self, present: &Present) {
        if !present.campaign && self.campaign.is_none() {
            self.campaign.clone_from(&self.named_campaign);
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
        let campaign = self.campaign.as_ref().or(self.named_campaign.as_ref());
        let reason = if !present.campaign && campaign.is_none() {
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

    /// As a number. What several columns have is had by joining theirs bit by bit.
    pub fn bits(self) -> u64 {
        let flags = [self.contact_id, self.campaign, self.typed];
        let flags = flags.into_iter().fold(0, |bits, flag| bits << 1 | u64::from(flag));
        self.traits.bits() | flags << Self::FIRST_FLAG
    }

    /// What a number says.
    #[inline(always)]
    pub fn of_bits(bits: u64) -> Self {
        let flag = |at: u32| bits >> (Self::FIRST_FLAG + at) & 1 == 1;
        let traits = Traits::of_bits(bits);
        Self { contact_id: flag(2), campaign: flag(1), typed: flag(0), traits }
    }

    const FIRST_FLAG: u32 = 60;

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

/// The campaign whose id a file's name holds, or the name of the folder that it is in: 32 hexadecimal
/// digits, or a UUID. Several ids say nothing.
fn campaign_of_file(name: &str) -> Option<String> {
    let mut parts = name.rsplit(['/', '\\']);
    let of_file = ids_in(parts.next()?);
    match of_file.as_slice() {
        [id] => Some((*id).to_owned()),
        [] => parts.next().filter(|folder| ids_in(folder) == [*folder]).map(str::to_owned),
        _ => None,
    }
}

/// The ids in a name, between whatever isn't a letter or a digit.
fn ids_in(name: &str) -> Vec<&str> {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut ids = Vec::new();
    let mut at = 0;
    while let Some(rest) = name.get(at..) {
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or("");
        let uuid = rest.get(..36).filter(|text| {
            let lengths = text.split('-').map(str::len);
            let apart = !rest.get(36..).unwrap_or("").starts_with(char::is_alphanumeric);
            apart && lengths.eq([8, 4, 4, 4, 12]) && text.split('-').all(is_hex)
        });
        let plain = (length == 32 && is_hex(word)).then_some(word);
        let found = uuid.or(plain);
        ids.extend(found);
        let passed = found.map_or(length, str::len);
        let behind = rest.get(passed..).and_then(|rest| rest.chars().next());
        let Some(behind) = behind else { break };
        at += passed + behind.len_utf8();
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_named_after_a_campaign() {
        const ID: &str = "5324d52b5d4512b1173f658d4342608c";
        const UUID: &str = "98edac88-f4bc-408c-9e64-acd890384231";
        for (name, expected) in [
            (format!("{ID}-opens.json"), Some(ID)),
            (format!("/x/opens_{ID}.json.gz"), Some(ID)),
            (format!("campaigns/{ID}/opens.json"), Some(ID)),
            (format!("opens {UUID}.csv"), Some(UUID)),
            (format!("{UUID}/clicks.csv"), Some(UUID)),
            (format!("{ID}-{UUID}.json"), None),
            (format!("x{ID}/opens.json"), None),
            (format!("{ID}0-opens.json"), None),
            (format!("{ID}/x/opens.json"), None),
            ("öpens.json".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(campaign_of_file(&name).as_deref(), expected, "{name}");
        }
    }

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
