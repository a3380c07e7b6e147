//! Times in every form, in zones whose clocks are turned.

use super::column::{asking, both, one_column, options};
use super::driver::Driver;
use segkit::contact::ContactField;
use segkit::criteria::{Calendar, Comparison, Field, StoredDates, Test, Window};
use segkit::sql::Engine;
use segkit::value::{DayOrder, Stamp};

/// Times at which clocks are turned, in the spring and in the autumn, and the hours around them.
const TURNED: &[&str] = &[
    "2024-03-10 01:30:00",
    "2024-03-10 02:00:00",
    "2024-03-10 02:30:00",
    "2024-03-10 03:00:00",
    "2024-03-10 03:30:00",
    "2024-11-02 12:00:00",
    "2024-11-03 00:30:00",
    "2024-11-03 01:00:00",
    "2024-11-03 01:30:00.000001",
    "2024-11-03 02:00:00",
    "2024-11-03 02:30:00",
    "2024-11-03 05:30:00Z",
    "2024-11-03 06:30:00Z",
    "1883-11-18 12:02:00",
    "0001-01-01",
    "9999-12-31 23:59:59.999999",
    "2023-02-29",
    "2024-02-29",
    "2000-02-29",
    "1900-02-29",
    "1/2/20245",
    "2024-01-01T00:00:00+14:00",
    "2024-01-01T00:00:00+14:30",
    "2024-01-01T24:00:00",
    "\u{a0}2024-01-01\u{3000}",
    "2024-01-01 00:00:00.1234567",
    "2024-11-03T06:30:00.123Z",
    "2024-11-03T06:30:00.120",
    "2024-11-03t06:30:00.123+0530",
    "2024-11-03 06:30:00.123-05:30",
    "2024-11-03 06:30:00+05",
    "2024-11-03T06:30:00-15:00",
    "2024-11-03T06:30:00 utc",
];

/// Reads them in several zones, as text and as columns with a type.
pub fn check(engine: Engine) {
    let Some(mut driver) = Driver::start(engine) else { return };
    let field = || Field::Contact(ContactField::DateUpdated);
    let dump = one_column("date_updated", "date_updated", "text", TURNED);
    for zone in ["America/New_York", "Europe/London", "Australia/Lord_Howe", "-03:30"] {
        let options = options(zone);
        for text in TURNED {
            let Some(at) = Stamp::parse(text, DayOrder::MonthFirst) else { continue };
            let tests = [
                Test::Within(field(), Window::Range(at, at)),
                Test::Date(
                    field(),
                    Comparison::Equal(at.date(options.zone)),
                    StoredDates { calendar: Calendar::Run, order: DayOrder::MonthFirst },
                ),
                Test::Date(
                    field(),
                    Comparison::GreaterOrEqual(at.date(options.zone)),
                    StoredDates { calendar: Calendar::Fixed(28_800), order: DayOrder::DayFirst },
                ),
            ];
            for test in tests {
                if !driver.takes_next() {
                    continue;
                }
                let segment = asking(test.clone());
                let given = "status=";
                let (found, expected) =
                    both(&mut driver, engine, &dump, given, (&segment, "x"), &options);
                assert_eq!(found, expected, "{engine}, {zone}: {test}, {text}");
            }
        }
    }
    // The same times in columns that have a type.
    let typed = ["2024-03-10 01:30:00", "2024-11-03 01:30:00", "2024-07-01 00:00:00.000001"];
    let zoned = ["2024-03-10 06:30:00+00", "2024-11-03 06:30:00+00", "2024-07-01 04:00:00+00"];
    for (kind, values) in [("timestamp", typed), ("timestamptz", zoned)] {
        let mut dump = one_column("date_updated", "changed", kind, &values);
        let given = format!("contacts.date_updated=changed:{kind}");
        for contact in &mut dump.0.contacts {
            for value in contact.0.values_mut().flatten() {
                *value = value.replace("+00", "Z");
            }
        }
        for contact in &dump.0.contacts {
            let value = contact.values("date_updated");
            let at = Stamp::parse(&value[0], DayOrder::MonthFirst).unwrap();
            for zone in ["America/New_York", "+08:00"] {
                let segment = asking(Test::Within(field(), Window::Range(at, at)));
                let (found, expected) =
                    both(&mut driver, engine, &dump, &given, (&segment, "x"), &options(zone));
                assert_eq!((found.len(), &found), (1, &expected), "{engine}: {kind}, {zone}");
            }
        }
    }
}
