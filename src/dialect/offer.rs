//! Words that may stand at a place, made from the vendors' tables and from the account. Which of them
//! stand where is in each vendor's `assist`; what becomes of them in `assist` beside this file.

use super::keys::{Key, Wanted};
use super::terms::Term;
use crate::account::{Account, Campaign, FieldDef, Names};
use crate::source::json::Value;
use std::ops::Range;

/// What sort of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// A key of an object.
    Key,
    /// A field, or what stands in the place of one: a source, a RuleType.
    Field,
    /// An operator or a verb.
    Operator,
    /// Another word of the dialect.
    Word,
    /// An option of a custom field.
    Option,
    /// An id of the account's: of a campaign, a list, a tag; or a tag's name.
    Id,
}

/// A word that means something at a place.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// The word, as it stands between quotes, or for a number without any.
    pub word: String,
    pub kind: WordKind,
    /// A few words beside it: a type, a name.
    pub detail: String,
    /// What it means, as Markdown.
    pub about: String,
    /// True where it may be written at this place; the others are only explained.
    pub fits: bool,
    /// True for a JSON number.
    pub is_number: bool,
    /// What is written behind it.
    pub behind: &'static str,
}

/// The words at a place.
#[derive(Debug, Default)]
pub(super) struct Offers {
    pub list: Vec<Offer>,
    /// What stands there, where it isn't spelled like any of the list.
    pub here: Option<Offer>,
    /// The part of the string that the words are about, in bytes of its decoded text; `None` for all
    /// of it.
    pub part: Option<Range<usize>>,
}

impl Offers {
    pub fn of(list: Vec<Offer>) -> Self {
        Self { list, ..Self::default() }
    }
}

impl Offer {
    pub fn new(word: impl Into<String>, kind: WordKind, about: impl Into<String>) -> Self {
        Self {
            word: word.into(),
            kind,
            detail: String::new(),
            about: about.into(),
            fits: true,
            is_number: false,
            behind: "",
        }
    }

    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub fn fitting(mut self, fits: bool) -> Self {
        self.fits = fits;
        self
    }

    /// Says so where the vendor's page doesn't show it.
    pub fn shown(mut self, documented: bool) -> Self {
        if !documented {
            self.about.push_str(" Not shown on the vendor's page.");
        }
        self
    }
}

/// The keys of an object, each once; those that are there don't fit.
pub(super) fn keys(
    tables: &[&'static [Key]],
    object: &Value,
    fits: impl Fn(&Key) -> bool,
) -> Vec<Offer> {
    let rows = || tables.iter().flat_map(|table| table.iter());
    let first = |(at, key): &(usize, &Key)| !rows().take(*at).any(|known| known.name == key.name);
    let offer = |key: &Key| {
        let wanted = if key.wanted == Wanted::Any { "" } else { key.wanted.words() };
        let fits = object.member(key.name).is_none() && fits(key);
        Offer::new(key.name, WordKind::Key, key.about).detail(wanted).fitting(fits)
    };
    rows().enumerate().filter(first).map(|(_, key)| offer(key)).collect()
}

/// The words of a table.
pub(super) fn terms<T: 'static>(
    table: &'static [Term<T>],
    kind: WordKind,
    fits: impl Fn(&T) -> bool,
) -> Vec<Offer> {
    let offer = |term: &Term<T>| Offer::new(term.name, kind, term.about).fitting(fits(&term.means));
    table.iter().map(offer).collect()
}

/// A custom field, spelled `word`.
pub(super) fn custom_field(def: &FieldDef, word: impl Into<String>) -> Offer {
    let mut about = format!("Custom field “{}”: {}.", def.name, def.kind);
    if !def.options.is_empty() {
        about.push_str(&format!(" Options: {}.", def.options.join(", ")));
    }
    Offer::new(word, WordKind::Field, about).detail(def.kind.name())
}

/// The options of a custom field.
pub(super) fn options(def: &FieldDef) -> Vec<Offer> {
    let about = format!("Option of “{}”.", def.name);
    let offer = |option: &String| Offer::new(option, WordKind::Option, &about);
    def.options.iter().map(offer).collect()
}

/// The campaigns, by id.
pub(super) fn campaigns(account: &Account) -> impl Iterator<Item = (&Campaign, Offer)> {
    let campaigns = account.campaigns.iter().flatten();
    campaigns.map(|campaign| (campaign, campaign_offer(campaign)))
}

fn campaign_offer(campaign: &Campaign) -> Offer {
    let name = campaign.name.as_deref().unwrap_or_default();
    let said = [
        ("", campaign.name.as_deref()),
        ("subject: ", campaign.subject.as_deref()),
        ("status: ", campaign.status.as_deref()),
        ("sent: ", campaign.sent_at.as_deref()),
    ];
    let said = said.iter().filter_map(|(label, text)| text.map(|text| format!("{label}{text}")));
    let about = said.filter(|said| !said.is_empty()).collect::<Vec<_>>().join("; ");
    Offer::new(campaign.id.trim(), WordKind::Id, format!("Campaign: {about}.")).detail(name)
}

/// Lists or tags, by id.
pub(super) fn ids(names: &Names, what: &str) -> Vec<Offer> {
    let offer = |(id, name): (&str, &str)| {
        Offer::new(id, WordKind::Id, format!("{what} “{name}”.")).detail(name)
    };
    names.0.iter().map(|named| (named.id.as_str(), named.name.as_str())).map(offer).collect()
}
