//! Findings as the protocol's diagnostics.

use super::client::Client;
use super::document::Document;
use crate::finding::{Finding, Severity};
use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    PublishDiagnosticsParams, TextEdit,
};
use serde_json::json;

/// Who says it.
pub(super) const SOURCE: &str = "segkit";

/// More findings of one document than this aren't sent: nobody reads them, and editors choke.
const MOST: usize = 1000;

/// All that was found in a document.
pub(super) fn published(document: &Document, client: &Client) -> PublishDiagnosticsParams {
    let found = document.findings().iter().take(MOST);
    PublishDiagnosticsParams {
        uri: document.uri.clone(),
        diagnostics: found.map(|finding| diagnostic(document, finding, client)).collect(),
        version: Some(document.version),
    }
}

/// One finding. What would be legal stands in the message, where every client shows it.
pub(super) fn diagnostic(document: &Document, finding: &Finding, client: &Client) -> Diagnostic {
    let message = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let fix = fix(document, finding).filter(|_| client.data);
    Diagnostic {
        range: document.lines().range(document.text(), finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(code(finding)),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: client.related.then(|| related(document, finding)),
        data: fix.map(|edit| json!({ "fix": edit })),
        ..Diagnostic::default()
    }
}

/// A finding's certain fix, as an edit of the document.
pub(super) fn fix(document: &Document, finding: &Finding) -> Option<TextEdit> {
    let fix = finding.fix.as_ref()?;
    let range = document.lines().range(document.text(), fix.span);
    Some(TextEdit { range, new_text: fix.replacement.clone() })
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Note => DiagnosticSeverity::INFORMATION,
    }
}

/// The number, or the name of what has none.
fn code(finding: &Finding) -> NumberOrString {
    match finding.kind.code() {
        0 => NumberOrString::String(finding.kind.name().to_owned()),
        code => NumberOrString::Number(i32::from(code)),
    }
}

fn related(document: &Document, finding: &Finding) -> Vec<DiagnosticRelatedInformation> {
    let other = |(span, label): &(_, String)| DiagnosticRelatedInformation {
        location: Location {
            uri: document.uri.clone(),
            range: document.lines().range(document.text(), *span),
        },
        message: label.clone(),
    };
    finding.related.iter().map(other).collect()
}
