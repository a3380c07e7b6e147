//! Criteria files written anew: whole or not at all, or only shown as a diff.

use super::Output;
use crate::output::sink::Sink;
use crate::source::SourceFile;
use anyhow::Context as _;
use clap::builder::styling::{AnsiColor, Color, Style};
use similar::{ChangeTag, TextDiff};
use std::io::{self, Write};
use std::path::Path;

/// Puts `text` into the place of a file, by renaming: a link stays one, permissions stay.
///
/// # Errors
///
/// The file or its folder can't be written to.
pub(super) fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let written = || -> io::Result<()> {
        let mut sink = Sink::file(path)?;
        sink.write_all(text.as_bytes())?;
        sink.commit(&mut io::sink())
    };
    written().with_context(|| format!("{} can't be written", path.display()))
}

const HEADER: Style = Style::new().bold();
const PLACE: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));
const REMOVED: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Red)));
const ADDED: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));

/// How many equal lines a diff shows around each change.
const AROUND: usize = 3;

/// Shows what would become of a file, as a unified diff.
///
/// # Errors
///
/// Standard output can't be written to.
pub(super) fn show(file: &SourceFile, after: &str, output: &Output) -> anyhow::Result<()> {
    let steered = output.is_terminal();
    output.styled(|out| unified(file.name(), file.text(), after, steered, out))
}

fn unified(
    name: &str,
    before: &str,
    after: &str,
    steered: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = |style: Style, text: &str| {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let safe = if steered { harmless(text) } else { text.to_owned() };
        writeln!(out, "{style}{safe}{style:#}")
    };
    let diff = TextDiff::from_lines(before, after);
    line(HEADER, &format!("--- {name}"))?;
    line(HEADER, &format!("+++ {name}"))?;
    for hunk in diff.unified_diff().context_radius(AROUND).iter_hunks() {
        line(PLACE, &hunk.header().to_string())?;
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Equal => (' ', Style::new()),
                ChangeTag::Delete => ('-', REMOVED),
                ChangeTag::Insert => ('+', ADDED),
            };
            line(style, &format!("{sign}{}", change.value()))?;
            if change.missing_newline() {
                line(Style::new(), "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// What a file holds must not steer the terminal.
fn harmless(text: &str) -> String {
    let shown = |c: char| if c.is_control() && c != '\t' { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(before: &str, after: &str, steered: bool) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        unified("f.json", before, after, steered, &mut out).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn diffs_are_unified() {
        let expected =
            "--- f.json\n+++ f.json\n@@ -1,2 +1,2 @@\n-a\n+b\n c\n\\ No newline at end of file\n";
        assert_eq!(diff("a\nc", "b\nc", false), expected);
        assert_eq!(diff("a\u{9b}\r\n", "a\n", true).lines().nth(3), Some("-a\u{fffd}\u{fffd}"));
    }
}
