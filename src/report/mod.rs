//! Renderings of findings: what was found in some files, written for people, for programs, or in
//! the words a vendor would answer with.
//!
//! One small file holds one rendering; each is a plain function of the same signature,
//! [`Rendering`], so a new one is a file and a line in whatever table offers it. How findings arise
//! is the dialects' affair; where the bytes go, and whether colour survives on the way, the
//! command line's.

mod codes_page;
mod concise;
mod excerpt;
pub(crate) mod file_name;
pub(crate) mod github;
mod http_status;
mod json;
mod junit;
mod places;
mod result_data;
mod sarif;
mod summary;
mod text;
mod vendor;
pub(crate) mod words;

pub use codes_page::codes_page;
pub use concise::concise;
pub use github::github;
use http_status::http_status;
pub use json::json;
pub use junit::junit;
pub use result_data::{Answer, ClauseResult, RuleResult, result_data, result_data_of};
pub use sarif::sarif;
pub use summary::Summary;
pub use text::{text, text_of};
pub use vendor::vendor;

use crate::dialect::{Dialect, Reading};
use crate::finding::Finding;
use crate::source::SourceFile;
use std::io::{self, Write};

/// A file and what was read from it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The file.
    pub file: SourceFile,
    /// Its segments and everything found.
    pub reading: Reading,
}

impl Checked {
    /// The dialect of the segment that a finding concerns; for a finding about the whole file that
    /// of its first segment.
    fn dialect_of(&self, finding: &Finding) -> Option<Dialect> {
        let segment = finding.target.segment.unwrap_or(0);
        self.reading.segments.get(segment).map(|segment| segment.dialect)
    }
}

/// Writes all that was found in some files. Styles are written as ANSI escapes; a stream that
/// should not show them takes them out.
pub type Rendering = fn(&[Checked], &mut dyn Write) -> io::Result<()>;

/// One JSON value, laid out for people, and a line break.
pub(crate) fn pretty_json(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    // The serialiser writes crumbs; gathered in memory they cost less than through a stream.
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    out.write_all(&text)
}

#[cfg(test)]
mod samples {
    //! Readings made by hand, for the tests of the renderings.

    use super::*;
    use crate::dialect::{Rule, SegmentReading};
    use crate::finding::{Kind, Target};
    use crate::source::Span;

    /// The span of the first occurrence of `words`.
    pub fn span(file: &SourceFile, words: &str) -> Span {
        let start = file.text().find(words).unwrap();
        Span::new(start, start + words.len())
    }

    /// A file with one segment of these rules, found by their clauses, and these findings.
    pub fn checked(
        text: &str,
        rules: &[(&str, &str)],
        findings: &[(Kind, Option<usize>, &str)],
    ) -> Checked {
        let file = SourceFile::new("a.json", text.as_bytes().to_vec());
        let rule = |&(subject, clause): &(&str, &str)| Rule {
            subject: subject.to_owned(),
            clause: clause.to_owned(),
            span: span(&file, clause),
        };
        let finding = |&(kind, rule, words): &(Kind, Option<usize>, &str)| Finding {
            target: Target { segment: Some(0), rule },
            ..Finding::new(kind, span(&file, words), format!("about `{words}`"))
        };
        let segment = SegmentReading {
            dialect: Dialect::CampaignMonitor,
            name: Some("S".to_owned()),
            title: None,
            span: Span::new(0, text.len()),
            rules: rules.iter().map(rule).collect(),
            segment: None,
        };
        let findings = findings.iter().map(finding).collect();
        Checked { reading: Reading { segments: vec![segment], findings }, file }
    }

    /// What a rendering writes, without styles.
    pub fn rendered(rendering: Rendering, checked: &[Checked]) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        rendering(checked, &mut out).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }
}
