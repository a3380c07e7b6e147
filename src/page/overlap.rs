//! How the segments share contacts.

use super::{Page, bar, rows, share};
use crate::answer::overlap::{Counts, Overlap, said};
use crate::output::shown::grouped;
use maud::{Markup, html};

/// Pairs and sets that are shown of many: those with most contacts.
const SHOWN: usize = 20;

impl Page<'_> {
    pub(super) fn overlapping(&self, overlap: &Overlap) -> Markup {
        let found = &overlap.relations.found;
        let (proved, seen): (Vec<_>, Vec<_>) = found.iter().partition(|one| one.proof.is_some());
        html! {
            section aria-labelledby="overlap" {
                h2 id="overlap" { "Overlap" }
                @if let Some(counts) = &overlap.counts {
                    (self.pairs(overlap, counts))
                    (self.regions(overlap, counts))
                }
                @for (title, relations) in
                    [("Proved from the rules", proved), ("So among these contacts only", seen)]
                {
                    @if !relations.is_empty() {
                        h3 { (title) }
                        ul { @for one in relations { li { (self.text(&said(overlap, one))) } } }
                    }
                }
            }
        }
    }

    fn pairs(&self, overlap: &Overlap, counts: &Counts) -> Markup {
        let count = overlap.segments.len();
        let all = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
        let mut pairs: Vec<_> = all.map(|(a, b)| (counts.both(a, b), a, b)).collect();
        pairs.sort_by_key(|&(both, a, b)| (std::cmp::Reverse(both), a, b));
        html! {
            table.stack {
                caption { "Contacts in both of two segments" }
                thead { tr {
                    th scope="col" { "Segments" }
                    th.number scope="col" { "In both" }
                    th.number scope="col" { "Of the first" }
                    th.number scope="col" { "Of the second" }
                    th.bars scope="col" { "Of the smaller, drawn" }
                } }
                tbody {
                    @for &(both, a, b) in pairs.iter().take(SHOWN) {
                        tr {
                            th scope="row" {
                                (self.text(overlap.label(a))) " and " (self.text(overlap.label(b)))
                            }
                            td.number data-label="In both" { (grouped(both)) }
                            td.number data-label="Of the first" { (share(both, counts.members(a))) }
                            td.number data-label="Of the second" { (share(both, counts.members(b))) }
                            td.bars { (bar(both, counts.members(a).min(counts.members(b)))) }
                        }
                    }
                }
            }
            @if let Some(more @ 1..) = pairs.len().checked_sub(SHOWN) {
                p.note { "And " (more) " more pairs." }
            }
        }
    }

    fn regions(&self, overlap: &Overlap, counts: &Counts) -> Markup {
        let rows = counts.regions.iter().take(SHOWN).map(|region| {
            let labels = region.segments.iter().map(|&at| self.text(overlap.label(at)));
            let labels: Vec<_> = labels.collect();
            vec![
                labels.join(", "),
                grouped(region.contacts),
                share(region.contacts, counts.in_some),
            ]
        });
        let titles = ["In these and no other", "Contacts", "Share"].map(str::to_owned);
        html! {
            @if !counts.regions.is_empty() {
                (rows::table("Contacts by the segments that they are in", &titles, rows))
            }
        }
    }
}
