//! The tables of Campaign Monitor: the built-in RuleTypes, and the keys of its objects.

use crate::dialect::keys::{Key, Wanted};
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
}

const fn row(name: &'static str, class: Class, documented: bool) -> RuleTypeRow {
    RuleTypeRow { name, class, documented }
}

/// The built-in RuleTypes. Any other name is a custom field.
pub const RULE_TYPES: &[RuleTypeRow] = &[
    row("Name", Class::Name, true),
    row("EmailAddress", Class::Email, true),
    row("DateSubscribed", Class::DateSubscribed, true),
    row("CampaignOpened", Class::Campaign(Asked::Opened), true),
    row("CampaignNotOpened", Class::Campaign(Asked::NotOpened), true),
    row("CampaignOpenedNoClick", Class::Campaign(Asked::OpenedNoClick), true),
    row("CampaignClickedAny", Class::Campaign(Asked::Clicked), true),
    row("CampaignClickedSpecific", Class::Link(Asked::Clicked), true),
    row("CampaignNotClickedSpecific", Class::Link(Asked::NotClicked), true),
    row("Location", Class::Location, false),
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
    Key::new("Title", Wanted::Text),
    Key::new("RuleGroups", Wanted::Array),
    Key::new("Rules", Wanted::Array),
    Key::new("ActiveSubscribers", Wanted::Integer),
    Key::new("ListID", Wanted::Text),
    Key::new("SegmentID", Wanted::Text),
];

/// The keys of a rule group.
pub const GROUP_KEYS: &[Key] = &[Key::new("Rules", Wanted::Array)];

/// The keys of a rule.
pub const RULE_KEYS: &[Key] =
    &[Key::new("RuleType", Wanted::Text), Key::new("Clause", Wanted::Text)];

/// The keys of a rule in the older form, whose clauses are joined by OR and whose rules by AND.
pub const OLD_RULE_KEYS: &[Key] = &[
    Key::new("Subject", Wanted::Text),
    Key::new("RuleType", Wanted::Text),
    Key::new("Clauses", Wanted::Array),
];
