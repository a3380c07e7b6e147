//! Findings for people: what is wrong, the line with the place marked, what would have been legal,
//! and one line of counts at the end.

use super::excerpt::Excerpt;
use super::places::Places;
use super::words::{LONGEST_MESSAGE, LONGEST_WORDS, cropped, fix_in_words, id};
use super::{Checked, Summary};
use crate::finding::{Finding, Severity};
use crate::source::{SourceFile, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::io::{self, Write};

/// Every finding of every file, and the [`Summary`].
pub fn text(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for one in checked {
        text_of(&one.file, &one.reading.findings, out)?;
    }
    writeln!(out, "{}", Summary::of(checked))
}

/// The findings of one file, each followed by an empty line.
pub fn text_of(file: &SourceFile, findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled();
    let mut places = Places::new(file);
    for finding in findings {
        let parts = parts(file, finding);
        let mut rendered = renderer.render(&[group(file, &mut places, finding, &parts)]);
        for part in parts.iter().filter(|part| part.excerpt.cut_before()) {
            let said = part.said(&mut places);
            rendered = rendered.replacen(&format!("{said}{}", part.counted(file, &said)), &said, 1);
        }
        writeln!(out, "{rendered}\n")?;
    }
    Ok(())
}

/// A place of a finding, with what there is to say of it.
type Mark<'a> = (AnnotationKind, Span, Option<&'a str>);

/// A part of the file with the places that are marked in it.
struct Part<'a> {
    excerpt: Excerpt,
    marks: Vec<Mark<'a>>,
}

impl Part<'_> {
    /// `:line:column` of the first mark.
    fn said(&self, places: &mut Places<'_>) -> String {
        let start = self.marks.first().map_or(0, |(_, span, _)| span.start);
        let position = places.position(start);
        format!(":{}:{}", position.line, position.column)
    }

    /// The `:line:column` that the renderer adds of itself. It counts columns from where the
    /// excerpt begins, which is wrong in an excerpt cut out of a line.
    fn counted(&self, file: &SourceFile, said: &str) -> String {
        let line = said.split(':').nth(1).unwrap_or("");
        let start =
            self.marks.first().map_or(0, |&(_, span, _)| self.excerpt.range(file, span).start);
        let source = self.excerpt.source(file);
        let column = source.get(..start).map_or(0, |before| before.chars().count()) + 1;
        format!(":{line}:{column}")
    }
}

/// What to show of the file so that every place of the finding is seen, its own first.
fn parts<'a>(file: &SourceFile, finding: &'a Finding) -> Vec<Part<'a>> {
    let own = (AnnotationKind::Primary, finding.span, None);
    let mut parts = vec![Part { excerpt: Excerpt::around(file, own.1), marks: vec![own] }];
    for (span, label) in &finding.related {
        let mark = (AnnotationKind::Context, *span, Some(label.as_str()));
        let excerpt = Excerpt::around(file, *span);
        let near = parts.iter_mut().find_map(|part| {
            let own_line = part.marks.first().is_some_and(|mark| mark.0 == AnnotationKind::Primary);
            let shown = own_line && part.excerpt.shows(*span);
            let joined = part.excerpt.joined(&excerpt);
            let wider = if shown { Some(part.excerpt.clone()) } else { joined };
            wider.map(|wider| (part, wider))
        });
        match near {
            Some((part, wider)) => {
                part.excerpt = wider;
                part.marks.push(mark);
            }
            None => parts.push(Part { excerpt, marks: vec![mark] }),
        }
    }
    parts
}

fn group<'a>(
    file: &'a SourceFile,
    places: &mut Places<'_>,
    finding: &'a Finding,
    parts: &[Part<'a>],
) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title =
        level.primary_title(cropped(&finding.message, LONGEST_MESSAGE)).id(id(finding.kind));
    let mut group = Group::with_title(title);
    for part in parts {
        let line = places.position(part.excerpt.start()).line;
        let mut path = file.name().to_owned();
        if part.excerpt.cut_before() {
            path.push_str(&part.said(places));
        }
        let mut snippet = Snippet::source(part.excerpt.source(file)).line_start(line).path(path);
        for &(kind, span, label) in &part.marks {
            let annotation = kind.span(part.excerpt.range(file, span));
            let label = label.map(|label| cropped(label, LONGEST_WORDS));
            snippet = snippet.annotation(annotation.label(label));
        }
        group = group.element(snippet);
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(cropped(help, LONGEST_MESSAGE)));
    }
    if let Some(fix) = &finding.fix {
        group = group.element(Level::NOTE.message(format!("fix: {}", fix_in_words(file, fix))));
    }
    group
}

#[cfg(test)]
mod tests {
    use super::super::samples::{checked, rendered, span};
    use super::*;
    use crate::finding::Kind;

    #[test]
    fn a_finding_with_everything() {
        let rule = "{\n  \"RuleType\": \"Name\",\n  \"Clause\": \"equals X\"\n}";
        let mut one =
            checked(rule, &[("Name", "equals X")], &[(Kind::OperatorUnknown, Some(0), "equals")]);
        let place = span(&one.file, "equals");
        let related = span(&one.file, "Name");
        let finding = &mut one.reading.findings[0];
        *finding = finding
            .clone()
            .related(related, "for this subject")
            .help("did you mean `EQUALS`?")
            .fix(place, "EQUALS");
        insta::assert_snapshot!(rendered(text, &[one]));
    }

    #[test]
    fn the_end_of_the_text_and_the_empty_text() {
        let mut one = checked("{\"a\":1\n", &[], &[]);
        let end = one.file.text().len();
        let unclosed =
            Finding::new(Kind::JsonFault, Span::new(end, end), "the text ends inside `{`")
                .related(Span::new(0, 1), "opened here");
        one.reading.findings.push(unclosed);
        let empty = Checked {
            file: SourceFile::new("empty.json", Vec::new()),
            reading: crate::dialect::Reading {
                findings: vec![Finding::new(Kind::JsonFault, Span::default(), "nothing here")],
                segments: Vec::new(),
            },
        };
        insta::assert_snapshot!(rendered(text, &[one, empty]));
    }

    #[test]
    fn a_long_line_is_cropped() {
        let long = format!(
            "{{\"name\":\"é\",\"x\":\"{}\",\"op\":\"wrong\",\"y\":\"{}\"}}",
            "a".repeat(500_000),
            "b".repeat(500_000)
        );
        let mut one = checked(&long, &[], &[(Kind::OperatorUnknown, None, "wrong")]);
        let related = span(&one.file, "name");
        let all = Span::new(0, long.len());
        let finding = one.reading.findings[0].clone().related(related, "of this").fix(all, "");
        let message = format!("long {}", "m".repeat(1_000_000));
        let finding = Finding { message: message.clone(), ..finding }.help(message);
        one.reading.findings[0] = finding;
        let written = rendered(text, &[one]);
        assert!(written.len() < 4_000, "{} bytes", written.len());
        insta::assert_snapshot!(written);
    }

    #[test]
    fn what_a_file_holds_cannot_steer_the_terminal() {
        let one = checked("x \u{1b}]0;boo\u{7} y", &[], &[(Kind::KeyUnused, None, "boo\u{7}")]);
        let mut out = Vec::new();
        text(&[one], &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(!written.contains("\u{1b}]0;") && !written.contains('\u{7}'), "{written:?}");
    }
}
