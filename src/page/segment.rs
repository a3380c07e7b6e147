//! A segment: in words, its funnel, its growth, some members.

use super::{Page, Shown, bar, rows, share};
use crate::criteria::{Part, PartKind};
use crate::english::Speaker;
use crate::output::shown::grouped;
use maud::{Markup, html};

impl Page<'_> {
    pub(super) fn segment(&self, at: usize, shown: &Shown<'_>) -> Markup {
        let id = format!("segment-{}", at + 1);
        let Shown { subject, .. } = shown;
        html! {
            section aria-labelledby=(id) {
                h2 id=(id) { (self.text(&subject.label)) }
                (self.words(shown))
                (self.funnel(shown))
                @if self.growth.len() > 1 { (self.growing(at)) }
                (self.members(shown))
            }
        }
    }

    fn words(&self, shown: &Shown<'_>) -> Markup {
        let Shown { subject, .. } = shown;
        let root = &subject.outline.root;
        html! {
            h3 { "In words" }
            p { "Written for " (subject.dialect) ", in " code { (self.text(&subject.file)) } ". " (self.whom(root)) }
            @if root.rule().is_some() { ol.rules { (self.part(root)) } }
            @else if !root.parts.is_empty() { (self.parts(root)) }
            h4 { "What that takes for granted" }
            ul {
                @for reading in self.speaker.readings(&subject.segment) {
                    li {
                        (self.text(&reading.text))
                        @if let Some(switch) = reading.switch { " (" code { (switch) } ")" }
                    }
                }
            }
        }
    }

    fn whom(&self, root: &Part) -> &'static str {
        match root.kind {
            PartKind::All if root.parts.is_empty() => "Everyone who is looked at.",
            PartKind::All => "Contacts for whom all of these hold:",
            PartKind::Any => "Contacts for whom at least one of these holds:",
            PartKind::Not => "Contacts for whom this does not hold:",
            PartKind::Rule(_) => "Contacts for whom this holds:",
        }
    }

    fn parts(&self, group: &Part) -> Markup {
        html! { ol.rules { @for part in &group.parts { (self.part(part)) } } }
    }

    fn part(&self, part: &Part) -> Markup {
        html! {
            @match part.kind {
                PartKind::Rule(rule) => li value=(rule.0 + 1) {
                    (self.text(&self.speaker.rule(&part.expr)))
                },
                kind => li.group { (Speaker::group(kind)) ":" (self.parts(part)) },
            }
        }
    }

    fn funnel(&self, shown: &Shown<'_>) -> Markup {
        let Shown { subject, funnel, .. } = shown;
        let parts = subject.outline.parts();
        let joined_by_or = subject.outline.root.kind == PartKind::Any;
        let left = if joined_by_or { "So far" } else { "Left" };
        let name = |number: usize| {
            parts.get(number).map(|part| self.speaker.part(part)).unwrap_or_default()
        };
        html! {
            h3 { "What each rule costs" }
            table.stack {
                caption {
                    "Of " (grouped(funnel.looked_at)) " contacts looked at, "
                    (grouped(funnel.members)) " (" (share(funnel.members, funnel.looked_at)) ") are members"
                }
                thead { tr {
                    th scope="col" { "Rule" }
                    th.number scope="col" { "Alone" }
                    th.number scope="col" { "All but it" }
                    th.number scope="col" { (left) }
                    th.bars scope="col" { (left) ", drawn" }
                } }
                tbody {
                    @for step in &funnel.steps {
                        tr {
                            th scope="row" class=(format!("depth-{}", step.depth.min(3))) {
                                (self.text(&name(step.part)))
                            }
                            td.number data-label="Alone" { (grouped(step.alone)) }
                            td.number data-label="All but it" { (grouped(step.without)) }
                            td.number data-label=(left) { (step.left.map(grouped).unwrap_or_default()) }
                            td.bars {
                                @if let Some(left) = step.left { (bar(left, funnel.looked_at)) }
                            }
                        }
                    }
                }
            }
            @if let Some(step) = funnel.costs_most() {
                p {
                    "Costs most: " (step.name(subject)) ". Without it, "
                    (grouped(funnel.cost(step)))
                    @if step.without > funnel.members { " more would be in." } @else { " would be out." }
                }
            }
        }
    }

    fn growing(&self, at: usize) -> Markup {
        let counts = self.growth.iter().filter_map(|point| point.counts.get(at));
        let most = counts.map(|(_, members)| *members).max().unwrap_or(0);
        html! {
            h3 { "Over time" }
            table.stack {
                caption { "Members, had it been evaluated then" }
                thead { tr {
                    th scope="col" { "As of" }
                    th.number scope="col" { "Members" }
                    th.number scope="col" { "Share" }
                    th.bars scope="col" { "Members, drawn" }
                } }
                tbody {
                    @for point in self.growth {
                        @if let Some(&(looked_at, members)) = point.counts.get(at) {
                            tr {
                                th scope="row" { time { (point.as_of) } }
                                td.number data-label="Members" { (grouped(members)) }
                                td.number data-label="Share" { (share(members, looked_at)) }
                                td.bars { (bar(members, most)) }
                            }
                        }
                    }
                }
            }
            p.note {
                "Contacts as the files have them today; activities and campaigns up to each time, and without contacts added after it."
            }
        }
    }

    fn members(&self, shown: &Shown<'_>) -> Markup {
        let Shown { funnel, titles, members, .. } = shown;
        html! {
            @if !members.is_empty() {
                h3 { "Some members" }
                (rows::table(
                    &format!("{} of {}, chosen at random", grouped(members.len() as u64), grouped(funnel.members)),
                    titles,
                    members.iter().map(|row| row.iter().map(|cell| self.text(cell)).collect()),
                ))
            }
        }
    }
}
