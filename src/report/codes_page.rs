//! `docs/codes.md`: the table of codes as a page.

use crate::finding::{Kind, Level, Severity};
use std::io::{self, Write};

const HEAD: &str = "\
# Codes

Everything that segkit can find. This page is printed from the table in `src/finding/kinds.rs`; a
test fails when they differ.

An *error* makes a file invalid; warnings and notes never do, unless `--deny warnings` is given.
Codes below 2800 are Campaign Monitor's own, those from 2801 on segkit's; a finding without a code
has a name only. \"Shows in\" says which part of the 277 answer carries the code: the answer itself,
the rule, or the rule's clause (the rule then has 2703). A finding that concerns no single rule is
always the answer's.

Checking a file never finds 271, 272, 278, 283 and 284, which belong to operations on stored
segments. 275, 2751, 2753 and 2826 are found where the account is known: its segments, its campaigns
with where they were sent, and their links (see docs/config.md).

\"In\" names the dialects in which checking a file can find it: Constant Contact (cc), Campaign Monitor
(cm), EngageLab (el). `segkit rules CODE` shows the same with a wrong and a right example of each, which
stand in `fixtures/rules`.

| Code | Name | Severity | In | Shows in | Message | Meaning | Why it matters |
|---|---|---|---|---|---|---|---|
";

/// Writes the page.
pub fn codes_page(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    for &kind in Kind::ALL {
        let code = match kind.code() {
            0 => String::new(),
            code => code.to_string(),
        };
        let shows = match (kind.severity(), kind.level()) {
            // Only errors reach the answer.
            (Severity::Warning | Severity::Note, _) => "",
            (_, Level::Body) => "answer",
            (_, Level::Rule) => "rule",
            (_, Level::Clause) => "clause",
        };
        let (name, severity) = (kind.name(), kind.severity().name());
        let dialects = kind.dialects().join(" ");
        let texts = [kind.message(), kind.explanation(), kind.why()].map(cell);
        let texts = texts.join(" | ");
        writeln!(out, "| {code} | `{name}` | {severity} | {dialects} | {shows} | {texts} |")?;
    }
    Ok(())
}

/// A text as a cell of a Markdown table; what stands in backticks is code already, and only the
/// bar has a meaning there.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len() + 8);
    let mut code = false;
    for c in text.chars() {
        code ^= c == '`';
        if c == '|' || (!code && "\\*_[]<>^".contains(c)) {
            cell.push('\\');
        }
        cell.push(c);
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_escaped() {
        for (text, expected) in [
            ("a|b", "a\\|b"),
            ("`a_b|c` and d_e", "`a_b\\|c` and d\\_e"),
            ("^ ? + . * \\ [ ]", "\\^ ? + . \\* \\\\ \\[ \\]"),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
