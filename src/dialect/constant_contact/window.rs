//! Windows of time: two date-times, or a number of days; and counts in their ranges.

use super::fields::{Constant, DATE_FILTERS, MAX_DAYS};
use crate::criteria::Window;
use crate::dialect::collector::Collector;
use crate::dialect::dates;
use crate::dialect::given::{Given, given, opening, present};
use crate::dialect::keys::Wanted;
use crate::finding::{Finding, Kind};
use crate::source::Span;
use crate::source::json::{Kind as JsonKind, Value};
use crate::value::Stamp;

/// The range of a count, from 1.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// What is counted.
    pub what: &'static str,
    /// The greatest count, where there is one.
    pub most: Option<u32>,
}

/// A count: a JSON integer or a string of digits, in its range.
pub(super) fn count(value: &Value, bounds: Bounds, collector: &mut Collector<'_>) -> Option<u32> {
    let most = bounds.most.unwrap_or(u32::MAX);
    let range = match bounds.most {
        Some(most) => format!("an integer from 1 to {most}"),
        None => "an integer from 1".to_owned(),
    };
    let found = match &value.kind {
        JsonKind::Number(raw) => raw.clone(),
        JsonKind::String(text) => format!("\"{}\"", text.value),
        JsonKind::Array(_) => value.type_name().to_owned(),
        // Any other type has been reported by the table of keys.
        _ => return None,
    };
    let count = value.integer(true).and_then(|count| u32::try_from(count).ok());
    let count = count.filter(|count| (1..=most).contains(count));
    if count.is_none() {
        let message = format!("the {} must be {range}, found {found}", bounds.what);
        collector.report(Finding::new(Kind::CountOutOfRange, value.span, message));
    }
    count
}

/// The window of `date_added` or `date_updated`; its dates or days stand in `date_param` or `param`.
pub(super) fn of_contact(
    leaf: &Value,
    constant: Constant,
    collector: &mut Collector<'_>,
) -> Option<Window> {
    let says = |key: &&str| !given(leaf, key).is_empty_text();
    let places = ["date_param", "param"].into_iter().filter(says);
    let place = places.filter_map(|key| present(leaf, key)).next();
    let said = given(leaf, "const_value").word().map_or(opening(leaf), |word| word.span());
    window(constant, place.map(|member| &member.value), said, None, collector)
}

/// The date filter of a set of campaigns. `Some(None)` where there is none.
pub(super) fn of_campaigns(leaf: &Value, collector: &mut Collector<'_>) -> Option<Option<Window>> {
    let param = present(leaf, "date_param").filter(|_| !given(leaf, "date_param").is_empty_text());
    let legal = DATE_FILTERS.iter().map(|constant| constant.name());
    let word = match (given(leaf, "const_date_value"), param) {
        (Given::Word(word), _) => word,
        (Given::Unusable, _) => return None,
        (Given::Absent | Given::Blank(_), None) => return Some(None),
        (Given::Absent | Given::Blank(_), Some(param)) => {
            let message = "`date_param` without a `const_date_value` says nothing";
            let finding = Finding::new(Kind::ConstUnknown, param.key_span, message);
            collector.report(finding.legal("", legal));
            return None;
        }
    };
    let found = word.as_str();
    let Some(constant) = DATE_FILTERS.iter().find(|constant| constant.name() == found) else {
        let message = format!("`{found}` is no date filter");
        let finding = collector.not_among(Kind::ConstUnknown, word.span(), message, found, legal);
        collector.report(finding);
        return None;
    };
    let value = param.map(|member| &member.value);
    window(*constant, value, word.span(), Some(MAX_DAYS), collector).map(Some)
}

/// A window. `most` days at most, where that is limited: tracking only.
fn window(
    constant: Constant,
    param: Option<&Value>,
    said: Span,
    most: Option<u32>,
    collector: &mut Collector<'_>,
) -> Option<Window> {
    let empty = |value: &Value| match &value.kind {
        JsonKind::String(text) => text.value.trim().is_empty(),
        JsonKind::Array(elements) => elements.is_empty(),
        _ => false,
    };
    let Some(param) = param.filter(|value| !empty(value)) else {
        let wants = if constant == Constant::InRange { "two dates" } else { "a number of days" };
        let message = format!("`{}` needs {wants}", constant.name());
        let span = param.map_or(said, |value| value.span);
        collector.report(Finding::new(Kind::ObjectMissing, span, message));
        return None;
    };
    if constant == Constant::InRange {
        return range(param, most, collector);
    }
    let bounds = Bounds { what: "number of days", most };
    count(param, bounds, collector).map(Window::LastDays)
}

fn range(param: &Value, most: Option<u32>, collector: &mut Collector<'_>) -> Option<Window> {
    let wants = "a range is an array of two date-times: [\"2017-12-15T01:16:00+0000\", …]";
    let elements = match &param.kind {
        JsonKind::Array(elements) => elements.as_slice(),
        JsonKind::Number(_) | JsonKind::String(_) => &[],
        // Any other type has been reported by the table of keys.
        _ => return None,
    };
    let [from, to] = elements else {
        let message = match &param.kind {
            JsonKind::Array(_) => format!("a range has two dates, found {}", elements.len()),
            _ => format!("a range has two dates, found {}", param.type_name()),
        };
        collector.report(Finding::new(Kind::DateRange, param.span, message).help(wants));
        return None;
    };
    let (start, end) = (date_time(from, collector), date_time(to, collector));
    let (start, end) = (start?, end?);
    let zone = collector.context.zone;
    let (first, last) = (start.instant(zone), end.instant(zone));
    let problem = if first > last {
        Some("the range begins after its end".to_owned())
    } else {
        let longest = most.filter(|&most| last.minus_days(most) > first);
        longest.map(|most| format!("the range is longer than {most} days"))
    };
    if let Some(message) = problem {
        collector.report(Finding::new(Kind::WindowIllegal, param.span, message));
        return None;
    }
    Some(Window::Range(start, end))
}

fn date_time(value: &Value, collector: &mut Collector<'_>) -> Option<Stamp> {
    let Some(text) = value.text() else {
        collector.wrong_type(value, "a date", Wanted::Text);
        return None;
    };
    let inner = text.map.span(Span::new(0, text.value.len()));
    if text.value.trim().is_empty() {
        let message = "the range lacks a date";
        collector.report(Finding::new(Kind::DateRange, value.span, message));
        return None;
    }
    let stamp = dates::date_time(&text.value);
    match &stamp {
        None => {
            let message = format!("`{}` is no date-time", text.value);
            let help = "write it like 2017-12-15T01:16:00+0000";
            let finding = Finding::new(Kind::DateFormat, inner, message).help(help);
            let dashed = dates::with_dashes(&text.value);
            let dashed = dashed.filter(|dashed| dates::date_time(dashed).is_some());
            collector.report(match dashed {
                Some(dashed) => collector.fixed(finding, inner, &dashed),
                None => finding,
            });
        }
        Some(stamp) if stamp.date_only => {
            let message = "a date without a time is read as its midnight";
            let help = "write a date-time such as 2017-12-15T00:00:00+0000";
            collector.report(Finding::new(Kind::BareDate, inner, message).help(help));
        }
        Some(_) => {}
    }
    stamp
}
