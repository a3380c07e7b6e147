//! The smallest changes of a test: its bound moved by one, any for all, another text. Each is a row
//! of [`CHANGES`]; a test to which one doesn't apply isn't changed by it.

use crate::criteria::{
    Campaigns, Choice, Comparison, Engagement, Membership, Quantifier, Test, TextOp, What, Window,
};
use crate::value::{Decimal, MonthDay, Stamp};
use chrono::{Days, NaiveDate};
use std::fmt::Display;

/// Which way a bound is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// To the next greater or later one.
    Up,
    /// To the next smaller or earlier one.
    Down,
}

/// A change of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// The only bound, or the first of two.
    First(Step),
    /// The second of two bounds.
    Second(Step),
    /// Whether the bound of a number itself passes.
    Inclusion,
    /// How many campaigns a set takes.
    Count(Step),
    /// Any of a set, or all.
    Quantifier,
    /// A text, name or id with a letter more.
    Longer,
    /// A text or name with a letter less.
    Shorter,
}

/// All changes of a test.
pub(super) const CHANGES: &[Change] = &[
    Change::First(Step::Up),
    Change::First(Step::Down),
    Change::Second(Step::Up),
    Change::Second(Step::Down),
    Change::Inclusion,
    Change::Count(Step::Up),
    Change::Count(Step::Down),
    Change::Quantifier,
    Change::Longer,
    Change::Shorter,
];

/// A changed test, and the change in words.
type Changed = Option<(Test, String)>;

impl Change {
    /// The test after the change, which is said in words: `500 → 501`.
    pub fn apply(self, test: &Test) -> Changed {
        match test {
            Test::Text(field, op, text, case) => {
                let (text, said) = self.text(text, *op != TextOp::Equals)?;
                Some((Test::Text(field.clone(), *op, text, *case), said))
            }
            Test::Blank(_) => None,
            Test::Number(field, comparison) => {
                let (comparison, said) = self
                    .comparison(comparison, next_number)
                    .or_else(|| self.inclusion(comparison))?;
                Some((Test::Number(field.clone(), comparison), said))
            }
            Test::Date(field, comparison, stored) => {
                let (comparison, said) = self.comparison(comparison, next_date)?;
                Some((Test::Date(field.clone(), comparison, *stored), said))
            }
            Test::MonthDay(field, comparison, order) => {
                let (comparison, said) = self.comparison(comparison, next_month_day)?;
                Some((Test::MonthDay(field.clone(), comparison, *order), said))
            }
            Test::Within(field, window) => {
                let (window, said) = self.window(window)?;
                Some((Test::Within(field.clone(), window), said))
            }
            Test::Member(kind, membership) => {
                let (membership, said) = self.membership(membership)?;
                Some((Test::Member(*kind, membership), said))
            }
            Test::Location(place) => {
                let (place, said) = self.text(place, false)?;
                Some((Test::Location(place), said))
            }
            Test::Engaged(engagement) => self.engagement(engagement),
        }
    }

    /// A text in which a part is looked for can also be shorter; of a whole one that would be no
    /// other change than a longer one.
    fn text(self, text: &str, partly: bool) -> Option<(String, String)> {
        let changed = match self {
            Self::Longer => format!("{text}x"),
            Self::Shorter if partly => {
                let (last, _) = text.char_indices().next_back().filter(|(at, _)| *at > 0)?;
                text.get(..last)?.to_owned()
            }
            _ => return None,
        };
        let said = format!("{text:?} → {changed:?}");
        Some((changed, said))
    }

    fn membership(self, membership: &Membership) -> Option<(Membership, String)> {
        match membership {
            Membership::Some => None,
            Membership::Id(id) => {
                let (id, said) = self.text(id, false)?;
                Some((Membership::Id(id), said))
            }
            Membership::Name(op, name, case) => {
                let (name, said) = self.text(name, *op != TextOp::Equals)?;
                Some((Membership::Name(*op, name, *case), said))
            }
        }
    }

    fn comparison<T: Display + Clone>(
        self,
        comparison: &Comparison<T>,
        next: impl Fn(&T, Step) -> Option<T>,
    ) -> Option<(Comparison<T>, String)> {
        let said = |from: &T, to: &T| format!("{from} → {to}");
        if let Comparison::Between(from, to) = comparison {
            return match self {
                Self::First(step) => {
                    let moved = next(from, step)?;
                    let said = said(from, &moved);
                    Some((Comparison::Between(moved, to.clone()), said))
                }
                Self::Second(step) => {
                    let moved = next(to, step)?;
                    let said = said(to, &moved);
                    Some((Comparison::Between(from.clone(), moved), said))
                }
                _ => None,
            };
        }
        let Self::First(step) = self else { return None };
        let (make, bound): (fn(T) -> Comparison<T>, &T) = match comparison {
            Comparison::Equal(bound) => (Comparison::Equal, bound),
            Comparison::Less(bound) => (Comparison::Less, bound),
            Comparison::LessOrEqual(bound) => (Comparison::LessOrEqual, bound),
            Comparison::Greater(bound) => (Comparison::Greater, bound),
            Comparison::GreaterOrEqual(bound) => (Comparison::GreaterOrEqual, bound),
            Comparison::Between(..) => return None,
        };
        let moved = next(bound, step)?;
        let said = said(bound, &moved);
        Some((make(moved), said))
    }

