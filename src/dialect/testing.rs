//! What the tables of tests in this room are read with.

use super::{Context, Reading, read};
use crate::account::{Account, FieldDef, FieldKind};
use crate::finding::{Finding, Severity};
use crate::source::{SourceFile, edit};
use crate::value::{DayOrder, Instant, Stamp, Zone};

/// The instant of every test here.
pub const AS_OF: &str = "2025-06-30T12:00:00Z";

pub fn as_of() -> Instant {
    Stamp::parse(AS_OF, DayOrder::MonthFirst).unwrap().instant(Zone::UTC)
}

/// Reads `text` with an account.
pub fn reading(text: &str, account: &Account) -> Reading {
    let file = SourceFile::new("test.json", text.as_bytes().to_vec());
    read(&file, &Context { account, as_of: as_of(), zone: Zone::UTC, dialect: None })
}

fn shown(text: &str, finding: &Finding) -> String {
    let code = match finding.kind.code() {
        0 => finding.kind.name().to_owned(),
        code => code.to_string(),
    };
    let rule = finding.target.rule.map_or(String::new(), |rule| format!("@{rule}"));
    format!("{code}{rule} {}", &text[finding.span.start..finding.span.end])
}

/// The findings as `code@rule` or `name@rule` and the characters that they point at.
pub fn findings(text: &str, account: &Account) -> Vec<String> {
    reading(text, account).findings.iter().map(|finding| shown(text, finding)).collect()
}

/// The same, of errors only.
pub fn errors(text: &str, account: &Account) -> Vec<String> {
    let reading = reading(text, account);
    let errors = reading.findings.iter().filter(|f| f.kind.severity() == Severity::Error);
    errors.map(|finding| shown(text, finding)).collect()
}

/// The text after the fix of the first finding of this name; empty where that has none. The fix must
/// mend it: afterwards there is one finding of the name less.
pub fn mended(text: &str, name: &str, account: &Account) -> String {
    let named = |text: &str| -> Vec<Finding> {
        let findings = reading(text, account).findings.into_iter();
        findings.filter(|finding| finding.kind.name() == name).collect()
    };
    let found = named(text);
    let Some(fix) = found.first().and_then(|finding| finding.fix.as_ref()) else {
        return String::new();
    };
    let (after, applied) = edit::apply(text, [(fix.span, fix.replacement.as_str())]);
    assert_eq!(applied, 1, "{text}");
    assert_eq!(named(&after).len(), found.len() - 1, "{text} became {after}");
    after
}

/// What the first segment means, printed; the findings where it means nothing.
pub fn meaning(text: &str, account: &Account) -> String {
    let reading = reading(text, account);
    match reading.segments.first().and_then(|segment| segment.segment.as_ref()) {
        Some(segment) => segment.expr.to_string(),
        None => format!("{:?}", findings(text, account)),
    }
}

/// An account that knows these fields, each its own key: name, type, options joined by `|`.
pub fn account(fields: &[(&str, FieldKind, &str)]) -> Account {
    let def = |&(name, kind, options): &(&str, FieldKind, &str)| FieldDef {
        name: name.to_owned(),
        key: Some(name.replace(' ', "")),
        id: None,
        kind,
        options: options.split('|').filter(|o| !o.is_empty()).map(str::to_owned).collect(),
        option_ids: Vec::new(),
        date_order: DayOrder::MonthFirst,
    };
    Account { fields: Some(fields.iter().map(def).collect()), ..Account::default() }
}
