//! What is shown of the word under the pointer: what it means, and what the codes found there mean.

use super::client::Client;
use super::document::Document;
use super::settings::Settings;
use crate::dialect;
use crate::finding::Finding;
use crate::source::Span;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

pub(super) fn hover(
    document: &Document,
    settings: &Settings,
    client: &Client,
    position: Position,
) -> Option<Hover> {
    if !document.is_looked_at() {
        return None;
    }
    let offset = document.lines().offset(document.text(), position);
    let described = dialect::describe(document.file(), &settings.context(), offset);
    let found = document.findings().iter();
    let here: Vec<&Finding> = found.filter(|finding| holds(finding.span, offset)).collect();
    let span = described.as_ref().map(|described| described.span);
    let span = span.or_else(|| here.first().map(|finding| finding.span))?;
    let codes = here.iter().map(|finding| explained(finding));
    let texts: Vec<String> =
        described.map(|described| described.text).into_iter().chain(codes).collect();
    let kind = if client.markdown_hover { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = MarkupContent { kind, value: texts.join("\n\n---\n\n") };
    Some(Hover {
        contents: HoverContents::Markup(contents),
        range: Some(document.lines().range(document.text(), span)),
    })
}

fn holds(span: Span, offset: usize) -> bool {
    span.start <= offset && (offset < span.end || span.start == span.end)
}

/// What a code means.
fn explained(finding: &Finding) -> String {
    let kind = finding.kind;
    let code = match kind.code() {
        0 => String::new(),
        code => format!("{code} "),
    };
    format!("**{code}{}**: {}", kind.name(), kind.explanation())
}
