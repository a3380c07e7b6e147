//! The session: the order that the protocol wants, the settings, the open documents, and who answers
//! which message.

use super::actions::{self, FIX_ALL};
use super::client::Client;
use super::completion::{self, TRIGGERS};
use super::diagnostics;
use super::document::Document;
use super::hover;
use super::settings::{Settings, SettingsSource};
use super::wire::{Incoming, Outgoing};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    Cancel, DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument,
    DidOpenTextDocument, DidSaveTextDocument, Exit, Initialized, Notification as _,
    PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, Completion, HoverRequest, Initialize, RegisterCapability, Request as _,
    Shutdown, UnregisterCapability,
};
use lsp_types::{
    CancelParams, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, CompletionOptions, CompletionParams, CompletionResponse,
    DidChangeTextDocumentParams, DidChangeWatchedFilesRegistrationOptions,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileSystemWatcher, GlobPattern, Hover,
    HoverParams, HoverProviderCapability, InitializeParams, InitializeResult, MessageType,
    NumberOrString, OneOf, PublishDiagnosticsParams, Registration, RegistrationParams,
    RelativePattern, ServerCapabilities, ServerInfo, ShowMessageParams, TextDocumentIdentifier,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, Unregistration, UnregistrationParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The client said goodbye in the protocol's order.
    InOrder,
    /// It left without.
    Abrupt,
}

/// How far the session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Before `initialize`.
    Fresh,
    Running,
    /// After `shutdown`.
    Over,
}

/// The session with one client.
pub(super) struct Server<'s> {
    source: &'s mut dyn SettingsSource,
    settings: Settings,
    /// What the files of the settings looked like when they were read.
    stamps: Vec<Stamp>,
    client: Client,
    phase: Phase,
    /// By their URIs.
    documents: BTreeMap<String, Document>,
    outgoing: Vec<Outgoing>,
}

/// A file, and when it was last changed; `None` where it isn't there.
type Stamp = (PathBuf, Option<SystemTime>);

/// The answer to a request: a result, or an error and what to say of it.
type Answer = Result<Value, (ErrorCode, String)>;

impl<'s> Server<'s> {
    pub fn new(source: &'s mut dyn SettingsSource) -> Self {
        Self {
            settings: source.without_files(),
            source,
            stamps: Vec::new(),
            client: Client::default(),
            phase: Phase::Fresh,
            documents: BTreeMap::new(),
            outgoing: Vec::new(),
        }
    }

    /// What is to be sent; it is forgotten with that.
    pub fn outgoing(&mut self) -> Vec<Outgoing> {
        std::mem::take(&mut self.outgoing)
    }

    /// Takes the messages that have come in, in their order. Requests that are cancelled among them
    /// aren't worked on.
    pub fn take(&mut self, batch: Vec<Incoming>) -> Option<Ending> {
        let cancelled: HashSet<RequestId> = batch.iter().filter_map(cancelled).collect();
        for incoming in batch {
            match incoming {
                Incoming::Refused(refusal) => self.outgoing.push(Outgoing::Refusal(refusal)),
                Incoming::Message(Message::Request(request)) => {
                    let answer = if cancelled.contains(&request.id) {
                        Err((ErrorCode::RequestCanceled, "cancelled".to_owned()))
                    } else {
                        self.answer(&request.method, request.params)
                    };
                    self.reply(request.id, answer);
                }
                Incoming::Message(Message::Notification(notification)) => {
                    if notification.method == Exit::METHOD {
                        let in_order = self.phase == Phase::Over;
                        return Some(if in_order { Ending::InOrder } else { Ending::Abrupt });
                    }
                    if self.phase == Phase::Running {
                        self.note(&notification.method, notification.params);
                    }
                }
                // What is registered needs no answer, and nothing else is asked.
                Incoming::Message(Message::Response(_)) => {}
            }
        }
        None
    }

    /// Checks the documents that have changed, each in its last version only.
    pub fn check_changed(&mut self) {
        if self.phase != Phase::Running {
            return;
        }
        let settings = &self.settings;
        let changed = self.documents.values_mut().filter_map(|it| it.check(settings).then_some(it));
        let published = changed.map(|document| diagnostics::published(document, &self.client));
        self.outgoing.extend(published.map(notification::<PublishDiagnostics>));
    }

