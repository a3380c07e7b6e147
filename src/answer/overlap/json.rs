//! Everything for programs; the keys are those of `docs/overlap.md`.

use super::{Counts, Overlap, Region, Relation};
use crate::logic::Grade;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one object; of the regions, the `most` largest.
///
/// # Errors
///
/// `out` can't be written to.
pub fn json(overlap: &Overlap, most: usize, out: &mut dyn Write) -> io::Result<()> {
    let counts = overlap.counts.as_ref();
    let segments = overlap.segments.iter().enumerate().map(|(at, segment)| {
        json!({
            "name": segment.label,
            "file": segment.file,
            "dialect": segment.dialect,
            "members": counts.map(|counts| counts.members(at)),
        })
    });
    let relations = overlap.relations.found.iter().map(|relation| of(overlap, relation));
    let whole = json!({
        "as_of": overlap.as_of.to_string(),
        "segments": segments.collect::<Vec<_>>(),
        "contacts": counts.map(|counts| counts.contacts),
        "in_some": counts.map(|counts| counts.in_some),
        "in_none": counts.map(Counts::in_none),
        "pairs": counts.map(|counts| pairs(overlap, counts)),
        "regions": counts.map(|counts| regions(overlap, counts.regions.iter().take(most))),
        "regions_in_all": counts.map(|counts| counts.regions.len()),
        "relations": relations.collect::<Vec<_>>(),
        "all_compared": !overlap.relations.given_up,
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn of(overlap: &Overlap, relation: &Relation) -> Value {
    json!({
        "relation": relation.kind.name(),
        "a": overlap.label(relation.a),
        "b": relation.b.map(|b| overlap.label(b)),
        "proved": relation.proof.map(|grade| match grade {
            Grade::Always => "always",
            Grade::UnlessSeveral => "unless-several",
        }),
        "in_data": relation.in_data,
    })
}

fn pairs(overlap: &Overlap, counts: &Counts) -> Vec<Value> {
    let count = overlap.segments.len();
    let pair = |(a, b): (usize, usize)| {
        json!({
            "a": overlap.label(a),
            "b": overlap.label(b),
            "both": counts.both(a, b),
            "share_of_a": counts.share(a, b),
            "share_of_b": counts.share(b, a),
        })
    };
    (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))).map(pair).collect()
}

fn regions<'a>(overlap: &Overlap, regions: impl Iterator<Item = &'a Region>) -> Vec<Value> {
    let region = |region: &Region| {
        let labels: Vec<_> = region.segments.iter().map(|&at| overlap.label(at)).collect();
        json!({ "in": labels, "contacts": region.contacts })
    };
    regions.map(region).collect()
}
