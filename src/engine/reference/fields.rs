//! Tests of a contact's own fields.

use super::values::{compare_numbers, lower, number, time};
use crate::criteria::{Calendar, Case, Comparison, Test, TextOp, Window};
use crate::engine::Options;
use crate::value::{DayOrder, MonthDay, Zone};
use chrono::Datelike;
use std::cmp::Ordering;

/// Whether some value passes; for `Blank`, whether all are blank.
pub fn holds(test: &Test, values: &[String], options: &Options) -> bool {
    match test {
        Test::Text(_, op, operand, case) => {
            values.iter().any(|value| text_passes(*op, operand, *case, value))
        }
        Test::Blank(_) => values.iter().all(|value| value.trim().is_empty()),
        Test::Number(_, comparison) => values.iter().any(|value| {
            let value = number(value);
            value.is_some_and(|value| {
                passes(comparison, |bound| {
                    let bound = number(&bound.to_string());
                    bound.map_or(Ordering::Less, |bound| compare_numbers(&value, &bound))
                })
            })
        }),
        Test::Date(_, comparison, stored) => values.iter().any(|value| {
            let zone = match stored.calendar {
                Calendar::Run => options.zone,
                Calendar::Fixed(seconds) => Zone::Fixed(seconds),
            };
            let date = time(value, stored.order == DayOrder::DayFirst).map(|t| t.date(zone));
            date.is_some_and(|date| passes(comparison, |bound| date.cmp(bound)))
        }),
        Test::MonthDay(_, comparison, order) => values.iter().any(|value| {
            let day = day_of_year(value, *order);
            day.is_some_and(|day| passes(comparison, |bound| day.cmp(bound)))
        }),
        Test::Within(_, window) => values.iter().any(|value| {
            let at = time(value, false).map(|time| time.instant(options.zone));
            at.is_some_and(|at| in_window(window, at, options))
        }),
        _ => false,
    }
}

/// Whether a text passes.
pub fn text_passes(op: TextOp, operand: &str, case: Case, value: &str) -> bool {
    let (operand, value) = match case {
        Case::Exact => (operand.to_owned(), value.to_owned()),
        Case::Ignored => (lower(operand), lower(value)),
    };
    match op {
        TextOp::Equals => value == operand,
        TextOp::StartsWith => value.starts_with(&operand),
        TextOp::Contains => value.contains(&operand),
    }
}

/// Whether an instant lies in a window.
pub fn in_window(window: &Window, at: i64, options: &Options) -> bool {
    let from = match window {
        Window::LastDays(days) => options.as_of.0 - i64::from(*days) * 24 * 3600 * 1_000_000,
        Window::Range(from, _) => from.instant(options.zone).0,
    };
    let to = match window {
        Window::LastDays(_) => options.as_of.0,
        Window::Range(_, to) => to.instant(options.zone).0,
    };
    from <= at && at <= to
}

fn day_of_year(value: &str, order: DayOrder) -> Option<MonthDay> {
    let parts: Vec<&str> = value.trim().split(['/', '-']).collect();
    if let [a, b] = parts[..]
        && let (Ok(a), Ok(b)) = (a.parse(), b.parse())
    {
        return match order {
            DayOrder::MonthFirst => MonthDay::new(a, b),
            DayOrder::DayFirst => MonthDay::new(b, a),
        };
    }
    let date = time(value, order == DayOrder::DayFirst)?.date(Zone::UTC);
    MonthDay::new(date.month() as u8, date.day() as u8)
}

fn passes<T>(comparison: &Comparison<T>, compare: impl Fn(&T) -> Ordering) -> bool {
    use Ordering::{Equal, Greater, Less};
    match comparison {
        Comparison::Equal(bound) => compare(bound) == Equal,
        Comparison::Less(bound) => compare(bound) == Less,
        Comparison::LessOrEqual(bound) => compare(bound) != Greater,
        Comparison::Greater(bound) => compare(bound) == Greater,
        Comparison::GreaterOrEqual(bound) => compare(bound) != Less,
        Comparison::Between(from, to) => compare(from) != Less && compare(to) != Greater,
    }
}
