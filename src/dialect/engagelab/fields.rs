//! The tables of EngageLab: fields, operators per type, campaign words, limits, and the keys of its
//! objects.

use crate::account::FieldKind;
use crate::contact::ContactField;
use crate::criteria::{Field, What};
use crate::dialect::keys::{Key, Wanted};
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
}

const fn row(name: &'static str, class: Class, field: Option<Field>) -> FieldRow {
    FieldRow { name, class, field }
}

/// The word for tags.
pub const TAG: &str = "tag";
/// The word for tracked activity.
pub const CAMPAIGN: &str = "campaign";

/// The fields that every list has. Any other name is a custom field.
pub const FIELDS: &[FieldRow] = &[
    row("Email", Class::Text, Some(Field::Contact(ContactField::Email))),
    row("Name", Class::Text, Some(Field::Contact(ContactField::Name))),
    row("Phone", Class::Text, Some(Field::Contact(ContactField::Phone))),
    row("domain", Class::Text, Some(Field::EmailDomain)),
    row("createTime", Class::Date, Some(Field::Contact(ContactField::DateAdded))),
    row("updateTime", Class::Date, Some(Field::Contact(ContactField::DateUpdated))),
    row("unsubscribeTime", Class::Date, Some(Field::Contact(ContactField::UnsubscribeTime))),
    row(TAG, Class::Tag, None),
    row(CAMPAIGN, Class::Campaign, None),
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
pub const OPS: &[(&str, Op)] = &[
    ("==", Op::Equal),
    ("!=", Op::NotEqual),
    (">", Op::Greater),
    (">=", Op::GreaterOrEqual),
    ("<", Op::Less),
    ("<=", Op::LessOrEqual),
    ("contain", Op::Contain),
    ("does not contain", Op::NotContain),
];

impl Op {
    /// The word for it.
    pub fn name(self) -> &'static str {
        OPS.iter().find(|(_, op)| *op == self).map_or("", |(name, _)| name)
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
pub const CAMPAIGN_WORDS: &[(&str, What)] = &[
    ("sent", What::Sent),
    ("open", What::Opened),
    ("click", What::Clicked),
    ("unopen", What::DeliveredNotOpened),
    ("unclick", What::NotClicked),
    ("notsent", What::NotSent),
];

/// The states of a campaign that items may name, compared without case, blanks, `_` and `-`.
pub const CAMPAIGN_STATES: &[&str] = &["inprogress", "completed"];

/// Whether the items of a segment ask about fields or about campaigns: its `type`, 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SegmentType {
    /// About fields.
    Field,
    /// About campaigns.
    Campaign,
}

/// How the items of a condition are joined.
pub const RELATIONS: &[&str] = &["and", "or"];
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
    Key::new("segment_name", Wanted::Text),
    Key::new("segmentName", Wanted::Text),
    Key::new("type", Wanted::Integer),
    Key::new("condition", Wanted::Object),
    Key::new("relation", Wanted::Text),
    Key::new("segment_id", Wanted::Text),
    Key::new("user_id", Wanted::Integer),
    Key::new("list_id", Wanted::Integer),
    Key::new("status", Wanted::Text),
    Key::new("create_time", Wanted::Text),
    Key::new("update_time", Wanted::Text),
    Key::new("member_total", Wanted::Integer),
    Key::new("process", Wanted::Object),
];

/// The keys of `process`.
pub const PROCESS_KEYS: &[Key] = &[
    Key::new("statusDesc", Wanted::Text),
    Key::new("status_desc", Wanted::Text),
    Key::new("complete", Wanted::Flag),
    Key::new("percent", Wanted::Integer),
];

/// The keys of a condition.
pub const CONDITION_KEYS: &[Key] =
    &[Key::new("relation", Wanted::Text), Key::new("items", Wanted::Array)];

/// The keys of an item.
pub const ITEM_KEYS: &[Key] = &[
    Key::new("campaign_id", Wanted::Any),
    Key::new("campaignId", Wanted::Any),
    Key::new("field_name", Wanted::Text),
    Key::new("fieldName", Wanted::Text),
    Key::new("op", Wanted::Text),
    Key::new("value", Wanted::Text),
];
