//! Times in columns: the forms that dumps have (`docs/data.md`, "Times"), read by patterns and whole
//! numbers, so that every engine reads the same and none fails on what is no time.
//!
//! Of a time there are `…_wall`, what the clock showed as if it were in UTC, `…_offset`, how far east
//! of UTC the clock was where that is written, and `…_at`, the instant, all in microseconds.

use super::chain::{Chain, Step};
use super::{Fixed, Shape, Spelling};
use crate::criteria::Comparison;
use crate::database::Kind;
use crate::value::{DayOrder, MonthDay, Zone};
use chrono::NaiveDate;

const YEAR_FIRST: &str = "^([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})";
/// What follows the year tells it from a longer number.
const YEAR_LAST: &str = "^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})($|[^0-9])";
/// Year, month, day, hour, minute, second, fraction, offset.
const FORM: Shape = Shape {
    pattern: r"^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]| [ \t\n\f\r]*)([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6})[0-9]*)?)?(?:{W}*([Zz]|[Uu][Tt][Cc]|[+-](?:0[0-9](?::?[0-5][0-9])?|1[0-4](?::?[0-5][0-9])?)))?)?$",
    groups: 8,
    common: &[
        Fixed {
            pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([Zz]|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?$",
            places: &[(1, 4), (6, 2), (9, 2), (12, 2), (15, 2), (18, 2), NOWHERE, (20, 6)],
        },
        Fixed {
            pattern: r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}([Zz]|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?$",
            places: &[(1, 4), (6, 2), (9, 2), (12, 2), (15, 2), (18, 2), (21, 3), (24, 6)],
        },
        Fixed {
            pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            places: &[(1, 4), (6, 2), (9, 2), NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE],
        },
    ],
};
/// Of a group that has nothing.
const NOWHERE: (usize, usize) = (1, 0);
const SECONDS: &str = "^[0-9]{9,10}$";
const MILLISECONDS: &str = "^[0-9]{12,13}$";
const DAY_OF_YEAR: Shape =
    Shape { pattern: "^([0-9]{1,2})[/-]([0-9]{1,2})$", groups: 2, common: &[] };

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
/// Days from 1 March of the year −400 to 1970.
const BEFORE_1970: i64 = 719_468 + 146_097;

/// Adds the clock and the offset of a column of times. `column` is the column of the table.
pub fn add_wall(
    chain: &mut Chain,
    sql: &dyn Spelling,
    name: &str,
    (column, kind): (&str, Kind),
    order: DayOrder,
) {
    let (wall, offset) = (format!("{name}_wall"), format!("{name}_offset"));
    match kind {
        Kind::Instant => {
            chain.add(Step::Read, &wall, sql.micros_of_instant(column));
            chain.add(Step::Read, &offset, sql.integer("'0'"));
            return;
        }
        Kind::Wall => {
            chain.add(Step::Read, &wall, sql.micros_of_wall(column));
            chain.add(Step::Read, &offset, sql.integer("NULL"));
            return;
        }
        Kind::Text | Kind::Several | Kind::List => {}
    }
    let (text, form) = (format!("{name}_text"), format!("{name}_form"));
    let by = match order {
        DayOrder::MonthFirst => r"\3-\1-\2\4",
        DayOrder::DayFirst => r"\3-\2-\1\4",
    };
    let trimmed = sql.trim(&sql.as_text(column));
    let year_first = sql.replace_first(&trimmed, YEAR_FIRST, r"\1-\2-\3");
    chain.add(Step::Read, &text, sql.replace_first(&year_first, YEAR_LAST, by));
    chain.add(Step::Matched, &form, sql.groups(&text, &FORM));
    add_parts(chain, sql, name, &form);
    let part = |word: &str| format!("{name}_{word}");
    let (year, month, day) = (part("year"), part("month"), part("day"));
    let (hour, minute, second) = (part("hour"), part("minute"), part("second"));
    let (zone, epoch) = (part("zone"), part("epoch"));
    let quotient = |divisor| sql.quotient(&year, divisor);
    let from_march = sql.remainder(&format!("({month} + 9)"), 12);
    let days_of_months = sql.quotient(&format!("(153 * ({from_march}) + 2)"), 5);
    let days = format!(
        "365 * {year} + {} - {} + {} + {days_of_months} + {day} - 1 - {BEFORE_1970}",
        quotient(4),
        quotient(100),
        quotient(400)
    );
    let years = |divisor| sql.remainder(&format!("({year} + 1)"), divisor);
    let leap = format!("{} = 0 AND ({} <> 0 OR {} = 0)", years(4), years(100), years(400));
    let length = format!(
        "CASE WHEN {month} = 2 THEN CASE WHEN {leap} THEN 29 ELSE 28 END WHEN {month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END"
    );
    let clock = format!("(({hour} * 60 + {minute}) * 60 + {second}) * 1000000");
    chain.add(
        Step::Wall,
        &wall,
        format!(
            "CASE\n    WHEN {month} BETWEEN 1 AND 12\n      AND {day} BETWEEN 1 AND {length}\n      AND {hour} < 24 AND {minute} < 60 AND {second} < 60\n    THEN ({days}) * {DAY} + {clock} + {}\n    ELSE {epoch}\n  END",
            part("fraction")
        ),
    );
    let hours = sql.integer(&format!("substr({zone}, 2, 2)"));
    let minutes = sql.integer(&format!("substr({zone}, length({zone}) - 1, 2)"));
    let sign = format!("CASE WHEN {zone} LIKE '-%' THEN -1000000 ELSE 1000000 END");
    chain.add(
        Step::Wall,
        &offset,
        format!(
            "CASE\n    WHEN {zone} LIKE '+%' OR {zone} LIKE '-%'\n    THEN {sign} * ({hours} * 3600 + CASE WHEN length({zone}) > 3 THEN {minutes} * 60 ELSE 0 END)\n    WHEN {zone} <> '' OR {epoch} IS NOT NULL THEN 0\n  END"
        ),
    );
}

/// What [`FORM`] found: numbers, and the offset as it is written. What isn't written of a time of day
/// is zero. Years are counted from March of the year −400, so that the day of a leap year is the last
/// of one and no quotient is of a negative number.
fn add_parts(chain: &mut Chain, sql: &dyn Spelling, name: &str, form: &str) {
    let text = format!("{name}_text");
    let number = |group| sql.integer(&sql.group(form, group));
    let mut add =
        |word: &str, expression| chain.add(Step::Parts, &format!("{name}_{word}"), expression);
    let month = number(2);
    add("year", format!("{} + 400 - CASE WHEN {month} <= 2 THEN 1 ELSE 0 END", number(1)));
    add("month", month);
    add("day", number(3));
    for (group, word) in [(4, "hour"), (5, "minute"), (6, "second")] {
        add(word, format!("COALESCE({}, 0)", number(group)));
    }
    add("fraction", sql.integer(&format!("rpad({}, 6, '0')", sql.group(form, 7))));
    add("zone", sql.group(form, 8));
    let digits = sql.integer(&text);
    let (seconds, millis) = (sql.matches(&text, SECONDS), sql.matches(&text, MILLISECONDS));
    add(
        "epoch",
        format!(
            "CASE WHEN {seconds} THEN {digits} * 1000000 WHEN {millis} THEN {digits} * 1000 END"
        ),
    );
}

/// Adds the instant of a column of times, those without an offset being of `zone`.
pub fn add_at(chain: &mut Chain, sql: &dyn Spelling, name: &str, column: (&str, Kind), zone: Zone) {
    add_wall(chain, sql, name, column, DayOrder::MonthFirst);
    let (wall, offset, at) =
        (format!("{name}_wall"), format!("{name}_offset"), format!("{name}_at"));
    let place = match zone {
        Zone::Fixed(seconds) => {
            let east = i64::from(seconds) * 1_000_000;
            return chain.add(Step::At, &at, format!("{wall} - COALESCE({offset}, {east})"));
        }
        Zone::Place(place) => place.name(),
    };
    // Engines differ in what they make of a clock that is turned. The offset of a day before gives the
    // earlier instant where the clock shows the time twice, and the one that it would have shown without
    // the jump where it skips it.
    let (guess, before) = (format!("{name}_guess"), format!("{name}_before"));
    let day_before = format!("({wall} - {DAY})");
    chain.add(Step::Guess, &guess, sql.instant_at(&wall, place));
    chain.add(Step::Guess, &before, format!("{} + {DAY}", sql.instant_at(&day_before, place)));
    chain.add(
        Step::At,
        &at,
        format!(
            "CASE WHEN {offset} IS NOT NULL THEN {wall} - {offset} WHEN {} = {wall} THEN {before} WHEN {} = {wall} THEN {guess} ELSE {before} END",
            sql.wall_at(&before, place),
            sql.wall_at(&guess, place)
        ),
    );
}

/// Adds the day of the year of a column of birthdays, as month × 100 + day.
pub fn add_day_of_year(
    chain: &mut Chain,
    sql: &dyn Spelling,
    name: &str,
    column: (&str, Kind),
    order: DayOrder,
) {
    add_wall(chain, sql, name, column, order);
    let wall = format!("{name}_wall");
    let whole = format!("CASE WHEN {wall} IS NOT NULL THEN {} END", sql.month_day(&wall));
    if matches!(column.1, Kind::Instant | Kind::Wall) {
        return chain.add(Step::At, &format!("{name}_birthday"), whole);
    }
    let (text, form) = (format!("{name}_text"), format!("{name}_short"));
    chain.add(Step::Matched, &form, sql.groups(&text, &DAY_OF_YEAR));
    let (month, day) = match order {
        DayOrder::MonthFirst => (1, 2),
        DayOrder::DayFirst => (2, 1),
    };
    let number = |group| sql.integer(&sql.group(&form, group));
    let (month, day) = (number(month), number(day));
    let length =
        format!("CASE WHEN {month} = 2 THEN 29 WHEN {month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END");
    chain.add(
        Step::At,
        &format!("{name}_birthday"),
        format!(
            "CASE WHEN {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND {length} THEN {month} * 100 + {day} ELSE {whole} END"
        ),
    );
}

/// Whether the date in `column` passes, what has an offset being taken to `zone`.
pub fn date_test(
    comparison: &Comparison<NaiveDate>,
    sql: &dyn Spelling,
    column: &str,
    zone: Zone,
) -> String {
    let (wall, offset) = (format!("{column}_wall"), format!("{column}_offset"));
    let utc = format!("{wall} - {offset}");
    let there = match zone {
        Zone::Fixed(0) => utc,
        Zone::Fixed(seconds) => format!("{utc} + {}", i64::from(seconds) * 1_000_000),
        Zone::Place(place) => sql.wall_at(&utc, place.name()),
    };
    let local = format!("CASE WHEN {offset} IS NULL THEN {wall} ELSE {there} END");
    let begins =
        |date: &NaiveDate| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_micros();
    let ends = |date: &NaiveDate| begins(date).saturating_add(DAY - 1);
    let passes = match comparison {
        Comparison::Equal(date) => format!("BETWEEN {} AND {}", begins(date), ends(date)),
        Comparison::Less(date) => format!("< {}", begins(date)),
        Comparison::LessOrEqual(date) => format!("<= {}", ends(date)),
        Comparison::Greater(date) => format!("> {}", ends(date)),
        Comparison::GreaterOrEqual(date) => format!(">= {}", begins(date)),
        Comparison::Between(from, to) => format!("BETWEEN {} AND {}", begins(from), ends(to)),
    };
    format!("COALESCE({local} {passes}, FALSE)")
}

/// Whether the day of the year in `column` passes.
pub fn day_of_year_test(comparison: &Comparison<MonthDay>, column: &str) -> String {
    let of = |day: &MonthDay| u32::from(day.month) * 100 + u32::from(day.day);
    let passes = match comparison {
        Comparison::Equal(day) => format!("= {}", of(day)),
        Comparison::Less(day) => format!("< {}", of(day)),
        Comparison::LessOrEqual(day) => format!("<= {}", of(day)),
        Comparison::Greater(day) => format!("> {}", of(day)),
        Comparison::GreaterOrEqual(day) => format!(">= {}", of(day)),
        Comparison::Between(from, to) => format!("BETWEEN {} AND {}", of(from), of(to)),
    };
    format!("COALESCE({column}_birthday {passes}, FALSE)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::Engine;

    #[test]
    fn columns_with_a_type_take_no_patterns() {
        for (kind, patterns) in [(Kind::Instant, false), (Kind::Wall, false), (Kind::Text, true)] {
            let mut chain = Chain::new("x", String::new(), vec!["y".to_owned()]);
            let sql = Engine::DuckDb.spelling();
            add_at(&mut chain, sql, "a", ("t.\"A\"", kind), Zone::UTC);
            assert!(chain.has("a_wall") && chain.has("a_offset") && chain.has("a_at"));
            assert_eq!(chain.has("a_form"), patterns, "{kind:?}");
        }
    }

    #[test]
    fn a_date_is_all_of_its_day() {
        let date = NaiveDate::from_ymd_opt(1970, 1, 2).unwrap();
        let sql = Engine::DuckDb.spelling();
        let test = |comparison| date_test(&comparison, sql, "c.a", Zone::UTC);
        let day =
            "COALESCE(CASE WHEN c.a_offset IS NULL THEN c.a_wall ELSE c.a_wall - c.a_offset END";
        assert_eq!(
            test(Comparison::Equal(date)),
            format!("{day} BETWEEN 86400000000 AND 172799999999, FALSE)")
        );
        assert_eq!(test(Comparison::Greater(date)), format!("{day} > 172799999999, FALSE)"));
        assert_eq!(test(Comparison::Less(date)), format!("{day} < 86400000000, FALSE)"));
    }
}
