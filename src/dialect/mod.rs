//! The vendors' ways to write criteria: everything that is particular to one of them is in its
//! folder here, and nowhere else. This file holds what they share: what a reader is told, and what
//! it gives back.

use crate::account::Account;
use crate::criteria::Segment;
use crate::finding::Finding;
use crate::source::{SourceFile, Span};
use crate::value::{Instant, Zone};
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
    /// Its place.
    pub span: Span,
    /// Its rules, in file order, flattened over groups; a `RuleId` is an index here.
    pub rules: Vec<Rule>,
    /// What it means; `None` where an error stands against it.
    pub segment: Option<Segment>,
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

/// Reads the segments of a file.
pub fn read(file: &SourceFile, context: &Context<'_>) -> Reading {
    let _ = (file, context);
    Reading::default()
}

/// The error body with which the vendor would answer a segment, or a file without segments;
/// `None` where nothing is wrong or no vendor is known.
pub fn error_body(reading: &Reading, segment: Option<usize>) -> Option<serde_json::Value> {
    let _ = (reading, segment);
    None
}
