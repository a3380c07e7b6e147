//! All kinds of findings, one a line.

use super::Filter;
use crate::finding::{Kind, Severity};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::io::{self, Write};

/// Writes an aligned table: code, name, severity, dialects, message. Styles are written as ANSI
/// escapes; a stream that should not show them takes them out.
pub fn list(filter: Filter, out: &mut dyn Write) -> io::Result<()> {
    let kinds: Vec<Kind> = filter.kinds().collect();
    let name = kinds.iter().map(|kind| kind.name().len()).max().unwrap_or(0);
    let title = Style::new().bold();
    let head = ["code", "name", "severity", "dialects", "message"];
    let [code, named, weight, dialects, message] = head;
    writeln!(out, "{title}{code}  {named:name$}  {weight}  {dialects}  {message}{title:#}")?;
    for kind in kinds {
        let code = code_of(kind);
        let style = style_of(kind.severity());
        let weight = kind.severity().name();
        let dialects = dialects_of(kind);
        let (named, message) = (kind.name(), kind.message());
        writeln!(
            out,
            "{code:>4}  {named:name$}  {style}{weight:8}{style:#}  {dialects:8}  {message}"
        )?;
    }
    Ok(())
}

/// The same for programs: `{"rules":[…]}`.
pub fn list_json(filter: Filter, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct List {
        rules: Vec<Described>,
    }
    let list = List { rules: filter.kinds().map(Described::of).collect() };
    serde_json::to_writer_pretty(&mut *out, &list)?;
    out.write_all(b"\n")
}

/// A kind as JSON shows it.
#[derive(Serialize)]
pub(super) struct Described {
    /// `null` for findings that have a name only.
    code: Option<u16>,
    name: &'static str,
    severity: &'static str,
    /// Those in which it can arise.
    dialects: &'static [&'static str],
    message: &'static str,
    explanation: &'static str,
    why: &'static str,
    /// Whether `--allow`, `--warn` and `--deny` take its name.
    can_be_set: bool,
}

impl Described {
    pub fn of(kind: Kind) -> Self {
        Self {
            code: Some(kind.code()).filter(|&code| code != 0),
            name: kind.name(),
            severity: kind.severity().name(),
            dialects: kind.dialects(),
            message: kind.message(),
            explanation: kind.explanation(),
            why: kind.why(),
            can_be_set: kind.severity() != Severity::Error,
        }
    }
}

/// The code as digits, nothing where there is none.
pub(super) fn code_of(kind: Kind) -> String {
    if kind.code() == 0 { String::new() } else { kind.code().to_string() }
}

/// The short names of the dialects in which it can arise, `-` for none.
pub(super) fn dialects_of(kind: Kind) -> String {
    match kind.dialects() {
        [] => "-".to_owned(),
        dialects => dialects.join(" "),
    }
}

pub(super) fn style_of(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::BrightGreen,
    };
    color.on_default().bold()
}
