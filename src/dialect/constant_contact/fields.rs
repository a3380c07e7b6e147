//! The tables of Constant Contact: sources, contact fields, operators and what they take; and the
//! keys of its objects.

use crate::contact::ContactField;
use crate::criteria::{MembershipKind, What};
use crate::dialect::keys::{CATALOG_KEY, Key, Wanted};
use crate::dialect::terms::{Term, name_of};
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
pub const SOURCES: &[Term<Source>] = &[
    Term::new("contact", Source::Contact, "Contact details: standard and custom fields."),
    Term::new("tracking", Source::Tracking, "Tracked activity: what was sent, opened and clicked."),
    Term::new("list_membership", Source::ListMembership, "The lists that a contact is on."),
    Term::new("tags", Source::Tags, "The tags that a contact has."),
];

impl Source {
    /// The word for it.
    pub fn name(self) -> &'static str {
        name_of(SOURCES, &self)
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
    /// What the field holds, in a line for people.
    pub about: &'static str,
}

const fn field(
    name: &'static str,
    field: ContactField,
    class: Class,
    documented: bool,
    about: &'static str,
) -> FieldRow {
    FieldRow { name, field, class, documented, about }
}

/// The fields of source `contact`. Custom fields are any other name.
pub const CONTACT_FIELDS: &[FieldRow] = &[
    field("state", ContactField::State, Class::Text, true, "The state of the contact's address."),
    field("title", ContactField::Title, Class::Text, true, "The contact's job title."),
    field(
        "postal_code",
        ContactField::PostalCode,
        Class::Text,
        true,
        "The postal code of the contact's address.",
    ),
    field(
        "date_added",
        ContactField::DateAdded,
        Class::Date,
        true,
        "When the contact was added to the account.",
    ),
    field(
        "date_updated",
        ContactField::DateUpdated,
        Class::Date,
        true,
        "When the contact was last updated.",
    ),
    field(
        "birthday_month",
        ContactField::BirthdayMonth,
        Class::Text,
        false,
        "The month of the contact's birthday, 1 to 12.",
    ),
    field(
        "source",
        ContactField::Source,
        Class::Text,
        false,
        "How the contact came into the account.",
    ),
    field("email", ContactField::Email, Class::Text, false, "The contact's e-mail address."),
    field("first_name", ContactField::FirstName, Class::Text, false, "The contact's first name."),
    field("last_name", ContactField::LastName, Class::Text, false, "The contact's last name."),
    field(
        "company_name",
        ContactField::CompanyName,
        Class::Text,
        false,
        "The company that the contact works for.",
    ),
    field(
        "street",
        ContactField::Street,
        Class::Text,
        false,
        "The street of the contact's address.",
    ),
    field("city", ContactField::City, Class::Text, false, "The city of the contact's address."),
    field(
        "country",
        ContactField::Country,
        Class::Text,
        false,
        "The country of the contact's address.",
    ),
    field("phone", ContactField::Phone, Class::Text, false, "The contact's telephone number."),
    field(
        "birthday_day",
        ContactField::BirthdayDay,
        Class::Text,
        false,
        "The day of the contact's birthday, 1 to 31.",
    ),
    field(
        "anniversary",
        ContactField::Anniversary,
        Class::Text,
        false,
        "The contact's anniversary, a date.",
    ),
    field(
        "job_title",
        ContactField::Title,
        Class::Text,
        false,
        "The contact's job title; the same as `title`.",
    ),
    field(
        "permission_to_send",
        ContactField::PermissionToSend,
        Class::Text,
        false,
        "Whether the contact agreed to get mail: explicit, implicit, unsubscribed, …",
    ),
];

/// The mark of a custom field, which may also stand without it.
pub const CUSTOM_PREFIX: &str = "cf:";

/// The fields of source `tracking`.
pub const TRACKING_FIELDS: &[Term<What>] = &[
    Term::new("sent", What::Sent, "The campaign was sent to the contact."),
    Term::new("not_sent", What::NotSent, "The campaign was not sent to the contact."),
    Term::new("opened", What::Opened, "The contact opened the campaign."),
    Term::new(
        "not_opened",
        What::NotOpened,
        "The campaign was sent to the contact and not opened.",
    ),
    Term::new("clicked", What::Clicked, "The contact clicked a link of the campaign."),
    Term::new(
        "not_clicked",
        What::NotClicked,
        "The campaign was sent to the contact and no link clicked.",
    ),
];

