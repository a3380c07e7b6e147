//! The report page: one HTML file to send to a colleague, with everything that is known of some
//! segments. It needs no network and no script, can be read on a phone, and printed.
//!
//! [`Page`] holds what stands on it; how that is found out is the affair of [`answer`](crate::answer).
//! One file a section.

mod inputs;
mod overlap;
mod quality;
mod redact;
mod rows;
mod segment;

pub use inputs::{Input, Switch};
pub use redact::Redact;

use crate::answer::funnel::Funnel;
use crate::answer::growth::Point;
use crate::answer::overlap::Overlap;
use crate::answer::subject::Subject;
use crate::engine::Summary;
use crate::english::Speaker;
use crate::output::shown::grouped;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// What stands on a page.
pub struct Page<'a> {
    /// Its title.
    pub title: &'a str,
    /// The segments, each with its funnel and some members.
    pub segments: Vec<Shown<'a>>,
    /// Says rules in English.
    pub speaker: Speaker<'a>,
    /// How the segments share contacts, where there are several.
    pub overlap: Option<&'a Overlap>,
    /// How they would have counted at other instants; the last is that of the page.
    pub growth: &'a [Point],
    /// What was read.
    pub summary: &'a Summary,
    /// What was found in the dumps besides, in words: warnings, and rows that were left out.
    pub remarks: Vec<String>,
    /// The files.
    pub inputs: Vec<Input>,
    /// The switches in force.
    pub switches: Vec<Switch>,
    /// Whether addresses are hidden.
    pub redact: Redact,
}

/// A segment on a page.
pub struct Shown<'a> {
    /// The segment.
    pub subject: &'a Subject,
    /// What its rules cost.
    pub funnel: &'a Funnel,
    /// The titles of its members' columns.
    pub titles: &'a [String],
    /// Some of its members.
    pub members: &'a [Vec<String>],
}

impl Page<'_> {
    /// The page as HTML.
    pub fn html(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let as_of = self.speaker.options.as_of;
        let title = self.redact.text(self.title);
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content=(format!("segkit {version}"));
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        h1 { (title) }
                        p { "As of " time { (as_of) } ". Made by segkit " (version) "." }
                    }
                    main {
                        (self.sizes())
                        @for (at, shown) in self.segments.iter().enumerate() {
                            (self.segment(at, shown))
                        }
                        @if let Some(overlap) = self.overlap { (self.overlapping(overlap)) }
                        (self.quality())
                        (self.given())
                    }
                }
            }
        }
        .into_string()
    }

    /// How large each segment is.
    fn sizes(&self) -> Markup {
        html! {
            section aria-labelledby="sizes" {
                h2 id="sizes" { "Size" }
                table.stack {
                    caption { "Members among the contacts that each segment looks at" }
                    thead { tr {
                        th scope="col" { "Segment" }
                        th.number scope="col" { "Members" }
                        th.number scope="col" { "Looked at" }
                        th.number scope="col" { "Share" }
                        th.bars scope="col" { "Share, drawn" }
                    } }
                    tbody {
                        @for (at, Shown { subject, funnel, .. }) in self.segments.iter().enumerate() {
                            tr {
                                th scope="row" {
                                    a href=(format!("#segment-{}", at + 1)) { (self.text(&subject.label)) }
                                }
                                td.number data-label="Members" { (grouped(funnel.members)) }
                                td.number data-label="Looked at" { (grouped(funnel.looked_at)) }
                                td.number data-label="Share" { (share(funnel.members, funnel.looked_at)) }
                                td.bars { (bar(funnel.members, funnel.looked_at)) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A text as the page may show it.
    fn text(&self, text: &str) -> String {
        self.redact.text(text)
    }
}

/// A part of a whole, in percent.
fn share(part: u64, whole: u64) -> String {
    format!("{:.1} %", part as f64 * 100.0 / whole.max(1) as f64)
}

/// A part of a whole as a bar; what it says stands beside it in figures.
fn bar(part: u64, whole: u64) -> Markup {
    let width = (part as f64 * 100.0 / whole.max(1) as f64).min(100.0);
    html! {
        div.bar aria-hidden="true" { div style=(format!("width:{width:.2}%")) {} }
    }
}
