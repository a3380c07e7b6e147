//! Tests of a contact's own fields, bound to columns and ready to run on every row.

use super::engagement::Bounds;
use super::index::Place;
use crate::criteria::{Case, Comparison, TextOp};
use crate::dump::ContactRow;
use crate::value::{DayOrder, Decimal, DecimalText, Folded, MonthDay, Stamp, Zone, fold, is_blank};
use chrono::{Datelike, NaiveDate};

/// A text comparison with its operand prepared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextMatch {
    /// Case ignored.
    Folded(TextOp, Folded),
    /// To the letter.
    Exact(TextOp, String),
}

impl TextMatch {
    /// Prepares a comparison.
    pub fn new(op: TextOp, operand: &str, case: Case) -> Self {
        match case {
            Case::Ignored => Self::Folded(op, Folded::new(operand)),
            Case::Exact => Self::Exact(op, operand.to_owned()),
        }
    }

    /// Whether a value passes.
    pub fn passes(&self, value: &str) -> bool {
        match self {
            Self::Folded(TextOp::Equals, operand) => operand.equals(value),
            Self::Folded(TextOp::StartsWith, operand) => operand.begins(value),
            Self::Folded(TextOp::Contains, operand) => operand.occurs_in(value),
            Self::Exact(TextOp::Equals, operand) => value == operand,
            Self::Exact(TextOp::StartsWith, operand) => value.starts_with(operand),
            Self::Exact(TextOp::Contains, operand) => value.contains(operand.as_str()),
        }
    }
}

/// Which lists or tags pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberMatch {
    /// Any.
    Some,
    /// One of these spellings, case and outer blanks aside.
    OneOf(Vec<Folded>),
    /// One whose name passes; `names` leads from folded ids to names.
    Named(TextMatch, Vec<(String, String)>),
}

impl MemberMatch {
    fn passes(&self, value: &str) -> bool {
        let value = value.trim();
        match self {
            Self::Some => !value.is_empty(),
            Self::OneOf(spellings) => spellings.iter().any(|spelling| spelling.equals(value)),
            Self::Named(name, names) if names.is_empty() => name.passes(value),
            Self::Named(name, names) => {
                let folded = fold(value);
                let known = names.iter().find(|(id, _)| *id == folded);
                name.passes(known.map_or(value, |(_, name)| name))
            }
        }
    }
}

/// A bound test; columns are indices into the plan's projection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundTest {
    /// Some value passes.
    Text { column: usize, domain: bool, matches: TextMatch },
    /// No value but blank ones.
    Blank { column: usize, domain: bool },
    /// Some value is such a number.
    Number { column: usize, comparison: Comparison<Decimal> },
    /// Some value is such a date.
    Date { column: usize, comparison: Comparison<NaiveDate>, zone: Zone, order: DayOrder },
    /// Some value is such a day of the year.
    MonthDay { column: usize, comparison: Comparison<MonthDay>, order: DayOrder },
    /// Some value is an instant inside.
    Within { column: usize, bounds: Bounds, zone: Zone },
    /// Some list or tag passes.
    Member { column: usize, matches: MemberMatch },
    /// The place, from these columns or from the latest activity.
    Location { columns: Vec<usize>, place: Folded },
    /// An engagement, by its number in the engagement plan.
    Engaged(usize),
}

impl BoundTest {
    /// What it costs, roughly: cheaper tests are asked first.
    pub fn cost(&self) -> u32 {
        match self {
            Self::Blank { .. } => 1,
            Self::Text { matches: TextMatch::Folded(TextOp::Contains, _), .. } => 4,
            Self::Text { .. } => 2,
            Self::Member { .. } => 3,
            Self::Number { .. } => 3,
            Self::Date { .. } | Self::MonthDay { .. } | Self::Within { .. } => 4,
            Self::Location { .. } => 6,
            Self::Engaged(_) => 8,
        }
    }

    /// Whether a field test holds for a row; engagements are answered elsewhere.
    pub fn holds(&self, row: &ContactRow, place: impl FnOnce() -> Option<Place>) -> bool {
        match self {
            Self::Text { column, domain, matches } => {
                row.values(*column).filter_map(part(*domain)).any(|value| matches.passes(value))
            }
            Self::Blank { column, domain } => {
                row.values(*column).filter_map(part(*domain)).all(is_blank)
            }
            Self::Number { column, comparison } => row.values(*column).any(|value| {
                DecimalText::parse(value)
                    .is_some_and(|value| comparison.holds_by(|bound| value.cmp(&bound.as_text())))
            }),
            Self::Date { column, comparison, zone, order } => row.values(*column).any(|value| {
                let date = Stamp::parse(value, *order).map(|stamp| stamp.date(*zone));
                date.is_some_and(|date| comparison.holds_by(|bound| date.cmp(bound)))
            }),
            Self::MonthDay { column, comparison, order } => row.values(*column).any(|value| {
                let day = month_day(value, *order);
                day.is_some_and(|day| comparison.holds_by(|bound| day.cmp(bound)))
            }),
            Self::Within { column, bounds, zone } => row.values(*column).any(|value| {
                let at = Stamp::parse(value, DayOrder::MonthFirst).map(|s| s.instant(*zone));
                at.is_some_and(|at| bounds.0 <= at && at <= bounds.1)
            }),
            Self::Member { column, matches } => {
                row.values(*column).any(|value| matches.passes(value))
            }
            Self::Location { columns, place: wanted } => {
                let mut own = columns.iter().flat_map(|&column| row.values(column));
                let mut own = own.by_ref().filter(|value| !is_blank(value)).peekable();
                if own.peek().is_some() {
                    return own.any(|value| wanted.equals(value));
                }
                place().is_some_and(|place| place.names.iter().any(|name| wanted.equals(name)))
            }
            Self::Engaged(_) => false,
        }
    }
}

/// A stored day of the year: in the field's order, or a whole date.
fn month_day(value: &str, order: DayOrder) -> Option<MonthDay> {
    MonthDay::parse(value, order).or_else(|| {
        let date = Stamp::parse(value, order)?.local.date();
        MonthDay::new(date.month() as u8, date.day() as u8)
    })
}

/// The part of a value that is looked at: all of it, or what follows the last `@`.
fn part(domain: bool) -> impl Fn(&str) -> Option<&str> {
    move |value| if domain { value.rsplit_once('@').map(|(_, domain)| domain) } else { Some(value) }
}

/// What a column must hold for a test to make sense of it; used to count what doesn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// A decimal number.
    Number,
    /// A date or instant.
    Date(DayOrder),
    /// A day of the year.
    MonthDay(DayOrder),
}

impl Typed {
    /// Whether a value can be read so.
    pub fn reads(self, value: &str) -> bool {
        match self {
            Self::Number => DecimalText::parse(value).is_some(),
            Self::Date(order) => Stamp::parse(value, order).is_some(),
            Self::MonthDay(order) => month_day(value, order).is_some(),
        }
    }
}
