//! The object of a verb: a text, an option, a number, a date, a range of either, or a place.

use super::part::Part;
use super::rule_types::{Class, SUBSCRIBED_YEARS};
use super::subject::Resolved;
use super::verbs::Verb;
use crate::criteria::{Calendar, Case, Comparison, StoredDates, Test, TextOp};
use crate::dialect::collector::Collector;
use crate::dialect::custom;
use crate::dialect::dates::with_dashes;
use crate::finding::{Finding, Kind};
use crate::value::{Decimal, Stamp, folds_equal};
use chrono::{Datelike, NaiveDate};

const AND: &str = "AND";

/// What verb and object mean together. The object isn't empty, and the class takes the verb.
pub(super) fn read(
    verb: Verb,
    class: Class,
    object: Part<'_>,
    resolved: &Resolved<'_>,
    collector: &mut Collector<'_>,
) -> Option<Test> {
    if class == Class::Location {
        return location(object, collector);
    }
    let field = resolved.field.clone()?;
    match class {
        Class::Number => Some(Test::Number(field, numbers(verb, object, collector)?)),
        Class::Date | Class::DateSubscribed => {
            let comparison = days(verb, class, object, collector)?;
            let order = resolved.def.map(|def| def.date_order).unwrap_or_default();
            let stored = StoredDates { calendar: Calendar::Run, order };
            Some(Test::Date(field, comparison, stored))
        }
        _ => {
            let contains = matches!(verb, Verb::Contains | Verb::NotContains);
            if !contains {
                let found = (object.text, object.span);
                let same = |option: &str| folds_equal(option.trim(), object.text);
                custom::check_option(resolved.def, found, same, collector)?;
            }
            let op = if contains { TextOp::Contains } else { TextOp::Equals };
            Some(Test::Text(field, op, object.text.to_owned(), Case::Ignored))
        }
    }
}

fn location(object: Part<'_>, collector: &mut Collector<'_>) -> Option<Test> {
    if !object.text.chars().any(char::is_alphabetic) {
        let message = format!("`{}` is no place", object.text);
        let help = "write a country, its ISO code, a region or a city";
        collector.report(Finding::new(Kind::LocationOperand, object.span, message).help(help));
        return None;
    }
    Some(Test::Location(object.text.to_owned()))
}

fn numbers(
    verb: Verb,
    object: Part<'_>,
    collector: &mut Collector<'_>,
) -> Option<Comparison<Decimal>> {
    if verb == Verb::Between {
        let kind = Kind::NumberRange;
        let as_written = |bound: &str| Decimal::parse(bound).map(|_| bound.to_owned());
        return between(object, kind, "X AND Y", Decimal::parse, as_written, collector);
    }
    let number = Decimal::parse(object.text);
    if number.is_none() {
        let message = format!("`{}` is no number", object.text);
        let help = "digits, with a sign and a decimal point if need be; no exponent, no commas";
        collector.report(Finding::new(Kind::NumberFormat, object.span, message).help(help));
    }
    Some(comparison(verb, number?))
}

fn days(
    verb: Verb,
    class: Class,
    object: Part<'_>,
    collector: &mut Collector<'_>,
) -> Option<Comparison<NaiveDate>> {
    let found = if verb == Verb::Between {
        let form = "YYYY-MM-DD AND YYYY-MM-DD";
        between(object, Kind::DateRange, form, Stamp::parse_iso_date, iso_form, collector)?
    } else {
        let date = Stamp::parse_iso_date(object.text);
        if date.is_none() {
            let message = format!("`{}` is no date of the form yyyy-mm-dd", object.text);
            let finding = Finding::new(Kind::DateFormat, object.span, message);
            collector.report(match iso_form(object.text) {
                Some(form) => collector.fixed(finding, object.span, &form),
                None => finding,
            });
        }
        comparison(verb, date?)
    };
    if class == Class::DateSubscribed {
        subscribed_years(&found, object, collector)?;
    }
    Some(found)
}

