//! The tables of Campaign Monitor: the built-in RuleTypes, and the keys of its objects.

use crate::dialect::keys::{CATALOG_KEY, Key, Wanted};
use crate::dialect::{Dialect, Marks};
use crate::finding::Kind;

/// What a rule is about, as far as its clause goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// The subscriber's name.
    Name,
    /// The e-mail address.
    Email,
    /// The date of subscription.
    DateSubscribed,
    /// A custom field of text.
    Text,
    /// A custom field of numbers.
    Number,
    /// A custom field of options, countries or states.
    Option,
    /// A custom field of dates.
    Date,
    /// A custom field whose type nobody knows.
    Untyped,
    /// One campaign; the clause is its id.
    Campaign(Asked),
    /// One link of one campaign; the clause is the campaign's id and the URL.
    Link(Asked),
    /// Where the subscriber is.
    Location,
}

/// What is asked about a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// Opened.
    Opened,
    /// Sent and not opened.
    NotOpened,
    /// Opened and not clicked.
    OpenedNoClick,
    /// Any link clicked.
    Clicked,
    /// Sent and the link not clicked.
    NotClicked,
}

impl Class {
    /// The finding for a verb that can't be used here. A field of unknown type is taken for text.
    pub fn illegal_verb(self) -> Kind {
        match self {
            Self::Name => Kind::VerbIllegalName,
            Self::Email => Kind::VerbIllegalEmail,
            Self::DateSubscribed => Kind::VerbIllegalDateSubscribed,
            Self::Text | Self::Untyped => Kind::VerbIllegalText,
            Self::Number => Kind::VerbIllegalNumber,
            Self::Option => Kind::VerbIllegalOption,
            Self::Date => Kind::VerbIllegalDate,
            Self::Location => Kind::VerbIllegalLocation,
            Self::Campaign(_) | Self::Link(_) => Kind::CampaignId,
        }
    }

    /// What the class is called in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Email => "EmailAddress",
            Self::DateSubscribed => "DateSubscribed",
            Self::Text => "a text field",
            Self::Number => "a number field",
            Self::Option => "a field of options",
            Self::Date => "a date field",
            Self::Untyped => "a field of unknown type",
            Self::Campaign(_) | Self::Link(_) => "a campaign",
            Self::Location => "Location",
        }
    }
}

/// A built-in RuleType.
#[derive(Debug, Clone, Copy)]
pub struct RuleTypeRow {
    /// The exact name.
    pub name: &'static str,
    /// What its clause is.
    pub class: Class,
    /// True where the vendor's page lists the name.
    pub documented: bool,
    /// What the rule asks, in a line for people.
    pub about: &'static str,
}

const fn row(
    name: &'static str,
    class: Class,
    documented: bool,
    about: &'static str,
) -> RuleTypeRow {
    RuleTypeRow { name, class, documented, about }
}

/// The built-in RuleTypes. Any other name is a custom field.
pub const RULE_TYPES: &[RuleTypeRow] = &[
    row("Name", Class::Name, true, "The subscriber's name."),
    row("EmailAddress", Class::Email, true, "The subscriber's e-mail address."),
    row(
        "DateSubscribed",
        Class::DateSubscribed,
        true,
        "The day on which the subscriber joined the list.",
    ),
    row(
        "CampaignOpened",
        Class::Campaign(Asked::Opened),
        true,
        "Opened the campaign; the clause is its id.",
    ),
    row(
        "CampaignNotOpened",
        Class::Campaign(Asked::NotOpened),
        true,
        "Was sent the campaign and did not open it; the clause is its id.",
    ),
    row(
        "CampaignOpenedNoClick",
        Class::Campaign(Asked::OpenedNoClick),
        true,
        "Opened the campaign and clicked nothing; the clause is its id.",
    ),
    row(
        "CampaignClickedAny",
        Class::Campaign(Asked::Clicked),
        true,
        "Clicked any link of the campaign; the clause is its id.",
    ),
    row(
        "CampaignClickedSpecific",
        Class::Link(Asked::Clicked),
        true,
        "Clicked exactly this link; the clause is the campaign's id, a blank and the URL.",
    ),
    row(
        "CampaignNotClickedSpecific",
        Class::Link(Asked::NotClicked),
        true,
        "Was sent the campaign and did not click exactly this link; the clause is the campaign's id, a blank and the URL.",
    ),
    row(
        "Location",
        Class::Location,
        false,
        "Where the subscriber is: a country, its ISO code, a region or a city.",
    ),
];

/// How many years, the as-of year included, a DateSubscribed operand may come from.
pub const SUBSCRIBED_YEARS: i32 = 10;
/// The hexadecimal digits of a campaign id.
pub const CAMPAIGN_ID_DIGITS: usize = 32;
/// The hexadecimal digits of the campaign ids in the vendor's examples.
pub const SHORT_CAMPAIGN_ID_DIGITS: usize = 16;

/// The keys by which the dialect is told from others.
pub const MARKS: Marks = Marks {
    dialect: Dialect::CampaignMonitor,
    strong: &["RuleGroups", "Rules", "RuleType", "Title"],
    weak: &["Clause", "Clauses", "Subject"],
    shapes: "campaign-monitor: `RuleGroups`, `Rules`, `RuleType` or `Title`",
};

/// The keys of a request body and of the details answer.
pub const BODY_KEYS: &[Key] = &[
    Key::new(
        "Title",
        Wanted::Literal,
        "The title of the segment; no other segment of the list has it.",
    ),
    Key::new(
        "RuleGroups",
        Wanted::Array,
        "The rule groups; all of them hold. None at all selects every active subscriber.",
    ),
    Key::new(
        "Rules",
        Wanted::Array,
        "One rule group to add, its rules joined by OR; or the older form, its rules joined by AND.",
    ),
    Key::new(
        "ActiveSubscribers",
        Wanted::Integer,
        "How many subscribers are in the segment; answers alone have it.",
    ),
    Key::new("ListID", Wanted::Text, "The list of the segment; answers alone have it."),
    Key::new("SegmentID", Wanted::Text, "The id of the segment; answers alone have it."),
    CATALOG_KEY,
];

/// The mark of the vendor's own segments in a catalog.
pub const SYSTEM: &str = "system";

/// What a catalog keeps aside.
pub const ASIDE_KEYS: &[Key] = &[Key::new(
    SYSTEM,
    Wanted::Flag,
    "True for the vendor's own segments, which can't be changed.",
)];

/// The keys of a rule group.
pub const GROUP_KEYS: &[Key] =
    &[Key::new("Rules", Wanted::Array, "The rules of the group; any of them holds.")];

/// The keys of a rule.
pub const RULE_KEYS: &[Key] = &[
    Key::new(
        "RuleType",
        Wanted::Text,
        "What the rule is about: a built-in, or a custom field as [its tag].",
    ),
    Key::new(
        "Clause",
        Wanted::Text,
        "A verb and mostly an object; for campaigns the campaign's id, for links a blank and the URL behind it.",
    ),
];

/// The keys of a rule in the older form, whose clauses are joined by OR and whose rules by AND.
pub const OLD_RULE_KEYS: &[Key] = &[
    Key::new(
        "Subject",
        Wanted::Text,
        "What the rule is about: a built-in, or a custom field as [its tag].",
    ),
    Key::new("RuleType", Wanted::Text, "The same as `Subject`, which counts where both stand."),
    Key::new(
        "Clauses",
        Wanted::Array,
        "The clauses, joined by OR: each a verb and mostly an object.",
    ),
];
