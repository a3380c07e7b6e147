//! The matrix, the regions and the relations for people.

use super::{Counts, Kind, Overlap, Region, Relation};
use crate::answer::grid::write_grid;
use crate::logic::Grade;
use crate::output::shown::{grouped, visible};
use std::io::{self, Write};

/// Segments that a matrix has columns for; of more, the largest overlaps are listed.
const WIDEST: usize = 12;
/// Pairs that are listed instead.
const PAIRS: usize = 20;
/// Segments of a region that are named.
const NAMED: usize = 8;
/// Relations of one kind that are listed under one head.
const LISTED: usize = 15;

/// How much is shown, and how.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Regions at most.
    pub regions: usize,
    /// Whether tables have lines.
    pub drawn: bool,
}

/// Writes all of it.
///
/// # Errors
///
/// `out` can't be written to.
pub fn text(overlap: &Overlap, shown: Shown, out: &mut dyn Write) -> io::Result<()> {
    if let Some(counts) = &overlap.counts {
        writeln!(
            out,
            "{} segments, {} contacts: {} in at least one, {} in none",
            overlap.segments.len(),
            grouped(counts.contacts),
            grouped(counts.in_some),
            grouped(counts.in_none())
        )?;
        writeln!(out)?;
        if overlap.segments.len() <= WIDEST {
            matrix(overlap, counts, shown, out)?;
        } else {
            members(overlap, counts, shown, out)?;
            pairs(overlap, counts, shown, out)?;
        }
        regions(overlap, counts, shown, out)?;
    }
    relations(overlap, out)
}

fn percent(part: u64, whole: u64) -> String {
    format!("{:.1} %", part as f64 * 100.0 / whole.max(1) as f64)
}

fn matrix(overlap: &Overlap, counts: &Counts, shown: Shown, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "In both, and that as a share of the row's segment:")?;
    let all = 0..overlap.segments.len();
    let mut titles = vec![String::new(), "segment".to_owned(), "members".to_owned()];
    titles.extend(all.clone().map(|at| (at + 1).to_string()));
    let cell = |a: usize, b: usize| match (a == b, counts.both(a, b), counts.members(a)) {
        (true, ..) => "=".to_owned(),
        (_, 0, _) => "0".to_owned(),
        (_, both, members) => format!("{} ({})", grouped(both), percent(both, members)),
    };
    let row = |a: usize| {
        let label = overlap.label(a).to_owned();
        let head = [(a + 1).to_string(), label, grouped(counts.members(a))];
        head.into_iter().chain(all.clone().map(|b| cell(a, b))).collect()
    };
    let rows: Vec<Vec<String>> = all.clone().map(row).collect();
    write_grid(&titles, &rows, |at| at != 1, (shown.drawn, 2), out)
}

fn members(
    overlap: &Overlap,
    counts: &Counts,
    shown: Shown,
    out: &mut dyn Write,
) -> io::Result<()> {
    let row = |a: usize| vec![overlap.label(a).to_owned(), grouped(counts.members(a))];
    let rows: Vec<Vec<String>> = (0..overlap.segments.len()).map(row).collect();
    let titles = ["segment", "members"].map(str::to_owned);
    write_grid(&titles, &rows, |at| at > 0, (shown.drawn, 2), out)?;
    writeln!(out)
}

/// The pairs that have most in common.
fn pairs(overlap: &Overlap, counts: &Counts, shown: Shown, out: &mut dyn Write) -> io::Result<()> {
    let count = overlap.segments.len();
    let mut pairs: Vec<(u64, usize, usize)> = (0..count)
        .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
        .map(|(a, b)| (counts.both(a, b), a, b))
        .filter(|(both, ..)| *both > 0)
        .collect();
    pairs.sort_by_key(|&(both, a, b)| (std::cmp::Reverse(both), a, b));
    writeln!(out, "The pairs with most contacts in both:")?;
    let titles = ["both", "share of a", "share of b", "a", "b"].map(str::to_owned);
    let row = |&(both, a, b): &(u64, usize, usize)| {
        let share = |of: usize| percent(both, counts.members(of));
        let labels = [a, b].map(|at| overlap.label(at).to_owned());
        [grouped(both), share(a), share(b)].into_iter().chain(labels).collect()
    };
    let rows: Vec<Vec<String>> = pairs.iter().take(PAIRS).map(row).collect();
    write_grid(&titles, &rows, |at| at < 3, (shown.drawn, 2), out)?;
    more(pairs.len(), PAIRS, "--format csv lists all", out)
}

