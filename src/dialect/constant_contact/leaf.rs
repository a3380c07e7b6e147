//! A leaf: its source, field and operator. What stands behind the operator is read by `operand`.

use super::contact;
use super::fields::{
    Class, LEAF_KEYS, LIST_FIELDS, OPERATORS, OPS, Op, OperatorRow, SOURCES, Source, TAG_FIELDS,
    TRACKING_FIELDS,
};
use super::operand::{self, Subject};
use crate::criteria::{Expr, RuleId};
use crate::dialect::collector::Collector;
use crate::dialect::given::{Given, Word, given, opening, plain};
use crate::dialect::terms::{Term, meaning, names};
use crate::finding::{Finding, Kind};
use crate::source::json::{Kind as JsonKind, Value};

/// Reads a leaf as the next rule; its source, where it is a known one, and what it means.
pub(super) fn read(value: &Value, collector: &mut Collector<'_>) -> (Option<Source>, Option<Expr>) {
    let rule = collector.begin_rule(value.span, subject(value), clause(value));
    collector.check_keys(value, LEAF_KEYS);
    let source = source(value, collector);
    let expr = source.and_then(|source| asked(value, source, rule, collector));
    collector.end_rule();
    (source, expr)
}

fn subject(value: &Value) -> String {
    let parts = ["source", "field"].into_iter().filter_map(|key| plain(value.get(key)?));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
}

/// The rest of a leaf in the vendor's own words.
fn clause(value: &Value) -> String {
    let mut words = Vec::new();
    for key in ["op", "const_value", "value", "param", "const_date_value", "date_param"] {
        match value.get(key) {
            Some(Value { kind: JsonKind::Array(elements), .. }) => {
                words.extend(elements.iter().filter_map(plain));
            }
            Some(scalar) => words.extend(plain(scalar)),
            None => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

fn source(value: &Value, collector: &mut Collector<'_>) -> Option<Source> {
    let word = subject_word(value, "source", collector)?;
    let found = meaning(SOURCES, word.as_str());
    if found.is_none() {
        let message = format!("`{}` is no source", word.as_str());
        let legal = names(SOURCES);
        let (span, text) = (word.span(), word.as_str());
        let finding = collector.not_among(Kind::FieldUnknown, span, message, text, legal);
        collector.report(finding);
    }
    found.copied()
}

/// The word under `source` or `field`; that there is none is a finding.
fn subject_word<'v>(
    value: &'v Value,
    key: &str,
    collector: &mut Collector<'_>,
) -> Option<Word<'v>> {
    let span = match given(value, key) {
        Given::Word(word) => return Some(word),
        Given::Unusable => return None,
        Given::Blank(member) => member.value.span,
        Given::Absent => opening(value),
    };
    let message = format!("the rule has no `{key}`");
    collector.report(Finding::new(Kind::RuleTypeEmpty, span, message));
    None
}

fn asked(
    value: &Value,
    source: Source,
    rule: RuleId,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    let field = subject_word(value, "field", collector)?;
    let subject = match source {
        Source::Contact => Subject::Contact(contact::resolve(&field, collector)?),
        Source::Tracking => {
            Subject::Tracking(listed(&field, source, TRACKING_FIELDS, collector)?.clone())
        }
        Source::ListMembership => {
            Subject::Membership(*listed(&field, source, LIST_FIELDS, collector)?)
        }
        Source::Tags => Subject::Membership(*listed(&field, source, TAG_FIELDS, collector)?),
    };
    let (row, op) = operator(value, subject.class(), collector)?;
    operand::read(value, rule, subject, row, &op, collector)
}

/// What a field means, of a source whose fields are a table of words.
fn listed<T>(
    field: &Word<'_>,
    source: Source,
    fields: &'static [Term<T>],
    collector: &mut Collector<'_>,
) -> Option<&'static T> {
    let found = meaning(fields, field.as_str());
    if found.is_none() {
        let (span, text) = (field.span(), field.as_str());
        let message = format!("`{text}` is no field of source `{}`", source.name());
        let finding = collector.not_among(Kind::FieldUnknown, span, message, text, names(fields));
        collector.report(finding);
    }
    found
}

/// The operator's row, or a finding that tells an operator that nobody has from one that the source
/// lacks and from one that the field's type doesn't take.
fn operator<'v>(
    value: &'v Value,
    class: Class,
    collector: &mut Collector<'_>,
) -> Option<(&'static OperatorRow, Word<'v>)> {
    let legal = OPERATORS.iter().filter(move |row| row.class == class).map(|row| row.op.name());
    let word = match given(value, "op") {
        Given::Word(word) => word,
        Given::Unusable => return None,
        Given::Absent | Given::Blank(_) => {
            let span = value.get("op").map_or(opening(value), |op| op.span);
            let finding = Finding::new(Kind::OperatorUnknown, span, "the rule has no operator");
            collector.report(finding.legal("", legal));
            return None;
        }
    };
    let found = word.as_str();
    let op: Option<Op> = meaning(OPS, found).copied();
    let row = OPERATORS.iter().find(|row| row.class == class && Some(row.op) == op);
    if row.is_none() {
        let source = class.source();
        let source_has =
            OPERATORS.iter().any(|row| row.class.source() == source && Some(row.op) == op);
        let (kind, message) = if source_has {
            (class.illegal_operator(), format!("`{found}` cannot be used with this field"))
        } else if op.is_some() {
            let source = source.name();
            (Kind::OperatorUnknown, format!("`{found}` cannot be used with source `{source}`"))
        } else {
            (Kind::OperatorUnknown, format!("`{found}` is no operator"))
        };
        let finding = collector.not_among(kind, word.span(), message, found, legal);
        collector.report(finding);
    }
    row.map(|row| (row, word))
}
