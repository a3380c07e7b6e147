//! The tables of EngageLab: fields, operators per type, campaign words, limits, and the keys of its
//! objects.

use crate::account::FieldKind;
use crate::contact::ContactField;
use crate::criteria::{Field, What};
use crate::dialect::keys::{CATALOG_KEY, Key, Wanted};
use crate::dialect::terms::{Term, name_of};
use crate::dialect::{Dialect, Marks};
use crate::finding::Kind;

/// What an item is about, as far as its operators go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Text.
    Text,
    /// Decimal numbers.
    Number,
    /// Calendar dates.
    Date,
    /// Days of the year.
    Birthday,
    /// One of several options.
    Dropdown,
    /// Tags, by name.
    Tag,
    /// Tracked activity of one campaign.
    Campaign,
    /// A field whose type nobody knows.
    Untyped,
}

impl Class {
    /// The class of a custom field.
    pub fn of(kind: FieldKind) -> Self {
        match kind {
            FieldKind::Text | FieldKind::Country | FieldKind::UsState => Self::Text,
            FieldKind::Number => Self::Number,
            FieldKind::Date => Self::Date,
            FieldKind::MonthDay => Self::Birthday,
            FieldKind::OneOption | FieldKind::ManyOptions => Self::Dropdown,
        }
    }

    /// The finding for an operator that the dialect has, but not for such fields.
    pub fn illegal_operator(self) -> Kind {
        match self {
            Self::Text | Self::Tag | Self::Untyped => Kind::VerbIllegalText,
            Self::Number => Kind::VerbIllegalNumber,
            Self::Date | Self::Birthday => Kind::VerbIllegalDate,
            Self::Dropdown => Kind::VerbIllegalOption,
            Self::Campaign => Kind::OperatorUnknown,
        }
    }

    /// What the class is called in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "a text field",
            Self::Number => "a number field",
            Self::Date => "a date field",
            Self::Birthday => "a birthday field",
            Self::Dropdown => "a dropdown field",
            Self::Tag => "tag",
            Self::Campaign => "campaign",
            Self::Untyped => "a field of unknown type",
        }
    }
}

/// A field that every list has.
#[derive(Debug, Clone)]
pub struct FieldRow {
    /// The exact name.
    pub name: &'static str,
    /// How it is compared.
    pub class: Class,
    /// What it looks at; tags and campaigns look at no field.
    pub field: Option<Field>,
    /// What the field holds, in a line for people.
    pub about: &'static str,
}

const fn row(
    name: &'static str,
    class: Class,
    field: Option<Field>,
    about: &'static str,
) -> FieldRow {
    FieldRow { name, class, field, about }
}

/// The word for tags.
pub const TAG: &str = "tag";
/// The word for tracked activity.
pub const CAMPAIGN: &str = "campaign";

/// The fields that every list has. Any other name is a custom field.
pub const FIELDS: &[FieldRow] = &[
    row(
        "Email",
        Class::Text,
        Some(Field::Contact(ContactField::Email)),
        "The member's e-mail address.",
    ),
    row("Name", Class::Text, Some(Field::Contact(ContactField::Name)), "The member's name."),
    row(
        "Phone",
        Class::Text,
        Some(Field::Contact(ContactField::Phone)),
        "The member's telephone number.",
    ),
    row(
        "domain",
        Class::Text,
        Some(Field::EmailDomain),
        "What stands behind the @ of the e-mail address.",
    ),
    row(
        "createTime",
        Class::Date,
        Some(Field::Contact(ContactField::DateAdded)),
        "When the member was added to the list.",
    ),
    row(
        "updateTime",
        Class::Date,
        Some(Field::Contact(ContactField::DateUpdated)),
        "When the member was last updated.",
    ),
    row(
        "unsubscribeTime",
        Class::Date,
        Some(Field::Contact(ContactField::UnsubscribeTime)),
        "When the member unsubscribed.",
    ),
    row(TAG, Class::Tag, None, "The tags that the member has, by name."),
    row(
        CAMPAIGN,
        Class::Campaign,
        None,
        "What the member did with a campaign; `campaign_id` says which.",
    ),
];

/// An operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// Equal.
    Equal,
    /// Not equal; holds for what is missing too.
    NotEqual,
    /// Above, or later.
    Greater,
    /// Above or equal.
    GreaterOrEqual,
    /// Below, or earlier.
    Less,
    /// Below or equal.
    LessOrEqual,
    /// Contains.
    Contain,
    /// Doesn't contain; holds for what is missing too.
    NotContain,
}

