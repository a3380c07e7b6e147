//! Tests of a contact's own fields.

use super::{Speaker, quoted};
use crate::criteria::{Comparison, Field, Test, TextOp};
use crate::value::MonthDay;
use std::fmt::Display;

impl Speaker<'_> {
    pub(super) fn field_test(&self, test: &Test, positive: bool) -> String {
        match test {
            Test::Text(field, op, text, _) => {
                let verb = match (op, positive) {
                    (TextOp::Equals, true) => "is",
                    (TextOp::Equals, false) => "is not",
                    (TextOp::StartsWith, true) => "starts with",
                    (TextOp::StartsWith, false) => "does not start with",
                    (TextOp::Contains, true) => "contains",
                    (TextOp::Contains, false) => "does not contain",
                };
                format!("{} {verb} {}{}", name(field), quoted(text), or_none(positive))
            }
            Test::Blank(field) if positive => format!("{} is blank", name(field)),
            Test::Blank(field) => format!("{} is not blank", name(field)),
            Test::Number(field, comparison) => {
                let words = NUMBERS.say(comparison, positive);
                format!("{} {words}{}", name(field), or_none(positive))
            }
            Test::Date(field, comparison, _) => {
                let words = DATES.say(comparison, positive);
                format!("{} {words}{}", name(field), or_none(positive))
            }
            Test::MonthDay(field, comparison, _) => {
                let words = DATES.say(&days(comparison), positive);
                format!("{} {words}, in any year{}", name(field), or_none(positive))
            }
            Test::Within(field, window) => {
                let (from, to) = window.bounds(self.options.as_of, self.options.zone);
                let (from, to) = (self.instant(from), self.instant(to));
                let is = if positive { "is" } else { "is not" };
                let both = "both included";
                format!("{} {is} between {from} and {to}, {both}{}", name(field), or_none(positive))
            }
            // The others are no tests of a field.
            _ => test.to_string(),
        }
    }
}

/// Negative tests hold where there is no value.
fn or_none(positive: bool) -> &'static str {
    if positive { "" } else { ", or is missing" }
}

pub(super) fn name(field: &Field) -> String {
    match field {
        Field::Contact(field) => field.name().to_owned(),
        Field::Custom(custom) => format!("the field {}", quoted(custom.name())),
        Field::Subscribed => "the date of subscription".to_owned(),
        Field::EmailDomain => "the domain of the e-mail address".to_owned(),
    }
}

fn days(comparison: &Comparison<MonthDay>) -> Comparison<String> {
    use Comparison::{Between, Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    match comparison {
        Equal(day) => Equal(day.to_string()),
        Less(day) => Less(day.to_string()),
        LessOrEqual(day) => LessOrEqual(day.to_string()),
        Greater(day) => Greater(day.to_string()),
        GreaterOrEqual(day) => GreaterOrEqual(day.to_string()),
        Between(from, to) => Between(from.to_string(), to.to_string()),
    }
}

/// The words for comparisons, in the order of [`Comparison`]: affirmed and denied.
struct Words([(&'static str, &'static str); 6]);

const NUMBERS: Words = Words([
    ("is the number", "is not the number"),
    ("is below", "is not below"),
    ("is at most", "is not at most"),
    ("is above", "is not above"),
    ("is at least", "is not at least"),
    ("is between", "is not between"),
]);

const DATES: Words = Words([
    ("is the day", "is not the day"),
    ("is before", "is not before"),
    ("is on or before", "is not on or before"),
    ("is after", "is not after"),
    ("is on or after", "is not on or after"),
    ("is between", "is not between"),
]);

impl Words {
    fn say<T: Display>(&self, comparison: &Comparison<T>, positive: bool) -> String {
        let Self([equal, less, at_most, greater, at_least, between]) = self;
        let ((yes, no), bounds) = match comparison {
            Comparison::Equal(bound) => (equal, bound.to_string()),
            Comparison::Less(bound) => (less, bound.to_string()),
            Comparison::LessOrEqual(bound) => (at_most, bound.to_string()),
            Comparison::Greater(bound) => (greater, bound.to_string()),
            Comparison::GreaterOrEqual(bound) => (at_least, bound.to_string()),
            Comparison::Between(from, to) => (between, format!("{from} and {to}, both included")),
        };
        format!("{} {bounds}", if positive { yes } else { no })
    }
}
