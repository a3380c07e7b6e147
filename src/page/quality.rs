//! What the dumps were like.

use super::{Page, rows};
use crate::engine::Summary;
use crate::output::shown::grouped;
use maud::{Markup, html};

type Count = fn(&Summary) -> u64;

/// The counts of a run, each with what it counts. The first two stand in any case, the others where
/// they aren't zero.
const COUNTS: [(&str, Count); 10] = [
    ("Contacts read", |summary| summary.contacts),
    ("Activities read", |summary| summary.activities),
    ("Activities that count", |summary| summary.activities_counted),
    ("Activities of contacts that aren't in the contacts", |summary| summary.unknown_contact),
    ("Activities of an unknown kind", |summary| summary.unknown_kind),
    ("Activities without a campaign", |summary| summary.no_campaign),
    ("Activities without an id or address", |summary| summary.no_key),
    ("Activities after as-of", |summary| summary.after_as_of),
    ("Values in number fields that are no numbers", |summary| summary.not_numbers),
    ("Values in date fields that are no dates", |summary| summary.not_dates),
];

impl Page<'_> {
    pub(super) fn quality(&self) -> Markup {
        let counts = COUNTS.iter().enumerate().filter_map(|(at, (what, count))| {
            let count = count(self.summary);
            (at < 2 || count > 0).then(|| vec![(*what).to_owned(), grouped(count)])
        });
        let titles = ["What".to_owned(), "How many".to_owned()];
        html! {
            section aria-labelledby="quality" {
                h2 id="quality" { "The data" }
                (rows::table("What was read, and what of it doesn't count", &titles, counts))
                @if !self.remarks.is_empty() {
                    h3 { "To be aware of" }
                    ul { @for remark in &self.remarks { li { (self.text(remark)) } } }
                }
            }
        }
    }
}