/// The only field of source `list_membership`.
pub const LIST_FIELD: &str = "list_id";
/// The fields of source `list_membership`.
pub const LIST_FIELDS: &[Term<MembershipKind>] =
    &[Term::new(LIST_FIELD, MembershipKind::List, "A list, by its id.")];

/// The only field of source `tags`.
pub const TAG_FIELD: &str = "tag_id";
/// The fields of source `tags`.
pub const TAG_FIELDS: &[Term<MembershipKind>] =
    &[Term::new(TAG_FIELD, MembershipKind::Tag, "A tag, by its id.")];

/// How a group joins its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupType {
    /// All of them.
    And,
    /// Any of them.
    Or,
}

/// The types of groups by their words.
pub const GROUP_TYPES: &[Term<GroupType>] = &[
    Term::new("and", GroupType::And, "All parts of the group hold."),
    Term::new("or", GroupType::Or, "Any rule of the group holds; all of them have one source."),
];

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
pub const OPS: &[Term<Op>] = &[
    Term::new("eq", Op::Eq, "Equal to the value, ignoring case."),
    Term::new("ne", Op::Ne, "Not equal to the value; holds for what is missing too."),
    Term::new("starts-with", Op::StartsWith, "Begins with the value, ignoring case."),
    Term::new("contains-string", Op::ContainsString, "Contains the value, ignoring case."),
    Term::new(
        "contains-any",
        Op::ContainsAny,
        "Any of a set of campaigns; with dates, inside a window.",
    ),
    Term::new("contains-all", Op::ContainsAll, "All of a set of campaigns."),
];

impl Op {
    /// The word for it.
    pub fn name(self) -> &'static str {
        name_of(OPS, &self)
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
pub const CONSTANTS: &[Term<Constant>] = &[
    Term::new(
        "blank",
        Constant::Blank,
        "Fields without a value: null, empty, or white space only.",
    ),
    Term::new("none", Constant::Nothing, "No list, or no tag, at all."),
    Term::new("in-range", Constant::InRange, "Between two date-times, both included."),
    Term::new(
        "last-n-days",
        Constant::LastNDays,
        "In the days before now, as many as the parameter says.",
    ),
    Term::new(
        "last-n-campaigns",
        Constant::LastNCampaigns,
        "The campaigns sent last, as many as `param` says.",
    ),
    Term::new(
        "campaigns",
        Constant::Campaigns,
        "All campaigns; with a date filter, those sent inside it.",
    ),
];

impl Constant {
    /// The word for it.
    pub fn name(self) -> &'static str {
        name_of(CONSTANTS, &self)
    }

