//! Tests that mean the same in one form, so that what was written can be compared with what was
//! meant: a text without letters in either case, days of stored instants in the zone of the run,
//! whole days as the instants that they are.

use crate::contact::ContactField;
use crate::criteria::{
    Calendar, Campaigns, Case, Comparison, Engagement, Field, Membership, StoredDates, Test,
    TextOp, Window,
};
use crate::value::{DayOrder, Instant, Stamp, Zone, fold};
use chrono::{Days, NaiveDate, NaiveDateTime};

/// The earliest and the latest instant that a date-time of criteria can name.
const OPEN: (i32, i32) = (0, 9999);

/// The test in one of the forms that mean the same, where the zone of the run is `zone`.
pub(super) fn canonical(test: &Test, zone: Zone) -> Test {
    match test {
        Test::Text(field, op, text, case) => {
            let (text, case) = text_of(*op, text, *case);
            Test::Text(field.clone(), *op, text, case)
        }
        Test::Member(kind, Membership::Id(id)) => {
            Test::Member(*kind, Membership::Id(fold(id.trim())))
        }
        Test::Member(kind, Membership::Name(op, name, case)) => {
            let (name, case) = text_of(*op, name, *case);
            Test::Member(*kind, Membership::Name(*op, name, case))
        }
        Test::Location(place) => Test::Location(fold(place)),
        Test::Date(field, comparison, stored) => {
            let stored = StoredDates { calendar: calendar(stored.calendar, zone), ..*stored };
            match instants_of(field, comparison, stored, zone) {
                Some(window) => Test::Within(field.clone(), window),
                None => Test::Date(field.clone(), comparison.clone(), stored),
            }
        }
        Test::Within(field, Window::Range(from, to)) => {
            Test::Within(field.clone(), range(from.instant(zone), to.instant(zone)))
        }
        Test::Engaged(Engagement { what, campaigns }) => {
            let campaigns = match campaigns {
                Campaigns::One(id) => Campaigns::One(fold(id.trim())),
                Campaigns::Set { quantifier, choice, window: Some(Window::Range(from, to)) } => {
                    let window = Some(range(from.instant(zone), to.instant(zone)));
                    Campaigns::Set { quantifier: *quantifier, choice: *choice, window }
                }
                set @ Campaigns::Set { .. } => set.clone(),
            };
            Test::Engaged(Engagement { what: what.clone(), campaigns })
        }
        _ => test.clone(),
    }
}

/// A text that is compared, folded where case doesn't count, be it that it has none.
fn text_of(op: TextOp, text: &str, case: Case) -> (String, Case) {
    if case == Case::Ignored || (op == TextOp::Equals && text.chars().all(is_caseless)) {
        return (fold(text), Case::Ignored);
    }
    (text.to_owned(), case)
}

/// True for a character that no other one equals when case is ignored.
fn is_caseless(c: char) -> bool {
    let same = |mut cases: Box<dyn Iterator<Item = char>>| {
        cases.next() == Some(c) && cases.next().is_none()
    };
    same(Box::new(c.to_lowercase())) && same(Box::new(c.to_uppercase()))
}

fn calendar(calendar: Calendar, zone: Zone) -> Calendar {
    match (calendar, zone) {
        (Calendar::Run, Zone::Fixed(seconds)) => Calendar::Fixed(seconds),
        (calendar, _) => calendar,
    }
}

/// The instants of whole days, where the field's values are compared as instants elsewhere and a
/// stored time without an offset has the same day either way.
fn instants_of(
    field: &Field,
    comparison: &Comparison<NaiveDate>,
    stored: StoredDates,
    zone: Zone,
) -> Option<Window> {
    use ContactField::{DateAdded, DateUpdated, UnsubscribeTime};
    let has_instants = matches!(
        field,
        Field::Contact(DateAdded | DateUpdated | UnsubscribeTime) | Field::Subscribed
    );
    let of_run = stored.calendar == calendar(Calendar::Run, zone);
    if !has_instants || !of_run || stored.order != DayOrder::MonthFirst {
        return None;
    }
    let start = |day: NaiveDate| -> Option<Instant> {
        let start = zone.instant(day.and_hms_opt(0, 0, 0)?);
        // A place that once left out a whole day has none to begin at.
        (zone.date(start) == day).then_some(start)
    };
    let end = |day: NaiveDate| {
        let next = start(day.checked_add_days(Days::new(1))?)?;
        Some(Instant(next.0.checked_sub(1)?))
    };
    let (earliest, latest) = (open(OPEN.0, 1, 1, false)?, open(OPEN.1, 12, 31, true)?);
    let before = |day: NaiveDate| day.checked_sub_days(Days::new(1));
    let after = |day: NaiveDate| day.checked_add_days(Days::new(1));
    let (from, to) = match comparison {
        Comparison::Equal(day) => (start(*day)?, end(*day)?),
        Comparison::Between(from, to) => (start(*from)?, end(*to)?),
        Comparison::Less(day) => (earliest, end(before(*day)?)?),
        Comparison::LessOrEqual(day) => (earliest, end(*day)?),
        Comparison::Greater(day) => (start(after(*day)?)?, latest),
        Comparison::GreaterOrEqual(day) => (start(*day)?, latest),
    };
    Some(range(from, to))
}

