//! What may be written at the cursor, as the protocol's completions.

use super::client::Client;
use super::document::Document;
use super::settings::Settings;
use crate::dialect::{self, Suggestion, WordKind};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat,
    MarkupContent, MarkupKind, Position, Range, TextEdit,
};

/// The characters after which something may be completed: a key or a word begins, a value, an object
/// of a verb.
pub(super) const TRIGGERS: [&str; 3] = ["\"", ":", " "];

pub(super) fn completion(
    document: &Document,
    settings: &Settings,
    client: &Client,
    position: Position,
) -> Vec<CompletionItem> {
    if !document.is_looked_at() {
        return Vec::new();
    }
    let offset = document.lines().offset(document.text(), position);
    let suggestions = dialect::suggest(document.file(), &settings.context(), offset);
    let range = document.lines().range(document.text(), suggestions.span);
    let items = suggestions.items.into_iter().enumerate();
    items.map(|(place, suggestion)| item(place, suggestion, range, client)).collect()
}

fn item(place: usize, suggestion: Suggestion, range: Range, client: &Client) -> CompletionItem {
    let kind =
        if client.markdown_completion { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let about = MarkupContent { kind, value: suggestion.about };
    let has_more = suggestion.filter != suggestion.label;
    CompletionItem {
        label: suggestion.label,
        kind: Some(item_kind(suggestion.kind)),
        detail: Some(suggestion.detail).filter(|detail| !detail.is_empty()),
        documentation: (!about.value.is_empty()).then_some(Documentation::MarkupContent(about)),
        // The tables' order is the vendor's, and means more than the alphabet.
        sort_text: Some(format!("{place:05}")),
        filter_text: has_more.then_some(suggestion.filter),
        insert_text_format: Some(InsertTextFormat::PLAIN_TEXT),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: suggestion.insert })),
        ..CompletionItem::default()
    }
}

fn item_kind(kind: WordKind) -> CompletionItemKind {
    match kind {
        WordKind::Key => CompletionItemKind::PROPERTY,
        WordKind::Field => CompletionItemKind::FIELD,
        WordKind::Operator => CompletionItemKind::OPERATOR,
        WordKind::Word => CompletionItemKind::ENUM_MEMBER,
        WordKind::Option => CompletionItemKind::VALUE,
        WordKind::Id => CompletionItemKind::REFERENCE,
    }
}