    /// True for the constants that are windows of time.
    pub fn is_window(self) -> bool {
        DATE_FILTERS.contains(&self)
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
    /// What it asks of such fields, in a line for people.
    pub about: &'static str,
}

const fn takes(
    class: Class,
    op: Op,
    literal: bool,
    constants: &'static [Constant],
    documented: bool,
    about: &'static str,
) -> OperatorRow {
    OperatorRow { class, op, literal, constants, documented, about }
}

const WINDOWS: &[Constant] = DATE_FILTERS;
const SETS: &[Constant] = &[Constant::LastNCampaigns, Constant::Campaigns];

/// Every operator that a class of fields takes.
pub const OPERATORS: &[OperatorRow] = &[
    takes(
        Class::Text,
        Op::Eq,
        true,
        &[Constant::Blank],
        true,
        "Equal to the value, ignoring case; with `blank`, the field has no value.",
    ),
    takes(
        Class::Text,
        Op::Ne,
        true,
        &[Constant::Blank],
        true,
        "Not equal to the value, or missing; with `blank`, the field has a value.",
    ),
    takes(Class::Text, Op::StartsWith, true, &[], true, "Begins with the value, ignoring case."),
    takes(Class::Text, Op::ContainsString, true, &[], true, "Contains the value, ignoring case."),
    takes(
        Class::Date,
        Op::ContainsAny,
        false,
        WINDOWS,
        true,
        "Inside a window of time: `in-range` or `last-n-days`.",
    ),
    takes(Class::Tracking, Op::Eq, true, &[], true, "In the campaign with the id in `value`."),
    takes(Class::Tracking, Op::Ne, true, &[], true, "Not in the campaign with the id in `value`."),
    takes(Class::Tracking, Op::ContainsAny, false, SETS, true, "In any of a set of campaigns."),
    takes(Class::Tracking, Op::ContainsAll, false, SETS, true, "In all of a set of campaigns."),
    takes(
        Class::List,
        Op::Eq,
        true,
        &[Constant::Nothing],
        true,
        "On the list with the id in `value`; with `none`, on no list.",
    ),
    takes(
        Class::List,
        Op::Ne,
        true,
        &[Constant::Nothing],
        false,
        "Not on the list with the id in `value`; with `none`, on some list.",
    ),
    takes(
        Class::Tag,
        Op::Eq,
        true,
        &[Constant::Nothing],
        true,
        "Has the tag with the id in `value`; with `none`, has no tag.",
    ),
    takes(
        Class::Tag,
        Op::Ne,
        true,
        &[Constant::Nothing],
        true,
        "Lacks the tag with the id in `value`; with `none`, has some tag.",
    ),
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
    Key::new(
        "name",
        Wanted::Literal,
        "The name of the segment; no other segment of the account has it.",
    ),
    Key::new(
        "segment_criteria",
        Wanted::Escaped,
        "The criteria as one escaped string; `segkit escape` makes it.",
    ),
    Key::new("version", Wanted::Text, "The version of the criteria; only 1.0.0 is documented."),
    Key::new("criteria", Wanted::Object, "The top group of the criteria: an `and` group."),
    Key::new(
        "segment_id",
        Wanted::Integer,
        "The id that the vendor gave the segment; answers alone have it.",
    ),
    Key::new("created_at", Wanted::Text, "When the segment was made; answers alone have it."),
    Key::new("edited_at", Wanted::Text, "When the segment was last edited; answers alone have it."),
    Key::new("_links", Wanted::Any, "The address of the segment; answers alone have it."),
    CATALOG_KEY,
];

/// When a segment of a catalog was deleted.
pub const DELETED_AT: &str = "deleted_at";

/// What a catalog keeps aside.
pub const ASIDE_KEYS: &[Key] = &[Key::new(
    DELETED_AT,
    Wanted::Text,
    "When the segment was deleted; it is kept for reports and by its id.",
)];

/// The keys of the decoded criteria string.
pub const CRITERIA_KEYS: &[Key] = &[
    Key::new("version", Wanted::Text, "The version of the criteria; only 1.0.0 is documented."),
    Key::new("criteria", Wanted::Object, "The top group of the criteria: an `and` group."),
];

/// The keys of a group.
pub const GROUP_KEYS: &[Key] = &[
    Key::new("type", Wanted::Text, "How the parts of the group are joined."),
    Key::new(
        "group",
        Wanted::Array,
        "The parts of the group: rules, and inside `and` groups other groups.",
    ),
];

/// The keys of a leaf.
pub const LEAF_KEYS: &[Key] = &[
    Key::new("source", Wanted::Text, "Where the rule gets its data."),
    Key::new("field", Wanted::Text, "What the rule asks about."),
    Key::new("op", Wanted::Text, "How the rule asks."),
    Key::new(
        "value",
        Wanted::Literal,
        "What the field is compared with; absent or empty beside a `const_value`.",
    ),
    Key::new("const_value", Wanted::Text, "A word in the place of a value."),
    Key::new(
        "param",
        Wanted::CountOrArray,
        "The number of campaigns of `last-n-campaigns`; with `date_added` and `date_updated` also the days or dates.",
    ),
    Key::new(
        "const_date_value",
        Wanted::Text,
        "The kind of date filter that `date_param` completes.",
    ),
    Key::new(
        "date_param",
        Wanted::CountOrArray,
        "The number of days of `last-n-days`, or the two date-times of `in-range`.",
    ),
];
