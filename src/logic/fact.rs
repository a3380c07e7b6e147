//! What a value must be like to pass a test, in a form that can be compared: which facts lie inside
//! others, which can't both be.

use super::Setting;
use super::range::Range;
use super::sets::{SetFact, ends};
use super::text::Pattern;
use crate::criteria::{Campaigns, Engagement, Field, Membership, StoredDates, Test, What};
use crate::value::{DayOrder, Decimal, MonthDay, fold};
use chrono::{Datelike, NaiveDate};

/// A cut beside a number: before it, or after it.
type NumberCut = (Decimal, bool);

/// What passes a test. Of a contact's own fields: the values of which one must be there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Fact {
    /// Texts that aren't blank.
    NotBlank,
    /// Texts.
    Text(Pattern),
    /// Numbers.
    Number(Range<NumberCut>),
    /// Calendar days, counted from one of old.
    Days(StoredDates, Range<i64>),
    /// Days of the year, from 1.
    YearDays(DayOrder, Range<i64>),
    /// Instants in microseconds.
    Instants(Range<i64>),
    /// Any list, any tag.
    SomeMember,
    /// The list or tag with this folded id.
    MemberId(String),
    /// Names of lists or tags.
    MemberName(Pattern),
    /// The folded name of a place.
    Place(String),
    /// Something done in one campaign.
    Done(What),
    /// Something done in a set of campaigns.
    DoneInSet(SetFact),
    /// A test that is compared with nothing but itself.
    Itself(Box<Test>),
}

impl Fact {
    /// The fact behind a test. That of [`Test::Blank`] is its opposite, so that every fact is that
    /// some value passes.
    pub fn of(test: &Test, setting: &Setting) -> Self {
        match test {
            Test::Blank(_) => Self::NotBlank,
            Test::Text(_, op, operand, case) => Self::Text(Pattern::new(*op, operand, *case)),
            Test::Number(_, comparison) => {
                let cut = |after: bool| move |number: &Decimal| (number.clone(), after);
                Self::Number(Range::of(comparison, cut(false), cut(true)))
            }
            Test::Date(_, comparison, stored) => {
                let day = |date: &NaiveDate| i64::from(date.num_days_from_ce());
                Self::Days(*stored, Range::of(comparison, day, |date| day(date) + 1))
            }
            Test::MonthDay(_, comparison, order) => {
                let days = Range::of(comparison, day_of_year, |day| day_of_year(day) + 1);
                Self::YearDays(*order, days.clamped(1, DAYS_OF_YEAR + 1))
            }
            Test::Within(_, window) => {
                let (from, to) = ends(window, setting);
                Self::Instants(Range { from: Some(from), to: Some(to.saturating_add(1)) })
            }
            Test::Member(_, Membership::Some) => Self::SomeMember,
            Test::Member(_, Membership::Id(id)) => Self::MemberId(fold(id.trim())),
            Test::Member(_, Membership::Name(op, name, case)) => {
                Self::MemberName(Pattern::new(*op, name, *case))
            }
            Test::Location(place) => Self::Place(fold(place)),
            Test::Engaged(Engagement { what, campaigns: Campaigns::One(_) }) => {
                Self::Done(what.clone())
            }
            Test::Engaged(Engagement {
                what,
                campaigns: Campaigns::Set { quantifier, choice, window },
            }) => SetFact::new(what, *quantifier, *choice, window.as_ref(), setting)
                .map_or_else(|| Self::Itself(Box::new(test.clone())), Self::DoneInSet),
        }
    }

    /// True when no value at all can pass.
    pub fn is_impossible(&self) -> bool {
        match self {
            Self::Number(range) => range.is_empty(),
            Self::Days(_, range) | Self::YearDays(_, range) | Self::Instants(range) => {
                range.is_empty()
            }
            _ => false,
        }
    }

    /// True when one value only passes, so that of two such facts that differ neither lies in the
    /// other.
    pub fn is_point(&self) -> bool {
        match self {
            Self::Text(pattern) | Self::MemberName(pattern) => pattern.is_point(),
            Self::Number(range) => {
                let ends = range.from.as_ref().zip(range.to.as_ref());
                ends.is_some_and(|(from, to)| from.0 == to.0)
            }
            Self::Days(_, range) | Self::YearDays(_, range) => {
                range.from.zip(range.to).is_some_and(|(from, to)| to == from + 1)
            }
            Self::MemberId(_) | Self::Place(_) => true,
            _ => false,
        }
    }