    fn reply(&mut self, id: RequestId, answer: Answer) {
        let response = match answer {
            Ok(result) => Response::new_ok(id, result),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        self.outgoing.push(Outgoing::Message(response.into()));
    }

    fn answer(&mut self, method: &str, params: Value) -> Answer {
        let refuse = |code, message: &str| Err((code, message.to_owned()));
        match (self.phase, method) {
            (Phase::Fresh, Initialize::METHOD) => self.initialize(params),
            (Phase::Fresh, _) => {
                refuse(ErrorCode::ServerNotInitialized, "`initialize` has to come first")
            }
            (Phase::Over, _) => refuse(ErrorCode::InvalidRequest, "the session has been shut down"),
            (Phase::Running, Shutdown::METHOD) => {
                self.phase = Phase::Over;
                Ok(Value::Null)
            }
            (Phase::Running, HoverRequest::METHOD) => self.with(params, Self::hover),
            (Phase::Running, Completion::METHOD) => self.with(params, Self::completion),
            (Phase::Running, CodeActionRequest::METHOD) => self.with(params, Self::actions),
            (Phase::Running, Initialize::METHOD) => {
                refuse(ErrorCode::InvalidRequest, "`initialize` comes once")
            }
            (Phase::Running, _) => {
                Err((ErrorCode::MethodNotFound, format!("`{method}` is not offered")))
            }
        }
    }

    /// Answers a request whose parameters are of the method's type.
    fn with<P: DeserializeOwned, R: Serialize>(
        &mut self,
        params: Value,
        make: impl FnOnce(&mut Self, P) -> R,
    ) -> Answer {
        let params = serde_json::from_value(params)
            .map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
        serde_json::to_value(make(self, params))
            .map_err(|error| (ErrorCode::InternalError, error.to_string()))
    }

    fn initialize(&mut self, params: Value) -> Answer {
        self.with(params, |server, params: InitializeParams| {
            server.client = Client::of(&params);
            server.phase = Phase::Running;
            InitializeResult {
                capabilities: server.capabilities(),
                server_info: Some(ServerInfo {
                    name: env!("CARGO_PKG_NAME").to_owned(),
                    version: Some(env!("CARGO_PKG_VERSION").to_owned()),
                }),
            }
        })
    }

    fn capabilities(&self) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        };
        let kinds = vec![CodeActionKind::QUICKFIX, FIX_ALL];
        ServerCapabilities {
            position_encoding: Some(self.client.encoding.name()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(kinds),
                ..CodeActionOptions::default()
            })),
            ..ServerCapabilities::default()
        }
    }

    /// Takes a notification. One whose parameters can't be read is dropped: there is nobody to tell.
    fn note(&mut self, method: &str, params: Value) {
        fn read<P: DeserializeOwned>(params: Value, then: impl FnOnce(P)) {
            if let Ok(params) = serde_json::from_value(params) {
                then(params);
            }
        }
        match method {
            Initialized::METHOD => {
                self.load();
            }
            DidOpenTextDocument::METHOD => read(params, |params| self.open(params)),
            DidChangeTextDocument::METHOD => read(params, |params| self.change(params)),
            DidCloseTextDocument::METHOD => read(params, |params| self.close(params)),
            DidChangeWatchedFiles::METHOD => self.load(),
            // Not every client watches files.
            DidSaveTextDocument::METHOD if self.stamps != stamps(&self.source.files()) => {
                self.load();
            }
            _ => {}
        }
    }

    /// Reads the settings. Where they can't be read the session goes on with those of before.
    fn load(&mut self) {
        let before = self.source.files();
        self.stamps = stamps(&before);
        match self.source.load() {
            Ok(settings) => self.settings = settings,
            Err(error) => {
                let message = format!("{error:#}; what was known before still counts");
                let typ = MessageType::WARNING;
                self.outgoing.push(notification::<ShowMessage>(ShowMessageParams { typ, message }));
            }
        }
        let files = self.source.files();
        if files != before {
            self.stamps = stamps(&files);
            self.watch(!before.is_empty(), &files);
        }
        self.documents.values_mut().for_each(Document::forget);
    }

    /// Asks the client to say when a file of the settings changes; `again` says that it was asked
    /// about other files before.
    fn watch(&mut self, again: bool, files: &[PathBuf]) {
        if !self.client.watches {
            return;
        }
        if again {
            let method = DidChangeWatchedFiles::METHOD.to_owned();
            let before = Unregistration { id: "segkit-settings".to_owned(), method };
            let params = UnregistrationParams { unregisterations: vec![before] };
            let id = RequestId::from("segkit-settings-before".to_owned());
            let request = Request::new(id, UnregisterCapability::METHOD.to_owned(), params);
            self.outgoing.push(Outgoing::Message(request.into()));
        }
        if files.is_empty() {
            return;
        }
        let watchers = files.iter().filter_map(|file| self.watcher(file)).collect();
        let options = DidChangeWatchedFilesRegistrationOptions { watchers };
        let registration = Registration {
            id: "segkit-settings".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = RegistrationParams { registrations: vec![registration] };
        let id = RequestId::from("segkit-settings".to_owned());
        let request = Request::new(id, RegisterCapability::METHOD.to_owned(), params);
        self.outgoing.push(Outgoing::Message(request.into()));
    }

    fn watcher(&self, file: &Path) -> Option<FileSystemWatcher> {
        let file = std::path::absolute(file).ok()?;
        let glob_pattern = if self.client.watches_relative {
            let pattern = literal(file.file_name()?.to_str()?);
            let base_uri = OneOf::Right(folder_uri(file.parent()?)?);
            GlobPattern::Relative(RelativePattern { base_uri, pattern })
        } else {
            GlobPattern::String(literal(file.to_str()?))
        };
        Some(FileSystemWatcher { glob_pattern, kind: None })
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let document = Document::open(params.text_document, self.client.encoding);
        self.documents.insert(document.uri.as_str().to_owned(), document);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let id = params.text_document;
        if let Some(document) = self.documents.get_mut(id.uri.as_str()) {
            document.change(id.version, params.content_changes, self.client.encoding);
        }
    }

    /// Forgets a document, and takes back what was said of it.
    fn close(&mut self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        if self.documents.remove(uri.as_str()).is_some() {
            let nothing = PublishDiagnosticsParams::new(uri, Vec::new(), None);
            self.outgoing.push(notification::<PublishDiagnostics>(nothing));
        }
    }

    /// Checks a document whose findings are asked for, unless its last version has been.
    fn check(&mut self, id: &TextDocumentIdentifier) {
        let Some(document) = self.documents.get_mut(id.uri.as_str()) else {
            return;
        };
        if document.check(&self.settings) {
            let published = diagnostics::published(document, &self.client);
            self.outgoing.push(notification::<PublishDiagnostics>(published));
        }
    }

    fn hover(&mut self, params: HoverParams) -> Option<Hover> {
        let at = params.text_document_position_params;
        self.check(&at.text_document);
        let document = self.documents.get(at.text_document.uri.as_str())?;
        hover::hover(document, &self.settings, &self.client, at.position)
    }

    fn completion(&mut self, params: CompletionParams) -> Option<CompletionResponse> {
        let at = params.text_document_position;
        let document = self.documents.get(at.text_document.uri.as_str())?;
        let items = completion::completion(document, &self.settings, &self.client, at.position);
        Some(CompletionResponse::Array(items))
    }

    fn actions(&mut self, params: CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
        self.check(&params.text_document);
        let document = self.documents.get(params.text_document.uri.as_str())?;
        let only = params.context.only.as_deref();
        Some(actions::actions(document, &self.client, params.range, only))
    }
}

