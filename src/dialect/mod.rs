//! The vendors' ways to write criteria: everything that is particular to one of them is in its
//! folder here, and nowhere else. This file holds what they share: what a reader is told, what it
//! gives back, and [`read`], which finds the segments of a file and hands each to its vendor.
//!
//! The vendors' tables (fields, verbs, limits, keys) are public: validation is made from them, and so
//! can be whatever shows the rules. What they say of a vendor's own pages (`documented`,
//! `verified`) is there for that.

mod assist;
pub mod campaign_monitor;
mod collector;
pub mod constant_contact;
mod custom;
mod dates;
pub mod engagelab;
mod fixes;
mod format;
mod given;
mod keys;
mod known;
mod layout;
mod offer;
mod schema;
mod schema_parts;
mod shape;
mod terms;
#[cfg(test)]
mod testing;
mod titles;
mod vendor_error;
pub mod write;

pub use assist::{Described, Suggestion, Suggestions, describe, is_criteria, suggest};
pub use format::format;
pub use keys::{Key, Wanted};
pub use offer::WordKind;
pub use schema::schema;
pub use shape::{MARKS, Marks};
pub use terms::Term;
pub use titles::Title;
pub use vendor_error::{error_body, error_body_of, http_status};

use crate::account::Account;
use crate::criteria::{Expr, Scope, Segment};
use crate::finding::{Finding, Kind};
use crate::source::{SourceFile, Span, json};
use crate::value::{Instant, Zone};
use collector::{Collector, Purpose};
use shape::Candidate;
use std::fmt;
use std::str::FromStr;

/// A vendor's way to write criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// Constant Contact, V3 segments.
    ConstantContact,
    /// Campaign Monitor.
    CampaignMonitor,
    /// EngageLab.
    EngageLab,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 3] = [Self::ConstantContact, Self::CampaignMonitor, Self::EngageLab];

    /// The name used in flags and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::ConstantContact => "constant-contact",
            Self::CampaignMonitor => "campaign-monitor",
            Self::EngageLab => "engagelab",
        }
    }

    /// The short name.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::ConstantContact => "cc",
            Self::CampaignMonitor => "cm",
            Self::EngageLab => "el",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dialect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = |dialect: &Self| text == dialect.name() || text == dialect.short_name();
        Self::ALL.into_iter().find(named).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("`{text}` is no dialect; they are {names}")
        })
    }
}

/// What a reader may know besides the file.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The account; empty where nothing was given.
    pub account: &'a Account,
    /// The instant for rules about time.
    pub as_of: Instant,
    /// The zone in which as-of has its year.
    pub zone: Zone,
    /// The dialect asked for; detected from the shape of the JSON when `None`.
    pub dialect: Option<Dialect>,
}

/// What was read from one file.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The segments, in file order.
    pub segments: Vec<SegmentReading>,
    /// Everything found, in file order.
    pub findings: Vec<Finding>,
}

/// One segment of a file.
#[derive(Debug, Clone)]
pub struct SegmentReading {
    /// Whose words it is written in.
    pub dialect: Dialect,
    /// The name or title, where there is one.
    pub name: Option<String>,
    /// The title with what tells it from others.
    pub title: Option<Title>,
    /// Its place.
    pub span: Span,
    /// Its rules, in file order, flattened over groups; a `RuleId` is an index here.
    pub rules: Vec<Rule>,
    /// What it means; `None` where an error stands against it.
    pub segment: Option<Segment>,
}

/// The number of the segment of a file that is meant by its name, or by its number from 1.
pub fn segment_called(all: &[SegmentReading], wanted: &str) -> Option<usize> {
    let named = all.iter().position(|one| one.name.as_deref() == Some(wanted));
    let numbered = || wanted.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < all.len());
    named.or_else(numbered)
}

/// The segments of a file by what they can be called: names, else numbers.
pub fn segment_names(all: &[SegmentReading]) -> String {
    let names = all.iter().enumerate().map(|(at, one)| match &one.name {
        Some(name) => format!("`{name}`"),
        None => (at + 1).to_string(),
    });
    names.collect::<Vec<_>>().join(", ")
}

