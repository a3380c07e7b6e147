//! What the client said it can do.

use super::lines::Encoding;
use lsp_types::{InitializeParams, MarkupKind};

/// The client's abilities, as far as something here hangs on them.
#[derive(Debug, Clone, Default)]
pub(super) struct Client {
    /// What it counts on a line.
    pub encoding: Encoding,
    /// Diagnostics may point at other places.
    pub related: bool,
    /// Diagnostics may carry data, which come back with a request for actions.
    pub data: bool,
    /// Actions may be given as edits, not as commands only.
    pub actions: bool,
    /// An action may say that it is the one to take.
    pub preferred: bool,
    /// Edits may name the version that they are made for.
    pub versioned_edits: bool,
    /// Hovers may be Markdown.
    pub markdown_hover: bool,
    /// The documentation of a completion may be Markdown.
    pub markdown_completion: bool,
    /// Files to watch may be named after the start…
    pub watches: bool,
    /// …by their folder and name.
    pub watches_relative: bool,
}

impl Client {
    pub fn of(params: &InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let general = capabilities.general.as_ref();
        let text = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let published = text.and_then(|text| text.publish_diagnostics.as_ref());
        let action = text.and_then(|text| text.code_action.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref());
        let item = text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref());
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watching = workspace.and_then(|it| it.did_change_watched_files.as_ref());
        let offered = general.and_then(|general| general.position_encodings.as_deref());
        let says = |flag: Option<bool>| flag == Some(true);
        let markdown = |kinds: Option<&Vec<MarkupKind>>| {
            kinds.is_some_and(|kinds| kinds.contains(&MarkupKind::Markdown))
        };
        Self {
            encoding: Encoding::agreed(offered.unwrap_or(&[])),
            related: says(published.and_then(|published| published.related_information)),
            data: says(published.and_then(|published| published.data_support)),
            actions: action.is_some_and(|action| action.code_action_literal_support.is_some()),
            preferred: says(action.and_then(|action| action.is_preferred_support)),
            versioned_edits: says(edit.and_then(|edit| edit.document_changes)),
            markdown_hover: markdown(hover.and_then(|hover| hover.content_format.as_ref())),
            markdown_completion: markdown(item.and_then(|it| it.documentation_format.as_ref())),
            watches: says(watching.and_then(|watching| watching.dynamic_registration)),
            watches_relative: says(watching.and_then(|watching| watching.relative_pattern_support)),
        }
    }
}