    /// Of dates this would be no other change than the bound moved by a day.
    fn inclusion(self, comparison: &Comparison<Decimal>) -> Option<(Comparison<Decimal>, String)> {
        if self != Self::Inclusion {
            return None;
        }
        let changed = match comparison.clone() {
            Comparison::Less(bound) => Comparison::LessOrEqual(bound),
            Comparison::LessOrEqual(bound) => Comparison::Less(bound),
            Comparison::Greater(bound) => Comparison::GreaterOrEqual(bound),
            Comparison::GreaterOrEqual(bound) => Comparison::Greater(bound),
            Comparison::Equal(_) | Comparison::Between(..) => return None,
        };
        let said = format!("{comparison} → {changed}");
        Some((changed, said))
    }

    fn window(self, window: &Window) -> Option<(Window, String)> {
        match (window, self) {
            (Window::LastDays(days), Self::First(step)) => {
                let moved = next_count(*days, step)?;
                Some((Window::LastDays(moved), format!("{days} days → {moved} days")))
            }
            (Window::Range(from, to), Self::First(step)) => {
                let moved = next_stamp(from, step)?;
                Some((Window::Range(moved, *to), format!("from {from} → from {moved}")))
            }
            (Window::Range(from, to), Self::Second(step)) => {
                let moved = next_stamp(to, step)?;
                Some((Window::Range(*from, moved), format!("to {to} → to {moved}")))
            }
            _ => None,
        }
    }

    fn engagement(self, engagement: &Engagement) -> Changed {
        let changed = match (&engagement.what, &engagement.campaigns) {
            (What::ClickedLink(url), _) => {
                let (url, said) = self.text(url, false)?;
                (Engagement { what: What::ClickedLink(url), ..engagement.clone() }, said)
            }
            (What::NotClickedLink(url), _) => {
                let (url, said) = self.text(url, false)?;
                (Engagement { what: What::NotClickedLink(url), ..engagement.clone() }, said)
            }
            (_, campaigns) => {
                let (campaigns, said) = self.campaigns(campaigns)?;
                (Engagement { campaigns, ..engagement.clone() }, said)
            }
        };
        Some((Test::Engaged(changed.0), changed.1))
    }

    fn campaigns(self, campaigns: &Campaigns) -> Option<(Campaigns, String)> {
        let Campaigns::Set { quantifier, choice, window } = campaigns else {
            let Campaigns::One(id) = campaigns else { return None };
            let (id, said) = self.text(id, false)?;
            return Some((Campaigns::One(id), said));
        };
        let (mut quantifier, mut choice, mut window) = (*quantifier, *choice, window.clone());
        let said = match (self, choice) {
            (Self::Quantifier, _) => {
                let (other, said) = match quantifier {
                    Quantifier::Any => (Quantifier::All, "any → all"),
                    Quantifier::All => (Quantifier::Any, "all → any"),
                };
                quantifier = other;
                said.to_owned()
            }
            (Self::Count(step), Choice::Last(count)) => {
                let moved = next_count(count, step)?;
                choice = Choice::Last(moved);
                format!("the last {count} → the last {moved}")
            }
            _ => {
                let (moved, said) = self.window(window.as_ref()?)?;
                window = Some(moved);
                said
            }
        };
        Some((Campaigns::Set { quantifier, choice, window }, said))
    }
}

/// One more or less in the last digit.
fn next_number(number: &Decimal, step: Step) -> Option<Decimal> {
    let text = number.to_string();
    let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let digits: i128 = text.replace('.', "").parse().ok()?;
    let moved = match step {
        Step::Up => digits.checked_add(1)?,
        Step::Down => digits.checked_sub(1)?,
    };
    let sign = if moved < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", moved.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - places)?;
    Decimal::parse(&format!("{sign}{whole}.{fraction}"))
}

fn next_date(date: &NaiveDate, step: Step) -> Option<NaiveDate> {
    match step {
        Step::Up => date.succ_opt(),
        Step::Down => date.pred_opt(),
    }
}

/// The days of a leap year; none beyond its ends.
fn next_month_day(day: &MonthDay, step: Step) -> Option<MonthDay> {
    let MonthDay { month, day } = *day;
    match step {
        Step::Up => MonthDay::new(month, day + 1).or_else(|| MonthDay::new(month + 1, 1)),
        Step::Down => MonthDay::new(month, day.checked_sub(1)?).or_else(|| {
            let month = month.checked_sub(1)?;
            (1..=31).rev().find_map(|day| MonthDay::new(month, day))
        }),
    }
}

