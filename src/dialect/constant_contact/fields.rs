//! The tables of Constant Contact: sources, contact fields, operators and what they take; and the
//! keys of its objects.

use crate::contact::ContactField;
use crate::criteria::What;
use crate::dialect::keys::{Key, Wanted};
use crate::dialect::{Dialect, Marks};
use crate::finding::Kind;

/// Where a leaf gets its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Contact details.
    Contact,
    /// Tracked activity.
    Tracking,
    /// Membership of lists.
    ListMembership,
    /// Tags.
    Tags,
}

/// The sources by their words.
pub const SOURCES: &[(&str, Source)] = &[
    ("contact", Source::Contact),
    ("tracking", Source::Tracking),
    ("list_membership", Source::ListMembership),
    ("tags", Source::Tags),
];

impl Source {
    /// The word for it.
    pub fn name(self) -> &'static str {
        SOURCES.iter().find(|(_, source)| *source == self).map_or("", |(name, _)| name)
    }
}

/// What a leaf is about, as far as its operators go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A contact field that is compared as text.
    Text,
    /// `date_added` and `date_updated`.
    Date,
    /// Tracked activity.
    Tracking,
    /// Membership of a list.
    List,
    /// A tag.
    Tag,
}

impl Class {
    /// The source that has such fields.
    pub fn source(self) -> Source {
        match self {
            Self::Text | Self::Date => Source::Contact,
            Self::Tracking => Source::Tracking,
            Self::List => Source::ListMembership,
            Self::Tag => Source::Tags,
        }
    }

    /// The finding for an operator that the source has, but not for such fields.
    pub fn illegal_operator(self) -> Kind {
        match self {
            Self::Text => Kind::VerbIllegalText,
            Self::Date => Kind::VerbIllegalDate,
            Self::Tracking | Self::List | Self::Tag => Kind::OperatorUnknown,
        }
    }

    /// What the class is called where rules are explained.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "a contact field",
            Self::Date => "a contact's date",
            Self::Tracking => "tracked activity",
            Self::List => "list membership",
            Self::Tag => "a tag",
        }
    }
}

/// A standard or system field of a contact.
#[derive(Debug, Clone, Copy)]
pub struct FieldRow {
    /// The name in criteria.
    pub name: &'static str,
    /// The field that it is.
    pub field: ContactField,
    /// How it is compared.
    pub class: Class,
    /// True where the vendor's page shows the name.
    pub documented: bool,
}

const fn field(
    name: &'static str,
    field: ContactField,
    class: Class,
    documented: bool,
) -> FieldRow {
    FieldRow { name, field, class, documented }
}

/// The fields of source `contact`. Custom fields are any other name.
pub const CONTACT_FIELDS: &[FieldRow] = &[
    field("state", ContactField::State, Class::Text, true),
    field("title", ContactField::Title, Class::Text, true),
    field("postal_code", ContactField::PostalCode, Class::Text, true),
    field("date_added", ContactField::DateAdded, Class::Date, true),
    field("date_updated", ContactField::DateUpdated, Class::Date, true),
    field("birthday_month", ContactField::BirthdayMonth, Class::Text, false),
    field("source", ContactField::Source, Class::Text, false),
    field("email", ContactField::Email, Class::Text, false),
    field("first_name", ContactField::FirstName, Class::Text, false),
    field("last_name", ContactField::LastName, Class::Text, false),
    field("company_name", ContactField::CompanyName, Class::Text, false),
    field("street", ContactField::Street, Class::Text, false),
    field("city", ContactField::City, Class::Text, false),
    field("country", ContactField::Country, Class::Text, false),
    field("phone", ContactField::Phone, Class::Text, false),
    field("birthday_day", ContactField::BirthdayDay, Class::Text, false),
    field("anniversary", ContactField::Anniversary, Class::Text, false),
    field("job_title", ContactField::Title, Class::Text, false),
    field("permission_to_send", ContactField::PermissionToSend, Class::Text, false),
];

/// The mark of a custom field, which may also stand without it.
pub const CUSTOM_PREFIX: &str = "cf:";

/// The fields of source `tracking`.
pub const TRACKING_FIELDS: &[(&str, What)] = &[
    ("sent", What::Sent),
    ("not_sent", What::NotSent),
    ("opened", What::Opened),
    ("not_opened", What::NotOpened),
    ("clicked", What::Clicked),
    ("not_clicked", What::NotClicked),
];

/// The only field of source `list_membership`.
pub const LIST_FIELD: &str = "list_id";

/// The only field of source `tags`.
pub const TAG_FIELD: &str = "tag_id";

/// An operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal; holds for what is missing too.
    Ne,
    /// Begins with.
    StartsWith,
    /// Contains.
    ContainsString,
    /// Any of a set of campaigns; inside a window.
    ContainsAny,
    /// All of a set of campaigns.
    ContainsAll,
}

/// The operators by their words.
pub const OPS: &[(&str, Op)] = &[
    ("eq", Op::Eq),
    ("ne", Op::Ne),
    ("starts-with", Op::StartsWith),
    ("contains-string", Op::ContainsString),
    ("contains-any", Op::ContainsAny),
    ("contains-all", Op::ContainsAll),
];

impl Op {
    /// The word for it.
    pub fn name(self) -> &'static str {
        OPS.iter().find(|(_, op)| *op == self).map_or("", |(name, _)| name)
    }
}

