//! Laying out prose and examples for a terminal.

use std::io::{self, Write};

/// The columns that prose fills.
const WIDTH: usize = 88;
/// An example longer than this is cut…
const MOST_LINES: usize = 40;
/// …to this many lines.
const SHOWN_LINES: usize = 16;
/// A line of an example longer than this is cut.
const LONGEST_LINE: usize = 120;

/// A paragraph, broken between words, each line behind `indent`.
pub(super) fn paragraph(text: &str, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = indent.len() + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && length > WIDTH {
            writeln!(out, "{indent}{line}")?;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{indent}{line}")
}

/// A file or report as it stands, indented, and cut where it is too long to be read.
pub(super) fn block(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let shown = if lines.len() > MOST_LINES { SHOWN_LINES } else { lines.len() };
    for line in lines.iter().take(shown) {
        match line.char_indices().nth(LONGEST_LINE) {
            _ if line.is_empty() => writeln!(out)?,
            Some((end, _)) => writeln!(out, "    {}…", line.get(..end).unwrap_or(""))?,
            None => writeln!(out, "    {line}")?,
        }
    }
    if shown < lines.len() {
        writeln!(out, "    … {} more lines", lines.len() - shown)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn paragraphs_are_filled() {
        let words = "word ".repeat(40);
        let text = written(|out| paragraph(&words, "  ", out));
        assert!(text.lines().all(|line| line.len() <= WIDTH && line.starts_with("  word")));
        assert_eq!(text.split_whitespace().count(), 40);
        assert_eq!(written(|out| paragraph("", "", out)), "\n");
    }

    #[test]
    fn long_blocks_are_cut() {
        let text = written(|out| block(&"line\n".repeat(41), out));
        assert_eq!(text.lines().count(), SHOWN_LINES + 1);
        assert!(text.ends_with("    … 25 more lines\n"));
        assert_eq!(written(|out| block("a\n\nb\n", out)), "    a\n\n    b\n");
        let wide = written(|out| block(&"é".repeat(200), out));
        assert_eq!(wide.trim().chars().count(), LONGEST_LINE + 1);
    }
}