/// The operators by their words.
pub const OPS: &[Term<Op>] = &[
    Term::new("==", Op::Equal, "Equal to the value, heeding case."),
    Term::new("!=", Op::NotEqual, "Not equal to the value; holds for what is missing too."),
    Term::new(">", Op::Greater, "Above the value, or later."),
    Term::new(">=", Op::GreaterOrEqual, "Above the value or equal to it, or not earlier."),
    Term::new("<", Op::Less, "Below the value, or earlier."),
    Term::new("<=", Op::LessOrEqual, "Below the value or equal to it, or not later."),
    Term::new("contain", Op::Contain, "Contains the value, ignoring case."),
    Term::new(
        "does not contain",
        Op::NotContain,
        "Doesn't contain the value; holds for what is missing too.",
    ),
];

impl Op {
    /// The word for it.
    pub fn name(self) -> &'static str {
        name_of(OPS, &self)
    }

    /// True for `!=` and `does not contain`.
    pub fn is_negative(self) -> bool {
        matches!(self, Self::NotEqual | Self::NotContain)
    }
}

/// The operators that a class of fields takes.
#[derive(Debug, Clone, Copy)]
pub struct OperatorRow {
    /// The fields.
    pub class: Class,
    /// The operators.
    pub ops: &'static [Op],
    /// Those of them that the vendor's page shows with such a field.
    pub verified: &'static [Op],
}

const TEXT_OPS: &[Op] = &[Op::Equal, Op::NotEqual, Op::Contain, Op::NotContain];
const ORDER_OPS: &[Op] =
    &[Op::Equal, Op::NotEqual, Op::Greater, Op::GreaterOrEqual, Op::Less, Op::LessOrEqual];
const ALL_OPS: &[Op] = &[
    Op::Equal,
    Op::NotEqual,
    Op::Greater,
    Op::GreaterOrEqual,
    Op::Less,
    Op::LessOrEqual,
    Op::Contain,
    Op::NotContain,
];

/// Which operators each class takes. The vendor's table of them isn't public: what its examples show
/// is marked as verified.
pub const OPERATORS: &[OperatorRow] = &[
    OperatorRow { class: Class::Text, ops: TEXT_OPS, verified: &[Op::Contain] },
    OperatorRow {
        class: Class::Number,
        ops: ORDER_OPS,
        verified: &[Op::GreaterOrEqual, Op::LessOrEqual],
    },
    OperatorRow { class: Class::Date, ops: ORDER_OPS, verified: &[] },
    OperatorRow { class: Class::Birthday, ops: ORDER_OPS, verified: &[] },
    OperatorRow { class: Class::Dropdown, ops: &[Op::Equal, Op::NotEqual], verified: &[] },
    OperatorRow { class: Class::Tag, ops: TEXT_OPS, verified: &[] },
    OperatorRow { class: Class::Campaign, ops: &[Op::Equal], verified: &[Op::Equal] },
    OperatorRow { class: Class::Untyped, ops: ALL_OPS, verified: &[] },
];

/// The values of a campaign item. Who didn't open is asked only of those whom the mail reached.
pub const CAMPAIGN_WORDS: &[Term<What>] = &[
    Term::new("sent", What::Sent, "The campaign was sent to the member."),
    Term::new("open", What::Opened, "The member opened the campaign."),
    Term::new("click", What::Clicked, "The member clicked a link of the campaign."),
    Term::new(
        "unopen",
        What::DeliveredNotOpened,
        "The campaign reached the member and was not opened.",
    ),
    Term::new(
        "unclick",
        What::NotClicked,
        "The campaign was sent to the member and no link clicked.",
    ),
    Term::new("notsent", What::NotSent, "The campaign was not sent to the member."),
];

/// The words for the states of a campaign that items may name, in progress and completed, in account
/// files; compared without case, blanks, `_` and `-`. The vendor's own are the first two.
pub const CAMPAIGN_STATES: &[&str] = &[
    "inprogress",
    "completed",
    "sending",
    "running",
    "started",
    "active",
    "complete",
    "sent",
    "done",
    "finished",
    "ended",
];

/// Whether the items of a segment ask about fields or about campaigns: its `type`, 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SegmentType {
    /// About fields.
    Field,
    /// About campaigns.
    Campaign,
}

/// A number that stands in `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentTypeRow {
    /// The number.
    pub number: i64,
    /// What it stands for.
    pub means: SegmentType,
    /// What that is, in a line for people.
    pub about: &'static str,
}

/// The types of segments by their numbers.
pub const SEGMENT_TYPES: &[SegmentTypeRow] = &[
    SegmentTypeRow { number: 0, means: SegmentType::Field, about: "Items about fields and tags." },
    SegmentTypeRow { number: 1, means: SegmentType::Campaign, about: "Items about campaigns." },
];