    /// True when whatever passes this passes `other`.
    pub fn within(&self, other: &Self) -> bool {
        if self == other || self.is_impossible() {
            return true;
        }
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.within(b),
            (Self::Text(a), Self::NotBlank) => a.wants_text(),
            // A value of every other kind is no blank.
            (
                Self::Number(_) | Self::Days(..) | Self::YearDays(..) | Self::Instants(_),
                Self::NotBlank,
            ) => true,
            (_, Self::Text(any)) => self.is_of_field() && any.is_everything(),
            (Self::Number(a), Self::Number(b)) => a.within(b),
            (Self::Days(a, x), Self::Days(b, y)) => a == b && x.within(y),
            (Self::YearDays(a, x), Self::YearDays(b, y)) => a == b && x.within(y),
            (Self::Instants(a), Self::Instants(b)) => a.within(b),
            (Self::MemberId(id), Self::SomeMember) => !id.is_empty(),
            (Self::MemberName(a), Self::MemberName(b)) => a.within(b),
            _ => false,
        }
    }

    fn is_of_field(&self) -> bool {
        matches!(
            self,
            Self::NotBlank
                | Self::Text(_)
                | Self::Number(_)
                | Self::Days(..)
                | Self::YearDays(..)
                | Self::Instants(_)
        )
    }

    /// True when no single value of a field passes all of `positive` and none of `negative`: the
    /// facts together, where each alone may be possible.
    pub fn none_passes(positive: &[&Self], negative: &[&Self]) -> bool {
        let texts: Vec<&Pattern> = positive.iter().filter_map(|fact| fact.text()).collect();
        let apart = texts.iter().enumerate().any(|(at, text)| {
            texts.get(at + 1..).unwrap_or(&[]).iter().any(|other| text.excludes(other))
        });
        apart
            || nothing_left(positive, negative, Self::number)
            || positive.iter().any(|fact| match fact {
                Self::Days(stored, _) => nothing_left(positive, negative, |f| f.days(*stored)),
                Self::YearDays(order, _) => {
                    nothing_left(positive, negative, |f| f.year_days(*order))
                }
                Self::Instants(_) => nothing_left(positive, negative, Self::instants),
                _ => false,
            })
    }

    fn text(&self) -> Option<&Pattern> {
        if let Self::Text(pattern) = self { Some(pattern) } else { None }
    }

    fn number(&self) -> Option<&Range<NumberCut>> {
        if let Self::Number(range) = self { Some(range) } else { None }
    }

    fn days(&self, wanted: StoredDates) -> Option<&Range<i64>> {
        match self {
            Self::Days(stored, range) if *stored == wanted => Some(range),
            _ => None,
        }
    }

    fn year_days(&self, wanted: DayOrder) -> Option<&Range<i64>> {
        match self {
            Self::YearDays(order, range) if *order == wanted => Some(range),
            _ => None,
        }
    }

    fn instants(&self) -> Option<&Range<i64>> {
        if let Self::Instants(range) = self { Some(range) } else { None }
    }
}

/// Whether the ranges that `range` picks leave no value: what is in all the positive ones is covered
/// by the negative ones.
fn nothing_left<'a, C: Ord + Clone + 'a>(
    positive: &[&'a Fact],
    negative: &[&'a Fact],
    range: impl Fn(&'a Fact) -> Option<&'a Range<C>>,
) -> bool {
    let mut ranges = positive.iter().filter_map(|fact| range(fact));
    let Some(first) = ranges.next() else { return false };
    let shared = ranges.fold(first.clone(), |shared, range| shared.and(range));
    shared.covered_by(negative.iter().filter_map(|fact| range(fact)))
}

/// The days of a leap year, since 29 February is a day.
const DAYS_OF_YEAR: i64 = 366;

fn day_of_year(day: &MonthDay) -> i64 {
    let in_leap_year = NaiveDate::from_ymd_opt(2000, u32::from(day.month), u32::from(day.day));
    // What no calendar has lies behind the year.
    in_leap_year.map_or(DAYS_OF_YEAR + 1, |date| i64::from(date.ordinal()))
}

/// True when no contact has two values that a test could see: the field isn't marked "several", and
/// what is asked of a custom field is asked of fields of one value only.
pub(super) fn has_one_value(field: &Field, fact: &Fact) -> bool {
    match field {
        Field::Contact(field) => !field.holds_several(),
        Field::Subscribed | Field::EmailDomain => true,
        Field::Custom(column) => {
            !column.several && matches!(fact, Fact::Number(_) | Fact::Days(..) | Fact::YearDays(..))
        }
    }
}