fn next_stamp(stamp: &Stamp, step: Step) -> Option<Stamp> {
    let local = match step {
        Step::Up => stamp.local.checked_add_days(Days::new(1))?,
        Step::Down => stamp.local.checked_sub_days(Days::new(1))?,
    };
    Some(Stamp { local, ..*stamp })
}

/// At least one.
fn next_count(count: u32, step: Step) -> Option<u32> {
    match step {
        Step::Up => count.checked_add(1),
        Step::Down => count.checked_sub(1).filter(|count| *count > 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactField;
    use crate::criteria::{Case, Field, MembershipKind};
    use crate::value::DayOrder;

    fn said(test: &Test) -> Vec<String> {
        CHANGES.iter().filter_map(|change| Some(change.apply(test)?.1)).collect()
    }

    #[test]
    fn numbers_move_in_their_last_digit() {
        for (text, up, down) in [
            ("5", "6", "4"),
            ("0", "1", "-1"),
            ("-1", "0", "-2"),
            ("0.05", "0.06", "0.04"),
            ("-0.01", "0", "-0.02"),
            ("9.9", "10", "9.8"),
            ("100", "101", "99"),
        ] {
            let number = Decimal::parse(text).unwrap();
            let moved = [Step::Up, Step::Down].map(|step| next_number(&number, step).unwrap());
            assert_eq!(moved.map(|number| number.to_string()), [up, down], "{text}");
        }
    }

    #[test]
    fn days_of_the_year_end_with_it() {
        let moved = |text: &str| {
            let day = MonthDay::parse(text, DayOrder::MonthFirst).unwrap();
            [Step::Up, Step::Down].map(|step| next_month_day(&day, step).map(|day| day.to_string()))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(moved("03/01"), [some("03/02"), some("02/29")]);
        assert_eq!(moved("02/29"), [some("03/01"), some("02/28")]);
        assert_eq!(moved("01/01"), [some("01/02"), None]);
        assert_eq!(moved("12/31"), [None, some("12/30")]);
    }

    #[test]
    fn what_is_changed_in_each_kind_of_test() {
        let state = || Field::Contact(ContactField::State);
        let text = |op| Test::Text(state(), op, "MA".into(), Case::Ignored);
        let number = |comparison: fn(Decimal) -> Comparison<Decimal>| {
            Test::Number(state(), comparison(Decimal::parse("5").unwrap()))
        };
        let stamp = |text| Stamp::parse(text, DayOrder::MonthFirst).unwrap();
        let range = Window::Range(stamp("2024-01-01"), stamp("2024-02-01T10:00:00Z"));
        let engaged = |what, campaigns| Test::Engaged(Engagement { what, campaigns });
        let set = |choice, window| Campaigns::Set { quantifier: Quantifier::Any, choice, window };
        for (test, expected) in [
            (Test::Blank(state()), vec![]),
            (text(TextOp::Equals), vec!["\"MA\" → \"MAx\""]),
            (text(TextOp::Contains), vec!["\"MA\" → \"MAx\"", "\"MA\" → \"M\""]),
            (number(Comparison::Equal), vec!["5 → 6", "5 → 4"]),
            (number(Comparison::Less), vec!["5 → 6", "5 → 4", "< 5 → <= 5"]),
            (number(Comparison::GreaterOrEqual), vec!["5 → 6", "5 → 4", ">= 5 → > 5"]),
            (
                Test::Within(state(), range),
                vec![
                    "from 2024-01-01 → from 2024-01-02",
                    "from 2024-01-01 → from 2023-12-31",
                    "to 2024-02-01T10:00:00Z → to 2024-02-02T10:00:00Z",
                    "to 2024-02-01T10:00:00Z → to 2024-01-31T10:00:00Z",
                ],
            ),
            (Test::Member(MembershipKind::Tag, Membership::Some), vec![]),
            (
                Test::Member(MembershipKind::List, Membership::Id("l".into())),
                vec!["\"l\" → \"lx\""],
            ),
            (engaged(What::Opened, Campaigns::One("k".into())), vec!["\"k\" → \"kx\""]),
            (
                engaged(What::ClickedLink("u".into()), Campaigns::One("k".into())),
                vec!["\"u\" → \"ux\""],
            ),
            (
                engaged(What::Opened, set(Choice::Last(1), None)),
                vec!["the last 1 → the last 2", "any → all"],
            ),
            (
                engaged(What::Opened, set(Choice::Every, Some(Window::LastDays(90)))),
                vec!["90 days → 91 days", "90 days → 89 days", "any → all"],
            ),
        ] {
            assert_eq!(said(&test), expected, "{test}");
            for change in CHANGES {
                assert_ne!(change.apply(&test).map(|(test, _)| test), Some(test.clone()));
            }
        }
    }
}