/// Reports a year that isn't among the ten that end with the as-of year.
fn subscribed_years(
    found: &Comparison<NaiveDate>,
    object: Part<'_>,
    collector: &mut Collector<'_>,
) -> Option<()> {
    use Comparison::{Between, Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    let (from, to) = match found {
        Between(from, to) => (from, to),
        Equal(day) | Less(day) | LessOrEqual(day) | Greater(day) | GreaterOrEqual(day) => {
            (day, day)
        }
    };
    let last = collector.context.zone.date(collector.context.as_of).year();
    let first = last - SUBSCRIBED_YEARS + 1;
    let is_outside = |day: &&NaiveDate| !(first..=last).contains(&day.year());
    let Some(outside) = [from, to].into_iter().find(is_outside) else {
        return Some(());
    };
    let message = format!("the year {} is not from {first} to {last}", outside.year());
    collector.report(Finding::new(Kind::YearOutOfRange, object.span, message));
    None
}

fn comparison<T>(verb: Verb, bound: T) -> Comparison<T> {
    match verb {
        Verb::Before | Verb::LessThan => Comparison::Less(bound),
        Verb::After | Verb::GreaterThan => Comparison::Greater(bound),
        Verb::LessThanOrEqual => Comparison::LessOrEqual(bound),
        Verb::GreaterThanOrEqual => Comparison::GreaterOrEqual(bound),
        _ => Comparison::Equal(bound),
    }
}

/// A date as the vendor wants it, where it is one in that form already, or certainly means one.
fn iso_form(text: &str) -> Option<String> {
    let dashed = with_dashes(text).unwrap_or_else(|| text.to_owned());
    Stamp::parse_iso_date(&dashed).map(|_| dashed)
}

/// Both sides of the first AND that stands by itself.
fn sides(object: &str) -> Option<(&str, &str)> {
    sides_of(object, object)
}

/// The same with AND in any case.
fn sides_in_any_case(object: &str) -> Option<(&str, &str)> {
    // ASCII alone changes, so that every character keeps its place.
    sides_of(&object.to_ascii_uppercase(), object)
}

/// Both sides of the first AND that stands by itself in `searched`, taken from `object`.
fn sides_of<'o>(searched: &str, object: &'o str) -> Option<(&'o str, &'o str)> {
    searched.match_indices(AND).find_map(|(at, _)| {
        let (left, right) = (object.get(..at)?, object.get(at + AND.len()..)?);
        let apart = left.is_empty() || left.ends_with(char::is_whitespace);
        let apart = apart && (right.is_empty() || right.starts_with(char::is_whitespace));
        apart.then(|| (left.trim(), right.trim()))
    })
}

fn between<T: Ord>(
    object: Part<'_>,
    kind: Kind,
    form: &str,
    parse: impl Fn(&str) -> Option<T>,
    mended: impl Fn(&str) -> Option<String>,
    collector: &mut Collector<'_>,
) -> Option<Comparison<T>> {
    let bounds = sides(object.text).and_then(|(from, to)| parse(from).zip(parse(to)));
    let message = match bounds {
        Some((from, to)) if from <= to => return Some(Comparison::Between(from, to)),
        Some(_) => "the range begins after its end".to_owned(),
        None => format!("`{}` is no range of the form {form}", object.text),
    };
    let finding = Finding::new(kind, object.span, message).help(format!("write {form}"));
    let ends = sides_in_any_case(object.text);
    let ends = ends.and_then(|(from, to)| mended(from).zip(mended(to)));
    let in_order = ends.filter(|(from, to)| parse(from) <= parse(to));
    collector.report(match in_order {
        Some((from, to)) => collector.fixed(finding, object.span, &format!("{from} {AND} {to}")),
        None => finding,
    });
    None
}

/// True where the object of BETWEEN holds a number, not a date, on one side at least.
pub(super) fn looks_like_numbers(object: &str) -> bool {
    let (from, to) = sides_in_any_case(object).unwrap_or((object, ""));
    Decimal::parse(from).is_some() || Decimal::parse(to).is_some()
}
