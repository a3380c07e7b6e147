//! One kind of finding explained: what it means, why it matters, examples, what would be legal,
//! and how it can be set.

use super::list::{Described, code_of, dialects_of, style_of};
use super::prose::{block, paragraph};
use super::words::{Legal, legal};
use super::{Example, Filter, examples_of, how_to_set};
use crate::dialect::Dialect;
use crate::finding::Kind;
use anstyle::Style;
use serde::Serialize;
use std::io::{self, Write};

/// Writes what there is to say of some kinds, for people: of the examples the first of each
/// dialect. Styles are written as ANSI escapes; a stream that should not show them takes them out.
pub fn explain(kinds: &[Kind], filter: Filter, out: &mut dyn Write) -> io::Result<()> {
    for (at, &kind) in kinds.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        explain_one(kind, filter, out)?;
    }
    Ok(())
}

fn explain_one(kind: Kind, filter: Filter, out: &mut dyn Write) -> io::Result<()> {
    let (bold, style) = (Style::new().bold(), style_of(kind.severity()));
    let title = [code_of(kind), kind.name().to_owned()];
    let title = title.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let severity = kind.severity().name();
    let dialects = dialects_of(kind);
    writeln!(out, "{style}{severity}{style:#} {bold}{title}{bold:#} ({dialects})")?;
    paragraph(kind.message(), "", out)?;
    writeln!(out)?;
    paragraph(kind.explanation(), "", out)?;
    writeln!(out)?;
    paragraph(&format!("Why it matters: {}", kind.why()), "", out)?;
    let mut last = None;
    for example in examples_of(kind, filter) {
        if last != example.dialect() {
            show(example, out)?;
        }
        last = example.dialect();
    }
    let legal = legal_of(kind, filter);
    if !legal.is_empty() {
        writeln!(out, "\n{bold}Legal{bold:#}:")?;
    }
    for row in &legal {
        let line = format!("{}, {}: {}", row.dialect, row.of, row.words.join(", "));
        paragraph(&line, "    ", out)?;
    }
    writeln!(out)?;
    paragraph(&how_to_set(kind), "", out)
}

fn show(example: &Example, out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    let dialect = example.dialect().map_or("", Dialect::name);
    let flags = example.flags.split_whitespace().collect::<Vec<_>>().join(" ");
    let checked = match flags.as_str() {
        "" => "It brings".to_owned(),
        flags => format!("Checked with {flags} it brings"),
    };
    writeln!(out, "\n{bold}Wrong{bold:#} in {dialect}:\n")?;
    block(example.wrong, out)?;
    writeln!(out, "\n{checked}:\n")?;
    block(findings_of(example.report), out)?;
    writeln!(out, "\n{bold}Right{bold:#}:\n")?;
    block(example.right, out)
}

/// A report without its last line, which counts.
fn findings_of(report: &str) -> &str {
    let report = report.trim_end();
    report.rsplit_once('\n').map_or(report, |(findings, _)| findings)
}

fn legal_of(kind: Kind, filter: Filter) -> Vec<Legal> {
    let mut rows = legal(kind);
    rows.retain(|row| filter.shows(row.dialect));
    rows
}

/// The same for programs, with every example: `{"rules":[…]}`.
pub fn explain_json(kinds: &[Kind], filter: Filter, out: &mut dyn Write) -> io::Result<()> {
    let rules = kinds.iter().map(|&kind| Explained::of(kind, filter)).collect();
    serde_json::to_writer_pretty(&mut *out, &Explanations { rules })?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Explanations {
    rules: Vec<Explained>,
}

#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    described: Described,
    examples: Vec<Shown>,
    legal: Vec<LegalWords>,
}

#[derive(Serialize)]
struct Shown {
    dialect: Option<&'static str>,
    wrong: &'static str,
    flags: Vec<&'static str>,
    report: &'static str,
    right: &'static str,
}

#[derive(Serialize)]
struct LegalWords {
    dialect: &'static str,
    of: String,
    words: Vec<String>,
}

impl Explained {
    fn of(kind: Kind, filter: Filter) -> Self {
        let shown = |example: &Example| Shown {
            dialect: example.dialect().map(Dialect::name),
            wrong: example.wrong,
            flags: example.flags.split_whitespace().collect(),
            report: example.report,
            right: example.right,
        };
        let words = |row: Legal| {
            let Legal { dialect, of, words } = row;
            LegalWords { dialect: dialect.name(), of, words }
        };
        Self {
            described: Described::of(kind),
            examples: examples_of(kind, filter).map(shown).collect(),
            legal: legal_of(kind, filter).into_iter().map(words).collect(),
        }
    }
}