/// The request that a message cancels.
fn cancelled(incoming: &Incoming) -> Option<RequestId> {
    let Incoming::Message(Message::Notification(notification)) = incoming else {
        return None;
    };
    if notification.method != Cancel::METHOD {
        return None;
    }
    let params: CancelParams = serde_json::from_value(notification.params.clone()).ok()?;
    Some(match params.id {
        NumberOrString::Number(id) => id.into(),
        NumberOrString::String(id) => id.into(),
    })
}

fn notification<N: lsp_types::notification::Notification>(params: N::Params) -> Outgoing {
    Outgoing::Message(Notification::new(N::METHOD.to_owned(), params).into())
}

fn stamps(files: &[PathBuf]) -> Vec<Stamp> {
    let modified = |file: &PathBuf| fs::metadata(file).and_then(|data| data.modified()).ok();
    files.iter().map(|file| (file.clone(), modified(file))).collect()
}

/// The `file:` URI of a folder.
fn folder_uri(folder: &Path) -> Option<Uri> {
    let mut uri = "file://".to_owned();
    let path = folder.to_str()?.replace('\\', "/");
    if !path.starts_with('/') {
        uri.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.parse().ok()
}

/// A glob that means these characters only.
fn literal(path: &str) -> String {
    let escaped = path.replace('\\', "/");
    escaped.chars().map(|c| if "*?{}[]".contains(c) { '?' } else { c }).collect()
}

#[cfg(test)]
mod tests;
