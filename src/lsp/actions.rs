//! Code actions: the certain fixes of findings, one by one and all at once.

use super::client::Client;
use super::diagnostics::{diagnostic, fix};
use super::document::Document;
use crate::finding::{Finding, Fix};
use crate::source::Span;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use std::collections::HashMap;

/// The kind of the action that applies every fix of a document.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.segkit");

/// The actions for a range; `only` holds the kinds that the client wants, all where it is `None`.
pub(super) fn actions(
    document: &Document,
    client: &Client,
    range: Range,
    only: Option<&[CodeActionKind]>,
) -> Vec<CodeActionOrCommand> {
    if !client.actions {
        return Vec::new();
    }
    let wanted =
        |kind: &CodeActionKind| only.is_none_or(|only| only.iter().any(|o| holds(o, kind)));
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        actions.extend(quick_fixes(document, client, range));
    }
    if wanted(&FIX_ALL) {
        actions.extend(fix_all(document, client));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// True where a kind is, or is a part of, another: `source.fixAll` holds `source.fixAll.segkit`.
fn holds(outer: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(outer.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || outer.as_str().is_empty())
}

fn quick_fixes(document: &Document, client: &Client, range: Range) -> Vec<CodeAction> {
    let (text, lines) = (document.text(), document.lines());
    let asked = Span::new(lines.offset(text, range.start), lines.offset(text, range.end));
    let touches =
        |finding: &&Finding| finding.span.start <= asked.end && asked.start <= finding.span.end;
    let found = document.findings().iter().filter(touches);
    let action = |finding: &Finding| {
        let edit = fix(document, finding)?;
        Some(CodeAction {
            title: title(document, finding.fix.as_ref()?),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic(document, finding, client)]),
            edit: Some(workspace_edit(document, client, vec![edit])),
            is_preferred: client.preferred.then_some(true),
            ..CodeAction::default()
        })
    };
    found.filter_map(action).collect()
}

/// Every fix at once; of two that touch the same characters the first. `None` where there are none.
fn fix_all(document: &Document, client: &Client) -> Option<CodeAction> {
    let mut fixed: Vec<&Finding> =
        document.findings().iter().filter(|finding| finding.fix.is_some()).collect();
    fixed.sort_by_key(|finding| finding.fix.as_ref().map(|fix| fix.span));
    let mut end = 0;
    let mut edits = Vec::new();
    for finding in fixed {
        let span = finding.fix.as_ref().map_or(Span::default(), |fix| fix.span);
        if span.start >= end {
            end = span.end.max(span.start + 1);
            edits.extend(fix(document, finding));
        }
    }
    (!edits.is_empty()).then(|| CodeAction {
        title: "Apply every certain fix of segkit".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(workspace_edit(document, client, edits)),
        ..CodeAction::default()
    })
}

/// Words of the file are cut behind this many characters.
const LONGEST: usize = 40;

fn title(document: &Document, fix: &Fix) -> String {
    let cropped = |words: &str| match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or("")),
        None => words.to_owned(),
    };
    let (old, new) = (cropped(document.file().slice(fix.span)), cropped(&fix.replacement));
    match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("Insert `{new}`"),
        (false, true) => format!("Remove `{old}`"),
        (false, false) => format!("Replace `{old}` by `{new}`"),
    }
}

fn workspace_edit(document: &Document, client: &Client, edits: Vec<TextEdit>) -> WorkspaceEdit {
    let uri = document.uri.clone();
    if !client.versioned_edits {
        #[allow(
            clippy::mutable_key_type,
            reason = "the type is the protocol's, and hashed as text"
        )]
        let changes = HashMap::from([(uri, edits)]);
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let version = Some(document.version);
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    let changes = Some(DocumentChanges::Edits(vec![edit]));
    WorkspaceEdit { document_changes: changes, ..WorkspaceEdit::default() }
}
