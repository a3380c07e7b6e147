//! Typed tests of a contact. Each is positive: it never holds for a missing value (`Blank` apart);
//! the negative verbs of the dialects are [`Expr::Not`](super::Expr::Not) around one.

use super::{Engagement, Window};
use crate::contact::{ContactField, CustomColumn};
use crate::value::{DayOrder, Decimal, MonthDay};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::fmt;

/// What a test looks at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
    /// A canonical field.
    Contact(ContactField),
    /// A custom field, or a column by its own name.
    Custom(CustomColumn),
    /// When the contact joined: `date_added` if the dump has it, else `date_updated`.
    Subscribed,
    /// What follows the last `@` of the e-mail address.
    EmailDomain,
}

/// How texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextOp {
    /// The whole text.
    Equals,
    /// Its beginning.
    StartsWith,
    /// Any part of it.
    Contains,
}

/// Whether upper and lower case differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// They don't.
    Ignored,
    /// They do.
    Exact,
}

/// A comparison with one or two bounds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Comparison<T> {
    /// Equal to it.
    Equal(T),
    /// Below it.
    Less(T),
    /// Below it or equal.
    LessOrEqual(T),
    /// Above it.
    Greater(T),
    /// Above it or equal.
    GreaterOrEqual(T),
    /// Between both, both included.
    Between(T, T),
}

impl<T> Comparison<T> {
    /// Whether a value passes; `compare` says how it stands to a bound.
    pub fn holds_by(&self, compare: impl Fn(&T) -> Ordering) -> bool {
        match self {
            Self::Equal(bound) => compare(bound).is_eq(),
            Self::Less(bound) => compare(bound).is_lt(),
            Self::LessOrEqual(bound) => compare(bound).is_le(),
            Self::Greater(bound) => compare(bound).is_gt(),
            Self::GreaterOrEqual(bound) => compare(bound).is_ge(),
            Self::Between(from, to) => compare(from).is_ge() && compare(to).is_le(),
        }
    }
}

/// The zone whose calendar gives a stored stamp that has an offset its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// The zone of the run (`--timezone`).
    Run,
    /// Seconds east of UTC.
    Fixed(i32),
}

/// How the stored dates of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StoredDates {
    /// Whose calendar.
    pub calendar: Calendar,
    /// Which of `11/12/2006` is the month.
    pub order: DayOrder,
}

/// Lists or tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MembershipKind {
    /// Contact lists.
    List,
    /// Tags.
    Tag,
}

impl MembershipKind {
    /// The word for one of them.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Tag => "tag",
        }
    }
}

/// Which lists or tags are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Membership {
    /// At least one, whichever.
    Some,
    /// The one with this id, or a name for it that the account knows; case is ignored.
    Id(String),
    /// One whose name passes.
    Name(TextOp, String, Case),
}

/// A yes-or-no question about one contact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    /// A text comparison; any value may pass.
    Text(Field, TextOp, String, Case),
    /// No value, or only blank ones.
    Blank(Field),
    /// A comparison of decimal numbers; what isn't one fails.
    Number(Field, Comparison<Decimal>),
    /// A comparison of calendar dates; what isn't one fails.
    Date(Field, Comparison<NaiveDate>, StoredDates),
    /// A comparison of days of the year; what isn't one fails.
    MonthDay(Field, Comparison<MonthDay>, DayOrder),
    /// An instant inside a window.
    Within(Field, Window),
    /// On a list, or bearing a tag.
    Member(MembershipKind, Membership),
    /// The contact's country, country code, state or city equals this, or where it has none of
    /// these, those of its latest activity that carries a place.
    Location(String),
    /// Tracked activity.
    Engaged(Engagement),
}

impl Test {
    /// The field of the contact that it looks at; `None` of tests of lists, tags, places and activity.
    pub fn field(&self) -> Option<&Field> {
        match self {
            Self::Text(field, ..)
            | Self::Blank(field)
            | Self::Number(field, _)
            | Self::Date(field, ..)
            | Self::MonthDay(field, ..)
            | Self::Within(field, _) => Some(field),
            Self::Member(..) | Self::Location(_) | Self::Engaged(_) => None,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contact(field) => write!(f, "{field}"),
            Self::Custom(custom) => write!(f, "[{}]", custom.name()),
            Self::Subscribed => f.write_str("date subscribed"),
            Self::EmailDomain => f.write_str("e-mail domain"),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Comparison<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(bound) => write!(f, "= {bound}"),
            Self::Less(bound) => write!(f, "< {bound}"),
            Self::LessOrEqual(bound) => write!(f, "<= {bound}"),
            Self::Greater(bound) => write!(f, "> {bound}"),
            Self::GreaterOrEqual(bound) => write!(f, ">= {bound}"),
            Self::Between(from, to) => write!(f, "between {from} and {to}"),
        }
    }
}

impl TextOp {
    fn name(self) -> &'static str {
        match self {
            Self::Equals => "is",
            Self::StartsWith => "starts with",
            Self::Contains => "contains",
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exactly = |case: Case| if case == Case::Exact { " exactly" } else { "" };
        match self {
            Self::Text(field, op, text, case) => {
                write!(f, "{field} {}{} {text:?}", op.name(), exactly(*case))
            }
            Self::Blank(field) => write!(f, "{field} is blank"),
            Self::Number(field, comparison) => write!(f, "{field} {comparison}"),
            Self::Date(field, comparison, _) => write!(f, "{field} {comparison}"),
            Self::MonthDay(field, comparison, _) => write!(f, "{field} {comparison}"),
            Self::Within(field, window) => write!(f, "{field} {window}"),
            Self::Member(kind, membership) => {
                let kind = kind.name();
                match membership {
                    Membership::Some => write!(f, "has a {kind}"),
                    Membership::Id(id) => write!(f, "{kind} {id}"),
                    Membership::Name(op, name, case) => {
                        write!(f, "{kind} name {}{} {name:?}", op.name(), exactly(*case))
                    }
                }
            }
            Self::Location(place) => write!(f, "location {place:?}"),
            Self::Engaged(engagement) => write!(f, "{engagement}"),
        }
    }
}