/// A word that stands in `const_value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Constant {
    /// Null, empty or white space.
    Blank,
    /// No list, no tag.
    Nothing,
    /// Between two dates.
    InRange,
    /// In the last days.
    LastNDays,
    /// The campaigns sent last.
    LastNCampaigns,
    /// All campaigns.
    Campaigns,
}

/// The constants by their words.
pub const CONSTANTS: &[(&str, Constant)] = &[
    ("blank", Constant::Blank),
    ("none", Constant::Nothing),
    ("in-range", Constant::InRange),
    ("last-n-days", Constant::LastNDays),
    ("last-n-campaigns", Constant::LastNCampaigns),
    ("campaigns", Constant::Campaigns),
];

impl Constant {
    /// The word for it.
    pub fn name(self) -> &'static str {
        CONSTANTS.iter().find(|(_, constant)| *constant == self).map_or("", |(name, _)| name)
    }
}

/// The constants that stand in `const_date_value`.
pub const DATE_FILTERS: &[Constant] = &[Constant::InRange, Constant::LastNDays];

/// What an operator takes with fields of one class.
#[derive(Debug, Clone, Copy)]
pub struct OperatorRow {
    /// The fields.
    pub class: Class,
    /// The operator.
    pub op: Op,
    /// True where it takes a literal `value`.
    pub literal: bool,
    /// The constants that it takes.
    pub constants: &'static [Constant],
    /// True where the vendor's page shows or describes it.
    pub documented: bool,
}

const fn takes(
    class: Class,
    op: Op,
    literal: bool,
    constants: &'static [Constant],
    documented: bool,
) -> OperatorRow {
    OperatorRow { class, op, literal, constants, documented }
}

const WINDOWS: &[Constant] = DATE_FILTERS;
const SETS: &[Constant] = &[Constant::LastNCampaigns, Constant::Campaigns];

/// Every operator that a class of fields takes.
pub const OPERATORS: &[OperatorRow] = &[
    takes(Class::Text, Op::Eq, true, &[Constant::Blank], true),
    takes(Class::Text, Op::Ne, true, &[Constant::Blank], true),
    takes(Class::Text, Op::StartsWith, true, &[], true),
    takes(Class::Text, Op::ContainsString, true, &[], true),
    takes(Class::Date, Op::ContainsAny, false, WINDOWS, true),
    takes(Class::Tracking, Op::Eq, true, &[], true),
    takes(Class::Tracking, Op::Ne, true, &[], true),
    takes(Class::Tracking, Op::ContainsAny, false, SETS, true),
    takes(Class::Tracking, Op::ContainsAll, false, SETS, true),
    takes(Class::List, Op::Eq, true, &[Constant::Nothing], true),
    takes(Class::List, Op::Ne, true, &[Constant::Nothing], false),
    takes(Class::Tag, Op::Eq, true, &[Constant::Nothing], true),
    takes(Class::Tag, Op::Ne, true, &[Constant::Nothing], true),
];

/// The version of the criteria that the vendor documents.
pub const VERSION: &str = "1.0.0";
/// The most characters of a criteria string, unescaped (the vendor's OpenAPI document).
pub const MAX_CRITERIA: usize = 20_000;
/// The most campaigns that `last-n-campaigns` asks for, and the most tracking leaves.
pub const MAX_CAMPAIGNS: u32 = 500;
/// The most campaigns that the vendor's own screens show.
pub const SCREEN_CAMPAIGNS: u32 = 5;
/// The longest tracking window, in days.
pub const MAX_DAYS: u32 = 1825;

/// The keys by which the dialect is told from others.
pub const MARKS: Marks = Marks {
    dialect: Dialect::ConstantContact,
    strong: &["segment_criteria", "criteria", "group", "source"],
    weak: &["field", "op", "value", "const_value", "version"],
    shapes: "constant-contact: `segment_criteria`, `criteria`, `group` or `source`",
};

/// The keys of a request body, of an answer, and of the decoded criteria around the top group.
pub const BODY_KEYS: &[Key] = &[
    Key::new("name", Wanted::Text),
    Key::new("segment_criteria", Wanted::Text),
    Key::new("version", Wanted::Text),
    Key::new("criteria", Wanted::Object),
    Key::new("segment_id", Wanted::Integer),
    Key::new("created_at", Wanted::Text),
    Key::new("edited_at", Wanted::Text),
    Key::new("_links", Wanted::Any),
];

/// The keys of the decoded criteria string.
pub const CRITERIA_KEYS: &[Key] =
    &[Key::new("version", Wanted::Text), Key::new("criteria", Wanted::Object)];

/// The keys of a group.
pub const GROUP_KEYS: &[Key] = &[Key::new("type", Wanted::Text), Key::new("group", Wanted::Array)];

/// The keys of a leaf.
pub const LEAF_KEYS: &[Key] = &[
    Key::new("source", Wanted::Text),
    Key::new("field", Wanted::Text),
    Key::new("op", Wanted::Text),
    Key::new("value", Wanted::Text),
    Key::new("const_value", Wanted::Text),
    Key::new("param", Wanted::CountOrArray),
    Key::new("const_date_value", Wanted::Text),
    Key::new("date_param", Wanted::CountOrArray),
];