/// How the items of a condition are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// All of them hold.
    And,
    /// Any of them holds.
    Or,
}

/// The relations by their words.
pub const RELATIONS: &[Term<Relation>] = &[
    Term::new("and", Relation::And, "All items hold."),
    Term::new("or", Relation::Or, "Any item holds."),
];
/// The most items of a condition.
pub const MAX_ITEMS: usize = 10;
/// The most characters (Unicode scalar values) of a segment's name.
pub const MAX_NAME: usize = 48;
/// The characters that a segment's name can't have: the union of the page's table and its message.
pub const FORBIDDEN_IN_NAMES: &[char] = &['^', '?', '+', '.', '*', '\\', '[', ']', '(', ')'];
/// Seconds east of UTC of the vendor's calendar.
pub const CALENDAR_OFFSET: i32 = 8 * 3600;

/// The spellings of a key that the page writes two ways; of two in one object the first counts.
pub const SEGMENT_NAME: [&str; 2] = ["segment_name", "segmentName"];
/// The spellings of an item's field.
pub const FIELD_NAME: [&str; 2] = ["field_name", "fieldName"];
/// The spellings of an item's campaign.
pub const CAMPAIGN_ID: [&str; 2] = ["campaign_id", "campaignId"];

/// The keys by which the dialect is told from others.
pub const MARKS: Marks = Marks {
    dialect: Dialect::EngageLab,
    strong: &["condition", "segment_name", "segmentName", "field_name"],
    weak: &["relation", "items", "fieldName", "op", "value"],
    shapes: "engagelab: `condition` or `segment_name`",
};

/// The keys of a request body and of the answers' segments.
pub const BODY_KEYS: &[Key] = &[
    Key::new("segment_name", Wanted::Literal, "The name of the segment: 1 to 48 characters."),
    Key::new("segmentName", Wanted::Literal, "Another spelling of `segment_name`."),
    Key::new(
        "type",
        Wanted::Integer,
        "Whether the items ask about fields (0) or about campaigns (1).",
    ),
    Key::new("condition", Wanted::Object, "The condition: items and how they are joined."),
    Key::new(
        "relation",
        Wanted::Text,
        "Repeats the relation inside `condition`; answers alone have it.",
    ),
    Key::new("segment_id", Wanted::Text, "The id of the segment; answers alone have it."),
    Key::new("user_id", Wanted::Integer, "The id of the account; answers alone have it."),
    Key::new("list_id", Wanted::Integer, "The list of the segment; answers alone have it."),
    Key::new("status", Wanted::Text, "Whether the segment is in use; answers alone have it."),
    Key::new("create_time", Wanted::Text, "When the segment was made; answers alone have it."),
    Key::new(
        "update_time",
        Wanted::Text,
        "When the segment was last changed; answers alone have it.",
    ),
    Key::new(
        "member_total",
        Wanted::Integer,
        "How many members the segment has; answers alone have it.",
    ),
    Key::new("process", Wanted::Object, "How far the members are counted; answers alone have it."),
    CATALOG_KEY,
];

/// The ids of members who are kept out of a segment of a catalog.
pub const REMOVED_MEMBERS: &str = "removed_members";

/// What a catalog keeps aside.
pub const ASIDE_KEYS: &[Key] = &[Key::new(
    REMOVED_MEMBERS,
    Wanted::Array,
    "The ids of members who are kept out, whatever the condition says.",
)];

/// The keys of `process`.
pub const PROCESS_KEYS: &[Key] = &[
    Key::new("statusDesc", Wanted::Text, "Another spelling of `status_desc`."),
    Key::new("status_desc", Wanted::Text, "How far the counting is, in words."),
    Key::new("complete", Wanted::Flag, "Whether the counting is done."),
    Key::new("percent", Wanted::Integer, "How much is counted, of 100."),
];

/// The keys of a condition.
pub const CONDITION_KEYS: &[Key] = &[
    Key::new("relation", Wanted::Text, "How the items are joined."),
    Key::new("items", Wanted::Array, "The items: 1 to 10."),
];

/// The keys of an item.
pub const ITEM_KEYS: &[Key] = &[
    Key::new(
        "campaign_id",
        Wanted::Any,
        "The id of the campaign, an integer; with `campaign` only.",
    ),
    Key::new("campaignId", Wanted::Any, "Another spelling of `campaign_id`."),
    Key::new("field_name", Wanted::Text, "What the item asks about."),
    Key::new("fieldName", Wanted::Text, "Another spelling of `field_name`."),
    Key::new("op", Wanted::Text, "How the item asks."),
    Key::new("value", Wanted::Literal, "What the field is compared with, always as a string."),
];