fn open(year: i32, month: u32, day: u32, end: bool) -> Option<Instant> {
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    let time = if end { date.and_hms_opt(23, 59, 59)? } else { date.and_hms_opt(0, 0, 0)? };
    Some(Zone::UTC.instant(time))
}

fn range(from: Instant, to: Instant) -> Window {
    let stamp = |at: Instant| {
        let local: NaiveDateTime = Zone::UTC.local(at);
        Stamp { local, offset: Some(0), date_only: false }
    };
    Window::Range(stamp(from), stamp(to))
}

/// The days of a range of instants, where it is one of whole days in the zone of the run.
pub(super) fn days_of(field: &Field, window: &Window, zone: Zone) -> Option<Test> {
    let Window::Range(from, to) = window else { return None };
    let (from, to) = (from.instant(zone), to.instant(zone));
    let stored = StoredDates { calendar: Calendar::Run, order: DayOrder::MonthFirst };
    let test = |comparison| Test::Date(field.clone(), comparison, stored);
    let (first, last) = (zone.date(from), zone.date(to));
    let meant = canonical(&Test::Within(field.clone(), window.clone()), zone);
    let forms = [
        Comparison::Equal(first),
        Comparison::GreaterOrEqual(first),
        Comparison::LessOrEqual(last),
        Comparison::Between(first, last),
    ];
    forms.into_iter().map(test).find(|test| canonical(test, zone) == meant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::fold_char;

    #[test]
    fn what_is_caseless_equals_itself_only() {
        for c in char::MIN..=char::MAX {
            let folded = fold_char(c);
            if folded != c {
                assert!(!is_caseless(c), "{c:?}");
                assert!(!is_caseless(folded), "{c:?} folds to {folded:?}");
            }
        }
        assert!("4, Ω".chars().any(|c| !is_caseless(c)));
        assert!("13.50-中文 /あ".chars().all(is_caseless));
    }

    #[test]
    fn days_are_instants_in_the_zone_of_the_run() {
        let day = |text| Stamp::parse_iso_date(text).unwrap();
        let added = Field::Contact(ContactField::DateAdded);
        let date = |calendar, comparison| {
            let stored = StoredDates { calendar, order: DayOrder::MonthFirst };
            Test::Date(added.clone(), comparison, stored)
        };
        let east = Zone::Fixed(8 * 3600);
        let shown = |test: &Test, zone| canonical(test, zone).to_string();
        let on = Comparison::Equal(day("2024-03-01"));
        let expected =
            "date_added from 2024-02-29T16:00:00Z to 2024-03-01T15:59:59.999999Z".to_owned();
        assert_eq!(shown(&date(Calendar::Fixed(8 * 3600), on.clone()), east), expected);
        assert_eq!(shown(&date(Calendar::Run, on.clone()), east), expected);
        let other = date(Calendar::Fixed(8 * 3600), on);
        assert_eq!(canonical(&other, Zone::UTC), other);
        for comparison in [
            Comparison::Equal(day("2024-03-10")),
            Comparison::Between(day("2024-03-01"), day("2024-03-10")),
            Comparison::GreaterOrEqual(day("2024-11-03")),
            Comparison::LessOrEqual(day("2024-11-03")),
        ] {
            for zone in ["UTC", "America/New_York", "+08:00"] {
                let zone: Zone = zone.parse().unwrap();
                let test = date(Calendar::Run, comparison.clone());
                let Test::Within(field, window) = canonical(&test, zone) else { panic!("{test}") };
                let back = days_of(&field, &window, zone).unwrap();
                assert_eq!(back, test);
            }
        }
    }
}
