//! What was found in files, for people.

use super::{Activities, CampaignReport, Column, Frequent, Inspection, Profile};
use crate::output::shown::{grouped, visible};
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Characters of a bar that stands for all rows.
const BAR: u64 = 8;
/// Characters of a value that is shown.
const LONGEST: usize = 28;
/// The most frequent values that are shown.
const TOP: usize = 3;
/// Campaigns that are shown.
const CAMPAIGNS: usize = 20;
/// A value is frequent that stands in this many of a hundred rows.
const FREQUENT: u64 = 1;

/// Each file with its columns, and with its campaigns where it holds activities.
///
/// # Errors
///
/// `out` can't be written to.
pub fn table(inspections: &[Inspection], out: &mut dyn Write) -> io::Result<()> {
    for (at, inspection) in inspections.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        head(inspection, out)?;
        columns(inspection, out)?;
        if let Some(activities) = &inspection.activities {
            events(activities, inspection, out)?;
        }
        if let Some(untold) = &inspection.untold {
            writeln!(out, "\n  what happened can't be told: {}", visible(untold))?;
        }
    }
    Ok(())
}

fn head(inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    let Inspection { file, format, encoding, rows, bytes, .. } = inspection;
    let (role, flag) = inspection.role.words();
    let packed = inspection.compression.map(|codec| format!(", {codec}")).unwrap_or_default();
    let stream = inspection.stream.as_ref();
    let stream = stream.map(|stream| format!(":stream={stream}")).unwrap_or_default();
    writeln!(out, "{}: {role} ({flag})", visible(&format!("{file}{stream}")))?;
    writeln!(
        out,
        "  {format}, {encoding}{packed}; {} row{}, {} bytes",
        grouped(*rows),
        if *rows == 1 { "" } else { "s" },
        grouped(*bytes)
    )?;
    for bad in &inspection.bad_rows {
        writeln!(out, "  {} rows {} can't be read", grouped(bad.count), bad.reason)?;
    }
    for first in &inspection.first_bad_rows {
        writeln!(out, "    {}", visible(first))?;
    }
    for missing in &inspection.missing_pages {
        writeln!(out, "  not complete: {missing}")?;
    }
    Ok(())
}

fn grid(titles: &[&str]) -> Table {
    let mut grid = Table::new();
    grid.load_style(NOTHING);
    if grid.width().is_some_and(|width| width > 0) {
        grid.set_content_arrangement(ContentArrangement::Dynamic);
    }
    grid.set_header(titles.iter().copied());
    grid
}

fn columns(inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    if inspection.columns.is_empty() {
        return Ok(());
    }
    let mut grid =
        grid(&["column", "becomes", "type", "filled", "distinct", "from", "to", "most frequent"]);
    for Column { name, becomes, profile } in &inspection.columns {
        grid.add_row([
            visible(name),
            becomes.join(", "),
            kind(profile),
            share(profile.filled, inspection.rows),
            distinct(profile),
            end(profile.least.as_deref()),
            end(profile.greatest.as_deref()),
            frequent(profile, inspection.rows),
        ]);
    }
    for column in [3, 4] {
        if let Some(column) = grid.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    print(&grid, out)
}

fn kind(profile: &Profile) -> String {
    let several = if profile.several { ", several" } else { "" };
    let kind = if profile.distinct == 0 { "" } else { profile.kind.name() };
    match (&profile.other, profile.others) {
        (Some(other), count @ 1..) => {
            format!("{kind}{several}, but {} like `{}`", grouped(count), cropped(other))
        }
        _ => format!("{kind}{several}"),
    }
}

fn distinct(profile: &Profile) -> String {
    let about = if profile.distinct_exact { "" } else { "~" };
    format!("{about}{}", grouped(profile.distinct))
}

/// `GA ███ 40 %`, for the values that repeat.
fn frequent(profile: &Profile, rows: u64) -> String {
    let whole = rows.max(profile.values);
    let repeats = profile.values != profile.distinct;
    let frequent = |top: &&Frequent| repeats && top.count * 100 >= whole * FREQUENT;
    let top = profile.top.iter().take(TOP).filter(frequent);
    let shown = top.map(|top| {
        let length = (top.count * BAR).div_ceil(whole.max(1));
        let bar = "█".repeat(usize::try_from(length).unwrap_or(0));
        format!("{} {bar} {}", cropped(&top.value), share(top.count, whole))
    });
    shown.collect::<Vec<_>>().join("  ")
}

fn events(activities: &Activities, inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n  {}", kinds(&activities.kinds))?;
    if let (Some(first), Some(last)) = (&activities.first, &activities.last) {
        writeln!(out, "  from {first} to {last}")?;
    }
    for (word, count) in &activities.unknown_kinds {
        writeln!(out, "  {} of unknown kind `{}`", grouped(*count), cropped(word))?;
    }
    for (count, what) in [
        (activities.without_campaign, "without a campaign"),
        (activities.without_contact, "without a contact"),
        (activities.without_time, "without a time"),
        (activities.unreadable_times, "whose time can't be read"),
    ] {
        if count > 0 {
            writeln!(out, "  {} {what}", grouped(count))?;
        }
    }
    if activities.campaigns.is_empty() {
        let file = visible(&inspection.file);
        writeln!(out, "  no row names its campaign: give it as `{file}:campaign=ID`")?;
    }
    let mut grid = grid(&["campaign", "sent", "first", "last", "activities"]);
    for campaign in activities.campaigns.iter().take(CAMPAIGNS) {
        let CampaignReport { id, kinds: counts, sent, first, last } = campaign;
        let time = |time: &Option<String>| time.clone().unwrap_or_default();
        grid.add_row([visible(id), time(sent), time(first), time(last), kinds(counts)]);
    }
    if !activities.campaigns.is_empty() {
        print(&grid, out)?;
    }
    match activities.campaigns.len().checked_sub(CAMPAIGNS) {
        Some(more @ 1..) => {
            let least = if activities.further_campaigns { "at least " } else { "" };
            writeln!(
                out,
                "  … and {least}{} more campaigns; --format json lists them",
                grouped(more as u64)
            )
        }
        _ => Ok(()),
    }
}

fn kinds(counts: &BTreeMap<&'static str, u64>) -> String {
    let counts = counts.iter().map(|(kind, count)| format!("{} {kind}", grouped(*count)));
    counts.collect::<Vec<_>>().join(", ")
}

fn print(grid: &Table, out: &mut dyn Write) -> io::Result<()> {
    // The grid pads its last column too.
    for line in grid.lines() {
        writeln!(out, " {}", line.trim_end())?;
    }
    Ok(())
}

fn share(count: u64, rows: u64) -> String {
    match count * 1000 / rows.max(1) {
        _ if rows == 0 => String::new(),
        0 if count > 0 => "<0.1 %".to_owned(),
        tenths if tenths % 10 == 0 => format!("{} %", tenths / 10),
        tenths => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}

fn end(value: Option<&str>) -> String {
    value.map(cropped).unwrap_or_default()
}

fn cropped(value: &str) -> String {
    let value = visible(value);
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or("")),
        None => value,
    }
}