/// Says how many there are beyond those shown.
fn more(all: usize, shown: usize, hint: &str, out: &mut dyn Write) -> io::Result<()> {
    match all.checked_sub(shown) {
        Some(more @ 1..) => writeln!(out, "  … and {} more; {hint}", grouped(more as u64)),
        _ => Ok(()),
    }
}

fn regions(
    overlap: &Overlap,
    counts: &Counts,
    shown: Shown,
    out: &mut dyn Write,
) -> io::Result<()> {
    if shown.regions == 0 || counts.regions.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(out, "In these and in no other:")?;
    let row = |region: &Region| {
        let labels: Vec<_> =
            region.segments.iter().take(NAMED).map(|&at| overlap.label(at)).collect();
        let unnamed = region.segments.len() - labels.len();
        let unnamed = if unnamed > 0 { format!(" and {unnamed} more") } else { String::new() };
        vec![
            grouped(region.contacts),
            percent(region.contacts, counts.in_some),
            format!("{}{unnamed}", labels.join(" + ")),
        ]
    };
    let rows: Vec<Vec<String>> = counts.regions.iter().take(shown.regions).map(row).collect();
    let titles = ["contacts", "share", "segments"].map(str::to_owned);
    write_grid(&titles, &rows, |at| at < 2, (shown.drawn, 2), out)?;
    more(counts.regions.len(), shown.regions, "--regions N shows N", out)
}

fn relations(overlap: &Overlap, out: &mut dyn Write) -> io::Result<()> {
    let (proved, seen): (Vec<&Relation>, Vec<&Relation>) =
        overlap.relations.found.iter().partition(|relation| relation.proof.is_some());
    if overlap.counts.is_some() {
        writeln!(out)?;
    }
    if proved.is_empty() {
        writeln!(out, "The rules alone prove nothing of how these segments stand to each other.")?;
    } else {
        writeln!(out, "Proved from the rules, whoever the contacts are:")?;
        list(overlap, &proved, out)?;
    }
    if !seen.is_empty() {
        writeln!(out)?;
        writeln!(out, "So among these contacts only; the rules don't prove it:")?;
        list(overlap, &seen, out)?;
    }
    if overlap.relations.given_up {
        writeln!(out, "Not all pairs were looked at for proofs: there is too much to compare.")?;
    }
    Ok(())
}

fn list(overlap: &Overlap, relations: &[&Relation], out: &mut dyn Write) -> io::Result<()> {
    for kind in [Kind::Nobody, Kind::Everybody, Kind::Same, Kind::Inside, Kind::Apart] {
        let of_kind: Vec<_> = relations.iter().filter(|relation| relation.kind == kind).collect();
        for relation in of_kind.iter().take(LISTED) {
            writeln!(out, "  {}", visible(&said(overlap, relation)))?;
        }
        more(of_kind.len(), LISTED, "--format json lists all", out)?;
    }
    Ok(())
}

/// A relation in words.
pub fn said(overlap: &Overlap, relation: &Relation) -> String {
    let name = |at: usize| format!("\"{}\"", overlap.label(at));
    let (a, b) = (name(relation.a), relation.b.map(name).unwrap_or_default());
    let proved = relation.proof.is_some();
    let what = match relation.kind {
        Kind::Nobody if proved => format!("{a} can have no members"),
        Kind::Nobody => format!("{a} has no members"),
        Kind::Everybody => format!("{a} is everybody whom it looks at"),
        Kind::Same => format!("{a} and {b} are the same"),
        Kind::Inside => format!("{a} is inside {b}"),
        Kind::Apart if proved => format!("{a} and {b} can't meet"),
        Kind::Apart => format!("{a} and {b} don't meet"),
    };
    match (relation.proof, relation.in_data) {
        (Some(Grade::UnlessSeveral), Some(false)) => format!(
            "{what}, but for contacts with several values in one field, of which there are some"
        ),
        (Some(Grade::UnlessSeveral), _) => {
            format!("{what}, but for contacts with several values in one field")
        }
        _ => what,
    }
}