/// One rule as it is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What it is about: the RuleType, `contact.state`, the field name.
    pub subject: String,
    /// The rest of it, in the dialect's own words.
    pub clause: String,
    /// The place of the whole rule.
    pub span: Span,
}

/// What a vendor's reader makes of one segment.
struct Draft {
    title: Option<Title>,
    expr: Option<Expr>,
    scope: Scope,
}

/// Reads every segment of a file, and says everything that is wrong with them.
///
/// Reading goes on after faults, so that one run shows all there is to mend; but a segment against
/// which an error stands, and every segment of a file whose JSON has a fault, has no `segment`.
pub fn read(file: &SourceFile, context: &Context<'_>) -> Reading {
    read_for(Purpose::Check, file, context)
}

/// Like [`read`], for who only wants to evaluate: what the vendor would refuse though its meaning is
/// plain (a title in use, a set of too many campaigns) is not looked for.
pub fn read_to_evaluate(file: &SourceFile, context: &Context<'_>) -> Reading {
    read_for(Purpose::Evaluate, file, context)
}

fn read_for(purpose: Purpose, file: &SourceFile, context: &Context<'_>) -> Reading {
    let document = document(file);
    let mut reading = Reading::default();
    reading.findings.extend(json_faults(file, &document));
    for candidate in shape::candidates(file, &document, context.dialect) {
        match candidate {
            Candidate::Segment(dialect, value) => {
                read_segment(purpose, (file, context), dialect, value, &mut reading);
            }
            Candidate::Nothing(finding) => reading.findings.push(finding),
        }
    }
    if reading.findings.iter().any(|finding| finding.kind == Kind::JsonFault) {
        reading.segments.iter_mut().for_each(|segment| segment.segment = None);
    }
    reading.findings.sort_by_key(|finding| finding.span.start);
    reading
}

/// What keeps a file from being read as JSON, with places; empty where nothing does.
pub fn json_faults(file: &SourceFile, document: &json::Document) -> Vec<Finding> {
    let faults = document.faults.iter().map(collector::fault_finding);
    not_utf8(file).into_iter().chain(faults).collect()
}

/// The values of a file. Where its name says that each stands on its own line, a fault in one hides
/// none of the others.
fn document(file: &SourceFile) -> json::Document {
    let whole = json::read(file.text());
    if whole.faults.is_empty() || !is_named_as_lines(file) {
        return whole;
    }
    json::read_lines(file.text())
}

/// True for a file that is JSON Lines by its name.
fn is_named_as_lines(file: &SourceFile) -> bool {
    let name = file.name().to_ascii_lowercase();
    [".jsonl", ".ndjson"].iter().any(|end| name.ends_with(end))
}

/// The finding for a file that isn't UTF-8.
fn not_utf8(file: &SourceFile) -> Option<Finding> {
    let at = file.not_utf8()?;
    let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
    let finding = Finding::new(Kind::JsonFault, span, "the file is not UTF-8 from this byte on");
    Some(finding.help("save the file as UTF-8"))
}

fn read_segment(
    purpose: Purpose,
    (file, context): (&SourceFile, &Context<'_>),
    dialect: Dialect,
    value: &json::Value,
    reading: &mut Reading,
) {
    let faulty = reading.findings.iter().any(|finding| finding.kind == Kind::JsonFault);
    let mut collector =
        Collector::new(file, context, reading.segments.len()).after_faults(faulty).for_(purpose);
    let draft = match dialect {
        Dialect::ConstantContact => constant_contact::read(value, &mut collector),
        Dialect::CampaignMonitor => campaign_monitor::read(value, &mut collector),
        Dialect::EngageLab => engagelab::read(value, &mut collector),
    };
    let Draft { title, expr, scope } = draft;
    if let Some(title) = &title {
        titles::check(title, dialect, &mut collector);
    }
    let name = title.as_ref().map(|title| title.text.clone());
    let (rules, findings) = collector.finish();
    let sound = !findings.iter().any(Finding::is_error);
    let segment = expr.filter(|_| sound).map(|expr| Segment { name: name.clone(), expr, scope });
    reading.segments.push(SegmentReading {
        dialect,
        name,
        title,
        span: value.span,
        rules,
        segment,
    });
    reading.findings.extend(findings);
}
