//! Constant Contact's V3 segments: criteria as a tree of groups and leaves, mostly inside an escaped
//! string. This file unwraps them down to the top group; `groups` walks the tree, `leaf` and
//! `operand` read the leaves. [`escape()`] and [`unescape()`] lead to and from the escaped string
//! without asking what it says.

mod assist;
mod contact;
mod escape;
mod fields;
mod groups;
mod json_texts;
mod layout;
mod leaf;
mod operand;
mod schema;
#[cfg(test)]
mod tests;
mod unescape;
mod vendor_error;
mod window;
mod write;

pub(super) use assist::{BEGINNINGS, criteria_string, offers, offers_in_string};
pub use escape::{Envelope, escape};
pub use fields::*;
pub(super) use layout::layout;
pub(super) use schema::schema;
pub use unescape::unescape;
pub(super) use vendor_error::{error_body, http_status};
pub(super) use write::{alone, body, everyone, fit, is_id, rule as written, shown};

use super::collector::{Collector, is_empty};
use super::given::{Given, given, opening, plain, present};
use super::keys::Wanted;
use super::{Draft, Title};
use crate::criteria::{Expr, Scope};
use crate::finding::{Finding, Kind};
use crate::source::Span;
use crate::source::escape::minify;
use crate::source::json::{Kind as JsonKind, Member, Value};
use groups::Walk;

/// What the vendor's endpoint wants, and how to get it.
const WANTS_STRING: &str = "the vendor's endpoint takes {\"name\", \"segment_criteria\"} with the \
    criteria as one escaped string: `segkit escape` makes it";

/// Reads one segment.
pub(super) fn read(value: &Value, collector: &mut Collector<'_>) -> Draft {
    if is_part(value) {
        let is_tree = value.member("group").is_some();
        let what = if is_tree { "only the criteria's top group" } else { "only a leaf" };
        part_only(collector, opening(value), what);
        check_length(collector, value, value);
        let mut walk = Walk::new(collector);
        let expr = if is_tree { walk.top(value) } else { walk.bare_leaf(value) };
        return Draft { title: None, expr, scope: Scope::default() };
    }
    // A catalog keeps the criteria of its segments decoded, so that people can read them.
    let decoded = is_stored(value).then_some("segment_criteria");
    collector.check_keys_but(decoded, value, BODY_KEYS);
    collector.check_aside(value, ASIDE_KEYS);
    let title = read_name(value, collector);
    let expr = match (present(value, "segment_criteria"), present(value, "criteria")) {
        (Some(string), other) => {
            if let Some(other) = other {
                unused_beside_string(collector, other);
            }
            read_string(value, string, collector)
        }
        (None, Some(criteria)) => {
            part_only(collector, criteria.key_span, "the criteria are not escaped");
            check_version(collector, value);
            check_length(collector, value, &criteria.value);
            read_top(&criteria.value, collector)
        }
        (None, None) => {
            missing(collector, opening(value), "the criteria are missing");
            None
        }
    };
    Draft { title, expr, scope: Scope::default() }
}

/// True for a segment as a catalog keeps it: with its id, and criteria that aren't escaped.
fn is_stored(value: &Value) -> bool {
    let decoded = |criteria: &Value| matches!(criteria.kind, JsonKind::Object(_));
    value.member("segment_id").is_some() && value.get("segment_criteria").is_some_and(decoded)
}

/// True for a group or a leaf that stands without a body.
fn is_part(value: &Value) -> bool {
    let has = |key: &&str| value.member(key).is_some();
    let wrapped = ["segment_criteria", "criteria", "segment_id"].iter().any(has);
    !wrapped && ["group", "source", "field", "op"].iter().any(has)
}

fn part_only(collector: &mut Collector<'_>, span: Span, what: &str) {
    collector.report(Finding::new(Kind::PartOnly, span, what).help(WANTS_STRING));
}

fn missing(collector: &mut Collector<'_>, span: Span, what: &str) {
    if collector.is_faulty() {
        return;
    }
    let finding = Finding::new(Kind::TopNotAnd, span, what);
    collector.report(finding.help("they begin with {\"type\":\"and\",\"group\":[…]}"));
}

fn unused_beside_string(collector: &mut Collector<'_>, other: &Member) {
    let message = "`criteria` says nothing beside `segment_criteria`";
    let finding = Finding::new(Kind::KeyUnused, other.key_span, message);
    collector.report(finding.hiding_rules(!is_empty(&other.value)));
}

fn read_name(value: &Value, collector: &mut Collector<'_>) -> Option<Title> {
    match given(value, "name") {
        Given::Word(word) => {
            let id = present(value, "segment_id").and_then(|member| plain(&member.value));
            Some(Title::of_account(&word, id))
        }
        Given::Blank(member) => {
            let finding = Finding::new(Kind::TitleEmpty, member.value.span, "the name is empty");
            collector.report(finding.help("give the segment a name of its own"));
            None
        }
        Given::Absent if value.member("segment_criteria").is_some() => {
            part_only(collector, opening(value), "the segment has no name");
            None
        }
        Given::Absent | Given::Unusable => None,
    }
}

/// Reads what stands under `segment_criteria`: by right a string that holds JSON.
fn read_string(body: &Value, member: &Member, collector: &mut Collector<'_>) -> Option<Expr> {
    if let Some(version) = present(body, "version") {
        let message = "`version` belongs inside the criteria string";
        collector.report(Finding::new(Kind::KeyUnused, version.key_span, message));
    }
    match &member.value.kind {
        JsonKind::String(text) => {
            let length = text.value.chars().count();
            report_length(collector, member.value.span, length);
            let value = collector.embedded(text);
            let Some(value) = value else {
                missing(collector, member.value.span, "the criteria string is empty");
                return None;
            };
            collector.one_layer_in(|collector| read_document(&value, collector))
        }
        // The type has been reported; what is inside is read all the same, to show what else there is.
        JsonKind::Object(_) => {
            if is_stored(body) {
                check_length(collector, &member.value, &member.value);
            } else {
                part_only(collector, member.key_span, "the criteria are not escaped");
            }
            read_document(&member.value, collector)
        }
        _ => None,
    }
}

/// Reads `{"version", "criteria"}`, or the top group where that stands in its place.
fn read_document(value: &Value, collector: &mut Collector<'_>) -> Option<Expr> {
    match &value.kind {
        JsonKind::Object(_) => {}
        JsonKind::Faulty => return None,
        _ => {
            collector.wrong_type(value, "the criteria", Wanted::Object);
            return None;
        }
    }
    if value.member("criteria").is_none()
        && (value.member("group").is_some() || value.member("source").is_some())
    {
        let finding =
            Finding::new(Kind::PartOnly, opening(value), "`version` and `criteria` are missing");
        collector.report(finding.help("the string holds {\"version\":\"1.0.0\",\"criteria\":{…}}"));
        return read_top(value, collector);
    }
    collector.check_keys(value, CRITERIA_KEYS);
    check_version(collector, value);
    match present(value, "criteria") {
        Some(criteria) => read_top(&criteria.value, collector),
        None => {
            missing(collector, opening(value), "the criteria are missing");
            None
        }
    }
}

fn read_top(value: &Value, collector: &mut Collector<'_>) -> Option<Expr> {
    match value.kind {
        JsonKind::Object(_) => Walk::new(collector).top(value),
        _ => None,
    }
}

fn check_version(collector: &mut Collector<'_>, value: &Value) {
    let (span, found) = match given(value, "version") {
        Given::Word(word) if word.as_str() == VERSION => return,
        Given::Word(word) => (word.span(), word.as_str()),
        Given::Blank(member) => (member.value.span, ""),
        Given::Absent | Given::Unusable => return,
    };
    let message = format!("the criteria version is `{found}`");
    let finding = Finding::new(Kind::VersionUnknown, span, message);
    collector.report(finding.help(format!("only version \"{VERSION}\" is documented")));
}

/// Measures criteria that aren't a string by the string that they would make.
fn check_length(collector: &mut Collector<'_>, whole: &Value, criteria: &Value) {
    let only_criteria = whole
        .members()
        .unwrap_or(&[])
        .iter()
        .all(|member| CRITERIA_KEYS.iter().any(|key| key.name == member.key.value));
    let measured = if only_criteria { whole } else { criteria };
    let length = minify(collector.file.slice(measured.span)).chars().count();
    report_length(collector, criteria.span, length);
}

fn report_length(collector: &mut Collector<'_>, span: Span, length: usize) {
    if length > MAX_CRITERIA {
        let message = format!("the criteria have {length} characters; {MAX_CRITERIA} are the most");
        collector.report(Finding::new(Kind::CriteriaTooLong, span, message));
    }
}
